"""Makes ground.geojson, the base map without a network: borders around Syria, water, trunk roads.

Not needed to run the program, only to renew that file: ``python -m gazetteer.ground --atlas FILE``, where
FILE is ``countries-10m.json`` of the npm package world-atlas (TopoJSON of Natural Earth 1:10 m, in the
public domain; the package is under the ISC licence). Rivers, lakes and roads are ours, see
data/ground_lines.toml.

Each feature has ``id``, ``kind`` (sea, coast, border, river, lake, road, armistice), ``rank`` (1 is drawn
strongest), ``name_ar``, ``name_en`` and, of a road, ``ref``, what stands on its shield.
"""

import argparse
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from shapely import LineString, MultiLineString, Polygon, box, line_merge, union_all

from gazetteer import sources
from gazetteer.sources import DATA

#: West, south, east, north: what is drawn at all, and where it is drawn finely.
WINDOW: Final = (20.0, 22.0, 58.0, 46.0)
_CORE: Final = (34.5, 32.0, 43.0, 37.8)
#: In degrees: how far a simplified line may leave the given one, in the core and outside.
_FINE, _COARSE = 0.005, 0.06
_SPECK: Final = 0.004

_KINDS: Final = ("river", "lake", "road", "armistice")

Point = tuple[float, float]


class BadLine(ValueError):
    """A line of ground_lines.toml that cannot be drawn; the message names it."""


def main() -> None:
    """Write ground.geojson and say how large it is."""
    parser = argparse.ArgumentParser(prog="python -m gazetteer.ground", description=main.__doc__)
    parser.add_argument(
        "--atlas",
        type=Path,
        metavar="FILE",
        help="countries-10m.json of the npm package world-atlas; left out, land and borders stay as they are",
    )
    atlas: Path | None = parser.parse_args().atlas
    target = DATA / "ground.geojson"
    if atlas is None:
        old = json.loads(target.read_text(encoding="utf-8"))["features"]
        around = [f for f in old if f["properties"]["kind"] not in _KINDS]
    else:
        around = list(land_and_borders(json.loads(atlas.read_text(encoding="utf-8"))))
    features = [*around, *lines(read_lines())]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
    )
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{len(features)} features, {len(text.encode()) / 1000:.0f} kB")  # noqa: T201


# --- what lies around: Natural Earth


