"""A place: one row of the gazetteer; and how far two are apart."""

import math
from dataclasses import dataclass
from typing import Final

#: The kinds of place the contract knows, from wide to narrow.
KINDS: Final = (
    "governorate",
    "region",
    "district",
    "city",
    "town",
    "village",
    "neighbourhood",
    "camp",
    "hill",
    "base",
    "airport",
    "crossing",
    "landmark",
)

#: Kinds that are an area: a claim placed only by one of these is drawn as a soft disc, never as a dot.
AREA_KINDS: Final = frozenset({"governorate", "region", "district"})


@dataclass(frozen=True, slots=True)
class Place:
    """One place of Syria.

    ``lat`` and ``lon`` are WGS 84 degrees; ``radius_km`` says within what distance of that point the
    place surely lies (its own extent included). ``names_ar`` and ``names_en`` are further names and
    spellings, the preferred one not among them. ``parent_id`` names the place it lies in (empty for a
    governorate), ``admin1`` the English name of its governorate. ``ambiguous`` marks a name that is
    also an ordinary word: alone it is not taken for the place. ``population`` is 0 where unknown.
    """

    id: str
    name_ar: str
    name_en: str
    kind: str
    parent_id: str
    admin1: str
    lat: float
    lon: float
    radius_km: float
    names_ar: tuple[str, ...] = ()
    names_en: tuple[str, ...] = ()
    ambiguous: bool = False
    population: int = 0
    source: str = ""


def distance_km(a: Place, b: Place) -> float:
    """The great-circle distance of two places in kilometres."""
    return points_km(a.lat, a.lon, b.lat, b.lon)


def points_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in kilometres (haversine, earth radius 6371 km)."""
    p = math.pi / 180
    h = (
        math.sin((other_lat - lat) * p / 2) ** 2
        + math.cos(lat * p) * math.cos(other_lat * p) * math.sin((other_lon - lon) * p / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(h))
