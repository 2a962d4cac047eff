"""The window of days, moved about: it stays within the archive, and as long as it is."""

from datetime import date, timedelta

import dashboard_world as world
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import frames as room
from dashboard.selection import Selection
from dashboard.time import timeline
from dashboard.time import window as at
from dashboard.wording import load

FIRST, LAST = date(2013, 1, 1), date(2016, 12, 31)
EXTENT = FIRST, LAST

days = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(n))
windows = st.tuples(days, days).map(lambda ends: (min(ends), max(ends)))


@given(windows, st.sampled_from((-1, 1)), st.integers(-40, 40))
def test_a_moved_window_keeps_its_length_and_stays_in_the_archive(
    window: at.Window, lengths: int, step: int
) -> None:
    for new in (at.shifted(window, EXTENT, lengths), at.moved(window, EXTENT, step)):
        assert new[1] - new[0] == window[1] - window[0]
        assert new[0] >= FIRST
        assert new[1] <= LAST


@given(windows, st.lists(days, unique=True).map(sorted), st.booleans())
def test_a_jump_ends_at_a_day_with_claims_that_was_not_in_view(
    window: at.Window, having: list[date], forward: bool
) -> None:
    new = at.jumped(window, EXTENT, having, forward)
    assert FIRST <= new[0] <= new[1] <= LAST
    if new != window:
        reached = new[0] if forward else new[1]
        assert reached in having
        between = [
            day for day in having if (window[1] < day < reached if forward else reached < day < window[0])
        ]
        assert between == []


def test_presets_reach_back_from_the_last_day_of_the_archive() -> None:
    assert at.last_days(EXTENT, 7) == (date(2016, 12, 25), LAST)
    assert at.last_days(EXTENT, 0) == EXTENT
    assert at.last_days((date(2016, 12, 30), LAST), 365) == (date(2016, 12, 30), LAST)


@given(windows)
def test_playing_begins_with_somewhere_to_go(window: at.Window) -> None:
    start = at.walk_start(window, EXTENT)
    assert start[0] >= FIRST
    assert start[1] < LAST or window[0] == FIRST


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> room.Frames:
    archive = world.small(tmp_path_factory.mktemp("small") / "a.sqlite")
    return room.build(archive.frames(), archive.version, archive.text, {})


def told(small: room.Frames, message: dict[str, object], selection: Selection | None = None) -> Selection:
    extent = date(2013, 11, 18), date(2016, 5, 7)
    having = [date(2013, 11, 18), date(2013, 11, 20), date(2016, 5, 5), date(2016, 5, 7)]
    return timeline.after(selection or Selection(), message, small.choices, extent, having)


def test_what_the_timeline_asks_for_is_done(small: room.Frames) -> None:
    number = (date(2013, 11, 20) - date(1970, 1, 1)).days
    assert told(small, {"window": [number, number + 1]}).since == date(2013, 11, 20)
    assert told(small, {"last": 7}).since == date(2016, 5, 1)
    one = told(small, {"jump": 1})
    assert (one.since, one.until) == (None, date(2013, 11, 18)), "the first day with claims"
    two = told(small, {"jump": 1}, one)
    assert (two.since, two.until) == (date(2013, 11, 20), date(2013, 11, 20))
    assert told(small, {"jump": 1}, two).since == date(2016, 5, 5)
    assert told(small, {"period": "week"}).period == "week"
    assert told(small, {"clear": "events"}, Selection(events=("siege",))).events == ()


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"window": [5, 1]},
        {"window": "x"},
        {"window": [0, 1]},
        {"last": 5},
        {"period": "year"},
        {"shift": 9},
    ],
)
def test_what_makes_no_sense_changes_nothing(small: room.Frames, message: dict[str, object]) -> None:
    assert told(small, message) == Selection()


def test_an_empty_view_names_the_filter_to_clear(small: room.Frames) -> None:
    selection = Selection(sides=("russia",), outlets=("Beta",))
    said = timeline.emptied(room.view(small, selection), load("en"))
    assert [name for name, _ in said["clear"]] == ["sides", "outlets"]
    assert said["clear"][0][1] == "Clear “Side acting”: 3 claims"
