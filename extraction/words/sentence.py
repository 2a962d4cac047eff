"""A text as words and sentences, each word with its place in the text."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from extraction.lexicon.clitics import AND, BY, DEFINITE, HIS, PRONOUNS, THE
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import particles
from extraction.lexicon.vocabulary import Tag, Vocabulary
from extraction.words.lines import unwrapped
from gazetteer.orthography import Normalised, fold, is_figure

_WORD: Final = re.compile(r"[^\W_]+|%")
_FULL_STOP: Final = re.compile(r"[!؟?؛\n\r…]|\.\.|\.(?=[\s»”\"'(«\[])")
QUESTION_MARKS: Final = frozenset("?؟")
_GLUED_STOP: Final = 3  # letters on both sides of a full stop without a space: more than an abbreviation has
#: Marks inside a large number, and the digits that follow each: 1.200, 1,200.
_THOUSANDS: Final = frozenset({".", ",", "٬"})
_GROUP: Final = 3
_LARGEST: Final = 12
_DIGITS: Final = frozenset("0123456789")
_COMMAS: Final = frozenset('،,:؛;()[]«»“”"-–—|/')
#: What may stand in brackets or quotation marks in the midst of a clause, and those marks.
_SET_ASIDE: Final = frozenset({"day", "weekday", "actor"})
_ASIDE: Final = frozenset('()«»“”"')
#: Particles written in one with a word, also where marks stand between.
_GLUED: Final = frozenset({BY, AND})
#: A sentence longer than this is cut: newswire knows no longer one, and a text without stops must end.
LONGEST_SENTENCE: Final = 250
#: Of so many words or more, a sentence is no prose when this share of them are such as tell an event or a
#: figure: a word list. The densest of the corpus have a quarter.
_LONG: Final = 60
_DENSE: Final = 0.4
_TELLING: Final = ("event", "kill", "wound", "dead", "injured", "say", "deny", "number", "figure")
_ARMY: Final = particles("the_army")
_THIS: Final = particles("this")
_STATES: Final = flagged("bloc", "state")
#: How many sides back a general noun may look for the one it stands for.
_SIDES_REMEMBERED: Final = 40
#: What is set off by commas in the midst of a clause: a day of so many words, a word on a side of so many.
_DAYS: Final = frozenset({"day", "weekday"})
_OF_A_SIDE: Final = frozenset({"support", "belongs"})
_SHORT_QUOTE: Final = 2  # words between quotation marks that are a name
_PAIRED: Final = frozenset({"،", ","})
_SET_OFF_DAY: Final = 4
_PARENTHESIS: Final = 7
_NEAR_TAGS: Final = 6  # what may be tagged at one word
#: How far behind the last word a rule may look.
_AHEAD: Final = 32
#: Marks that open or close a quotation, and end no clause.
QUOTES: Final = frozenset({"«", "»", '"', "“", "”"})
#: A quotation longer than this was not closed.
LONGEST_QUOTE: Final = 80


@dataclass(frozen=True)
class Sentence:
    """Words ``first`` to ``last`` (exclusive) of a text."""

    first: int
    last: int


@dataclass(frozen=True)
class Words:
    """The folded words of a text, with offsets into the text as stored.

    ``breaks[i]`` is true where punctuation stands between word ``i - 1`` and word ``i``; ``quoted[i]``
    where word ``i`` stands inside quotation marks that opened before it. ``words`` and ``breaks`` go on for
    a few empty places behind the last of the ``count`` words, so that a rule may look ahead.
    """

    normalised: Normalised
    count: int
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    breaks: tuple[bool, ...]
    stops: tuple[bool, ...]
    quoted: tuple[bool, ...]
    tags: tuple[Tag, ...]

    def start(self, word: int) -> int:
        """Offset of a word in the text as stored."""
        return self.normalised.span(*self.spans[word])[0]

    def end(self, word: int) -> int:
        """Offset of the end of a word in the text as stored, marks on its last letter left out."""
        last = self.spans[word][1]
        return self.normalised.span(last - 1, last)[0] + 1

    def gap(self, at: int) -> str:
        """What stands between a word and the one before it; behind the last word, the rest of the text."""
        begin = self.spans[at - 1][1] if at else 0
        end = self.spans[at][0] if at < self.count else len(self.normalised.text)
        return self.normalised.text[begin:end] if at <= self.count else ""

    @cached_property
    def _by_first(self) -> Mapping[int, Sequence[Tag]]:
        found: dict[int, list[Tag]] = {}
        for tag in self.tags:
            found.setdefault(tag.first, []).append(tag)
        return found

    def tags_at(self, at: int) -> Sequence[Tag]:
        """The tags that begin at a word."""
        return self._by_first.get(at, ())

    @cached_property
    def _by_role(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {
            "figure": [at for at, word in enumerate(self.words) if word[-1:] in _DIGITS],
            "break": [at for at, is_break in enumerate(self.breaks) if is_break],
        }
        for tag in self.tags:
            places = found.setdefault(tag.entry.role, [])
            if not places or places[-1] != tag.first:
                places.append(tag.first)
        return found

    def where(self, first: int, last: int, *roles: str) -> Sequence[int]:
        """The words from first to last at which tags of the roles begin, in order. The role "figure" stands
        for the words that end in an ASCII digit, "break" for those before which punctuation stands."""
        found: list[int] = []
        for role in roles:
            places = self._by_role.get(role)
            if places is not None:
                begin = bisect_left(places, first)
                if begin < len(places) and places[begin] < last:
                    found += places[begin : bisect_left(places, last, begin)]
        return sorted(set(found)) if len(roles) > 1 and len(found) > 1 else found

    def has(self, first: int, last: int, *roles: str) -> bool:
        """Whether a tag of one of the roles begins at one of the words from first to last."""
        for role in roles:
            places = self._by_role.get(role)
            if places is not None:
                begin = bisect_left(places, first)
                if begin < len(places) and places[begin] < last:
                    return True
        return False

    def held_by(self, sentence: Sentence) -> frozenset[str]:
        """The words of a sentence, and the roles of its tags."""
        found = self._held.get(sentence.first)
        if found is None:
            ats = range(sentence.first, sentence.last)
            roles = {tag.entry.role for at in ats for tag in self._by_first.get(at, ())}
            found = frozenset(roles.union(self.words[sentence.first : sentence.last]))
            self._held[sentence.first] = found
        return found

    @cached_property
    def _held(self) -> dict[int, frozenset[str]]:
        return {}

    def among(self, first: int, last: int, particles: frozenset[str]) -> bool:
        """Whether one of some particles is one of the words from first to last."""
        return not particles.isdisjoint(self.words[first:last])

    def tag(self, at: int, *roles: str) -> Tag | None:
        """The first tag of one of the roles that begins at a word."""
        for tag in self._by_first.get(at, ()):
            if tag.entry.role in roles:
                return tag
        return None

    def is_prose(self, sentence: Sentence) -> bool:
        """Whether a sentence can tell something: a long list of nothing but telling words does not."""
        size = sentence.last - sentence.first
        return size < _LONG or len(self.where(sentence.first, sentence.last, *_TELLING)) < _DENSE * size

    @cached_property
    def _begins(self) -> Sequence[int]:
        """The first word of the sentence of each word; the places behind the text belong to its last one."""
        found: list[int] = []
        for sentence in self.sentences:
            found += [sentence.first] * (sentence.last - sentence.first)
        return found + [found[-1] if found else 0] * _AHEAD

    def back(self, at: int, reach: int) -> int:
        """The word ``reach`` words before a word, but never one before its sentence: where a look back from
        it begins, as in ``has(back(at, 3), at, "number")``."""
        return max(self._begins[at], at - reach)

    def backwards(self, at: int, reach: int) -> range:
        """The up to ``reach`` words before a word in its sentence, the nearest first."""
        return range(at - 1, self.back(at, reach) - 1, -1)

    def before(self, at: int, by: int = 1) -> str:
        """The word ``by`` words before a word; empty where its sentence begins behind that."""
        return self.words[at - by] if at - by >= self._begins[at] else ""

    def tag_before(self, at: int, *roles: str, by: int = 1) -> Tag | None:
        """The first tag of one of the roles that begins ``by`` words before a word, in its sentence."""
        return self.tag(at - by, *roles) if at - by >= self._begins[at] else None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order."""
        found: list[Sentence] = []
        first = 0
        for at in range(1, self.count):
            if self.stops[at] or at - first >= LONGEST_SENTENCE:
                found.append(Sentence(first, at))
                first = at
        if first < self.count:
            found.append(Sentence(first, self.count))
        return tuple(found)


