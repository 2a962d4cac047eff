"""What happens: the events of a sentence, believed only after negation, failure and intention are read.

Event types and their edges follow the contract (ACLED's sub-event types): a takeover of parts of a place
is an advance, a failed attempt a repelled attack, a state no event, an intention none, an attempt at most
an advance. What says so are the rules of ``rules/events.toml``, each word of war is one decision among them;
what two words of one happening have to do with each other, those of ``rules/happenings.toml``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from extraction.lexicon.clitics import HER, HIS
from extraction.lexicon.particles import particles
from extraction.lexicon.vocabulary import Entry, Tag
from extraction.reading.clause import Event, with_clauses
from extraction.reading.decide import Decision, Evidence, decide
from extraction.reading.kind import STRIKES, armed, is_bare_projectile, typed
from extraction.reading.notes import Note
from extraction.reading.pattern import Phrasing, Scope, no_phrases
from extraction.reading.phrases.aside import aside_phrases
from extraction.reading.phrases.event import event_phrase, points_back
from extraction.reading.phrases.phrase import Phrase, Phrases
from extraction.reading.rules import Book, Rule, book
from extraction.words.sentence import QUESTION_MARKS, Sentence, Words

#: How a word of war may be read, other than as it stands; of what type it then is, where of another.
_READINGS: Final[Mapping[str, str]] = {
    "no_event": "",
    "attempt": "advance",
    "failure": "repelled_attack",
    "partial": "advance",
    "lost": "control_change",
}
#: Of these the event begins where they do: "tried to take".
_BEGINNING: Final = ("attempt", "failure")
#: How it is told, whatever it tells.
_TOLD: Final = ("responsible", "confirmed", "carried")
_NEGATED: Final = ("not_so", "deniable")
_PAIRED: Final = ("same_mood", "part", "beaten", "heard", "one", "two")
_BY_ITSELF: Final = 1.0
_ABSOLUTE: Final = 20.0
_HALF: Final = 0.5
_WHITHER: Final = 6  # words from "withdrawal" over who left to "towards"
_TOWARDS: Final = particles("to", "towards")


def _rules() -> Book:
    return book("events", *_READINGS, *_NEGATED, *_TOLD)


def _pairs() -> Book:
    return book("happenings", *_PAIRED)


@dataclass(frozen=True, slots=True)
class _Sense:
    """How a word of war was read: its phrase, the decision, the first word of the reading chosen, and how it
    is told, whatever it tells."""

    phrase: Phrase
    decision: Decision[str]
    first: int
    told: str

    @property
    def reading(self) -> str:
        """What it was read as: a key of the readings, or "trigger" for itself."""
        return self.decision.chosen.value if self.decision.chosen is not None else "no_event"


def find_events(
    words: Words,
    sentence: Sentence,
    names: frozenset[int],
    phrases: Phrasing = no_phrases,
    notes: list[Note] | None = None,
) -> list[Event]:
    """The events of a sentence in order.

    ``names`` are the words inside names (of places, groups, sources), where a trigger is none; ``phrases``
    tells at least where a PLACE begins. What was weighed of each word of war goes to ``notes``.
    """
    found: list[Event] = []
    before: tuple[Tag, Event | None] | None = None
    phrases = _with_asides(words, sentence, phrases)
    for tag in _triggers(words, sentence, names):
        if found and tag.first < found[-1].last:
            continue  # the attack that was beaten off
        scope = Scope(words, sentence, tag, None, phrases)
        event, sense = _judge(scope, tag, names, found)
        if notes is not None:
            notes.append(Note("event", words.start(tag.first), words.end(tag.last - 1), sense.decision))
        if event is None and "claimed" in tag.entry.flags:
            continue  # "an operation" is no trigger
        if event is None and found and _beats_off(scope, sense, found[-1]):
            found[-1] = replace(
                found[-1], event_type="repelled_attack", trigger=tag, last=tag.last, rule="beaten"
            )
        if event is not None and before is not None and _says(scope, "same_mood", before[0]):
            event = _same_mood(event, before[1])
        if event is not None:
            found.append(event)
        before = (tag, event)
    return _as_told(words, sentence, found, phrases)


def _with_asides(words: Words, sentence: Sentence, phrases: Phrasing) -> Phrasing:
    """The phrases, and the asides of a sentence."""
    asides = Phrases(list(aside_phrases(words, sentence)))
    return lambda kind, at: asides.ends(kind, at) if kind == "ASIDE" else phrases(kind, at)


def _triggers(words: Words, sentence: Sentence, names: frozenset[int]) -> Iterator[Tag]:
    """The words of war of a sentence, outside names; of two that overlap the first."""
    done = sentence.first
    if not QUESTION_MARKS.isdisjoint(words.gap(sentence.last)):
        return  # what is asked has not happened
    for at in words.where(sentence.first, sentence.last, "event"):
        tag = words.tag(at, "event") if at >= done and at not in names else None
        if tag is not None:
            yield tag
            done = tag.last


def _judge(
    scope: Scope, tag: Tag, names: frozenset[int], before: Sequence[Event]
) -> tuple[Event | None, _Sense]:
    """Whether a word of war tells an event, and of what type."""
    phrase = event_phrase(scope.words, scope.sentence, tag, names)
    led = _led(scope, tag, phrase, before)
    sense = _read(scope, tag, phrase, led is not None, before)
    if sense.reading == "no_event" or led is None:
        return None, sense
    search, pronoun = led
    kind = _READINGS.get(sense.reading, tag.entry.code)
    rule = sense.reading if sense.reading == "failure" else sense.told or sense.reading
    if kind == "repelled_attack" and "repel" in tag.entry.flags:
        return Event(
            kind, tag, tag.first, phrase.last, tag.first, phrase.last, phrase.last, "repelled"
        ), sense
    first = sense.first
    return Event(kind, tag, first, tag.last, first, tag.last, search, rule, pronoun), sense


def _read(scope: Scope, tag: Tag, phrase: Phrase, led: bool, before: Sequence[Event]) -> _Sense:
    """Weigh how a word of war may be read."""
    particle = Phrase("EVENT", phrase.last - 1, phrase.last) if phrase.last > tag.last else None
    scope = replace(scope, candidate=particle, facts=_facts(tag, phrase, led))
    said = _rules().sayings(scope)
    failed = [r for r in said.get("failure", ()) if not any(e.first > r.start(scope) for e in before)]
    kept = {**said, "failure": failed}
    weighed = {says: [Evidence(r.id, r.weight) for r in kept[says]] for says in _READINGS if kept.get(says)}
    refused = list(_part_of_before(scope, before))
    if "not_so" in said and "deniable" not in said:
        refused.append(said["not_so"][0].id)
    if refused:
        weighed.setdefault("no_event", []).extend(Evidence(rule, _ABSOLUTE) for rule in refused)
    decision = decide([("trigger", [Evidence("trigger", _BY_ITSELF)]), *weighed.items()])
    chosen = kept.get(decision.chosen.value, ()) if decision.chosen is not None else ()
    begins = chosen[0].start(scope) if chosen and chosen[0].says in _BEGINNING else tag.first
    return _Sense(phrase, decision, begins, _told_as(said))


def _facts(tag: Tag, phrase: Phrase, led: bool) -> frozenset[str]:
    """What rules may ask of a word of war beside the words: what its entry asks for that is not there."""
    alone = len(tag.entry.words) == 1 and phrase.last == tag.last
    return frozenset(["no_particle"] * (not led) + ["no_assault"] * alone)


def _part_of_before(scope: Scope, before: Sequence[Event]) -> Iterator[str]:
    """The name of the rule by which a word of war only tells more of the event before it."""
    if before and (part := _says(scope, "part", before[-1])) is not None:
        yield part.id


def _told_as(said: Mapping[str, Sequence[Rule]]) -> str:
    """How an event is told, whatever it tells: denied, owned up to, confirmed, carried by a verb."""
    return "negated" if "not_so" in said else next((says for says in _TOLD if says in said), "")


def _led(scope: Scope, tag: Tag, phrase: Phrase, before: Sequence[Event]) -> tuple[int, bool] | None:
    """Where the places of a word of war are to be looked for, and whether a pronoun stands for them; None
    where it lacks the word it needs."""
    flags, verb = tag.entry.flags, tag.entry.form != "noun"
    if not flags & {"on", "from"}:
        her = tag.suffix.endswith(HER) and (verb or "objective" in flags)
        return tag.last, her or (tag.suffix.endswith(HIS) and verb and "objective" in flags)
    if phrase.last > tag.last:
        return tag.last, points_back(scope.words, phrase)
    if tag.entry.code == "withdrawal" and _leaves_told_place(scope.words, tag, before):
        return scope.sentence.last, False  # "withdrew to …": from where was said before
    return None


def _leaves_told_place(words: Words, tag: Tag, before: Sequence[Event]) -> bool:
    """Whether those who leave, with no "from", leave the place told before: "they withdrew", "took the town
    after the withdrawal of the army towards (باتجاه)"."""
    if "only_from" in tag.entry.flags:
        return False
    towards = words.among(tag.last, tag.last + _WHITHER, _TOWARDS)
    return tag.entry.form != "noun" or (bool(before) and towards)


