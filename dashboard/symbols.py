"""Colours of the sides and marks of the events, read from ``symbols.toml``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from extraction.records import BLOCS

#: What stands for "not told" wherever a code is needed: in the address, the filters and the colours.
NONE: Final = "none"

#: Every side in the order of legends, the untold one last.
SIDES: Final = (*BLOCS, NONE)

_FILE: Final = Path(__file__).with_name("symbols.toml")


@cache
def _symbols() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def palettes() -> tuple[str, ...]:
    """The names of the palettes, the default first."""
    return tuple(_symbols()["palette"])


def palette(name: str) -> dict[str, str]:
    """Colour of each side as ``#rrggbb``; ``name`` is one of ``palettes()``."""
    colours = _symbols()["palette"][name]
    return {side: colours[side] for side in SIDES}


@cache
def events() -> dict[str, str]:
    """Event type to the SVG path of its mark (24 by 24, a line), weightiest type first."""
    return {event["code"]: event["path"] for event in _symbols()["event"]}
