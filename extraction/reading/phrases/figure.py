"""FIGURE phrases: how many people (or strikes) a sentence counts, each count with the people behind it.

Built once for a sentence. A part ("among them nine children", "36 of them") and what a toll has risen from
are told apart from the counts that stand for themselves: a part is never an addition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extraction.lexicon.clitics import AND, BY, THE
from extraction.lexicon.particles import FROM, IN, ON, TO, particles
from extraction.reading.number import Count, find_counts
from extraction.reading.phrases.phrase import Phrase
from extraction.words.sentence import Sentence, Words

_EACH: Final = particles("each")
_NAMES: Final = 12  # words of a list of names
_NO_NAMES: Final = ("kill", "wound", "event", "carrier", "say", "number", "outcome", "connector")
_OF_THEM: Final = particles("of_them", "from_it")
_PLACE_WORDS: Final = 4  # words from "in" to the place it leads to


@dataclass(frozen=True, slots=True)
class Figure(Phrase):
    """A count with the word for people behind it as ``head``; ``part`` where it counts some of those just
    told, ``risen`` where a toll has risen from it."""

    count: Count | None = None
    part: bool = False
    risen: bool = False


def find_figures(words: Words, sentence: Sentence) -> list[Figure]:
    """The figures of a sentence, in order; what counts neither people nor strikes is none."""
    counts = (*find_counts(words, sentence.first, sentence.last), *_named(words, sentence))
    return [_figure(words, count) for count in counts if not count.unit]


def _named(words: Words, sentence: Sentence) -> Iterator[Count]:
    """Those who are told by their names: each of (كل من) A, B and C are three."""
    for at in range(sentence.first, sentence.last - 1):
        if words.words[at] in _EACH and words.words[at + 1] in FROM:
            end = _names_end(words, sentence, at + 2)
            more = sum(words.words[n].startswith(AND) for n in range(at + 3, end))
            if more:
                yield Count(at, end, 1 + more, 1 + more, dual=True)


def _names_end(words: Words, sentence: Sentence, first: int) -> int:
    """The word behind a list of names."""
    end = min(sentence.last, first + _NAMES)
    return next((at for at in range(first, end) if words.words[at] in IN or words.tag(at, *_NO_NAMES)), end)


def _figure(words: Words, count: Count) -> Figure:
    person = words.tag(count.last, "victim")
    return Figure(
        "FIGURE",
        count.first,
        count.last if person is None else person.last,
        person,
        count=count,
        part=_is_part(words, count),
        risen=words.before(count.first) in FROM and words.words[count.last] in TO,
    )


class Figures:
    """The figures of a sentence, for questions about what is counted where; each is given away once."""

    def __init__(self, words: Words, sentence: Sentence) -> None:
        """Find the figures of a sentence."""
        self.words, self.sentence = words, sentence
        self.all: Sequence[Figure] = find_figures(words, sentence)
        self.told: Sequence[Count] = [f.count for f in self.all if f.count is not None]
        self.counts = [f.count for f in self.all if f.count is not None and not f.part and not f.risen]
        self._at = {at: count for count in self.counts for at in range(count.first, count.last)}
        self._used: set[Count] = set()

    def at(self, word: int) -> Count | None:
        """The count that takes a word in, used or not; a part of another is none."""
        return self._at.get(word)

    def free(self, word: int) -> Count | None:
        """The count that takes a word in and that nobody has used."""
        count = self._at.get(word)
        return count if count is not None and count not in self._used else None

    def is_free(self, count: Count) -> bool:
        """Whether nobody has used a count."""
        return count not in self._used

    def take(self, count: Count) -> Count:
        """Use a count."""
        self._used.add(count)
        return count

    def parted(self) -> Iterator[Count]:
        """The counts of a part that has an event of its own: "of whom seven in a shelling of"."""
        for figure in self.all:
            count = figure.count
            if count is not None and figure.part and figure.head is None and not count.dual:
                at = count.last + (self.words.words[count.last] in _OF_THEM)
                if _leads_to_event(self.words, at):
                    yield count

    def placed(self, starts: frozenset[int]) -> Iterator[Count]:
        """The counts that a place and nothing else follows, parts among them: 27 in Homs, four civilians in
        Duma. ``starts`` are the words at which a place name begins."""
        return (c for c in self.told if not c.vague and _has_place(self.words, starts, c))


def is_of_them(words: Words, count: Count) -> bool:
    """Whether a count is of those told before: 36 of them."""
    return words.words[count.last] in _OF_THEM


def _leads_to_event(words: Words, at: int) -> bool:
    """Whether "in" or "by" and an event stand right at a word."""
    event = words.tag(at, "event")
    led = words.words[at] in IN and words.tag(at + 1, "event") is not None
    return led or (event is not None and event.prefix.endswith(BY))


def place_behind(words: Words, starts: frozenset[int], at: int) -> int | None:
    """Where the place begins that "in" leads to right at a word: in Homs, in the town of Duma."""
    if words.breaks[at] or not (words.words[at] in IN or words.words[at].startswith(BY)):
        return None
    for n in range(at, at + _PLACE_WORDS):
        leads = words.words[n] in IN
        if n in starts and (n > at or not leads):
            return n
        if not leads and not words.tag(n, "ground", "part_of"):
            return None
    return None


def _has_place(words: Words, starts: frozenset[int], count: Count) -> bool:
    person = words.tag(count.last, "victim")
    some = count.dual or (person is not None and person.entry.code != "people")
    if some and words.has(words.back(count.first, 3), count.first, "part"):
        return False  # "six dead, four children among them, in A"; but "of them 17 people in A"
    at = person.last if person is not None else count.last
    at += words.words[at] in _OF_THEM  # "of whom 30 (30 منهم) in Damascus"
    return place_behind(words, starts, at) is not None


def _is_part(words: Words, count: Count) -> bool:
    """Whether a count is a part of one just told: بينهم تسعة أطفال, "36 of them"."""
    led = next((at for at in range(words.back(count.first, 3), count.first) if words.tag(at, "part")), None)
    if led is not None:
        joined = count.first - led > 1 and words.words[count.first].startswith(AND)
        killed = words.tag_before(led, "kill", "wound") is not None
        return not joined and not killed and not _turns(words, led, count.first)
    return is_of_them(words, count) and not _of_untold(words, count)


def _of_untold(words: Words, count: Count) -> bool:
    """Whether "of them" are those told before, who were not counted as dead: "killing two of them", "left
    nine of them dead"."""
    before = count.first - 1 - (words.before(count.first) in ON)
    killed = words.tag(before, "kill", "wound") and not words.words[count.first].startswith(THE)
    return bool(killed) or words.tag(count.last + 1, "dead", "injured") is not None


def _turns(words: Words, first: int, last: int) -> bool:
    """Whether a verbal noun begins between a part and a count: "a child among them, and the fall of"."""
    roles = ("carrier", "kill", "wound")
    tags = (words.tag(at, *roles) for at in words.where(first, last, *roles))
    return any(tag is not None and tag.prefix == AND for tag in tags)