# --- two words of war


def _says(scope: Scope, says: str, before: Tag | Event) -> Rule | None:
    """What a rule says of a word of war and of the one before it."""
    candidate = before if isinstance(before, Tag) else _phrase(before, before.first)
    return _pairs().first(says, scope.weighing(candidate))


def _phrase(event: Event, first: int) -> Phrase:
    """An event as a phrase whose head bears the type that the event has come to have."""
    head = event.trigger
    if head.entry.code != event.event_type:
        head = head._replace(entry=_of_type(head.entry, event.event_type))
    return Phrase("EVENT", first, event.last, head)


@cache
def _of_type(entry: Entry, event_type: str) -> Entry:
    """An entry as one of another type, always the same one: rules are chosen by it."""
    return replace(entry, code=event_type)


def _beats_off(scope: Scope, sense: _Sense, before: Event) -> bool:
    """Whether a verb that tells no event of its own tells that the attack just told was beaten off."""
    managed = all(e.rule != "not_managed" for c in sense.decision.weighed for e in c.evidence)
    return managed and _says(scope, "beaten", before) is not None


def _same_mood(event: Event, before: Event | None) -> Event | None:
    """What was only meant, tried or failed for the first noun was so for the second."""
    if before is None:
        return None
    if before.rule in ("attempt", "failure", "negated"):
        return replace(event, event_type=before.event_type, rule=before.rule)
    return event


