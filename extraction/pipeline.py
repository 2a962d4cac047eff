"""One text in, its records out: a pure function, the heart that everything runs."""

from dataclasses import replace
from datetime import date

from extraction import vocabulary
from extraction.claim import read_claims
from extraction.date import dateline
from extraction.records import Document, Reading
from extraction.sentence import split_words
from extraction.toponym import find_toponyms
from gazetteer.orthography import normalise
from gazetteer.sources import Gazetteer


def read(document: Document, gazetteer: Gazetteer) -> Reading:
    """Read a document: its place names and its claims.

    A document without a date gets that of its dateline, where it has one; else it stays without, and so
    do those of its claims that the text does not date itself.
    """
    normalised = normalise(document.text)
    words = split_words(normalised, vocabulary.load())
    if document.published is None:
        published: date | None = dateline(words)
        if published is not None:
            document = replace(document, published=published, published_basis="dateline")
    masks = [
        (words.spans[tag.first][0] + len(tag.prefix), words.spans[tag.last - 1][1])
        for tag in words.tags
        if tag.entry.role in ("actor", "claimant")
    ]
    mentions = find_toponyms(document.doc_id, document.text, normalised, gazetteer, masks)
    claims = read_claims(document, words, mentions, gazetteer)
    return Reading(document, mentions, claims)
