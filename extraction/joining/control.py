"""Who is said to hold a place on a day, and how sure that is.

Nobody's word is taken for the fact: the latest takeover told up to the day decides who is shown, and the
words of the others decide how sure it is. Nothing known: nothing said.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Final, Literal, NamedTuple, Protocol

from extraction.joining.incident import side
from extraction.records import Status

#: What each event type says of the actor's hold on the place: it begins, it ends, or it did not come about.
_SAYS: Final[Mapping[str, Literal["takes", "leaves", "fails"]]] = {
    "control_change": "takes",
    "withdrawal": "leaves",
    "repelled_attack": "fails",
}

#: Event types whose denial denies the actor's hold: who did not enter did not take.
_DENIED: Final = frozenset({"control_change", "advance"})

#: So long after its last claim a holding is still called what is said; after that it is what was once said.
FRESH: Final = timedelta(90)

#: The event types that ``told`` looks at.
EVENT_TYPES: Final = frozenset(_SAYS) | _DENIED


@dataclass(frozen=True, slots=True)
class Word:
    """What one claim says of the hold of ``bloc`` on a place: that it ``takes``, ``leaves`` or ``fails``.

    ``first`` and ``last`` are the days on which that may have been. ``voice`` is who says so: the claimant's
    side, or the claimant itself where it speaks for none; empty where the outlet says it itself, which is no
    voice of its own.
    """

    claim_id: str
    says: Literal["takes", "leaves", "fails"]
    bloc: str
    voice: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is said to hold a place from ``since`` until the next holding begins.

    ``blocs`` has the one whose takeover is the latest first, then its rivals; empty where it is only known
    that a side left. ``status`` is claimed (one side says so), corroborated (both sides, or a side and an
    independent voice) or contested (a rival takeover of the same days, or a denial not older than the
    takeover). ``claims`` are the ids of the claims it rests on, ``told`` the days of these, each once and in
    order: of a claim that may have been on several days the last.
    """

    since: date
    blocs: tuple[str, ...]
    status: Status
    claims: tuple[str, ...]
    told: tuple[date, ...]

    def last_told(self, day: date) -> date:
        """The day of the last claim it rests on, up to a day on which it stands."""
        return max((self.since, *(told for told in self.told if told <= day)))

    def aged(self, day: date) -> bool:
        """Whether on a day nothing has been told of it for longer than ``FRESH``."""
        return day - self.last_told(day) > FRESH


class Spell(NamedTuple):
    """A part of a holding, from its first day to the one before ``end``: ``aged`` or still fresh."""

    since: date
    end: date
    aged: bool


class Told(Protocol):
    """What is looked at in a claim: a ``Claim``, or a row of the archive's table of claims."""

    @property
    def claim_id(self) -> str: ...
    @property
    def event_type(self) -> str: ...
    @property
    def stance(self) -> str: ...
    @property
    def actor_bloc(self) -> str: ...
    @property
    def claimant(self) -> str: ...
    @property
    def date_start(self) -> date | None: ...
    @property
    def date_end(self) -> date | None: ...


def told(
    claims: Iterable[Told], places_of: Mapping[str, Iterable[str]], voices: Mapping[str, str]
) -> dict[str, tuple[Word, ...]]:
    """What claims say of each place, by place_id. ``places_of`` has the places of each claim_id, ``voices``
    the side of each claimant; ``independent`` or no side makes it a voice of its own.
    """
    found: dict[str, list[Word]] = defaultdict(list)
    for claim in claims:
        if said := word(claim, voices):
            for place_id in dict.fromkeys(filter(None, places_of.get(claim.claim_id, ()))):
                found[place_id].append(said)
    return {place_id: tuple(words) for place_id, words in found.items()}


