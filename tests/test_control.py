"""Who is said to hold a place on a day: the latest takeover, and what the others say to it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from conftest import Made
from hypothesis import given
from hypothesis import strategies as st

from extraction.joining.control import FRESH, Word, history, holder, spells, told, word


def at(day: int, month: int = 5) -> date:
    return date(2016, month, day)


def says(what: str, bloc: str, voice: str, first: int, last: int | None = None) -> Word:
    return Word(f"{what}-{bloc}-{voice}-{first}", what, bloc, voice, at(first), at(last or first))  # type: ignore[arg-type]


def on(day: int, *words: Word) -> tuple[tuple[str, ...], str] | None:
    held = holder(history(words), at(day))
    return (held.blocs, held.status) if held else None


TOOK = says("takes", "opposition", "opposition", 6)


def test_nothing_known_nothing_said() -> None:
    assert on(9) is None
    assert on(5, TOOK) is None, "not before the first word of it"
    assert on(9, says("fails", "opposition", "government", 6)) is None


def test_one_side_s_word_is_a_claim_and_two_voices_of_it_are_still_one() -> None:
    assert on(9, TOOK) == (("opposition",), "claimed")
    assert on(9, TOOK, says("takes", "opposition", "opposition", 7)) == (("opposition",), "claimed")
    assert on(9, TOOK, says("takes", "opposition", "", 7)) == (("opposition",), "claimed"), (
        "an outlet is none"
    )


@pytest.mark.parametrize("voice", ["government", "sohr"])
def test_the_other_side_or_an_independent_voice_corroborates(voice: str) -> None:
    assert on(9, TOOK, says("takes", "opposition", voice, 6, 7)) == (("opposition",), "corroborated")


def test_a_denial_contests_unless_it_is_older() -> None:
    assert on(9, TOOK, says("fails", "opposition", "government", 7)) == (("opposition",), "contested")
    assert on(9, TOOK, says("fails", "opposition", "government", 3)) == (("opposition",), "claimed")
    assert on(6, TOOK, says("fails", "opposition", "government", 7)) == (("opposition",), "claimed")


def test_a_later_takeover_ends_the_one_before_and_one_of_the_same_days_contests_it() -> None:
    later = says("takes", "government", "government", 10)
    assert on(9, TOOK, later) == (("opposition",), "claimed")
    assert on(12, TOOK, later) == (("government",), "claimed")
    same = says("takes", "government", "government", 6, 7)
    assert on(9, TOOK, same) == (("government", "opposition"), "contested")


def test_russia_and_the_government_are_one_side() -> None:
    held = on(9, says("takes", "government", "government", 6), says("takes", "russia", "government", 7))
    assert held == (("russia",), "claimed")


def test_who_left_holds_it_no_more() -> None:
    assert on(9, TOOK, says("leaves", "opposition", "opposition", 8)) == ((), "claimed")
    assert on(9, TOOK, says("leaves", "government", "government", 6)) == (("opposition",), "claimed")
    back = says("takes", "opposition", "opposition", 12)
    assert on(14, TOOK, says("leaves", "opposition", "opposition", 8), back) == (("opposition",), "claimed")


def test_only_what_tells_a_doer_a_day_and_a_hold_is_a_word(made: type[Made]) -> None:
    claim = replace(made.reading().claims[0], event_type="control_change", claimant="sana")
    assert word(replace(claim, actor_bloc=""), {}) is None
    assert word(replace(claim, date_start=None, date_end=None), {}) is None
    assert word(replace(claim, event_type="shelling"), {}) is None
    assert word(replace(claim, event_type="repelled_attack", stance="denied"), {}) is None
    for event, stance, what in (
        ("control_change", "asserted", "takes"),
        ("control_change", "denied", "fails"),
        ("advance", "denied", "fails"),
        ("repelled_attack", "asserted", "fails"),
        ("withdrawal", "asserted", "leaves"),
    ):
        said = word(replace(claim, event_type=event, stance=stance), {})
        assert said is not None
        assert said.says == what


def test_the_words_of_a_claim_are_those_of_each_of_its_places(made: type[Made]) -> None:
    claim = replace(made.reading().claims[0], event_type="control_change", claimant="sana")
    places_of = {claim.claim_id: [place.place_id for place in claim.places]}
    words = told([claim], places_of, {"sana": "government"})
    assert set(words) == {"qara"}, "an unlisted place holds nothing"
    assert words["qara"][0].voice == "government"
    assert told([claim], places_of, {"sana": "independent"})["qara"][0].voice == "sana"


days = st.integers(1, 28)
words = st.builds(
    lambda what, bloc, voice, first, more: says(what, bloc, voice, first, min(28, first + more)),
    st.sampled_from(("takes", "leaves", "fails")),
    st.sampled_from(("government", "opposition", "russia")),
    st.sampled_from(("government", "opposition", "sohr", "")),
    days,
    st.integers(0, 2),
)


@given(st.lists(words, max_size=8), days)
def test_what_is_told_later_changes_no_earlier_day(told_words: list[Word], day: int) -> None:
    before = [said for said in told_words if said.first <= at(day)]
    held, alone = holder(history(told_words), at(day)), holder(history(before), at(day))
    assert (held and (held.blocs, held.status)) == (alone and (alone.blocs, alone.status))


@given(st.lists(words, max_size=8))
def test_a_history_is_in_order_and_each_part_differs(told_words: list[Word]) -> None:
    parts = history(told_words)
    assert [part.since for part in parts] == sorted({part.since for part in parts})
    assert all((a.blocs, a.status) != (b.blocs, b.status) for a, b in pairwise(parts))
    assert list(history(reversed(told_words))) == list(parts)


def test_a_holding_tells_the_day_of_its_last_claim_and_ages() -> None:
    denied = says("fails", "opposition", "government", 7)
    (_, contested) = history([TOOK, denied])
    assert contested.last_told(at(30, 12)) == at(7)
    assert not contested.aged(at(7) + FRESH)
    assert contested.aged(at(7) + FRESH + timedelta(1))
    fresh, aged = spells(contested, at(30, 12))
    assert (fresh.since, fresh.end, fresh.aged) == (at(7), at(7) + FRESH + timedelta(1), False)
    assert (aged.since, aged.end, aged.aged) == (fresh.end, at(30, 12), True)


def test_what_is_told_again_is_fresh_again() -> None:
    again = replace(TOOK, claim_id="again", first=at(1, 12), last=at(2, 12))
    (held,) = history([TOOK, again])
    assert held.claims == (TOOK.claim_id, "again")
    assert held.last_told(at(30, 11)) == at(6)
    assert held.last_told(at(5, 12)) == at(2, 12)
    assert [spell.aged for spell in spells(held, at(30, 12))] == [False, True, False]


@given(st.lists(words, max_size=6), st.integers(1, 28))
def test_the_spells_of_a_holding_cover_it_day_by_day(told_words: list[Word], day: int) -> None:
    for held in history(told_words):
        end = held.since + timedelta(200 + day)
        cut = spells(held, end)
        assert (cut[0].since, cut[-1].end) == (held.since, end)
        assert all(before.end == after.since for before, after in pairwise(cut))
        for spell in cut:
            for on_day in (spell.since, spell.end - timedelta(1)):
                assert held.aged(on_day) == spell.aged
