"""The dead and the wounded: counts joined to the words that say what became of whom.

Follows the contract: a count of vehicles, years or kilometres is none; "among them nine children" is a part,
never an addition; "dead and wounded" without a figure is one at least; a toll of the whole war is no claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final, Literal

from extraction.lexicon.clitics import AND, BY, PLURALS, PRONOUNS, SEVERAL, SHE_DID, THE, THEY_DID, TWO_DID
from extraction.lexicon.particles import BETWEEN, FROM, IN, ON, TO, WITH, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.number import Count, find_counts
from extraction.words.sentence import QUOTES, Sentence, Words

_THOUSANDS: Final = 1000
_RANKS: Final = 4  # words from the dead to "in its ranks"
_COUNT_WINDOW: Final = 4  # words from a verb of killing to its count
_DEED_WINDOW: Final = 14  # words from "executed" to whom: the doer and the place stand between
_VICTIM_WINDOW: Final = 6  # words from a count to the side of its victims
_KIN_WINDOW: Final = 7  # words from a wife to the son killed with her
_ON_WINDOW: Final = 8  # words from "finished off" to its "on"
_LIFE_WINDOW: Final = 10  # words from "lost" to "their lives"
_PARTS_WINDOW: Final = 25  # words from a count to its parts, each with a place of its own
_NOUNS: Final = frozenset({"dead", "injured"})
_NEW_BREATH: Final = ("event", "kill", "wound", "say", "deny", "connector")
_OTHERS: Final = particles("others")
_OTHERS_GAP: Final = 6
_TWO: Final = 2
_STEM: Final = 4  # letters that tell one word for fighters from another
_COUNT_AHEAD: Final = 14  # words from a count, over whose they were, to "were killed"
_AND_ONE: Final = particles("and_one")
_LEADER: Final = 6  # words from a man, over his group, to the others killed with him
_TOLL_BEHIND: Final = 7  # words from a count to the toll it is the figure of
_RISEN_TO: Final = particles("to", "at")
_QUARREL: Final = 10  # words from the dead to the quarrel they died of
_OF_THEM: Final = particles("of_them", "from_it")
_THEY_ARE: Final = particles("they_are")
_BEFORE_HIM: Final = particles("in_front_of")
_ALIVE: Final = particles("between", "captives")
_IN_GROUP: Final = particles("in", "beside", "from")
#: What leads from the victims to where or when they were killed.
_LEADS_ELSEWHERE: Final = particles("when", "after_that", "on", "at", "near", "owing_to", "upon", "during")
#: Behind a definite person these are no name of his: the commander was killed in.
_NO_NAME: Final = _LEADS_ELSEWHERE | particles(
    "in", "from", "about", "to", "with", "after", "before", "amidst", "since", "today", "that", "or", "then",
    "had", "between", "there", "this", "which",
)  # fmt: skip
_ASIDE_WINDOW: Final = 14  # words of an aside between those killed and "were killed"
_THAT: Final = particles("that", "by_that", "and_that", "but", "because")
_SHORT: Final = 2  # letters: no name is so short


@dataclass(frozen=True, slots=True)
class Casualties:
    """Killed or wounded at words ``first`` to ``last``; ``trigger`` says what became of them;
    ``elliptic`` marks a second count under the verb of the one before, ``placed`` one that a place of its own
    follows (وأربعة في عندان), ``theirs`` victims told by a pronoun (عناصره), ``fighters``
    fighters of a side that is not told.

    ``victims`` is civilians, a bloc, or empty where the text does not tell; ``side`` is the tag of the
    victims' side. ``active`` marks a killing told with its doer (تمكنوا من قتل).
    """

    kind: Literal["killed", "wounded"]
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
    told = [count for count in find_counts(words, sentence.first, sentence.last) if not count.unit]
    counts = [count for count in told if not _is_part(words, count, sentence)]
    placed = [count for count in told if not count.vague and _has_place(words, starts, count)]
    counts = [c for c in counts if not _risen_from(words, c)]
    by_start = {at: count for count in counts for at in range(count.first, count.last)}
    used: set[Count] = set()
    found: list[Casualties] = []
    for at in deeds:
        tag = words.tag(at, "kill", "wound")
        if tag is not None:
            casualty = _of_verb(words, sentence, by_start, used, tag)
            if casualty:
                found.append(casualty)
                continue
        tag = words.tag(at, "dead", "injured")
        if tag is not None:
            casualty = _of_noun(words, sentence, by_start, used, tag, found)
            if casualty:
                found.append(casualty)
    found = _with_parts(words, sentence, placed, used, found)
    found.extend(_elliptic(words, sentence, counts, used, found))
    found.extend(_and_one(words, sentence, by_start, used, found))
    found = [_with_toll(c, told) for c in found if not _of_whole_war(words, sentence, c)]
    found = [c for c in found if not words.has(c.last, min(sentence.last, c.last + _QUARREL), "quarrel")]
    if before is not None and before.side is not None and _of_the_dead(words, sentence):
        found = [c if c.victims else replace(c, victims=before.victims, side=before.side) for c in found]
    found = _each_placed(words, starts, sorted(found, key=lambda c: (c.first, c.last)))
    return _and_others(words, found)


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
        others = any(words.words[at] in _OTHERS for at in range(casualty.first, casualty.last + 1))
        if (
            before is not None
            and others
            and casualty.side is None
            and casualty.first - before.last <= _OTHERS_GAP
        ):
            result.append(replace(casualty, victims=before.victims, side=before.side))
        else:
            result.append(casualty)
    return result


def _risen_from(words: Words, count: Count) -> bool:
    """Whether a count is what a toll has risen from: "from 9 to 12 dead"."""
    return words.before(count.first) in FROM and words.words[count.last] in TO


def _of_whole_war(words: Words, sentence: Sentence, casualty: Casualties) -> bool:
    """Whether a count is told of years: "since the war broke out". A record is set by an event, though."""
    if casualty.total:
        return False
    return words.has(words.back(casualty.first, 12), min(sentence.last, casualty.last + 8), "whole_war")


def _of_the_dead(words: Words, sentence: Sentence) -> bool:
    """Whether a sentence begins with "among the dead": those just told."""
    for at in range(sentence.first, min(sentence.last, sentence.first + 4)):
        tag = words.tag(at, "dead", "injured")
        if tag is not None:
            return tag.definite
    return False


def _has_place(words: Words, starts: frozenset[int], count: Count) -> bool:
    """Whether a count is followed by a place and by nothing else: 27 in Homs, four civilians in Duma."""
    at = count.last
    person = words.tag(at, "victim")
    if (person is not None or count.dual) and words.tag_before(count.first, "part"):
        return False  # "six dead, four children among them, in A"
    at = person.last if person is not None else at
    at += words.words[at] in _OF_THEM  # "of whom 30 (30 منهم) in Damascus"
    return _place_behind(words, starts, at) is not None


def _place_behind(words: Words, starts: frozenset[int], at: int) -> int | None:
    """Where the place begins that "in" leads to right at a word: in Homs, in the town of Duma."""
    if words.breaks[at] or not (words.words[at] in IN or words.words[at].startswith(BY)):
        return None
    for n in range(at, at + 4):
        if n in starts and (n > at or words.words[at] not in IN):
            return n
        if words.words[n] not in IN and not words.tag(n, "ground", "part_of"):
            return None
    return None


def _each_placed(words: Words, starts: frozenset[int], found: Sequence[Casualties]) -> list[Casualties]:
    """The figures in order; of those told by nouns in one breath, each with its place, all but the first are
    marked: "four dead in A, three dead and ten wounded in B"."""
    result: list[Casualties] = []
    until = 0
    for casualty, other in zip_longest(found, found[1:]):
        joined = other is not None and other.first == casualty.last and other.kind != casualty.kind
        end = other.last if joined and other is not None else casualty.last
        place = _place_behind(words, starts, end) if casualty.trigger.entry.role in _NOUNS else None
        breath = 0 < until < casualty.first and not words.has(until, casualty.first, *_NEW_BREATH)
        result.append(replace(casualty, placed=True) if place is not None and breath else casualty)
        until = place if place is not None else until
    return result


def _with_parts(
    words: Words,
    sentence: Sentence,
    placed: Sequence[Count],
    used: set[Count],
    found: Sequence[Casualties],
) -> list[Casualties]:
    """The figures with those that tell their parts, or more of the kind, place by place.

    "64 dead, of them 27 in Homs, 15 in Idlib": the first is a total; "six dead in A and four in B" is not.
    """
    more: list[Casualties] = []
    totals: set[Casualties] = set()
    chief: Casualties | None = None
    until, parts = 0, False
    for count in placed:
        if count in used or count.low is None:
            continue
        at = count.first
        part = words.has(words.back(at, 2), at, "part") or words.words[count.last] in _OF_THEM
        if part or chief is None or at - until > _COUNT_WINDOW + 4:
            before = [c for c in found if c.last <= at and c.low is not None]
            chief = before[-1] if before else None
            until, parts = (chief.last, part) if chief is not None else (0, False)
        reach = _PARTS_WINDOW if part else _COUNT_WINDOW + 4
        joined = part or words.words[at].startswith(AND)
        if chief is None or not joined or at - until > reach or (parts and count.low >= (chief.low or 0)):
            continue
        if words.has(until, at, "kill", "wound", "event") and not part:
            continue
        used.add(count)
        person = words.tag(count.last, "victim")
        until = person.last if person is not None else count.last
        more.append(
            replace(
                chief,
                first=at,
                last=until,
                low=count.low,
                high=count.high,
                elliptic=True,
                placed=True,
                total=False,
            )
        )
        if parts:
            totals.add(chief)
    return [*(replace(c, total=True) if c in totals else c for c in found), *more]


def _is_part(words: Words, count: Count, sentence: Sentence) -> bool:
    """Whether a count is a part of one just told: بينهم تسعة أطفال."""
    for at in range(words.back(count.first, 3), count.first):
        if words.tag(at, "part"):
            first = count.first - at <= 1 or not words.words[count.first].startswith(AND)
            first = first and not _turns(words, at, count.first)
            return first and words.tag_before(at, "kill", "wound") is None
    of_them = words.words[count.last] in _OF_THEM
    before = count.first - 1 - (words.before(count.first) in ON)
    if words.tag(before, "kill", "wound") and not words.words[count.first].startswith(THE):
        return False  # "killing two of them": of those just told, who were not counted as dead
    if of_them and words.tag(count.last + 1, "dead", "injured"):
        return False  # "left nine of them dead"
    return of_them  # "36 of them", not "36, among them"


def _turns(words: Words, first: int, last: int) -> bool:
    """Whether a verbal noun begins between a part and a count: "a child among them, and the fall of"."""
    tags = (
        words.tag(at, "carrier", "kill", "wound")
        for at in words.where(first, last, "carrier", "kill", "wound")
    )
    return any(tag is not None and tag.prefix == AND for tag in tags)


def _of_verb(
    words: Words, sentence: Sentence, by_start: Mapping[int, Count], used: set[Count], tag: Tag
) -> Casualties | None:
    """A verb or verbal noun of killing or wounding with its count behind it, or before it."""
    kind: Literal["killed", "wounded"] = "killed" if tag.entry.role == "kill" else "wounded"
    flags = tag.entry.flags
    if words.tag_before(tag.first, "attempt"):
        return None  # "an attempt to assassinate"
    alive = range(tag.last, min(sentence.last, tag.last + _LIFE_WINDOW))
    if "life" in flags and not any(words.tag(at, "life") for at in alive):
        return None
    begin = tag.last
    if "on" in flags:  # "units of the army finished off a number of"
        stop = min(sentence.last, tag.last + _ON_WINDOW)
        led = next((at for at in range(tag.last, stop) if words.words[at] in ON or words.breaks[at]), None)
        own = led is not None and words.has(tag.last, led, "event", "number", "figure", "dual", "victim")
        if led is not None and not own and words.words[led] in ON and not words.breaks[led]:
            begin = led + 1
            flags = flags | {"near"}
    plural = words.words[tag.first].endswith(THEY_DID)
    if plural and tag.last not in by_start and (ahead := _ahead(words, sentence, by_start, used, tag)):
        used.add(ahead)
        told = _casualty(words, sentence, kind, tag, ahead)
        if _aside(words, sentence, tag) is not None:
            return told
        return _with_more(words, sentence, by_start, used, told, ahead.last)
    if not plural and (ahead := _one_or_two_ahead(words, by_start, used, tag)):
        used.add(ahead)
        return _casualty(words, sentence, kind, tag, ahead)
    window = _DEED_WINDOW if "deed" in flags and tag.entry.form != "noun" else _COUNT_WINDOW
    doer = words.tag(begin, "actor") if tag.entry.form != "noun" else None
    named = doer.last if doer is not None and doer.last > begin + 1 else begin  # قتلت قوات سوريا الديمقراطية
    for at in range(begin, min(sentence.last, named + window)):
        if begin < at < named:
            continue
        if at > begin - plural and words.tag(at, "kill", "wound", "event", "connector"):
            break
        count = by_start.get(at)
        if "near" in flags and at > begin:
            return None
        if flags and words.words[at] in _OTHERS:  # "killed fifteen and wounded others"
            others = Count(at, at + 1, 1, None, vague=True)
            return _casualty(words, sentence, kind, tag, others) if kind == "wounded" else None
        if "people" in flags and (at > tag.last or count is None or not _counts_people(words, count)):
            return None
        if count is not None and count not in used and count.first >= tag.last:
            used.add(count)
            return _with_more(
                words, sentence, by_start, used, _casualty(words, sentence, kind, tag, count), count.last
            )
        person = (
            words.tag(at, "victim") if words.before(at) not in _BEFORE_HIM else None
        )  # before his children
        subject = "deed" in flags and person is not None and tag.entry.form != "noun"
        if subject and (words.has(at, at + 2, "actor") and words.tag(at, "group_noun")):
            continue  # "members of the organisation executed twenty"
        two = _two_behind(words, by_start, person) if person is not None else None
        if two is not None and two not in used:
            used.add(two)
            return _casualty(words, sentence, kind, tag, replace(two, first=at))
        if person is not None and words.words[at].endswith(SEVERAL) and person.last in by_start:
            continue  # "gunmen killed two soldiers"
        if person is not None:
            single = not words.words[at].endswith(PLURALS) and _is_single(person)
            open_ended = not single or _at_least(words, person.last)
            number = Count(at, person.last, 1, None if open_ended else 1, vague=not single)
            if person.definite and not (single and _is_named(words, tag, person)):
                return None  # "killed the civilians": nobody in particular
            if person.definite:
                number = Count(at, person.last, 1, 1)
            one = _casualty(words, sentence, kind, tag, number)
            return _with_more(words, sentence, by_start, used, one, number.last)
    if "life" in flags:  # "a mother lost her life"
        at = next(at for at in alive if words.tag(at, "life"))
        if (lost := words.tag(at, "life")) is not None and "one" in lost.entry.flags:
            return _casualty(words, sentence, kind, tag, Count(tag.first, at + 1, 1, 1))
    return None


def _at_least(words: Words, at: int) -> bool:
    """Whether "at least" stands right behind what it bounds."""
    bound = words.tag(at, "bound")
    return bound is not None and "behind" in bound.entry.flags


def _two_behind(words: Words, by_start: Mapping[int, Count], person: Tag) -> Count | None:
    """The "two" behind a dual: two policemen, two Turkish soldiers."""
    at = person.last + 1 if words.tag(person.last, "nationality") else person.last
    count = by_start.get(at)
    said = count is not None and count.low == count.high == _TWO and not count.dual and count.first == at
    spelled = words.tag(at, "number")
    return count if said and spelled is not None and not spelled.prefix else None


def _ahead(
    words: Words, sentence: Sentence, by_start: Mapping[int, Count], used: set[Count], tag: Tag
) -> Count | None:
    """The count before a plural verb: "28 gunmen, six Turks among them, were killed"."""
    aside = _aside(words, sentence, tag)
    at = (tag.first if aside is None else aside) - 1
    floor = max(sentence.first, at + 1 - _COUNT_AHEAD)
    while at >= floor:
        count = by_start.get(at)
        reach = 5 if count and words.has(count.last, count.last + 3, "toll") else 3
        near = range(count.last, min(count.last + reach, tag.first)) if count else ()
        if count is not None and count not in used and any(words.tag(n, "victim") for n in near):
            joined = words.words[at].startswith(AND) and not words.breaks[at]
            places = range(at - 1, max(floor, at - 4) - 1, -1)
            first = next((c for n in places if (c := by_start.get(n)) is not None), None) if joined else None
            if joined and first is None:
                return _with_leader(words, sentence, count, tag)
            return first if first is not None and first not in used else count
        if words.breaks[at + 1] and at + 1 not in (tag.first, aside):
            return None
        at -= 1
    return None


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


def _one_or_two_ahead(
    words: Words, by_start: Mapping[int, Count], used: set[Count], tag: Tag
) -> Count | None:
    """Who stands right before a passive, one or two: "that a Turkish soldier was killed and three hurt"."""
    beside = (words.tag_before(tag.first, "victim", by=back) for back in (1, 2))
    person = next((p for p in beside if p is not None), None)
    if tag.prefix or tag.entry.flags or person is None or person.prefix or words.breaks[tag.first]:
        return None
    if person.last < tag.first and not words.tag(person.last, "nationality"):
        return None
    if tag.suffix == TWO_DID and (count := by_start.get(person.first)) and count.dual and count not in used:
        return count
    one = _is_single(person) and tag.suffix in ("", SHE_DID) and words.before(person.first) in _THAT
    active = words.has(tag.last, tag.last + 1, "victim", "number", "figure", "dual", "actor")
    return Count(person.first, tag.first, 1, 1) if one and not active else None


def _with_leader(words: Words, sentence: Sentence, count: Count, tag: Tag) -> Count:
    """The count with the one man told before it: "a leader in the group and five others were killed"."""
    others = any(words.words[at] in _OTHERS for at in range(count.last, tag.first))
    before = words.backwards(count.first, _LEADER)
    people = (words.tag(at, "victim") for at in before if not words.has(at, count.first + 1, "break"))
    leader = next((person for person in people if person is not None), None)
    if not others or leader is None or not _is_single(leader) or count.low is None:
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
    roles = (
        "event",
        "kill",
        "wound",
        "victim",
        "number",
        "carrier",
        "say",
        "part",
        "nationality",
        "outcome",
    )
    return len(behind) > _SHORT and behind not in _NO_NAME and words.tag(person.last, *roles) is None


def _with_more(
    words: Words,
    sentence: Sentence,
    by_start: Mapping[int, Count],
    used: set[Count],
    casualty: Casualties,
    after: int,
) -> Casualties:
    """The figure with one that follows it under the same verb: "killed a woman and two children"."""
    places = [at for at in range(after, casualty.last + 1) if not words.breaks[at]]
    count = next((c for at in places if (c := by_start.get(at)) is not None and c not in used), None)
    if casualty.trigger.entry.flags & {"life"}:
        return casualty
    kin = words.has(casualty.first, after, "victim") and any(
        (p := words.tag(at, "victim")) and "kin" in p.entry.flags for at in range(casualty.first, after)
    )
    if count is None and kin:
        places += range(casualty.last + 1, after + _KIN_WINDOW)
    if count is None:  # "a commander of foreign nationality with two of his guards"
        more = (at for at in range(after, after + _KIN_WINDOW) if words.words[at] in WITH)
        beside = next(more, None)
        count = (
            by_start.get(beside + 1) if beside is not None and not words.has(after, beside, "break") else None
        )
    single = next((p for at in places if (p := words.tag(at, "victim")) and p.prefix == AND), None)
    one = next((at for at in places if words.words[at] in _AND_ONE and words.tag(at + 1, "victim")), None)
    if one is not None and count is None:  # "a commander and one of the members"
        count = Count(one, one + 2, 1, 1, dual=True)
    if single is not None and (count is None or single.first < count.first):  # "a man and a woman"
        behind = words.tag(single.last, "behind")  # "and her three sons"
        number = behind.entry.low if behind is not None else int(_is_single(single)) or None
        if number is not None:
            count = Count(single.first, single.last, number, number, dual=True)
    if (
        count is None
        or count.vague
        or not (words.words[count.first].startswith(AND) or words.before(count.first) in WITH)
        or casualty.low is None
        or casualty.high is None
        or count.low is None
        or words.has(count.first, count.last + 1, "dead", "injured", "strike")
        or not (count.dual or _of_people(words, count))
    ):
        return casualty
    used.add(count)
    whose, side, end = _victims(words, sentence, count.last, count.first)
    high = None if count.high is None else casualty.high + count.high
    victims = casualty.victims if casualty.victims == whose else "mixed"
    sum_ = replace(
        casualty,
        last=max(casualty.last, count.last, end),
        low=casualty.low + count.low,
        high=high,
        victims=victims if casualty.victims and whose else casualty.victims or whose,
        side=casualty.side or side,
    )
    return _with_more(words, sentence, by_start, used, sum_, count.last)


def _of_people(words: Words, count: Count) -> bool:
    """Whether people are counted: seven fighters, seven of the fighters."""
    at = count.last + 1 if words.words[count.last] in FROM else count.last
    return words.tag(at, "victim") is not None


def _is_single(person: Tag) -> bool:
    return "one" in person.entry.flags


def _of_noun(
    words: Words,
    sentence: Sentence,
    by_start: Mapping[int, Count],
    used: set[Count],
    tag: Tag,
    found: Sequence[Casualties],
) -> Casualties | None:
    """The dead or the wounded as a noun: 20 قتيلا, عشرات الجرحى, قتلى وجرحى."""
    kind: Literal["killed", "wounded"] = "killed" if tag.entry.role == "dead" else "wounded"
    if words.has(words.back(tag.first, 6), tag.first, "negation"):
        return None
    if words.tag_before(tag.first, "toll") and (count := _risen_to(words, sentence, by_start, used, tag)):
        used.add(count)
        return _casualty(words, sentence, kind, tag, count)
    if words.tag_before(tag.first, "toll"):  # "the number of the opposition's dead reached 75"
        for at in range(tag.last, min(sentence.last, tag.last + 14)):
            count = by_start.get(at)
            if count is not None and count not in used and not count.vague:
                used.add(count)
                casualty = _casualty(words, sentence, kind, tag, count)
                victims, side, _ = _victims(words, sentence, tag.last, tag.first)
                return replace(casualty, victims=casualty.victims or victims, side=casualty.side or side)
    for at in (tag.first, tag.first - 1, tag.first - 2, tag.first - 3):
        if at < sentence.first or (words.breaks[min(at + 1, tag.first)] and at < tag.first):
            break
        count = by_start.get(at)
        if count is None:
            continue
        if count in used:
            if found and found[-1].kind == kind:
                return None
            break
        used.add(count)
        return _casualty(words, sentence, kind, tag, count)
    if THE not in tag.prefix and (struck := _inflicted(words, sentence, tag)) is not None:
        casualty = _casualty(words, sentence, kind, tag, Count(tag.first, tag.last, 1, None, vague=True))
        victims, side, _ = _victims(words, sentence, struck, struck)
        return replace(
            casualty, first=struck, victims=victims or casualty.victims, side=side or casualty.side
        )
    joined = bool(found) and tag.prefix.startswith(AND) and found[-1].last >= tag.first - 1
    bare = THE not in tag.prefix and _fell(words, sentence, tag)
    if bare or (joined and found[-1].high is None and found[-1].low == 1):
        return _casualty(words, sentence, kind, tag, Count(tag.first, tag.last, 1, None, vague=True))
    return None


def _risen_to(
    words: Words, sentence: Sentence, by_start: Mapping[int, Count], used: set[Count], tag: Tag
) -> Count | None:
    """The count that a toll named behind it has risen to: "risen to 18 at least has the number of dead"."""
    for at in words.backwards(tag.first - 1, _TOLL_BEHIND - 1):
        if words.breaks[at + 1]:
            return None
        count = by_start.get(at)
        if count is not None:
            return count if count not in used and words.before(count.first) in _RISEN_TO else None
    return None


def _fell(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether dead or wounded without a figure are told as fallen: سقوط قتلى وجرحى."""
    return words.has(words.back(tag.first, 3), tag.first, "carrier", "outcome", "dead", "injured")