def split_words(normalised: Normalised, vocabulary: Vocabulary) -> Words:
    """Cut a folded text into words, note what stands between them, and find the lexicon in them. A line break
    inside a sentence is a blank."""
    normalised = unwrapped(normalised)
    text = normalised.text
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    breaks: list[bool] = []
    stops: list[bool] = []
    quoted: list[bool] = []
    before = 0
    opener = ""
    opened = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        gap = text[before:start]
        if gap in _THOUSANDS and _goes_on(words, word):
            words[-1] += word
            spans[-1] = (spans[-1][0], end)
            before = end
            continue
        if gap == " ":
            breaks.append(False)
            stops.append(False)
        else:
            stop = bool(_FULL_STOP.search(gap)) or (
                gap == "." and len(word) > _GLUED_STOP and bool(words) and len(words[-1]) > _GLUED_STOP
            )
            glued = bool(words) and words[-1] in _GLUED and gap in _ASIDE  # بـ«هجوم واسع»
            aircraft = bool(words) and gap == "-" and is_figure(word) and not is_figure(words[-1])  # إف-16
            breaks.append(stop or not (glued or aircraft or _COMMAS.isdisjoint(gap)))
            stops.append(stop)
            before_gap, opener = opener, _opened_by(gap, opener)
            opened = len(words) if opener and not before_gap else opened
        if opener and len(words) - opened > LONGEST_QUOTE:
            opener = ""  # a mark that nobody closed
        quoted.append(bool(opener))
        words.append(word)
        spans.append((start, end))
        before = end
    tags = _with_antecedents(words, vocabulary.tag(words))
    count = len(words)
    for tag in tags:
        if tag.entry.role in _SET_ASIDE:
            _join_aside(text, spans, breaks, tag)
        elif tag.entry.role == "month" and tag.last < count:
            both = text[spans[tag.last - 1][1] : spans[tag.last][0]].strip() == "/"
            breaks[tag.last] = breaks[tag.last] and not both  # نيسان/ أبريل
    _join_parentheses(text, words, spans, breaks, quoted, tags)
    words += [""] * _AHEAD
    breaks += [True] * _AHEAD
    return Words(
        normalised, count, tuple(words), tuple(spans), tuple(breaks), tuple(stops), tuple(quoted), tuple(tags)
    )


