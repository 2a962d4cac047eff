"""Whether an event is believed at all: negation, failure, intention, state and history, read before it is.

The words stand in lexicon/modality.toml. What is told of the same trigger in another mood is no event, or an
event of another type: the contract says which.
"""

from typing import Final

from extraction.lexicon.clitics import AND, BY, BY_ANY, FOR, PRONOUNS, THE
from extraction.lexicon.particles import FROM, IN, THAT, TO, WHICH, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.pattern import Scope
from extraction.reading.rules import book
from extraction.words.sentence import QUESTION_MARKS, QUOTES, Sentence, Words
from gazetteer.index import words as toponym_words
from gazetteer.orthography import is_figure

_OPERATION: Final = 6  # words from "began" to "an operation", and from there to what it is for
_THAT_REACH: Final = 9  # words from "before that" to the second of its verbs
_HABIT_REACH: Final = 25  # words from "regularly" to what it is done with
_FAILURE_WINDOW: Final = 20  # a long subject may stand between "failed" and what failed
#: "On", and whether it bears a pronoun for the place.
ON_WHAT: Final = dict.fromkeys(particles("on"), False) | dict.fromkeys(particles("on_it", "on_them"), True)
_NOT_ON: Final = particles("for_joy", "from")
_FIRE_WINDOW: Final = 8  # words from "opened" to "fire", from "shot down" to the plane
TAKING: Final = frozenset({"control_change", "advance"})
_TIMES: Final = ("day", "weekday", "month", "ago", "period", "season", "ordinal")
_SINCE: Final = particles("since", "after", "before", "on", "with", "at", "until")
_FELL_REACH: Final = 16  # words from "battles" over their sides to "were killed in it"
_IN_IT: Final = particles("in_it", "during_it")
_BEFORE_OR_AFTER: Final = particles("before", "after")
_RECALLING: Final = particles("before", "after", "since")
_RECALLED: Final = _RECALLING | particles("on_the_eve_of")
_ANY: Final = particles("any")
_FROM_IT: Final = particles("from_it")
_WHAT: Final = particles("what")
_NOT: Final = particles("not", "not_so")
_HAD: Final = particles("had")
_FAILED_IN: Final = particles("in", "from", "about") | {BY}
_OR: Final = particles("or")
_TO_DO: Final = particles("that", "by_that", "because", "so_as_to")
_MORE: Final = particles("more")


