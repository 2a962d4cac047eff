"""Everything about one thing as it is seen and printed, and the ways to it, in a real Chromium."""

import re
from collections.abc import Callable
from urllib.parse import quote

import dashboard_world as world
import pytest
from dashboard_visit import Visit, settled
from playwright.sync_api import Page, expect

from dashboard import wording
from dashboard.profiles import blocks

pytestmark = pytest.mark.browser

ENGLISH, ARABIC = wording.load("en"), wording.load("ar")


def sheets(page: Page) -> int:
    """On how many sheets of A4 the page prints."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_panel_leads_to_everything_about_its_place_and_back(visit: Callable[..., Visit]) -> None:
    page = visit("told", "?place=p-nasib").page
    page.locator(".panel").get_by_role("button", name=ENGLISH("place.everything")).click()
    page.wait_for_url("**/profile?*about=place*")
    expect(page.locator(".profile h2")).to_contain_text("Nasib")
    expect(page.locator(".profile .sketch circle.self")).to_be_visible()
    page.locator(".profile .show-map").click()
    page.wait_for_url("**/?*place=p-nasib*")
    assert "about=" not in page.url
    expect(page.locator(".panel h3")).to_contain_text("Nasib")


def test_names_lead_from_one_profile_to_the_next_and_back_goes_back(visit: Callable[..., Visit]) -> None:
    page = visit("told", "profile?about=place:p-nasib&lang=ar").page
    page.locator(".profile .block .link", has_text=ARABIC.voice("sohr")).first.click()
    expect(page.locator(".profile h2")).to_have_text(ARABIC.voice("sohr"))
    assert "lang=ar" in page.url
    assert page.locator(".profile").evaluate("e => getComputedStyle(e).direction") == "rtl"
    settled(page)
    page.go_back()
    expect(page.locator(".profile h2")).to_contain_text("نصيب")
    page.locator(".profile .statement").first.click()
    page.wait_for_url("**/articles?*")


def test_cards_and_the_list_of_voices_lead_to_profiles(visit: Callable[..., Visit]) -> None:
    page = visit("told", "?claim=t-took&place=p-nasib").page
    line = page.locator(".card.selected .everything")
    line.get_by_role("button", name=ENGLISH.voice("syrian_army")).click()
    expect(page.locator(".profile h2")).to_have_text(ENGLISH.voice("syrian_army"))
    page.locator(".topbar a[data-page=voices]").click()
    page.locator(".grid tbody tr", has_text=ENGLISH.voice("sohr")).click()
    page.wait_for_url("**/profile?*about=voice*")
    expect(page.locator(".profile h2")).to_have_text(ENGLISH.voice("sohr"))


def test_the_search_opens_profiles_where_one_stands_open(visit: Callable[..., Visit]) -> None:
    page = visit("told", "profile?about=place:nowhere").page
    expect(page.locator(".profile .none")).to_have_text(ENGLISH("profile.none"))
    field = page.locator(".topbar div.search input")
    field.fill("Nasib")
    page.locator(".found").first.wait_for()
    field.press("Enter")
    page.wait_for_url("**/profile?*about=place*")
    expect(page.locator(".profile h2")).to_contain_text("Nasib")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("name", "about"), [("told", "place:p-nasib"), ("many", "side:government")])
def test_a_profile_prints_on_two_sheets_at_most(
    visit: Callable[..., Visit], name: str, about: str, language: str
) -> None:
    page = visit(name, f"profile?about={about}&lang={language}", theme="dark").page
    page.locator(".profile .claims .statement").first.wait_for()
    settled(page)
    assert 1 <= sheets(page) <= 2
    page.emulate_media(media="print")
    for hidden in (".st-key-bar", ".st-key-rail", ".st-key-timeline", ".st-key-sayline", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".profile .scope")).to_be_visible()
    ground = page.locator("[data-testid=stApp]").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(255, 255, 255)", "ink on white, whatever the theme"
    shown = page.locator(".profile .statement").evaluate_all(
        "all => all.filter((e) => e.offsetParent).length"
    )
    total = page.locator(".profile .statement").count()
    assert shown == min(total, blocks.PRINTED)
    beyond = page.locator(".profile .beyond")
    if name == "many":
        expect(beyond).to_be_visible()
        page.emulate_media(media="screen")
        expect(beyond).to_be_hidden()


def test_hostile_names_are_shown_as_they_stand_in_a_profile(visit: Callable[..., Visit]) -> None:
    opened = visit("hostile", "profile")
    page = opened.page
    for payload in world.HOSTILE[:8]:
        page.goto(f"{opened.address}/profile?about={quote(f'outlet:outlet {payload}', safe='')}")
        expect(page.locator(".profile h2")).to_have_text(f"outlet {payload}", use_inner_text=False)
        assert page.locator("[onerror], img[src=x], img[src*=evil]").count() == 0
    name = world.HOSTILE[0]
    page.goto(f"{opened.address}/profile?about={quote(f'place:p-0-{name}', safe='')}")
    expect(page.locator(".profile h2 span").first).to_have_text(f"name {name}", use_inner_text=False)
    expect(page.locator(".sketch text.self")).to_have_text(f"name {name}", use_inner_text=False)
    settled(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_profile_fits_a_telephone(visit: Callable[..., Visit], language: str) -> None:
    page = visit("told", f"profile?about=place:p-nasib&lang={language}", width=390, height=844).page
    page.locator(".profile .claims").wait_for()
    settled(page)
    assert page.locator(".st-key-body").evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    box = page.locator(".profile .sketch").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
