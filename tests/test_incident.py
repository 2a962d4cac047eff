"""Claims of one happening are joined across texts; totals stay apart; a status says how sure it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import Made
from hypothesis import given
from hypothesis import strategies as st

from extraction.incident import join
from extraction.records import Claim, ClaimPlace, Incident

DAY = date(2013, 11, 19)


def claim(number: int, *where: str, **facts: object) -> Claim:
    """A claim of the numbered text about some places, with what else is told of it."""
    plain = replace(
        Made.reading().claims[0],
        claim_id=f"c{number}",
        doc_id=f"d{number}",
        event_type="airstrike",
        actor="",
        actor_bloc="",
        claimant="sohr",
        date_start=DAY,
        date_end=DAY,
        killed_min=None,
        killed_max=None,
        victims="",
        places=tuple(ClaimPlace(name, 35.0, 36.0, 0, 4) for name in where or ("qara",)),
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def incidents(*claims: Claim) -> tuple[Incident, ...]:
    return join(claims)[1]


def one(*claims: Claim) -> Incident:
    (incident,) = incidents(*claims)
    return incident


def test_the_same_said_in_two_texts_is_one_incident() -> None:
    joined, (incident,) = join([claim(1), claim(2)])
    assert {c.incident_id for c in joined} == {incident.incident_id}
    assert (incident.claims, incident.claimants, incident.place_ids) == (2, 1, ("qara",))


@pytest.mark.parametrize(
    "facts",
    [
        {"event_type": "shelling"},
        {"date_start": DAY - timedelta(days=3), "date_end": DAY - timedelta(days=3)},
        {"places": (ClaimPlace("adra", 33.6, 36.5, 0, 4),)},
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


def test_an_agency_that_relays_is_no_second_voice() -> None:
    assert one(claim(1), claim(2, relayed_by="reuters")).status == "claimed"


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
    assert len(incidents(claim(1, places=()), claim(2, places=()))) == 2


def test_nothing_joins_to_nothing() -> None:
    assert join([]) == ((), ())


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
def test_the_order_of_the_texts_does_not_matter(order: Sequence[Claim]) -> None:
    assert join(order) == join(_CLAIMS)


@given(st.lists(st.sampled_from(_CLAIMS), unique_by=lambda c: c.claim_id))
def test_every_claim_is_in_one_incident_of_its_places_and_no_incident_is_empty(some: list[Claim]) -> None:
    joined, found = join(some)
    by_id = {i.incident_id: i for i in found}
    assert len(by_id) == len(found)
    assert sorted(c.claim_id for c in joined) == sorted(c.claim_id for c in some)
    assert sum(i.claims for i in found) == len(some)
    for c in joined:
        assert {p.place_id for p in c.places} <= set(by_id[c.incident_id].place_ids)
