"""What a phrase is: some words of a sentence that are read as one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from extraction.lexicon.vocabulary import Tag

Kind = Literal["SIDE", "FIGURE", "PLACE", "PLACES", "DAY", "VOICE", "ASIDE", "EVENT"]

#: The kinds of phrase that a rule may name, and what each holds.
SAYS: Final[Mapping[Kind, str]] = {
    "SIDE": "a side that acts or suffers, with the noun for its men before it and who is with it behind it",
    "FIGURE": "how many, of whom: a count with its noun, what bounds it, and the part it is of",
    "PLACE": "the name of one place",
    "PLACES": "a list of names, however it is written",
    "DAY": "when: a day, a stretch of days, a time counted back from publication",
    "VOICE": "who says it: a source, its office, the agency that passes it on",
    "ASIDE": "what is only asked for, with all that the asking lists",
    "EVENT": "a word of war, with the particle that leads to its place, or the attack that it beat off",
}
KINDS: Final = tuple(SAYS)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``first`` to ``last`` (exclusive) read as one thing of a kind.

    ``head`` is the tag that says which: of a SIDE its name, of an EVENT its verb or noun; None of a phrase
    that no tag makes. ``parts`` are the phrases that it is made of, as the names of a list of PLACES.
    """

    kind: Kind
    first: int
    last: int
    head: Tag | None = None
    parts: tuple["Phrase", ...] = ()


class Phrases:
    """The phrases of a sentence, in order, for questions about what stands where."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Take the phrases of a sentence; several kinds may overlap."""
        self.all = tuple(sorted(phrases, key=lambda p: (p.first, -p.last)))
        self._at: dict[tuple[str, int], list[Phrase]] = {}
        for phrase in self.all:
            self._at.setdefault((phrase.kind, phrase.first), []).append(phrase)

    def at(self, kind: str, first: int) -> Sequence[Phrase]:
        """The phrases of a kind that begin at a word."""
        return self._at.get((kind, first), ())

    def ends(self, kind: str, first: int) -> Sequence[int]:
        """Where the phrases of a kind end that begin at a word: what a pattern asks."""
        return [phrase.last for phrase in self.at(kind, first)]

    def between(self, first: int, last: int, *kinds: str) -> list[Phrase]:
        """The phrases of some kinds that begin among words ``first`` to ``last``, in order."""
        return [p for p in self.all if first <= p.first < last and p.kind in kinds]

    def next(self, at: int, *kinds: str) -> Phrase | None:
        """The first phrase of some kinds at a word or behind it."""
        return next((p for p in self.all if p.first >= at and p.kind in kinds), None)

    def before(self, at: int, *kinds: str) -> Phrase | None:
        """The last phrase of some kinds that has ended at a word."""
        return next((p for p in reversed(self.all) if p.last <= at and p.kind in kinds), None)