def _as_told(words: Words, sentence: Sentence, found: Sequence[Event], phrases: Phrasing) -> list[Event]:
    """The events with what they were done with: each once, in its clause, of the type that makes."""
    told = [event for event in found if not is_bare_projectile(words, sentence, event)]
    told = [_instead(words, event, before) for event, before in zip(told, [None, *told], strict=False)]
    told = [made for event in told if (made := armed(words, sentence, event)) is not None]
    told = _merge(words, sentence, told, phrases)
    events = [typed(words, event) for event in with_clauses(words, sentence, told)]
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


def _merge(words: Words, sentence: Sentence, events: Sequence[Event], phrases: Phrasing) -> list[Event]:
    """Words of war that tell one happening: "a shelling targeted", "targeted with rockets"."""
    merged: list[Event] = []
    for event in events:
        ties = _ties(words, sentence, merged[-1], event, phrases) if merged else "two"
        if ties == "two":
            merged.append(event)
        else:
            both = _joined(merged[-1], event)
            merged[-1] = replace(both, event_type=event.event_type) if ties == "heard" else both
    return merged


def _ties(words: Words, sentence: Sentence, one: Event, other: Event, phrases: Phrasing) -> str:
    """Whether two words of war tell "one" happening or "two", or what was "heard" of the second."""
    scope = Scope(words, sentence, _phrase(other, other.trigger.first), _phrase(one, one.first), phrases)
    said = _pairs().sayings(scope)
    if "one" not in said and "heard" not in said:
        return "two"
    weighed = {says: [Evidence(r.id, r.weight) for r in said.get(says, ())] for says in ("one", "heard")}
    apart = [Evidence("two words", _HALF), *(Evidence(r.id, r.weight) for r in said.get("two", ()))]
    chosen = decide([("two", apart), *weighed.items()]).chosen
    return chosen.value if chosen is not None else "two"


def _joined(one: Event, other: Event) -> Event:
    kinds = (one.event_type, other.event_type)
    kind = next((k for k in STRIKES if k in kinds), one.event_type)
    projectile = "projectile" in one.trigger.entry.flags
    chief = other if projectile and "projectile" not in other.trigger.entry.flags else one
    rule = one.rule if one.rule in ("responsible", "confirmed", "attempt", "failure") else "merged"
    return replace(one, event_type=kind, trigger=chief.trigger, last=other.last, rule=rule, search=one.search)
