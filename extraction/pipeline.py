"""One text in, its records out: a pure function, the heart that everything runs."""

from dataclasses import replace
from datetime import date
from functools import cache

from extraction.lexicon import vocabulary
from extraction.reading import chronology
from extraction.reading.claim import read_claims
from extraction.reading.date import dateline
from extraction.reading.notes import Note
from extraction.reading.toponyms.find import find_toponyms
from extraction.records import Claim, Document, Reading
from extraction.words.sentence import split_words
from gazetteer.orthography import normalise
from gazetteer.sources import Gazetteer


def read(document: Document, gazetteer: Gazetteer, notes: list[Note] | None = None) -> Reading:
    """Read a document: its place names and its claims.

    A document without a date gets that of its dateline, or else one that the well-known happenings it tells
    suffice for; else it stays without, and so do those of its claims that the text does not date itself.
    ``notes``, where it is given, is filled with what was weighed.
    """
    words = split_words(normalise(document.text), vocabulary.load())
    if document.published is None:
        published: date | None = dateline(words)
        if published is not None:
            document = replace(document, published=published, published_basis="dateline")
    else:
        against = chronology.contradiction(document.published, words)
        document = replace(document, published_reason=against)
    mentions = find_toponyms(document.doc_id, document.text, words, gazetteer)

    @cache
    def claims_on(day: date | None) -> tuple[Claim, ...]:
        if notes is not None:
            notes.clear()
        return read_claims(replace(document, published=day), words, mentions, gazetteer, notes)

    claims = claims_on(document.published)
    if document.published is None and (inferred := chronology.infer(words, claims, claims_on)) is not None:
        document = replace(
            document,
            published=inferred.published,
            published_basis="inferred",
            published_first=inferred.first,
            published_last=inferred.last,
            published_reason=inferred.reason,
        )
        claims = _spread(*map(claims_on, (inferred.published, inferred.first, inferred.last)))
    return Reading(document, mentions, claims)


def _spread(
    claims: tuple[Claim, ...], earliest: tuple[Claim, ...], latest: tuple[Claim, ...]
) -> tuple[Claim, ...]:
    """The claims, each dated as widely as the range in which the text came out leaves open."""
    begin = {claim.claim_id: claim.date_start for claim in earliest}
    end = {claim.claim_id: claim.date_end for claim in latest}
    return tuple(
        replace(
            claim,
            date_start=begin.get(claim.claim_id, claim.date_start),
            date_end=end.get(claim.claim_id, claim.date_end),
        )
        for claim in claims
    )