def land_and_borders(atlas: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The sea in the window, the coast, and the borders of states that are not Syria's own.

    Syria's are drawn by the outlines of its governorates. Arcs are simplified before anything is made of
    them, so that what two states share stays shared.
    """
    arcs = [_simplified(arc) for arc in _arcs(atlas)]
    window = box(*WINDOW)
    owners: dict[int, set[str]] = {}
    shapes = []
    for country in atlas["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                for number in ring:
                    owners.setdefault(number if number >= 0 else ~number, set()).add(
                        country["properties"]["name"]
                    )
            outer = _ring(polygon[0], arcs)
            shape = Polygon(outer) if len(outer) > 3 else Polygon()
            if shape.intersects(window):
                shapes.append(shape.buffer(0))
    land = union_all(shapes).buffer(0.001, join_style="mitre").simplify(0.003)
    yield _feature("sea", "sea", _polygons(window.difference(land)))
    edges = {n: LineString(arcs[n]) for n in owners if len(arcs[n]) > 1}
    coast = [edge for n, edge in edges.items() if len(owners[n]) == 1]
    borders = [edge for n, edge in edges.items() if len(owners[n]) == 2 and "Syria" not in owners[n]]
    yield _feature("coast", "coast", _lines(coast, window))
    yield _feature("borders", "border", _lines(borders, window))


def _arcs(atlas: Mapping[str, Any]) -> Iterator[list[Point]]:
    """The arcs of a quantised TopoJSON: each a running sum of steps, scaled and moved."""
    (scale_x, scale_y), (move_x, move_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        yield points


def _simplified(arc: list[Point]) -> list[Point]:
    if len(arc) < 3:
        return arc
    line = LineString(arc)
    return list(line.simplify(_FINE if line.intersects(box(*_CORE)) else _COARSE).coords)


def _ring(numbers: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points[1:] if ring else points
    return ring


def _polygons(shape: Any) -> dict[str, Any]:
    """The parts of a shape without specks: neither waters nor islands of less than some 40 km2."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.area > _SPECK]
    rings = [[p.exterior, *(hole for hole in p.interiors if Polygon(hole).area > _SPECK)] for p in parts]
    return {"type": "MultiPolygon", "coordinates": [[_rounded(r.coords) for r in part] for part in rings]}


def _lines(edges: Iterable[LineString], window: Polygon) -> dict[str, Any]:
    merged = line_merge(MultiLineString(list(edges))).intersection(window)
    parts = [p for p in getattr(merged, "geoms", [merged]) if p.geom_type == "LineString" and p.length > 0.2]
    return {"type": "MultiLineString", "coordinates": [_rounded(part.coords) for part in parts]}


def _rounded(points: Iterable[Sequence[float]]) -> list[list[float]]:
    return [[round(p[0], 3), round(p[1], 3)] for p in points]


# --- what we drew ourselves


def read_lines(path: Path = DATA / "ground_lines.toml") -> list[dict[str, Any]]:
    """The lines drawn by hand. Raises ``BadLine`` for one that lacks something or has a wrong kind."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))["line"]
    for line in found:
        name = line.get("id", "a line without an id")
        if line.get("kind") not in _KINDS:
            raise BadLine(f"{path.name}: {name}: kind is to be one of {', '.join(_KINDS)}")
        if len(line.get("through", ())) < 2:
            raise BadLine(f"{path.name}: {name}: through needs two points at least")
    return list(found)


def lines(drawn: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines as features. Raises ``BadLine`` where a point is neither a place of ours nor coordinates."""
    places = sources.load().places
    for line in drawn:
        points = [_point(spot, line["id"], places) for spot in line["through"]]
        geometry: dict[str, Any]
        if line["kind"] == "lake":
            geometry = {"type": "Polygon", "coordinates": [_rounded(rounded([*points, points[0]]))]}
        else:
            course = points if line["kind"] == "armistice" else rounded(points)
            geometry = {"type": "LineString", "coordinates": _rounded(course)}
        yield _feature(
            line["id"],
            line["kind"],
            geometry,
            rank=line["rank"],
            name_ar=line["name_ar"],
            name_en=line["name_en"],
            **({"ref": line["ref"]} if "ref" in line else {}),
        )


def _point(spot: str, line: str, places: Mapping[str, Any]) -> Point:
    if spot in places:
        return places[spot].lon, places[spot].lat
    try:
        lat, lon = map(float, spot.split(","))
    except ValueError:
        raise BadLine(
            f"ground_lines.toml: {line}: {spot!r} is neither a place of ours nor latitude, longitude"
        ) from None
    return lon, lat


def rounded(points: Sequence[Point], steps: int = 4) -> list[Point]:
    """A course through the points without corners: a centripetal-like Catmull-Rom curve, closed where the
    last point is the first.

    >>> rounded([(0, 0), (1, 0)], steps=2)
    [(0.0, 0.0), (0.5, 0.0), (1, 0)]
    """
    if len(points) < 3:
        (ax, ay), (bx, by) = points
        return [*((ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps)), points[-1]]
    closed = points[0] == points[-1]
    before, after = (points[-2], points[1]) if closed else (points[0], points[-1])
    padded = [before, *points, after]
    course: list[Point] = []
    for n, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        (x0, y0), (x3, y3) = padded[n], padded[n + 3]
        for step in range(steps):
            t = step / steps
            course.append((_spline(x0, x1, x2, x3, t), _spline(y0, y1, y2, y3, t)))
    return list(LineString([*course, points[-1]]).simplify(0.001).coords)


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    """Between ``b`` (t = 0) and ``c`` (t = 1); tangents at half strength, so that no loop is made."""
    m1, m2 = (c - a) / 3, (d - b) / 3
    return (
        (2 * t**3 - 3 * t**2 + 1) * b
        + (t**3 - 2 * t**2 + t) * m1
        + (3 * t**2 - 2 * t**3) * c
        + (t**3 - t**2) * m2
    )


def _feature(
    name: str,
    kind: str,
    geometry: dict[str, Any],
    rank: int = 1,
    name_ar: str = "",
    name_en: str = "",
    **more: str,
) -> dict[str, Any]:
    properties = {"id": name, "kind": kind, "rank": rank, "name_ar": name_ar, "name_en": name_en, **more}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


if __name__ == "__main__":
    main()
