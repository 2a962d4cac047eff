"""The selection and the page's address say the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import layers
from dashboard.selection import (
    FARTHEST_KM,
    FILTERS,
    LISTS,
    MOST_PICKED,
    NEAR_KM,
    NUMBERS,
    Box,
    Choices,
    Selection,
    box_of,
    cleared,
    read,
    write,
)

FIRST, LAST = date(2013, 1, 1), date(2016, 12, 31)
CODES = ("government", "none", "a b", "<b>", "&side=russia", "حلب")
CHOICES = Choices(
    lists=dict.fromkeys(LISTS, CODES),
    places=("p1", "p<2>"),
    points=("p1", "p<2>"),
    claims=("c1", "c<2>", *(f"n{n}" for n in range(MOST_PICKED))),
    first=FIRST,
    last=LAST,
)

WORDED = (
    "from",
    "to",
    "lang",
    "place",
    "x",
    "words",
    "layer",
    "box",
    "near",
    "km",
    "pick",
    "only",
    *(name for name, _ in NUMBERS.values()),
)

days = st.integers(1, (LAST - FIRST).days - 1).map(lambda n: FIRST + timedelta(days=n))
lists = st.lists(st.sampled_from(CODES), unique=True).map(tuple)


def in_order(on: list[str]) -> tuple[str, ...]:
    return tuple(layer for layer in layers.names() if layer in on)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    south, north = sorted(draw(st.lists(st.integers(-90_000, 90_000), min_size=2, max_size=2, unique=True)))
    west, east = sorted(draw(st.lists(st.integers(-180_000, 180_000), min_size=2, max_size=2, unique=True)))
    return south / 1000, west / 1000, north / 1000, east / 1000


@st.composite
def spots(draw: st.DrawFn) -> tuple[float, float, float]:
    lat, lon = draw(st.integers(-850_000, 850_000)), draw(st.integers(-1_800_000, 1_800_000))
    return lat / 10_000, lon / 10_000, draw(st.integers(20, 72)) / 4


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    since, until = sorted((draw(days), draw(days)))
    near = draw(st.sampled_from(("", "p1", "p<2>")))
    picked = draw(st.sampled_from(((), ("c<2>",), ("c<2>", "c1"))))
    return Selection(
        language=draw(st.sampled_from(("en", "ar"))),
        colours=draw(st.sampled_from(("safe", "customary"))),
        since=draw(st.sampled_from((None, since))),
        until=draw(st.sampled_from((None, until))),
        undated=draw(st.booleans()),
        layers=draw(st.lists(st.sampled_from(layers.names()), unique=True).map(lambda on: in_order(on))),
        killed_from=draw(st.sampled_from((None, 0, 20))),
        killed_to=draw(st.sampled_from((None, 20, 100_000))),
        sure=draw(st.sampled_from((None, 0, 80))),
        words=draw(st.text(max_size=40).map(lambda text: " ".join(text.split()))),
        box=draw(st.none() | boxes()),
        at=draw(st.none() | spots()),
        near=near,
        picked=picked,
        only_picked=bool(picked) and draw(st.booleans()),
        near_km=draw(st.integers(1, FARTHEST_KM)) if near else NEAR_KM,
        place=draw(st.sampled_from(("", "p1", "p<2>"))),
        claim=draw(st.sampled_from(("", "c1"))),
        **{name: draw(lists) for name in LISTS},
    )


@given(selections())
def test_an_address_written_is_read_back_the_same(selection: Selection) -> None:
    assert read(write(selection), CHOICES) == (selection, ())


def test_the_opening_view_has_a_bare_address() -> None:
    assert write(Selection()) == {}


@given(st.dictionaries(st.sampled_from((*LISTS.values(), *WORDED)), st.lists(st.text())))
def test_no_address_is_an_error_or_gets_a_value_past_the_choices(query: dict[str, list[str]]) -> None:
    selection, _ = read(query, CHOICES)
    assert read(write(selection), CHOICES) == (selection, ())
    assert all(set(getattr(selection, name)) <= set(CODES) for name in LISTS)


def test_wrong_values_are_dropped_by_name_and_the_right_ones_kept() -> None:
    query = {"side": ["government", "martians"], "from": ["yesterday"], "to": ["2014-02-03"], "place": ["p1"]}
    selection, wrong = read(query, CHOICES)
    assert selection.sides == ("government",)
    assert selection.since is None
    assert selection.until == date(2014, 2, 3)
    assert selection.place == "p1"
    assert set(wrong) == {"side", "from"}


def test_numbers_out_of_range_or_turned_round_are_wrong() -> None:
    assert read({"dead-from": ["-3"], "sure": ["101"]}, CHOICES) == (Selection(), ("dead-from", "sure"))
    assert read({"dead-from": ["9"], "dead-to": ["3"]}, CHOICES) == (Selection(), ("dead-from", "dead-to"))


def test_picked_claims_that_are_none_or_too_many_are_left_out_and_told() -> None:
    assert read({"pick": ["c1", "gone"], "only": ["1"]}, CHOICES) == (
        Selection(picked=("c1",), only_picked=True),
        ("pick",),
    )
    many = [f"n{n}" for n in range(MOST_PICKED)]
    assert read({"pick": many}, CHOICES) == (Selection(picked=tuple(many)), ())
    assert read({"pick": [*many, "c1"]}, CHOICES) == (Selection(picked=tuple(many)), ("pick",))


def test_nothing_picked_hides_nothing() -> None:
    assert read({"only": ["1"]}, CHOICES) == (Selection(), ())
    assert not read({"only": ["1"], "pick": ["gone"]}, CHOICES)[0].only_picked


def test_every_layer_can_be_off() -> None:
    assert write(Selection(layers=())) == {"layer": ["none"]}
    assert read({"layer": ["none"]}, CHOICES) == (Selection(layers=()), ())


def test_a_window_outside_the_archive_or_turned_round_is_wrong() -> None:
    assert read({"from": ["1999-01-01"]}, CHOICES) == (Selection(), ("from",))
    assert read({"from": ["2015-01-01"], "to": ["2014-01-01"]}, CHOICES) == (Selection(), ("from", "to"))


def test_without_dates_in_the_archive_no_window_is_right() -> None:
    assert read({"from": ["2015-01-01"]}, Choices()) == (Selection(), ("from",))


def test_a_rectangle_that_is_none_is_wrong() -> None:
    for edges in ("1,2,3", "34,36,33,37", "a,b,c,d", "nan,36,37,38", "1,2,3,4,5", "-1,-200,1,200"):
        assert read({"box": [edges]}, CHOICES) == (Selection(), ("box",)), edges
    assert box_of([33.12345, 36, 34, 37.5]) == (33.123, 36.0, 34.0, 37.5)


@pytest.mark.parametrize(
    "text",
    ["", "35", "35,38", "35,38,4", "35,38,19", "91,38,7", "35,181,7", "a,b,c", "nan,38,7", "35,38,7,1"],
)
def test_where_the_map_cannot_stand_is_wrong(text: str) -> None:
    assert read({"at": [text]}, CHOICES) == (Selection(), ("at",))


def test_a_distance_needs_a_place_and_has_a_limit() -> None:
    assert read({"km": ["5"]}, CHOICES) == (Selection(), ())
    assert read({"near": ["p1"], "km": ["0"]}, CHOICES) == (Selection(near="p1"), ("km",))
    assert read({"near": ["nowhere"]}, CHOICES) == (Selection(), ("near",))


@given(selections())
def test_without_its_filters_a_selection_keeps_only_how_it_is_shown(selection: Selection) -> None:
    assert set(write(cleared(selection))) <= {"lang", "colours", "layer", "place", "claim", "at", "pick"}
    for name in FILTERS:
        assert getattr(cleared(selection, name), name) == getattr(Selection(), name)
