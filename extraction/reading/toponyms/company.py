"""Names that stand together: lists, and a name with the wider place it lies in."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extraction.lexicon.clitics import AND, BY, FOR
from extraction.lexicon.particles import particles
from extraction.reading.toponyms.page import COMMAS, Page, Spot
from gazetteer.index import Beside

#: What parts two phrases.
BREAK: Final = re.compile(r"[.!?؟؛\n:\-–]")
#: Two names further apart than this are not read as one phrase (characters).
PHRASE: Final = 60
#: How many wider places are read behind a name: قرية في منطقة في محافظة في بلد.
_CHAIN: Final = 4
_BETWEEN: Final = particles("between", "and_between")


def link(page: Page, spots: Sequence[Spot]) -> None:
    """Join names into lists and put each into the wider place named after it."""
    for spot in spots:
        spot.within = spot.near = spot.listed = ()
        spot.contained = False
    for left, right in reversed(list(pairwise(spots))):
        relation = _relation(page, left, right)
        if relation == "list":
            left.within, left.near = right.within, right.near
            left.listed += (right,)
            right.listed += (left,)
            _refuse_capital(page, left, right)
            _refuse_capital(page, right, left)
        elif relation == "within":
            left.within = (right, *right.within[: _CHAIN - 1])
            left.contained = True
        elif relation == "near":
            left.near = (right,)
    for spot in spots:
        _hand_on(page, spot)


def _refuse_capital(page: Page, spot: Spot, other: Spot) -> None:
    """A capital listed with a place abroad stands for its government (بين دمشق وموسكو)."""
    if other.bears_abroad and not other.places and page.name(spot) in page.known.capitals:
        spot.refused = True


def _hand_on(page: Page, spot: Spot) -> None:
    """Hand on to the next of a list what stands before the first: قريتي X وY, بين X وY."""
    for right in spot.listed:
        if right.start < spot.start:
            continue
        if spot.kinds and not right.kinds and not right.country:
            right.word, right.kinds = spot.word, spot.kinds
            right.country, right.sides = spot.country, spot.sides
        if page.before(spot.first) in _BETWEEN:
            right.around = True
    # قرى عفرين are the villages of that city, not some of that name.
    if spot.word in page.known.several and not spot.listed and spot.named.firm:
        spot.word, spot.kinds = "", ()


def _relation(page: Page, left: Spot, right: Spot) -> str:
    """How the name on the left stands to the next: "list", "within", "near" or ""."""
    gap, prefix = page.between(left, right), right.prefix
    cues = [page.cue(word) for word in page.words.words[left.last : right.first]]
    if len(gap) > PHRASE or (cues and not cues[0].links) or BREAK.search(gap):
        return ""
    comma = not COMMAS.isdisjoint(gap)
    if prefix[:1] == AND or comma or (cues and cues[0].joins):
        if prefix[-1:] in ("", AND) and all(c.kind or c.conjunction or c.countryside for c in cues):
            return "list"
        if not comma or prefix[:1] == AND:
            return ""
    return _inside_or_near(prefix, cues)


def _inside_or_near(prefix: str, cues: Sequence[Beside]) -> str:
    if not all(c.within or c.compass or c.beside or c.kind for c in cues):
        return ""
    if prefix[-1:] == BY or any(c.within for c in cues):
        return "within"
    return "near" if cues or prefix[-1:] == FOR else ""