def _join_aside(text: str, spans: Sequence[tuple[int, int]], breaks: list[bool], tag: Tag) -> None:
    """Take the marks around a day or a side for no new clause: "shelled (yesterday) the town", "then «the
    group» attacked"."""
    around = range(tag.first, min(len(spans), tag.last + 1))
    if not any(breaks[at] for at in around):
        return
    gaps = [text[spans[at - 1][1] if at else 0 : spans[at][0]].strip() for at in around]
    aside = [bool(gap) and _ASIDE.issuperset(gap.replace(" ", "")) for gap in gaps]
    opened = any(aside[:-1]) if tag.entry.role == "actor" else aside[0]
    closed = tag.last < len(spans) and opened and aside[-1]
    if tag.entry.role == "actor" and not closed:
        return
    for at, is_aside in zip(around, aside, strict=True):
        if is_aside:
            breaks[at] = False


def _join_parentheses(
    text: str,
    words: Sequence[str],
    spans: Sequence[tuple[int, int]],
    breaks: list[bool],
    quoted: Sequence[bool],
    tags: Sequence[Tag],
) -> None:
    """Take the commas around a day or a word on a side for no new clause: "the forces, backed by Washington,
    took", "the start by the group, at dawn on Wednesday, of an attack"."""
    cuts = [at for at in range(1, len(words)) if breaks[at]]
    firsts = [tag.first for tag in tags]

    def roles(begin: int, end: int) -> set[str]:
        return {tag.entry.role for tag in tags[bisect_left(firsts, begin) : bisect_left(firsts, end)]}

    for first, last in pairwise(cuts):
        short = last - first <= _SHORT_QUOTE and quoted[first] and not quoted[last]
        if short and all(text[spans[n - 1][1] : spans[n][0]].strip() in QUOTES for n in (first, last)):
            breaks[first] = breaks[last] = False  # «Katyusha» rockets
            continue
        if last - first > _PARENTHESIS or words[last].startswith(AND):
            continue
        if any(text[spans[at - 1][1] : spans[at][0]].strip() not in _PAIRED for at in (first, last)):
            continue
        inside = roles(first, last)
        dated = last - first <= _SET_OFF_DAY and not inside.isdisjoint(_DAYS) and "actor" not in inside
        told = dated or not roles(first, first + 1).isdisjoint(_OF_A_SIDE)
        if told and inside.isdisjoint(_TELLING[:6]) and "connector" not in roles(last, last + 1):
            breaks[first] = breaks[last] = False


