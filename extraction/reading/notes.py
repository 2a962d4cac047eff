"""What was weighed while a text was read, for those who ask why a thing is not told.

A list of notes is handed down from ``pipeline.read`` to whoever decides; None, which is the rule, keeps
nothing.
"""

from dataclasses import dataclass
from typing import Any

from extraction.reading.decide import Decision


@dataclass(frozen=True, slots=True)
class Note:
    """One decision: what was asked (``event``, ``losses`` …), of which part of the text (``start`` to
    ``end``, code points, exclusive), and all that was weighed for it."""

    asked: str
    start: int
    end: int
    decision: Decision[Any]
