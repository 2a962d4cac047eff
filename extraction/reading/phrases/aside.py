"""ASIDE: what is only asked for, with all that the asking lists.

"They demanded that the army leave A, and that B be handed over": the words of asking stand in
``lexicon/modality.toml`` (role ``demand``). An aside ends where the sentence goes on with something else: at
punctuation that no "and that" follows, at a connector, where somebody says something.
"""

from collections.abc import Iterator
from typing import Final

from extraction.lexicon.clitics import AND, BY, FOR
from extraction.lexicon.particles import particles
from extraction.reading.phrases.phrase import Phrase
from extraction.words.sentence import Sentence, Words

_GOES_ON: Final = particles("and_that", "and_by_that", "and_on")
_OTHER: Final = ("connector", "say", "deny")


def aside_phrases(words: Words, sentence: Sentence) -> Iterator[Phrase]:
    """The asides of a sentence in order."""
    for at in words.where(sentence.first, sentence.last, "demand"):
        head = words.tag(at, "demand")
        if head is not None:
            yield Phrase("ASIDE", at, _end(words, sentence, head.last), head)


def _end(words: Words, sentence: Sentence, at: int) -> int:
    """Where an aside ends that goes on at a word."""
    for stop in words.where(at, sentence.last, "break", *_OTHER):
        if words.tag(stop, *_OTHER) or not _is_listed(words, stop):
            return stop
    return sentence.last


def _is_listed(words: Words, at: int) -> bool:
    """Whether punctuation before a word only parts what is asked for: "…, and that", "…, and for the"."""
    word = words.words[at]
    return word in _GOES_ON or word.startswith((AND + BY, AND + FOR))
