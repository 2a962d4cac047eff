"""The figure that a word of killing or wounding tells: of a verb, of a verbal noun, of the dead as a noun."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from extraction.lexicon.clitics import AND, PLURALS, PRONOUNS, SEVERAL, SHE_DID, THE, THEY_DID, TWO_DID
from extraction.lexicon.particles import ON, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.casualty import Casualties, Reading, counted, is_single, kind_of, rules, with_more
from extraction.reading.fallen import LEADS_ELSEWHERE, whose_dead
from extraction.reading.number import Count
from extraction.reading.pattern import Scope as Around
from extraction.words.sentence import Sentence, Words

_COUNT_WINDOW: Final = 4  # words from a verb of killing to its count
_DEED_WINDOW: Final = 14  # words from "executed" to whom: the doer and the place stand between
_ON_WINDOW: Final = 8  # words from "finished off" to its "on"
_LIFE_WINDOW: Final = 10  # words from "lost" to "their lives"
_OTHERS: Final = particles("others")
_TWO: Final = 2
_COUNT_AHEAD: Final = 14  # words from a count, over whose they were, to "were killed"
_LEADER: Final = 6  # words from a man, over his group, to the others killed with him
_TOLL_BEHIND: Final = 7  # words from a count to the toll it is the figure of
_TOLL_AHEAD: Final = 14  # words from "the number of the dead" to its count
_FELLED_REACH: Final = 8  # words from "left dead" to the dead
_DEALT_REACH: Final = 8  # words from a side to "cost it"
_NOUN_REACH: Final = 3  # words from a count to the noun for the dead
_RISEN_TO: Final = particles("to", "at")
_THEY_ARE: Final = particles("they_are")
_BEFORE_HIM: Final = particles("in_front_of")
_ALIVE: Final = particles("between", "captives")
_IN_GROUP: Final = particles("in", "beside", "from")
#: Behind a definite person these are no name of his: the commander was killed in.
_NO_NAME: Final = LEADS_ELSEWHERE | particles(
    "in", "from", "about", "to", "with", "after", "before", "amidst", "since", "today", "that", "or", "then",
    "had", "between", "there", "this", "which",
)  # fmt: skip
_NO_NAME_ROLES: Final = (
    "event", "kill", "wound", "victim", "number", "carrier", "say", "part", "nationality", "outcome",
)  # fmt: skip
_ASIDE_WINDOW: Final = 14  # words of an aside between those killed and "were killed"
_THAT: Final = particles("that", "by_that", "and_that", "but", "because")
_SHORT: Final = 2  # letters: no name is so short


# Verbs and verbal nouns


def of_verb(reading: Reading, tag: Tag) -> Casualties | None:
    """The figure of a verb or verbal noun of killing or wounding: before it, or behind it."""
    if reading.words.tag_before(tag.first, "attempt"):
        return None  # "an attempt to assassinate"
    life = _life_lost(reading, tag)
    if "life" in tag.entry.flags and life is None:
        return None
    ahead = _of_those_ahead(reading, tag)
    if ahead is not None:
        return ahead
    for told in _behind(reading, tag):
        return told
    if life is not None and "one" in life.entry.flags:  # "a mother lost her life"
        return counted(reading, kind_of(tag), tag, Count(tag.first, life.first + 1, 1, 1))
    return None


def _life_lost(reading: Reading, tag: Tag) -> Tag | None:
    """The life behind "lost"."""
    if "life" not in tag.entry.flags:
        return None
    end = min(reading.sentence.last, tag.last + _LIFE_WINDOW)
    return next((reading.words.tag(at, "life") for at in reading.words.where(tag.last, end, "life")), None)


def _of_those_ahead(reading: Reading, tag: Tag) -> Casualties | None:
    """The figure of those told before a verb: "28 gunmen were killed", "that a soldier was killed"."""
    words, figures = reading.words, reading.figures
    if not words.words[tag.first].endswith(THEY_DID):
        one = _one_or_two_ahead(reading, tag)
        return counted(reading, kind_of(tag), tag, figures.take(one)) if one is not None else None
    count = _ahead(reading, tag) if figures.at(tag.last) is None else None
    if count is None:
        return None
    told = counted(reading, kind_of(tag), tag, figures.take(count))
    aside = _aside(words, reading.sentence, tag) is not None
    return told if aside else with_more(reading, told, count.last)


def _behind(reading: Reading, tag: Tag) -> Iterator[Casualties]:
    """The figure of those told behind a verb; the first is meant."""
    words, flags = reading.words, tag.entry.flags
    begin = _begin(reading, tag)
    near = "near" in flags or begin > tag.last
    for at in _objects(reading, tag, begin):
        if near and at > begin:
            return
        if flags and words.words[at] in _OTHERS:  # "killed fifteen and wounded others"
            if kind_of(tag) == "wounded":
                yield counted(reading, "wounded", tag, Count(at, at + 1, 1, None, vague=True))
            return
        if "people" in flags and not _fell_people(reading, tag, at):
            return
        count = reading.figures.free(at)
        if count is not None and count.first >= tag.last:
            told = counted(reading, kind_of(tag), tag, reading.figures.take(count))
            yield with_more(reading, told, count.last)
            return
        person = words.tag(at, "victim") if words.before(at) not in _BEFORE_HIM else None
        if person is not None and not _does_it(words, tag, person):
            found = _person(reading, tag, person)
            if found is not None:
                yield found
            if found is not None or not _is_counted_behind(reading, person):
                return


def _begin(reading: Reading, tag: Tag) -> int:
    """The word from which on those killed are looked for: of "finished off", behind its "on"."""
    words = reading.words
    if "on" not in tag.entry.flags:
        return tag.last
    stop = min(reading.sentence.last, tag.last + _ON_WINDOW)
    led = next((at for at in range(tag.last, stop) if words.words[at] in ON or words.breaks[at]), None)
    if led is None or words.breaks[led] or words.words[led] not in ON:
        return tag.last
    own = words.has(tag.last, led, "event", "number", "figure", "dual", "victim")
    return tag.last if own else led + 1


def _objects(reading: Reading, tag: Tag, begin: int) -> Iterator[int]:
    """The words behind a verb among which those killed are looked for: over the name of the doer, up to the
    next deed."""
    words = reading.words
    verb = tag.entry.form != "noun"
    window = _DEED_WINDOW if "deed" in tag.entry.flags and verb else _COUNT_WINDOW
    doer = words.tag(begin, "actor") if verb else None
    named = doer.last if doer is not None and doer.last > begin + 1 else begin  # قتلت قوات سوريا الديمقراطية
    plural = words.words[tag.first].endswith(THEY_DID)
    for at in range(begin, min(reading.sentence.last, named + window)):
        if begin < at < named:
            continue
        if at > begin - plural and words.tag(at, "kill", "wound", "event", "connector"):
            return
        yield at


def _fell_people(reading: Reading, tag: Tag, at: int) -> bool:
    """Whether those who "fell" or were "hit" are people, counted right behind the verb."""
    count = reading.figures.at(at)
    return at == tag.last and count is not None and _counts_people(reading.words, count)


def _does_it(words: Words, tag: Tag, person: Tag) -> bool:
    """Whether people are those who put others to death: "members of the organisation executed twenty"."""
    deed = "deed" in tag.entry.flags and tag.entry.form != "noun"
    side = words.has(person.first, person.first + 2, "actor")
    return deed and side and words.tag(person.first, "group_noun") is not None


def _is_counted_behind(reading: Reading, person: Tag) -> bool:
    """Whether a count stands right behind people: "gunmen killed two soldiers"."""
    words = reading.words
    several = words.words[person.first].endswith(SEVERAL)
    return several and reading.figures.at(person.last) is not None


def _person(reading: Reading, tag: Tag, person: Tag) -> Casualties | None:
    """The figure of a person or of people without a count behind a verb."""
    words, kind = reading.words, kind_of(tag)
    two = _two_behind(reading, person)
    if two is not None:
        two = replace(reading.figures.take(two), first=person.first)
        return counted(reading, kind, tag, two)
    if _is_counted_behind(reading, person):
        return None
    behind = words.tag(person.last, "behind")
    if behind is not None and not is_single(person):  # "her four sons were hurt"
        number = Count(person.first, behind.last, behind.entry.low, behind.entry.low)
        return with_more(reading, counted(reading, kind, tag, number), number.last)
    single = not words.words[person.first].endswith(PLURALS) and is_single(person)
    if person.definite and not (single and _is_named(words, tag, person)):
        return None  # "killed the civilians": nobody in particular
    bounded = person.definite or (single and not _at_least(words, person.last))
    number = Count(person.first, person.last, 1, 1 if bounded else None, vague=not single)
    return with_more(reading, counted(reading, kind, tag, number), number.last)


def _at_least(words: Words, at: int) -> bool:
    """Whether "at least" stands right behind what it bounds."""
    bound = words.tag(at, "bound")
    return bound is not None and "behind" in bound.entry.flags


def _two_behind(reading: Reading, person: Tag) -> Count | None:
    """The "two" behind a dual: two policemen, two Turkish soldiers."""
    words = reading.words
    at = person.last + 1 if words.tag(person.last, "nationality") else person.last
    count, spelled = reading.figures.free(at), words.tag(at, "number")
    if count is None or spelled is None or spelled.prefix or count.dual or count.first != at:
        return None
    return count if count.low == count.high == _TWO else None


def _ahead(reading: Reading, tag: Tag) -> Count | None:
    """The count before a plural verb: "28 gunmen, six Turks among them, were killed"."""
    words, figures = reading.words, reading.figures
    aside = _aside(words, reading.sentence, tag)
    at = (tag.first if aside is None else aside) - 1
    floor = max(reading.sentence.first, at + 1 - _COUNT_AHEAD)
    while at >= floor:
        count = figures.free(at)
        if count is not None and _counts_victims(words, count, tag):
            return _first_joined(reading, tag, count, floor)
        if words.breaks[at + 1] and at + 1 not in (tag.first, aside):
            return None
        at -= 1
    return None


def _counts_victims(words: Words, count: Count, tag: Tag) -> bool:
    """Whether people stand right behind a count, or behind its toll."""
    reach = 5 if words.has(count.last, count.last + 3, "toll") else 3
    return words.has(count.last, min(count.last + reach, tag.first), "victim")


def _first_joined(reading: Reading, tag: Tag, count: Count, floor: int) -> Count:
    """The count before one that "and" joins to it, or that one with the man told before it."""
    words, figures = reading.words, reading.figures
    at = count.first
    if not words.words[at].startswith(AND) or words.breaks[at]:
        return count
    places = range(at - 1, max(floor, at - 4) - 1, -1)
    first = next((c for n in places if (c := figures.at(n)) is not None), None)
    if first is None:
        return _with_leader(reading, count, tag)
    return first if figures.is_free(first) else count


def _aside(words: Words, sentence: Sentence, tag: Tag) -> int | None:
    """Where the aside begins that tells right before a verb who they were: "34 people, seven children among
    them, were killed"; None where there is none."""
    if not words.breaks[tag.first]:
        return None
    floor = max(sentence.first, tag.first - _ASIDE_WINDOW)
    begins = [
        at
        for at in words.where(floor, tag.first, "break")
        if words.tag(at, "part") or words.words[at] in _THEY_ARE
    ]
    return begins[0] if begins else None


