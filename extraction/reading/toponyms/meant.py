"""Whether a name that is also an ordinary word is meant as a name: evidence gathered, and decided once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from extraction.lexicon.clitics import BY, THE
from extraction.lexicon.particles import ON
from extraction.reading.decide import Evidence, decide
from extraction.reading.pattern import Scope
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.rules import Book, book
from extraction.reading.toponyms.page import Page, Spot, together
from gazetteer.orthography import fold
from gazetteer.place import Place, distance_km

#: A town whose name is a word needs another place this near, in the text (characters) and on the map.
_COMPANY: Final = 1500
_NEIGHBOURS_KM: Final = 45.0
SETTLED: Final = frozenset({"city", "town", "village"})
_TOWNS: Final = ("city", "town")
#: How the names of persons begin, and of villages.
_SHEIKH: Final = (fold("الشيخ"), fold("شيخ"))
_AREAS: Final = (*_TOWNS, "district", "region")


def accept(page: Page, spots: Sequence[Spot]) -> None:
    """Mark the names that are meant as places of Syria."""
    doubted: list[Spot] = []
    for spot in spots:
        if not spot.places or spot.refused or spot.hit is None:
            continue
        if spot.hit.doubtful:
            doubted.append(spot)
        else:
            spot.accepted = not is_abroad(page, spot)
    judge = _Judge(page, [s for s in spots if s.accepted])
    known: set[str] = set()
    for again in (False, True):
        for spot in doubted:
            name = page.name(spot)
            # Only by what it is listed with can a name be meant that was not meant before.
            if spot.accepted or (again and not spot.listed and name not in known):
                continue
            repeated = name in known and page.before(spot.first) not in page.known.verb_before
            if (repeated or judge.is_meant(spot)) and not is_abroad(page, spot):
                spot.accepted = True
                if spot.word:
                    known.add(name)


def is_abroad(page: Page, spot: Spot) -> bool:
    """Whether the words around put a minor place outside Syria: قرية X التركية, حي X بالموصل."""
    if spot.named.firm and (not spot.kinds or spot.named.firm.intersection(spot.kinds)):
        return False
    if page.after(spot.last) in page.known.nationalities:
        return True
    if any(other.is_foreign for other in (*spot.within[:1], *spot.near)):
        return True
    if not spot.listed or spot.kinds or spot.within:
        return False
    listed = [s for s in spot.listed if s.hit and not s.hit.doubtful]
    return bool(listed) and all(s.is_foreign for s in listed)


class _Judge:
    """Weighs what speaks for it that a word is a name. ``firm`` are the names that are no ordinary words."""

    def __init__(self, page: Page, firm: Sequence[Spot]) -> None:
        self.page = page
        self.firm = firm
        self.rules: Book = book("names", "hit", "led", "struck", "targeted")

    def is_meant(self, spot: Spot) -> bool:
        """Whether enough speaks for the name."""
        name = self.page.name(spot)
        if spot.word in self.page.known.heights and spot.named.kinds.isdisjoint(spot.kinds):
            return False  # تلة الزيارة is not the town
        if not spot.named.imported and (
            name in self.page.known.compass or self.page.known.announces_by_itself(name)
        ):
            return not spot.named.kinds.isdisjoint(spot.kinds)
        asked = _OF_IMPORTED if spot.named.imported else _OF_LISTED
        evidence = [Evidence(rule, 1.0) for rule, holds in asked if holds(self, spot)]
        return decide([(spot, evidence)]).chosen is not None

    # -- what stands beside it -----------------------------------------------------------------------

    def announced(self, spot: Spot) -> bool:
        """The place word before it announces that very kind, or any."""
        if not spot.word or spot.bears_abroad:
            return False
        return (_is_exact(spot) and not spot.kinds) or not spot.named.kinds.isdisjoint(spot.kinds)

    def settled(self, spot: Spot) -> bool:
        """Reporters call many a village a town."""
        settled = not (SETTLED.isdisjoint(spot.kinds) or SETTLED.isdisjoint(spot.named.kinds))
        return _is_exact(spot) and not spot.bears_abroad and settled

    def of_that_kind(self, spot: Spot) -> bool:
        """A list of every hamlet takes the word that announces that very kind."""
        return not spot.bears_abroad and not spot.named.kinds.isdisjoint(spot.kinds)

    def countryside(self, spot: Spot) -> bool:
        """It has a countryside."""
        return spot.country and not spot.named.kinds.isdisjoint(_AREAS)

    def listed(self, spot: Spot) -> bool:
        """It is listed with a place near to it."""
        return self._among(spot, (o for o in _peers(spot) if o.accepted))

    def within(self, spot: Spot) -> bool:
        """It is told to lie in a place that it lies in."""
        return self._among(spot, (o for o in spot.within if o.places))

    def nearby(self, spot: Spot) -> bool:
        """It is told to be near to a place that it is near to."""
        return bool(spot.kinds) and self._among(spot, (o for o in spot.near if o.accepted))

    def listed_at_home(self, spot: Spot) -> bool:
        """The same of a name that no place abroad bears."""
        return not spot.bears_abroad and self.listed(spot)

    def _among(self, spot: Spot, others: Iterable[Spot]) -> bool:
        return any(together(self.page.gazetteer, spot, other) for other in others)

    # -- what is told of it --------------------------------------------------------------------------

    def gone_to(self, spot: Spot) -> bool:
        """A town stands where one goes or is: في القصير, من نوى, among places of its neighbourhood. Words
        that stand there anyhow (في الباب) are left out."""
        towns = [p for p in spot.places if p.kind in _TOWNS]
        known = self.page.known
        if not self._stands_alone(spot) or not towns or self.page.name(spot) in known.nouns or spot.prefix:
            return False
        return self.page.before(spot.first) in known.to_places and self._has_neighbours(spot, towns)

    def fought_for(self, spot: Spot) -> bool:
        """A town is what an event of war is told of: سيطر الجيش على القصير, قصف نوى, اشتباكات في دوما. What
        forces also take or hit (المزرعة) is left out; a word that stands after such words anyhow is meant
        after على (السيطرة على كسب), and a city where it is taken or hit itself (قصف الباب). A unit is meant
        for its base (هجوم على اللواء 121), but it also strikes."""
        known, name = self.page.known, self.page.name(spot)
        base = spot.named.kinds == {"base"}
        if not self._stands_alone(spot) or name in known.objects:
            return False
        if not base and spot.named.kinds.isdisjoint(_TOWNS):
            return False
        where = self._led_to(spot)
        if where is None or (base and not where):
            return False
        city = "city" in spot.named.kinds
        if name in known.nouns and where not in ON and (where or not city):
            return False
        if not self._told(spot, "led" if where else "hit"):
            return False
        # A word without its article may as well be an adjective or an adverb of the event (قصف مهين); a city
        # is named far more often than its word (قصف الجيش دوما).
        sure = bool(where) or city or name.startswith(THE)
        return sure or self._has_neighbours(spot, spot.places)

    def struck(self, spot: Spot) -> bool:
        """It stands where nothing but the place can stand that a side struck or took, whatever its kind."""
        known, name = self.page.known, self.page.name(spot)
        if not self._stands_alone(spot) or name in known.objects or name in known.nationalities:
            return False
        if SETTLED.isdisjoint(spot.named.kinds) or spot.prefix:
            return False
        person = not known.person_before.isdisjoint(name.split()) or name.startswith(_SHEIKH)
        return self._told(spot, "struck") or (not person and self._told(spot, "targeted"))

    def _stands_alone(self, spot: Spot) -> bool:
        """Whether no adjective or genitive goes on with the word: الطبقة الحاكمة."""
        after = self.page.after(spot.last)
        return _is_exact(spot) and (not after.startswith(THE) or after in self.page.known.particles)

    def _led_to(self, spot: Spot) -> str | None:
        """What leads to it from an event: ب, على, في …; "" where nothing does, None for another prefix."""
        before = self.page.before(spot.first)
        if spot.prefix:
            return BY if spot.prefix[-1:] == BY else None
        if spot.around or before in ON or before in self.page.known.to_places:
            return before
        return ""

    def _told(self, spot: Spot, says: str) -> bool:
        """Whether a rule of rules/names.toml says so."""
        anchor = Phrase("PLACE", spot.first, spot.last)
        scope = Scope(self.page.words, self.page.sentence_of(spot), anchor)
        return self.rules.first(says, scope) is not None

    def _has_neighbours(self, spot: Spot, towns: Iterable[Place]) -> bool:
        """Whether a place around one of the towns that a name may mean is named not far from it."""
        return any(
            distance_km(town, other) < _NEIGHBOURS_KM
            for town in towns
            for firm in self.firm
            if abs(firm.start - spot.start) < _COMPANY
            for other in firm.places
        )


def _peers(spot: Spot) -> Iterator[Spot]:
    """Its neighbours in a list, names that no gazetteer holds passed over."""
    for other in spot.listed:
        if other.places:
            yield other
        else:
            yield from (o for o in other.listed if o is not spot)


def _is_exact(spot: Spot) -> bool:
    return spot.hit is not None and spot.hit.method == "exact"


_Asked = tuple[tuple[str, Callable[[_Judge, Spot], bool]], ...]
#: What speaks for a name of the built-in lists.
_OF_LISTED: Final[_Asked] = (
    ("announced", _Judge.announced),
    ("settled", _Judge.settled),
    ("countryside", _Judge.countryside),
    ("listed", _Judge.listed),
    ("within", _Judge.within),
    ("nearby", _Judge.nearby),
    ("gone_to", _Judge.gone_to),
    ("fought_for", _Judge.fought_for),
    ("struck", _Judge.struck),
)
#: ... and for one that only the user's list has, which may hold half the dictionary.
_OF_IMPORTED: Final[_Asked] = (
    ("within", _Judge.within),
    ("of_that_kind", _Judge.of_that_kind),
    ("listed", _Judge.listed_at_home),
)
