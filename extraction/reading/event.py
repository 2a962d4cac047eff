"""What happens: the events of a sentence, believed only after negation, failure and intention are read.

Event types and their edges follow the contract (ACLED's sub-event types): a takeover of parts of a place
is an advance, a failed attempt a repelled attack, a state no event, an intention none, an attempt at most
an advance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from extraction.lexicon.clitics import AND, BY, BY_ANY, FOR, HER, HIS, JOINED, PRONOUNS
from extraction.lexicon.particles import FROM, IN, TOWARDS, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.clause import Event, with_clauses
from extraction.reading.modality import (
    ON_WHAT,
    TAKING,
    begun,
    carried,
    failure_of,
    is_background,
    is_booty,
    is_intended,
    is_negated,
    is_no_news,
    is_partial,
    of_people,
    tells_nothing,
    tried,
    within,
)
from extraction.words.sentence import QUOTES, Sentence, Words

_OBJECT_WINDOW: Final = 10  # words from "took control" to its "of"
_DEFENCE_WINDOW: Final = 16  # words from "beat off" to the attack: a unit, those with it, its place
#: "From", and whether it bears a pronoun for the place.
_FROM: Final = dict.fromkeys(particles("from"), False) | dict.fromkeys(particles("from_it"), True)
#: Of these nobody claims responsibility.
_HELD: Final = frozenset({"control_change", "withdrawal", "siege", "repelled_attack", "clash"})
_ARMED_BEFORE: Final = 6  # words in which a word of destroying is told what did it, before it
_ARMED_BEHIND: Final = 8
_RAZED: Final = 6  # words from "destroyed" to what was: its doer stands between
_MEANS_REACH: Final = 14  # words from "targeted" to what with
_FIRE_MEANS: Final = 15  # words from a deed to the gunfire it was done with
_STRIKES: Final = ("chemical_attack", "explosion", "airstrike", "shelling")
_WHITHER: Final = 6  # words from "withdrawal" over who left to "towards"
_TO_IT: Final = particles("against_it")
_BEATEN_REACH: Final = 25  # words from an attack to "stood up to it"
_APART: Final = particles("after", "before", "following", "upon", "and_that")
_ANCIENT: Final = particles("ancient")
_NEVER: Final = particles("not")
_ONTO: Final = particles("on", "towards")
_OWN_REACH: Final = 6  # words from "its aircraft" to the strike they did not carry out
_WRESTED: Final = 8  # words of a doer between "wrested" and "control of"


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
    events = [_typed(words, event) for event in with_clauses(words, sentence, _merge(words, told, starts))]
    return [
        replace(event, event_type=before.event_type) if event.rule == "instead" and before else event
        for before, event in zip([None, *events], events, strict=False)
    ]


def _instead(words: Words, event: Event, before: Event | None) -> Event:
    """The event; what was done instead of a denied strike counts without its weapon: "its aircraft did not
    bomb A, but destroyed targets in B"."""
    denied = (
        before is not None and before.rule == "negated" and words.tag_before(event.first, "but") is not None
    )
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
        led = at >= event.last and tag.prefix.endswith(BY_ANY)
        if led or (subject and done and not tag.prefix.endswith(BY_ANY)):
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
    breath = next(iter(words.where(event.last, event.last + _RAZED, "break")), event.last + _RAZED)
    if "razes" not in event.trigger.entry.flags or not words.has(left, breath, "actor"):
        return False
    for at in range(event.last, min(sentence.last, event.last + _RAZED)):
        tag = words.tag(at, "target_noun")
        if words.breaks[at]:
            return False
        if tag is not None and "held" in tag.entry.flags:
            return words.words[tag.last] not in _ANCIENT
    return False


