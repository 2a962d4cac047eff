"""The records that the stages hand on: frozen, and pointing into a text that never changes.

Every ``start`` and ``end`` is an offset in Unicode code points into the text of the document as
stored, end exclusive. An unknown value is ``None`` or the empty string, never 0.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from extraction.lexicon.codes import known

Stance = Literal["asserted", "denied"]
PublishedBasis = Literal["given", "dateline", "inferred", "unknown"]
DateBasis = Literal["explicit", "weekday", "relative", "default", "none"]
MentionMethod = Literal["exact", "variant", "fuzzy", "unresolved"]
Status = Literal["claimed", "corroborated", "contested"]

#: Declared, each with its meaning, in lexicon/schema/codes.toml; the literals above are checked against it.
EVENT_TYPES: Final = known("event_type")
BLOCS: Final = known("bloc")

#: An evidence longer than this is cut: the clause that says it, not the whole sentence.
EVIDENCE_LIMIT: Final = 400


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read. ``doc_id`` is its path within the folder without the ending.

    ``folder`` is the label of the folder it came from, never a path; where another folder's text has the name
    already, ``doc_id`` begins with the label, and ``path`` is the path within the folder (else empty).
    ``url`` and ``archived_url`` are its addresses (http and https only). An inferred date lies between
    ``published_first`` and ``published_last``, inclusive, for what ``published_reason`` says; of a given date
    the reason says what in the text contradicts it.
    """

    doc_id: str
    text: str
    published: date | None
    published_basis: PublishedBasis
    outlet: str
    title: str
    language: str
    sha256: str
    published_first: date | None = None
    published_last: date | None = None
    published_reason: str = ""
    folder: str = ""
    path: str = ""
    url: str = ""
    archived_url: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place name in a text. Without a ``place_id`` it is a name that no list holds.

    ``score`` is from 0 to 1; ``reason`` says why this place and not a namesake
    (``gazetteer.reasons``); ``corrected`` is the last correction of an editor, empty where none is.
    """

    doc_id: str
    start: int
    end: int
    surface: str
    place_id: str
    name_ar: str
    name_en: str
    kind: str
    admin1: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    score: float
    method: MentionMethod
    reason: str = ""
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that gave one fact of a claim: role is trigger, actor, target, place, claimant, relay,
    killed, wounded, strikes, weapon, date or negation; ``rule`` names the rule that read them."""

    role: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """A place of a claim, and the mention that names it. lat and lon are None for an unlisted place."""

    place_id: str
    lat: float | None
    lon: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one happening: who says that who did what, where and when.

    ``start:end`` is the evidence. Codes are those of the exported archive. A ``*_max`` of None beside a
    ``*_min`` means "at least". ``incident_id`` is empty until the claims of all texts are joined;
    ``corrected`` is the last correction of an editor, empty where the claim is as the machine read it.
    """

    claim_id: str
    doc_id: str
    start: int
    end: int
    evidence: str
    outlet: str
    published: date | None
    event_type: str
    stance: Stance
    actor: str
    actor_bloc: str
    target: str
    target_bloc: str
    claimant: str
    relayed_by: str
    date_start: date | None
    date_end: date | None
    date_basis: DateBasis
    killed_min: int | None
    killed_max: int | None
    wounded_min: int | None
    wounded_max: int | None
    victims: str
    strikes_min: int | None
    strikes_max: int | None
    weapon: str
    is_total: bool
    confidence: float
    incident_id: str = ""
    corrected: str = ""
    places: tuple[ClaimPlace, ...] = ()
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """What of a claim decides to which happening it belongs, and what that happening then is."""

    claim_id: str
    doc_id: str
    event_type: str
    stance: Stance
    actor_bloc: str
    claimant: str
    date_start: date | None
    date_end: date | None
    killed_min: int | None
    killed_max: int | None
    wounded_min: int | None
    wounded_max: int | None
    is_total: bool
    place_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims of one happening. The casualties are the range over its claims, lowest to highest."""

    incident_id: str
    event_type: str
    date_start: date | None
    date_end: date | None
    place_ids: tuple[str, ...]
    status: Status
    killed_min: int | None
    killed_max: int | None
    wounded_min: int | None
    wounded_max: int | None
    claims: int
    claimants: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one text says: what the pipeline returns for one document."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