def _inflicted(words: Words, sentence: Sentence, tag: Tag) -> int | None:
    """Where those stand whom somebody is told to have felled: "a unit left members of a group dead"."""
    for at in words.backwards(tag.first, 8):
        if words.breaks[at + 1]:
            return None
        felled = words.tag(at, "outcome")
        if felled is not None and "felled" in felled.entry.flags:
            return next((n for n in range(at + 1, tag.first) if words.tag(n, "victim")), None)
    return None


def _elliptic(
    words: Words,
    sentence: Sentence,
    counts: Sequence[Count],
    used: set[Count],
    found: Sequence[Casualties],
) -> list[Casualties]:
    """A second count under the same verb: "killed eight soldiers …, and seven others in …"."""
    more: list[Casualties] = []
    for count in counts:
        if count in used or count.dual or not words.words[count.first].startswith(AND):
            continue
        person = words.tag(count.last, "victim") or words.tag(count.last, "vague")
        before = [c for c in found if c.last <= count.first]
        led = words.words[count.last] in IN and words.tag(count.last + 1, "event") is not None
        if (person is None and not led) or not before or count.low is None or count.vague:
            continue
        last = before[-1]
        if words.has(last.last, count.first, "part"):
            continue  # "among them 38 children and 29 women"
        if last.kind == "killed" and count.first - last.last <= 8:
            used.add(count)
            more.append(
                replace(
                    last,
                    first=count.first,
                    last=person.last if person is not None else count.last,
                    low=count.low,
                    high=count.high,
                    elliptic=True,
                )
            )
    return more


