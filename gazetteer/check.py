"""Proves a gazetteer: what is wrong with its places, in words an editor can act on."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from gazetteer.orthography import fold
from gazetteer.place import KINDS, Place

#: South, north, west and east of Syria in degrees, with a margin.
BOUNDS: Final = (32.2, 37.4, 35.5, 42.5)

#: How far beyond its own radius a point may lie outside its governorate: the outlines are drawn small.
SLACK_KM: Final = 4.0

_DEGREE_KM: Final = 111.2

Ring = Sequence[Sequence[float]]


def check(places: Iterable[Place], outlines: Mapping[str, Any]) -> list[str]:
    """The faults of ``places``, one sentence each; empty where there are none.

    ``outlines`` is a GeoJSON collection of polygons whose property ``id`` is that of a governorate. A
    fault is: an id twice, an unknown kind, an unknown parent, a circle of parents, two places of one
    name and parent, a point outside Syria, and a point farther outside its governorate's outline than
    its radius and ``SLACK_KM``.
    """
    rows = list(places)
    by_id = {p.id: p for p in rows}
    rings = {f["properties"]["id"]: f["geometry"]["coordinates"] for f in outlines["features"]}
    return [
        *_twice(Counter(p.id for p in rows), "the id {} stands {} times; give each place its own"),
        *_twice(
            Counter((fold(p.name_ar), p.parent_id) for p in rows),
            "the name and parent {} stand {} times; merge the rows or give them different parents",
        ),
        *(fault for p in rows for fault in _faults(p, by_id, rings)),
    ]


def _twice(counts: Counter[Any], message: str) -> Iterator[str]:
    for what, count in counts.items():
        if count > 1:
            yield message.format(what if isinstance(what, str) else " / ".join(what), count)


def _faults(place: Place, by_id: Mapping[str, Place], rings: Mapping[str, Sequence[Ring]]) -> Iterator[str]:
    if place.kind not in KINDS:
        yield f"{place.id}: the kind {place.kind!r} is none of {', '.join(KINDS)}"
    south, north, west, east = BOUNDS
    if not (south <= place.lat <= north and west <= place.lon <= east):
        yield f"{place.id}: {place.lat}, {place.lon} is not in Syria; are latitude and longitude swapped?"
    if not place.parent_id:
        if place.kind != "governorate":
            yield f"{place.id}: no parent; only a governorate has none"
        return
    if place.parent_id not in by_id:
        yield f"{place.id}: there is no place {place.parent_id!r}, its parent"
        return
    governorate = _governorate(place, by_id)
    if governorate is None:
        yield f"{place.id}: its parents lead to no governorate, or in a circle"
        return
    if governorate.admin1 != place.admin1:
        yield f"{place.id}: admin1 is {place.admin1}, but it lies in {governorate.admin1} by its parents"
    if governorate.id in rings:
        outside = distance_km(place.lat, place.lon, rings[governorate.id])
        if outside > place.radius_km + SLACK_KM:
            yield f"{place.id}: {place.lat}, {place.lon} lies {outside:.1f} km outside {governorate.name_en}"


def _governorate(place: Place, by_id: Mapping[str, Place]) -> Place | None:
    seen = set()
    above: Place | None = place
    while above is not None and above.parent_id and above.id not in seen:
        seen.add(above.id)
        above = by_id.get(above.parent_id)
    return above if above is not None and above.kind == "governorate" else None


def distance_km(lat: float, lon: float, rings: Sequence[Ring]) -> float:
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


def _to_origin_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(start[0] * dx + start[1] * dy) / length))
    return math.hypot(start[0] + along * dx, start[1] + along * dy)
