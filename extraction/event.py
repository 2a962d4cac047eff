"""What happens: the events of a sentence, believed only after negation, failure and intention are read.

Event types and their edges follow the contract (ACLED's sub-event types): a takeover of parts of a place
is an advance, a failed attempt a repelled attack, a state no event, an intention none, an attempt at most
an advance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extraction.sentence import QUOTES, Sentence, Words
from extraction.vocabulary import Tag
from gazetteer.index import words as toponym_words

_OBJECT_WINDOW: Final = 10  # words from "took control" to its "of"
_DEFENCE_WINDOW: Final = 16  # words from "beat off" to the attack: a unit, those with it, its place
_OPERATION: Final = 6  # words from "began" to "an operation", and from there to what it is for
_THAT_REACH: Final = 9  # words from "before that" to the second of its verbs
_HABIT_REACH: Final = 25  # words from "regularly" to what it is done with
_FAILURE_WINDOW: Final = 20  # a long subject may stand between "failed" and what failed
_ON: Final = {"علي": False, "عليها": True, "عليه": True, "عليهما": True, "عليهم": True}
_FROM: Final = {"من": False, "منها": True, "منه": True}
#: Of these nobody claims responsibility.
_HELD: Final = frozenset({"control_change", "withdrawal", "siege", "repelled_attack", "clash"})
_ARMED_BEFORE: Final = 6  # words in which a word of destroying is told what did it, before it
_ARMED_BEHIND: Final = 8
_RAZED: Final = 6  # words from "destroyed" to what was: its doer stands between
_JOY: Final = "ابتهاجا"
_MEANS_REACH: Final = 14  # words from "targeted" to what with
_ASIDE_REACH: Final = 8  # words from "belonging to" to the verb of what belongs
_FIRE_MEANS: Final = 15  # words from a deed to the gunfire it was done with
_FIRE_WINDOW: Final = 8  # words from "opened" to "fire", from "shot down" to the plane
_TAKING: Final = frozenset({"control_change", "advance"})
_STRIKES: Final = ("chemical_attack", "explosion", "airstrike", "shelling")
_TOWARDS: Final = frozenset({"الي", "باتجاه", "نحو", "صوب"})
_WHITHER: Final = 6  # words from "withdrawal" over who left to "towards"
_PRONOUNS: Final = ("ها", "هم", "هما", "ه")
_TO_IT: Final = frozenset({"لها", "له", "لهم", "لهما"})
_BEATEN_REACH: Final = 25  # words from an attack to "stood up to it"
_TIMES: Final = ("day", "weekday", "month", "ago", "period", "season", "ordinal")
_APART: Final = frozenset({"بعد", "قبل", "عقب", "اثر", "وان", "وانها", "وانه"})
_AND_THAT: Final = frozenset({"وان", "وانه", "وانها", "وبان"})
_SINCE: Final = frozenset({"منذ", "بعد", "قبل", "علي", "مع", "عند", "حتي"})
_OWN_REACH: Final = 6  # words from "its aircraft" to the strike they did not carry out
_DASHES: Final = frozenset("-–—()")
_BOUND: Final = 6  # words of "no fewer than" and its count
_UNKNOWN_VERB: Final = 3  # words from a verb that no list holds to the noun it carries
_OTHER_SIDE: Final = ("من", "جهه", "اخري")
_SIDES_REACH: Final = 25  # words from "on one side" to "on the other"
_NAME_SIZE: Final = 6  # words of a side's name
_WRESTED: Final = 8  # words of a doer between "wrested" and "control of"
_FELL_REACH: Final = 16  # words from "battles" over their sides to "were killed in it"
_IN_IT: Final = frozenset({"فيها", "خلالها", "فيه", "خلاله"})
_WHICH: Final = frozenset({"التي", "الذي", "اللتين", "اللتان", "اللذين"})


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


def find_events(
    words: Words,
    sentence: Sentence,
    names: frozenset[int],
    starts: frozenset[int],
    headline: bool,
) -> list[Event]:
    """The events of a sentence in order.

    ``names`` are the words inside names (of places, groups, sources), where a trigger is none; ``starts``
    the words at which a place name begins; ``headline`` allows the present tense to tell news.
    """
    found: list[Event] = []
    before: tuple[Tag, Event | None] | None = None
    done = sentence.first
    for at in words.where(sentence.first, sentence.last, "event"):
        tag = words.tag(at, "event") if at >= done and at not in names else None
        if tag is None:
            continue
        event = _judge(words, sentence, tag, names, starts, headline, found)
        if event is None and "claimed" in tag.entry.flags:
            continue  # "an operation" is no trigger
        if event is None and found and _managed(words, sentence, tag) and _beats_off(words, tag, found[-1]):
            found[-1] = replace(
                found[-1], event_type="repelled_attack", trigger=tag, last=tag.last, rule="beaten"
            )
        if event is not None and before is not None and _coordinated(words, before[0], tag):
            event = _same_mood(event, before[1])
        if event is not None:
            found.append(event)
        before = (tag, event)
        done = tag.last
    told = [event for event in found if not _bare_projectile(words, sentence, event)]
    told = [_instead(words, event, before) for event, before in zip(told, [None, *told], strict=False)]
    told = [armed for event in told if (armed := _armed(words, sentence, event)) is not None]
    events = [_typed(words, event) for event in _bound(words, sentence, _merge(words, told, starts))]
    return [
        replace(event, event_type=before.event_type) if event.rule == "instead" and before else event
        for before, event in zip([None, *events], events, strict=False)
    ]


def _instead(words: Words, event: Event, before: Event | None) -> Event:
    """The event; what was done instead of a denied strike counts without its weapon: "its aircraft did not
    bomb A, but destroyed targets in B"."""
    denied = before is not None and before.rule == "negated" and words.tag(event.first - 1, "but") is not None
    return replace(event, rule="instead") if denied and "armed" in event.trigger.entry.flags else event


