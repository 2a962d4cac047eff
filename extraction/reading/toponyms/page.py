"""A text as the rooms of the place names see it: its words, the names among them, what is no place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extraction.lexicon.particles import ON
from extraction.lexicon.vocabulary import Tag
from extraction.words.sentence import Sentence, Words
from gazetteer.index import Beside, Hit, NameIndex, PlaceWords
from gazetteer.place import Place, distance_km
from gazetteer.sources import Gazetteer, Namesakes

#: Quotes and brackets that may stand between a word and the name it announces: حي «الخالدية».
_SOFT: Final = re.compile("[ \u00a0«»\"“”„'‘’()\\[\\]ـ#]*")
COMMAS: Final = frozenset("،,")
_NAMING: Final = ("actor", "claimant")


@dataclass(slots=True, eq=False)
class Spot:
    """One name in the text while it is being read: words ``first`` to ``last`` (exclusive), of which
    ``start:end`` of the folded text are the name itself. ``masked`` ones belong to a group or a source.
    ``word`` is the place word before it ("" for none), ``kinds`` what that announces. ``within`` are the
    wider places it is told to lie in, the nearest first, ``near`` those it is near to, ``listed`` its
    neighbours in a list. ``country`` and ``sides`` tell of its countryside, ``around`` and
    ``away_km`` of something not in the place itself.
    """

    first: int
    last: int
    start: int
    end: int
    hit: Hit | None
    named: Namesakes
    word: str = ""
    kinds: tuple[str, ...] = ()
    accepted: bool = False
    refused: bool = False
    masked: bool = False
    country: bool = False
    sides: frozenset[str] = frozenset()
    around: bool = False
    away_km: float = 0.0
    contained: bool = False
    within: tuple["Spot", ...] = ()
    near: tuple["Spot", ...] = ()
    listed: tuple["Spot", ...] = ()
    unlisted_kind: str = ""
    unlisted_first: int = 0

    @property
    def places(self) -> tuple[Place, ...]:
        """What the name may mean; none for a name that no list holds."""
        return self.named.places

    @property
    def prefix(self) -> str:
        """The letters before the name that are written together with it."""
        return self.hit.prefix if self.hit else ""

    @property
    def is_foreign(self) -> bool:
        """Whether it is the name of a place abroad and of none in Syria."""
        return self.bears_abroad and not self.places and not self.masked

    @property
    def bears_abroad(self) -> bool:
        """Whether a place abroad bears the name."""
        return self.hit is not None and self.hit.foreign


class Page:
    """The words of a text and the names among them."""

    def __init__(self, original: str, words: Words, gazetteer: Gazetteer) -> None:
        self.original = original
        self.words = words
        self.text = words.normalised.text
        self.gazetteer = gazetteer
        self.index: NameIndex = gazetteer.index
        self.known: PlaceWords = self.index.words
        self.cue = self.known.cue
        start, end = self.start, self.end
        naming = [tag for tag in words.tags if tag.entry.role in _NAMING]
        #: Where the name of a group or a source stands, as offsets of the folded text.
        self.masks = sorted((start(tag.first) + len(tag.prefix), end(tag.last - 1)) for tag in naming)
        self._longest_mask = max((b - a for a, b in self.masks), default=0)

    # -- words ---------------------------------------------------------------------------------------

    def start(self, word: int) -> int:
        """Where a word begins in the folded text."""
        return self.words.spans[word][0]

    def end(self, word: int) -> int:
        """Where a word ends in the folded text."""
        return self.words.spans[word][1]

    def softly(self, at: int) -> bool:
        """Whether at most blanks, quotes and brackets stand before a word."""
        gap = self.words.gap(at)
        return gap == " " or _SOFT.fullmatch(gap) is not None

    def before(self, at: int, by: int = 1) -> str:
        """The word ``by`` words before a word, nothing but blanks and quotes between them; "" for none."""
        if at - by < 0 or not all(self.softly(n) for n in range(at - by + 1, at + 1)):
            return ""
        return self.words.words[at - by]

    def after(self, at: int) -> str:
        """The word at a place, if nothing but blanks and quotes stands before it; "" for none."""
        return self.words.words[at] if at < self.words.count and self.softly(at) else ""

    def cue_before(self, at: int, by: int = 1) -> Beside:
        """What the word before a word tells of a place."""
        return self.cue(self.before(at, by))

    def between(self, one: Spot, other: Spot) -> str:
        """What stands between two names, the words and the marks."""
        return self.text[one.end : other.start - len(other.prefix)]

    def name(self, spot: Spot) -> str:
        """A name as it is written, folded."""
        return self.text[spot.start : spot.end]

    @cached_property
    def _firsts(self) -> Sequence[int]:
        return [sentence.first for sentence in self.words.sentences]

    def sentence(self, spot: Spot) -> int:
        """The number of the sentence in which a name stands."""
        return bisect_right(self._firsts, spot.first) - 1

    def sentence_of(self, spot: Spot) -> Sentence:
        """The sentence in which a name stands."""
        return self.words.sentences[self.sentence(spot)]

    # -- names ---------------------------------------------------------------------------------------

    def names(self) -> list[Spot]:
        """Every name that stands in the text, whether a place is meant or not, but for places of Syria inside
        the name of a group or a source."""
        starts = [start for start, _ in self.words.spans]
        spots = []
        for hit in self.index.find(self.text):
            first = bisect_right(starts, hit.start) - 1
            last = bisect_left(starts, hit.end, first)
            named = self.gazetteer.namesakes(hit.place_ids)
            spot = Spot(first, last, hit.start, hit.end, hit, named)
            spot.masked = self.masked(hit.start, hit.end) and not self._is_base(spot)
            if not spot.masked or not spot.places:
                spots.append(spot)
        return spots

    def _is_base(self, spot: Spot) -> bool:
        """Whether the name of a unit means its base: where something is or is done (محيط الفرقة 17)."""
        if spot.prefix or spot.named.kinds != {"base"}:
            return False
        before = self.before(spot.first)
        cue = self.cue(before)
        at = before in ON or before in self.known.to_places
        return at or cue.within or cue.around or cue.compass or cue.kind != ""

    def masked(self, start: int, end: int) -> bool:
        """Whether a stretch overlaps the name of a group or a source, and does not hold it whole."""
        for at in range(bisect_left(self.masks, (start - self._longest_mask,)), len(self.masks)):
            a, b = self.masks[at]
            if a >= end:
                return False
            if start < b and not (start <= a and b <= end and end - start > b - a):
                return True
        return False

    def side_before(self, at: int) -> Tag | None:
        """The group whose name ends right before a word."""
        for first in range(at - 1, max(-1, at - 6), -1):
            for tag in self.words.tags_at(first):
                if tag.entry.role in _NAMING and tag.last == at and not self.words.gap(at).strip():
                    return tag
        return None


def together(gazetteer: Gazetteer, one: Spot, other: Spot) -> bool:
    """Whether some place of the one name lies in or near some place of the other."""
    return any(
        p.id != o.id and (o.id in gazetteer.within(p.id) or distance_km(p, o) < o.radius_km + 25)
        for p in one.places
        for o in other.places
    )


def anchors(spots: Iterable[Spot], but: Sequence[Place]) -> tuple[Place, ...]:
    """The places of some names, but for the namesakes in question."""
    ids = {p.id for p in but}
    return tuple({p.id: p for s in spots if (p := s.named.anchor) is not None and p.id not in ids}.values())
