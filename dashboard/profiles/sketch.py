"""A small map: a place, what lies in it and what lies near it, drawn from the gazetteer's own outlines.

Plain numbers and texts, which ``assets/profile.js`` draws; nothing is fetched.
"""

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import gazetteer
from dashboard.wording import Wording

#: Width and height of the drawing, and the size of its letters, in its own units.
WIDTH: Final = 400
HEIGHT: Final = 300
_LETTER: Final = 11.5

#: A drawing shows at least so many kilometres in height, and leaves so much of itself empty at its edges.
_LEAST_KM: Final = 16
_EDGE: Final = 0.16

#: At most so many names stand on it.
_NAMES: Final = 9

_DEGREE_KM: Final = 111.195
_SCALES: Final = (1, 2, 5, 10, 20, 50, 100, 200)
_DATA: Final = Path(gazetteer.__file__).parent / "data"

#: What is drawn of the ground, from below to above, and how weighty a river must be (1 to 3).
_GROUND: Final = ("sea", "lake", "river", "border")
_RANK: Final = 2

Point = tuple[float, float]


class Spot(NamedTuple):
    """A place to be drawn: ``kind`` is ``self``, ``inside`` or ``near``, ``radius`` is in km."""

    kind: str
    name: str
    lat: float
    lon: float
    radius: float = 0.0


def sketch(place_id: str, spots: Sequence[Spot], area: bool, words: Wording) -> dict[str, Any]:
    """The drawing; the first of the spots is the place itself, ``area`` says whether it has no point."""
    here = spots[0]
    outline = _governorates().get(place_id, [])
    lats = [lat for lat, _ in outline] or _reach(spots, lambda spot: (spot.lat, _DEGREE_KM))
    lons = [lon for _, lon in outline] or _reach(spots, lambda spot: (spot.lon, _wide(here.lat)))
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    high_km = max((max(lats) - min(lats)) * _DEGREE_KM, _LEAST_KM)
    wide_km = max((max(lons) - min(lons)) * _wide(lat), _LEAST_KM * WIDTH / HEIGHT)
    scale = (1 - 2 * _EDGE) * min(HEIGHT / high_km, WIDTH / wide_km)  # units to a kilometre

    def at(where: Point) -> Point:
        return (
            WIDTH / 2 + (where[1] - lon) * _wide(lat) * scale,
            HEIGHT / 2 - (where[0] - lat) * _DEGREE_KM * scale,
        )

    # The place's own outline last but for the rivers and borders, which lie on it.
    lands = sorted(_governorates().items(), key=lambda land: land[0] == place_id)
    shapes = [
        ["governorate own" if name == place_id else "governorate", _path([at(p) for p in line], True)]
        for name, line in lands
    ]
    seen = ((HEIGHT / 2 + _BEYOND) / scale / _DEGREE_KM, (WIDTH / 2 + _BEYOND) / scale / _wide(lat))
    shapes += [
        [kind, _path([at(p) for p in line], closed)]
        for kind, closed, line, box in _ground()
        if box[0] <= lat + seen[0] and box[2] >= lat - seen[0]
        if box[1] <= lon + seen[1] and box[3] >= lon - seen[1]
    ]
    points = []
    for n, spot in enumerate(spots):
        x, y = at((spot.lat, spot.lon))
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        reach = spot.radius * scale if n == 0 and not outline and spot.radius >= 1 else 0
        shown = "" if n == 0 and area else spot.kind
        points.append({"kind": shown, "name": spot.name, "x": _one(x), "y": _one(y), "reach": _one(reach)})
    _place_names(points)
    ruler = max((km for km in _SCALES if km * scale <= WIDTH / 4), default=_SCALES[0])
    return {
        "size": [WIDTH, HEIGHT],
        "shapes": [shape for shape in shapes if shape[1]],
        "points": points,
        "ruler": [_one(ruler * scale), words("place.km", km=words.number(ruler))],
        "label": words("profile.sketch", name=here.name),
    }


def touching(place_id: str) -> tuple[str, ...]:
    """The governorates that have a border with one."""
    own = set(_governorates().get(place_id, ()))
    return tuple(
        name for name, line in _governorates().items() if name != place_id and len(own & set(line)) > 1
    )


def _reach(spots: Iterable[Spot], along: Any) -> list[float]:
    """The edges of what the spots take up, in degrees; of all but the first only the point counts."""
    found = []
    for n, spot in enumerate(spots):
        at, degree = along(spot)
        reach = spot.radius / degree if n == 0 else 0
        found += [at - reach, at + reach]
    return found


def _wide(lat: float) -> float:
    """Kilometres of a degree of longitude."""
    return _DEGREE_KM * math.cos(math.radians(lat))


