"""Place names in a text: every name the gazetteer holds, and those it does not but should.

The index finds names; this module reads the words around them, as a reader of newswire does: whether an
ordinary word is meant as a name, whether a name belongs to a group, a person or a government, which
wider place it is put in, and what stands after ``بلدة`` or ``حي`` that no list holds.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extraction.lexicon.clitics import AND, BY, DEFINITE, FOR, HIS, LIKE, SO, THE
from extraction.lexicon.particles import FROM, ON, WITH, particles
from extraction.records import Mention
from gazetteer.index import PREFIXES, SCORES, Beside, Hit, NameIndex, PlaceWords, is_adjective
from gazetteer.orthography import PREFIX_LETTERS, Normalised
from gazetteer.place import AREA_KINDS, Place, distance_km
from gazetteer.reasons import Reason, written
from gazetteer.resolve import Choice, Evidence, contradicts, rank
from gazetteer.sources import FIRM, NOBODY, Gazetteer, Namesakes

#: Quotes and brackets that may stand between a word and the name it announces: حي «الخالدية».
_SOFT: Final = frozenset(" \u00a0«»\"“”„'‘’()[]ـ")
_COMMAS: Final = frozenset("،,")
_SENTENCE_ENDS: Final = frozenset(".!?؟؛\n")

_BREAK: Final = re.compile(f"[{re.escape(''.join(_SENTENCE_ENDS))}:\\-–]")
_WORD: Final = re.compile(r"[^\W_]+")
_NEXT_WORD: Final = re.compile(rf"[{re.escape(''.join(_SOFT))}]*([^\W_]*)")
#: The shapes of ة and of ه, which folding makes one.
_TA_MARBUTA: Final = frozenset("ةﺓﺔ")
_HA: Final = frozenset("هﻩﻪﻫﻬ")
_SENTENCE_END: Final = re.compile(f"[{re.escape(''.join(_SENTENCE_ENDS))}]")

_IN: Final = particles("in", "and_in")
_BETWEEN: Final = particles("between", "and_between")
_THAT: Final = particles("that", "by_that", "and_that", "but")
#: How a word with its article may begin.
_DEFINITE: Final = (
    *(c + p for c in ("", AND) for p in (*DEFINITE, BY + THE)),
    SO + THE,
    LIKE + THE,
)

#: Two names further apart than this are not read as one phrase (characters).
_PHRASE: Final = 60

#: How many names on either side are looked at for the company a name keeps.
_WINDOW: Final = 8

#: How many wider places are read behind a name: قرية في منطقة في محافظة في بلد.
_CHAIN: Final = 4

#: A place put beside a compass word or "near" lies somewhere around it (kilometres).
_AROUND_KM: Final = 10.0
#: How far away it is told to be: على بعد 20 كم.
_AWAY: Final = re.compile(r"(\d{1,3})\s*(?:كم|كلم|كيلومتر\w*|كيلو متر\w*)\s[^\d.،]*$")
_FARTHEST_KM: Final = 200.0
#: ... and one in the countryside of a town that has no region of its own.
_COUNTRYSIDE_KM: Final = 15.0

#: A town whose name is a word needs another place this near, in the text (characters) and on the map.
_COMPANY: Final = 1500
_NEIGHBOURS_KM: Final = 45.0

_SETTLED: Final = frozenset({"city", "town", "village"})

#: So many towns in a line show that what goes on is a line of towns.
_LINE: Final = 3

#: A near miss further than this from every other place of the article is another, unlisted place.
_STRAY_KM: Final = 50.0


#: What sets the scene of a sentence or heads a list, within so many words of where the sentence begins.
_AREAS: Final = frozenset({"governorate", "region", "city"})
_OPENING: Final = 3
_OPENING_SIZE: Final = 200  # code points before a name among which the head of its sentence or line is

#: Places that many a governorate has under one name, and how far (kilometres, beyond the radius of the other)
#: one may lie from what it is told to be near, listed with, within, and from so many names on either side.
_DEGREE_KM: Final = 111.2
_MINOR: Final = frozenset({"village", "neighbourhood", "hill", "camp"})
_NEAR_KM: Final = 40.0
_LISTED_KM: Final = 100.0
_SETTING_KM: Final = 40.0
_AMONG: Final = 4
_AMONG_KM: Final = 100.0


@dataclass(slots=True)
class _Spot:
    """One name in the text while it is being read. ``word`` is the place word before it ("" for none)."""

    start: int
    end: int
    hit: Hit | None
    named: Namesakes
    word: str = ""
    kinds: tuple[str, ...] = ()
    sentence: int = 0
    accepted: bool = False
    refused: bool = False
    country: bool = False
    sides: frozenset[str] = frozenset()
    around: bool = False
    away_km: float = 0.0
    contained: bool = False
    within: tuple["_Spot", ...] = ()
    near: tuple["_Spot", ...] = ()
    listed: tuple["_Spot", ...] = ()
    unlisted_kind: str = ""
    unlisted_start: int = 0
    opens: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """What the name may mean; none for a name that no list holds."""
        return self.named.places


def find_toponyms(
    doc_id: str,
    text: str,
    normalised: Normalised,
    gazetteer: Gazetteer,
    masks: Sequence[tuple[int, int]],
    events: Sequence[tuple[int, int]] = (),
) -> tuple[Mention, ...]:
    """The place names of a text, in order, none overlapping.

    ``masks`` are spans of the normalised text that are names of groups, outlets or persons: no mention
    overlaps one, unless the place name is longer and holds it whole. ``events``, in order, are spans of words
    that tell an event of war (سيطر، قصف): they show that a town is meant whose name is also a word. The
    mentions' offsets are those of ``text``.
    """
    reader = _Reader(text, normalised, gazetteer, _Masks(masks), events)
    spots = reader.read()
    mentions = []
    for number, spot in enumerate(spots):
        choice = reader.resolve(number) if spot.places else None
        if choice is None and not spot.unlisted_kind:
            spot.unlisted_kind = (*spot.kinds, *(p.kind for p in spot.places), "village")[0]
        elif choice is None:
            spot.start = spot.unlisted_start
        start, end = normalised.span(spot.start, spot.end)
        mentions.append(_mention(doc_id, text, start, end, spot, choice))
    return tuple(mentions)


def _mention(doc_id: str, text: str, start: int, end: int, spot: _Spot, choice: Choice | None) -> Mention:
    if choice is None:
        return Mention(
            doc_id, start, end, text[start:end], "", "", "", spot.unlisted_kind, "", None, None, None, 0.3,
            "unresolved", "unlisted",
        )  # fmt: skip
    place = choice.place
    method = spot.hit.method if spot.hit else "fuzzy"
    radius, reasons = place.radius_km, choice.reasons
    if spot.country and place.kind not in AREA_KINDS:
        radius, reasons = max(radius, _COUNTRYSIDE_KM), (*reasons, Reason("its_countryside"))
    elif spot.around:
        radius = max(radius, spot.away_km + place.radius_km if spot.away_km else _AROUND_KM)
        reasons = (*reasons, Reason("within", f"{radius:.0f}"))
    return Mention(
        doc_id, start, end, text[start:end], place.id, place.name_ar, place.name_en, place.kind, place.admin1,
        place.lat, place.lon, radius, round(choice.score * SCORES[method], 3), method, written(reasons),
    )  # fmt: skip


#: What the countryside of a name is: the governorate of that name, else the district.
_WIDE: Final = ("governorate", "district")
_NO_EVIDENCE: Final = Evidence()


class _Reader:
    """Reads one normalised text."""

    def __init__(
        self,
        original: str,
        normalised: Normalised,
        gazetteer: Gazetteer,
        masked: "_Masks",
        events: Sequence[tuple[int, int]],
    ) -> None:
        self.masked = masked
        self.event_ends = [end for _, end in events]
        self.original = original
        self.normalised = normalised
        self.text = normalised.text
        self.gazetteer = gazetteer
        self.index: NameIndex = gazetteer.index
        self.words: PlaceWords = self.index.words
        self.cue = self.words.cue
        self.spots: list[_Spot] = []
        self.sentences: list[int] = []
        self.anchors: list[tuple[int, Place]] = []
        self.anchor_starts: list[int] = []
        self.headings: list[int] = []
        self.firm: list[_Spot] = []
        self.ends = [m.start() for m in _SENTENCE_END.finditer(self.text)]

    # -- reading -------------------------------------------------------------------------------------

    def read(self) -> list[_Spot]:
        """The names that stand, those no list holds among them, in order."""
        hits = [
            h for h in self.index.find(self.text) if not self.masked.cover(h.start, h.end) or self._is_base(h)
        ]
        namesakes = self.gazetteer.namesakes
        self.spots = [_Spot(h.start, h.end, h, namesakes(h.place_ids)) for h in hits]
        for spot in self.spots:
            self._surroundings(spot)
        self._link()
        self._accept()
        found = [s for s in self.spots if s.accepted]
        found += self._unlisted(found)
        found.sort(key=lambda s: s.start)
        for spot in found:
            spot.sentence = bisect_left(self.ends, spot.start)
        self.spots = found
        self.sentences = [s.sentence for s in found]
        self.anchors = [(s.start, s.named.anchor) for s in found if s.named.anchor is not None]
        self.anchor_starts = [start for start, _ in self.anchors]
        for number, spot in enumerate(found):
            spot.opens = self._opens(spot)
            if self._heads(spot):
                self.headings.append(number)
        return found

    def _is_base(self, hit: Hit) -> bool:
        """Whether the name of a unit means its base: where something is or is done (محيط الفرقة 17)."""
        if hit.prefix or self.gazetteer.namesakes(hit.place_ids).kinds != {"base"}:
            return False
        before, _ = self.word_before(hit.start)
        cue = self.cue(before)
        at = before in ON or before in self.words.to_places
        return at or cue.within or cue.around or cue.compass or cue.kind != ""

    def word_before(self, at: int) -> tuple[str, int]:
        """The word that ends before an offset, past spaces and quotes, and where it begins; "" for none."""
        text = self.text
        if text[at - 1 : at] == " ":  # as nearly always
            start = text.rfind(" ", 0, at - 1) + 1
            if (word := text[start : at - 1]).isalnum():
                return word, start
        end = at
        while end and text[end - 1] in _SOFT:
            end -= 1
        start = end
        while start and text[start - 1].isalnum():
            start -= 1
        return text[start:end], start

    def word_after(self, at: int) -> tuple[str, int, int]:
        """The word that begins after an offset, past spaces and quotes, and its span; "" for none."""
        found = _NEXT_WORD.match(self.text, at)
        return (found[1], found.start(1), found.end(1)) if found else ("", at, at)

    def _surroundings(self, spot: _Spot) -> None:
        """Read the words beside a name: the place word, ريف, the compass; refuse what is no place."""
        hit = spot.hit
        if hit is None or not spot.places:
            return
        words, prefix = self.words, hit.prefix
        begin = spot.start - len(prefix)
        before, at = self.word_before(begin)
        if BY in prefix or FOR in prefix:
            # ب and ل end the phrase before them: what stands there announces something else.
            if prefix[-1] == FOR:
                spot.refused = (
                    self.text[spot.start : spot.end] in words.capitals and before in words.government_for
                )
                spot.country, spot.sides = self._countryside_before(before, at)
            return
        cue = self.cue(before)
        if cue.kind:
            spot.word, spot.kinds = cue.kind, words.kinds[cue.kind]
            self._add_tail(spot, at)
        elif cue.countryside:
            spot.country = True
            spot.sides = self._sides_after(spot.end)
        elif cue.compass or cue.around or (before in FROM and self.cue(self.word_before(at)[0]).around):
            spot.around = True
            told = _AWAY.search(self.text, max(0, begin - _PHRASE), begin)
            spot.away_km = min(float(told[1]), _FARTHEST_KM) if told else 0.0
        if not prefix:
            self._refuse(spot, before, at, cue)

    def _add_tail(self, spot: _Spot, at: int) -> None:
        """Take the half of a village into its name: بلدة الغارية الغربية, but ريف بلدة الغارية الغربي."""
        words = self.words
        if spot.word not in words.announces or spot.word in words.several or spot.named.firm:
            return
        tail, start, end = self.word_after(spot.end)
        if tail not in words.name_tails or self.text[spot.end : start] != " ":
            return
        if not self.cue(self.word_before(at)[0]).countryside:
            spot.end = end

    def _countryside_before(self, word: str, at: int) -> tuple[bool, frozenset[str]]:
        """Whether the words up to ل are those of الريف الشمالي الغربي لحماة, and the sides they name."""
        sides: set[str] = set()
        while word in self.words.compass:
            sides.add(self.words.compass[word])
            word, at = self.word_before(at)
        before, _, noun = word.partition(THE)
        if sides and noun in self.words.countryside and before in ("", *PREFIXES):
            return True, frozenset(sides)
        return False, frozenset()

    def _sides_after(self, at: int) -> frozenset[str]:
        sides: set[str] = set()
        for _ in range(2):
            word, _, at = self.word_after(at)
            if not word.startswith(THE) or word not in self.words.compass:
                break
            sides.add(self.words.compass[word])
        return frozenset(sides)

    def _refuse(self, spot: _Spot, before: str, at: int, cue: Beside) -> None:
        words = self.words
        name = self.text[spot.start : spot.end]
        if cue.group:
            spot.refused = True
        elif before in words.group_inner:
            second, at = self.word_before(at)
            spot.refused = self.cue(second).group or self.cue(self.word_before(at)[0]).group
        elif before in words.name_heads and self.cue(self.word_before(at)[0]).announces:
            # قرية قصر البريج is another place than البريج.
            spot.refused = True
        elif name in words.adjectives and _is_definite(before):
            # إلى begins like a noun with its article.
            spot.refused = before not in words.to_places
        elif before in words.person_before:
            spot.refused = not spot.word
        if name in words.capitals and not spot.word:
            after, second = self.word_after(spot.end)[0], self.word_before(at)[0]
            spot.refused |= (
                cue.government
                or (before in WITH and second in words.government_with)
                or (before in ON and second in words.government_on)
                or (after in words.government_after and before in _THAT)
            )

    def _link(self) -> None:
        """Join names into lists and put each into the wider place named after it."""
        for left, right in reversed(list(pairwise(self.spots))):
            link = self._relation(left, right)
            if link == "list":
                left.within, left.near = right.within, right.near
                left.listed += (right,)
                right.listed += (left,)
                if self.text[left.start : left.end] in self.words.capitals and _is_foreign(right):
                    left.refused = True
                if self.text[right.start : right.end] in self.words.capitals and _is_foreign(left):
                    right.refused = True
            elif link == "within":
                left.within = (right, *right.within[: _CHAIN - 1])
                left.contained = True
            elif link == "near":
                left.near = (right,)
        for spot in self.spots:
            for right in spot.listed:
                if right.start > spot.start and not right.kinds and not right.country and spot.kinds:
                    right.word, right.kinds = spot.word, spot.kinds
                    right.country, right.sides = spot.country, spot.sides
                if right.start > spot.start and self.word_before(spot.start)[0] in _BETWEEN:
                    right.around = True
            # قرى عفرين are the villages of that city, not some of that name.
            if spot.word in self.words.several and not spot.listed and spot.named.firm:
                spot.word, spot.kinds = "", ()

    def _relation(self, left: _Spot, right: _Spot) -> str:
        """How the name on the left stands to the next: "list", "within", "near" or ""."""
        prefix = right.hit.prefix if right.hit else ""
        begin = right.start - len(prefix)
        if begin - left.end > _PHRASE:
            return ""
        first = _WORD.search(self.text, left.end, begin)
        if (first and not self.cue(first[0]).links) or _BREAK.search(self.text, left.end, begin):
            return ""
        gap = self.text[left.end : begin]
        comma = not _COMMAS.isdisjoint(gap)
        tokens = [self.cue(token) for token in _WORD.findall(gap)]
        if prefix[:1] == AND or comma or (tokens and tokens[0].joins):
            if prefix[-1:] in ("", AND) and all(t.kind or t.conjunction or t.countryside for t in tokens):
                return "list"
            if not comma or prefix[:1] == AND:
                return ""
        inside = prefix[-1:] == BY
        for token in tokens:
            if token.within:
                inside = True
            elif not (token.compass or token.beside or token.kind):
                return ""
        if inside:
            return "within"
        return "near" if tokens or prefix[-1:] == FOR else ""

    # -- deciding ------------------------------------------------------------------------------------

    def _accept(self) -> None:
        doubted: list[tuple[_Spot, str]] = []
        for spot in self.spots:
            if not spot.places or spot.refused or spot.hit is None:
                continue
            if not spot.hit.doubtful:
                spot.accepted = not self._abroad(spot)
                continue
            doubted.append((spot, self.text[spot.start : spot.end]))
        self.firm = [s for s in self.spots if s.accepted]
        known: set[str] = set()
        for again in (False, True):
            for spot, name in doubted:
                # Only by what it is listed with can a name be meant that was not meant before.
                if spot.accepted or (again and not spot.listed and name not in known):
                    continue
                again_meant = name in known and self.word_before(spot.start)[0] not in self.words.verb_before
                if (again_meant or self._meant(spot)) and not self._abroad(spot):
                    spot.accepted = True
                    if spot.word:
                        known.add(name)

    def _abroad(self, spot: _Spot) -> bool:
        """Whether the words around put a minor place outside Syria: قرية X التركية, حي X بالموصل."""
        if spot.named.firm and (not spot.kinds or spot.named.firm.intersection(spot.kinds)):
            return False
        if self.word_after(spot.end)[0] in self.words.nationalities:
            return True
        if any(_is_foreign(s) for s in (*spot.within[:1], *spot.near)):
            return True
        if not spot.listed or spot.kinds or spot.within:
            return False
        listed = [s for s in spot.listed if s.hit and not s.hit.doubtful]
        return bool(listed) and all(_is_foreign(s) for s in listed)

    def _meant(self, spot: _Spot) -> bool:
        """Whether an ordinary word is meant as a name here."""
        if spot.named.imported:
            return self._imported_meant(spot)
        name = self.text[spot.start : spot.end]
        if name in self.words.compass or self.words.announces_by_itself(name):
            return not spot.named.kinds.isdisjoint(spot.kinds)
        exact = spot.hit is not None and spot.hit.method == "exact"
        abroad_too = spot.hit is not None and spot.hit.foreign
        if (
            spot.word
            and not abroad_too
            and ((exact and not spot.kinds) or not spot.named.kinds.isdisjoint(spot.kinds))
        ):
            return True
        # Reporters call many a village a town.
        settled = not (_SETTLED.isdisjoint(spot.kinds) or _SETTLED.isdisjoint(spot.named.kinds))
        if exact and not abroad_too and settled:
            return True
        if spot.country and not spot.named.kinds.isdisjoint(("city", "town", "district", "region")):
            return True
        if any(_together(self.gazetteer, spot, other) for other in spot.listed if other.accepted):
            return True
        if any(_together(self.gazetteer, spot, wider) for wider in spot.within if wider.places):
            return True
        if not exact or (not name.startswith(THE) and self.word_after(spot.end)[0].startswith(THE)):
            return False
        return self._gone_to(spot) or self._fought_for(spot)

    def _fought_for(self, spot: _Spot) -> bool:
        """Whether a town with an ordinary word's name is what an event of war is told of: سيطر الجيش على
        القصير, قصف نوى, اشتباكات في دوما. What forces also take or hit (المزرعة) is left out; a word that
        stands after such words anyhow is meant after على (السيطرة على كسب), and a city where it is taken or
        hit itself (قصف الباب). A unit is meant for its base (هجوم على اللواء 121), but it also strikes."""
        name = self.text[spot.start : spot.end]
        words = self.words
        after = self.word_after(spot.end)[0]
        if after.startswith(THE) and after not in words.particles:
            return False  # الطبقة الحاكمة
        prefix = spot.hit.prefix if spot.hit else ""
        base = spot.named.kinds == {"base"}
        if name in words.objects or not (base or not spot.named.kinds.isdisjoint(("city", "town"))):
            return False
        begin = spot.start - len(prefix)
        before, at = self.word_before(begin)
        if prefix[-1:] == BY:
            reached, at = BY, begin
        elif not prefix and (spot.around or before in ON or before in words.to_places):
            reached = before
        elif not prefix and not base:
            reached, at = "", self._after_actor(begin)
        else:
            return False
        if name in words.nouns and reached not in ON and (reached or "city" not in spot.named.kinds):
            return False
        event = bisect_right(self.event_ends, at) - 1
        if event < 0:
            return False
        gap = self.text[self.event_ends[event] : at]
        if reached:
            return len(gap) <= _PHRASE and not _BREAK.search(gap)
        if gap.strip():
            return False
        # A word without its article may as well be an adjective or an adverb of the event (قصف مهين); a city
        # is named far more often than its word (قصف الجيش دوما).
        known = name.startswith(THE) or "city" in spot.named.kinds
        return known or self._has_neighbours(spot, spot.places)

    def _after_actor(self, at: int) -> int:
        """Where the group begins that is named before an offset (دخل الجيش الحر X); the offset for none."""
        masked = self.masked.before(at)
        return masked[0] if masked and not self.text[masked[1] : at].strip() else at

    def _gone_to(self, spot: _Spot) -> bool:
        """Whether a town with an ordinary word's name stands where one goes or is: في القصير, من نوى, among
        places of its neighbourhood. Words that stand there anyhow (في الباب) are left out."""
        name = self.text[spot.start : spot.end]
        towns = [p for p in spot.places if p.kind in ("city", "town")]
        if not towns or name in self.words.nouns or spot.hit is None or spot.hit.prefix:
            return False
        if self.word_before(spot.start)[0] not in self.words.to_places:
            return False
        return self._has_neighbours(spot, towns)

    def _has_neighbours(self, spot: _Spot, towns: Iterable[Place]) -> bool:
        """Whether a place around one of the towns that a name may mean is named not far from it."""
        return any(
            distance_km(town, other) < _NEIGHBOURS_KM
            for town in towns
            for spot_ in self.firm
            if abs(spot_.start - spot.start) < _COMPANY
            for other in spot_.places
        )

    def _imported_meant(self, spot: _Spot) -> bool:
        """Whether a doubtful name that only the user's list has is meant. A list of every hamlet has half
        the dictionary in it: it takes the word that announces that very kind (قرية), a list of places or the
        wider place named after it."""
        if any(_together(self.gazetteer, spot, wider) for wider in spot.within if wider.places):
            return True
        if spot.hit is not None and spot.hit.foreign:
            return False
        if not spot.named.kinds.isdisjoint(spot.kinds):
            return True
        return any(_together(self.gazetteer, spot, other) for other in spot.listed if other.accepted)

    # -- names that no list holds --------------------------------------------------------------------

    def _unlisted(self, found: list[_Spot]) -> list[_Spot]:
        """The names that stand where a place must but that no list holds as they are spelled."""
        spots: list[_Spot] = []
        taken = bytearray(len(self.text) + 1)  # 1 where a name stands
        for spot in found:
            taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
        foreign = [s for s in self.spots if _is_foreign(s)]
        abroad = {s.start for s in self.spots if s.hit and s.hit.foreign}

        def add(word: str, kind: str, begin: int, after: int) -> _Spot | None:
            if taken[after] or after in abroad:
                return None
            spot = self._unlisted_at(word, kind, begin, after)
            if spot is None or 1 in taken[spot.start : spot.end] or self.masked.cover(spot.start, spot.end):
                return None
            if self._elsewhere(spot, found, foreign):
                return None
            spots.append(spot)
            taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
            return spot

        for word, kind, begin, after in self._announced(taken):
            add(word, kind, begin, after)
        words = self.words
        lines = [s for s in (*found, *spots) if s.word in words.several or s.word in words.heights]
        lines += [s for s in found if s.listed and not s.word and self._is_line(s)]
        while lines:
            spot = lines.pop()
            begin = self._line_goes_on(spot.end, spot.word)
            if begin:
                kind = words.announces.get(spot.word) or words.announces_within.get(spot.word, "village")
                further = add(spot.word, kind, begin, begin)
                if further is not None:
                    lines.append(further)
        return spots

    def _is_line(self, spot: _Spot) -> bool:
        """Whether a town or village ends a line of three names or more, so that a further word is one too."""
        length = 1
        while spot.accepted and not _SETTLED.isdisjoint(spot.named.kinds):
            if length == _LINE:
                return True
            before = [s for s in spot.listed if s.start < spot.start]
            if not before:
                return False
            spot, length = before[0], length + 1
        return False

    def _announced(self, taken: Sequence[int]) -> Iterator[tuple[str, str, int, int]]:
        """Where a name is surely expected and none is known: place word, kind, where the name begins, the
        word after it."""
        words = self.words
        for word, start, end in self.index.find_place_words(self.text):
            if (end < len(taken) - 1 and taken[end + 1]) or self._possessive(end):
                continue
            name, after, _ = self.word_after(end)
            if name and after > end:
                quoted = self.text[after - 1] != " "
                within = word in words.announces_within and not quoted
                kind = words.announces.get(word) or words.announces_within[word]
                yield word, kind, start if within else after, after

    def _line_goes_on(self, at: int, word: str) -> int:
        """Where the next name of a line begins, if what follows is و or a comma and a name that ends the line
        or is itself followed by و, a comma or the wider place: بلدات صدد وفيروزة وكفر عايا بريف حمص; else 0.
        After a hill only the name of another height goes on: تلة الزيارة وبرج زاهية."""
        comma = self.text[at : at + 1] in _COMMAS
        token, start, end = self.word_after(at + comma)
        if self.text[at + comma : start].strip(" "):
            return 0
        if token[:1] == AND:
            token, start = token[1:], start + 1
        elif not comma:
            return 0
        heads = self.words.name_heads
        if token not in heads and (len(token) < 3 or word in self.words.heights):
            return 0
        if token in heads:
            end = self.word_after(end)[2]
        tail, tail_start, tail_end = self.word_after(end)
        if tail in self.words.name_tails and self.text[end:tail_start] == " ":
            end = tail_end
        follows = self.text[end : end + 1]
        if follows and follows not in " \n":
            return start if follows in _COMMAS or follows in _SENTENCE_ENDS else 0
        further = self.word_after(end)[0]
        if comma and token not in heads:
            return start if further[:1] == AND else 0
        cue = self.cue(further)
        inside = further[:1] == BY and (cue.kind or cue.countryside)
        on = not further or further[0] == AND or further in self.words.within or inside or cue.around
        return start if on else 0

    def _possessive(self, end: int) -> bool:
        """Whether a place word ends in ه where the text writes ة: بلده is his country, not a town."""
        if self.text[end - 1] != HIS or _TA_MARBUTA.isdisjoint(self.original):
            return False
        return self.original[self.normalised.span(end - 1, end)[0]] in _HA

    def _unlisted_at(self, word: str, kind: str, begin: int, after: int) -> _Spot | None:
        words = self.words
        spans: list[tuple[int, int]] = []
        at = after
        for _ in range(3):
            token, start, end = self.word_after(at)
            if not token or (spans and self.text[at:start] != " "):
                break
            spans.append((start, end))
            at = end
        if not spans:
            return None
        tokens = [self.text[a:b] for a, b in spans]
        for count in range(len(tokens), 0, -1):
            if count == 1 and (
                tokens[0] in words.common
                or tokens[0] in words.name_heads
                or (not tokens[0].startswith(THE) and is_adjective(tokens[0]))
            ):
                break
            near = self._near(" ".join(tokens[:count]), word)
            if near:
                return _Spot(
                    spans[0][0],
                    spans[count - 1][1],
                    None,
                    self.gazetteer.namesakes(near),
                    word,
                    words.kinds.get(word, ()),
                    unlisted_kind=kind,
                    unlisted_start=begin,
                )
        count = self._proper(tokens, word)
        if not count:
            return None
        return _Spot(
            begin,
            spans[count - 1][1],
            None,
            NOBODY,
            word,
            words.kinds.get(word, ()),
            unlisted_kind=kind,
            unlisted_start=begin,
        )

    def _near(self, name: str, word: str) -> tuple[str, ...]:
        """The ids of the places, of the kinds that a place word announces, whose names are nearly a name."""
        kinds, places = self.words.kinds.get(word, ()), self.gazetteer.places
        ids = dict.fromkeys(i for n, _ in self.index.near(name) for i in n.place_ids)
        return tuple(i for i in ids if not kinds or places[i].kind in kinds)

    def _proper(self, tokens: list[str], word: str) -> int:
        """How many of the words after a place word are the name of a place; 0 for none."""
        words = self.words
        first = tokens[0]
        if word in words.heights and (count := self._height(tokens)):
            return count
        if first in words.name_heads:
            ordinary = len(tokens) > 1 and tokens[1] in words.common and tokens[1] not in words.person_before
            if len(tokens) < 2 or (ordinary and not tokens[1].startswith(THE)):
                return 0
            count = 3 if len(tokens) > 2 and tokens[1] in words.name_heads else 2
        else:
            bare = first.removeprefix(THE)
            if len(first) < 3 or not first.isalpha() or first.isascii():
                return 0
            if first[0] == AND:  # "took villages and cut the road"
                return 0
            if first in words.common or bare in words.common:
                return 0
            for known in (words.nationalities, words.compass, words.countryside, words.kinds, words.groups):
                if first in known or bare in known or (first[0] in PREFIX_LETTERS and first[1:] in known):
                    return 0
            if first[0] in PREFIX_LETTERS and first[1:] in words.common:
                return 0
            if first == bare and (_is_definite(first) or is_adjective(first)):
                return 0
            count = 1
        if len(tokens) > count and tokens[count] in words.name_tails and tokens[count].startswith(THE):
            count += 1
        return count

    def _height(self, tokens: list[str]) -> int:
        """How many ordinary words after "hill" are its name; 0 for none. The hill of something has that for
        its name, be it a word or two: تلة الزيارة, تلة صدر البستان; but not تلة وسط المدينة."""
        words = self.words
        for count, token in enumerate(tokens[:2], 1):
            cue = self.cue(token)
            if token.startswith(THE) and len(token) > 4:
                known = token in words.compass or token in words.nationalities
                return 0 if known or words.announces_by_itself(token) else count
            if len(token) < 3 or cue.links or cue.around or token in words.particles or is_adjective(token):
                return 0
        return 0

    def _elsewhere(self, spot: _Spot, found: Sequence[_Spot], foreign: Sequence[_Spot]) -> bool:
        """Whether an unlisted name lies abroad, for all the text tells: nothing Syrian is near it."""
        if self.word_after(spot.end)[0] in self.words.nationalities:
            return True
        sentence = bisect_left(self.ends, spot.start)
        left = self.ends[sentence - 1] + 1 if sentence else 0
        right = self.ends[sentence] if sentence < len(self.ends) else len(self.text)
        home, away = _gap(spot, found, left, right), _gap(spot, foreign, left, right)
        if home == math.inf:
            further, all_text = spot.kinds[:1] == ("city",), (0, len(self.text))
            return away < math.inf or (not found and bool(foreign)) or further or (
                _gap(spot, found, *all_text) > _gap(spot, foreign, *all_text)
            )  # fmt: skip
        return away < home

    # -- which of its name ---------------------------------------------------------------------------

    def resolve(self, number: int) -> Choice | None:
        """The place that the name of a number means, and why; None where none of its name can be meant."""
        spot = self.spots[number]
        if spot.country:
            region = self._countryside(spot)
            if region is not None:
                return region
        within = spot.within
        beside = tuple([p for s in within if s.accepted for p in self._wide(s)]) if within else ()
        evidence = _NO_EVIDENCE
        if len(spot.named.places) > 1:
            listed = _anchors((*spot.listed, *spot.near), spot.places)
            sentence = _anchors((*self._company(number), *self._setting(number)), spot.places)
            evidence = Evidence(spot.kinds, beside, listed, sentence, *self._article(spot))
        choices = rank(self.gazetteer, spot.places, evidence)
        choice = next((c for c in choices if not self._misplaced(number, c.place)), None)
        if choice is None:
            return None
        firm = choice.place.kind in FIRM or not beside
        if spot.contained and not firm and contradicts(choice.place, beside):
            return None
        if spot.hit is None and self._stray(spot, choice.place):
            return None
        return choice

    def _wide(self, spot: _Spot) -> tuple[Place, ...]:
        """What a wider place named beside another may be: ريف دمشق is not the city."""
        region = self._countryside(spot) if spot.country else None
        return (region.place,) if region else spot.places

    def _countryside(self, spot: _Spot) -> Choice | None:
        written = " ".join(self.text[spot.start : spot.end].split())
        region = self.index.find_countryside((written, *spot.named.names), spot.sides)
        if region is not None:
            place = self.gazetteer.places[region]
            return Choice(place, 0.9, (Reason("countryside"),))
        wide = sorted((p for p in spot.places if p.kind in _WIDE), key=lambda p: _WIDE.index(p.kind))
        return Choice(wide[0], 0.7, (Reason("countryside"),)) if wide else None

    def _company(self, number: int) -> Sequence[_Spot]:
        """The names around one in its sentence."""
        first, last = max(0, number - 2 * _WINDOW), number + 2 * _WINDOW
        sentence = self.sentences[number]
        begin = bisect_left(self.sentences, sentence, first, number)
        return self.spots[begin : bisect_right(self.sentences, sentence, number, min(last, len(self.spots)))]

    def _setting(self, number: int) -> tuple[_Spot, ...]:
        """The area that a name is told to be in: the one its sentence opens with (وفي ريف اللاذقية، …), else
        the one of the heading above it (دير الزور:)."""
        spots, sentence = self.spots, self.sentences[number]
        opening = spots[bisect_left(self.sentences, sentence, 0, number)]
        if opening.opens:
            return (opening,) if opening is not spots[number] else ()
        at = bisect_left(self.headings, number) - 1
        return (spots[self.headings[at]],) if at >= 0 else ()

    def _opens(self, spot: _Spot) -> bool:
        """Whether an area opens a sentence and sets its scene: a compass word may follow, then a comma."""
        if not _AREAS.intersection(spot.named.kinds):
            return False
        _, _, end = self.word_after(spot.end)
        end = end if self.word_after(spot.end)[0] in self.words.compass else spot.end
        if self.text[end : end + 1] not in _COMMAS:
            return False
        begin = self.ends[spot.sentence - 1] + 1 if spot.sentence else 0
        if spot.start - begin > _OPENING_SIZE:
            return False
        head = _WORD.findall(self.text, begin, spot.start)
        return 0 < len(head) <= _OPENING and head[0] in _IN

    def _heads(self, spot: _Spot) -> bool:
        """Whether an area stands alone in a line as the heading of what follows: ريف حماة:"""
        if not _AREAS.intersection(spot.named.kinds):
            return False
        _, _, end = self.word_after(spot.end)
        end = end if self.word_after(spot.end)[0] in self.words.compass else spot.end
        if self.text[end : end + 1] != ":":
            return False
        line = self.text.rfind("\n", max(0, spot.start - _OPENING_SIZE), spot.start) + 1
        begins = line or spot.start <= _OPENING_SIZE
        return bool(begins) and len(_WORD.findall(self.text, line, spot.start)) <= 1

    def _misplaced(self, number: int, place: Place) -> bool:
        """Whether a minor place lies far from all that the text tells of where it is: what it is near to or
        listed with, the area that is its setting, the names around it. One that the text puts into a wider
        place is left to that; so is a name of two words, which hardly any other place bears."""
        spot = self.spots[number]
        if spot.within or not self._is_minor(spot, place):
            return False
        near = _anchors((s for s in spot.near if s.accepted), spot.places)
        if near:
            return all(_apart(place, other, _NEAR_KM) for other in near)
        listed = _anchors((s for s in spot.listed if s.accepted), spot.places)
        if listed:
            return all(_apart(place, other, _LISTED_KM) for other in listed)
        setting = [p for s in self._setting(number) for p in self._wide(s)]
        if setting and all(p.admin1 != place.admin1 and _apart(place, p, _SETTING_KM) for p in setting):
            return True
        first = max(0, bisect_left(self.anchor_starts, spot.start) - _AMONG)
        others = [p for _, p in self.anchors[first : first + 2 * _AMONG] if p not in spot.places]
        return len(others) >= _AMONG and all(_apart(place, other, _AMONG_KM) for other in others)

    def _is_minor(self, spot: _Spot, place: Place) -> bool:
        """Whether a place is of those whose names many a governorate has."""
        if place.kind == "landmark":
            return True
        one_word = " " not in self.text[spot.start : spot.end]
        return one_word and (place.kind in _MINOR or (place.kind == "town" and place.ambiguous))

    def _nearest(self, spot: _Spot, count: int) -> list[tuple[int, Place]]:
        """The anchors nearest to a name in the text."""
        at = bisect_left(self.anchor_starts, spot.start)
        around = self.anchors[max(0, at - count) : at + count]
        return sorted(around, key=lambda a: abs(a[0] - spot.start))[:count]

    def _article(self, spot: _Spot) -> tuple[Sequence[Place], Sequence[float]]:
        """The other places named around one, and how much each counts."""
        begin, start, exp = bisect_left(self.anchor_starts, spot.start), spot.start, math.exp
        weights: dict[str, float] = {}
        for at, place in self.anchors[max(0, begin - _WINDOW) : begin + _WINDOW + 1]:
            weight = exp((at - start if at < start else start - at) / 800)
            weights[place.id] = weights.get(place.id, 0.0) + weight
        for namesake in spot.places:
            weights.pop(namesake.id, None)
        places = self.gazetteer.places
        return [places[i] for i in weights], list(weights.values())

    def _stray(self, spot: _Spot, place: Place) -> bool:
        # A list of every hamlet has one of nearly that name somewhere: there only the nearest names count.
        count = 2 if spot.named.imported else 6
        others = [p for at, p in self._nearest(spot, count + 1) if at != spot.start][:count]
        return bool(others) and all(distance_km(place, p) > _STRAY_KM + p.radius_km for p in others)


class _Masks:
    """Spans where no name of a place is looked for."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.longest = max((b - a for a, b in spans), default=0)

    def before(self, at: int) -> tuple[int, int] | None:
        """The last span that begins before an offset."""
        number = bisect_left(self.spans, (at,))
        return self.spans[number - 1] if number else None

    def cover(self, start: int, end: int) -> bool:
        """Whether a span overlaps a masked one, and is not longer and holds it whole."""
        for at in range(bisect_left(self.spans, (start - self.longest,)), len(self.spans)):
            a, b = self.spans[at]
            if a >= end:
                return False
            if start < b and not (start <= a and b <= end and end - start > b - a):
                return True
        return False


