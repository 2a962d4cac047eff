"""Names that stand where a place must but that no list holds as they are spelled."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from extraction.lexicon.clitics import AND, BY, HIS, THE
from extraction.reading.toponyms.beside import is_definite
from extraction.reading.toponyms.meant import SETTLED
from extraction.reading.toponyms.page import COMMAS, Page, Spot
from gazetteer.index import is_adjective
from gazetteer.orthography import PREFIX_LETTERS

#: The shapes of ة and of ه, which folding makes one.
_TA_MARBUTA: Final = frozenset("ةﺓﺔ")
#: Letters that bear a hamza, which folding takes away.
_HAMZA: Final = frozenset("أإآ")
_HA: Final = frozenset("هﻩﻪﻫﻬ")
_STOPS: Final = frozenset(".!?؟؛\n")
#: So many towns in a line show that what goes on is a line of towns.
_LINE: Final = 3
#: How verbs end that tell of several, and what they did to somebody: هاجموها.
_OF_VERBS: Final = ("وا", "وها", "وه", "وهم")
#: So many words at most are a name that no list holds.
_LONGEST: Final = 3


def find_unlisted(page: Page, spots: Sequence[Spot]) -> list[Spot]:
    """The names that no list holds, beside those that stand."""
    return _Unlisted(page, spots).find()


class _Unlisted:
    """Looks for them in one text. ``spots`` are all names met."""

    def __init__(self, page: Page, spots: Sequence[Spot]) -> None:
        self.page = page
        self.known = page.known
        self.found = [s for s in spots if s.accepted]
        self.foreign = [s for s in spots if s.is_foreign]
        self.abroad = {s.first for s in spots if s.bears_abroad}
        self._second_of_sites = {name.split()[1] for name in self.known.sites}
        self.taken = {at for s in self.found for at in range(s.first, s.last)}

    def find(self) -> list[Spot]:
        """Those behind a place word, then those that a line goes on with."""
        spots = [s for s in (self._add(*place) for place in self._announced()) if s is not None]
        spots += self._sites()
        known = self.known
        lines = [s for s in (*self.found, *spots) if s.word in known.several or s.word in known.heights]
        lines += [s for s in self.found if s.listed and not s.word and _is_line(s)]
        while lines:
            further = self._further(lines.pop())
            if further is not None:
                spots.append(further)
                lines.append(further)
        return spots

    def _further(self, spot: Spot) -> Spot | None:
        """The name with which a line goes on behind one; of two villages the second is one, whatever word."""
        known, word = self.known, spot.word
        pair = word in known.pairs
        if pair and self.page.cue_before(spot.first).kind != word:
            return None
        at, begin = self._line_goes_on(spot.last, word)
        kind = known.announces.get(word) or known.announces_within.get(word, "village")
        if begin:
            return self._add(word, kind, at, at, begin) or (self._ordinary(spot, at, begin) if pair else None)
        return None

    def _ordinary(self, spot: Spot, at: int, start: int) -> Spot | None:
        """The second of two villages, though its name be an ordinary word: قريتي حربل والخربة."""
        name = self.page.text[start : self.page.end(at)]
        further = self.page.after(at + 1)
        if not name.startswith(THE) or at in self.taken or self._is_no_name(name) or further.startswith(THE):
            return None
        found = Spot(at, at + 1, start, self.page.end(at), None, self.page.gazetteer.namesakes(()))
        found.word, found.kinds, found.accepted = spot.word, spot.kinds, True
        found.unlisted_kind, found.unlisted_first = self.known.announces[spot.word], start
        self.taken.add(at)
        return found

    def _announced(self) -> Iterator[tuple[str, str, int, int, int]]:
        """Where a name is surely expected and none is known: place word, kind, the word with which the name
        begins, the one behind the place word, which may be part of the name (تلة الشيخ يوسف), and where."""
        for at in range(self.page.words.count):
            word = self.page.known.announced(self.page.words.words[at])
            if not word or at + 1 in self.taken or not self.page.after(at + 1):
                continue
            if self._possessive(at) or self._is_other_word(at, word):
                continue
            quoted = self.page.text[self.page.start(at + 1) - 1] != " "
            within = word in self.known.announces_within and not quoted
            kind = self.known.announces.get(word) or self.known.announces_within[word]
            start = self.page.end(at) - len(word) if within else self.page.start(at + 1)
            yield word, kind, at if within else at + 1, at + 1, start

    def _sites(self) -> Iterator[Spot]:
        """The places that every city has, and no list: المنطقة الصناعية."""
        page = self.page
        for at in range(page.words.count - 1):
            second = page.words.words[at + 1]
            if second in self._second_of_sites and page.words.gap(at + 1) == " " and at + 1 not in self.taken:
                start = page.start(at) + (page.words.words[at][:1] != THE[:1])
                if page.text[start : page.end(at + 1)] in self.known.sites:
                    spot = Spot(at, at + 2, start, page.end(at + 1), None, page.gazetteer.namesakes(()))
                    spot.unlisted_kind, spot.unlisted_first, spot.accepted = "landmark", start, True
                    yield spot

    def _possessive(self, at: int) -> bool:
        """Whether a place word ends in ه where the text writes ة: بلده is his country, not a town."""
        page, end = self.page, self.page.end(at)
        if page.text[end - 1] != HIS or _TA_MARBUTA.isdisjoint(page.original):
            return False
        return page.original[page.words.normalised.span(end - 1, end)[0]] in _HA

    def _is_other_word(self, at: int, word: str) -> bool:
        """Whether the lexicon has the word for another, with a letter before it: وأدى is folded like وادي."""
        words = self.page.words
        if words.words[at] != word or not any(tag.prefix for tag in words.tags_at(at)):
            return False
        return not _HAMZA.isdisjoint(self.page.original[words.start(at) : words.end(at)])

    def _add(self, word: str, kind: str, begin: int, at: int, start: int) -> Spot | None:
        """The name at a word, if one can be there and it is not abroad."""
        if at in self.taken or at in self.abroad:
            return None
        spot = self._read(word, kind, begin, at, start)
        if spot is None or not self.taken.isdisjoint(range(spot.first, spot.last)):
            return None
        if self.page.masked(spot.start, spot.end) or self._elsewhere(spot):
            return None
        self.taken.update(range(spot.first, spot.last))
        return spot

    def _read(self, word: str, kind: str, begin: int, at: int, start: int) -> Spot | None:
        """Read the name from a word on: nearly a known one, or a proper one that nobody knows. ``start`` is
        where it begins, prefix letters left out."""
        page = self.page
        tokens = self._tokens(at)
        if begin == at:
            tokens[0] = page.text[start : page.end(at)]
        count, near = self._nearly(tokens, word)
        first, own = (at, start if begin == at else page.start(at)) if count else (begin, start)
        count = count or self._proper(tokens, word)
        if not count:
            return None
        spot = Spot(first, at + count, own, page.end(at + count - 1), None, page.gazetteer.namesakes(near))
        spot.word, spot.kinds = word, self.known.kinds.get(word, ())
        spot.unlisted_kind, spot.unlisted_first, spot.accepted = kind, start, True
        return spot

    def _nearly(self, tokens: list[str], word: str) -> tuple[int, tuple[str, ...]]:
        """How many words are nearly a known name, and the ids of its places; zero and none."""
        for count in range(len(tokens), 0, -1):
            if count == 1 and self._is_ordinary(tokens[0]):
                break
            if near := self._near(" ".join(tokens[:count]), word):
                return count, near
        return 0, ()

    def _tokens(self, at: int) -> list[str]:
        """The words from one on that may belong to one name: nothing but single blanks between them."""
        page = self.page
        last = at + 1
        while last < min(at + _LONGEST, page.words.count) and page.words.gap(last) == " ":
            last += 1
        return list(page.words.words[at:last])

    def _is_ordinary(self, word: str) -> bool:
        known = self.known
        adjective = not word.startswith(THE) and is_adjective(word)
        return word in known.common or word in known.name_heads or adjective

    def _near(self, name: str, word: str) -> tuple[str, ...]:
        """The ids of the places, of the kinds that a place word announces, whose names are nearly a name."""
        kinds, places = self.known.kinds.get(word, ()), self.page.gazetteer.places
        ids = dict.fromkeys(i for n, _ in self.page.index.near(name) for i in n.place_ids)
        return tuple(i for i in ids if not kinds or places[i].kind in kinds)

    # -- a line of names -----------------------------------------------------------------------------

    def _line_goes_on(self, at: int, word: str) -> tuple[int, int]:
        """The word with which the next name of a line begins and where, if what follows is و or a comma and a
        name that ends the line or is itself followed by و, a comma or the wider place: بلدات صدد وفيروزة وكفر
        عايا بريف حمص; else zeros. After a hill only another height goes on: تلة الزيارة وبرج زاهية."""
        page, known = self.page, self.known
        if at >= page.words.count:
            return 0, 0
        gap, token, start = page.words.gap(at), page.words.words[at], page.start(at)
        comma = gap[:1] in COMMAS and gap != ""
        if gap[comma:].strip(" "):
            return 0, 0
        if token[:1] == AND:
            token, start = token[1:], start + 1
        elif not comma:
            return 0, 0
        head = token in known.name_heads
        if not head and (len(token) < 3 or word in known.heights):
            return 0, 0
        last = at + 1 + head
        if page.after(last) in known.name_tails and page.words.gap(last) == " ":
            last += 1
        pair = word in known.pairs and not comma and not page.after(last).startswith(THE)
        ends = pair or self._ends_name(last, comma and not head)
        return (at, start) if ends else (0, 0)

    def _ends_name(self, last: int, bare: bool) -> bool:
        """Whether a name of a line may end before a word. ``bare`` is one that only a comma brought."""
        page = self.page
        gap = page.words.gap(last)
        if gap and gap[0] not in " \n":
            return gap[0] in COMMAS or gap[0] in _STOPS
        further = page.after(last)
        if bare:
            return further[:1] == AND
        cue = page.cue(further)
        inside = further[:1] == BY and (cue.kind != "" or cue.countryside)
        return not further or further[0] == AND or further in self.known.within or inside or cue.around

    # -- what can be a name --------------------------------------------------------------------------

    def _proper(self, tokens: list[str], word: str) -> int:
        """How many of the words after a place word are the name of a place; 0 for none."""
        known, first = self.known, tokens[0]
        if word in known.heights and (count := self._height(tokens)):
            return count
        count = self._headed(tokens) if first in known.name_heads else int(self._is_proper(first))
        tail = (*tokens, "")[count]
        return count + (count > 0 and tail.startswith(THE) and tail in known.name_tails)

    def _headed(self, tokens: list[str]) -> int:
        """How many words are a name that begins with a word like كفر; 0 where an ordinary word follows."""
        known = self.known
        if len(tokens) < 2:
            return 0
        second = tokens[1]
        if second in known.common and second not in known.person_before and not second.startswith(THE):
            return 0
        return 3 if len(tokens) > 2 and second in known.name_heads else 2

    def _is_proper(self, word: str) -> bool:
        """Whether a word can be nothing but a name."""
        known, bare = self.known, word.removeprefix(THE)
        if len(word) < 3 or not word.isalpha() or word.isascii() or word[0] == AND:
            return False  # "took villages and cut the road"
        rest = word[1:] if word[0] in PREFIX_LETTERS else word
        if not known.common.isdisjoint((word, bare, rest)) or word.endswith(_OF_VERBS):
            return False
        if THE + word in known.name_tails:
            return False  # نهر صغير
        if self._is_no_name(word) or self._is_no_name(rest):
            return False
        return word != bare or not (is_definite(word) or is_adjective(word))

    def _is_no_name(self, word: str) -> bool:
        """Whether a word announces places, a side or a land, with or without its article."""
        known = self.known
        words = (known.nationalities, known.compass, known.countryside, known.kinds, known.groups)
        return any(form in some for some in words for form in (word, word.removeprefix(THE)))

    def _height(self, tokens: list[str]) -> int:
        """How many ordinary words after "hill" are its name; 0 for none. The hill of something has that for
        its name, be it a word or two: تلة الزيارة, تلة صدر البستان; but not تلة وسط المدينة."""
        known = self.known
        for count, token in enumerate(tokens[:2], 1):
            if token.startswith(THE) and len(token) > 4:
                ordinary = token in known.compass or token in known.nationalities
                return 0 if ordinary or known.announces_by_itself(token) else count
            cue = self.page.cue(token)
            if len(token) < 3 or cue.links or cue.around or token in known.particles or is_adjective(token):
                return 0
        return 0

    def _elsewhere(self, spot: Spot) -> bool:
        """Whether an unlisted name lies abroad, for all the text tells: nothing Syrian is near it."""
        page, found, foreign = self.page, self.found, self.foreign
        if page.after(spot.last) in self.known.nationalities:
            return True
        sentence = page.sentence_of(spot)
        home, away = (_gap(spot, names, sentence.first, sentence.last) for names in (found, foreign))
        if home < math.inf:
            return away < home
        if away < math.inf or (not found and bool(foreign)) or spot.kinds[:1] == ("city",):
            return True
        all_text = (0, page.words.count)
        return _gap(spot, found, *all_text) > _gap(spot, foreign, *all_text)


def _is_line(spot: Spot) -> bool:
    """Whether a town or village ends a line of three names or more, so that a further word is one too."""
    length = 1
    while spot.accepted and not SETTLED.isdisjoint(spot.named.kinds):
        if length == _LINE:
            return True
        before = [s for s in spot.listed if s.start < spot.start]
        if not before:
            return False
        spot, length = before[0], length + 1
    return False


def _gap(spot: Spot, others: Sequence[Spot], first: int, last: int) -> float:
    """Characters from a name to the nearest of others that begin from word first to last; infinite for none.
    The others are in order and none overlaps another."""
    at = bisect_left(others, spot.start, key=lambda s: s.start)
    near = [s for s in others[max(0, at - 1) : at + 1] if first <= s.first < last]
    return min((max(s.start - spot.end, spot.start - s.end) for s in near), default=math.inf)