def tried(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """A verb of trying before a comma with only its doer between: "where the group tries, to extend"."""
    if not words.breaks[tag.first]:
        return None
    for at in words.where(words.back(tag.first, 5), tag.first, "attempt"):
        verb = words.tag(at, "attempt")
        doer = words.tag(verb.last, "actor", "anaphor") if verb is not None else None
        if verb is not None and verb.entry.form != "noun" and doer is not None and doer.last == tag.first:
            return verb
    return None


def begun(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """The operation that has begun for a takeover: "began a wide operation to retake"."""
    if not tag.prefix.endswith(FOR):
        return None
    for at in reversed(words.where(words.back(tag.first, _OPERATION), tag.first, "operation")):
        if words.has(words.back(at, _OPERATION), at, "begin"):
            return words.tag(at, "operation")
    return None


def is_booty(words: Words, starts: frozenset[int], at: int) -> bool:
    """Whether tanks or ammunition were taken, and no place."""
    for n in range(at, at + 4):
        if n in starts or words.tag(n, "ground", "part_of", "post"):
            return False
        if words.tag(n, "booty"):
            return True
    return False


def _fires(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "opening" is that of fire on somebody."""
    if words.tag_before(tag.first, "intention", "stop"):
        return False
    for at in range(tag.last, min(sentence.last, tag.last + _FIRE_WINDOW)):
        if words.breaks[at]:
            return False
        if words.tag(at, "gunfire"):
            aimed = any(word in ON_WHAT for word in words.words[at + 1 : at + 4])
            return aimed and words.words[at + 1] not in _NOT_ON
    return False


def _downs(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether an aircraft is what fell: "shot down a plane", not "dropped bombs from one"."""
    for at in range(tag.last, min(sentence.last, tag.last + _FIRE_WINDOW)):
        weapon = words.tag(at, "weapon")
        if words.breaks[at] or (weapon is not None and weapon.entry.code == "barrel_bomb"):
            return False
        if weapon is not None and "event_airstrike" in weapon.entry.flags:
            named = words.has(words.back(tag.first, 6), at, "actor")  # who shot it down
            return words.before(at) not in FROM and (named or not words.tag(at, "actor"))
    return False


def tells_nothing(words: Words, sentence: Sentence, tag: Tag, starts: frozenset[int], headline: bool) -> bool:
    """Whether a trigger is a state, the future or a chapter of the war, or lacks what its entry asks."""
    flags = tag.entry.flags
    if book("events", "no_event").first("no_event", Scope(words, sentence, tag)) is not None:
        return True
    named = _names_place(words, starts, tag.last)
    noun = tag.entry.form == "noun"
    return (
        ("state" in flags and not _is_fresh(words, sentence, tag, headline))
        or ("fall" in flags and len(tag.entry.words) == 1 and not named)
        or ("named" in flags and not named)
        or ("fire" in flags and not _fires(words, sentence, tag))
        or ("downs" in flags and not _downs(words, sentence, tag))
        or ("holding" in flags and not _became(words, sentence, tag))
        or ("battle" in flags and noun and tag.last in starts and not carried(words, sentence, tag))
        or ("chapter" in flags and _is_operation(words, tag))
        or ("chapter" in flags and _is_named_battle(words, tag) and not carried(words, sentence, tag))
        or ("chapter" in flags and not _told_as_news(words, sentence, tag))
    )


def _is_fresh(words: Words, sentence: Sentence, tag: Tag, headline: bool) -> bool:
    """Whether a present that mostly tells a state tells news: a headline with its doer first, what an attack
    ended in ("…, for the opposition to take the village"), or came next ("before it moved on and took")."""
    if _after_that(words, sentence, tag):
        return True
    ended = tag.prefix.endswith(FOR) and words.breaks[tag.first] and words.tag(tag.last, "actor") is not None
    return ended or (headline and _has_subject_first(words, sentence, tag))


def _after_that(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "before that" or "after that" leads to a verb in its clause: قبل أن تتقدم وتسيطر."""
    reach = _THAT_REACH if tag.prefix.startswith(AND) else 2
    for at in words.backwards(tag.first, reach - 1):
        if words.breaks[at + 1]:
            return False
        if words.words[at] in THAT:
            return words.before(at) in _BEFORE_OR_AFTER
    return False


def is_no_news(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether an event is only asked about, supposed, aimed at, weighed or said of a habit."""
    if not QUESTION_MARKS.isdisjoint(words.gap(sentence.last)):
        return True
    if _is_supposed(words, sentence, tag) or _of_the_whole_war(words, sentence, tag):
        return True
    any_such = words.before(tag.first) in _ANY and tag.entry.code != "chemical_attack"
    if any_such and not words.has(words.back(tag.first, 6), tag.first, "deny", "negation"):
        return True  # "any attack would": none in particular
    if tag.definite and words.has(tag.last, tag.last + 2, "aim"):
        return True  # "the raids aim at"
    if tag.definite and words.tag_before(tag.first, "aim") and words.among(tag.last, tag.last + 3, TO):
        return True
    if tag.entry.form == "noun" and tag.entry.code == "control_change":
        if within(words, sentence, tag, "significance", 3) or within(words, sentence, tag, "keep", 4):
            return True
        if _is_goal(words, sentence, tag):
            return True
        behind = range(tag.last, min(sentence.last, tag.last + 9))
        meant = (words.tag(at, "significance") for at in behind)
        if any(word is not None and word.entry.form != "noun" for word in meant):
            return True
    if tag.entry.form == "present" and words.has(words.back(tag.first, 3), tag.last + 4, "habit"):
        return True
    if tag.prefix.endswith(BY) and _of_a_habit(words, sentence, tag):
        return True
    if words.has(tag.last, tag.last + 2, "habit") and within(words, sentence, tag, "attempt", 5):
        return True  # "tried to storm it time and again"
    if tag.entry.form != "noun" or tag.suffix not in PRONOUNS:
        return False
    return words.among(words.back(tag.first, 3), tag.first, _FROM_IT)


def _of_a_habit(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a weapon only tells with what a habit is done: "regularly bombs … with barrels"."""
    habits = words.where(words.back(tag.first, _HABIT_REACH), tag.first, "habit")
    return bool(habits) and not words.has(habits[-1], tag.first, "break", "connector")


def _of_the_whole_war(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether the clause sums up the war: "has killed … since the conflict began"."""
    told = words.where(tag.last, min(sentence.last, tag.last + 20), "connector", "whole_war")
    if not told or words.tag(told[0], "connector"):
        return False
    return words.has(told[0] + 1, told[0] + 4, "war")


def _is_goal(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a takeover is the object of "targeted": "the attack aimed at the takeover of"."""
    for at in words.backwards(tag.first, 6):
        if words.breaks[at + 1]:
            return False
        aim = words.tag(at, "event")
        if aim is not None and "light" in aim.entry.flags and aim.entry.form != "noun":
            return True
    return False


def _is_supposed(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether an event hangs on an "if" before it, in its clause or in the one that follows from it."""
    if within(words, sentence, tag, "condition", 14) is not None:
        return True
    before = words.where(words.back(tag.first, 30), tag.first, "connector", "condition")
    if not before or words.tag(before[-1], "connector"):
        return False
    return words.before(before[-1]) not in _WHAT and words.has(before[-1], tag.first, "then")


def of_people(words: Words, tag: Tag) -> bool:
    """Whether people, not a place, are the object: "freed 14 hostages", "expelled 45 of its men"."""
    doer = words.tag(tag.last, "actor")
    at = doer.last if doer is not None else tag.last
    bound = words.tag(at, "bound")
    at = bound.last if bound is not None else at
    number = words.tag(at, "number")
    behind = number.last if number is not None else at + 1 if is_figure(words.words[at]) else at
    if words.tag(behind, "captive", "victim"):
        return tag.suffix == ""
    counted = behind > at
    behind += words.words[behind] in FROM
    return counted and not words.tag(behind, "ground", "part_of", "target_noun")


def is_background(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a verb only tells which place is meant, with no day: "the town that the group took"."""
    if tag.entry.form == "noun":
        return False
    near = range(words.back(tag.first, 2), tag.first)
    at = next((n for n in near if words.words[n] in WHICH), None)
    if at is None:
        return False
    sides = (words.tag(n, "actor") for n in range(words.back(at, 5), at))
    if any(side is not None and side.last == at for side in sides):
        return False
    for n in range(tag.last, min(sentence.last, tag.last + 14)):
        if words.tag(n, *_TIMES):
            return False
        if (words.breaks[n] and n > tag.last + 3) or words.tag(n, "event"):
            break
    return True


def _has_subject_first(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a present tense tells news, as headlines do: its doer stands before it, in no relative, with
    or without its pronoun ("areas that the opposition holds")."""
    if tag.first - sentence.first > 8 or words.tag_before(tag.first, "relative", "part_of", "ground"):
        return False
    return words.has(sentence.first, tag.first, "actor")


def is_negated(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """A negation right before the trigger, or before the verb that carries it; "did not stop" is none."""
    led = tag.prefix.endswith(BY)  # "ended with the takeover of"
    if words.before(tag.first) in FROM:  # "the quarters of Aleppo were free of clashes"
        free = within(words, sentence, tag, "stop", 8)
        if free is not None and "free" in free.entry.flags:
            return True
    for at in words.where(words.back(tag.first, 3), tag.first, "stop"):
        if not led and not _persists(words, sentence, at):
            return True
    if tag.entry.form == "noun":
        for at in words.backwards(tag.first, 5):
            if words.breaks[at]:
                break
            if words.tag(at, "carrier", "achieve"):
                not_so = words.before(at).removeprefix(AND) in _NOT
                return not_so and not _persists(words, sentence, at - 1)
    for back in (1, 2):
        at = tag.first - back
        if at < sentence.first:
            return False
        if _persists(words, sentence, at):
            return False
        if words.tag(at, "negation") and (back == 1 or words.words[at + 1] in _HAD):
            return True
        if back == 1 and words.words[at] not in _HAD:
            return False
    return False


def _persists(words: Words, sentence: Sentence, at: int) -> bool:
    """Whether a word is part of a negation that affirms: "did not stop"."""
    found = (words.tag(n, "persist") for n in words.where(words.back(at, 2), at + 1, "persist"))
    return any(tag is not None and tag.last > at for tag in found)


def _names_place(words: Words, starts: frozenset[int], at: int) -> bool:
    """Whether a place name begins right there, or behind the noun that says what it is."""
    ground = words.tag(at, "ground")
    if at in starts or (ground is not None and (at + 1 in starts or ground.definite)):
        return True
    return at + 1 in starts and words.words[at] in toponym_words().several


def _became(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "in the grip of" is told as new: a verb of becoming before it, and not of weapons."""
    became = words.where(words.back(tag.first, 9), tag.first, "become")
    return bool(became) and not words.has(words.back(became[-1], 2), tag.first, "booty")


def carried(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a verb like "broke out" carries the noun."""
    if words.before(tag.first) in _RECALLED:
        return False
    return words.has(words.back(tag.first, 3), tag.first, "carrier")


def _is_operation(words: Words, tag: Tag) -> bool:
    """Whether a battle is told by its goal, which then is the event: "the battle to free Aleppo"."""
    goal = words.tag(tag.last, "event")
    return goal is not None and goal.entry.code == "control_change" and goal.entry.form == "noun"


def _is_named_battle(words: Words, tag: Tag) -> bool:
    """Whether a battle bears a name, which makes it a chapter of the war: معركة القصير."""
    behind = words.words[tag.last]
    named = not tag.definite and not tag.suffix and behind.startswith(THE) and not words.breaks[tag.last]
    return named and not words.tag(tag.last, "relative", "fierce", "actor")


def _told_as_news(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "battle" or "fighting" is told as happening: carried by a verb, fierce, between two sides."""
    if words.before(tag.first) in IN and not tag.definite and words.tag(tag.last, "actor"):
        return False  # "their task is (in) fighting the group"
    around = max(sentence.first, tag.first - 4), min(sentence.last, tag.last + 5)
    if words.has(*around, "carrier", "fierce"):
        return True
    begun = words.tag_before(tag.first, "begin")
    aim = words.words[tag.last].startswith(FOR)  # "a battle to lift the siege"
    if begun is not None and not tag.definite and not aim and words.before(begun.first) not in _SINCE:
        return True  # "announced the beginning of battles in"
    behind = words.where(tag.last, min(sentence.last, tag.last + _FELL_REACH), "kill", "wound")
    if any(words.words[at + 1] in _IN_IT for at in behind):
        return True  # "after battles … in which 35 were killed"
    if behind and words.tag_before(tag.first, "outcome"):
        return True  # "the ongoing battles led to the killing of 35"
    killed = within(words, sentence, tag, "kill", 14)
    if killed is not None and killed.entry.flags <= {"on"}:
        return True  # "fell in the battles that …"
    return words.has(tag.last, min(sentence.last, tag.last + 3), "between")


def failure_of(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """ "Failed" before the trigger, which then is what was not achieved."""
    before = tag.first - 1
    before -= 1 if words.tag(before, "operation") else 0  # "failed in operations to storm"
    led = words.words[before] in _FAILED_IN or tag.prefix.endswith(BY_ANY)
    first = max(sentence.first, tag.first - _FAILURE_WINDOW)
    for at in reversed(words.where(first, tag.first, "failure", "say", "deny", "connector")):
        found = words.tag(at, "failure")
        tried = tag.prefix.endswith(FOR) and words.has(
            at, tag.first, "attempt"
        )  # "an attempt … to storm failed"
        if found is not None and (led or tried or tag.first - found.last <= 2):
            return found
        if found is not None and "direct" in found.entry.flags and tag.first - found.last <= 8:
            return found
        if found is None:
            return None
    return None


def within(words: Words, sentence: Sentence, tag: Tag, role: str, window: int) -> Tag | None:
    """A tag of a role so many words before the trigger, with no punctuation but quotation marks between."""
    for at in reversed(words.where(words.back(tag.first, window), tag.first, role)):
        found = words.tag(at, role)
        if found is not None and found.last <= tag.first:
            cuts = words.where(at + 1, tag.first + 1, "break")
            return None if any(words.gap(n).strip() not in QUOTES for n in cuts) else found
    return None


def is_intended(words: Words, sentence: Sentence, tag: Tag, kind: str) -> bool:
    """Whether the event is only meant, feared, asked for or talked about."""
    either = words.among(words.back(tag.first, 2), tag.first, _OR)  # "for fear of A or of B"
    either |= (
        tag.prefix == AND and tag.entry.form == "noun" and kind in (*TAKING, "withdrawal")
    )  # "to do A and B"
    if within(words, sentence, tag, "intention", 8 if either else 4):
        return True
    unheard = within(words, sentence, tag, "unreported", 8)
    if unheard is not None:  # "no wounded were told of from the shelling": the shelling was
        return not words.has(unheard.last, tag.first, "injured", "dead", "wound", "kill")
    meant = within(words, sentence, tag, "intention", 12)
    if meant is not None and meant.entry.form == "present":
        led = (words.tag(n, "carrier") for n in range(words.back(tag.first, 3), tag.first))
        if any(t is not None and t.prefix.endswith(FOR) for t in led):
            return True  # "prepare to launch"
    at = tag.first - 1
    if tag.entry.form == "present" and at >= sentence.first and words.words[at] in _TO_DO:
        return kind in (*TAKING, "withdrawal") and words.before(at) not in _RECALLING
    if tag.entry.form == "noun" and "battle" in tag.entry.flags and tag.suffix in PRONOUNS:
        return True  # "in its battles": a chapter of the war
    return _is_purpose(words, sentence, tag, kind)


def _is_purpose(words: Words, sentence: Sentence, tag: Tag, kind: str) -> bool:
    """Whether a noun with ل, or behind one that carries it, tells a purpose: "to launch raids"."""
    managed = within(words, sentence, tag, "manage", 5)
    if managed is not None and managed.prefix == FOR:
        return True  # "to enable it to make an advance"
    carrier = words.tag_before(tag.first, "carrier")
    if carrier is not None and carrier.entry.form == "noun" and carrier.prefix.endswith(FOR):
        return not words.has(words.back(tag.first, 5), tag.first, "outcome", "deny")
    if not tag.prefix.removesuffix(THE).endswith(FOR) or tag.entry.form != "noun":
        return False
    if kind not in (*TAKING, "withdrawal") and "light" not in tag.entry.flags:
        return False
    if any(suffers(words, n) for n in range(words.back(tag.first, 8), tag.first)):
        return False
    return not words.has(words.back(tag.first, 4), tag.first, "outcome", "deny")


def suffers(words: Words, at: int) -> bool:
    """Whether "came under" stands at a word: its subject is where it happened."""
    tag = words.tag(at, "carrier")
    return tag is not None and "suffers" in tag.entry.flags


def is_partial(words: Words, starts: frozenset[int], search: int, tag: Tag) -> bool:
    """Parts of a place, points in it: not the place."""
    for at in range(search, search + 4):
        if words.tag(at, "partial") and (at == search or words.words[at] not in _MORE):
            return True
        if at in starts or words.tag(at, "ground"):
            return False
    return False
