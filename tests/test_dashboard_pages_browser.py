"""What is seen of the pages beside the map, in a real Chromium that cannot reach any network."""

from collections.abc import Callable
from urllib.parse import quote

import dashboard_world as world
import pytest
from dashboard_visit import MAP, Visit, settled
from playwright.sync_api import expect

from dashboard import pages, wording

pytestmark = pytest.mark.browser

ARABIC = wording.load("ar")
IN_BAR = [page.name for page in pages.beside() if page.bar]


def test_the_menu_leads_to_every_page_and_keeps_language_and_filters(visit: Callable[..., Visit]) -> None:
    page = visit("told", "?lang=ar&claimant=sana").page
    for name in IN_BAR:
        page.locator(f".topbar a[data-page={name}]").click()
        page.wait_for_url(f"**/{name}?*")
        expect(page.locator(".topbar a[aria-current]")).to_be_visible()
        settled(page)
        assert "lang=ar" in page.url
        assert "claimant=sana" in page.url
        assert page.locator("[data-testid=stException]").count() == 0
        assert page.locator(".topbar").evaluate("e => getComputedStyle(e).direction") == "rtl"
        title = ARABIC("bar.page_title", page=ARABIC(f"menu.{name}"), title=ARABIC("page.title"))
        expect(page).to_have_title(title)
        expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.go_back()
    page.wait_for_url(f"**/{IN_BAR[-2]}?*")
    page.locator(".topbar a[data-page=map]").click()
    page.wait_for_url("**/?*")
    page.locator(MAP).wait_for()


