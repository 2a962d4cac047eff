"""Proves a gazetteer: what is wrong with its places, in words an editor can act on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from gazetteer.orthography import fold
from gazetteer.outlines import Outlines
from gazetteer.place import KINDS, Place

#: South, north, west and east of Syria in degrees, with a margin.
BOUNDS: Final = (32.2, 37.4, 35.5, 42.5)

#: How far beyond its own radius a point may lie outside its governorate: the outlines are drawn small.
SLACK_KM: Final = 4.0


def check(places: Iterable[Place], outlines: Outlines) -> list[str]:
    """The faults of ``places``, one sentence each; empty where there are none.

    A fault is: an id twice, an unknown kind, an unknown parent, a circle of parents, two places of one
    name and parent, a point outside Syria, and a point farther outside its governorate's outline than
    its radius and ``SLACK_KM``.
    """
    rows = list(places)
    by_id = {p.id: p for p in rows}
    return [
        *_twice(Counter(p.id for p in rows), "the id {} stands {} times; give each place its own"),
        *_twice(
            Counter((fold(p.name_ar), p.parent_id) for p in rows),
            "the name and parent {} stand {} times; merge the rows or give them different parents",
        ),
        *(fault for p in rows for fault in _faults(p, by_id, outlines)),
    ]


def _twice(counts: Counter[Any], message: str) -> Iterator[str]:
    for what, count in counts.items():
        if count > 1:
            yield message.format(what if isinstance(what, str) else " / ".join(what), count)


def _faults(place: Place, by_id: Mapping[str, Place], outlines: Outlines) -> Iterator[str]:
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
    outside = outlines.outside_km(governorate.id, place.lat, place.lon)
    if outside > place.radius_km + SLACK_KM:
        yield f"{place.id}: {place.lat}, {place.lon} lies {outside:.1f} km outside {governorate.name_en}"


def _governorate(place: Place, by_id: Mapping[str, Place]) -> Place | None:
    seen = set()
    above: Place | None = place
    while above is not None and above.parent_id and above.id not in seen:
        seen.add(above.id)
        above = by_id.get(above.parent_id)
    return above if above is not None and above.kind == "governorate" else None
