"""What was weighed while a text was read, for those who ask why a thing is not told.

A list of notes is handed down from ``pipeline.read`` to whoever decides; None, which is the rule, keeps
nothing.
"""

from dataclasses import dataclass
from typing import Any

from extraction.reading.decide import Decision


@dataclass(frozen=True, slots=True)
class Note:
    """One decision: what was asked (``event``, ``actor``, ``place`` …), of words ``first`` to ``last`` of the
    text (exclusive), and all that was weighed."""

    asked: str
    first: int
    last: int
    decision: Decision[Any]