def test_a_filter_ticked_while_a_page_is_left_does_not_bring_it_back(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims").page
    rows = page.locator(".filters [data-name=events] .row").element_handles()
    page.locator(".topbar a[data-page=incidents]").evaluate(
        """async (link, rows) => {
            link.click();
            for (const row of rows) { row.click(); await new Promise((go) => setTimeout(go, 40)); }
        }""",
        rows,
    )
    page.wait_for_url("**/incidents?*event=*")
    settled(page)
    expect(page.locator(".topbar a[aria-current]")).to_have_attribute("data-page", "incidents")
    assert "/incidents?" in page.url


def test_days_chosen_on_one_page_hold_on_the_next(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims?from=2015-05-05").page
    expect(page.locator(".saying")).to_contain_text("5 hidden")
    page.locator(".topbar a[data-page=articles]").click()
    page.wait_for_url("**/articles?*")
    settled(page)
    page.locator(".topbar a[data-page=voices]").click()
    page.wait_for_url("**/voices?*")
    expect(page.locator(".saying")).to_contain_text("5 hidden")


def test_a_row_of_the_table_opens_the_article_with_its_words_marked(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims").page
    row = page.locator(".grid tbody tr", has_text="46 شخصا")
    row.locator("td").nth(4).click()  # anywhere on it
    article = page.locator(".article")
    expect(article.locator(".text mark.trigger")).to_have_text("غارة")
    page.wait_for_url("**claim=t-46**")
    assert (
        article.locator(".text mark.killed").first.evaluate(
            "e => getComputedStyle(e.querySelector('.role-sign'), '::before').content"
        )
        == '"†"'
    )
    assert article.locator(".text").evaluate("e => getComputedStyle(e).direction") == "rtl"
    expect(article.locator(".facts")).to_contain_text("at least 46")


def test_the_text_of_an_article_is_whole(visit: Callable[..., Visit]) -> None:
    page = visit("told", "articles?claim=t-46").page
    expect(page.locator(".article .text")).to_have_text(
        "قال المرصد إن 46 شخصا على الأقل قتلوا أمس في غارة على بلدة نصيب. وجرح 5 آخرون قرب درعا.",
        use_inner_text=False,
    )


def test_another_claim_of_the_happening_opens_its_own_article_and_back_returns(
    visit: Callable[..., Visit],
) -> None:
    page = visit("told", "articles?claim=t-46").page
    other = page.locator(".article .further .statement", has_text="SANA")
    other.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**claim=t-10**")
    expect(page.locator(".article .text")).to_contain_text("10 مسلحين")
    page.go_back()
    page.wait_for_url("**claim=t-46**")
    expect(page.locator(".article .text")).to_contain_text("قال المرصد")


def test_a_long_article_opens_at_its_evidence(visit: Callable[..., Visit]) -> None:
    page = visit("lengthy", "articles?claim=c-far").page
    said = page.locator(".article .text .said").first
    expect(said).to_be_visible()
    text = page.locator(".article .text")
    assert text.evaluate("e => e.scrollTop") > 1000
    box, frame = said.bounding_box(), text.bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]


def test_contradictions_stand_side_by_side_and_open_their_articles(visit: Callable[..., Visit]) -> None:
    page = visit("told", "contradictions").page
    pair = page.locator(".group", has_text="the other denies it").first
    expect(pair.locator(".statement")).to_have_count(2)
    boxes = [one.bounding_box() for one in pair.locator(".statement").all()]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert abs(boxes[0]["y"] - boxes[1]["y"]) < 5
    pair.locator(".statement.denied").click()
    page.wait_for_url("**/articles?*claim=t-denied*")
    expect(page.locator(".article .text mark.negation, .article .text .said").first).to_be_visible()


@pytest.mark.parametrize("page_name", ["casualties", "voices"])
def test_charts_are_drawn_without_a_network(visit: Callable[..., Visit], page_name: str) -> None:
    page = visit("told", f"{page_name}?lang=ar").page
    chart = page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_theme_once_chosen_holds_on_every_page_and_after_a_reload(visit: Callable[..., Visit]) -> None:
    dark = """() => {
        const app = document.querySelector("[data-testid=stApp]");
        const rgb = app && getComputedStyle(app).backgroundColor.match(/[0-9]+/g);
        return rgb && rgb.slice(0, 3).every((part) => part < 60);
    }"""
    page = visit("told", "methods").page
    assert not page.evaluate(dark)
    page.locator(".topbar .display summary").click()
    page.locator(".theme button", has_text="Dark").click()
    page.wait_for_function(dark)
    page.locator(".topbar a[data-page=voices]").click()
    page.wait_for_url("**/voices*")
    page.reload()
    page.wait_for_function(dark)
    page.locator(".topbar .display summary").click()
    expect(page.locator(".theme button[aria-pressed=true]")).to_have_text("Dark")


@pytest.mark.parametrize("name", pages.names())
def test_every_page_fits_a_telephone(visit: Callable[..., Visit], name: str) -> None:
    path = "" if name == "map" else name
    page = visit("told", f"{path}?claim=t-46&lang=ar", width=390, height=844).page
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_hostile_text_is_shown_as_it_stands_on_every_page(visit: Callable[..., Visit]) -> None:
    page = visit("hostile", "contradictions").page
    for n, payload in enumerate(world.HOSTILE):
        claim = quote(f"c-{n}-{payload}", safe="")
        page.goto(f"{page.url.split('/contradictions')[0].split('/articles')[0]}/articles?claim={claim}")
        expect(page.locator(".article h2")).to_have_text(f"title {payload}", use_inner_text=False)
        shown = page.locator(".article").evaluate("e => e.textContent")
        for field in (f"outlet {payload}", f"voice {payload}", payload):
            assert field in shown
        assert page.locator(".article img, .article a, .article script").count() == 0
    assert page.locator("[onerror], img[src=x], img[src*=evil]").count() == 0


@pytest.mark.parametrize("name", ["claims", "incidents", "casualties", "voices", "articles"])
def test_hostile_names_harm_no_table_and_no_chart(visit: Callable[..., Visit], name: str) -> None:
    page = visit("hostile", name).page
    page.locator(".grid tbody, [data-testid=stAlert], .stAlert").first.wait_for()
    settled(page)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[onerror], img[src=x], img[src*=evil]").count() == 0
