"""What editors mended, as events: who, when, what it was and is, and why; and how they change a reading.

A correction is tied to the words of a text (the ``sha256`` of its letters, and the evidence), never to the
number of a row: so it holds over every new reading, and in every archive that has the text. Nothing is ever
taken out of the record: an undo is an event of its own. Where the words are gone, or another editor's
correction says otherwise, a correction is not dropped but waits (``Applied.waiting``) for somebody to decide.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from extraction.keeping.succession import Trace, successor
from extraction.lexicon.codes import is_known
from extraction.records import EVIDENCE_LIMIT, Claim, ClaimPlace, Document, Mention, MentionMethod, Stance

What = Literal["claim", "added", "mention", "text", "undo"]
#: Why a correction waits: its words are gone from the text, or another one says otherwise.
Waiting = Literal["gone", "conflict"]

#: The fields of a claim that an editor may mend, by the kind of their value.
_CODES: Final[Mapping[str, str]] = {
    "event_type": "event_type",
    "actor": "actor",
    "actor_bloc": "bloc",
    "target": "actor",
    "target_bloc": "bloc",
    "claimant": "claimant",
    "relayed_by": "claimant",
    "victims": "victims",
    "weapon": "weapon",
}
_DATES: Final = frozenset({"date_start", "date_end"})
_NUMBERS: Final = frozenset(
    {"killed_min", "killed_max", "wounded_min", "wounded_max", "strikes_min", "strikes_max"}
)
_FLAGS: Final = frozenset({"is_total", "hidden"})
_PLACE: Final = frozenset({"place_id", "lat", "lon", "start", "end"})
MENDABLE: Final = frozenset({*_CODES, *_DATES, *_NUMBERS, *_FLAGS, "stance", "places"})
#: The facts of a text, and of a name, that may be mended.
TEXT_FACTS: Final = frozenset({"published", "outlet", "title"})
NAME_FACTS: Final = ("place_id", "name_ar", "name_en", "kind", "admin1", "lat", "lon", "radius_km")

LONGEST_NOTE: Final = 2000


class CorrectionError(ValueError):
    """A correction that cannot be made; the message names the field and says what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that an editor did.

    ``made`` is the moment in UTC (ISO 8601, to the second); ``what`` was mended: a claim, a claim that the
    machine missed, a name, the facts of a text, or another correction (``undoes`` is its id). ``start:end``
    is the evidence in the text whose letters have ``sha256``; ``subject`` the claim_id as it then was.
    ``was`` and ``now`` hold the values of the fields concerned (JSON: dates as YYYY-MM-DD, None unknown).
    """

    correction_id: str
    made: str
    editor: str
    what: What
    doc_id: str
    sha256: str
    start: int
    end: int
    evidence: str
    event_type: str
    stance: str
    subject: str
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    note: str
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """A reading with the corrections laid over it: ``claims`` and ``mentions`` as they now are.

    ``machine`` and ``machine_mentions`` hold, by claim_id and by number, what the machine gave in place of
    each that was mended or hidden; ``waiting`` says of each correction that could not be applied why.
    """

    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    machine: Mapping[str, Claim]
    machine_mentions: Mapping[int, Mention]
    waiting: Mapping[str, Waiting]


def identified(correction: Correction) -> Correction:
    """The correction with the id that its content gives it: the same event is the same in every archive."""
    told = asdict(replace(correction, correction_id=""))
    key = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return replace(correction, correction_id="k" + hashlib.sha256(key.encode()).hexdigest()[:19])


def undo(correction: Correction, editor: str, made: str, note: str) -> Correction:
    """The correction that takes another one back, which may be an undo itself."""
    blank: dict[str, Any] = {"what": "undo", "was": {}, "now": {}, "undoes": correction.correction_id}
    return identified(replace(correction, editor=editor, made=made, note=note, **blank))


def check(correction: Correction) -> None:
    """Raise CorrectionError for the first thing of a correction that nobody could mean."""
    if correction.what not in get_args(What):
        raise CorrectionError(f"what: {correction.what!r} is none of {', '.join(get_args(What))}")
    if not correction.editor.strip():
        raise CorrectionError("editor: who made it must be told")
    if len(correction.note) > LONGEST_NOTE:
        raise CorrectionError(f"note: longer than {LONGEST_NOTE} characters; shorten it")
    if correction.what == "undo":
        if not correction.undoes:
            raise CorrectionError("undoes: which correction is to be undone must be told")
        return
    allowed = {"claim": MENDABLE, "added": MENDABLE, "mention": {*NAME_FACTS}, "text": TEXT_FACTS}
    for field, value in correction.now.items():
        if field not in allowed[correction.what]:
            raise CorrectionError(f"{field}: no field that can be mended")
        if wrong := _wrong(field, value, correction.what):
            raise CorrectionError(f"{field}: {wrong}")
    if not correction.now:
        raise CorrectionError("now: nothing is mended")


def _wrong(field: str, value: object, what: What) -> str:
    """What is wrong with a value, empty where nothing is."""
    if what == "mention":
        return _wrong_name(field, value)
    if field in _CODES:
        known = isinstance(value, str) and (not value or is_known(value, _CODES[field]))
        return (
            "" if known and (value or field != "event_type") else f"{value!r} is no code of {_CODES[field]}"
        )
    if field in _DATES or field == "published":
        return "" if value is None or _day(value) else f"{value!r} is no day (YYYY-MM-DD)"
    if field in _NUMBERS:
        whole = value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)
        return "" if whole else f"{value!r} is no count of people or strikes"
    if field in _FLAGS:
        return "" if isinstance(value, bool) else f"{value!r} is neither true nor false"
    if field == "stance":
        return "" if value in get_args(Stance) else f"{value!r} is none of {', '.join(get_args(Stance))}"
    if field == "places":
        fits = isinstance(value, list) and all(isinstance(p, dict) and set(p) == _PLACE for p in value)
        return "" if fits else "each place needs place_id, lat, lon, start and end"
    return "" if isinstance(value, str) else f"{value!r} is no text"


def _wrong_name(field: str, value: object) -> str:
    if field not in ("lat", "lon", "radius_km"):
        return "" if isinstance(value, str) else f"{value!r} is no text"
    bounds = {"lat": 90.0, "lon": 180.0, "radius_km": 1000.0}
    number = value is None or (isinstance(value, int | float) and abs(value) <= bounds[field])
    return "" if number else f"{value!r} is no {field}"


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def standing(corrections: Sequence[Correction]) -> list[Correction]:
    """Those that hold, in the order in which they were made: not undone, or the undoing undone."""
    undone: set[str] = set()
    found: list[Correction] = []
    for correction in reversed(corrections):
        if correction.correction_id in undone:
            continue
        if correction.what == "undo":
            undone.add(correction.undoes)
        else:
            found.append(correction)
    return found[::-1]


def facts_of(corrections: Sequence[Correction]) -> dict[str, dict[str, Any]]:
    """The facts of texts that editors mended, by the sha256 of their letters; the last word counts."""
    found: dict[str, dict[str, Any]] = {}
    for correction in standing(corrections):
        if correction.what == "text":
            found.setdefault(correction.sha256, {}).update(correction.now)
    return found


def with_facts(document: Document, facts: Mapping[str, Any]) -> Document:
    """The document with the facts that an editor mended: a day of theirs counts as given."""
    told = {name: facts[name] for name in ("outlet", "title") if name in facts}
    if "published" in facts:
        day = _day(facts["published"])
        return replace(document, **told, published=day, published_basis="given" if day else "unknown")
    return replace(document, **told)


def apply(
    sha256: str,
    text: str,
    claims: Iterable[Claim],
    mentions: Iterable[Mention],
    corrections: Sequence[Correction],
) -> Applied:
    """Lay corrections (all of one text, in the order in which they were made) over what the machine read."""
    laid = _Laid(sha256, text, {c.claim_id: c for c in claims}, dict(enumerate(mentions)))
    for correction in standing(corrections):
        if why := laid.lay(correction):
            laid.waiting[correction.correction_id] = why
    return Applied(
        tuple(c for i, c in laid.claims.items() if i not in laid.hidden),
        tuple(laid.mentions.values()),
        MappingProxyType(laid.machine),
        MappingProxyType(laid.machine_mentions),
        MappingProxyType(laid.waiting),
    )


class _Laid:
    """What stands while corrections are laid over a reading one by one."""

    def __init__(
        self, sha256: str, text: str, claims: dict[str, Claim], mentions: dict[int, Mention]
    ) -> None:
        self.sha256, self.text, self.claims, self.mentions = sha256, text, claims, mentions
        self.hidden: set[str] = set()
        self.machine: dict[str, Claim] = {}
        self.machine_mentions: dict[int, Mention] = {}
        self.waiting: dict[str, Waiting] = {}
        self._set: dict[tuple[str, str], Any] = {}  # by claim and field, what a correction has set

    def lay(self, correction: Correction) -> Waiting | None:
        """Lay one over what stands; why it must wait, if it must."""
        if correction.what == "added":
            return self._add(correction)
        if correction.what == "mention":
            return self._name(correction)
        return self._mend(correction) if correction.what == "claim" else None

    def _mend(self, correction: Correction) -> Waiting | None:
        claim_id = self._find(correction)
        if not claim_id:
            return "gone"
        for field, value in correction.now.items():
            told = self._set.get((claim_id, field), _UNSET)
            if told is not _UNSET and told not in (correction.was.get(field), value):
                return "conflict"
        self._set.update({(claim_id, field): value for field, value in correction.now.items()})
        claim = self.claims[claim_id]
        self.machine.setdefault(claim_id, claim)
        self.claims[claim_id] = mended(claim, correction)
        if "hidden" in correction.now:
            (self.hidden.add if correction.now["hidden"] else self.hidden.discard)(claim_id)
        return None

    def _find(self, correction: Correction) -> str:
        """The claim that a correction means: by its id, else the one that its words are now read as."""
        if correction.subject in self.claims and correction.sha256 == self.sha256:
            return correction.subject
        gone = Trace(
            correction.subject,
            correction.sha256,
            correction.start,
            correction.end,
            correction.evidence,
            correction.event_type,
            correction.stance,
        )
        there = [self.machine.get(claim_id, claim) for claim_id, claim in self.claims.items()]
        return successor(
            gone,
            [
                Trace(c.claim_id, self.sha256, c.start, c.end, c.evidence, c.event_type, c.stance)
                for c in there
            ],
        )

    def _add(self, correction: Correction) -> Waiting | None:
        at = self._at(correction)
        if at is None:
            return "gone"
        claim = added(correction, at)
        self.claims[claim.claim_id] = claim
        return None

    def _name(self, correction: Correction) -> Waiting | None:
        at = self._at(correction)
        number = next((n for n, m in self.mentions.items() if m.start == at), None)
        if number is None:
            return "gone"
        was = self.mentions[number]
        self.machine_mentions.setdefault(number, was)
        known = {name: correction.now[name] for name in NAME_FACTS if name in correction.now}
        method: MentionMethod = "exact" if known.get("place_id", was.place_id) else "unresolved"
        self.mentions[number] = replace(
            was, **known, method=method, score=1.0, reason="", corrected=correction.correction_id
        )
        for claim_id, claim in self.claims.items():
            if any((p.start, p.end) == (was.start, was.end) for p in claim.places):
                self.machine.setdefault(claim_id, claim)
                self.claims[claim_id] = replace(
                    claim,
                    places=tuple(_renamed(p, was, self.mentions[number]) for p in claim.places),
                    corrected=correction.correction_id,
                )
        return None

    def _at(self, correction: Correction) -> int | None:
        """Where the words of a correction stand now: where they stood, else where they stand alone."""
        if self.text[correction.start : correction.end] == correction.evidence:
            return correction.start
        if correction.evidence and self.text.count(correction.evidence) == 1:
            return self.text.index(correction.evidence)
        return None


_UNSET: Final = object()


def _renamed(place: ClaimPlace, was: Mention, now: Mention) -> ClaimPlace:
    if (place.start, place.end) != (was.start, was.end):
        return place
    return replace(place, place_id=now.place_id, lat=now.lat, lon=now.lon)


def mended(claim: Claim, correction: Correction) -> Claim:
    """The claim with the values of a correction."""
    values: dict[str, Any] = {}
    for field, value in correction.now.items():
        if field in _DATES:
            values[field] = _day(value)
            values["date_basis"] = "explicit" if value else "none"
        elif field == "places":
            values[field] = tuple(ClaimPlace(**place) for place in value)
        elif field != "hidden":
            values[field] = value
    return replace(claim, **values, corrected=correction.correction_id)


def added(correction: Correction, at: int) -> Claim:
    """The claim that an editor added, whose words begin ``at``."""
    evidence = correction.evidence[:EVIDENCE_LIMIT]
    known: dict[str, Any] = {field.name: "" for field in fields(Claim) if field.type is str}
    known |= dict.fromkeys((*_NUMBERS, *_DATES, "published"))
    known |= {
        "claim_id": "c" + hashlib.sha256(correction.correction_id.encode()).hexdigest()[:15],
        "doc_id": correction.doc_id,
        "start": at,
        "end": at + len(evidence),
        "evidence": evidence,
        "stance": "asserted",
        "date_basis": "none",
        "is_total": False,
        "confidence": 1.0,
    }
    return mended(Claim(**known), correction)


def values_of(claim: Claim, names: Iterable[str], hidden: bool = False) -> dict[str, Any]:
    """The values of some fields of a claim, as corrections hold them."""
    found: dict[str, Any] = {}
    for name in names:
        value: Any = hidden if name == "hidden" else getattr(claim, name)
        if isinstance(value, date):
            value = value.isoformat()
        elif name == "places":
            value = [asdict(place) for place in value]
        found[name] = value
    return found
