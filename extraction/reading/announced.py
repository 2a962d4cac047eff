"""Lists told behind the noun that they fill: "took 12 villages after fighting, most notably A and B"; "the
villages that the army took are: A, B, C". They belong to what is told of that noun."""

from dataclasses import dataclass
from typing import Final

from extraction.reading.phrases.places import Scene, Site
from extraction.words.sentence import Sentence, Words
from gazetteer.index import words as toponym_words

_NOUN_REACH: Final = 40  # words back from a list to the noun that it fills


@dataclass(frozen=True, slots=True)
class Announced:
    """The places of a list, and the word at which the noun stands that they fill."""

    noun: int
    sites: tuple[Site, ...]


def announced(scene: Scene, sentence: Sentence) -> list[Announced]:
    """The lists of a sentence that fill a noun told before them."""
    found: list[Announced] = []
    for site in scene.within(sentence.first, sentence.last):
        if found and site in found[-1].sites:
            continue
        if scene.tells(site, "announced") and (noun := _filled(scene, site)) is not None:
            found.append(Announced(noun, scene.listed(scene.within(site.first, sentence.last))))
    return found


def _filled(scene: Scene, site: Site) -> int | None:
    """The last noun before a list that tells of several places and has no names of its own."""
    words = scene.words
    for at in reversed(words.where(words.back(site.first, _NOUN_REACH), site.first - 1, "part_of", "ground")):
        noun = words.tag(at, "part_of", "ground")
        if noun is not None and not scene.within(noun.last, noun.last + 1) and _is_several(words, at):
            return at
    return None


def _is_several(words: Words, at: int) -> bool:
    """Whether a noun of place is a plural, or counted."""
    if words.has(words.back(at, 1), at, "number", "figure", "vague"):
        return True
    noun = words.tag(at, "part_of", "ground")
    return noun is not None and noun.entry.words[0] in toponym_words().several
