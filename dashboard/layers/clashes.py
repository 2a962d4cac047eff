"""Marks of fighting, and of every event that no other layer shows."""

from typing import Final

from dashboard.layers import Layer

LAYER: Final = Layer("clashes", order=3, kind="mark", opens=True)
