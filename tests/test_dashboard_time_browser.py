"""The timeline in a real Chromium: dragged, zoomed, played; the map follows while the hand still holds it."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from dashboard_visit import Visit, settled
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

EPOCH = date(1970, 1, 1)
PLAY = "Play: let the days walk"


def window(page: Page) -> tuple[date, date]:
    """The days in view, as the handles say."""
    low, high = (int(page.locator(f".timeline input.{end}").input_value()) for end in ("low", "high"))
    return EPOCH + timedelta(low), EPOCH + timedelta(high - 1)


def ready(seen: Visit) -> Visit:
    """Wait until the page has the columns of claims: what is new is told from them."""
    seen.page.locator(".timeline .news li").first.wait_for()
    return seen


def at(page: Page, share: float, high: float = 0.35) -> tuple[float, float]:
    """A point of the chart, by shares of its breadth and height from the start of the page's direction."""
    box = page.locator(".timeline canvas").bounding_box()
    assert box is not None
    return box["x"] + share * box["width"], box["y"] + high * box["height"]


def drag(page: Page, start: float, end: float, high: float = 0.35) -> None:
    """Press at one share of the chart's breadth and move to another, without letting go."""
    page.mouse.move(*at(page, start, high))
    page.mouse.down()
    page.mouse.move(*at(page, end, high), steps=4)


def test_the_map_follows_while_the_window_is_dragged_and_python_hears_at_the_end(
    visit: Callable[..., Visit],
) -> None:
    seen = ready(visit("many", "?from=2014-01-01&to=2014-12-31"))
    page, frame = seen.page, seen.frame
    before = page.url
    page.mouse.move(*at(page, 0.5))
    assert page.locator(".timeline canvas").evaluate("e => e.style.cursor") == "grab"
    drag(page, 0.5, 0.6)
    frame.wait_for_function("conflictmap.window()[0] > 16071 + 10")
    assert page.url == before, "the hand has not let go"
    held = window(page)
    assert (held[1] - held[0]).days == 364, "the window keeps its length"
    page.mouse.up()
    page.wait_for_url(f"**from={held[0]}&to={held[1]}**")
    settled(page)
    assert window(page) == held
    assert frame.evaluate("window.neverReloaded"), "the frame was loaded anew"


def test_a_handle_is_dragged_and_a_window_drawn(visit: Callable[..., Visit]) -> None:
    seen = ready(visit("many"))
    page = seen.page
    drag(page, 0.3, 0.5)
    drawn = window(page)
    page.mouse.up()
    page.wait_for_url(f"**from={drawn[0]}&to={drawn[1]}**")
    box = page.locator(".timeline .handle").last.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 1, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(*at(page, 0.8), steps=4)
    page.mouse.up()
    since, until = window(page)
    assert since == drawn[0]
    assert until > drawn[1]
    page.wait_for_url(f"**to={until}**")


def test_a_click_on_a_bar_chooses_it(visit: Callable[..., Visit]) -> None:
    page = ready(visit("small")).page
    # The opening focus shows the days around 20 November 2013 or all; the bar is found by its tip.
    box = page.locator(".timeline canvas").bounding_box()
    assert box is not None
    for x in range(8, int(box["width"]), 6):
        page.mouse.move(box["x"] + x, box["y"] + 0.5 * box["height"])
        if page.locator(".timeline .tip").is_visible():
            break
    told = page.locator(".timeline .tip b").inner_text()
    page.mouse.click(box["x"] + x, box["y"] + 0.5 * box["height"])
    page.wait_for_url(lambda address: "from=" in address or "to=" in address)
    expect(page.locator(".timeline .pill")).to_have_text(told)


def test_the_wheel_looks_closer_and_the_overview_moves_what_is_looked_at(visit: Callable[..., Visit]) -> None:
    page = ready(visit("many")).page
    rest = page.locator(".timeline .rest")
    expect(rest).to_have_text("")
    page.mouse.move(*at(page, 0.5))
    for _ in range(8):
        page.mouse.wheel(0, -200)
    expect(rest).to_contain_text("of 130 claims")
    closer = rest.inner_text()
    page.mouse.click(*at(page, 0.05, 0.84))
    expect(rest).not_to_have_text(closer)
    page.locator(".timeline .all").click()
    expect(rest).to_have_text("")
    assert "from=" not in page.url, "looking chooses nothing"


def test_days_that_are_being_typed_survive_a_run(visit: Callable[..., Visit]) -> None:
    page = ready(visit("small")).page
    page.locator(".timeline .pill").click()
    field = page.locator(".timeline input.since")
    field.focus()
    page.keyboard.press("Backspace")
    typed = "e => e.getRootNode().activeElement === e && e.validity.badInput"
    assert field.evaluate(typed), "a part of the day is being typed"
    page.locator(".filters input[type=checkbox]").first.evaluate("box => box.click()")
    page.wait_for_url(lambda address: "?" in address)
    settled(page)
    assert field.evaluate(typed), "what was being typed is gone"
    field.fill("2013-11-20")
    page.wait_for_url("**from=2013-11-20**")