def _gap(spot: _Spot, others: Sequence[_Spot], left: int, right: int) -> float:
    """Characters from a name to the nearest of others that begin from left to right; infinite for none.
    The others are in order and none overlaps another."""
    at = bisect_left(others, spot.start, key=lambda s: s.start)
    near = [s for s in others[max(0, at - 1) : at + 1] if left <= s.start < right]
    return min((max(s.start - spot.end, spot.start - s.end) for s in near), default=math.inf)


def _is_foreign(spot: _Spot) -> bool:
    return spot.hit is not None and spot.hit.foreign and not spot.places


def _apart(one: Place, other: Place, km: float) -> bool:
    """Whether a place lies so far beyond another's radius; a quick look first."""
    reach = km + other.radius_km
    if abs(one.lat - other.lat) * _DEGREE_KM > reach:
        return True
    return distance_km(one, other) > reach


def _is_definite(word: str) -> bool:
    """Whether a noun carries the article, prefix letters aside: الطرق, والطرق, بالطرق, للطرق."""
    return word.startswith(_DEFINITE)


def _anchors(spots: Iterable[_Spot], but: Sequence[Place]) -> tuple[Place, ...]:
    """The places of some names, but for the namesakes in question."""
    ids = {p.id for p in but}
    return tuple({p.id: p for s in spots if (p := s.named.anchor) is not None and p.id not in ids}.values())


def _together(gazetteer: Gazetteer, spot: _Spot, other: _Spot) -> bool:
    """Whether some place of the one name lies in or near some place of the other."""
    return any(
        p.id != o.id and (o.id in gazetteer.within(p.id) or distance_km(p, o) < o.radius_km + 25)
        for p in spot.places
        for o in other.places
    )
