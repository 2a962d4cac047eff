"""The claims as a sheet, as hands and eyes meet it: rows picked, gathered, summed and taken to the map."""

from collections.abc import Callable

import pytest
from dashboard_visit import MAP, Visit, settled
from playwright.sync_api import Locator, Page, expect

from dashboard import wording
from dashboard.sheets import grid

pytestmark = pytest.mark.browser

ENGLISH = wording.load("en")


def rows(page: Page) -> Locator:
    return page.locator(".grid tr.row")


def picked(page: Page) -> Locator:
    return page.locator(".grid tr.row[aria-selected=true]")


def status(page: Page) -> Locator:
    return page.locator(".grid .bar .status")


def gather(page: Page, by: str) -> None:
    page.locator(".grid .bar select").select_option(by)
    page.locator(".grid tr.head").first.wait_for()
    settled(page)


def test_boxes_and_clicks_with_shift_and_ctrl_pick_rows(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims").page
    rows(page).nth(1).locator("input").click()
    rows(page).nth(4).click(modifiers=["Shift"])
    expect(picked(page)).to_have_count(4)
    expect(status(page)).to_have_text("4 chosen claims")
    rows(page).nth(2).click(modifiers=["ControlOrMeta"])
    expect(status(page)).to_have_text("3 chosen claims")
    expect(picked(page)).to_have_count(3)
    expect(rows(page).nth(2)).to_have_attribute("aria-selected", "false")
    assert page.locator(".article").count() == 0, "whoever picks opens nothing"
    expect(page.locator(".grid tfoot tr")).to_have_count(2)
    expect(page.locator(".grid tfoot tr").nth(1)).to_contain_text("3 claims")
    page.reload()
    expect(picked(page)).to_have_count(3)
    page.locator(".grid .bar .none").click()
    expect(picked(page)).to_have_count(0)
    page.wait_for_url(lambda address: "pick=" not in address)


def test_the_box_of_the_head_picks_all_in_view(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims?claimant=sana&claimant=sohr").page
    box = page.locator(".grid thead input")
    box.click()
    expect(status(page)).to_have_text("2 chosen claims")
    expect(box).to_be_checked()
    box.click()
    expect(picked(page)).to_have_count(0)


def test_what_is_picked_is_what_the_map_marks(visit: Callable[..., Visit]) -> None:
    shown = visit("small", "claims?at=36.9,40.1,13")  # far from what will be picked
    page = shown.page
    page.locator(".grid tr.row", has_text="46 شخصا").locator("input").click()
    expect(status(page)).to_have_text("1 chosen claim")
    page.locator(".grid .bar .map").click()
    page.frame_locator(MAP).locator(".cm-legend").wait_for()
    shown.frame.evaluate("window.neverReloaded = true")
    shown.wait_drawn("at.size === 1 && at.has('p-homs')")
    shown.wait_drawn("window.map.getBounds().contains(at.get('p-homs').getLatLng())")
    assert "at=" not in page.url
    chip = page.locator(".saying .chip")
    expect(chip).to_contain_text("1 chosen claim")
    expect(page.locator(".saying")).to_contain_text(ENGLISH("say.picked"))
    chip.locator("button").click()
    shown.wait_drawn("at.has('p-qara')")
    page.locator(".topbar a[data-page=claims]").click()
    expect(picked(page)).to_have_count(1)
    expect(rows(page)).to_have_count(6)


def test_keys_alone_pick_rows_and_open_one(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims").page
    rows(page).first.focus()
    page.keyboard.press("Space")
    expect(picked(page)).to_have_count(1)
    expect(status(page)).to_have_text("1 chosen claim")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(status(page)).to_have_text("3 chosen claims")
    expect(rows(page).nth(2)).to_be_focused()
    page.keyboard.press("Space")
    expect(status(page)).to_have_text("2 chosen claims")
    page.keyboard.press("ControlOrMeta+a")
    expect(status(page)).to_have_text("8 chosen claims")
    expect(rows(page).nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(".article").wait_for()
    expect(page.locator(".grid tr.row[aria-current=true]")).to_have_count(1)


@pytest.mark.parametrize(("language", "into", "out"), [("en", "Right", "Left"), ("ar", "Left", "Right")])
def test_heads_are_walked_and_opened_by_arrow_keys(
    visit: Callable[..., Visit], language: str, into: str, out: str
) -> None:
    page = visit("told", f"claims?lang={language}").page
    gather(page, "place")
    assert page.locator(".grid table").get_attribute("role") == "treegrid"
    heads = page.locator(".grid tr.head")
    expect(heads).to_have_count(2)
    expect(rows(page)).to_have_count(0)
    heads.first.focus()
    page.keyboard.press(f"Arrow{into}")
    expect(heads.first).to_have_attribute("aria-expanded", "true")
    expect(rows(page)).to_have_count(7)
    expect(heads.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(rows(page).nth(1)).to_be_focused()
    page.keyboard.press(f"Arrow{out}")
    expect(heads.first).to_be_focused()
    page.keyboard.press("Space")
    expect(picked(page)).to_have_count(7)
    page.keyboard.press(f"Arrow{out}")
    expect(heads.first).to_have_attribute("aria-expanded", "false")
    expect(heads.first.locator("input")).to_be_checked()


def test_a_head_tells_its_sums_and_an_open_one_what_is_not_in_them(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims").page
    gather(page, "place")
    nasib = page.locator(".grid tr.head", has_text="Nasib")
    expect(nasib).to_contain_text("7 claims")
    expect(nasib).to_contain_text("10–50")
    expect(nasib.locator(".apart")).to_have_attribute(
        "title", ENGLISH("heads.why", reasons="Totals that cover others: 1 claim")
    )
    nasib.click()
    expect(nasib.locator(".why")).to_contain_text("Totals that cover others: 1 claim")
    more = page.locator(".grid tfoot .more")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".grid tfoot .why")).to_be_visible()
    expect(page.locator(".grid tfoot .why")).to_contain_text("Without a known place")


def test_all_heads_open_and_fold_at_once(visit: Callable[..., Visit]) -> None:
    page = visit("told", "claims").page
    gather(page, "side")
    page.locator(".grid .bar .fold").click()
    expect(rows(page)).to_have_count(8)
    page.locator(".grid .bar .fold").click()
    expect(rows(page)).to_have_count(0)


def test_of_thousands_only_a_page_stands_in_the_document(visit: Callable[..., Visit]) -> None:
    page = visit("large", "claims").page
    expect(rows(page)).to_have_count(grid.PAGE)
    page.locator(".grid thead input").click()
    expect(status(page)).to_have_class("status full")
    expect(picked(page)).to_have_count(0)
    gather(page, "place")
    expect(page.locator(".grid tbody tr")).to_have_count(grid.PAGE)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sheet_fits_a_telephone(visit: Callable[..., Visit], language: str) -> None:
    page = visit("told", f"claims?lang={language}&pick=t-46", width=390, height=844, theme="dark").page
    gather(page, "place")
    page.locator(".grid tr.head").first.click()
    expect(rows(page)).to_have_count(7)
    assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    frame = page.locator(".grid .frame").bounding_box()
    assert frame is not None
    for part in (".grid tr.head .told", ".grid tfoot .told", ".grid .bar .map", ".grid .bar .none"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["x"] >= frame["x"] - 1, part
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1, part
    assert (
        page.locator(".grid").evaluate("e => getComputedStyle(e).direction")
        == wording.load(language).direction
    )


def test_hostile_names_harm_no_head(visit: Callable[..., Visit]) -> None:
    page = visit("hostile", "claims").page
    for by in ("place", "group", "day"):
        gather(page, by)
    page.locator(".grid .bar .fold").click()
    rows(page).first.wait_for()
    page.locator(".grid thead input").click()
    expect(status(page)).to_contain_text("26 chosen claims")
    page.wait_for_url("**pick=*")  # the page marks rows at once; the address has them when the server answers
    page.reload()
    expect(status(page)).to_contain_text("26 chosen claims")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[onerror], img[src=x], img[src*=evil]").count() == 0
