"""A place: one row of the gazetteer."""

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