def _and_one(
    words: Words,
    sentence: Sentence,
    by_start: Mapping[int, Count],
    used: set[Count],
    found: Sequence[Casualties],
) -> list[Casualties]:
    """One person under the verb of a clause before: "two boys were killed in a raid on A, and a woman in the
    shelling of B"."""
    more: list[Casualties] = []
    for at in words.where(sentence.first, sentence.last, "victim"):
        person = words.tag(at, "victim")
        chief = next((c for c in reversed(found) if c.last <= at), None)
        if person is None or chief is None or chief.kind != "killed":
            continue
        if person.prefix != AND or not words.breaks[at] or not _is_single(person):
            continue
        if words.has(chief.last, at, "part", "kill", "wound") or not _in_event(words, person.last):
            continue
        one = _casualty(words, sentence, "killed", chief.trigger, Count(at, person.last, 1, 1))
        one = replace(one, first=at, victims=person.entry.code if person.entry.code == "civilians" else "")
        more.append(_with_more(words, sentence, by_start, used, replace(one, elliptic=True), person.last))
    return more


def _in_event(words: Words, at: int) -> bool:
    """Whether "in" and an event stand right behind a person and those with him."""
    lead = next((n for n in range(at, at + _OTHERS_GAP) if words.words[n] in IN), None)
    return lead is not None and not words.has(at, lead, "break") and words.has(lead + 1, lead + 2, "event")