def _goes_on(words: Sequence[str], word: str) -> bool:
    """Whether a word is the next three digits of a large number (and not of an endless one)."""
    if not words or len(word) != _GROUP or len(words[-1]) > _LARGEST:
        return False
    return is_figure(word) and is_figure(words[-1])


def _army_meant(tag: Tag, sides: Sequence[Tag]) -> Tag:
    """The tag; "the army" alone is the foreign one that was named, where no Syrian side was."""
    if tag.entry.role != "actor" or not _ARMY.issuperset(tag.entry.words):
        return tag
    sides = sides[-_SIDES_REMEMBERED:]
    army = next((s for s in reversed(sides) if s.entry.words[0] in _ARMY and len(s.entry.words) > 1), None)
    if army is None or army.entry.bloc == "government":
        return tag
    syrian = any(side.entry.bloc == "government" for side in sides)
    return tag if syrian else tag._replace(entry=army.entry)


def _most_named(sides: Sequence[Tag]) -> Tag:
    """Of the bloc named last, the side that was named most often, the later of two named alike: after "the
    army … the army and the Iranian forces allied to it", "the forces" are the army."""
    bloc = [side for side in sides if side.entry.bloc == sides[-1].entry.bloc]
    named = Counter(side.entry.code for side in bloc)
    return max(reversed(bloc), key=lambda side: named[side.entry.code])


def _is_state_force(side: Tag) -> bool:
    """Whether a side is the army or the forces of a state at large, whom nobody calls "the fighters"."""
    return "generic" in side.entry.flags and side.entry.bloc in _STATES


def _with_antecedents(words: Sequence[str], tags: Sequence[Tag]) -> list[Tag]:
    """The tags, with a side for each general noun that stands for one named before."""
    found: list[Tag] = []
    sides: list[Tag] = []
    for written in tags:
        tag = _army_meant(written, sides)
        if (
            tag.entry.role == "actor"
            and tag.last - tag.first == 1
            and tag.first
            and words[tag.first - 1] in _THIS
        ):
            beginning = tag.entry.words[0].removeprefix(THE)  # "this army" is the one named last
            named = (s for s in reversed(sides[-_SIDES_REMEMBERED:]) if s.entry.words[0] == beginning)
            meant = next(named, None)
            tag = tag._replace(entry=meant.entry) if meant is not None else tag
        found.append(tag)
        if tag.entry.role == "actor":
            sides.append(tag)
        elif tag.entry.role == "anaphor" and not (sides and sides[-1].last > tag.first):
            if "alone" in tag.entry.flags and _is_adjective_or_speaker(words, tag, found):
                continue
            beginnings = tuple(fold(tag.entry.code).split())
            near = sides[-_SIDES_REMEMBERED:]
            if "irregular" in tag.entry.flags:
                near = [s for s in near if not _is_state_force(s)]
            alike = [
                s
                for s in near
                if any(word.removeprefix(THE).startswith(beginnings) for word in s.entry.words[:2])
            ]
            side = _most_named(alike) if alike else None
            if side is None and "any" in tag.entry.flags:  # fighters and forces are no aircraft
                side = next((s for s in reversed(near) if "air" not in s.entry.flags), None)
            if side is not None:
                found.append(tag._replace(entry=side.entry))
    return found


def _is_adjective_or_speaker(words: Sequence[str], tag: Tag, before: Sequence[Tag]) -> bool:
    """Whether "the latter" belongs to a noun before it (its last attack), or is somebody who speaks."""
    word = words[tag.first - 1] if tag.first else ""
    behind = [t for t in before[-_NEAR_TAGS:] if t.last == tag.first]
    if any(t.entry.role in ("say", "deny", "relay") for t in behind):
        return True
    stem = any(not t.suffix for t in behind)  # سيطرة الأخير, not هجومه الأخير
    owned = word.endswith(PRONOUNS) and not (stem and word.endswith(HIS))
    return owned or word.removeprefix(AND).removeprefix(BY).startswith(DEFINITE)


def _opened_by(gap: str, opener: str) -> str:
    """The mark that opened the quotation in which the word after a gap stands, or nothing.

    Papers turn the marks around, so » may open too, and then « or » closes.
    """
    for char in gap:
        if char == "\n":
            opener = ""
        elif char in "«“" and opener not in ("»", "”"):
            opener = char
        elif char in '«“»”"':
            opener = "" if opener else char
    return opener