def _one_or_two_ahead(reading: Reading, tag: Tag) -> Count | None:
    """Who stands right before a passive, one or two: "that a Turkish soldier was killed and three hurt"."""
    words = reading.words
    person = words.tag_before(tag.first, "victim") or words.tag_before(tag.first, "victim", by=2)
    if person is None or person.prefix or tag.prefix or tag.entry.flags or words.breaks[tag.first]:
        return None
    if person.last < tag.first and not words.tag(person.last, "nationality"):
        return None
    count = reading.figures.free(person.first) if tag.suffix == TWO_DID else None
    if count is not None and count.dual:
        return count
    one = is_single(person) and tag.suffix in ("", SHE_DID) and words.before(person.first) in _THAT
    active = words.has(tag.last, tag.last + 1, "victim", "number", "figure", "dual", "actor")
    return Count(person.first, tag.first, 1, 1) if one and not active else None


def _with_leader(reading: Reading, count: Count, tag: Tag) -> Count:
    """The count with the one man told before it: "a leader in the group and five others were killed"."""
    words = reading.words
    people = (
        words.tag(at, "victim")
        for at in words.backwards(count.first, _LEADER)
        if not words.has(at, count.first + 1, "break")
    )
    leader = next((person for person in people if person is not None), None)
    others = words.among(count.last, tag.first, _OTHERS)
    if not others or leader is None or not is_single(leader) or count.low is None:
        return count
    high = None if count.high is None else count.high + 1
    return replace(count, first=leader.first, low=count.low + 1, high=high)


