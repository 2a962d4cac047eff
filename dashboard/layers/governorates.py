"""The borders of the governorates."""

from typing import Final

from dashboard.layers import Layer

LAYER: Final = Layer("governorates", order=6, kind="below", opens=True)
