"""What is seen of the pages beside the map, in a real Chromium that cannot reach any network."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import dashboard_world as world
import pytest
from playwright.sync_api import Browser, Page, expect
from test_dashboard_browser import PATIENCE, Visit, _wait_for, browser  # noqa: F401

from dashboard import wording
from dashboard.sheets.menu import PAGES

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
ARABIC = wording.load("ar")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Start the dashboard as its users do, with its own settings, on a made-up archive; gives its address."""
    running: dict[str, tuple[subprocess.Popen[bytes], str]] = {}

    def start(name: str) -> str:
        if name not in running:
            archive = tmp_path_factory.mktemp(name) / "archive.sqlite"
            getattr(world, name)(archive).close()
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            server = subprocess.Popen(
                [sys.executable, "-m", "dashboard", "--archive", str(archive), "--port", str(port)],
                env=os.environ | {"PYTHONPATH": str(ROOT), "STREAMLIT_SERVER_HEADLESS": "true"},
                stderr=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd=archive.parent,
            )
            running[name] = (server, f"http://127.0.0.1:{port}")
            _wait_for(f"{running[name][1]}/_stcore/health")
        return running[name][1]

    yield start
    for server, _ in running.values():
        server.terminate()
        server.wait(20)


@pytest.fixture
def see(browser: Browser, started: Callable[[str], str]) -> Iterator[Callable[..., Page]]:  # noqa: F811
    """Open a page of a made-up archive; at the end nothing may have gone outside, run or failed."""
    opened: list[Visit] = []

    def start(name: str, path: str = "", width: int = 1440, height: int = 1000, theme: str = "light") -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            locale="en-GB",
            color_scheme=theme,  # type: ignore[arg-type]
        )
        page.set_default_timeout(PATIENCE)
        visit = Visit(page, started(name))
        opened.append(visit)
        page.goto(f"{visit.address}/{path}")
        page.locator(".st-key-menu").wait_for()
        return page

    yield start
    for visit in opened:
        visit.unharmed()
        visit.page.close()


def here(page: Page) -> str:
    return urlsplit(page.url).path.strip("/")


def settled(page: Page) -> None:
    """Wait until the page stands still: no run of it goes on."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def test_the_menu_leads_to_every_page_and_keeps_language_and_filters(see: Callable[..., Page]) -> None:
    page = see("told", "?lang=ar&claimant=sana")
    for name in PAGES[1:]:
        page.locator(f".st-key-menu_{name} a").click()
        page.wait_for_url(f"**/{name}?*")
        expect(page.locator(".st-key-menu_here")).to_be_visible()
        settled(page)
        assert "lang=ar" in page.url
        assert "claimant=sana" in page.url
        assert page.locator("[data-testid=stException]").count() == 0
        assert page.locator(".cm-header").evaluate("e => getComputedStyle(e).direction") == "rtl"
        expect(page).to_have_title(f"{ARABIC(f'menu.{name}')} · {ARABIC('page.title')}")
        expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.go_back()
    page.wait_for_url(f"**/{PAGES[-2]}?*")
    page.locator(".st-key-menu_map a").click()
    page.wait_for_url("**/?*")
    page.locator('iframe[title="streamlit_folium.st_folium"]').wait_for()


def test_days_chosen_on_one_page_hold_on_the_next(see: Callable[..., Page]) -> None:
    page = see("told", "claims?from=2015-05-05")
    expect(page.locator(".cm-counts")).to_contain_text("5 Outside the chosen days")
    page.locator(".st-key-menu_articles a").click()
    page.wait_for_url("**/articles?*")
    settled(page)
    page.locator(".st-key-menu_voices a").click()
    page.wait_for_url("**/voices?*")
    expect(page.locator(".cm-counts")).to_contain_text("5 Outside the chosen days")


def test_a_row_of_the_table_opens_the_article_with_its_words_marked(see: Callable[..., Page]) -> None:
    page = see("told", "claims")
    canvas = page.locator("[data-testid=stDataFrame] canvas").first
    canvas.wait_for()
    settled(page)
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 87)  # the second row, of 35 pixels each below the head
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


def test_the_text_of_an_article_is_whole(see: Callable[..., Page]) -> None:
    page = see("told", "articles?claim=t-46")
    expect(page.locator(".article .text")).to_have_text(
        "قال المرصد إن 46 شخصا على الأقل قتلوا أمس في غارة على بلدة نصيب. وجرح 5 آخرون قرب درعا.",
        use_inner_text=False,
    )


def test_another_claim_of_the_happening_opens_its_own_article_and_back_returns(
    see: Callable[..., Page],
) -> None:
    page = see("told", "articles?claim=t-46")
    other = page.locator(".article .further .statement", has_text="SANA")
    other.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**claim=t-10**")
    expect(page.locator(".article .text")).to_contain_text("10 مسلحين")
    page.go_back()
    page.wait_for_url("**claim=t-46**")
    expect(page.locator(".article .text")).to_contain_text("قال المرصد")


def test_a_long_article_opens_at_its_evidence(see: Callable[..., Page]) -> None:
    page = see("lengthy", "articles?claim=c-far")
    said = page.locator(".article .text .said").first
    expect(said).to_be_visible()
    text = page.locator(".article .text")
    assert text.evaluate("e => e.scrollTop") > 1000
    box, frame = said.bounding_box(), text.bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]


def test_contradictions_stand_side_by_side_and_open_their_articles(see: Callable[..., Page]) -> None:
    page = see("told", "contradictions")
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
def test_charts_are_drawn_without_a_network(see: Callable[..., Page], page_name: str) -> None:
    page = see("told", f"{page_name}?lang=ar")
    chart = page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_theme_once_chosen_holds_on_every_page_and_after_a_reload(see: Callable[..., Page]) -> None:
    dark = """() => {
        const app = document.querySelector("[data-testid=stApp]");
        const rgb = app && getComputedStyle(app).backgroundColor.match(/[0-9]+/g);
        return rgb && rgb.slice(0, 3).every((part) => part < 60);
    }"""
    page = see("told", "methods")
    assert not page.evaluate(dark)
    page.locator(".theme button", has_text="Dark").click()
    page.wait_for_function(dark)
    page.locator(".st-key-menu_voices a").click()
    page.wait_for_url("**/voices*")
    page.reload()
    page.wait_for_function(dark)
    expect(page.locator(".theme button[aria-pressed=true]")).to_have_text("Dark")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_a_telephone(see: Callable[..., Page], name: str) -> None:
    path = "" if name == "map" else name
    page = see("told", f"{path}?claim=t-46&lang=ar", width=390, height=844)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_hostile_text_is_shown_as_it_stands_on_every_page(see: Callable[..., Page]) -> None:
    page = see("hostile", "contradictions")
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
def test_hostile_names_harm_no_table_and_no_chart(see: Callable[..., Page], name: str) -> None:
    page = see("hostile", name)
    page.locator("[data-testid=stDataFrame] canvas, [data-testid=stAlert], .stAlert").first.wait_for()
    settled(page)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[onerror], img[src=x], img[src*=evil]").count() == 0
