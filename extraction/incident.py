"""Claims of one happening joined, across texts; totals kept apart; how well each incident is attested.

Claims of kin types, of mostly the same places and of overlapping days are one incident. A claim of ten
towns touches ten neighbourhoods of claims but does not chain them into one: two claims are joined only
where most of their places are shared, and all claims of an incident must have a day in common.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Final

from extraction import vocabulary
from extraction.records import Claim, Incident, Status

#: Event types that may tell one happening, under one name.
KIN: Final = {"ambush": "clash", "control_change": "advance"}

#: Blocs that speak with one voice when independence is judged.
_SIDES: Final = {"russia": "government", "turkey": "opposition", "coalition": "kurdish"}

_SHARED: Final = 0.5  # of the places of both claims together


@dataclass
class _Group:
    """An incident in the making: its claims, the places of all and the days that all share."""

    claims: list[Claim] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None

    def admits(self, claim: Claim, places: frozenset[str]) -> bool:
        """Whether a claim tells the same happening."""
        head = self.claims[0]
        if head.is_total != claim.is_total or _rivals(head, claim):
            return False
        if len(places & self.places) / len(places | self.places) < _SHARED:
            return False
        if claim.date_start is None or claim.date_end is None or self.first is None or self.last is None:
            return claim.date_start == self.first and claim.doc_id == head.doc_id
        return claim.date_start <= self.last and self.first <= claim.date_end

    def add(self, claim: Claim, places: frozenset[str]) -> None:
        """Take a claim in; the days narrow to those that all its claims share."""
        if not self.claims:
            self.first, self.last = claim.date_start, claim.date_end
        elif claim.date_start and claim.date_end and self.first and self.last:
            self.first, self.last = max(self.first, claim.date_start), min(self.last, claim.date_end)
        self.claims.append(claim)
        self.places |= places


def join(claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Incident, ...]]:
    """Join the claims of all texts.

    Returns the claims, each with its ``incident_id``, and the incidents, both in an order that does not
    depend on that of the texts.
    """
    groups: list[_Group] = []
    nearby: dict[tuple[str, str], list[_Group]] = defaultdict(list)
    for claim in sorted(claims, key=_order):
        places = frozenset(p.place_id for p in claim.places if p.place_id)
        kind = KIN.get(claim.event_type, claim.event_type)
        candidates = [group for place in sorted(places) for group in nearby[kind, place]]
        group = next((g for g in reversed(candidates) if g.admits(claim, places)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.add(claim, places)
        for place in places:
            if group not in nearby[kind, place]:
                nearby[kind, place].append(group)
    contested = _contested(groups, nearby)
    joined: list[Claim] = []
    incidents: list[Incident] = []
    for group in groups:
        incident = _incident(group, id(group) in contested)
        incidents.append(incident)
        joined += [replace(claim, incident_id=incident.incident_id) for claim in group.claims]
    return (
        tuple(sorted(joined, key=lambda c: (c.doc_id, c.start, c.claim_id))),
        tuple(sorted(incidents, key=lambda i: (i.date_start or date.min, i.incident_id))),
    )


def _order(claim: Claim) -> tuple[date, date, str, str]:
    return (claim.date_start or date.min, claim.date_end or date.min, claim.claim_id, claim.doc_id)


def _rivals(one: Claim, other: Claim) -> bool:
    """Whether two takeovers of a place are by different sides: two happenings, and each denies the other."""
    taking = {"control_change", "advance", "withdrawal"}
    if one.event_type not in taking or other.event_type not in taking:
        return False
    return bool(one.actor_bloc and other.actor_bloc) and side(one.actor_bloc) != side(other.actor_bloc)


def _contested(groups: Iterable[_Group], nearby: Mapping[tuple[str, str], Sequence[_Group]]) -> set[int]:
    """The groups with a denial, or with a rival claim to one of their places on one of their days."""
    found: set[int] = set()
    for group in groups:
        if len({claim.stance for claim in group.claims}) > 1:
            found.add(id(group))
        taken = [c for c in group.claims if c.event_type == "control_change" and c.stance == "asserted"]
        if not taken:
            continue
        for place in group.places:
            for kind in ("advance", "repelled_attack"):
                for other in nearby.get((kind, place), ()):
                    if (
                        other is not group
                        and _overlap(group, other)
                        and any(_deny_each_other(a, b) for a in taken for b in other.claims)
                    ):
                        found |= {id(group), id(other)}
    return found


def _deny_each_other(taken: Claim, other: Claim) -> bool:
    """A takeover against another side's takeover, or against word that this very attack was beaten off."""
    if other.stance == "denied" or not taken.actor_bloc or not other.actor_bloc:
        return False
    same = side(taken.actor_bloc) == side(other.actor_bloc)
    return (
        same if other.event_type == "repelled_attack" else other.event_type == "control_change" and not same
    )


