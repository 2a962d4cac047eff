"""One arbiter: of several candidates the one for which most speaks, and why.

Who did it, against whom, where, how many and who says so are each chosen in this one way, as
``gazetteer.resolve`` chooses among places of one name: every candidate gathers evidence, for and against, by
rules that have names and weights; the heaviest wins if it weighs enough; what was weighed is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

#: A lead of so much over the next candidate makes a decision half sure.
_HALF_SURE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one rule says of a candidate: for it with a ``weight`` above 0, against it below."""

    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """One that may be chosen, with all that speaks for and against it."""

    value: T
    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> float:
        """All evidence together."""
        return sum(e.weight for e in self.evidence)

    @property
    def chief(self) -> str:
        """The rule that speaks for it most; empty where none does."""
        best = max(self.evidence, key=lambda e: e.weight, default=None)
        return best.rule if best is not None and best.weight > 0 else ""


@dataclass(frozen=True, slots=True)
class Decision(Generic[T]):
    """What was chosen (None: nobody weighs enough), and all that were weighed, the heaviest first."""

    chosen: Candidate[T] | None
    weighed: tuple[Candidate[T], ...]

    @property
    def sureness(self) -> float:
        """How far the chosen one leads, from 0 to 1; 0 where nobody was chosen."""
        if self.chosen is None:
            return 0.0
        behind = [c.points for c in self.weighed if c is not self.chosen]
        lead = self.chosen.points - max(0.0, *behind, 0.0)
        return max(0.0, lead / (lead + _HALF_SURE))


def decide(candidates: Iterable[tuple[T, Sequence[Evidence]]], least: float = 0.0) -> Decision[T]:
    """Choose the candidate with the most points, if it has more than ``least``; of equals the first.

    A candidate without evidence for it is never chosen.
    """
    weighed = tuple(
        sorted((Candidate(value, tuple(found)) for value, found in candidates), key=lambda c: -c.points)
    )
    best = weighed[0] if weighed else None
    return Decision(best if best is not None and best.chief and best.points > least else None, weighed)