def _place_names(points: list[dict[str, Any]]) -> None:
    """Give each point that has room for it the place of its name: where it begins or ends, and its height."""
    taken = [(p["x"] - 4, p["y"] - 4, p["x"] + 4, p["y"] + 4) for p in points]
    named = 0
    for own, point in zip(list(taken), points, strict=True):
        point["text"] = None
        size = 0.56 * _LETTER * len(point["name"]) * (1.15 if point["kind"] == "self" else 1)
        x, y = point["x"], point["y"]
        for anchor, left, middle in (
            ("start", x + 9, y),
            ("end", x - 9 - size, y),
            ("middle", x - size / 2, y - 11),
            ("middle", x - size / 2, y + 12),
        ):
            box = (left, middle - _LETTER / 2, left + size, middle + _LETTER / 2)
            inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= HEIGHT - 2
            if named < _NAMES and inside and not any(_meet(box, other) for other in taken if other != own):
                begin = {"start": left, "end": left + size, "middle": left + size / 2}[anchor]
                point["text"] = [anchor, _one(begin), _one(middle + _LETTER / 3)]
                taken.append(box)
                named += 1
                break


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _one(number: float) -> float:
    return round(number, 1) + 0.0


def _path(points: Sequence[Point], closed: bool) -> str:
    """An SVG path of whole numbers, of what lies on the drawing or next to it; empty where nothing does."""
    cut = _area(points) if closed else None
    runs = [cut] if cut is not None else _runs(points)
    parts = []
    for run in runs:
        steps = list(dict.fromkeys((round(x), round(y)) for x, y in run))
        if len(steps) > 1:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in steps) + ("Z" if closed else ""))
    return "".join(parts)


#: Beyond the edge by so much an outline is cut, so that the cut itself is not seen.
_BEYOND: Final = 12


def _area(points: Sequence[Point]) -> list[Point]:
    """An outline cut at the edges of the drawing (Sutherland and Hodgman)."""
    found = list(points)
    for axis, edge, keep in (
        (0, -_BEYOND, 1),
        (0, WIDTH + _BEYOND, -1),
        (1, -_BEYOND, 1),
        (1, HEIGHT + _BEYOND, -1),
    ):
        cut: list[Point] = []
        for n, point in enumerate(found):
            before = found[n - 1]
            inside, was = keep * (point[axis] - edge) >= 0, keep * (before[axis] - edge) >= 0
            if inside != was:
                part = (edge - before[axis]) / (point[axis] - before[axis])
                cut.append(
                    (before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1]))
                )
            if inside:
                cut.append(point)
        found = cut
    return found


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """The stretches of a line of which a step may cross the drawing."""
    runs: list[list[Point]] = []
    going = False
    for before, point in pairwise(points):
        left, right = sorted((before[0], point[0]))
        top, foot = sorted((before[1], point[1]))
        if right < -_BEYOND or left > WIDTH + _BEYOND or foot < -_BEYOND or top > HEIGHT + _BEYOND:
            going = False
            continue
        if not going:
            runs.append([before])
        runs[-1].append(point)
        going = True
    return runs


@cache
def _governorates() -> dict[str, list[Point]]:
    """The outline of each governorate, by its id: latitude and longitude of its corners."""
    return {
        feature["properties"]["id"]: [(lat, lon) for lon, lat in max(_lines(feature["geometry"]), key=len)]
        for feature in _features("governorates.geojson")
    }


@cache
def _ground() -> list[tuple[str, bool, list[Point], tuple[float, float, float, float]]]:
    """Sea, lakes, rivers and borders: kind, whether it is an area, its corners, and the south, west, north
    and east edge of what it takes up.
    """
    found = []
    for feature in _features("ground.geojson"):
        kind, rank = feature["properties"]["kind"], feature["properties"]["rank"]
        if kind not in _GROUND or (kind == "river" and rank > _RANK):
            continue
        for line in _lines(feature["geometry"]):
            points = [(lat, lon) for lon, lat in line]
            lats, lons = zip(*points, strict=True)
            box = (min(lats), min(lons), max(lats), max(lons))
            found.append((kind, "Polygon" in feature["geometry"]["type"], points, box))
    return sorted(found, key=lambda one: _GROUND.index(one[0]))


def _features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((_DATA / name).read_text("utf-8"))["features"]
    return found


def _lines(geometry: dict[str, Any]) -> list[list[list[float]]]:
    """The lines of a geometry; of an area its outer outlines alone."""
    corners = geometry["coordinates"]
    match geometry["type"]:
        case "LineString":
            return [corners]
        case "Polygon":
            return [corners[0]]
        case "MultiPolygon":
            return [polygon[0] for polygon in corners]
    return list(corners)
