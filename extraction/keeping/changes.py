"""What became of the claims between two archives: gone, new, and altered, with the facts that are others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from extraction.keeping.archive import Archive
from extraction.keeping.printable import printable
from extraction.keeping.succession import LEAST, Trace, likeness
from extraction.records import Claim, Document

#: What is no fact of the claim itself: its names, and the words' place in a text.
_NO_FACTS: Final = frozenset(
    {"claim_id", "doc_id", "incident_id", "start", "end", "cues", "places", "outlet", "published"}
)
_FACTS: Final = tuple(field.name for field in fields(Claim) if field.name not in _NO_FACTS)


@dataclass(frozen=True, slots=True)
class Altered:
    """A claim that is told otherwise: of each fact that is another one, what it was and what it is."""

    was: Claim
    now: Claim
    facts: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Changes:
    """Claims and texts (by doc_id) that only the one or only the other archive has, and altered claims."""

    gone: tuple[Claim, ...]
    new: tuple[Claim, ...]
    altered: tuple[Altered, ...]
    same: int
    texts_gone: tuple[str, ...]
    texts_new: tuple[str, ...]


def changes(old: Archive, new: Archive) -> Changes:
    """Compare two archives. A text is the same by its letters or else by its name; a claim by its id or else
    by its words, see ``succession``."""
    before, after = ({d.doc_id: d for d in archive.documents()} for archive in (old, new))
    texts = _pairs(before, after)
    was, now = ({c.claim_id: c for c in archive.claims()} for archive in (old, new))
    pairs = [(claim, now[claim_id]) for claim_id, claim in was.items() if claim_id in now]
    free: dict[str, list[Claim]] = defaultdict(list)
    for claim in now.values():
        if claim.claim_id not in was:
            free[claim.doc_id].append(claim)
    gone: list[Claim] = []
    for claim in was.values():
        if claim.claim_id in now:
            continue
        text = texts.get(claim.doc_id, "")
        here = _trace(claim, before)
        ranked = [(likeness(here, _trace(c, after)), c.claim_id) for c in free[text]]
        best, claim_id = max(ranked, default=(0.0, ""))
        if best < LEAST:
            gone.append(claim)
            continue
        pairs.append((claim, now[claim_id]))
        free[text] = [c for c in free[text] if c.claim_id != claim_id]
    altered = [Altered(a, b, found) for a, b in pairs if (found := _differences(a, b))]
    return Changes(
        gone=tuple(gone),
        new=tuple(claim for claims in free.values() for claim in claims),
        altered=tuple(sorted(altered, key=lambda a: (a.was.doc_id, a.was.start, a.was.claim_id))),
        same=len(pairs) - len(altered),
        texts_gone=tuple(sorted(before.keys() - texts.keys())),
        texts_new=tuple(sorted(after.keys() - set(texts.values()))),
    )


def report(found: Changes) -> Iterator[str]:
    """The changes in lines for people, text by text."""
    yield (
        f"{len(found.gone)} claims gone, {len(found.new)} new, {len(found.altered)} altered, "
        f"{found.same} the same; {len(found.texts_gone)} texts gone, {len(found.texts_new)} new"
    )
    lines: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for sign, claims in (("-", found.gone), ("+", found.new)):
        for claim in claims:
            lines[claim.doc_id].append((claim.start, f"  {sign} {_brief(claim)}"))
    for change in found.altered:
        facts = "; ".join(f"{name} {_shown(a)} → {_shown(b)}" for name, (a, b) in change.facts.items())
        lines[change.was.doc_id].append((change.was.start, f"  ~ {_brief(change.was)}\n      {facts}"))
    for doc_id in sorted(lines):
        yield printable(doc_id)
        yield from (line for _, line in sorted(lines[doc_id]))


def facts(found: Changes) -> dict[str, Any]:
    """The changes for programs."""
    return {
        "texts": {"gone": found.texts_gone, "new": found.texts_new},
        "claims": {
            "gone": [_told(claim) for claim in found.gone],
            "new": [_told(claim) for claim in found.new],
            "altered": [
                {"claim_id": a.now.claim_id, "was": a.was.claim_id, "doc_id": a.now.doc_id, "facts": a.facts}
                for a in found.altered
            ],
            "same": found.same,
        },
    }


def _pairs(before: Mapping[str, Document], after: Mapping[str, Document]) -> dict[str, str]:
    """The names of the texts of the one archive, and what they are called in the other."""
    by_letters = {document.sha256: doc_id for doc_id, document in after.items()}
    named: dict[str, str] = {}
    for doc_id, document in before.items():
        name = doc_id if doc_id in after else by_letters.get(document.sha256, "")
        if name:
            named[doc_id] = name
    return named


def _trace(claim: Claim, texts: Mapping[str, Document]) -> Trace:
    sha256 = texts[claim.doc_id].sha256
    return Trace(
        claim.claim_id, sha256, claim.start, claim.end, claim.evidence, claim.event_type, claim.stance
    )


def _differences(was: Claim, now: Claim) -> dict[str, tuple[Any, Any]]:
    found = {n: (getattr(was, n), getattr(now, n)) for n in _FACTS if getattr(was, n) != getattr(now, n)}
    places = [tuple(place.place_id for place in claim.places) for claim in (was, now)]
    if places[0] != places[1]:
        found["places"] = (places[0], places[1])
    return found


def _brief(claim: Claim) -> str:
    return f"{claim.event_type} {claim.stance}: {printable(' '.join(claim.evidence.split()))}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "(none)"
    return printable(str(value)) if value not in (None, "") else "(none)"


def _told(claim: Claim) -> dict[str, Any]:
    return {"claim_id": claim.claim_id, "doc_id": claim.doc_id, **{n: getattr(claim, n) for n in _FACTS}}
