"""Why a place was chosen: a code and what it speaks of, put into words only where somebody reads it.

``data/reasons.toml`` lists the codes. Stored, reasons are one text: ``best:3; announced:town``.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

from gazetteer.place import Place

_BETWEEN: Final = "; "

About = Literal["", "number", "kind", "place"]


class Reason(NamedTuple):
    """A code of ``data/reasons.toml``, and the number, kind or place id that it speaks of ("" for none)."""

    code: str
    about: str = ""


def written(reasons: Iterable[Reason]) -> str:
    """Reasons as the one text that is stored."""
    return _BETWEEN.join(f"{code}:{about}" if about else code for code, about in reasons)


def read(text: str) -> list[Reason]:
    """The reasons of a stored text."""
    return [Reason(*part.split(":", 1)) for part in text.split(_BETWEEN) if part]


@functools.cache
def codes() -> dict[str, tuple[About, str]]:
    """What each code speaks of, and how a terminal says it."""
    table = tomllib.loads((Path(__file__).parent / "data" / "reasons.toml").read_text(encoding="utf-8"))
    return {code: (entry.get("about", ""), entry["words"]) for code, entry in table.items()}


def in_words(reasons: Iterable[Reason], places: Mapping[str, Place]) -> str:
    """Reasons for a terminal, with the names of ``places``. A code that is in no list stands as it is."""
    said = []
    for code, about in reasons:
        kind, words = codes().get(code, ("", code))
        place = places.get(about) if kind == "place" else None
        said.append(words.replace("{about}", place.name_en or place.name_ar if place else about))
    return _BETWEEN.join(said)
