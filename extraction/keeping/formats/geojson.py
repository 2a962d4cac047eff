"""Points for any map: a claim is a feature, with all its places."""

import json
from pathlib import Path
from typing import Any, Final

from extraction.keeping.contents import Contents
from extraction.keeping.formats.format import Format
from extraction.keeping.points import Point, points, told


def _write(contents: Contents, path: Path) -> None:
    """A claim without a place on the map is a feature without a geometry."""
    at = points(contents.frames["claim_places"])
    features = [
        {
            "type": "Feature",
            "id": claim["claim_id"],
            "geometry": _geometry(at.get(claim["claim_id"], ())),
            "properties": claim | {"place_ids": ";".join(p.place_id for p in at.get(claim["claim_id"], ()))},
        }
        for claim in told(contents)
    ]
    collection = {
        "type": "FeatureCollection",
        "name": "claims",
        "about": contents.about,
        "features": features,
    }
    path.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def _geometry(places: tuple[Point, ...]) -> dict[str, Any] | None:
    found = [[place.lon, place.lat] for place in places]
    if len(found) > 1:
        return {"type": "MultiPoint", "coordinates": found}
    return {"type": "Point", "coordinates": found[0]} if found else None


FORMAT: Final = Format(
    "geojson",
    writes="a feature a claim, for any map",
    files={"claims.geojson": _write},
)