def _coordinated(words: Words, one: Tag, other: Tag) -> bool:
    """Whether two verbal nouns hang on one verb: "seeks to advance … and to take"."""
    if other.entry.form != "noun":
        return False
    joined = one.entry.form == "noun" and other.prefix.startswith(AND)
    if not joined and other.first - one.last > 6:
        return False
    if words.tag_before(other.first, "aside"):
        return False  # "failed to take the town after a counter-attack"
    near = other.first - one.last <= 10 and not words.has(one.last, other.first, "break")
    return near and one.entry.code in TAKING and other.entry.code in TAKING


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
    if "fire" in flags and tag.prefix.endswith(BY) and before and tag.first - before[-1].last <= _FIRE_MEANS:
        return None  # "assassinated him by opening fire on him"
    if tells_nothing(words, sentence, tag, starts, headline) or is_no_news(words, sentence, tag):
        return None
    if "expel" in flags:
        people = of_people(words, tag) or words.has(tag.last, tag.last + _OBJECT_WINDOW, "victim")
        if people and not _from_place(words, tag, starts):
            return None
    elif kind == "control_change" and "objective" in flags and of_people(words, tag):
        return None
    negated = is_negated(words, sentence, tag)
    if negated and not (kind in TAKING and "assault" not in flags) and not _own_strike(words, sentence, tag):
        return None
    led = _led(words, sentence, tag, names, starts, before)
    if led is None:
        return None
    search, place, pronoun = led
    if "failed" in flags:
        return None  # of the attack told before it
    if "repel" in flags:
        return _repelled(words, sentence, tag) if _managed(words, sentence, tag) else None
    if kind in TAKING and before and before[-1].rule == "repelled" and tag.first <= before[-1].last + 2:
        return None  # the attack that was beaten off
    failure = failure_of(words, sentence, tag)
    attempt = within(words, sentence, tag, "attempt", 5) or tried(words, sentence, tag)
    if kind in TAKING and failure is not None and not any(e.first > failure.first for e in before):
        return _event(tag, "repelled_attack", "failure", search, pronoun, first=failure.first)
    if attempt is None and kind == "control_change" and tag.entry.form == "noun":
        attempt = words.tag_before(tag.first, "operation") or begun(words, sentence, tag)
    if attempt is not None and (
        within(words, sentence, attempt, "prevention", 4) or within(words, sentence, attempt, "intention", 2)
    ):
        return None
    if attempt is not None and words.before(attempt.first).removeprefix(AND) in _NEVER:
        return None  # "never tried to"
    barred = range(words.back(tag.first, 12), tag.first)
    if words.before(tag.first) in FROM and any(words.tag(at, "prevention") for at in barred):
        return None
    if attempt is None and is_intended(words, sentence, tag, kind):
        return None
    if kind in TAKING and attempt is not None:
        kind, rule, first = "advance", "attempt", attempt.first
    if kind == "control_change" and (
        is_partial(words, starts, search, tag) or is_partial(words, starts, place, tag)
    ):
        kind, rule = "advance", "partial"
    if kind == "control_change" and within(words, sentence, tag, "loss", 6):
        rule = "lost"
    elif kind in ("control_change", "withdrawal") and is_background(words, sentence, tag):
        return None
    if negated:
        rule = "negated"
    elif kind not in _HELD and (owned := within(words, sentence, tag, "responsible", 4)) is not None:
        if within(words, sentence, owned, "negation", 4) is not None:
            return None
        rule = "responsible"
    elif tag.definite and words.tag_before(tag.first, "occurrence"):
        rule = "confirmed"
    elif tag.definite and carried(words, sentence, tag):
        rule = "carried"
    return _event(tag, kind, rule, search, pronoun, first)


def _led(
    words: Words,
    sentence: Sentence,
    tag: Tag,
    names: frozenset[int],
    starts: frozenset[int],
    before: Sequence[Event],
) -> tuple[int, int, bool] | None:
    """Where the places of a trigger are to be looked for, where its "on" or "from" leads to, and whether a
    pronoun stands for them; None where it lacks the word it needs, or leads to no place."""
    flags, kind = tag.entry.flags, tag.entry.code
    verb = tag.entry.form != "noun"
    pronoun = tag.suffix.endswith(HER) and (verb or "objective" in flags)
    pronoun |= tag.suffix.endswith(HIS) and verb and "objective" in flags
    if not flags & {"on", "from"}:
        return tag.last, tag.last, pronoun
    marks = ON_WHAT if "on" in flags else _FROM
    mark = _marker(words, sentence, tag, marks, names)
    if mark is None and kind == "withdrawal" and _leaves_told_place(words, tag, before):
        return sentence.last, tag.last, pronoun  # "withdrew to …": from where was said before
    if mark is None or (kind == "control_change" and is_booty(words, starts, mark + 1)):
        return None
    if kind == "withdrawal" and words.tag(mark + 1, "talks"):
        return None  # "withdrew from the talks"
    return tag.last, mark + 1, marks[words.words[mark]]


