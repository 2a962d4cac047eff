"""What the reading of a sentence hands on: its events as drafts, and what was found in it beside them."""

from dataclasses import dataclass

from extraction.reading.casualty import Casualties
from extraction.reading.claimant import Voice
from extraction.reading.clause import Event
from extraction.reading.date import When
from extraction.reading.location import Located
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.phrases.places import Scene
from extraction.reading.sides import Parties
from extraction.words.sentence import Sentence, Words


@dataclass(frozen=True, slots=True)
class Draft:
    """An event of a sentence with all that was found for it; ``again`` are words that come back to it."""

    event: Event
    located: Located
    parties: Parties
    voice: Voice | None
    casualties: tuple[Casualties, ...] = ()
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence and what was found in it beside its events; ``summing`` where it goes on with a toll of
    years that the sentence before began."""

    words: Words
    sentence: Sentence
    scene: Scene
    voices: tuple[Voice, ...]
    casualties: tuple[Casualties, ...]
    when: tuple[When, ...]
    sides: tuple[Phrase, ...]
    summing: bool = False
