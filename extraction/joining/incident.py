"""Claims of one happening joined, across texts; totals kept apart; how well each incident is attested.

Claims of kin types, of mostly the same places and of overlapping days are one incident. A claim of ten
towns touches ten neighbourhoods of claims but does not chain them into one: two claims are joined only
where most of their places are shared, and all claims of an incident must have a day in common.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, TypeVar

from extraction.joining.figures import joined
from extraction.lexicon import vocabulary
from extraction.lexicon.codes import lists
from extraction.records import Incident, Stance, Status, Telling

#: Event types that may tell one happening, under one name.
KIN: Final = {"ambush": "clash", "control_change": "advance"}

#: Blocs that speak with one voice when independence is judged.
_SIDES: Final = {bloc.code: bloc.speaks_with for bloc in lists()["bloc"].codes if bloc.speaks_with}

_SHARED: Final = 0.5  # of the places of both claims together

#: Takeovers, and the attacks that a rival says were beaten off: kinds that may contest each other.
_RIVALS: Final = frozenset({"advance", "repelled_attack"})
#: Whoever does this takes or leaves a place: two sides cannot do it in one happening.
_TAKING: Final = frozenset({"control_change", "advance", "withdrawal"})

_TAKEN: Final = ("control_change", "asserted")

_Figures = tuple[int | None, int | None]
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(eq=False, slots=True)
class _Group:
    """An incident in the making: the places of all its claims, the days that all share, and what they tell,
    each thing once; ``deeds`` are their types, stances and doers."""

    head: Telling
    kind: str
    first: date | None
    last: date | None
    places: set[str] = field(default_factory=set)
    claim_ids: list[str] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    claimants: set[str] = field(default_factory=set)
    stances: set[Stance] = field(default_factory=set)
    days: set[tuple[date, date]] = field(default_factory=set)
    killed: set[_Figures] = field(default_factory=set)
    wounded: set[_Figures] = field(default_factory=set)
    deeds: set[tuple[str, Stance, str]] = field(default_factory=set)
    contested: bool = False

    def admits(self, claim: Telling) -> bool:
        """Whether a claim tells the same happening."""
        if self.head.is_total != claim.is_total or _rivals(self.head, claim):
            return False
        if len(claim.place_ids & self.places) / len(claim.place_ids | self.places) < _SHARED:
            return False
        if claim.date_start is None or claim.date_end is None or self.first is None or self.last is None:
            return claim.date_start == self.first and claim.doc_id == self.head.doc_id
        return claim.date_start <= self.last and self.first <= claim.date_end

    def add(self, claim: Telling) -> None:
        """Take a claim in; the days narrow to those that all its claims share."""
        if claim.date_start and claim.date_end:
            self.days.add((claim.date_start, claim.date_end))
            if self.first and self.last:
                self.first, self.last = max(self.first, claim.date_start), min(self.last, claim.date_end)
        self.places |= claim.place_ids
        self.claim_ids.append(claim.claim_id)
        self.types[claim.event_type] += 1
        self.stances.add(claim.stance)
        self.deeds.add((claim.event_type, claim.stance, claim.actor_bloc))
        if claim.claimant:
            self.claimants.add(claim.claimant)
        if claim.stance == "asserted":
            self.killed.add((claim.killed_min, claim.killed_max))
            self.wounded.add((claim.wounded_min, claim.wounded_max))

    def ended(self, today: date | None) -> bool:
        """Whether no claim of ``today`` or later can belong to it, nor one of another text without a day."""
        return today is None or self.last is None or self.last < today


def order(claim: Telling) -> tuple[date, date, str, str]:
    """The order in which claims are to come to ``join``: by their days, those without one text by text."""
    text = "" if claim.date_start else claim.doc_id
    return (claim.date_start or date.min, claim.date_end or date.min, text, claim.claim_id)


def join(claims: Iterable[Telling]) -> Iterator[tuple[Incident, Sequence[str]]]:
    """The incidents that claims, sorted by ``order``, tell of, each with the claim_ids of its claims.

    An incident is given as soon as its days are past: what is kept in the meantime are the incidents of a
    day and of the longest time that is told as one, with no more of their claims than the names.
    """
    window = _Window()
    now: date | str = ""
    for claim in claims:
        if now != (now := claim.date_start or claim.doc_id):
            yield from map(_incident, window.close(claim.date_start))
        window.take(claim)
    yield from map(_incident, window.close(None))


class _Window:
    """The groups that may still get a claim, and those that may still meet a rival."""

    def __init__(self) -> None:
        self._open: list[_Group] = []
        self._nearby: dict[tuple[str, str], list[_Group]] = defaultdict(list)
        self._past: list[_Group] = []
        self._past_at: dict[str, list[_Group]] = defaultdict(list)

    def take(self, claim: Telling) -> None:
        """Put a claim into the last group that admits it, or else into one of its own."""
        kind, places = KIN.get(claim.event_type, claim.event_type), sorted(claim.place_ids)
        candidates = [group for place in places for group in self._nearby[kind, place]]
        group = next((g for g in reversed(candidates) if g.admits(claim)), None)
        if group is None:
            group = _Group(claim, kind, claim.date_start, claim.date_end)
            self._open.append(group)
        group.add(claim)
        for place in places:
            if group not in self._nearby[kind, place]:
                self._nearby[kind, place].append(group)

    def close(self, today: date | None) -> Iterator[_Group]:
        """The groups that no claim of ``today`` or later can belong to or contest; all, where it is None."""
        ended = [group for group in self._open if group.ended(today)]
        self._open = [group for group in self._open if not group.ended(today)]
        for group in ended:
            _drop(self._nearby, [(group.kind, place) for place in group.places], group)
            if group.kind in _RIVALS:
                self._meet_rivals(group)
                self._past.append(group)
            else:
                yield group
        days = [group.first for group in self._open if group.kind in _RIVALS and group.first]
        earliest = min([today, *days]) if today else None
        past, self._past = self._past, []
        for group in past:
            if group.ended(earliest):
                _drop(self._past_at, group.places, group)
                yield group
            else:
                self._past.append(group)

    def _meet_rivals(self, group: _Group) -> None:
        """Mark a group and those before it that contest each other: at one place, on one day."""
        for place in group.places:
            for other in self._past_at[place]:
                if _overlap(group, other) and (_contest(group, other) or _contest(other, group)):
                    group.contested = other.contested = True
            self._past_at[place].append(group)


def _drop(lists: dict[_Key, list[_Group]], keys: Iterable[_Key], group: _Group) -> None:
    """Take a group off some lists, and empty lists away."""
    for key in keys:
        lists[key].remove(group)
        if not lists[key]:
            del lists[key]


def _rivals(one: Telling, other: Telling) -> bool:
    """Whether two takeovers of a place are by different sides: two happenings, and each denies the other."""
    if one.event_type not in _TAKING or other.event_type not in _TAKING:
        return False
    return bool(one.actor_bloc and other.actor_bloc) and side(one.actor_bloc) != side(other.actor_bloc)


def _contest(one: _Group, other: _Group) -> bool:
    """Whether a takeover of the one is denied by another side's takeover that the other tells, or by the word
    that this very attack was beaten off."""
    taken = {side(bloc) for kind, stance, bloc in one.deeds if (kind, stance) == _TAKEN and bloc}
    return any(
        taken - {side(bloc)}
        if (kind, stance) == _TAKEN
        else kind == "repelled_attack" and side(bloc) in taken
        for kind, stance, bloc in other.deeds
        if bloc and stance == "asserted"
    )


def _overlap(one: _Group, other: _Group) -> bool:
    if not (one.first and one.last and other.first and other.last):
        return False
    return one.first <= other.last and other.first <= one.last


def _incident(group: _Group) -> tuple[Incident, Sequence[str]]:
    killed, wounded = joined(group.killed), joined(group.wounded)
    name = hashlib.sha256(min(group.claim_ids).encode()).hexdigest()
    incident = Incident(
        incident_id="i" + name[:15],
        event_type=_chief_type(group.types),
        date_start=min((first for first, _ in group.days), default=None),
        date_end=max((last for _, last in group.days), default=None),
        place_ids=tuple(sorted(group.places)),
        status=_status(group),
        killed_min=killed.low if killed else None,
        killed_max=killed.most if killed else None,
        wounded_min=wounded.low if wounded else None,
        wounded_max=wounded.most if wounded else None,
        claims=len(group.claim_ids),
        claimants=len(group.claimants),
    )
    return incident, group.claim_ids


def _chief_type(types: Counter[str]) -> str:
    """The type that most of the claims give, a takeover before an advance."""
    return max(sorted(types), key=lambda kind: (types[kind], kind in KIN))


def _status(group: _Group) -> Status:
    """Claimed, corroborated or contested, as the contract says; the outlet itself is no second voice."""
    if group.contested or len(group.stances) > 1:
        return "contested"
    blocs = {claimant: voice_sides().get(claimant, "") for claimant in group.claimants}
    sides = {c if bloc in ("", "independent") else side(bloc) for c, bloc in blocs.items()}
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
