"""The selection and the page's address say the same."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard.selection import LAYERS, LISTS, NUMBERS, PERIODS, Choices, Selection, read, write

FIRST, LAST = date(2013, 1, 1), date(2016, 12, 31)
CODES = ("government", "none", "a b", "<b>", "&side=russia", "حلب")
CHOICES = Choices(
    lists=dict.fromkeys(LISTS, CODES), places=("p1", "p<2>"), claims=("c1",), first=FIRST, last=LAST
)

WORDED = (
    "from",
    "to",
    "lang",
    "place",
    "x",
    "words",
    "layer",
    "bars",
    *(name for name, _ in NUMBERS.values()),
)

days = st.integers(1, (LAST - FIRST).days - 1).map(lambda n: FIRST + timedelta(days=n))
lists = st.lists(st.sampled_from(CODES), unique=True).map(tuple)


def in_order(layers: list[str]) -> tuple[str, ...]:
    return tuple(layer for layer in LAYERS if layer in layers)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    since, until = sorted((draw(days), draw(days)))
    return Selection(
        language=draw(st.sampled_from(("en", "ar"))),
        colours=draw(st.sampled_from(("safe", "customary"))),
        since=draw(st.sampled_from((None, since))),
        until=draw(st.sampled_from((None, until))),
        undated=draw(st.booleans()),
        layers=draw(st.lists(st.sampled_from(LAYERS), unique=True).map(lambda on: in_order(on))),
        period=draw(st.sampled_from(PERIODS)),
        killed_from=draw(st.sampled_from((None, 0, 20))),
        killed_to=draw(st.sampled_from((None, 20, 100_000))),
        sure=draw(st.sampled_from((None, 0, 80))),
        words=draw(st.text(max_size=40).map(lambda text: " ".join(text.split()))),
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


def test_every_layer_can_be_off() -> None:
    assert write(Selection(layers=())) == {"layer": ["none"]}
    assert read({"layer": ["none"]}, CHOICES) == (Selection(layers=()), ())


def test_a_window_outside_the_archive_or_turned_round_is_wrong() -> None:
    assert read({"from": ["1999-01-01"]}, CHOICES) == (Selection(), ("from",))
    assert read({"from": ["2015-01-01"], "to": ["2014-01-01"]}, CHOICES) == (Selection(), ("from", "to"))


def test_without_dates_in_the_archive_no_window_is_right() -> None:
    assert read({"from": ["2015-01-01"]}, Choices()) == (Selection(), ("from",))
