"""A figure of dead or wounded: how a count becomes one, and what is added to it.

Who they were: ``fallen``. How many are counted: ``phrases.figure``.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

from extraction.lexicon.clitics import AND, THEY_DID
from extraction.lexicon.particles import FROM, WITH, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.fallen import are_theirs, called_alike, first_side, only_side, whose_dead
from extraction.reading.number import Count
from extraction.reading.pattern import Scope as Around
from extraction.reading.phrases.figure import Figures, is_of_them
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.rules import Book, book
from extraction.words.sentence import Sentence, Words

_KIN_WINDOW: Final = 7  # words from a wife to the son killed with her
_THEY_ARE: Final = particles("they_are")
_AND_ONE: Final = particles("and_one")

Kind = Literal["killed", "wounded"]


@dataclass(frozen=True, slots=True)
class Casualties:
    """Killed or wounded at words ``first`` to ``last``; ``trigger`` says what became of them;
    ``elliptic`` marks a second count under the verb of the one before, ``placed`` one that a place of its own
    follows (وأربعة في عندان), ``theirs`` victims told by a pronoun (عناصره), ``fighters``
    fighters of a side that is not told.

    ``victims`` is civilians, a bloc, or empty where the text does not tell; ``side`` is the tag of the
    victims' side.
    """

    kind: Kind
    first: int
    last: int
    low: int | None
    high: int | None
    trigger: Tag
    victims: str = ""
    side: Tag | None = None
    total: bool = False
    elliptic: bool = False
    placed: bool = False
    theirs: bool = False
    fighters: bool = False


@dataclass
class Reading:
    """A sentence with its figures, and the dead and wounded found in it so far."""

    words: Words
    sentence: Sentence
    figures: Figures
    found: list[Casualties]


def kind_of(tag: Tag) -> Kind:
    """What a word tells of: killing or wounding."""
    return "killed" if tag.entry.role in ("kill", "dead") else "wounded"


def counted(reading: Reading, kind: Kind, tag: Tag, count: Count) -> Casualties:
    """A count as the figure of a deed, with whose dead they were."""
    words, sentence = reading.words, reading.sentence
    after = count.last if count.first < tag.first else max(tag.last, count.last)
    first = min(tag.first, count.first)
    of_others = is_of_them(words, count) and "on" in tag.entry.flags  # "finished off dozens of them"
    victims, side, end = whose_dead(words, sentence, after, first)
    if side is None and words.has(tag.last, count.first, "part"):
        victims, side = first_side(words, sentence.first, tag.first)
    if side is None and not victims and is_of_them(words, count) and not of_others:
        victims = only_side(words, sentence, tag.first)
    if side is None and not victims:
        victims = called_alike(words, sentence, after)
    if end < sentence.last and words.tag(end, "kill") and words.words[end].endswith(THEY_DID):
        end += 1  # "75 fighters fell"
    people = [
        words.tag(at, "victim") for at in words.where(_people_from(words, sentence, first), end, "victim")
    ]
    return Casualties(
        kind=kind,
        first=first,
        last=max(tag.last, count.last, end),
        trigger=tag,
        low=count.low,
        high=count.high,
        victims=victims,
        side=side,
        theirs=side is None and (of_others or are_theirs(words, people, count.first, after)),
        fighters=side is None and any(p is not None and p.entry.code == "fighters" for p in people),
        total=_is_total(words, sentence, tag, count),
    )


def rules() -> Book:
    """The rules of what a count is (``rules/figures.toml``)."""
    return book("figures", "total", "fallen", "of_years")


def _is_total(words: Words, sentence: Sentence, tag: Tag, count: Count) -> bool:
    """Whether a count covers others: of a campaign, of the whole country, a toll in all."""
    figure = Phrase("FIGURE", count.first, count.last, tag)
    return rules().first("total", Around(words, sentence, figure)) is not None


def _people_from(words: Words, sentence: Sentence, first: int) -> int:
    """Where the words begin that may tell whom a figure counts: up to two before it, in its clause."""
    begin = first
    while begin > max(sentence.first, first - 2) and not words.breaks[begin]:
        begin -= 1
    return begin


def with_more(reading: Reading, casualty: Casualties, after: int) -> Casualties:
    """The figure with those that follow it under the same verb: "killed a woman and two children"."""
    words = reading.words
    if "life" in casualty.trigger.entry.flags:
        return casualty
    count = _more_behind(reading, casualty, after)
    if count is None or not _adds(words, casualty, count):
        return casualty
    reading.figures.take(count)
    whose, side, end = whose_dead(words, reading.sentence, count.last, count.first)
    victims = casualty.victims if casualty.victims == whose else "mixed"
    sum_ = replace(
        casualty,
        last=max(casualty.last, count.last, end),
        low=(casualty.low or 0) + (count.low or 0),
        high=None if count.high is None else (casualty.high or 0) + count.high,
        victims=victims if casualty.victims and whose else casualty.victims or whose,
        side=casualty.side or side,
    )
    return with_more(reading, sum_, count.last)


def _more_behind(reading: Reading, casualty: Casualties, after: int) -> Count | None:
    """Who else follows a figure: a count, one with somebody, one more person."""
    words, figures = reading.words, reading.figures
    if words.among(after, casualty.last + 1, _THEY_ARE):
        return None  # "two people, who are a man and a woman"
    near = [at for at in range(after, casualty.last + 1) if not words.breaks[at]]
    count = next((c for at in near if (c := figures.free(at)) is not None), None)
    if count is None and _has_kin(words, casualty.first, after):
        near += range(casualty.last + 1, after + _KIN_WINDOW)
    count = count or _with_them(reading, after)
    one = next((at for at in near if words.words[at] in _AND_ONE and words.tag(at + 1, "victim")), None)
    if one is not None and count is None:  # "a commander and one of the members"
        count = Count(one, one + 2, 1, 1, dual=True)
    single = next((p for at in near if (p := words.tag(at, "victim")) and p.prefix == AND), None)
    if single is None or (count is not None and single.first >= count.first):
        return count
    return _one_more(words, single) or count


def _one_more(words: Words, person: Tag) -> Count | None:
    """A person, or persons counted behind their noun: "a man and a woman", "and her three sons"."""
    behind = words.tag(person.last, "behind")
    number = behind.entry.low if behind is not None else int(is_single(person))
    return Count(person.first, person.last, number, number, dual=True) if number else None


def _with_them(reading: Reading, after: int) -> Count | None:
    """The count right behind "with": "a commander of foreign nationality with two of his guards"."""
    words = reading.words
    beside = next((at for at in range(after, after + _KIN_WINDOW) if words.words[at] in WITH), None)
    return None if beside is None or words.has(after, beside, "break") else reading.figures.at(beside + 1)


def _has_kin(words: Words, first: int, last: int) -> bool:
    people = (words.tag(at, "victim") for at in words.where(first, last, "victim"))
    return any(person is not None and "kin" in person.entry.flags for person in people)


def _adds(words: Words, casualty: Casualties, count: Count) -> bool:
    """Whether a count is one to add to the figure before it."""
    joined = words.words[count.first].startswith(AND) or words.before(count.first) in WITH
    known = casualty.low is not None and casualty.high is not None and count.low is not None
    if count.vague or not joined or not known:
        return False
    nouns = (words.tag(at, "dead", "injured") for at in range(count.first, count.last + 1))
    if any(noun is not None and noun.prefix != AND for noun in nouns):
        return False  # "and 3 dead": the noun has it
    if words.has(count.first, count.last + 1, "strike"):
        return False
    return count.dual or _of_people(words, count)


def _of_people(words: Words, count: Count) -> bool:
    """Whether people are counted: seven fighters, seven of the fighters."""
    at = count.last + 1 if words.words[count.last] in FROM else count.last
    return words.tag(at, "victim") is not None


def is_single(person: Tag) -> bool:
    return "one" in person.entry.flags
