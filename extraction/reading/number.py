"""Counts in digits and in words: 46, ٤٦, خمسة وعشرين, عشرات, شخصين; at least, more than, about, up to.

"At least 46" and "more than 46" are both 46 with an open end; "about 46" is 46; "up to 46" is open below.
"""

from dataclasses import dataclass
from typing import Final

from extraction.lexicon.clitics import AND, BY, LIKE, SO, THE
from extraction.lexicon.particles import FROM, IN, particles
from extraction.words.sentence import Words
from gazetteer.orthography import is_figure

#: Bounds may stand so many words before a number or after it ("46 مدنيا على الأقل").
_BOUND_BEFORE: Final = 2
_BOUND_AFTER: Final = 5
_LONGEST_BOUND: Final = 4  # words: "what is no fewer than"
_LONGEST_FIGURE: Final = 7  # digits: more are a telephone number
_TEN, _HUNDRED = 10, 100
_PER_CENT: Final = particles("hundred")
_CLINGING: Final = AND + BY + THE + SO + LIKE  # letters that may cling to figures
_BELOW_THOUSAND: Final = 3  # digits
#: What "thousands" is at least: in front of it, hundreds are hundreds of thousands.
_THOUSANDS: Final = 2000
#: A year is no count.
_YEARS: Final = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Count:
    """A count at words ``first`` to ``last`` (exclusive); ``high`` None means "at least".

    ``vague`` marks a count without a figure (عشرات, عدد من); ``unit`` marks one that counts neither people
    nor strikes (kilometres, years, tanks).
    """

    first: int
    last: int
    low: int | None
    high: int | None
    vague: bool = False
    dual: bool = False
    unit: bool = False


def find_counts(words: Words, first: int, last: int) -> list[Count]:
    """All counts among words ``first`` to ``last``, in order."""
    found: list[Count] = []
    done = first
    for at in words.where(first, last, "figure", "number", "thousand", "dual", "vague"):
        if at < done:
            continue
        count = _digits(words, at, last) or _spelled(words, at, last) or _vague(words, at)
        if count is not None:
            found.append(_bounded(words, count, first, last))
            done = count.last
    return found


def _digits(words: Words, at: int, last: int) -> Count | None:
    figures = words.words[at].lstrip(_CLINGING)
    if not (is_figure(figures) and len(figures) <= _LONGEST_FIGURE):
        return None
    value, end = int(figures), at + 1
    thousand = words.tag(end, "thousand") if end < last else None
    if thousand is not None:
        value, end = _with_rest(words, value * (thousand.entry.low or 1), end + 1)
        return Count(at, end, value, value, unit=_is_unit(words, end))
    year = value in _YEARS and words.tag(end, "victim") is None
    padded = len(figures) > 1 and figures[0] == "0"
    return Count(at, end, value, value, unit=year or padded or _is_unit(words, end))


def _with_rest(words: Words, value: int, at: int) -> tuple[int, int]:
    """The thousands with what "and" adds to them, and the word behind: 33 thousand and 839."""
    rest = words.words[at].removeprefix(AND)
    adds = rest != words.words[at] and is_figure(rest) and len(rest) <= _BELOW_THOUSAND
    return (value + int(rest), at + 1) if adds else (value, at)


def _is_unit(words: Words, at: int) -> bool:
    at += words.words[at] in FROM and words.tag(at + 1, "month") is not None  # the 8th of July
    return words.tag(at, "unit", "month") is not None


def _spelled(words: Words, at: int, last: int) -> Count | None:
    """A spelled number; units and tens joined with و, hundreds and thousands in front."""
    tag = words.tag(at, "number") or words.tag(at, "thousand")
    if tag is None or tag.entry.low is None or words.tag(at, "vague"):
        return None
    if words.before(at) in IN and words.words[at] in _PER_CENT:
        return None
    total, end = tag.entry.low, tag.last
    while end < last and (more := _spelled_on(words, total, end)) is not None:
        total, end = more
    if total == 1 and end - at == 1:
        return None  # "one of the districts", "one" as a pronoun: the noun beside it says the count
    return Count(at, end, total, total, unit=_is_unit(words, end))


def _spelled_on(words: Words, total: int, at: int) -> tuple[int, int] | None:
    """A spelled number with the word of number at ``at`` taken in, and the word behind it."""
    thousand = words.tag(at, "thousand")
    number = words.tag(at, "number")
    value = number.entry.low if number is not None else None
    if number is not None and value is not None and number.prefix == AND:
        return total + value, number.last
    if thousand is not None and not thousand.prefix:
        return total * (thousand.entry.low or 1), thousand.last
    if number is not None and value == _HUNDRED and total < _TEN:
        return total * _HUNDRED, number.last
    return None


def _vague(words: Words, at: int) -> Count | None:
    if tag := words.tag(at, "dual"):
        return Count(tag.first, tag.last, 2, 2, dual=True)
    if tag := words.tag(at, "vague"):
        low, high, end = tag.entry.low, tag.entry.high, tag.last
        of = words.tag(end, "vague")
        if low and high and of is not None and (of.entry.low or 0) >= _THOUSANDS:  # "hundreds of thousands"
            low, high, end = low * 1000, high * 1000, of.last
        return Count(tag.first, end, low, high, vague=True, unit=_is_unit(words, end))
    return None


def _bounded(words: Words, count: Count, first: int, last: int) -> Count:
    """The count with "at least", "more than", "up to" beside it taken in."""
    if count.vague or count.dual:
        return count
    before = _bound_before(words, count, first)
    start, kind = before if before is not None else (count.first, _bound_behind(words, count, last))
    low = None if kind == "up_to" else count.low
    high = None if kind in ("at_least", "more_than") else count.high
    return Count(start, count.last, low, high, unit=count.unit)


def _bound_before(words: Words, count: Count, first: int) -> tuple[int, str] | None:
    """The bound that stands before a count: where it begins, and its code."""
    for at in reversed(words.where(max(first, count.first - _LONGEST_BOUND), count.first, "bound")):
        tag = words.tag(at, "bound")
        if tag and "behind" not in tag.entry.flags and count.first - tag.last < _BOUND_BEFORE:
            return at, tag.entry.code
    return None


def _bound_behind(words: Words, count: Count, last: int) -> str:
    """The bound behind a count, up to the next thing that is counted or told: 46 civilians at least."""
    for at in range(count.last, min(last, count.last + _BOUND_AFTER)):
        tag = words.tag(at, "bound")
        if tag and tag.entry.code == "at_least":
            return tag.entry.code
        if words.tag(at, "number", "kill", "wound"):
            return ""
    return ""
