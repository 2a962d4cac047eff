"""SIDE: who fights, by name, with all that only says more of him.

"Fighters of the group", "a unit belonging to the army", "warplanes belonging to the coalition", "the forces
(the vanguard of the alliance)", "the forces, whose backbone are the Kurds, " are one phrase each: its head is
the name, and the sides named inside it are its parts. Sides joined by "and" are a row of phrases.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from extraction.lexicon.clitics import AND, FOR, OWN, THE
from extraction.lexicon.particles import FROM, particles
from extraction.lexicon.vocabulary import Entry, Tag
from extraction.reading.phrases.phrase import Phrase
from extraction.words.sentence import Sentence, Words

_PEOPLE: Final = 3  # words from "a group" to the side that it is of: "a group of fighters of"
_OWNER: Final = 3  # words from aircraft to whose they are
_ASIDE: Final = 30  # words of what is told of a side between two commas
_TELLING: Final = ("event", "kill", "wound", "say", "deny")
_NAMELY: Final = particles("which")


def as_of(words: Words, day: date | None) -> Words:
    """The words of a text of a day, with those sides whose names mean another from that day on: after
    8 December 2024 the army is that of the new state."""
    if day is None:
        return words
    heirs: dict[tuple[int, int], Tag] = {
        (tag.first, tag.last): tag
        for tag in words.tags
        if tag.entry.role == "heir" and tag.entry.since <= day.isoformat()
    }
    if not heirs:
        return words
    tags = (
        tag._replace(entry=_heir(heirs[tag.first, tag.last].entry))
        if tag.entry.role == "actor" and (tag.first, tag.last) in heirs
        else tag
        for tag in words.tags
    )
    return replace(words, tags=tuple(tags))


@cache
def _heir(entry: Entry) -> Entry:
    """The side that a name means from a day on."""
    return replace(entry, role="actor")


def find_sides(words: Words, sentence: Sentence, names: Set[int] = frozenset()) -> list[Phrase]:
    """The sides of a sentence, in order. ``names`` are words inside names of places, where no side stands."""
    tags = [
        tag
        for at in words.where(sentence.first, sentence.last, "actor")
        if at not in names
        for tag in words.tags_at(at)
        if tag.entry.role == "actor"
    ]
    found: list[Phrase] = []
    until = sentence.first
    for number, tag in enumerate(tags):
        if tag.first < until:
            continue
        phrase = _phrase(words, sentence, tag, tags[number + 1 :], until)
        found.append(phrase)
        until = max(part.last for part in (phrase, *phrase.parts))
    return found


def _phrase(words: Words, sentence: Sentence, tag: Tag, later: Sequence[Tag], floor: int) -> Phrase:
    """The phrase of a side, from its people to the end of what is told of it."""
    first, head = _head(words, tag, floor), tag
    owner = _group(words, tag, later) or (None if tag.entry.bloc else _owner(words, tag, later))
    if owner is not None:
        head = owner
    last = _owner_end(words, head, later) or head.last
    last = _aside_end(words, sentence, last) or last
    parts = tuple(Phrase("SIDE", t.first, t.last, t) for t in later if head.last <= t.first < last)
    return Phrase("SIDE", first, last, head, parts)


def _head(words: Words, tag: Tag, floor: int) -> int:
    """Where the people or the units of a side begin: "fighters of X", "a unit belonging to X"."""
    first = tag.first
    for at in reversed(words.where(max(floor, words.back(first, _PEOPLE)), first, "group_noun")):
        group = words.tag(at, "group_noun")
        if group is None or words.has(at + 1, first + 1, "break") or first - at > _PEOPLE:
            break
        between = words.words[group.last : first]
        led = any(word in FROM for word in between) or words.has(group.last, first, "belongs")
        if between and not (led and all(_binds(words, n) for n in range(group.last, first))):
            break
        first = at
    return first


def _binds(words: Words, at: int) -> bool:
    """Whether a word ties people to the side that they are of: "from", "belonging to", an adjective."""
    return words.words[at] in FROM or words.tag(at, "belongs") is not None or words.words[at].startswith(THE)


def _group(words: Words, people: Tag, later: Sequence[Tag]) -> Tag | None:
    """Of whom the gunmen or fighters are, where a general word for them names a side by itself: "gunmen of
    the Islamic State"."""
    if len(people.entry.words) > 1 or words.tag(people.first, "group_noun") is None:
        return None
    led = words.words[people.last] in FROM or words.tag(people.last, "belongs")
    near = next((t for t in later if t.first == people.last + 1), None)
    return near if led and not words.breaks[people.last] else None


def _owner(words: Words, aircraft: Tag, later: Sequence[Tag]) -> Tag | None:
    """Whose the aircraft are: "warplanes of the army", "warplanes belonging to the coalition"."""
    if later and later[0].first == aircraft.last and later[0].entry.bloc and not later[0].prefix:
        return later[0] if "air" in aircraft.entry.flags else None
    near = (t for t in later if 0 < t.first - aircraft.last <= _OWNER and t.entry.bloc)
    owner = next((t for t in near if words.tag_before(t.first, "belongs")), None)
    if owner is None or words.has(aircraft.last, owner.first, "group_noun", "target_noun", "break"):
        return None
    return owner


def _owner_end(words: Words, side: Tag, later: Sequence[Tag]) -> int | None:
    """Where the name of those ends to whom a side belongs or is sworn: "the Army of Conquest, belonging to
    (التابع ل) the opposition"."""
    if words.breaks[side.last] or not words.words[side.last].startswith(THE):
        return None
    if words.tag(side.last, "event", "ground", "part_of", "victim", "target_noun", "relative"):
        return None
    owner = next((t for t in later if t.first == side.last + 1), None)
    return owner.last if owner is not None and owner.prefix.endswith(FOR) else None


def _aside_end(words: Words, sentence: Sentence, at: int) -> int | None:
    """Where what is set off by commas behind a side ends: "the forces, whose backbone are the Kurds, took";
    None where nothing is."""
    if at >= sentence.last or not words.breaks[at] or not _opens_aside(words, at):
        return None
    stop = min(sentence.last, at + _ASIDE)
    end = next(iter(words.where(at + 1, stop, "break")), None)
    if end is None:
        return None
    verb = words.tag(end, "event", "carrier", "manage", "attempt")
    if verb is None or verb.entry.form == "noun" or verb.prefix or words.has(at, end, *_TELLING[3:]):
        return None
    return end


def _opens_aside(words: Words, at: int) -> bool:
    """Whether a word behind a comma begins what is only told of the side before it: "who", "whose backbone",
    "backed by"."""
    if words.tag(at, "relative", "support", "belongs") or words.words[at].removeprefix(AND) in _NAMELY:
        return True
    return words.words[at].startswith(AND) and words.words[at].endswith(OWN) and not words.tag(at, "event")


def rows(phrases: Sequence[Phrase], words: Words) -> Iterator[Sequence[Phrase]]:
    """The sides joined by "and", each row in order: "the army and the forces loyal to it"."""
    row: list[Phrase] = []
    for phrase in phrases:
        joined = words.words[phrase.first].startswith(AND) and not words.breaks[phrase.first]
        if row and not (joined and phrase.first - row[-1].last <= 1):
            yield row
            row = []
        row.append(phrase)
    if row:
        yield row
