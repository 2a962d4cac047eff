"""The outlines of the governorates: which one a point lies in, and how far outside of one."""

import functools
import json
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

_DEGREE_KM: Final = 111.2

#: Bands of latitude a degree: a point is tried only against the edges that cross its own band.
_BANDS: Final = 50

Ring = Sequence[Sequence[float]]


class Outlines:
    """Polygons of the governorates by the id of each."""

    def __init__(self, collection: Mapping[str, Any]) -> None:
        """``collection`` is GeoJSON: polygons whose property ``id`` is that of a governorate."""
        self.rings: Final[dict[str, Sequence[Ring]]] = {
            f["properties"]["id"]: f["geometry"]["coordinates"] for f in collection["features"]
        }
        self._bands: Final[dict[int, list[tuple[str, float, float, float, float]]]] = {}
        for governorate, rings in self.rings.items():
            for (ax, ay), (bx, by) in (edge for ring in rings for edge in pairwise(ring)):
                for band in range(_band(min(ay, by)), _band(max(ay, by)) + 1):
                    self._bands.setdefault(band, []).append((governorate, ax, ay, bx, by))

    def at(self, lat: float, lon: float) -> str | None:
        """The governorate in whose outline a point lies; None where it lies in none."""
        crossed: dict[str, bool] = {}
        for governorate, ax, ay, bx, by in self._bands.get(_band(lat), ()):
            if (ay > lat) != (by > lat) and ax + (lat - ay) * (bx - ax) / (by - ay) > lon:
                crossed[governorate] = not crossed.get(governorate, False)
        return next((governorate for governorate, odd in crossed.items() if odd), None)

    def nearest(self, lat: float, lon: float) -> tuple[str, float]:
        """The governorate in or next to which a point lies, and how far outside of it (km; 0 inside)."""
        inside = self.at(lat, lon)
        if inside is not None:
            return inside, 0.0
        return min(((g, outside_km(lat, lon, r)) for g, r in self.rings.items()), key=lambda found: found[1])

    def outside_km(self, governorate: str, lat: float, lon: float) -> float:
        """How far a point lies outside a governorate; 0 inside, and 0 where there is no outline of it."""
        if governorate not in self.rings or self.at(lat, lon) == governorate:
            return 0.0
        return outside_km(lat, lon, self.rings[governorate])


@functools.cache
def built_in() -> Outlines:
    """The outlines that come with the program."""
    path = Path(__file__).parent / "data" / "governorates.geojson"
    return Outlines(json.loads(path.read_text(encoding="utf-8")))


def outside_km(lat: float, lon: float, rings: Sequence[Ring]) -> float:
    """How far a point lies outside a polygon given by its outline and holes; 0 inside.

    Plane geometry around the point: good to a per cent within some 100 km.
    """
    east = math.cos(math.radians(lat))
    local = [[((x - lon) * east * _DEGREE_KM, (y - lat) * _DEGREE_KM) for x, y in ring] for ring in rings]
    edges = [edge for ring in local for edge in pairwise(ring)]
    crossed = sum(
        (ay > 0) != (by > 0) and ax - ay * (bx - ax) / (by - ay) > 0 for (ax, ay), (bx, by) in edges
    )
    return 0.0 if crossed % 2 else min(_to_origin_km(start, end) for start, end in edges)


def _band(lat: float) -> int:
    return math.floor(lat * _BANDS)


def _to_origin_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else min(1.0, max(0.0, -(start[0] * dx + start[1] * dy) / length))
    return math.hypot(start[0] + share * dx, start[1] + share * dy)
