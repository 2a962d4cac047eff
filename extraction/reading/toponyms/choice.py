"""Which of the places of one name is meant: the evidence of the text, weighed by ``gazetteer.resolve``."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from extraction.lexicon.particles import particles
from extraction.reading.toponyms.page import COMMAS, Page, Spot, anchors
from gazetteer.place import Place, distance_km
from gazetteer.reasons import Reason
from gazetteer.resolve import Choice, Evidence, contradicts, rank
from gazetteer.sources import FIRM

#: How many names on either side are looked at for the company a name keeps.
_WINDOW: Final = 8
#: A name so much further off (characters) counts a third.
_FADES: Final = 800
#: A near miss further than this from every other place of the article is another, unlisted place.
_STRAY_KM: Final = 50.0
#: What sets the scene of a sentence or heads a list, within so many words of where the sentence begins.
_AREAS: Final = frozenset({"governorate", "region", "city"})
_OPENING: Final = 3
_IN: Final = particles("in", "and_in")
#: What the countryside of a name is: the governorate of that name, else the district.
_WIDE: Final = ("governorate", "district")
_NO_EVIDENCE: Final = Evidence()

#: Places that many a governorate has under one name, and how far (kilometres, beyond the radius of the other)
#: one may lie from what it is told to be near, listed with, within, and from so many names on either side.
_DEGREE_KM: Final = 111.2
_MINOR: Final = frozenset({"village", "neighbourhood", "hill", "camp"})
_NEAR_KM: Final = 40.0
_LISTED_KM: Final = 100.0
_SETTING_KM: Final = 40.0
_AMONG: Final = 4
_AMONG_KM: Final = 100.0


class Resolver:
    """Chooses for the names that stand, in order."""

    def __init__(self, page: Page, spots: Sequence[Spot]) -> None:
        self.page = page
        self.spots = spots
        self.sentences = [page.sentence(s) for s in spots]
        self.anchors = [(s.start, s.named.anchor) for s in spots if s.named.anchor is not None]
        self.anchor_starts = [start for start, _ in self.anchors]
        self.headings = [number for number, s in enumerate(spots) if self._heads(s)]

    def resolve(self, number: int) -> Choice | None:
        """The place that the name of a number means, and why; None where none of its name can be meant."""
        spot = self.spots[number]
        if spot.country and (region := self._countryside(spot)) is not None:
            return region
        beside = tuple(p for s in spot.within if s.accepted for p in self._wide(s))
        choices = rank(self.page.gazetteer, spot.places, self._evidence(number, beside))
        choice = next((c for c in choices if not self._misplaced(number, c.place)), None)
        if choice is None:
            return None
        doubtful = choice.place.kind not in FIRM and beside != ()
        if spot.contained and doubtful and contradicts(choice.place, beside):
            return None
        return None if spot.hit is None and self._is_stray(spot, choice.place) else choice

    def _evidence(self, number: int, beside: tuple[Place, ...]) -> Evidence:
        spot = self.spots[number]
        if len(spot.places) == 1:
            return _NO_EVIDENCE
        listed = anchors((*spot.listed, *spot.near), spot.places)
        around = (*self._company(number), *self._setting(number))
        wide = tuple(c.place for s in around if s.country and (c := self._countryside(s)) is not None)
        sentence = (*wide, *anchors((s for s in around if not s.country), spot.places))
        return Evidence(spot.kinds, beside, listed, sentence, *self._article(spot))

    # -- wider places --------------------------------------------------------------------------------

    def _wide(self, spot: Spot) -> tuple[Place, ...]:
        """What a wider place named beside another may be: ريف دمشق is not the city."""
        region = self._countryside(spot) if spot.country else None
        return (region.place,) if region else spot.places

    def _countryside(self, spot: Spot) -> Choice | None:
        written = " ".join(self.page.name(spot).split())
        region = self.page.index.find_countryside((written, *spot.named.names), spot.sides)
        if region is not None:
            place = self.page.gazetteer.places[region]
            return Choice(place, 0.9, (Reason("countryside"),))
        wide = sorted((p for p in spot.places if p.kind in _WIDE), key=lambda p: _WIDE.index(p.kind))
        return Choice(wide[0], 0.7, (Reason("countryside"),)) if wide else None

    # -- what stands around --------------------------------------------------------------------------

    def _company(self, number: int) -> Sequence[Spot]:
        """The names around one in its sentence."""
        first, last = max(0, number - 2 * _WINDOW), min(number + 2 * _WINDOW, len(self.spots))
        sentence = self.sentences[number]
        begin = bisect_left(self.sentences, sentence, first, number)
        return self.spots[begin : bisect_right(self.sentences, sentence, number, last)]

    def _setting(self, number: int) -> tuple[Spot, ...]:
        """The area that a name is told to be in: the one its sentence opens with (وفي ريف اللاذقية، …), else
        the one of the heading above it (دير الزور:)."""
        opening = self.spots[bisect_left(self.sentences, self.sentences[number], 0, number)]
        if self._opens(opening):
            return (opening,) if opening is not self.spots[number] else ()
        at = bisect_left(self.headings, number) - 1
        return (self.spots[self.headings[at]],) if at >= 0 else ()

    def _mark_behind(self, spot: Spot) -> str:
        """The mark that follows an area, be a word of the compass between them."""
        compass = self.page.after(spot.last) in self.page.known.compass
        return self.page.words.gap(spot.last + compass)[:1]

    def _opens(self, spot: Spot) -> bool:
        """Whether an area opens a sentence and sets its scene: a compass word may follow, then a comma."""
        if _AREAS.isdisjoint(spot.named.kinds):
            return False
        first = self.page.sentence_of(spot).first
        opens = 0 < spot.first - first <= _OPENING and self.page.words.words[first] in _IN
        return opens and self._mark_behind(spot) in COMMAS

    def _heads(self, spot: Spot) -> bool:
        """Whether an area stands alone in a line as the heading of what follows: ريف حماة:"""
        if _AREAS.isdisjoint(spot.named.kinds) or self._mark_behind(spot) != ":":
            return False
        first = spot.first
        while first and "\n" not in self.page.words.gap(first):
            first -= 1
            if spot.first - first > 1:
                return False
        return True

    def _article(self, spot: Spot) -> tuple[Sequence[Place], Sequence[float]]:
        """The other places named around one, and how much each counts."""
        begin, start, exp = bisect_left(self.anchor_starts, spot.start), spot.start, math.exp
        weights: dict[str, float] = {}
        for at, place in self.anchors[max(0, begin - _WINDOW) : begin + _WINDOW + 1]:
            weight = exp((at - start if at < start else start - at) / _FADES)
            weights[place.id] = weights.get(place.id, 0.0) + weight
        for namesake in spot.places:
            weights.pop(namesake.id, None)
        places = self.page.gazetteer.places
        return [places[i] for i in weights], list(weights.values())

    # -- what cannot be ------------------------------------------------------------------------------

    def _misplaced(self, number: int, place: Place) -> bool:
        """Whether a minor place lies far from all that the text tells of where it is: what it is near to or
        listed with, the area that is its setting, the names around it. One that the text puts into a wider
        place is left to that; so is a name of two words, which hardly any other place bears."""
        spot = self.spots[number]
        if spot.within or not self._is_minor(spot, place):
            return False
        for others, km in ((spot.near, _NEAR_KM), (spot.listed, _LISTED_KM)):
            told = anchors((s for s in others if s.accepted), spot.places)
            if told:
                # "east of Aleppo" may be far from it
                return all(_apart(place, o, _LISTED_KM if o.kind in _AREAS else km) for o in told)
        setting = [p for s in self._setting(number) for p in self._wide(s)]
        if setting and all(p.admin1 != place.admin1 and _apart(place, p, _SETTING_KM) for p in setting):
            return True
        first = max(0, bisect_left(self.anchor_starts, spot.start) - _AMONG)
        around = [p for _, p in self.anchors[first : first + 2 * _AMONG] if p not in spot.places]
        return len(around) >= _AMONG and all(_apart(place, other, _AMONG_KM) for other in around)

    def _is_minor(self, spot: Spot, place: Place) -> bool:
        """Whether a place is of those whose names many a governorate has."""
        if place.kind == "landmark":
            return True
        one_word = " " not in self.page.name(spot)
        return one_word and (place.kind in _MINOR or (place.kind == "town" and place.ambiguous))

    def _is_stray(self, spot: Spot, place: Place) -> bool:
        """Whether a near miss lies far from the names around it. A list of every hamlet has one of nearly
        that name somewhere: there only the nearest names count."""
        count = 2 if spot.named.imported else 6
        at = bisect_left(self.anchor_starts, spot.start)
        around = self.anchors[max(0, at - count - 1) : at + count + 1]
        nearest = sorted(around, key=lambda a: abs(a[0] - spot.start))[: count + 1]
        others = [p for start, p in nearest if start != spot.start][:count]
        return bool(others) and all(distance_km(place, p) > _STRAY_KM + p.radius_km for p in others)


def _apart(one: Place, other: Place, km: float) -> bool:
    """Whether a place lies so far beyond another's radius; a quick look first."""
    reach = km + other.radius_km
    if abs(one.lat - other.lat) * _DEGREE_KM > reach:
        return True
    return distance_km(one, other) > reach