def _armed(words: Words, sentence: Sentence, event: Event) -> Event | None:
    """The event; a word of destroying or combing only with what it was done with, and of the type that makes:
    "the artillery destroyed", "destroyed with a missile", not "destroyed a tank"."""
    if "armed" not in event.trigger.entry.flags or event.rule == "instead":
        return event
    left, right = event.first, event.last
    while left > max(sentence.first, event.first - _ARMED_BEFORE) and (
        not words.breaks[left] or words.gap(left) == "-"
    ):
        left -= 1
    while right < min(sentence.last, event.last + _ARMED_BEHIND) and not words.breaks[right]:
        right += 1
    if event.trigger.prefix:
        left = event.first
    for at in words.where(left, right, "weapon"):
        tag = words.tag(at, "weapon")
        made = next((k for k in _STRIKES if f"event_{k}" in tag.entry.flags), "") if tag is not None else ""
        if tag is None or not made:
            continue
        subject = made == "airstrike" or tag.entry.code == "artillery"
        done = at < event.first or (at == event.last and event.trigger.entry.form != "noun")
        led = at >= event.last and tag.prefix.removesuffix("ال").endswith("ب")
        if led or (subject and done and not tag.prefix.endswith(("ب", "بال"))):
            return replace(event, event_type=made)
    air = any(
        "air" in tag.entry.flags
        for at in words.where(left, right, "actor")
        for tag in words.tags_at(at)
        if tag.entry.role == "actor"
    )
    if air:
        return replace(event, event_type="airstrike")
    return event if _razes(words, sentence, event, left) else None


def _razes(words: Words, sentence: Sentence, event: Event, left: int) -> bool:
    """Whether a side is told to have destroyed positions: "units of the army destroyed their dens"."""
    if "razes" not in event.trigger.entry.flags or not words.has(left, event.last + _RAZED, "actor"):
        return False
    for at in range(event.last, min(sentence.last, event.last + _RAZED)):
        tag = words.tag(at, "target_noun")
        if words.breaks[at]:
            return False
        if tag is not None and "held" in tag.entry.flags:
            return not words.tag(tag.last, "antiquity")
    return False


def _coordinated(words: Words, one: Tag, other: Tag) -> bool:
    """Whether two verbal nouns hang on one verb: "seeks to advance … and to take"."""
    if other.entry.form != "noun":
        return False
    joined = one.entry.form == "noun" and other.prefix.startswith("و")
    if not joined and other.first - one.last > 6:
        return False
    if words.tag(other.first - 1, "aside"):
        return False  # "failed to take the town after a counter-attack"
    near = other.first - one.last <= 10 and not words.has(one.last, other.first, "break")
    return near and one.entry.code in _TAKING and other.entry.code in _TAKING


def _same_mood(event: Event, before: Event | None) -> Event | None:
    """What was only meant, tried or failed for the first noun was so for the second."""
    if before is None:
        return None
    if before.rule in ("attempt", "failure", "negated"):
        return replace(event, event_type=before.event_type, rule=before.rule)
    return event


def _judge(
    words: Words,
    sentence: Sentence,
    tag: Tag,
    names: frozenset[int],
    starts: frozenset[int],
    headline: bool,
    before: Sequence[Event],
) -> Event | None:
    """Whether a trigger tells an event, and of what type."""
    kind, rule, first = tag.entry.code, "trigger", tag.first
    flags = tag.entry.flags
    search = place = tag.last
    pronoun = tag.suffix.endswith("ها") and (tag.entry.form != "noun" or "objective" in flags)
    pronoun |= tag.suffix.endswith("ه") and tag.entry.form != "noun" and "objective" in flags
    if "fire" in flags and tag.prefix.endswith("ب") and before and tag.first - before[-1].last <= _FIRE_MEANS:
        return None  # "assassinated him by opening fire on him"
    if _tells_nothing(words, sentence, tag, starts, headline) or _is_no_news(words, sentence, tag):
        return None
    if "expel" in flags:
        people = _of_people(words, tag) or words.has(tag.last, tag.last + _OBJECT_WINDOW, "victim")
        if people and not _from_place(words, tag, starts):
            return None
    elif kind == "control_change" and "objective" in flags and _of_people(words, tag):
        return None
    negated = _negated(words, sentence, tag)
    if negated and not (kind in _TAKING and "assault" not in flags) and not _own_strike(words, sentence, tag):
        return None
    if "on" in flags or "from" in flags:
        marks = _ON if "on" in flags else _FROM
        mark = _marker(words, sentence, tag, marks, names)
        if mark is not None:
            pronoun, place = marks[words.words[mark]], mark + 1
            if kind == "control_change" and _is_booty(words, starts, mark + 1):
                return None
            if kind == "withdrawal" and words.tag(mark + 1, "talks"):
                return None  # "withdrew from the talks"
        elif kind == "withdrawal" and _leaves_told_place(words, tag, before):
            search = sentence.last  # "withdrew to …": from where was said before
        else:
            return None
    if "failed" in flags:
        return None  # of the attack told before it
    if "repel" in flags:
        return _repelled(words, sentence, tag) if _managed(words, sentence, tag) else None
    if kind in _TAKING and before and before[-1].rule == "repelled" and tag.first <= before[-1].last + 2:
        return None  # the attack that was beaten off
    failure = _failure(words, sentence, tag)
    attempt = _within(words, sentence, tag, "attempt", 5) or _tried(words, sentence, tag)
    if kind in _TAKING and failure is not None and not any(e.first > failure.first for e in before):
        return _event(tag, "repelled_attack", "failure", search, pronoun, first=failure.first)
    if attempt is None and kind == "control_change" and tag.entry.form == "noun":
        attempt = words.tag(tag.first - 1, "operation") or _begun(words, sentence, tag)
    if attempt is not None and (
        _within(words, sentence, attempt, "prevention", 4)
        or _within(words, sentence, attempt, "intention", 2)
    ):
        return None
    if attempt is not None and words.words[attempt.first - 1].removeprefix("و") in ("لم", "لن"):
        return None  # "never tried to"
    barred = range(max(sentence.first, tag.first - 12), tag.first)
    if words.words[tag.first - 1] == "من" and any(words.tag(at, "prevention") for at in barred):
        return None
    if attempt is None and _intended(words, sentence, tag, kind):
        return None
    if kind in _TAKING and attempt is not None:
        kind, rule, first = "advance", "attempt", attempt.first
    if kind == "control_change" and (
        _partial(words, starts, search, tag) or _partial(words, starts, place, tag)
    ):
        kind, rule = "advance", "partial"
    if kind == "control_change" and _within(words, sentence, tag, "loss", 6):
        rule = "lost"
    elif kind in ("control_change", "withdrawal") and _is_background(words, sentence, tag):
        return None
    if negated:
        rule = "negated"
    elif kind not in _HELD and (owned := _within(words, sentence, tag, "responsible", 4)) is not None:
        if _within(words, sentence, owned, "negation", 4) is not None:
            return None
        rule = "responsible"
    elif tag.definite and words.tag(tag.first - 1, "occurrence"):
        rule = "confirmed"
    elif tag.definite and _carried(words, sentence, tag):
        rule = "carried"
    return _event(tag, kind, rule, search, pronoun, first)