def _counts_people(words: Words, count: Count) -> bool:
    """Whether a count is of people that are told neither as wounded nor as taken alive nor as both."""
    person = words.tag(count.last, "victim") or (words.tag(count.first, "victim") if count.vague else None)
    if person is None:
        return False
    behind = range(person.last, person.last + 3)
    return not any(words.tag(at, "injured", "dead") or words.words[at] in _ALIVE for at in behind)


def _is_named(words: Words, tag: Tag, person: Tag) -> bool:
    """Whether a definite person is one of whom the name or the side is told: the commander Abu Omar."""
    if words.tag_before(tag.first, "aside") or words.breaks[person.last]:
        return False
    behind = words.words[person.last]
    if behind in _IN_GROUP:
        return person.entry.code == "fighters" and words.tag(person.last + 1, "actor") is not None
    return len(behind) > _SHORT and behind not in _NO_NAME and not words.tag(person.last, *_NO_NAME_ROLES)


# Nouns for the dead and wounded


def of_noun(reading: Reading, tag: Tag) -> Casualties | None:
    """The dead or the wounded as a noun: 20 قتيلا, عشرات الجرحى, قتلى وجرحى."""
    words = reading.words
    if words.has(words.back(tag.first, 6), tag.first, "negation"):
        return None
    if (toll := _of_toll(reading, tag)) is not None:
        return toll
    count = _count_before(reading, tag)
    if "counted" in tag.entry.flags and (count is None or count.dual or count.last != tag.first):
        return None
    if count is not None and reading.figures.is_free(count):
        told = counted(reading, kind_of(tag), tag, reading.figures.take(count))
        return told if told.side is not None or told.victims else _dealt(reading, told)
    if count is not None and reading.found and reading.found[-1].kind == kind_of(tag):
        return None  # "20 were killed": the noun only says it again
    return _felled(reading, tag) or _uncounted(reading, tag)


