"""The words behind a claim: the sentence it was read from, and the whole article with what each word gave."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

#: ``said`` is the evidence itself, ``place`` a place's name, ``near`` the rest of it, ``gap`` a cut.
Kind = Literal["said", "place", "near", "gap"]

_END: Final = re.compile(r"[.!?؟\n]")

#: No more of a sentence than this many characters is shown on either side of the evidence.
_REACH: Final = 220


class Segment(NamedTuple):
    """A run of a quotation's text and what it is."""

    text: str
    kind: Kind


def quotation(text: str, start: int, end: int, places: Iterable[tuple[int, int]]) -> list[Segment]:
    """The sentence around ``text[start:end]``, in segments; a place named elsewhere brings its own.

    Offsets are code points into the text. Offsets beyond the text count as its end.
    """
    size = len(text)
    start, end = max(0, min(start, size)), max(0, min(end, size))
    marked = sorted({(max(0, a), min(b, size)) for a, b in places if a < b and a < size})
    windows = _merged([_sentence(text, start, end), *(_sentence(text, a, b) for a, b in marked)])
    segments: list[Segment] = []
    for first, last in windows:
        if segments:
            segments.append(Segment("…", "gap"))
        segments += _cut(text, first, last, (start, end), marked)
    return segments


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [m.end() for m in _END.finditer(text, max(0, start - _REACH), start)]
    first = before[-1] if before else max(0, start - _REACH)
    after = _END.search(text, max(start, end - 1), min(len(text), end + _REACH))
    last = after.end() if after else min(len(text), end + _REACH)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, max(last, end)


def _merged(windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(windows):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _cut(
    text: str, first: int, last: int, said: tuple[int, int], marked: Sequence[tuple[int, int]]
) -> list[Segment]:
    edges = {first, last}
    for a, b in (said, *marked):
        edges |= {edge for edge in (a, b) if first < edge < last}
    ordered = sorted(edges)
    segments: list[Segment] = []
    for a, b in pairwise(ordered):
        kind: Kind = "near"
        if any(x <= a and b <= y for x, y in marked):
            kind = "place"
        elif said[0] <= a and b <= said[1]:
            kind = "said"
        segments.append(Segment(text[a:b], kind))
    return segments


#: The roles of words in a claim, the more telling first: of two that overlap it is the one shown.
ROLES: Final = (
    "negation",
    "trigger",
    "killed",
    "wounded",
    "strikes",
    "actor",
    "target",
    "place",
    "claimant",
    "relay",
    "date",
    "weapon",
    "named",
)


class Piece(NamedTuple):
    """A run of an article: the role its words play (empty for none), whether the chosen claim's evidence
    holds them, and another claim whose evidence does (empty for none)."""

    text: str
    role: str
    said: bool
    other: str


def article(
    text: str,
    said: tuple[int, int],
    roles: Iterable[tuple[int, int, str]],
    others: Iterable[tuple[int, int, str]],
) -> list[Piece]:
    """A whole text in pieces that joined together are that text, each of one kind.

    ``said`` is the evidence of the chosen claim, ``roles`` are its words by role (those not in ``ROLES`` are
    left out), ``others`` the evidence of other claims. Offsets are code points; beyond the text they count as
    its end.
    """
    size = len(text)
    begun: dict[int, list[tuple[str, str]]] = defaultdict(list)
    ended: dict[int, list[tuple[str, str]]] = defaultdict(list)
    spans = [(*said, "said", "")]
    spans += [(a, b, "role", role) for a, b, role in roles if role in ROLES]
    spans += [(a, b, "other", claim) for a, b, claim in others]
    for first, last, layer, value in spans:
        first, last = max(0, min(first, size)), max(0, min(last, size))
        if first < last:
            begun[first].append((layer, value))
            ended[last].append((layer, value))
    active: dict[str, list[str]] = {"said": [], "role": [], "other": []}
    pieces: list[Piece] = []
    for at, until in pairwise(sorted({0, size, *begun, *ended})):
        for layer, value in ended[at]:
            active[layer].remove(value)
        for layer, value in begun[at]:
            active[layer].append(value)
        role = min(active["role"], key=ROLES.index, default="")
        other = active["other"][0] if active["other"] else ""
        pieces.append(Piece(text[at:until], role, bool(active["said"]), other))
    return pieces
