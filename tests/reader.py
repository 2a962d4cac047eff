"""What the tests of the extraction share: a sentence read, in one call."""

from datetime import date

import pytest

from extraction.lexicon import vocabulary
from extraction.pipeline import read
from extraction.records import Claim, Document, Reading
from extraction.words.sentence import Words, split_words
from gazetteer.orthography import fold, normalise
from gazetteer.sources import load

#: The day on which the articles of the tests were published: a Wednesday.
WEDNESDAY = date(2016, 5, 11)


def fault(reason: str) -> pytest.MarkDecorator:
    """The mark of a test that the program does not pass yet: it fails when it passes, to be taken out."""
    return pytest.mark.xfail(reason=reason, strict=True)


def count(words: Words) -> int:
    """How many words a text has."""
    return len(words.spans)


def document(text: str, published: date | None = WEDNESDAY, doc_id: str = "a") -> Document:
    return Document(doc_id, text, published, "given" if published else "unknown", "outlet", "", "ar", "")


def words_of(text: str) -> Words:
    return split_words(normalise(text), vocabulary.load())


def reading(text: str, published: date | None = WEDNESDAY, doc_id: str = "a") -> Reading:
    return read(document(text, published, doc_id), load())


def claims(text: str, published: date | None = WEDNESDAY) -> tuple[Claim, ...]:
    return reading(text, published).claims


def places(claim: Claim, text: str) -> list[str]:
    """The names of a claim's places as the text has them, folded."""
    return [fold(text[place.start : place.end]) for place in claim.places]


def told(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, list[str]]]:
    """Type and places of every claim of a text."""
    return [(claim.event_type, places(claim, text)) for claim in claims(text, published)]


def only(text: str, event_type: str, published: date | None = WEDNESDAY) -> Claim:
    """The one claim of a type that a text makes."""
    found = [claim for claim in claims(text, published) if claim.event_type == event_type]
    assert len(found) == 1, f"{len(found)} claims of {event_type}: {told(text, published)}"
    return found[0]