def _of_toll(reading: Reading, tag: Tag) -> Casualties | None:
    """The dead of whom a toll is told: "the number of the opposition's dead reached 75"."""
    words, figures = reading.words, reading.figures
    if not words.tag_before(tag.first, "toll"):
        return None
    risen = _risen_to(reading, tag)
    if risen is not None:
        return counted(reading, kind_of(tag), tag, figures.take(risen))
    places = range(tag.last, min(reading.sentence.last, tag.last + _TOLL_AHEAD))
    count = next((c for at in places if (c := figures.free(at)) is not None and not c.vague), None)
    if count is None:
        return None
    casualty = counted(reading, kind_of(tag), tag, figures.take(count))
    victims, side, _ = whose_dead(words, reading.sentence, tag.last, tag.first)
    return replace(casualty, victims=casualty.victims or victims, side=casualty.side or side)


def _count_before(reading: Reading, tag: Tag) -> Count | None:
    """The count before a noun for the dead or inside it, used or not."""
    words = reading.words
    for at in range(tag.first, max(reading.sentence.first, tag.first - _NOUN_REACH) - 1, -1):
        if at < tag.first and words.breaks[at + 1]:
            return None
        if (count := reading.figures.at(at)) is not None:
            return count
    return None


def _felled(reading: Reading, tag: Tag) -> Casualties | None:
    """Those whom somebody is told to have felled: "a unit left members of a group dead"."""
    struck = _inflicted(reading.words, tag) if THE not in tag.prefix else None
    if struck is None:
        return None
    casualty = counted(reading, kind_of(tag), tag, Count(tag.first, tag.last, 1, None, vague=True))
    victims, side, _ = whose_dead(reading.words, reading.sentence, struck, struck)
    return replace(casualty, first=struck, victims=victims or casualty.victims, side=side or casualty.side)


def _dealt(reading: Reading, told: Casualties) -> Casualties:
    """The figure with the side that was dealt it: "they cost the group 25 dead", "cost it 25 dead"."""
    words = reading.words
    verb = _felled_by(words, told.first)
    if verb is None:
        return told
    if verb.suffix.endswith(PRONOUNS):
        before = reversed(words.where(words.back(verb.first, _DEALT_REACH), verb.first, "actor"))
        sides = (words.tag(at, "actor") for at in before)
        side = next((s for s in sides if s is not None and s.entry.bloc), None)
        return replace(told, side=side, victims=side.entry.bloc) if side is not None else told
    victims, side, _ = whose_dead(words, reading.sentence, verb.last + 1, verb.last)
    return replace(told, victims=victims, side=side)


def _uncounted(reading: Reading, tag: Tag) -> Casualties | None:
    """Dead or wounded without a figure, told as fallen or beside others so told: سقوط قتلى وجرحى."""
    words, found = reading.words, reading.found
    fell = rules().first("fallen", Around(words, reading.sentence, tag)) is not None
    beside = bool(found) and tag.prefix.startswith(AND) and found[-1].last >= tag.first - 1
    if not fell and not (beside and found[-1].high is None and found[-1].low == 1):
        return None
    return counted(reading, kind_of(tag), tag, Count(tag.first, tag.last, 1, None, vague=True))


def _risen_to(reading: Reading, tag: Tag) -> Count | None:
    """The count that a toll named behind it has risen to: "risen to 18 at least has the number of dead"."""
    words, figures = reading.words, reading.figures
    for at in words.backwards(tag.first - 1, _TOLL_BEHIND - 1):
        if words.breaks[at + 1]:
            return None
        count = figures.at(at)
        if count is not None:
            return count if figures.is_free(count) and words.before(count.first) in _RISEN_TO else None
    return None


def _inflicted(words: Words, tag: Tag) -> int | None:
    """Where those stand whom somebody is told to have felled: "a unit left members of a group dead"."""
    verb = _felled_by(words, tag.first)
    people = words.where(verb.last, tag.first, "victim") if verb is not None else ()
    return people[0] if people else None


def _felled_by(words: Words, first: int) -> Tag | None:
    """The verb before a word whose object are those who fell."""
    for at in words.backwards(first, _FELLED_REACH):
        if words.breaks[at + 1]:
            return None
        felled = words.tag(at, "outcome")
        if felled is not None and "felled" in felled.entry.flags:
            return felled
    return None
