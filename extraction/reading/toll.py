"""The dead and the wounded of a sentence.

Follows the contract: a count of vehicles, years or kilometres is none; "among them nine children" is a part,
never an addition; "dead and wounded" without a figure is one at least; a toll of the whole war is no claim.
Which event they belong to: ``losses``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from extraction.lexicon.clitics import AND
from extraction.lexicon.particles import IN, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.casualty import Casualties, Reading, counted, is_single, rules, with_more
from extraction.reading.deed import of_noun, of_verb
from extraction.reading.number import Count
from extraction.reading.pattern import Scope as Around
from extraction.reading.phrases.figure import Figures, is_of_them, place_behind
from extraction.reading.phrases.phrase import Phrase
from extraction.words.sentence import Sentence, Words

_THOUSANDS: Final = 1000
_PARTS_WINDOW: Final = 25  # words from a count to its parts, each with a place of its own
_LIST_WINDOW: Final = 8  # words from a count to the next of a list
_NOUNS: Final = frozenset({"dead", "injured"})
_NEW_BREATH: Final = ("event", "kill", "wound", "say", "deny", "connector")
_OTHERS: Final = particles("others")
_OTHERS_GAP: Final = 6
_QUARREL: Final = 10  # words from the dead to the quarrel they died of


def find_casualties(
    words: Words, sentence: Sentence, starts: frozenset[int], before: Casualties | None
) -> list[Casualties]:
    """All casualty figures of a sentence, in order of their first word.

    ``starts`` are the words at which a place name begins; ``before`` is the last figure of the sentence
    before: whom "among the dead" means.
    """
    deeds = words.where(sentence.first, sentence.last, "kill", "wound", "dead", "injured")
    if not deeds:
        return []
    reading = Reading(words, sentence, Figures(words, sentence), [])
    for at in deeds:
        reading.found.extend(_of_deed(reading, at))
    _add_parts(reading, starts)
    _add_parted(reading)
    reading.found += _elliptic(reading)
    reading.found += _and_one(reading)
    found = [_with_toll(c, reading.figures.told) for c in reading.found if not _of_whole_war(reading, c)]
    found = [c for c in found if not words.has(c.last, min(sentence.last, c.last + _QUARREL), "quarrel")]
    if before is not None and before.side is not None and _of_the_dead(words, sentence):
        found = [c if c.victims else replace(c, victims=before.victims, side=before.side) for c in found]
    found = _each_placed(words, starts, sorted(found, key=lambda c: (c.first, c.last)))
    return _and_others(words, found)


def _of_deed(reading: Reading, at: int) -> list[Casualties]:
    """The figure of a word of killing or wounding, if it has one: of a verb, else of the dead as a noun."""
    noun = reading.words.tag(at, "dead", "injured")
    verb = reading.words.tag(at, "kill", "wound")
    found = of_noun(reading, noun) if noun is not None and "counted" in noun.entry.flags else None
    if found is None and verb is not None:
        found = of_verb(reading, verb)
    if found is None and noun is not None:
        found = of_noun(reading, noun)
    return [found] if found is not None else []


# What a figure is told with


def _with_toll(casualty: Casualties, counts: Sequence[Count]) -> Casualties:
    """The figure; where thousands are told among its words, it is those: "the victims are thousands"."""
    inside = (c for c in counts if casualty.first <= c.first < casualty.last and (c.low or 0) >= _THOUSANDS)
    toll = next(inside, None)
    return replace(casualty, low=toll.low, high=toll.high) if toll is not None else casualty


def _and_others(words: Words, found: Sequence[Casualties]) -> list[Casualties]:
    """The figures, with the victims of the one before where only "others" are told: "and two others hurt"."""
    result: list[Casualties] = []
    for casualty in found:
        before = result[-1] if result else None
        near = before is not None and casualty.first - before.last <= _OTHERS_GAP
        others = near and casualty.side is None and words.among(casualty.first, casualty.last + 1, _OTHERS)
        if others and before is not None:
            casualty = replace(casualty, victims=before.victims, side=before.side)
        result.append(casualty)
    return result


def _of_whole_war(reading: Reading, casualty: Casualties) -> bool:
    """Whether a count is told of years: "since the war broke out". A record is set by an event, though."""
    if casualty.total and (casualty.low or 0) < _THOUSANDS:
        return False
    words, figure = reading.words, Phrase("FIGURE", casualty.first, casualty.last, casualty.trigger)
    facts = frozenset({"inside"} if words.has(casualty.first, casualty.last, "whole_war") else ())
    return rules().first("of_years", Around(words, reading.sentence, figure, facts=facts)) is not None


def _of_the_dead(words: Words, sentence: Sentence) -> bool:
    """Whether a sentence begins with "among the dead": those just told."""
    for at in range(sentence.first, min(sentence.last, sentence.first + 4)):
        tag = words.tag(at, "dead", "injured")
        if tag is not None:
            return tag.definite
    return False


def _each_placed(words: Words, starts: frozenset[int], found: Sequence[Casualties]) -> list[Casualties]:
    """The figures in order; of those told by nouns in one breath, each with its place, all but the first are
    marked: "four dead in A, three dead and ten wounded in B"."""
    result: list[Casualties] = []
    until = 0
    for casualty, other in zip_longest(found, found[1:]):
        joined = other is not None and other.first == casualty.last and other.kind != casualty.kind
        end = other.last if joined and other is not None else casualty.last
        place = place_behind(words, starts, end) if casualty.trigger.entry.role in _NOUNS else None
        breath = 0 < until < casualty.first and not words.has(until, casualty.first, *_NEW_BREATH)
        result.append(replace(casualty, placed=True) if place is not None and breath else casualty)
        until = place if place is not None else until
    return result


# Parts of a sum, and more under the same verb


@dataclass
class _Sum:
    """A figure behind which others with places follow: ``until`` is the last word of those told so far;
    ``parts`` where they are parts of it, not more of the kind."""

    chief: Casualties
    until: int
    parts: bool


def _add_parts(reading: Reading, starts: frozenset[int]) -> None:
    """Find those that tell the parts of a figure, or more of the kind, place by place.

    "64 dead, of them 27 in Homs, 15 in Idlib": the first is a total; "six dead in A and four in B" is not.
    """
    words, figures = reading.words, reading.figures
    more: list[Casualties] = []
    totals: set[Casualties] = set()
    sum_: _Sum | None = None
    for count in figures.placed(starts):
        if not figures.is_free(count) or count.low is None:
            continue
        part = words.has(words.back(count.first, 2), count.first, "part") or is_of_them(words, count)
        if part or sum_ is None or count.first - sum_.until > _LIST_WINDOW:
            sum_ = _sum_before(reading, count.first, part)
        if sum_ is None or not _goes_on(words, sum_, count, part):
            continue
        figures.take(count)
        person = words.tag(count.last, "victim")
        sum_.until = person.last if person is not None else count.last
        more.append(_under(sum_.chief, count, sum_.until, placed=True))
        if sum_.parts:
            totals.add(sum_.chief)
    reading.found = [*(replace(c, total=True) if c in totals else c for c in reading.found), *more]


def _add_parted(reading: Reading) -> None:
    """Find those who are a part of a figure and fell in an event of their own: "15 were killed in A, four of
    them in a raid on B". The figure is a total then."""
    for count in reading.figures.parted():
        sum_ = _sum_before(reading, count.first, True, dead=True)
        if sum_ is None or not reading.figures.is_free(count) or count.low is None:
            continue
        if count.first - sum_.until <= _PARTS_WINDOW and count.low < (sum_.chief.low or 0):
            reading.figures.take(count)
            part = replace(_under(sum_.chief, count, count.last), total=False)
            whole = [c for c in reading.found if sum_.chief.first <= c.first < count.first]
            rest = [replace(c, total=True) if c in whole else c for c in reading.found]
            reading.found = [*rest, part]


