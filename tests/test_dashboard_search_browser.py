"""The search of the bar in a browser: what is typed, suggested, chosen, and where the map goes."""

from collections.abc import Callable

import pytest
from dashboard_visit import MAP, Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_place_without_claims_is_found_and_flown_to(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    page, frame = seen.page, seen.frame
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Place, group or day")
    expect(field).to_be_focused()
    field.type("ادلب")
    option = (
        page.get_by_role("option")
        .filter(has_text="Town")
        .or_(page.get_by_role("option").filter(has_text="City"))
    )
    expect(option.first).to_contain_text("Idlib")
    expect(option.first).to_contain_text("0 claims")
    option.first.click()
    frame.wait_for_function(
        "Math.abs(window.map.getCenter().lat - 35.93) < 0.1 && window.map.getZoom() >= 10"
    )
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("")
    assert frame.evaluate("window.neverReloaded")
    seen.unharmed()


def test_a_misspelt_town_is_chosen_with_the_keys_alone(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    page = seen.page
    field = page.get_by_role("combobox", name="Place, group or day")
    field.fill("qarra")
    expect(page.get_by_role("option").first).to_contain_text("Qara")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found[aria-selected=true]")).to_contain_text("2 claims")
    page.keyboard.press("Enter")
    page.wait_for_url("**place=p-qara**")
    expect(page.locator(".panel h3")).to_contain_text("Qara")


def test_a_side_and_days_are_found_too(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    page = seen.page
    field = page.get_by_role("combobox", name="Place, group or day")
    field.fill("russia")
    page.get_by_role("option").filter(has_text="Side").first.click()
    page.wait_for_url("**side=russia**")
    field.fill("April 2016")
    expect(page.get_by_role("option").first).to_contain_text("April 2016")
    page.keyboard.press("Enter")
    page.wait_for_url("**to=2016-04-30**")


def test_nothing_found_is_said_and_text_from_outside_is_harmless(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    page = seen.page
    field = page.get_by_role("combobox", name="Place, group or day")
    field.fill("<img src=x onerror=window.pwned=1>")
    expect(page.locator(".found-list .none")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".found-list")).to_be_hidden()
    seen.unharmed()


def test_a_card_brings_its_place_into_sight(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    page, frame = seen.page, seen.frame
    frame.evaluate("void window.map.setView([36.5, 41.0], 10, { animate: false })")
    page.locator("article.card").filter(has_text="Qara").first.get_by_role("button", name="Qara").or_(
        page.locator("article.card").filter(has_text="Qara").first
    ).first.click()
    page.wait_for_url("**at=34.15*")  # it has come to rest there
    before = frame.evaluate("[window.map.getCenter().lat, window.map.getZoom()]")
    page.locator(".panel button.close").first.click()
    expect(page.locator(".panel h3")).to_have_count(0)
    assert frame.evaluate("[window.map.getCenter().lat, window.map.getZoom()]") == before


def test_where_the_map_stands_is_in_the_address_and_survives(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    page = seen.page
    stands = (
        "[window.map.getCenter().lat.toFixed(2), window.map.getCenter().lng.toFixed(2), window.map.getZoom()]"
    )
    seen.frame.evaluate("void window.map.setView([36.2, 37.1], 9.5, { animate: false })")
    page.wait_for_url("**at=36.2,37.1,9.5**")
    page.get_by_role("button", name="العربية").click()
    page.wait_for_url("**lang=ar**")
    assert seen.frame.evaluate(stands) == ["36.20", "37.10", 9.5]
    page.locator(".topbar a[data-page=incidents]").click()
    page.wait_for_url("**/incidents?**")
    page.locator(".topbar a[data-page=map]").click()
    page.frame_locator(MAP).locator(".cm-legend").wait_for()
    assert seen.frame.evaluate(stands) == ["36.20", "37.10", 9.5]
    page.reload()
    page.frame_locator(MAP).locator(".cm-legend").wait_for()
    assert seen.frame.evaluate(stands) == ["36.20", "37.10", 9.5]


def test_a_wrong_place_of_the_map_is_told_and_passed_over(visit: Callable[..., Visit]) -> None:
    seen = visit("small", "?at=91,38,7")
    expect(seen.page.get_by_role("alert")).to_contain_text("at")
    assert seen.frame.evaluate("window.map.getCenter().lat < 40")
