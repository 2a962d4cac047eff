"""The words behind a claim: the sentence it was read from, with the place in it marked out."""

import re
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
