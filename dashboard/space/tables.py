"""Tables that the map's page is sent: what it is told of places, and how days are counted there."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.frames import Frames
from dashboard.wording import Wording
from gazetteer.place import KINDS

#: What the page is told of a place whatever is in view: ``kind`` is a position in ``KINDS``, ``radius`` in km
#: (0 for a dot), ``other`` the name in the other script, ``row`` its number in ``Frames.places``.
FACTS: Final = ("id", "lat", "lon", "radius", "name", "other", "kind", "row")

Table = dict[str, Any]


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A table for the page: ``columns`` names what stands in each row of ``rows``."""
    return {"columns": columns, "rows": list(rows)}


def facts_of(frames: Frames, words: Wording) -> list[list[Any]]:
    """Of every place what does not change with the view: rows of ``FACTS``."""
    named, other = ("name_ar", "name_en") if words.language == "ar" else ("name_en", "name_ar")
    facts = frames.places
    columns = zip(
        facts.index.tolist(),
        facts["lat"].round(5).tolist(),
        facts["lon"].round(5).tolist(),
        np.where(facts["area"], np.maximum(facts["radius_km"].round(1), 1.0), 0).tolist(),
        facts[named].tolist(),
        facts[other].tolist(),
        pd.Index(KINDS).get_indexer(pd.Index(facts["kind"])).tolist(),
        range(len(facts)),
        strict=True,
    )
    return [
        [place, lat, lon, radius, name or further, further if name else "", kind, row]
        for place, lat, lon, radius, name, further, kind, row in columns
    ]


def day_number(day: date | None, unknown: int) -> int:
    """Days since 1970."""
    return unknown if day is None else (day - date(1970, 1, 1)).days
