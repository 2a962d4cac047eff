"""An event of a sentence, and which words belong to it: its clause, from its doer to the next event's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from extraction.lexicon.clitics import AND, JOINED, THE
from extraction.lexicon.particles import particles
from extraction.lexicon.vocabulary import Tag
from extraction.words.sentence import QUOTES, Sentence, Words

_ASIDE_REACH: Final = 8  # words from "belonging to" to the verb of what belongs
_AND_THAT: Final = particles("and_that", "and_by_that")
_SIDE: Final = particles("side")
_HAD: Final = particles("had")
_NO_VERB: Final = (THE, *particles("that"))
_DASHES: Final = frozenset("-–—()")
_BOUND: Final = 6  # words of "no fewer than" and its count
_UNKNOWN_VERB: Final = 3  # words from a verb that no list holds to the noun it carries
_SIDES_REACH: Final = 25  # words from "on one side" to "on the other"
_NAME_SIZE: Final = 6  # words of a side's name
_HELPED: Final = 3  # words from "with the support of" to who helps
_HELPERS: Final = 6  # words from one who helps to the next


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a sentence: its trigger, and the clause ``left`` to ``right`` (words, exclusive).

    ``search`` is the word behind which its places stand; ``pronoun`` is true where it has a pronoun for
    its place (عليها); ``rule`` names the rule that decided the type.
    """

    event_type: str
    trigger: Tag
    first: int
    last: int
    left: int
    right: int
    search: int
    rule: str
    pronoun: bool = False
    weapon: str = ""
    weapon_at: int = -1


def with_clauses(words: Words, sentence: Sentence, events: Sequence[Event]) -> list[Event]:
    """Give each event its clause: back to punctuation, a connector or the event before it."""
    if not events:
        return []
    lefts: list[int] = []
    floor = sentence.first
    for event in events:
        begin = floor + (floor == sentence.first)
        stops = words.where(begin, event.first + 1, "break", "connector", "manage", "say")
        stops = [at for at in stops if _cuts(words, at)]
        left = stops[-1] if stops else min(floor, event.first)
        if left == event.first and event.trigger.entry.form == "verb" and not event.trigger.prefix:
            left = _subject_aside(words, begin, event.first)
        if words.tag(left, "manage"):
            goes_on = words.breaks[left] and words.words[left].startswith(AND)  # "…, and managed to"
            left = left if goes_on else _helped_subject_start(words, floor, left)
        elif not stops and floor > sentence.first:  # one breath with the event before: only its own subject
            joined = words.words[event.first].startswith(JOINED)
            left = event.first if joined else _subject_start(words, floor, event.first)
            under = (at for at in words.where(floor, left, "carrier") if suffers(words, at))
            left = next(under, left)  # "battles …, to relieve A, which came a month ago under an attack"
        elif event.trigger.entry.form == "noun":
            left = _carrier_start(words, floor, left, event.first)
        lefts.append(_with_quoted_subject(words, floor, left, event.first))
        floor = event.last
    rights = [*lefts[1:], sentence.last]
    negated = [event.rule == "negated" for event in events]
    buts = [words.where(event.last, right, "but") for event, right in zip(events, rights, strict=True)]
    rights = [b[0] if n and b else r for n, b, r in zip(negated, buts, rights, strict=True)]
    return [
        replace(event, left=left, right=max(_next_voice(words, event, right), event.last))
        for event, left, right in zip(events, lefts, rights, strict=True)
    ]


def _with_quoted_subject(words: Words, floor: int, left: int, first: int) -> int:
    """Where a clause begins whose doer stands before the quotation mark: the group «shelled the town»."""
    if (
        not words.breaks[left]
        or words.words[left].startswith(JOINED)
        or words.gap(left).strip(" :") not in QUOTES
    ):
        return left
    verb = words.tag(left, "event", "carrier", "manage")
    if verb is None and (first - left > _UNKNOWN_VERB or words.words[left].startswith(_NO_VERB)):
        return left
    if verb is not None and verb.entry.form == "noun":
        return left
    sides = (t for at in range(max(floor, left - _NAME_SIZE), left) for t in words.tags_at(at))
    return next((t.first for t in sides if t.entry.role == "actor" and t.last == left), left)


def _subject_aside(words: Words, floor: int, first: int) -> int:
    """Where the doer begins whom an aside parts from his verb: "the brigade, of the Free Army, shelled"."""
    belongs = words.where(max(floor, first - _ASIDE_REACH), first, "belongs")
    if not belongs:
        return _before_dashes(words, floor, first)
    stops = words.where(floor, belongs[0], "break", "connector", "that")
    left = stops[-1] if stops else floor
    told = words.has(left, first, "event", "carrier", "say", "deny", "kill")
    return first if told or not words.has(left, first, "actor") else left


