"""What is seen: the dashboard driven in a real Chromium that cannot reach any network."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import dashboard_world as world
import numpy as np
import pytest
from dashboard_visit import MAP, Visit, settled
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def cards(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("article.card")


def dates(page: Page):  # type: ignore[no-untyped-def]
    """The sheet on which the days are typed and chosen, opened."""
    sheet = page.locator(".timeline .dates")
    if not sheet.is_visible():
        page.locator(".timeline .pill").click()
    return sheet


def wait_for_query(page: Page, name: str, *values: str) -> None:
    """Wait until a parameter of the address has just these values."""
    page.wait_for_url(lambda address: set(parse_qs(urlsplit(address).query).get(name, ())) == set(values))


def test_the_map_draws_one_mark_a_place_without_a_network(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    marks = seen.drawn()
    assert set(marks) == {"p-qara", "p-homs", "p-idlib"}
    assert all(mark["on_map"] for mark in marks.values())
    assert marks["p-qara"]["dot"]
    assert marks["p-qara"]["claims"] == 2
    assert (marks["p-qara"]["denied"], marks["p-qara"]["status"]) == ("some", "contested")
    assert len(marks["p-homs"]["colours"]) == 2  # type: ignore[arg-type]
    assert not marks["p-idlib"]["dot"], "a governorate is no dot"
    assert marks["p-idlib"]["km"] == 60
    assert seen.frame.evaluate("conflictmap.outlines().length") == 1, "its outline is drawn"
    canvas = "[...document.querySelectorAll('.leaflet-overlay-pane canvas')]"
    painted = (
        f"{canvas}.some((c) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean))"
    )
    assert seen.frame.evaluate(painted), "the canvas is blank"


def test_a_click_on_a_town_shows_its_claims_in_order_of_time(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    seen.click("p-qara")
    expect(seen.page.locator(".panel h3")).to_contain_text("Qara")
    second, first = cards(seen.page).all()
    expect(first).to_contain_text("Syrian state television")
    expect(first).to_contain_text("relayed by Reuters")
    expect(first).to_contain_text("Denied by")
    expect(first.locator("mark")).to_have_text("قارة")
    expect(second).to_contain_class("denied")
    expect(second).to_contain_text("DENIAL")
    seen.page.wait_for_url("**place=p-qara**")
    seen.wait_drawn("at.get('p-qara').options.mark.selected")
    assert seen.frame.evaluate("window.neverReloaded"), "the frame was loaded anew"


def test_a_card_leads_to_its_article_and_back(visit: Callable[..., Visit]) -> None:
    seen = visit("small", "?place=p-qara")
    cards(seen.page).nth(0).get_by_role("button", name="Open the article at these words").click()
    seen.page.wait_for_url("**/articles?**claim=c-denial**")
    expect(seen.page.locator(".article .text .said").first).to_be_visible()
    seen.page.go_back()
    expect(seen.page.locator(".panel h3")).to_contain_text("Qara")
    assert "/articles" not in seen.page.url


def test_the_map_is_dark_on_a_dark_page(visit: Callable[..., Visit]) -> None:
    for theme in ("light", "dark"):
        seen = visit("small", theme=theme)
        seen.frame.locator(".cm-land").first.wait_for(state="attached")
        shades = seen.frame.evaluate("""() => ['.cm-legend', '.leaflet-container', '.cm-land'].map((of) => {
            const style = getComputedStyle(document.querySelector(of));
            const colour = of === '.cm-land' ? style.fill : style.backgroundColor;
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data[1];
        })""")
        assert all((shade < 80) == (theme == "dark") for shade in shades), (theme, shades)


def test_choosing_in_the_list_marks_the_place_and_the_other_way_round(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    cards(seen.page).filter(has_text="46 شخصا").first.locator("button.head").click()
    seen.wait_drawn("at.get('p-homs').options.mark.selected")
    expect(seen.page.locator(".panel h3")).to_contain_text("Homs")
    expect(seen.page.locator("article.card.selected")).to_contain_text("at least 46")
    seen.page.locator("article.card", has_text="No date").locator("button.head").click()
    expect(seen.page.locator("article.card.selected")).to_contain_text("No date")


def test_the_slider_changes_the_marks_and_leaves_frame_and_view_alone(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    seen.frame.evaluate("void window.map.setView([34.9, 37.1], 8, { animate: false })")
    thumb = seen.page.locator(".timeline input.low")
    thumb.focus()
    seen.page.keyboard.press("ArrowRight")
    seen.wait_drawn("at.get('p-qara')?.place.claims === 1")
    for _ in range(2):
        seen.page.keyboard.press("ArrowRight")
    seen.wait_drawn("!at.has('p-qara')")
    seen.page.wait_for_url("**from=2013-11-21**")
    expect(seen.page.locator(".saying")).to_contain_text("3 hidden")
    assert seen.drawn()["p-homs"]["claims"] == 1, "the undated claim stays"
    assert seen.frame.evaluate("window.neverReloaded"), "the frame was loaded anew"
    assert seen.frame.evaluate("[window.map.getZoom(), window.map.getCenter().lat.toFixed(1)]") == [8, "34.9"]


#: Every mark of the map: the place it stands for, where it is drawn and where its places are, in px.
STANDS = """() => conflictmap.shown().map((layer) => {
    const at = window.map.latLngToContainerPoint(layer.getLatLng());
    const members = layer.members?.length > 1 ? layer.members.map((one) => one.row) : [layer.place];
    const far = members.map((one) => at.distanceTo(window.map.latLngToContainerPoint([one.lat, one.lon])));
    return { id: layer.place.id, at: [at.x, at.y].map(Math.round), members: members.map((one) => one.id),
        nearest: Math.min(...far), claims: layer.place.claims, radius: layer._radius };
})"""


def test_the_quarters_of_a_city_are_one_ring_that_opens_by_clicks(visit: Callable[..., Visit]) -> None:
    seen = visit("crowded")
    (ring,) = seen.frame.evaluate(STANDS)
    assert (len(ring["members"]), ring["claims"]) == (6, 6)
    for _ in range(8):
        if len(marks := seen.frame.evaluate(STANDS)) == 6:
            break
        zoom = seen.frame.evaluate("window.map.getZoom()")
        ring = next(mark for mark in marks if len(mark["members"]) > 1)
        seen.frame.evaluate(
            f"void conflictmap.groups().find((g) => g.layer.place.id === '{ring['id']}').layer.fire('click')"
        )
        seen.frame.wait_for_function(f"window.map.getZoom() > {zoom} && !window.map._animatingZoom")
    assert {mark["id"] for mark in marks} == {f"q{n}" for n in range(6)}
    assert all(mark["nearest"] < 1 for mark in marks), "each is at its place"
    seen.click("q3")
    expect(seen.page.locator(".panel h3")).to_contain_text("Quarter 3")


def test_at_every_zoom_marks_stand_where_their_places_are(visit: Callable[..., Visit]) -> None:
    seen = visit("crowd")
    everyone = None
    for zoom in (5, 6, 6.75, 7.5, 8, 9, 10, 12, 14, 16):
        seen.frame.evaluate(f"() => {{ window.map.setView([35, 38.5], {zoom}, {{ animate: false }}); }}")
        marks = seen.frame.evaluate(STANDS)
        assert all(mark["nearest"] < (12 if len(mark["members"]) == 1 else 1) for mark in marks)
        together = sorted(member for mark in marks for member in mark["members"])
        everyone = everyone or together
        assert together == everyone, "each place is in one mark"
        assert len(set(together)) == len(together)
        if zoom < 9:
            x, y, r = (
                np.array(column) for column in zip(*((*m["at"], m["radius"]) for m in marks), strict=True)
            )
            apart = np.hypot(x[:, None] - x, y[:, None] - y) + np.eye(len(x)) * 1e6
            assert (apart > r[:, None] + r - 2).all(), "marks of a governorate lie on one another"


def test_nothing_moves_but_what_changes(visit: Callable[..., Visit]) -> None:
    seen = visit("crowd", "?from=2013-06-01&to=2014-12-31")

    def standing() -> dict[str, list[int]]:
        return {mark["id"]: mark["at"] for mark in seen.frame.evaluate(STANDS)}

    before = standing()
    place = next(mark["id"] for mark in seen.frame.evaluate(STANDS) if len(mark["members"]) == 1)
    seen.frame.evaluate(f"() => {{ conflictmap.layers().get('{place}').fire('click'); }}")
    seen.wait_drawn(f"at.get('{place}').place.mark.selected")
    assert standing() == before, "choosing moved a mark"
    claims = "[...conflictmap.layers().values()].reduce((n, layer) => n + layer.place.claims, 0)"
    all_claims = seen.frame.evaluate(claims)
    seen.page.locator("[data-name=events] .row", has_text="Shelling").click()
    seen.frame.wait_for_function(f"{claims} < {all_claims}")
    places = seen.frame.evaluate(
        "Object.fromEntries(conflictmap.shown().map((l) => [l.place.id, [l.place.lat, l.place.lon]]))"
    )
    after = standing()
    assert after, "some claims are left"
    assert all(before[id_] == at for id_, at in after.items() if id_ in before), "a filter moved a mark"
    assert len(places) == len(after)


def test_back_and_forward_walk_the_places(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    seen.click("p-qara")
    seen.page.wait_for_url("**place=p-qara**")
    seen.click("p-homs")
    seen.page.wait_for_url("**place=p-homs**")
    seen.page.go_back()
    expect(seen.page.locator(".panel h3")).to_contain_text("Qara")
    seen.page.go_forward()
    expect(seen.page.locator(".panel h3")).to_contain_text("Homs")
    assert seen.frame.evaluate("window.neverReloaded")


def test_updates_do_not_pile_up_in_the_page(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    layers = "Object.keys(window.map._layers).length"
    seen.frame.wait_for_function("conflictmap.names()?.length > 5")
    before = seen.frame.evaluate(layers)
    styles = "document.querySelectorAll('style').length"
    styled = seen.frame.evaluate(styles)
    thumb = seen.page.locator(".timeline input.low")
    thumb.focus()
    for key, claims in (("ArrowRight", 1), ("ArrowLeft", 2)) * 4:
        seen.page.keyboard.press(key)
        seen.wait_drawn(f"at.get('p-qara')?.place.claims === {claims}")
    assert seen.frame.evaluate(layers) == before
    assert seen.frame.evaluate("window.feature_group.length") == 1
    assert seen.frame.evaluate(styles) <= styled + 1


def test_a_place_is_found_in_arabic_letters_however_spelt(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    field = seen.page.get_by_label("Where: Search")
    field.fill("قاره")
    found = seen.page.locator("[data-name=within] .row", has_text="قارة").first
    expect(found).to_contain_text("Qara")
    field.press("Enter")
    seen.wait_drawn("at.size === 1 && at.has('p-qara')")
    expect(seen.page.locator(".saying")).to_contain_text("4 hidden")


def test_a_filter_outlives_the_change_of_language(visit: Callable[..., Visit]) -> None:
    seen = visit("small", "?side=russia")
    for label in ("روسيا", "Russia") * 2:
        seen.page.locator(".topbar .language").click()
        expect(seen.page.locator("[data-name=sides] .row.on")).to_contain_text(label)
        seen.wait_drawn("at.size === 1 && at.has('p-idlib')")
        assert "side=russia" in seen.page.url
    assert seen.frame.evaluate("window.neverReloaded"), "the frame was loaded anew"


def test_arabic_runs_from_right_to_left_and_the_map_does_not(visit: Callable[..., Visit]) -> None:
    seen = visit("small", "?lang=ar&place=p-qara")
    expect(seen.page.locator("h1 .whole")).to_have_text("خريطة النزاع في سوريا")
    assert seen.page.locator(".panel").evaluate("e => getComputedStyle(e).direction") == "rtl"
    quote = seen.page.locator("blockquote").first
    assert quote.evaluate("e => getComputedStyle(e).direction") == "rtl"
    expect(cards(seen.page).first).to_contain_text("٢٠١٣")
    assert seen.frame.evaluate("getComputedStyle(window.map.getContainer()).direction") == "ltr"


def test_hostile_text_is_shown_as_it_stands_and_does_nothing(visit: Callable[..., Visit]) -> None:
    seen = visit("hostile")
    seen.wait_drawn(f"at.size === {len(world.HOSTILE)}")
    shown = seen.frame.evaluate("[...conflictmap.layers().values()].map((layer) => layer.place.name)")
    assert sorted(shown) == sorted(f"name {payload}" for payload in world.HOSTILE)
    for n, payload in enumerate(world.HOSTILE):
        seen.frame.evaluate("id => void conflictmap.layers().get(id).fire('mouseover')", f"p-{n}-{payload}")
        tip = seen.frame.evaluate("document.querySelector('.cm-tip').textContent")
        assert payload in tip
        seen.frame.evaluate("id => void conflictmap.layers().get(id).fire('mouseout')", f"p-{n}-{payload}")
    for n, payload in enumerate(world.HOSTILE):
        seen.frame.evaluate("id => void conflictmap.layers().get(id).fire('click')", f"p-{n}-{payload}")
        expect(seen.page.locator(".panel h3 span").first).to_have_text(
            f"name {payload}", use_inner_text=False
        )
        card = seen.page.locator("article.card").first
        card = card.evaluate("e => e.textContent + e.querySelector('.outlet').title")
        for field in (
            f"title {payload}",
            f"outlet {payload}",
            f"actor {payload}",
            f"voice {payload}",
            payload,
        ):
            assert field in card
        assert seen.page.locator("article.card img, article.card a, article.card script").count() == 0
    assert seen.page.locator("[onerror], img[src=x], img[src*=evil]").count() == 0


@pytest.mark.parametrize("name", ["outlets", "voice_sides", "sides", "within", "weapons"])
def test_hostile_names_in_the_filters_are_plain_text(visit: Callable[..., Visit], name: str) -> None:
    seen = visit("hostile")
    box = seen.page.locator(f".filters [data-name={name}]")
    if not box.is_visible():
        seen.page.locator(".filters .head", has=seen.page.locator(f"[data-name={name}]")).locator(
            ".toggle"
        ).click()
    if box.get_by_role("searchbox").is_visible():
        box.get_by_role("searchbox").fill("7*7")
    else:
        box.locator(".more").click()
    option = box.get_by_role("treeitem").filter(has_text="{{7*7}}").first
    option.wait_for()
    assert box.locator(".name img, .name a, .name script").count() == 0
    option.click()
    seen.wait_drawn("at.size === 1")
    expect(seen.page.locator(".saying .chip")).to_contain_text("7*7")
    assert seen.page.locator(".saying").locator("img, a, script").count() == 0
    assert "7*7" in json.dumps(list(seen.drawn()))


def test_a_wrong_address_is_said_and_a_hostile_one_does_nothing(visit: Callable[..., Visit]) -> None:
    seen = visit(
        "small", "?side=<img src=x onerror=window.top.pwned=1>&from=yesterday&place=${1}&event=clash"
    )
    notice = seen.page.get_by_text("Wrong values in the page's address were ignored")
    expect(notice).to_contain_text("from, side, place")
    assert set(seen.drawn()) == {"p-homs"}
    assert "event=clash" in seen.page.url


def test_every_choice_shows_its_count_and_an_empty_view_what_to_clear(visit: Callable[..., Visit]) -> None:
    seen = visit("small", "?outlet=Beta")
    events = seen.page.locator("[data-name=events] .row")
    expect(events.filter(has_text="Shelling").locator(".count")).to_have_text("1")
    expect(events.filter(has_text="Air strike").locator(".count")).to_have_text("0")
    events.filter(has_text="Air strike").click()
    notice = seen.page.locator(".timeline .empty")
    expect(notice).to_contain_text("Nothing passes these filters")
    notice.get_by_role("button", name="Clear “Outlet”: 1 claim").click()
    seen.wait_drawn("at.size === 1 && at.has('p-idlib')")
    seen.page.locator(".filters button.clear").click()
    seen.wait_drawn("at.size === 3")
    seen.page.wait_for_url(lambda address: "?" not in address)


def test_words_of_the_evidence_are_sought_whatever_their_letters(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    field = seen.page.get_by_label("Words in the evidence")
    field.fill("قَارَه")
    field.press("Enter")
    seen.wait_drawn("at.size === 1 && at.has('p-qara')")


def test_presets_moves_and_typed_days_move_the_window_past_silence(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    sheet = dates(seen.page)
    sheet.get_by_role("button", name="Last 7 days").click()
    seen.page.wait_for_url("**from=2016-05-01**")
    sheet.get_by_role("button", name="Back by the window's length").click()
    seen.page.wait_for_url("**from=2013-11-20**")
    sheet.get_by_label("Last day in view").fill("2013-11-20")
    seen.page.wait_for_url("**from=2013-11-20&to=2013-11-20**")
    seen.wait_drawn("at.get('p-qara')?.place.claims === 1")
    sheet.get_by_role("button", name="On by the window's length").click()
    seen.page.wait_for_url("**from=2016-05-0**")
    seen.wait_drawn("!at.has('p-qara')")
    expect(sheet).to_be_visible()


def test_the_window_walks_by_itself_and_ends_where_the_slider_then_stands(
    visit: Callable[..., Visit],
) -> None:
    seen = visit("many", "?from=2013-01-01&to=2013-02-28")
    page, frame = seen.page, seen.frame
    frame.evaluate("void window.map.setView([34.9, 38.1], 7, { animate: false })")
    frame.evaluate("""() => { window.steps = []; const walk = conflictmap.walk;
        conflictmap.walk = (a, b) => { walk(a, b); window.steps.push(b); }; }""")
    page.get_by_label("Steps a second").select_option("15")
    page.get_by_role("button", name="Play: let the days walk").click()
    frame.wait_for_function("window.steps.length > 12")
    page.get_by_role("button", name="Pause").click()
    last = frame.evaluate("window.steps.at(-1)")
    wait_for_query(page, "to", str(date(1970, 1, 1) + timedelta(last)))
    settled(page)
    expect(page.get_by_role("button", name="Play: let the days walk")).to_be_visible()
    expect(page.locator(".timeline input.high")).to_have_value(str(last + 1))
    assert frame.evaluate("window.steps.at(-1)") == last, "it walked on after the pause"


def test_walking_draws_what_the_server_would_draw(visit: Callable[..., Visit]) -> None:
    seen = visit("many")
    page, frame = seen.page, seen.frame
    frame.evaluate("""() => { const walk = conflictmap.walk; conflictmap.walk = (a, b) => { walk(a, b);
        window.seen = [a, b, conflictmap.rows()]; }; }""")
    page.get_by_role("button", name="Play: let the days walk").click()
    frame.wait_for_function("window.seen?.[2].length > 1")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play: let the days walk")).to_be_visible()
    since, until, walked = frame.evaluate("window.seen")
    wait_for_query(page, "to", str(date(1970, 1, 1) + timedelta(until)))
    frame.wait_for_function(f"conflictmap.window().join() === '{since},{until}'")
    # The server's answer may still be on its way when the window stands.
    frame.wait_for_function("rows => JSON.stringify(conflictmap.rows()) === JSON.stringify(rows)", arg=walked)
    assert frame.evaluate("window.neverReloaded"), "the frame was loaded anew"


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_every_one_of_many_quick_keys_moves_the_window(visit: Callable[..., Visit]) -> None:
    seen = visit("many")
    low, high = (seen.page.locator(f".timeline input.{end}") for end in ("low", "high"))
    first, after = int(low.input_value()), int(high.input_value())
    low.focus()
    for key in ["ArrowRight"] * 10 + ["ArrowLeft"] * 3:
        seen.page.keyboard.press(key)
    high.focus()
    for _ in range(5):
        seen.page.keyboard.press("ArrowLeft")
    since, until = (date(1970, 1, 1) + timedelta(n) for n in (first + 7, after - 6))
    seen.page.wait_for_url(f"**from={since}&to={until}**")
    expect(low).to_have_value(str(first + 7))
    expect(high).to_have_value(str(after - 5))
    seen.frame.wait_for_function(f"conflictmap.window().join() === '{first + 7},{after - 6}'")


@pytest.mark.parametrize(("width", "query"), [(390, ""), (390, "?lang=ar"), (1440, "?lang=ar")])
def test_what_a_mark_tells_stays_within_the_map(visit: Callable[..., Visit], width: int, query: str) -> None:
    seen = visit("small", query, width=width, height=844)
    styled = "getComputedStyle(document.documentElement).getPropertyValue('--halo')"
    seen.frame.wait_for_function(
        f"{styled} && getComputedStyle(map.getPanes().mapPane).position === 'absolute'"
    )
    outside = seen.frame.evaluate(
        """() => conflictmap.dots().flatMap((layer) => {
            layer.fire("mouseover");
            const tip = document.querySelector(".cm-tip").getBoundingClientRect();
            layer.fire("mouseout");
            const inside = tip.left >= 0 && tip.top >= 0
                && tip.right <= innerWidth && tip.bottom <= innerHeight;
            return inside && tip.width > 50 ? [] : [[tip.left, tip.top, tip.right, tip.bottom]];
        })"""
    )
    assert outside == []


def test_every_one_of_many_quick_clicks_counts(visit: Callable[..., Visit]) -> None:
    """In several parts of the page, while answers to the first are on their way."""
    seen = visit("small")
    page = seen.page
    options = page.locator("[data-name=events] .row")
    chosen = ["Shelling", "Air strike", "Clash", "Takeover"]
    ticks = [options.filter(has_text=name).first for name in chosen]
    # The days first: which of them are passed over as silent depends on the filters that were answered.
    sheet = dates(page)
    sheet.get_by_role("button", name="30 days").click()
    for _ in range(3):
        sheet.get_by_role("button", name="Back by the window's length").click()
    sheet.get_by_role("button", name="On by the window's length").click()
    page.keyboard.press("Escape")
    for tick in ticks:
        tick.click()
    ticks[2].click()
    page.locator("[data-name=sides] .row", has_text="Russia").click()
    ticks[0].click()
    wait_for_query(page, "to", "2016-05-05")
    wait_for_query(page, "from", "2016-04-06")
    wait_for_query(page, "event", "airstrike", "control_change")
    wait_for_query(page, "side", "russia")
    for tick, on in zip(ticks, (False, True, False, True), strict=True):
        expect(tick).to_have_attribute("aria-checked", str(on).lower())
    page.locator(".filters button.clear").click()
    page.wait_for_url(lambda address: "?" not in address)
    for tick in ticks:
        expect(tick).to_have_attribute("aria-checked", "false")


def test_pause_at_once_after_play_and_again(visit: Callable[..., Visit]) -> None:
    seen = visit("many", "?from=2013-01-01&to=2013-02-28")
    page, frame = seen.page, seen.frame
    high = page.locator(".timeline input.high")
    for _ in range(6):
        page.get_by_role("button", name="Play: let the days walk").click()
        page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play: let the days walk")).to_be_visible()
    until = date(1970, 1, 1) + timedelta(int(high.input_value()) - 1)
    page.wait_for_url(f"**to={until}**")
    frame.wait_for_function(f"conflictmap.window()[1] === {day(str(until))}")
    assert frame.evaluate("window.neverReloaded"), "the frame was loaded anew"


def test_what_is_said_on_the_map_is_heard_however_quickly(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    seen.frame.evaluate("""() => {
        conflictmap.layers().get('p-qara').fire('click');
        document.querySelector('.cm-menu input[value=strikes]').click();
        document.querySelector('.cm-menu input[value=governorates]').click();
        conflictmap.layers().get('p-homs').fire('click');
    }""")
    seen.page.wait_for_url("**place=p-homs**")
    wait_for_query(seen.page, "layer", "takeovers", "clashes")
    seen.wait_drawn("!at.has('p-idlib') && at.get('p-homs').options.mark.selected")
    expect(seen.frame.locator(".cm-menu input[value=strikes]")).not_to_be_checked()


def test_nothing_is_done_twice_after_another_page_language_or_step_back(visit: Callable[..., Visit]) -> None:
    seen = visit("many")
    page = seen.page
    typed = page.locator(".timeline input.since")
    dates(page).get_by_role("button", name="365 days").click()
    page.wait_for_url("**from=**")
    since = date.fromisoformat(typed.input_value()) - timedelta(365)
    dates(page).get_by_role("button", name="Back by the window's length").click()
    page.wait_for_url(f"**from={since}**")
    page.keyboard.press("Escape")
    page.locator(".topbar .language").click()
    expect(page.locator("h1 .whole")).to_have_text("خريطة النزاع في سوريا")
    page.locator(".topbar a[data-page=claims]").click()
    page.wait_for_url("**/claims?**")
    page.locator(".grid").first.wait_for()
    settled(page)  # until then the timeline is that of the page before
    expect(page.locator(".timeline")).to_have_count(1)
    expect(typed).to_have_value(str(since))
    page.locator(".topbar .language").click()
    expect(page.locator("h1 .whole")).to_have_text("Conflict map of Syria")
    dates(page).get_by_role("button", name="Back by the window's length").click()
    since -= timedelta(365)
    page.wait_for_url(f"**from={since}**")
    page.keyboard.press("Escape")
    page.locator(".topbar a[data-page=map]").click()
    page.wait_for_url(lambda address: "/claims" not in address)
    page.frame_locator(MAP).locator(".cm-legend").wait_for()
    expect(page.locator(".timeline")).to_have_count(1)
    expect(typed).to_have_value(str(since))
    dates(page).get_by_role("button", name="On by the window's length").click()
    since += timedelta(365)
    page.wait_for_url(f"**from={since}**")
    page.go_back()
    page.wait_for_url("**/claims?**")
    expect(page.locator(".topbar a[aria-current]")).to_contain_text("Claims")
    page.go_forward()
    page.frame_locator(MAP).locator(".cm-legend").wait_for()
    wait_for_query(page, "from", str(since))
    expect(page.locator(".timeline")).to_have_count(1)
    expect(typed).to_have_value(str(since))


def test_filters_replace_the_address_and_places_are_steps(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    page = seen.page
    length = page.evaluate("history.length")
    page.locator("[data-name=sides] .row", has_text="Government").click()
    page.wait_for_url("**side=government**")
    dates(page).get_by_role("button", name="365 days").click()
    page.wait_for_url("**from=**")
    dates(page).get_by_role("button", name="All", exact=True).click()
    page.wait_for_url(lambda address: "from=" not in address)
    page.keyboard.press("Escape")
    assert page.evaluate("history.length") == length, "filters and days are no steps"
    seen.click("p-qara")
    page.wait_for_url("**place=p-qara**")
    assert page.evaluate("history.length") == length + 1
    page.go_back()
    page.wait_for_url(lambda address: "place=" not in address and "side=government" in address)
    expect(page.locator(".panel .tabs")).to_be_visible()
    seen.wait_drawn("at.size === 2")


def test_a_search_opens_the_place_however_it_is_spelt(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    for typed, name in (("قاره", "Qara"), ("homs", "Homs")):
        seen.page.get_by_role("combobox", name="Place, group or day").fill(typed)
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator(".panel h3")).to_contain_text(name)
    seen.wait_drawn("at.get('p-homs').options.mark.selected")
    seen.page.get_by_role("combobox", name="Place, group or day").fill("Reykjavik")
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator(".topbar div.search")).to_contain_text("Nothing has a name like that")


def test_layers_are_switched_on_the_map(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    menu = seen.frame.locator(".cm-menu")
    menu.locator("summary").click()
    menu.get_by_label("Strikes and explosions").uncheck()
    seen.wait_drawn("!at.has('p-idlib')")
    expect(seen.page.locator(".saying")).to_contain_text("2 in layers that are off")
    seen.page.wait_for_url("**layer=takeovers&layer=clashes&layer=governorates**")
    menu.get_by_label("Governorates").uncheck()
    seen.frame.locator(".leaflet-cm-ground-pane.cm-undivided").wait_for(state="attached")
    assert seen.frame.evaluate("window.neverReloaded"), "the frame was loaded anew"


def test_fitting_the_view_puts_every_mark_in_it_and_the_legend_hides_none(
    visit: Callable[..., Visit],
) -> None:
    seen = visit("many")
    seen.frame.get_by_role("button", name="Fit to the marks in view").click()
    seen.wait_drawn("""[...at.values()].every((layer) => {
        const { x, y } = window.map.latLngToContainerPoint(layer.getLatLng());
        const { top, bottom } = document.querySelector('.cm-legend').getBoundingClientRect();
        const size = window.map.getSize();
        return x > 0 && x < size.x && y > 0 && y < size.y && size.y <= top && bottom <= window.innerHeight;
    })""")


def test_the_legend_opens_on_demand_and_stays_open(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    details = seen.frame.locator(".cm-details")
    expect(details).to_be_hidden()
    seen.frame.get_by_role("button", name="Signs, rings").click()
    expect(details).to_contain_text("Takeover")
    seen.frame.get_by_role("button", name="Control", exact=True).click()
    expect(seen.frame.locator(".cm-details")).to_contain_text("Told more than 90 days ago")


def test_a_switch_shows_one_layer_alone(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    claims, control = (
        seen.frame.get_by_role("button", name=name, exact=True) for name in ("Claims", "Control")
    )
    expect(claims).to_have_attribute("aria-pressed", "true")
    control.click()
    seen.page.wait_for_url("**layer=control&layer=governorates**")
    expect(control).to_have_attribute("aria-pressed", "true")
    expect(claims).to_have_attribute("aria-pressed", "false")
    seen.wait_drawn("at.size === 0")
    assert seen.frame.evaluate("conflictmap.below().length") == 1
    claims.click()
    seen.wait_drawn("at.size > 2")


def test_a_drawn_rectangle_is_a_filter_and_is_drawn(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    seen.frame.get_by_role("button", name="Draw a rectangle").click()
    box = seen.page.locator(MAP).bounding_box()
    assert box
    x, y = seen.frame.evaluate(
        "() => { const at = conflictmap.layers().get('p-qara').getLatLng();"
        " const point = window.map.latLngToContainerPoint(at); return [point.x, point.y]; }"
    )
    seen.page.mouse.move(box["x"] + x - 25, box["y"] + y - 25)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + x + 25, box["y"] + y + 25, steps=4)
    seen.page.mouse.up()
    seen.page.wait_for_url("**box=**")
    seen.wait_drawn("at.size === 1 && at.has('p-qara')")
    expect(seen.frame.locator(".cm-rectangle")).to_have_count(1)
    assert seen.frame.evaluate("window.neverReloaded"), "the frame was loaded anew"


def test_a_crowd_is_grouped_and_a_ring_lists_its_places(visit: Callable[..., Visit]) -> None:
    seen = visit("crowd")
    frame = seen.frame
    drawn = "Object.values(window.map._layers).filter((layer) => layer instanceof L.Path).length"
    assert frame.evaluate("conflictmap.layers().size") > 2500
    assert frame.evaluate(drawn) < 1500
    assert frame.evaluate("conflictmap.groups().length") > 20
    frame.evaluate("() => { conflictmap.groups()[0].layer.fire('mouseover'); }")
    tip = frame.locator(".cm-tip")
    expect(tip).to_contain_text("places more")
    expect(tip.locator(".cm-tip-foot")).to_have_text("Latest")
    expect(tip.locator(".cm-tip-row")).to_have_count(3)
    expect(tip.locator(".cm-tip-row").first).to_contain_text(re.compile(r"Town \d+: .+ · says \w+"))
    expect(tip.locator(".cm-tip-place")).to_have_count(6)


def test_the_page_fits_a_telephone(visit: Callable[..., Visit]) -> None:
    seen = visit("small", "?place=p-qara", width=390, height=844)
    expect(cards(seen.page)).to_have_count(2)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.frame.evaluate("window.map.getSize().x") > 300
