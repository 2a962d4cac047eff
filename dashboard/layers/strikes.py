"""Marks of what strikes from afar."""

from typing import Final

from dashboard.layers import Layer

_EVENTS: Final = frozenset({"airstrike", "shelling", "chemical_attack", "explosion"})

LAYER: Final = Layer("strikes", order=2, kind="mark", opens=True, events=_EVENTS)