def _before_dashes(words: Words, floor: int, first: int) -> int:
    """Where the doer begins whom dashes or brackets part from his verb: "the army -made up of …- shelled"."""
    if _DASHES.isdisjoint(words.gap(first)):
        return first
    opens = (at for at in words.where(floor, first, "break") if not _DASHES.isdisjoint(words.gap(at)))
    begin = next(opens, None)
    sides = (
        t
        for at in range(max(floor, (begin or floor) - _NAME_SIZE), begin or floor)
        for t in words.tags_at(at)
    )
    return next((t.first for t in sides if t.entry.role == "actor" and t.last == begin), first)


def _cuts(words: Words, at: int) -> bool:
    """Whether a clause begins at punctuation, a connector or a verb: a verb of saying only with "and"."""
    connector = words.tag(at, "connector")
    other = connector is not None and "side" in connector.entry.flags and not connector.prefix
    if other and words.among(words.back(at, _SIDES_REACH), at, _SIDE):
        return False  # "between A on one side and B on the other"
    say = words.tag(at, "say")
    return say is None or words.breaks[at] or (say.prefix == AND and say.entry.form == "verb")


def _next_voice(words: Words, event: Event, right: int) -> int:
    """Where the clause ends because somebody else begins to speak: "…, while activists spoke of"."""
    speaks = words.where(event.last, right, "say", "deny")
    stops = words.where(event.last, speaks[0] + 1, "break", "connector") if speaks else ()
    return stops[-1] if stops else right


def _carrier_start(words: Words, floor: int, left: int, first: int) -> int:
    """Where the verb or noun that carries a noun begins, when a parenthesis or a day parts them: the carrying
    out by the army of «forty raids»."""
    quoted = words.gap(left).strip() in QUOTES
    if words.tag(left, "connector") or words.has(left, first, "carrier", "manage"):
        return left
    if words.words[left] in _AND_THAT:
        return left
    for at in range(left - 1, max(floor, left - 12) - 1, -1):
        carriers = (t for t in words.tags_at(at) if t.entry.role in ("carrier", "manage"))
        waits = quoted or not words.has(
            at, left, "event"
        )  # "the launching by A after midnight, of an attack"
        if any(t.entry.form != "noun" or (waits and not t.suffix) for t in carriers):
            return at
        if words.tag(at, "connector", "say", "deny"):
            break
    return left


def _adds_to_name(words: Words, tag: Tag, before: int) -> bool:
    """Whether only an adjective of a side, or "had", stands between it and a word: the Sunni fighters of."""
    if words.words[tag.last] in _HAD:
        return True
    adjective = words.words[tag.last].startswith(THE) and not words.tag(tag.last, "relative")
    return tag.entry.role == "actor" and tag.last == before - 1 and adjective


def _count_start(words: Words, first: int) -> int:
    """Where a count right before a word begins, with what bounds it: "at least 10" of strikes."""
    if not words.has(words.back(first, 1), first, "number", "figure", "vague"):
        return first
    bounds = (words.tag(at, "bound") for at in words.where(words.back(first, _BOUND), first - 1, "bound"))
    return next((tag.first for tag in bounds if tag is not None and tag.last == first - 1), first - 1)


def _subject_start(words: Words, floor: int, first: int) -> int:
    """Where the doer and the carrying verb right before a trigger begin."""
    first = left = _count_start(words, first) if first > floor else first
    for at in range(first - 1, floor - 1, -1):
        tag = words.tag(at, "actor", "carrier")
        if tag is not None and (tag.last >= left or _adds_to_name(words, tag, left)):
            left = at
        elif left - at > 4:
            break
    return left


def _helped_subject_start(words: Words, floor: int, first: int) -> int:
    """The same over those who only help: "the units, with cover from aircraft, managed to"."""
    left = _subject_start(words, floor, first)
    helped = words.where(max(floor, left - _HELPED), left, "support") if left < first else ()
    while helped:
        first = helped[0]
        helped = words.where(max(floor, first - _HELPERS), first, "support")
        left = min(left, _subject_start(words, floor, first))
    return left


def suffers(words: Words, at: int) -> bool:
    """Whether "came under" stands at a word: its subject is where it happened."""
    tag = words.tag(at, "carrier")
    return tag is not None and "suffers" in tag.entry.flags