def test_play_names_what_is_new_and_the_cards_keep_up(visit: Callable[..., Visit]) -> None:
    seen = ready(visit("many", "?from=2013-01-01&to=2013-01-31"))
    page, frame = seen.page, seen.frame
    frame.evaluate("""() => { window.pulsed = 0; const { pulse } = conflictmap;
        conflictmap.pulse = (found) => { window.pulsed += found.length; pulse(found); }; }""")
    page.get_by_role("button", name=PLAY).click()
    frame.wait_for_function("window.pulsed > 3")
    news = page.locator(".timeline .news li button").first
    expect(news).to_contain_text("Town")
    expect(news).to_contain_text("بلدة")
    # Python is told while the days still walk.
    page.wait_for_url(lambda address: "to=2013-01-31" not in address)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name=PLAY)).to_be_visible()
    settled(page)
    page.wait_for_url(f"**to={window(page)[1]}**")


def test_with_only_the_control_layer_the_days_walk_too(visit: Callable[..., Visit]) -> None:
    seen = visit("many", "?layer=control&from=2013-01-01&to=2013-03-31")
    page, frame = seen.page, seen.frame
    page.locator(".timeline .news .none").wait_for()
    frame.evaluate("""() => { window.ends = []; const { walk } = conflictmap;
        conflictmap.walk = (...told) => { walk(...told); window.ends.push(told[1]); }; }""")
    page.get_by_role("button", name=PLAY).click()
    frame.wait_for_function("new Set(window.ends).size > 4")
    page.get_by_role("button", name="Pause").click()
    ends = sorted(set(frame.evaluate("window.ends")))
    assert [b - a for a, b in pairwise(ends)] == [1] * (len(ends) - 1), "day by day"


def test_a_growing_window_keeps_its_first_day(visit: Callable[..., Visit]) -> None:
    page = ready(visit("many", "?from=2013-01-01&to=2013-01-31")).page
    before = window(page)
    page.get_by_role("button", name="Growing").click()
    for _ in range(3):
        page.get_by_role("button", name="One step on").click()
    since, until = window(page)
    assert since == before[0]
    assert (until - before[1]).days >= 3
    page.wait_for_url(f"**to={until}**")


def test_keys_walk_the_days_from_anywhere_but_not_while_typing(visit: Callable[..., Visit]) -> None:
    seen = ready(visit("many", "?from=2013-06-01&to=2013-12-31"))
    page = seen.page
    page.locator("body").press("ArrowRight")
    page.wait_for_url("**to=2014-01-01**")
    seen.frame.locator(".leaflet-container").press("ArrowLeft")
    page.wait_for_url("**to=2013-12-31**")
    page.locator("body").press("End")
    page.wait_for_url(lambda address: "to=" not in address and "from=2016" in address)
    page.locator("body").press("Home")
    page.wait_for_url(lambda address: "from=" not in address and "to=2013" in address)
    stands = window(page)
    field = page.get_by_label("Words in the evidence")
    field.focus()
    for key in ("ArrowLeft", "Home", " "):
        page.keyboard.press(key)
    assert window(page) == stands
    expect(page.get_by_role("button", name=PLAY)).to_be_visible()


def test_in_arabic_time_runs_from_right_to_left(visit: Callable[..., Visit]) -> None:
    page = ready(visit("many", "?lang=ar&from=2013-06-01&to=2013-12-31")).page
    low, high = (page.locator(".timeline .handle").nth(n).bounding_box() for n in (0, 1))
    assert low is not None
    assert high is not None
    assert low["x"] > high["x"], "the first day is at the right"
    before = window(page)
    drag(page, 0.5, 0.4)
    after = window(page)
    page.mouse.up()
    assert after[0] > before[0], "to the left is later"


def test_in_full_screen_map_days_and_news_are_there(visit: Callable[..., Visit]) -> None:
    seen = ready(visit("many", "?from=2013-06-01&to=2013-12-31"))
    page = seen.page
    page.evaluate("document.querySelector('.st-key-screen').requestFullscreen()")
    page.locator(".timeline.stage").wait_for()
    for part in (".timeline canvas", ".timeline .news", ".timeline .date", ".st-key-space iframe"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".st-key-rail")).to_be_hidden()
    size = page.locator(".timeline .date").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 80, "large enough for a room"
    page.evaluate("document.exitFullscreen()")
    page.locator(".timeline:not(.stage)").wait_for()
    assert seen.frame.evaluate("window.neverReloaded"), "the frame was loaded anew"