def _casualty(
    words: Words, sentence: Sentence, kind: Literal["killed", "wounded"], tag: Tag, count: Count
) -> Casualties:
    after = count.last if count.first < tag.first else max(tag.last, count.last)
    victims, side, end = _victims(words, sentence, after, min(tag.first, count.first))
    if side is None and words.has(tag.last, count.first, "part"):
        victims, side = _antecedent(words, sentence, tag.first)
    of_them = words.words[count.last] in _OF_THEM
    of_others = of_them and "on" in tag.entry.flags  # "finished off dozens of them"
    if side is None and not victims and of_them and not of_others:
        victims = _only_side(words, sentence, tag.first)
    if side is None and not victims:
        victims = _alike(words, sentence, after)
    if end < sentence.last and words.tag(end, "kill") and words.words[end].endswith(THEY_DID):
        end += 1  # "75 fighters fell"
    begin = first = min(tag.first, count.first)
    while begin > max(sentence.first, first - 2) and not words.breaks[begin]:
        begin -= 1
    people = [words.tag(at, "victim") for at in range(begin, end)]
    return Casualties(
        kind=kind,
        first=min(tag.first, count.first),
        last=max(tag.last, count.last, end),
        trigger=tag,
        low=count.low,
        high=count.high,
        victims=victims,
        side=side,
        theirs=side is None
        and (
            of_others or _theirs(words, people, range(words.back(count.first, 3), _ranks_end(words, after)))
        ),
        fighters=side is None and any(p is not None and p.entry.code == "fighters" for p in people),
        total=words.has(words.back(count.first, 6), min(sentence.last, count.last + 25), "total"),
    )