def _tried(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """A verb of trying before a comma with only its doer between: "where the group tries, to extend"."""
    if not words.breaks[tag.first]:
        return None
    for at in words.where(max(sentence.first, tag.first - 5), tag.first, "attempt"):
        verb = words.tag(at, "attempt")
        doer = words.tag(verb.last, "actor", "anaphor") if verb is not None else None
        if verb is not None and verb.entry.form != "noun" and doer is not None and doer.last == tag.first:
            return verb
    return None


def _begun(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """The operation that has begun for a takeover: "began a wide operation to retake"."""
    if not tag.prefix.endswith("ل"):
        return None
    for at in reversed(words.where(max(sentence.first, tag.first - _OPERATION), tag.first, "operation")):
        if words.has(max(sentence.first, at - _OPERATION), at, "begin"):
            return words.tag(at, "operation")
    return None


def _is_booty(words: Words, starts: frozenset[int], at: int) -> bool:
    """Whether tanks or ammunition were taken, and no place."""
    for n in range(at, at + 4):
        if n in starts or words.tag(n, "ground", "part_of", "post"):
            return False
        if words.tag(n, "booty"):
            return True
    return False


def _fires(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "opening" is that of fire on somebody."""
    if words.tag(tag.first - 1, "intention", "stop"):
        return False
    for at in range(tag.last, min(sentence.last, tag.last + _FIRE_WINDOW)):
        if words.breaks[at]:
            return False
        if words.tag(at, "gunfire"):
            aimed = any(word in _ON for word in words.words[at + 1 : at + 4])
            return aimed and words.words[at + 1] not in (_JOY, "من")
    return False


def _downs(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether an aircraft is what fell: "shot down a plane", not "dropped bombs from one"."""
    for at in range(tag.last, min(sentence.last, tag.last + _FIRE_WINDOW)):
        weapon = words.tag(at, "weapon")
        if words.breaks[at] or (weapon is not None and weapon.entry.code == "barrel_bomb"):
            return False
        if weapon is not None and "event_airstrike" in weapon.entry.flags:
            named = words.has(max(sentence.first, tag.first - 6), at, "actor")  # who shot it down
            return words.words[at - 1] != "من" and (named or not words.tag(at, "actor"))
    return False


def _tells_nothing(
    words: Words, sentence: Sentence, tag: Tag, starts: frozenset[int], headline: bool
) -> bool:
    """Whether a trigger is a state, the future or a chapter of the war, or lacks what its entry asks."""
    flags = tag.entry.flags
    named = _names_place(words, starts, tag.last)
    noun = tag.entry.form == "noun"
    return (
        _is_state(words, sentence, tag)
        or (tag.entry.form == "present" and "س" in tag.prefix)
        or ("state" in flags and not _is_fresh(words, sentence, tag, headline))
        or ("fall" in flags and len(tag.entry.words) == 1 and not named)
        or ("named" in flags and not named)
        or ("fire" in flags and not _fires(words, sentence, tag))
        or ("downs" in flags and not _downs(words, sentence, tag))
        or (tag.entry.code == "explosion" and noun and words.words[tag.first - 1] == "قبل")
        or (tag.entry.code == "advance" and words.has(tag.last, tag.last + 7, "airspace"))
        or ("claimed" in flags and not words.has(tag.first - 5, tag.first, "responsible"))
        or ("holding" in flags and not _became(words, sentence, tag))
        or (tag.entry.code == "siege" and _within(words, sentence, tag, "lift", 8) is not None)
        or ("battle" in flags and noun and tag.last in starts and not _carried(words, sentence, tag))
        or ("chapter" in flags and _is_operation(words, tag))
        or ("chapter" in flags and _is_named_battle(words, tag) and not _carried(words, sentence, tag))
        or ("chapter" in flags and not _told_as_news(words, sentence, tag))
    )


def _is_fresh(words: Words, sentence: Sentence, tag: Tag, headline: bool) -> bool:
    """Whether a present that mostly tells a state tells news: a headline with its doer first, what an attack
    ended in ("…, for the opposition to take the village"), or came next ("before it moved on and took")."""
    if _after_that(words, sentence, tag):
        return True
    ended = tag.prefix.endswith("ل") and words.breaks[tag.first] and words.tag(tag.last, "actor") is not None
    return ended or (headline and _has_subject_first(words, sentence, tag))


def _after_that(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "before that" or "after that" leads to a verb in its clause: قبل أن تتقدم وتسيطر."""
    reach = _THAT_REACH if tag.prefix.startswith("و") else 2
    for at in range(tag.first - 1, max(sentence.first, tag.first - reach), -1):
        if words.breaks[at + 1]:
            return False
        if words.words[at] == "ان":
            return words.words[at - 1] in ("قبل", "بعد")
    return False


def _is_no_news(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether an event is only asked about, supposed, aimed at, weighed or said of a habit."""
    if "؟" in words.gap(sentence.last) or "?" in words.gap(sentence.last):
        return True
    if _is_supposed(words, sentence, tag) or _of_the_whole_war(words, sentence, tag):
        return True
    any_such = words.words[tag.first - 1] == "اي" and tag.entry.code != "chemical_attack"
    if any_such and not words.has(max(sentence.first, tag.first - 6), tag.first, "deny", "negation"):
        return True  # "any attack would": none in particular
    if tag.definite and words.has(tag.last, tag.last + 2, "aim"):
        return True  # "the raids aim at"
    if tag.definite and words.tag(tag.first - 1, "aim") and "الي" in words.words[tag.last : tag.last + 3]:
        return True
    if tag.entry.form == "noun" and tag.entry.code == "control_change":
        if _within(words, sentence, tag, "significance", 3) or _within(words, sentence, tag, "keep", 4):
            return True
        if _is_goal(words, sentence, tag):
            return True
        behind = range(tag.last, min(sentence.last, tag.last + 9))
        meant = (words.tag(at, "significance") for at in behind)
        if any(word is not None and word.entry.form != "noun" for word in meant):
            return True
    if tag.entry.form == "present" and words.has(tag.first - 3, tag.last + 4, "habit"):
        return True
    if tag.prefix.endswith("ب") and _of_a_habit(words, sentence, tag):
        return True
    if words.has(tag.last, tag.last + 2, "habit") and _within(words, sentence, tag, "attempt", 5):
        return True  # "tried to storm it time and again"
    if tag.entry.form != "noun" or tag.suffix not in _PRONOUNS:
        return False
    return not {"منها", "منه"}.isdisjoint(words.words[max(sentence.first, tag.first - 3) : tag.first])


def _of_a_habit(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a weapon only tells with what a habit is done: "regularly bombs … with barrels"."""
    habits = words.where(max(sentence.first, tag.first - _HABIT_REACH), tag.first, "habit")
    return bool(habits) and not words.has(habits[-1], tag.first, "break", "connector")


def _of_the_whole_war(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether the clause sums up the war: "has killed … since the conflict began"."""
    told = words.where(tag.last, min(sentence.last, tag.last + 20), "connector", "whole_war")
    if not told or words.tag(told[0], "connector"):
        return False
    return words.has(told[0] + 1, told[0] + 4, "war")


def _is_goal(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a takeover is the object of "targeted": "the attack aimed at the takeover of"."""
    for at in range(tag.first - 1, max(sentence.first, tag.first - 6) - 1, -1):
        if words.breaks[at + 1]:
            return False
        aim = words.tag(at, "event")
        if aim is not None and "light" in aim.entry.flags and aim.entry.form != "noun":
            return True
    return False


def _is_supposed(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether an event hangs on an "if" before it, in its clause or in the one that follows from it."""
    if _within(words, sentence, tag, "condition", 14) is not None:
        return True
    before = words.where(max(sentence.first, tag.first - 30), tag.first, "connector", "condition")
    if not before or words.tag(before[-1], "connector"):
        return False
    return words.words[before[-1] - 1] != "ما" and words.has(before[-1], tag.first, "then")


def _of_people(words: Words, tag: Tag) -> bool:
    """Whether people, not a place, are the object: "freed 14 hostages", "expelled 45 of its men"."""
    doer = words.tag(tag.last, "actor")
    at = doer.last if doer is not None else tag.last
    bound = words.tag(at, "bound")
    at = bound.last if bound is not None else at
    number = words.tag(at, "number")
    behind = number.last if number is not None else at + 1 if words.words[at].isdigit() else at
    if words.tag(behind, "captive", "victim"):
        return tag.suffix == ""
    counted = behind > at
    behind += words.words[behind] == "من"
    return counted and not words.tag(behind, "ground", "part_of", "target_noun")


def _leaves_told_place(words: Words, tag: Tag, before: Sequence[Event]) -> bool:
    """Whether those who leave, with no "from", leave the place told before: "they withdrew", "took the town
    after the withdrawal of the army towards (باتجاه)"."""
    if "only_from" in tag.entry.flags:
        return False
    towards = any(words.words[at] in _TOWARDS for at in range(tag.last, tag.last + _WHITHER))
    return tag.entry.form != "noun" or (bool(before) and towards)


def _from_place(words: Words, tag: Tag, starts: frozenset[int]) -> bool:
    """Whether those driven out are no civilians, and from a place: "drove the last of the group from A"."""
    for at in range(tag.last, tag.last + _OBJECT_WINDOW):
        person = words.tag(at, "victim")
        if _FROM.get(words.words[at]):
            return True
        if words.breaks[at + 1] or (person is not None and person.entry.code == "civilians"):
            return False
        if words.words[at] == "من" and (at + 1 in starts or words.tag(at + 1, "ground", "part_of")):
            return True
    return False


def _is_background(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a verb only tells which place is meant, with no day: "the town that the group took"."""
    if tag.entry.form == "noun":
        return False
    near = range(max(sentence.first, tag.first - 2), tag.first)
    at = next((n for n in near if words.words[n] in _WHICH), None)
    if at is None:
        return False
    sides = (words.tag(n, "actor") for n in range(max(sentence.first, at - 5), at))
    if any(side is not None and side.last == at for side in sides):
        return False
    for n in range(tag.last, min(sentence.last, tag.last + 14)):
        if words.tag(n, *_TIMES):
            return False
        if (words.breaks[n] and n > tag.last + 3) or words.tag(n, "event"):
            break
    return True


def _repelled(words: Words, sentence: Sentence, tag: Tag) -> Event | None:
    """An attack beaten off; the verb alone (صد) needs an attack behind it."""
    assault = _assault_behind(words, sentence, tag)
    if assault is None and len(tag.entry.words) == 1:
        return None
    last = tag.last if assault is None else max(tag.last, assault.last)
    return replace(_event(tag, "repelled_attack", "repelled", last, False), last=last)


def _managed(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a noun that needs it is told as done: "managed to stand up to"."""
    if "managed" not in tag.entry.flags:
        return True
    return words.words[tag.first - 1] == "من" and words.has(
        max(sentence.first, tag.first - 7), tag.first, "manage"
    )


def _beats_off(words: Words, tag: Tag, before: Event) -> bool:
    """Whether a verb tells that the attack just told was beaten off: "…, but the rebels stood up to it"."""
    if "repel" not in tag.entry.flags or before.event_type != "advance":
        return False
    gap = tag.first - before.last
    if gap > _BEATEN_REACH or words.has(before.last, tag.first, "say", "deny", "failure", "negation"):
        return False
    if "failed" in tag.entry.flags or tag.suffix.endswith(_PRONOUNS):
        return True
    for at in range(tag.last, tag.last + 4):
        if words.breaks[at]:
            return False
        side = words.tag(at, "actor")
        if words.words[at] in _TO_IT or (side is not None and side.prefix.endswith("ل")):
            return True
    return False


def _has_subject_first(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a present tense tells news, as headlines do: its doer stands before it, in no relative, with
    or without its pronoun ("areas that the opposition holds")."""
    if tag.first - sentence.first > 8 or words.tag(tag.first - 1, "relative", "part_of", "ground"):
        return False
    return words.has(sentence.first, tag.first, "actor")


def _event(tag: Tag, kind: str, rule: str, search: int, pronoun: bool, first: int | None = None) -> Event:
    begin = tag.first if first is None else first
    return Event(kind, tag, begin, tag.last, begin, tag.last, search, rule, pronoun)


def _negated(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """A negation right before the trigger, or before the verb that carries it; "did not stop" is none."""
    led = tag.prefix.endswith("ب")  # "ended with the takeover of"
    if words.words[tag.first - 1] == "من":  # "the quarters of Aleppo were free of clashes"
        free = _within(words, sentence, tag, "stop", 8)
        if free is not None and free.entry.words[0] in ("خلا", "خلت", "يخلو", "تخلو"):
            return True
    for at in words.where(max(sentence.first, tag.first - 3), tag.first, "stop"):
        if not led and not _persists(words, sentence, at):
            return True
    if tag.entry.form == "noun":
        for at in range(tag.first - 1, max(sentence.first, tag.first - 6), -1):
            if words.breaks[at]:
                break
            if words.tag(at, "carrier", "achieve"):
                not_so = words.words[at - 1].removeprefix("و") in ("لم", "لن", "لا")
                return not_so and not _persists(words, sentence, at - 1)
    for back in (1, 2):
        at = tag.first - back
        if at < sentence.first:
            return False
        if _persists(words, sentence, at):
            return False
        if words.tag(at, "negation") and (back == 1 or words.words[at + 1] == "قد"):
            return True
        if back == 1 and words.words[at] not in ("قد",):
            return False
    return False


def _own_strike(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a strike is one of somebody's aircraft, or of the speaker's own forces: "that its aircraft
    carried out no strike on"."""
    if tag.entry.code not in (*_STRIKES, "other_attack") or tag.entry.code == "explosion":
        return False
    near = words.where(max(sentence.first, tag.first - _OWN_REACH), tag.first, "own_forces", "actor")
    own = [
        at
        for at in near
        if any(t.entry.role == "own_forces" or "air" in t.entry.flags for t in words.tags_at(at))
    ]
    return bool(own) and not words.has(own[-1] + 1, tag.first, "break")


def _persists(words: Words, sentence: Sentence, at: int) -> bool:
    """Whether a word is part of a negation that affirms: "did not stop"."""
    found = (words.tag(n, "persist") for n in words.where(max(sentence.first, at - 2), at + 1, "persist"))
    return any(tag is not None and tag.last > at for tag in found)


def _is_state(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Under control, areas of control: how things are, not what happened."""
    for at in words.where(max(sentence.first, tag.first - 3), tag.first, "state"):
        state = words.tag(at, "state")
        if state is not None and state.last >= tag.first:
            return True
    return False


def _marker(
    words: Words, sentence: Sentence, tag: Tag, marks: Mapping[str, bool], names: frozenset[int]
) -> int | None:
    """The word "on" or "from" that leads from a trigger to its place."""
    for at in range(tag.last, min(sentence.last, tag.last + _OBJECT_WINDOW)):
        if words.breaks[at] and at > tag.last and words.gap(at).strip() not in QUOTES:
            return None
        if words.words[at] in marks:
            return at
        if at not in names and words.tag(at, "event", "say", "deny"):
            return None
    return None


def _names_place(words: Words, starts: frozenset[int], at: int) -> bool:
    """Whether a place name begins right there, or behind the noun that says what it is."""
    ground = words.tag(at, "ground")
    if at in starts or (ground is not None and (at + 1 in starts or ground.definite)):
        return True
    return at + 1 in starts and words.words[at] in toponym_words().several


def _became(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "in the grip of" is told as new: a verb of becoming before it, and not of weapons."""
    became = words.where(max(sentence.first, tag.first - 9), tag.first, "become")
    return bool(became) and not words.has(max(sentence.first, became[-1] - 2), tag.first, "booty")


def _carried(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a verb like "broke out" carries the noun."""
    if words.words[tag.first - 1] in ("ابان", "بعد", "قبل", "منذ", "عشيه"):
        return False
    return words.has(max(sentence.first, tag.first - 3), tag.first, "carrier")


def _is_operation(words: Words, tag: Tag) -> bool:
    """Whether a battle is told by its goal, which then is the event: "the battle to free Aleppo"."""
    goal = words.tag(tag.last, "event")
    return goal is not None and goal.entry.code == "control_change" and goal.entry.form == "noun"


def _is_named_battle(words: Words, tag: Tag) -> bool:
    """Whether a battle bears a name, which makes it a chapter of the war: معركة القصير."""
    behind = words.words[tag.last]
    named = not tag.definite and not tag.suffix and behind.startswith("ال") and not words.breaks[tag.last]
    return named and not words.tag(tag.last, "relative", "fierce", "actor")


def _told_as_news(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether "battle" or "fighting" is told as happening: carried by a verb, fierce, between two sides."""
    if words.words[tag.first - 1] == "في" and not tag.definite and words.tag(tag.last, "actor"):
        return False  # "their task is (in) fighting the group"
    around = max(sentence.first, tag.first - 4), min(sentence.last, tag.last + 5)
    if words.has(*around, "carrier", "fierce"):
        return True
    begun = words.tag(tag.first - 1, "begin")
    aim = words.words[tag.last].startswith("ل")  # "a battle to lift the siege"
    if begun is not None and not tag.definite and not aim and words.words[begun.first - 1] not in _SINCE:
        return True  # "announced the beginning of battles in"
    behind = words.where(tag.last, min(sentence.last, tag.last + _FELL_REACH), "kill", "wound")
    if any(words.words[at + 1] in _IN_IT for at in behind):
        return True  # "after battles … in which 35 were killed"
    if behind and words.tag(tag.first - 1, "outcome"):
        return True  # "the ongoing battles led to the killing of 35"
    killed = _within(words, sentence, tag, "kill", 14)
    if killed is not None and killed.entry.flags <= {"on"}:
        return True  # "fell in the battles that …"
    return words.has(tag.last, min(sentence.last, tag.last + 3), "between")


def _assault_behind(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """The assault that was beaten off, behind the verb that says so."""
    for at in range(tag.last, min(sentence.last, tag.last + _DEFENCE_WINDOW)):
        if words.breaks[at] and words.gap(at).strip() not in QUOTES:
            return None
        event, attempt = words.tag(at, "event"), words.tag(at, "attempt")
        if event is not None and "assault" in event.entry.flags:
            return event
        if attempt is not None:
            return attempt
        if words.tag(at, "event", "say", "deny", "carrier") and words.words[at - 1] != "في":
            return None
    return None


def _failure(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """ "Failed" before the trigger, which then is what was not achieved."""
    before = tag.first - 1
    before -= 1 if words.tag(before, "operation") else 0  # "failed in operations to storm"
    led = words.words[before] in ("في", "من", "عن", "ب") or tag.prefix.endswith(("ب", "بال"))
    first = max(sentence.first, tag.first - _FAILURE_WINDOW)
    for at in reversed(words.where(first, tag.first, "failure", "say", "deny", "connector")):
        found = words.tag(at, "failure")
        tried = tag.prefix.endswith("ل") and words.has(
            at, tag.first, "attempt"
        )  # "an attempt … to storm failed"
        if found is not None and (led or tried or tag.first - found.last <= 2):
            return found
        if found is not None and "direct" in found.entry.flags and tag.first - found.last <= 8:
            return None if words.has(found.last, tag.first, "break") else found
        if found is None:
            return None
    return None


def _within(words: Words, sentence: Sentence, tag: Tag, role: str, window: int) -> Tag | None:
    """A tag of a role so many words before the trigger, with no punctuation but quotation marks between."""
    for at in reversed(words.where(max(sentence.first, tag.first - window), tag.first, role)):
        found = words.tag(at, role)
        if found is not None and found.last <= tag.first:
            cuts = words.where(at + 1, tag.first + 1, "break")
            return None if any(words.gap(n).strip() not in QUOTES for n in cuts) else found
    return None


def _intended(words: Words, sentence: Sentence, tag: Tag, kind: str) -> bool:
    """Whether the event is only meant, feared, asked for or talked about."""
    either = "او" in words.words[tag.first - 2 : tag.first]  # "for fear of A or of B"
    either |= (
        tag.prefix == "و" and tag.entry.form == "noun" and kind in (*_TAKING, "withdrawal")
    )  # "to do A and B"
    if _within(words, sentence, tag, "intention", 8 if either else 4):
        return True
    unheard = _within(words, sentence, tag, "unreported", 8)
    if unheard is not None:  # "no wounded were told of from the shelling": the shelling was
        return not words.has(unheard.last, tag.first, "injured", "dead", "wound", "kill")
    meant = _within(words, sentence, tag, "intention", 12)
    if meant is not None and meant.entry.form == "present":
        led = (words.tag(n, "carrier") for n in range(tag.first - 3, tag.first))
        if any(t is not None and t.prefix.endswith("ل") for t in led):
            return True  # "prepare to launch"
    at = tag.first - 1
    if tag.entry.form == "present" and at >= sentence.first and words.words[at] in ("ان", "لان", "كي", "بان"):
        return kind in (*_TAKING, "withdrawal") and words.words[at - 1] not in ("قبل", "بعد", "منذ")
    if tag.entry.form == "noun" and "battle" in tag.entry.flags and tag.suffix in _PRONOUNS:
        return True  # "in its battles": a chapter of the war
    return _is_purpose(words, sentence, tag, kind)


def _is_purpose(words: Words, sentence: Sentence, tag: Tag, kind: str) -> bool:
    """Whether a noun with ل, or behind one that carries it, tells a purpose: "to launch raids"."""
    managed = _within(words, sentence, tag, "manage", 5)
    if managed is not None and managed.prefix == "ل":
        return True  # "to enable it to make an advance"
    carrier = words.tag(tag.first - 1, "carrier")
    if carrier is not None and carrier.entry.form == "noun" and carrier.prefix.endswith("ل"):
        return not words.has(max(sentence.first, tag.first - 5), tag.first, "outcome", "deny")
    if not tag.prefix.removesuffix("ال").endswith("ل") or tag.entry.form != "noun":
        return False
    if kind not in (*_TAKING, "withdrawal") and "light" not in tag.entry.flags:
        return False
    if any(_suffers(words, n) for n in range(max(sentence.first, tag.first - 8), tag.first)):
        return False
    return not words.has(max(sentence.first, tag.first - 4), tag.first, "outcome", "deny")


def _suffers(words: Words, at: int) -> bool:
    """Whether "came under" stands at a word: its subject is where it happened."""
    tag = words.tag(at, "carrier")
    return tag is not None and "suffers" in tag.entry.flags


def _partial(words: Words, starts: frozenset[int], search: int, tag: Tag) -> bool:
    """Parts of a place, points in it: not the place."""
    for at in range(search, search + 4):
        if words.tag(at, "partial") and (at == search or words.words[at] != "اكثر"):
            return True
        if at in starts or words.tag(at, "ground"):
            return False
    return False


def _merge(words: Words, events: Sequence[Event], starts: frozenset[int]) -> list[Event]:
    """Triggers that tell one happening: "a shelling targeted", "targeted with rockets"."""
    merged: list[Event] = []
    for event in events:
        last = merged[-1] if merged else None
        if last is not None and _same_happening(words, last, event, starts):
            merged[-1] = _joined(last, event)
        else:
            merged.append(event)
    return merged


def _same_happening(words: Words, one: Event, other: Event, starts: frozenset[int]) -> bool:
    if _is_means(words, one, other):
        return True
    if words.has(one.last, other.trigger.first + 1, "break", "connector"):
        return False
    gap = range(one.last, other.trigger.first)
    apart = any(words.words[at] in _APART and words.words[at - 1] != "من" for at in gap)  # من قبل: by
    shot_at = "downs" in one.trigger.entry.flags and other.trigger.suffix in _PRONOUNS
    apart = apart and not shot_at  # "the downing of a plane after it was targeted"
    if apart or words.has(gap.start, gap.stop, "say"):
        return False  # "in answer to the shelling they announced", "raids four days after the bombing"
    if other.trigger.prefix.startswith(("و", "ف")) or other.trigger.first - one.last > 12:
        return False
    if _counted_anew(words, one, other):
        return False  # "24 raids near Raqqa and three raids near"
    taking = one.event_type == other.event_type and one.event_type in _TAKING
    if taking and other.trigger.entry.form == "noun" and len(gap) <= _WRESTED and starts.isdisjoint(gap):
        return True  # "wrested, backed by the coalition, control of"
    if words.has(gap.start, gap.stop, "support"):
        return False
    verbs = (words.tag(at, "carrier") for at in words.where(one.last, other.trigger.first, "carrier"))
    if any(verb is not None and "does" in verb.entry.flags and verb.prefix == "و" for verb in verbs):
        return False  # "attacked the town and carried out raids on"
    light = "light" in one.trigger.entry.flags or "light" in other.trigger.entry.flags
    strikes = one.event_type in _STRIKES and other.event_type in _STRIKES
    aimed = one.event_type in (*_STRIKES, "other_attack") and other.event_type in (*_STRIKES, "other_attack")
    assault = "assault" in one.trigger.entry.flags and other.event_type in _STRIKES
    return strikes or (light and aimed) or assault


def _is_means(words: Words, one: Event, other: Event) -> bool:
    """Whether shelling is what places were attacked with, though an aside on them stands between:
    "targeted A and B, of Shiite majority, with shells"."""
    led = other.trigger.prefix in ("ب", "بال") and other.trigger.entry.form == "noun"
    if not led or "light" not in one.trigger.entry.flags or other.event_type not in ("shelling", "airstrike"):
        return False
    near = other.trigger.first - one.last <= _MEANS_REACH
    return near and not words.has(one.last, other.trigger.first, "connector", "carrier", "say", "outcome")


def _counted_anew(words: Words, one: Event, other: Event) -> bool:
    """Whether a count joined by "and" opens another happening, and no part of one that was counted whole."""
    at = other.trigger.first - 1
    counted = words.words[at].startswith("و") and words.has(at, at + 1, "number", "figure")
    return counted and not words.has(one.first, at, "distributed")


def _joined(one: Event, other: Event) -> Event:
    kinds = (one.event_type, other.event_type)
    kind = next((k for k in _STRIKES if k in kinds), one.event_type)
    projectile = "projectile" in one.trigger.entry.flags
    chief = other if projectile and "projectile" not in other.trigger.entry.flags else one
    rule = one.rule if one.rule in ("responsible", "confirmed", "attempt", "failure") else "merged"
    return replace(one, event_type=kind, trigger=chief.trigger, last=other.last, rule=rule, search=one.search)


def _bound(words: Words, sentence: Sentence, events: Sequence[Event]) -> list[Event]:
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
            goes_on = words.breaks[left] and words.words[left].startswith("و")  # "…, and managed to"
            left = left if goes_on else _subject_start(words, floor, left)
        elif not stops and floor > sentence.first:  # one breath with the event before: only its own subject
            joined = words.words[event.first].startswith(("و", "ف"))
            left = event.first if joined else _subject_start(words, floor, event.first)
            under = (at for at in words.where(floor, left, "carrier") if _suffers(words, at))
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
        or words.words[left].startswith(("و", "ف"))
        or words.gap(left).strip(" :") not in QUOTES
    ):
        return left
    verb = words.tag(left, "event", "carrier", "manage")
    if verb is None and (first - left > _UNKNOWN_VERB or words.words[left].startswith(("ال", "ان"))):
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
    if words.words[at : at + 3] == _OTHER_SIDE and "جهه" in words.words[max(0, at - _SIDES_REACH) : at]:
        return False  # "between A on one side and B on the other"
    say = words.tag(at, "say")
    return say is None or words.breaks[at] or (say.prefix == "و" and say.entry.form == "verb")


def _next_voice(words: Words, event: Event, right: int) -> int:
    """Where the clause ends because somebody else begins to speak: "…, while activists spoke of"."""
    speaks = words.where(event.last, right, "say", "deny")
    stops = words.where(event.last, speaks[0] + 1, "break", "connector") if speaks else ()
    return stops[-1] if stops else right


def _carrier_start(words: Words, floor: int, left: int, first: int) -> int:
    """Where the verb that carries a noun begins, when a parenthesis parts them; before a quotation mark also
    the noun: the carrying out by the army of «forty raids»."""
    quoted = words.gap(left).strip() in QUOTES
    if words.tag(left, "connector") or words.has(left, first, "carrier", "manage"):
        return left
    if words.words[left] in _AND_THAT:
        return left
    for at in range(left - 1, max(floor, left - 12) - 1, -1):
        carriers = (t for t in words.tags_at(at) if t.entry.role in ("carrier", "manage"))
        if any(t.entry.form != "noun" or quoted for t in carriers):
            return at
        if words.tag(at, "connector", "say", "deny"):
            break
    return left


def _adds_to_name(words: Words, tag: Tag, before: int) -> bool:
    """Whether only an adjective of a side, or "had", stands between it and a word: the Sunni fighters of."""
    if words.words[tag.last] == "قد":
        return True
    adjective = words.words[tag.last].startswith("ال") and not words.tag(tag.last, "relative")
    return tag.entry.role == "actor" and tag.last == before - 1 and adjective


def _count_start(words: Words, first: int) -> int:
    """Where a count right before a word begins, with what bounds it: "at least 10" of strikes."""
    if not words.has(first - 1, first, "number", "figure", "vague"):
        return first
    bounds = (words.tag(at, "bound") for at in words.where(max(0, first - _BOUND), first - 1, "bound"))
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


def _bare_projectile(words: Words, sentence: Sentence, event: Event) -> bool:
    """Whether shells or rockets are only named: no verb of firing or falling beside them."""
    if "projectile" not in event.trigger.entry.flags:
        return False
    if words.has(max(sentence.first, event.first - 2), event.first, "outcome"):
        return False  # "these barrels killed"
    led = event.trigger.prefix.endswith("ب")
    if led and any(w in ("اسقط", "اسقطت", "اسقطوا") for w in words.words[event.first - 3 : event.first]):
        return True  # what a plane was shot down with
    behind = words.words[event.last : min(sentence.last, event.last + 5)]
    aimed = not {"علي", "باتجاه", "نحو"}.isdisjoint(behind)
    end = _weapons_end(words, event.last)
    for at in range(event.first, min(sentence.last, end + 6)):
        if at > end + 3 and words.has(end, at + 1, "break", "connector", "passive_by"):
            break
        tag = words.tag(at, "carrier")
        if tag is not None and (tag.entry.form != "noun" or aimed):
            return False
    for at in range(event.first - 1, max(sentence.first, event.first - 8) - 1, -1):
        tag = words.tag(at, "carrier")
        if tag is not None and (tag.entry.form != "noun" or aimed):
            return False
        if words.tag(at, "event", "connector"):
            break
    return True


def _weapons_end(words: Words, at: int) -> int:
    """The end of a line of weapons: "shells, mortar rounds and rockets fell"."""
    while (tag := words.tag(at, "weapon", "event")) is not None or words.words[at] == "و":
        at = tag.last if tag is not None else at + 1
    return at


def _ends_deed(words: Words, at: int) -> bool:
    """Whether what follows was not what an attack was made with: "…, which led to", "in answer to shells"."""
    return words.breaks[at] or words.tag(at, "answer") is not None


def _typed(words: Words, event: Event) -> Event:
    """The type as weapon and doer make it: shells from aircraft are an air strike."""
    flags = event.trigger.entry.flags
    weapon, at, size, implied = "", -1, 0, ""
    ends = (n for n in words.where(event.last, event.right, "outcome", "answer") if _ends_deed(words, n))
    right = next(ends, event.right)  # "…, which led to": what comes of it was not what it was done with
    for n in words.where(event.left, right, "weapon"):
        tag = words.tag(n, "weapon")
        if tag is None:
            continue
        if tag.entry.code and len(tag.entry.words) > size:
            weapon, at, size = tag.entry.code, n, len(tag.entry.words)
        made = next((k for k in _STRIKES if f"event_{k}" in tag.entry.flags), "")
        carried = event.event_type == "other_attack" or "assault" in flags
        if made == "explosion" and not (carried and tag.prefix.endswith("ب")):
            continue  # a bomb is what an attack was made with, not what lies about
        if made and (not implied or _STRIKES.index(made) < _STRIKES.index(implied)):
            implied = made
    air = any(
        "air" in tag.entry.flags
        for n in words.where(event.left, right, "actor")
        for tag in words.tags_at(n)
        if tag.entry.role == "actor"
    )
    if air:
        implied = implied if implied == "chemical_attack" else "airstrike"
    kind = event.event_type
    if flags & {"downs", "fire"} and not (air and "fire" in flags):
        return replace(event, weapon=weapon, weapon_at=at)
    if "deed" in flags and implied != "explosion":
        implied = ""  # aircraft may film an execution
    if kind in ("shelling", "other_attack") and implied:
        kind = implied
    if "assault" in flags and event.rule in ("trigger", "merged") and implied and event.last < event.right:
        begin = event.trigger.last
        close = [t for n in range(begin, min(event.right, begin + 2)) for t in words.tags_at(n)]
        if any(t.entry.role == "weapon" for t in close):
            kind = implied
    return replace(event, event_type=kind, weapon=weapon, weapon_at=at)
