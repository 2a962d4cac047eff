"""SIDE: who fights, by name, with all that only says more of him."""

from dataclasses import replace
from datetime import date

from extraction.lexicon.vocabulary import Tag
from extraction.words.sentence import Words


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
        tag._replace(entry=replace(heirs[tag.first, tag.last].entry, role="actor"))
        if tag.entry.role == "actor" and (tag.first, tag.last) in heirs
        else tag
        for tag in words.tags
    )
    return replace(words, tags=tuple(tags))