def _ranks_end(words: Words, after: int) -> int:
    """How far behind the dead it may be told whose they were: "dead and wounded in its ranks"."""
    return next((at for at in range(after, after + _RANKS) if words.breaks[at]), after + _RANKS)


def _theirs(words: Words, people: Sequence[Tag | None], near: range) -> bool:
    """Whether the victims are told as members of a side named elsewhere: its members, in its ranks; not "his
    soldiers", who mostly are of the side that tells of them."""
    if any(p is not None and p.suffix in PRONOUNS and not p.entry.bloc for p in people):
        return True
    ranks = (words.tag(at, "against") for at in near)
    return any(tag is not None and tag.suffix in PRONOUNS for tag in ranks)


def _antecedent(words: Words, sentence: Sentence, before: int) -> tuple[str, Tag | None]:
    """Whom "of them" means: the side named first in the sentence."""
    for at in range(sentence.first, before):
        actor = words.tag(at, "actor")
        if actor is not None and actor.entry.bloc:
            return actor.entry.bloc, actor
    return "", None


def _only_side(words: Words, sentence: Sentence, before: int) -> str:
    """Whom "20 of them" means where only one side is named before, and no other people."""
    places = words.where(sentence.first, before, "actor")
    sides = (words.tag(at, "actor") for at in places)
    blocs = {side.entry.bloc for side in sides if side is not None} - {""}
    return blocs.pop() if len(blocs) == 1 and not words.has(sentence.first, before, "victim") else ""


