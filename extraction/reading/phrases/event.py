"""EVENT: a word of war, with the particle that leads from it to its place, or the attack that it beat off.

The words come from the lexicon (role ``event``); its flags say which need what: سيطر is one with على, صد with
an attack behind it.
"""

from typing import Final

from extraction.lexicon.particles import IN, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.phrases.phrase import Phrase
from extraction.words.sentence import QUOTES, Sentence, Words

_OBJECT_REACH: Final = 10  # words from "took control" to its "of"
_DEFENCE_REACH: Final = 16  # words from "beat off" to the attack: a unit, those with it, its place
#: What comes from the air: aircraft, raids, missiles.
_AIR_ATTACK: Final = frozenset({"airstrike", "event_airstrike", "projectile", "missile"})
_NO_OBJECT: Final = ("event", "say", "deny")
_PARTICLES: Final = {
    "on": (particles("on"), particles("on_it", "on_them")),
    "from": (particles("from"), particles("from_it")),
}


def event_phrase(words: Words, sentence: Sentence, tag: Tag, names: frozenset[int]) -> Phrase:
    """The phrase of a word of war, which ends behind its particle or the attack it beat off, if it has one.

    ``names`` are the words inside names, where no word is an event.
    """
    last = tag.last
    if "repel" in tag.entry.flags:
        assault = _assault(words, sentence, tag)
        last = max(last, assault.last) if assault is not None else last
    elif tag.entry.flags & _PARTICLES.keys():
        particle = _particle(words, sentence, tag, names)
        last = last if particle is None else particle + 1
    return Phrase("EVENT", tag.first, last, tag)


def points_back(words: Words, phrase: Phrase) -> bool:
    """Whether the particle at the end of a phrase bears a pronoun, which stands for the place: عليها."""
    last = words.words[phrase.last - 1]
    return any(last in pronouns for _, pronouns in _PARTICLES.values())


def _particle(words: Words, sentence: Sentence, tag: Tag, names: frozenset[int]) -> int | None:
    """The word "on" or "from" that leads from a word of war to its place."""
    wanted = next(both for flag, both in _PARTICLES.items() if flag in tag.entry.flags)
    for at in range(tag.last, min(sentence.last, tag.last + _OBJECT_REACH)):
        if at > tag.last and _parted(words, at):
            return None
        if any(words.words[at] in one for one in wanted):
            return at
        other = words.tag(at, *_NO_OBJECT) if at not in names else None
        if other is not None and "projectile" not in other.entry.flags:
            return None  # but "assaulted with shells" still looks for "on"
    return None


def _assault(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """The assault that was beaten off, behind the verb that says so; of air defences what they shot at."""
    from_the_air = False
    for at in range(tag.last, min(sentence.last, tag.last + _DEFENCE_REACH)):
        if _parted(words, at):
            return None
        found = words.tag(at, "event", "attempt", "weapon")
        from_the_air = from_the_air or words.tag(at, "air_defence") is not None
        if found is not None and (_is_assault(found) or (from_the_air and _AIR_ATTACK & _codes(found))):
            return found
        if words.tag(at, *_NO_OBJECT, "carrier") and words.before(at) not in IN:
            return None
    return None


def _is_assault(tag: Tag) -> bool:
    return tag.entry.role == "attempt" or "assault" in tag.entry.flags


def _codes(tag: Tag) -> frozenset[str]:
    """What a word of war or a weapon tells: its code and its flags."""
    return tag.entry.flags | {tag.entry.code}


def _parted(words: Words, at: int) -> bool:
    return words.breaks[at] and words.gap(at).strip() not in QUOTES