def _sum_before(reading: Reading, at: int, part: bool, dead: bool = False) -> _Sum | None:
    """The last figure before a word, as one behind which others follow; ``dead`` where of the dead and the
    wounded of one breath the dead are meant."""
    before = [c for c in reading.found if c.last <= at and c.low is not None]
    if dead and len(before) > 1 and before[-2].kind == "killed" and before[-1].first - before[-2].last <= 1:
        before.pop()
    return _Sum(before[-1], before[-1].last, part) if before else None


def _goes_on(words: Words, sum_: _Sum, count: Count, part: bool) -> bool:
    """Whether a count with a place goes on with a figure: "and four in B", "of them 27 in Homs"."""
    at = count.first
    reach = _PARTS_WINDOW if part else _LIST_WINDOW
    if at - sum_.until > reach or not (part or words.words[at].startswith(AND)):
        return False
    if sum_.parts and (count.low or 0) >= (sum_.chief.low or 0):
        return False
    return part or not words.has(sum_.until, at, "kill", "wound", "event")


def _under(chief: Casualties, count: Count, last: int, placed: bool = False) -> Casualties:
    """A count under the verb of the figure before it."""
    return replace(
        chief,
        first=count.first,
        last=last,
        low=count.low,
        high=count.high,
        elliptic=True,
        placed=placed or chief.placed,
        total=False if placed else chief.total,
    )


