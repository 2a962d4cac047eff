"""Marks of takeovers and withdrawals."""

from typing import Final

from dashboard.layers import Layer

_EVENTS: Final = frozenset({"control_change", "withdrawal"})

LAYER: Final = Layer("takeovers", order=1, kind="mark", opens=True, events=_EVENTS)
