"""A background from the network, which the map does without."""

from typing import Final

from dashboard.layers import Layer

LAYER: Final = Layer("tiles", order=7, kind="below")