def _alike(words: Words, sentence: Sentence, after: int) -> str:
    """The side whose fighters were called by the same word before: "gunmen of the Front withdrew after a
    battle in which 21 gunmen were killed"."""
    person = words.tag(after, "victim")
    if person is None or person.entry.code != "fighters" or person.first - sentence.first < _TWO:
        return ""
    stem = person.entry.words[0][:_STEM]
    places = range(sentence.first, person.first - 1)
    called = [at for at in places if words.words[at].startswith(stem)]
    sides = (words.tag(n, "actor") for at in called for n in (at, at + 1))
    blocs = {side.entry.bloc for side in sides if side is not None} - {""}
    return blocs.pop() if len(blocs) == 1 else ""


def _elsewhere(words: Words, at: int) -> bool:
    """Whether a word leads from the victims to where, when or by whom they were killed."""
    if words.words[at] in IN:
        return words.tag(at + 1, "against") is None
    if words.tag(at, "bound"):
        return False  # "28 fighters at least (على الأقل) of"
    if words.tag(at, "passive_by"):
        return True  # "by the fire of"
    return words.words[at] in _LEADS_ELSEWHERE


def _begins_count(words: Words, at: int) -> bool:
    """Whether a count of more than one begins at a word: "and 19 fighters", not "and one of the members"."""
    number = words.tag(at, "number")
    return words.has(at, at + 1, "figure") if number is None else (number.entry.low or 0) > 1