def _elliptic(reading: Reading) -> list[Casualties]:
    """A second count under the same verb: "killed eight soldiers …, and seven others in …"."""
    words, more = reading.words, list[Casualties]()
    for count in reading.figures.counts:
        before = [c for c in reading.found if c.last <= count.first]
        if not before or not _is_more(reading, count):
            continue
        chief = before[-1]
        among = words.has(chief.last, count.first, "part")  # "among them 38 children and 29 women"
        if not among and chief.kind == "killed" and count.first - chief.last <= _LIST_WINDOW:
            person = words.tag(count.last, "victim") or words.tag(count.last, "vague")
            reading.figures.take(count)
            more.append(_under(chief, count, person.last if person is not None else count.last))
    return more


def _is_more(reading: Reading, count: Count) -> bool:
    """Whether an unused count that "and" joins may be one more of those told: of people, or in an event."""
    words, figures = reading.words, reading.figures
    if not figures.is_free(count) or count.dual or count.vague or count.low is None:
        return False
    if not words.words[count.first].startswith(AND):
        return False
    led = words.words[count.last] in IN and words.tag(count.last + 1, "event") is not None
    return led or words.tag(count.last, "victim", "vague") is not None


def _and_one(reading: Reading) -> list[Casualties]:
    """One person under the verb of a clause before: "two boys were killed in a raid on A, and a woman in the
    shelling of B"."""
    words, more = reading.words, list[Casualties]()
    for at in words.where(reading.sentence.first, reading.sentence.last, "victim"):
        person = words.tag(at, "victim")
        chief = next((c for c in reversed(reading.found) if c.last <= at), None)
        if person is None or chief is None or chief.kind != "killed" or not _opens_clause(words, person):
            continue
        if words.has(chief.last, at, "part", "kill", "wound") or not _in_event(words, person.last):
            continue
        one = counted(reading, "killed", chief.trigger, Count(at, person.last, 1, 1))
        whose = person.entry.code if person.entry.code == "civilians" else ""
        one = replace(one, first=at, victims=whose, elliptic=True)
        more.append(with_more(reading, one, person.last))
    return more


def _opens_clause(words: Words, person: Tag) -> bool:
    """Whether a clause begins with "and" and one person."""
    return person.prefix == AND and words.breaks[person.first] and is_single(person)


def _in_event(words: Words, at: int) -> bool:
    """Whether "in" and an event stand right behind a person and those with him."""
    lead = next((n for n in range(at, at + _OTHERS_GAP) if words.words[n] in IN), None)
    return lead is not None and not words.has(at, lead, "break") and words.has(lead + 1, lead + 2, "event")
