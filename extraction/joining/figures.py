"""How many people several reports of one happening tell of, together.

Lowest minimum to highest maximum (UCDP GED's low and high), each told by somebody; nothing is averaged.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low``, the lowest figure (None where no least is told, as in "up to five"), to ``high``, the
    highest; ``open`` where that is itself only a least, as in "at least forty".
    """

    low: int | None
    high: int
    open: bool

    @property
    def most(self) -> int | None:
        """The highest it can be, None where that is open."""
        return None if self.open else self.high


def joined(figures: Iterable[tuple[int | None, int | None]]) -> Range | None:
    """The range of figures, each a least and a most of which one may be untold; None where nothing is told.

    "At least 40" opens a range that ends at or below it, but not one that goes beyond.
    """
    told = [(low, high) for low, high in figures if low is not None or high is not None]
    if not told:
        return None
    # Whoever tells a most alone says no least, but that it is no higher.
    lows = [high if low is None else low for low, high in told]
    untold = all(low is None for low, _ in told)
    floor = max((low for low, high in told if high is None and low is not None), default=-1)
    top = max((high for _, high in told if high is not None), default=-1)
    return Range(
        None if untold else min(low for low in lows if low is not None), max(floor, top), open=floor >= top
    )
