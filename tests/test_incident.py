"""Claims of one happening are joined across texts; totals stay apart; a status says how sure it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.joining.incident import join, order
from extraction.keeping.archive import Archive
from extraction.records import Incident, Telling

DAY = date(2013, 11, 19)
DAYS = timedelta(days=1)


def claim(number: int, *where: str, **facts: object) -> Telling:
    """A claim of the numbered text about some places, with what else is told of it."""
    plain = Telling(
        claim_id=f"c{number}",
        doc_id=f"d{number}",
        event_type="airstrike",
        stance="asserted",
        actor_bloc="",
        claimant="sohr",
        date_start=DAY,
        date_end=DAY,
        killed_min=None,
        killed_max=None,
        wounded_min=None,
        wounded_max=None,
        is_total=False,
        place_ids=frozenset(where or ("qara",)),
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def joined(claims: Iterable[Telling]) -> dict[Incident, Sequence[str]]:
    """The incidents of claims in any order, each with its claims."""
    return dict(join(sorted(claims, key=order)))


def incidents(*claims: Telling) -> Sequence[Incident]:
    return list(joined(claims))


def one(*claims: Telling) -> Incident:
    (incident,) = incidents(*claims)
    return incident


def test_the_same_said_in_two_texts_is_one_incident() -> None:
    ((incident, claim_ids),) = joined([claim(1), claim(2)]).items()
    assert claim_ids == ["c1", "c2"]
    assert (incident.claims, incident.claimants, incident.place_ids) == (2, 1, ("qara",))


@pytest.mark.parametrize(
    "facts",
    [
        {"event_type": "shelling"},
        {"date_start": DAY - timedelta(days=3), "date_end": DAY - timedelta(days=3)},
        {"place_ids": frozenset({"adra"})},
        {"is_total": True},
    ],
)
def test_another_type_day_place_or_a_total_is_another_incident(facts: dict[str, object]) -> None:
    assert len(incidents(claim(1), claim(2, **facts))) == 2


@pytest.mark.parametrize(("one_type", "other"), [("clash", "ambush"), ("advance", "control_change")])
def test_kin_types_tell_one_happening(one_type: str, other: str) -> None:
    assert one(claim(1, event_type=one_type), claim(2, event_type=other)).claims == 2


def test_days_that_overlap_are_one_happening_and_its_days_are_those_of_all() -> None:
    incident = one(claim(1), claim(2, date_start=DAY - timedelta(days=1), date_end=DAY))
    assert (incident.date_start, incident.date_end) == (DAY - timedelta(days=1), DAY)


def test_a_claim_of_ten_towns_does_not_chain_its_neighbours() -> None:
    towns = [f"t{n}" for n in range(10)]
    found = incidents(claim(1, *towns), *(claim(n + 2, town) for n, town in enumerate(towns)))
    assert len(found) == 11


def test_days_do_not_chain_either() -> None:
    days = [
        claim(n, date_start=DAY + timedelta(days=n), date_end=DAY + timedelta(days=n + 1)) for n in range(6)
    ]
    assert all((i.date_end - i.date_start).days <= 3 for i in incidents(*days) if i.date_start and i.date_end)


def test_a_denial_makes_a_takeover_contested() -> None:
    taken = claim(1, event_type="control_change", actor_bloc="government", claimant="sana")
    incident = one(taken, replace(taken, claim_id="c2", doc_id="d2", stance="denied", claimant="opposition"))
    assert incident.status == "contested"


def test_rival_takeovers_of_a_place_contest_each_other() -> None:
    found = incidents(
        claim(1, event_type="control_change", actor_bloc="government", claimant="sana"),
        claim(2, event_type="control_change", actor_bloc="opposition", claimant="activists"),
    )
    assert [i.status for i in found] == ["contested", "contested"]


def test_a_takeover_and_the_word_that_this_attack_was_beaten_off_contest_each_other() -> None:
    found = incidents(
        claim(1, event_type="control_change", actor_bloc="government", claimant="sana"),
        claim(2, event_type="repelled_attack", actor_bloc="government", claimant="activists"),
    )
    assert [i.status for i in found] == ["contested", "contested"]


def test_takeovers_on_other_days_do_not() -> None:
    week = timedelta(days=7)
    found = incidents(
        claim(1, event_type="control_change", actor_bloc="government"),
        claim(
            2,
            event_type="control_change",
            actor_bloc="opposition",
            date_start=DAY + week,
            date_end=DAY + week,
        ),
    )
    assert [i.status for i in found] == ["claimed", "claimed"]


@pytest.mark.parametrize(
    ("voices", "status"),
    [
        (["sohr"], "claimed"),
        (["sohr", "sohr"], "claimed"),
        (["sana", "syrian_tv"], "claimed"),
        (["sana", "russian_mod"], "claimed"),
        (["activists", "shaam_network", "ahrar_al_sham"], "claimed"),
        (["ypg", "international_coalition"], "claimed"),
        (["sohr", ""], "claimed"),
        (["", ""], "claimed"),
        (["sohr", "sana"], "corroborated"),
        (["activists", "sana"], "corroborated"),
        (["activists", "sohr"], "corroborated"),
        (["sohr", "msf"], "corroborated"),
        (["islamic_state", "activists"], "corroborated"),
    ],
)
def test_two_voices_corroborate_unless_they_are_one_sides_word(voices: Sequence[str], status: str) -> None:
    incident = one(*(claim(n, claimant=voice) for n, voice in enumerate(voices)))
    assert incident.status == status


def test_an_agency_that_relays_is_no_second_voice(tmp_path: Path, made: Any) -> None:
    archive = Archive(tmp_path / "a.sqlite")
    own, relayed = (made.reading(made.document(name)) for name in "ab")
    relayed = replace(relayed, claims=(replace(relayed.claims[0], relayed_by="reuters"),))
    archive.put([own, relayed])
    ((incident, claim_ids),) = join(archive.tellings())
    assert (len(claim_ids), incident.status) == (2, "claimed")


@pytest.mark.parametrize(
    ("figures", "range_"),
    [
        ([(12, 12), (15, 15)], (12, 15)),
        ([(12, 12), (None, None)], (12, 12)),
        ([(12, None), (15, 15)], (12, 15)),
        ([(12, 12), (15, None)], (12, None)),
        ([(12, None)], (12, None)),
        ([(None, 20), (12, 12)], (12, 20)),
        ([(None, None), (None, None)], (None, None)),
    ],
)
def test_casualties_are_the_range_of_the_figures_and_never_their_sum(
    figures: Sequence[tuple[int | None, int | None]], range_: tuple[int | None, int | None]
) -> None:
    incident = one(*(claim(n, killed_min=low, killed_max=high) for n, (low, high) in enumerate(figures)))
    assert (incident.killed_min, incident.killed_max) == range_


def test_who_denies_adds_no_figures() -> None:
    incident = one(
        claim(1, killed_min=12, killed_max=12), claim(2, stance="denied", killed_min=1, killed_max=1)
    )
    assert (incident.killed_min, incident.killed_max) == (12, 12)


def test_undated_claims_of_two_texts_are_not_joined() -> None:
    none = {"date_start": None, "date_end": None}
    assert len(incidents(claim(1, **none), claim(2, **none))) == 2


def test_claims_without_a_place_are_incidents_of_their_own() -> None:
    assert len(incidents(claim(1, place_ids=frozenset()), claim(2, place_ids=frozenset()))) == 2


def test_nothing_joins_to_nothing() -> None:
    assert joined([]) == {}


def test_an_incident_is_given_before_the_claims_of_later_days_are_taken() -> None:
    """However many days of claims there are, no more than those of a few stay in memory."""
    taken = 0

    def days() -> Iterator[Telling]:
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield claim(n, event_type="control_change", date_start=DAY + n * DAYS, date_end=DAY + n * DAYS)

    found = join(days())
    for number in range(500):
        assert next(found)[1] == [f"c{number}"]
        assert taken <= number + 3


def test_a_rival_is_met_however_much_earlier_its_time_began() -> None:
    year = claim(1, event_type="control_change", actor_bloc="government", date_end=DAY + 200 * DAYS)
    day = DAY + 150 * DAYS
    rival = claim(2, event_type="control_change", actor_bloc="opposition", date_start=day, date_end=day)
    later = claim(3, date_start=day + 9 * DAYS, date_end=day + 9 * DAYS)
    assert [i.status for i in incidents(year, rival, later)] == ["claimed", "contested", "contested"]


_CLAIMS = [
    claim(1),
    claim(2, "qara", "yabroud"),
    claim(3, "yabroud", "nabk"),
    claim(4, "nabk", killed_min=3, killed_max=3),
    claim(5, claimant="sana", date_start=DAY, date_end=DAY + timedelta(days=1)),
    claim(6, date_start=DAY + timedelta(days=1), date_end=DAY + timedelta(days=2)),
    claim(7, event_type="control_change", actor_bloc="government"),
    claim(8, event_type="control_change", actor_bloc="opposition"),
    claim(9, event_type="control_change", actor_bloc="government", stance="denied"),
    claim(10, event_type="advance", actor_bloc="government", claimant="sana"),
    claim(11, is_total=True, killed_min=75, killed_max=75),
    claim(12, date_start=None, date_end=None),
]


@given(st.permutations(_CLAIMS))
def test_the_order_of_the_texts_does_not_matter(claims: Sequence[Telling]) -> None:
    assert joined(claims) == joined(_CLAIMS)


@given(st.lists(st.sampled_from(_CLAIMS), unique_by=lambda c: c.claim_id))
def test_every_claim_is_in_one_incident_of_its_places_and_no_incident_is_empty(some: list[Telling]) -> None:
    found = joined(some)
    assert len({incident.incident_id for incident in found}) == len(found)
    assert sorted(name for names in found.values() for name in names) == sorted(c.claim_id for c in some)
    by_name = {c.claim_id: c for c in some}
    for incident, names in found.items():
        assert incident.claims == len(names) > 0
        assert set(incident.place_ids) == frozenset().union(*(by_name[n].place_ids for n in names))
