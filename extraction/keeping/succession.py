"""Which claim of a later reading stands where an earlier one did: by the words of the text.

A claim's id hangs on where its trigger stands and on its type; a better rule, or a corrected article, gives
the same statement another id. What stays is the text and the clause that says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

#: At least so alike are two claims of which one takes the other's place, of 1 for the same words.
LEAST: Final = 0.5
#: Words of a text that was changed count as the same from this likeness on (rapidfuzz ratio, 0 to 100).
_ALIKE: Final = 85.0
#: What it adds that the type and the stance stayed.
_SAME_KIND: Final = 0.5


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a claim stands: in which text (``sha256`` of its letters), from where to where, in what words."""

    claim_id: str
    sha256: str
    start: int
    end: int
    evidence: str
    event_type: str
    stance: str


def likeness(one: Trace, other: Trace) -> float:
    """How surely two claims are one statement: 0 for not at all, and from ``LEAST`` on surely enough."""
    if one.sha256 == other.sha256:
        shared = min(one.end, other.end) - max(one.start, other.start)
        words = shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0
    else:
        ratio = fuzz.ratio(one.evidence, other.evidence)
        words = ratio / 100 if ratio >= _ALIKE else 0.0
    same_kind = (one.event_type, one.stance) == (other.event_type, other.stance)
    return words + _SAME_KIND if words and same_kind else words


def successor(gone: Trace, candidates: Iterable[Trace]) -> str:
    """The id of the claim that takes the place of one that is gone, "" where none does."""
    ranked = [(likeness(gone, other), other.claim_id) for other in candidates]
    best, claim_id = max(ranked, default=(0.0, ""))
    return claim_id if best >= LEAST else ""