def _leaves_told_place(words: Words, tag: Tag, before: Sequence[Event]) -> bool:
    """Whether those who leave, with no "from", leave the place told before: "they withdrew", "took the town
    after the withdrawal of the army towards (باتجاه)"."""
    if "only_from" in tag.entry.flags:
        return False
    towards = any(words.words[at] in TOWARDS for at in range(tag.last, tag.last + _WHITHER))
    return tag.entry.form != "noun" or (bool(before) and towards)


def _from_place(words: Words, tag: Tag, starts: frozenset[int]) -> bool:
    """Whether those driven out are no civilians, and from a place: "drove the last of the group from A"."""
    for at in range(tag.last, tag.last + _OBJECT_WINDOW):
        person = words.tag(at, "victim")
        if _FROM.get(words.words[at]):
            return True
        if words.breaks[at + 1] or (person is not None and person.entry.code == "civilians"):
            return False
        if words.words[at] in FROM and (at + 1 in starts or words.tag(at + 1, "ground", "part_of")):
            return True
    return False


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
    return words.before(tag.first) in FROM and words.has(words.back(tag.first, 7), tag.first, "manage")


def _beats_off(words: Words, tag: Tag, before: Event) -> bool:
    """Whether a verb tells that the attack just told was beaten off: "…, but the rebels stood up to it"."""
    if "repel" not in tag.entry.flags or before.event_type != "advance":
        return False
    gap = tag.first - before.last
    if gap > _BEATEN_REACH or words.has(before.last, tag.first, "say", "deny", "failure", "negation"):
        return False
    if "failed" in tag.entry.flags or tag.suffix.endswith(PRONOUNS):
        return True
    for at in range(tag.last, tag.last + 4):
        if words.breaks[at]:
            return False
        side = words.tag(at, "actor")
        if words.words[at] in _TO_IT or (side is not None and side.prefix.endswith(FOR)):
            return True
    return False


def _event(tag: Tag, kind: str, rule: str, search: int, pronoun: bool, first: int | None = None) -> Event:
    begin = tag.first if first is None else first
    return Event(kind, tag, begin, tag.last, begin, tag.last, search, rule, pronoun)


def _own_strike(words: Words, sentence: Sentence, tag: Tag) -> bool:
    """Whether a strike is one of somebody's aircraft, or of the speaker's own forces: "that its aircraft
    carried out no strike on"."""
    if tag.entry.code not in (*_STRIKES, "other_attack") or tag.entry.code == "explosion":
        return False
    near = words.where(words.back(tag.first, _OWN_REACH), tag.first, "own_forces", "actor")
    own = [
        at
        for at in near
        if any(t.entry.role == "own_forces" or "air" in t.entry.flags for t in words.tags_at(at))
    ]
    return bool(own) and not words.has(own[-1] + 1, tag.first, "break")


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
        if words.tag(at, "event", "say", "deny", "carrier") and words.before(at) not in IN:
            return None
    return None


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
    apart = any(words.words[at] in _APART and words.before(at) not in FROM for at in gap)  # من قبل: by
    shot_at = "downs" in one.trigger.entry.flags and other.trigger.suffix in PRONOUNS
    apart = apart and not shot_at  # "the downing of a plane after it was targeted"
    if apart or words.has(gap.start, gap.stop, "say"):
        return False  # "in answer to the shelling they announced", "raids four days after the bombing"
    if other.trigger.prefix.startswith(JOINED) or other.trigger.first - one.last > 12:
        return False
    if _counted_anew(words, one, other):
        return False  # "24 raids near Raqqa and three raids near"
    taking = one.event_type == other.event_type and one.event_type in TAKING
    if taking and other.trigger.entry.form == "noun" and len(gap) <= _WRESTED and starts.isdisjoint(gap):
        return True  # "wrested, backed by the coalition, control of"
    if words.has(gap.start, gap.stop, "support"):
        return False
    verbs = (words.tag(at, "carrier") for at in words.where(one.last, other.trigger.first, "carrier"))
    if any(verb is not None and "does" in verb.entry.flags and verb.prefix == AND for verb in verbs):
        return False  # "attacked the town and carried out raids on"
    light = "light" in one.trigger.entry.flags or "light" in other.trigger.entry.flags
    strikes = one.event_type in _STRIKES and other.event_type in _STRIKES
    aimed = one.event_type in (*_STRIKES, "other_attack") and other.event_type in (*_STRIKES, "other_attack")
    assault = "assault" in one.trigger.entry.flags and other.event_type in _STRIKES
    return strikes or (light and aimed) or assault