def _victims(words: Words, sentence: Sentence, after: int, first: int) -> tuple[str, Tag | None, int]:
    """Who the victims were, the tag of their side, and the word behind what says so."""
    civilians = fighters = False
    soldiers = ""
    end = after
    for at in range(first, min(sentence.last, after + _VICTIM_WINDOW)):
        ended = (words.breaks[at] and words.gap(at).strip() not in QUOTES) or words.tag(
            at, "event", "wound", "carrier", "part"
        )
        serving = bool(soldiers or fighters) and at - end <= 1 and words.tag(at + 1, "actor")  # "a leader in"
        if at > after and words.words[at].startswith(AND) and _begins_count(words, at):
            break  # the next count has victims of its own
        if at >= after and (ended or (_elsewhere(words, at) and not serving)):
            break
        person = words.tag(at, "victim")
        if person is not None and "kin" in person.entry.flags:
            return "civilians", None, max(end, person.last)
        if person is not None:
            civilians |= person.entry.code == "civilians"
            led = "adjective" in person.entry.flags and words.has(
                max(first, at - 1), at, "victim"
            )  # قائد عسكري
            own = person.suffix in PRONOUNS  # "his soldiers": whose, the text tells elsewhere
            soldiers = soldiers or (person.entry.bloc if not led and not own else "")
            fighters |= person.entry.code == "fighters" and not (own and person.entry.bloc)
            end = max(end, person.last)
        nation = words.tag(at, "nationality")
        if nation is not None and (soldiers or fighters) and at <= end + 2:
            soldiers = nation.entry.bloc
        if at >= after and words.tag(at, "both_sides") and words.before(at) not in BETWEEN and not civilians:
            return "mixed", None, at + 1
        actor = words.tag(at, "actor")
        own = (
            fighters and words.before(at) in IN and words.has(words.back(at, 3), at - 1, "victim")
        )  # a leader in X
        if actor is not None and actor.entry.bloc and (at >= after - 1 or own) and not civilians:
            other = words.tag(actor.last, "actor")
            if other is not None and other.prefix == AND and other.entry.bloc not in ("", actor.entry.bloc):
                return "mixed", None, max(end, other.last)  # "of the factions and the group"
            return actor.entry.bloc, actor, max(end, actor.last)
    return ("civilians" if civilians else soldiers), None, end
