"""Whether something happened outside Syria, of which the map tells nothing."""

from typing import Final

from extraction.lexicon.clitics import AND, BY, FOR
from extraction.lexicon.particles import FROM, particles
from extraction.reading.asked import asked
from extraction.reading.clause import Event
from extraction.reading.phrases.places import Scene, rules
from extraction.words.sentence import Sentence, Words
from gazetteer.index import words as toponym_words

_IN: Final = particles("in", "and_in", "on", "and_on", "inside")
_STORY: Final = 40  # words over which an event without a place is where the story is
_HOME_REACH: Final = 9  # words from an event to the part of Syria it was in


def is_abroad(scene: Scene, event: Event, first: int, last: int) -> bool:
    """Whether the words ``first`` to ``last`` tell where outside Syria it happened: "in Suruc", "the town of
    Ersal"; not where a source spoke."""
    words = scene.words
    if any(_in_foreign_town(words, at) for at in words.where(first, last, "ground")):
        return not words.has(first, last, "home")
    for at in words.where(first, last, "home", "abroad"):
        if words.tag(at, "home") and words.before(at) not in FROM:
            return False  # but "opened fire from Syria on a post in"
        tag = words.tag(at, "abroad")
        if tag is None or scene.within(at, at + 1):
            continue
        told = _compass_before(words, at) or rules().first("abroad", scene.scope(tag, asked(event)))
        if told and rules().first("of_source", scene.scope(tag)) is None:
            return True
    return False


def _compass_before(words: Words, at: int) -> bool:
    """Whether a part of a country is meant: "in the north of Iraq"."""
    return words.before(at).removeprefix(AND).removeprefix(BY) in toponym_words().compass


def _in_foreign_town(words: Words, at: int) -> bool:
    """Whether "in a Turkish town" stands at a noun for a town."""
    ground = words.tag(at, "ground")
    led = words.before(at) in _IN or (ground is not None and ground.prefix.endswith(BY))
    return led and words.words[at + 1] in toponym_words().nationalities


def town_abroad(scene: Scene, first: int, last: int) -> bool:
    """Whether a town outside Syria is named nearer than the first Syrian place: "in the town of Suruc, which
    lies opposite Kobani"; a town that it came *from* does not count."""
    words = scene.words
    for at in words.where(first, last, "abroad"):
        ground = words.tag_before(at, "ground")
        if ground is not None and words.before(at, 2) not in FROM and ground.prefix != FOR:
            return True
    return False


def taken_abroad(scene: Scene, event: Event) -> bool:
    """Whether what was taken lies outside Syria: "the liberation of Jerusalem"."""
    taken = event.event_type in ("control_change", "advance") and event.trigger.entry.form == "noun"
    named = scene.words.tag(event.last, "abroad") and not scene.within(event.last, event.last + 1)
    return taken and bool(named)


def begun_abroad(scene: Scene, sentence: Sentence, event: Event) -> bool:
    """Whether a sentence tells of a town outside Syria, and of no Syrian place, up to an event: "a bombing in
    the town of Suruc killed 28 and wounded 100 who had gathered for Kobani"."""
    first, last = sentence.first, event.first
    if not scene.words.has(first, last, "event") or scene.within(first, last):
        return False
    return town_abroad(scene, first, last) or is_abroad(scene, event, first, last)


def goes_on_abroad(scene: Scene, event: Event) -> bool:
    """Whether the place named last, not long before the event, lies outside Syria."""
    words = scene.words
    floor = max(0, event.left - _STORY)
    sites = scene.within(floor, event.left)
    begin = sites[-1].last if sites else floor
    return not words.has(begin, event.right, "home") and is_abroad(scene, event, begin, event.left)


def in_a_part_of_syria(words: Words, event: Event) -> bool:
    """Whether all that is told of where is a part of the country: "areas in the south of Syria"."""
    near = words.where(event.last, min(event.right, event.last + _HOME_REACH), "home")
    return any(_compass_before(words, at) for at in near)