def word(claim: Told, voices: Mapping[str, str]) -> Word | None:
    """What a claim says of who holds its places; None where it says nothing, tells no actor or no day."""
    if claim.date_start is None or claim.date_end is None or not claim.actor_bloc:
        return None
    says = _SAYS.get(claim.event_type)
    if claim.stance == "denied":
        says = "fails" if claim.event_type in _DENIED else None
    if says is None:
        return None
    who = voice(claim.claimant, voices.get(claim.claimant, ""))
    return Word(claim.claim_id, says, claim.actor_bloc, who, claim.date_start, claim.date_end)


def voice(claimant: str, of_side: str) -> str:
    """Who counts as one voice: the side a claimant speaks for, or the claimant itself."""
    return claimant if of_side in ("", "independent") or not claimant else side(of_side)


def history(words: Iterable[Word]) -> tuple[Holding, ...]:
    """Who is said to hold one place from when on, in order of time; each holding differs from the one before.

    A claim counts from its first day on.
    """
    ordered = sorted(words, key=lambda said: (said.first, said.last, said.claim_id))
    found: list[Holding] = []
    for since in dict.fromkeys(said.first for said in ordered):
        holding = _on([said for said in ordered if said.first <= since], since)
        if found and holding and _same(found[-1], holding):
            found[-1] = replace(
                found[-1],
                claims=tuple(dict.fromkeys((*found[-1].claims, *holding.claims))),
                told=tuple(sorted({*found[-1].told, *holding.told})),
            )
        elif holding:
            found.append(holding)
    return tuple(found)


def spells(holding: Holding, end: date) -> tuple[Spell, ...]:
    """A holding that stands until the day before ``end``, cut where it ages and where it is told again."""
    found: list[Spell] = []
    told = [holding.since, *(day for day in holding.told if holding.since < day < end)]
    for day, again in zip_longest(told, told[1:], fillvalue=end):
        stale = min(day + FRESH + timedelta(1), again)
        if found and not found[-1].aged:
            found[-1] = Spell(found[-1].since, stale, aged=False)
        else:
            found.append(Spell(day, stale, aged=False))
        if stale < again:
            found.append(Spell(stale, again, aged=True))
    return tuple(found)


def holder(holdings: Sequence[Holding], day: date) -> Holding | None:
    """Who is said to hold a place on a day, of its ``history``; None before the first word of it."""
    at = bisect_right([holding.since for holding in holdings], day)
    return holdings[at - 1] if at else None


def _same(before: Holding, now: Holding) -> bool:
    return (before.blocs, before.status) == (now.blocs, now.status)


def _on(words: Sequence[Word], since: date) -> Holding | None:
    """What the words up to a day come to."""
    taken = [said for said in words if said.says == "takes"]
    if not taken:
        return None
    latest = max(taken, key=lambda said: (said.last, said.first))
    mine = side(latest.bloc)
    left = [said for said in words if said.says == "leaves" and side(said.bloc) == mine]
    if any(said.first >= latest.first and said.last >= latest.last for said in left):
        return _holding(since, (), "claimed", left)
    # A takeover by others that was over before this one began is history; one of the same days is a rival.
    others = [said for said in taken if side(said.bloc) != mine]
    over = max((said.last for said in others if said.last < latest.first), default=date.min)
    rivals = [said for said in others if said.last >= latest.first]
    support = [said for said in taken if side(said.bloc) == mine and said.last > over]
    denials = [
        said
        for said in words
        if said.says == "fails" and side(said.bloc) == mine and said.last >= latest.first
    ]
    voices = {said.voice for said in support if said.voice}
    status: Status = "claimed"
    if rivals or denials:
        status = "contested"
    elif len(voices) > 1:
        status = "corroborated"
    blocs = tuple(dict.fromkeys((latest.bloc, *(said.bloc for said in rivals))))
    return _holding(since, blocs, status, (*support, *rivals, *denials))


def _holding(since: date, blocs: tuple[str, ...], status: Status, words: Sequence[Word]) -> Holding:
    told = tuple(sorted({said.last for said in words}))
    return Holding(since, blocs, status, tuple(said.claim_id for said in words), told)