def _is_means(words: Words, one: Event, other: Event) -> bool:
    """Whether shelling is what places were attacked with, though an aside on them stands between:
    "targeted A and B, of Shiite majority, with shells"."""
    led = other.trigger.prefix in BY_ANY and other.trigger.entry.form == "noun"
    if not led or "light" not in one.trigger.entry.flags or other.event_type not in ("shelling", "airstrike"):
        return False
    near = other.trigger.first - one.last <= _MEANS_REACH
    return near and not words.has(one.last, other.trigger.first, "connector", "carrier", "say", "outcome")


def _counted_anew(words: Words, one: Event, other: Event) -> bool:
    """Whether a count joined by "and" opens another happening, and no part of one that was counted whole."""
    at = other.trigger.first - 1
    counted = words.words[at].startswith(AND) and words.has(at, at + 1, "number", "figure")
    return counted and not words.has(one.first, at, "among")


def _joined(one: Event, other: Event) -> Event:
    kinds = (one.event_type, other.event_type)
    kind = next((k for k in _STRIKES if k in kinds), one.event_type)
    projectile = "projectile" in one.trigger.entry.flags
    chief = other if projectile and "projectile" not in other.trigger.entry.flags else one
    rule = one.rule if one.rule in ("responsible", "confirmed", "attempt", "failure") else "merged"
    return replace(one, event_type=kind, trigger=chief.trigger, last=other.last, rule=rule, search=one.search)


def _bare_projectile(words: Words, sentence: Sentence, event: Event) -> bool:
    """Whether shells or rockets are only named: no verb of firing or falling beside them."""
    if "projectile" not in event.trigger.entry.flags:
        return False
    if words.has(words.back(event.first, 2), event.first, "outcome"):
        return False  # "these barrels killed"
    led = event.trigger.prefix.endswith(BY)
    near = words.where(words.back(event.first, 3), event.first, "event")
    downed = (words.tag(at, "event") for at in near) if led else ()
    if any(tag is not None and "downs" in tag.entry.flags and tag.entry.form == "verb" for tag in downed):
        return True  # what a plane was shot down with
    aimed = words.among(event.last, min(sentence.last, event.last + 5), _ONTO)
    end = _weapons_end(words, event.last)
    for at in range(event.first, min(sentence.last, end + 6)):
        if at > end + 3 and words.has(end, at + 1, "break", "connector", "passive_by"):
            break
        tag = words.tag(at, "carrier")
        if tag is not None and (tag.entry.form != "noun" or aimed):
            return False
    for at in words.backwards(event.first, 8):
        tag = words.tag(at, "carrier")
        if tag is not None and (tag.entry.form != "noun" or aimed):
            return False
        if words.tag(at, "event", "connector"):
            break
    return True


def _weapons_end(words: Words, at: int) -> int:
    """The end of a line of weapons: "shells, mortar rounds and rockets fell"."""
    while (tag := words.tag(at, "weapon", "event")) is not None or words.words[at] == AND:
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
        if made == "explosion" and not (carried and tag.prefix.endswith(BY)):
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