def _overlap(one: _Group, other: _Group) -> bool:
    if not (one.first and one.last and other.first and other.last):
        return False
    return one.first <= other.last and other.first <= one.last


def _incident(group: _Group, contested: bool) -> Incident:
    claims = group.claims
    days = [(c.date_start, c.date_end) for c in claims if c.date_start and c.date_end]
    voices = {c.claimant for c in claims if c.claimant}
    killed = _range([(c.killed_min, c.killed_max) for c in claims if c.stance == "asserted"])
    wounded = _range([(c.wounded_min, c.wounded_max) for c in claims if c.stance == "asserted"])
    key = min(claim.claim_id for claim in claims)
    return Incident(
        incident_id="i" + hashlib.sha256(key.encode()).hexdigest()[:15],
        event_type=_chief_type(claims),
        date_start=min(d[0] for d in days) if days else None,
        date_end=max(d[1] for d in days) if days else None,
        place_ids=tuple(sorted(group.places)),
        status=_status(claims, contested),
        killed_min=killed[0],
        killed_max=killed[1],
        wounded_min=wounded[0],
        wounded_max=wounded[1],
        claims=len(claims),
        claimants=len(voices),
    )


def _chief_type(claims: Sequence[Claim]) -> str:
    """The type that most of the claims give, a takeover before an advance."""
    types = [claim.event_type for claim in claims]
    return max(sorted(set(types)), key=lambda kind: (types.count(kind), kind in KIN))


def _range(figures: Iterable[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """Lowest to highest of the figures told; open above where the highest is "at least"."""
    told = [(low, high) for low, high in figures if low is not None or high is not None]
    if not told:
        return None, None
    lows = [low for low, _ in told if low is not None]
    highs = [high for _, high in told if high is not None]
    top = max(highs, default=None)
    if top is None or any(high is None and low is not None and low >= top for low, high in told):
        return min(lows, default=None), None
    return min(lows, default=None), top


def _status(claims: Sequence[Claim], contested: bool) -> Status:
    """Claimed, corroborated or contested, as the contract says; the outlet itself is no second voice."""
    if contested:
        return "contested"
    sides = set()
    for claim in claims:
        if claim.claimant:
            bloc = voice_sides().get(claim.claimant, "")
            sides.add(claim.claimant if bloc in ("", "independent") else side(bloc))
    return "corroborated" if len(sides) > 1 else "claimed"


def side(bloc: str) -> str:
    """The side that a bloc fights and speaks for: Russia's claims are the government's word."""
    return _SIDES.get(bloc, bloc)


@cache
def voice_sides() -> Mapping[str, str]:
    """The bloc or independence of each claimant; a group that speaks for itself is its own bloc's voice."""
    found: dict[str, str] = {}
    for entry in vocabulary.load().entries:
        if entry.role == "claimant" or (entry.role == "actor" and entry.code not in found):
            found[entry.code] = entry.bloc
    return found
