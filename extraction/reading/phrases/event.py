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
        if at not in names and words.tag(at, *_NO_OBJECT):
            return None
    return None


def _assault(words: Words, sentence: Sentence, tag: Tag) -> Tag | None:
    """The assault that was beaten off, behind the verb that says so."""
    for at in range(tag.last, min(sentence.last, tag.last + _DEFENCE_REACH)):
        if _parted(words, at):
            return None
        event, attempt = words.tag(at, "event"), words.tag(at, "attempt")
        if attempt is not None or (event is not None and "assault" in event.entry.flags):
            return attempt if event is None or "assault" not in event.entry.flags else event
        if words.tag(at, *_NO_OBJECT, "carrier") and words.before(at) not in IN:
            return None
    return None


def _parted(words: Words, at: int) -> bool:
    return words.breaks[at] and words.gap(at).strip() not in QUOTES
