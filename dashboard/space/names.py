"""The names on the base map: every place of the gazetteer that is printed there, for the page to fetch once.

Which of them stand on the map at a zoom, and where, the page decides (``assets/map/names.js``).
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from dashboard import ARCHIVE
from extraction.keeping.archive import places_path
from gazetteer import sources
from gazetteer.place import Place

#: How a kind of place is printed, and what its names weigh where no number of inhabitants is known. The
#: governorates have names of their own on the map; districts and crossings have none.
PRINTED: Final[Mapping[str, tuple[str, int]]] = {
    "region": ("region", 0),
    "city": ("town", 20_000),
    "town": ("town", 5_000),
    "village": ("town", 800),
    "neighbourhood": ("quarter", 500),
    "camp": ("quarter", 400),
    "hill": ("hill", 300),
    "base": ("base", 250),
    "airport": ("airport", 3_000),
    "landmark": ("landmark", 200),
}

#: Regions that are ways of speaking of a countryside ("northern Aleppo"), not names that a map prints.
_SPOKEN: Final = ("rif_",)

COLUMNS: Final = ("id", "lat", "lon", "radius_km", "sort", "weight", "name_ar", "name_en")


def table(places: Iterable[Place]) -> dict[str, Any]:
    """``columns`` and ``rows``, the weightiest first. ``weight`` is the inhabitants, or a guess at them by
    the kind of place; of a region its radius. ``sort`` is one of those of ``PRINTED``.
    """
    rows: list[list[Any]] = []
    for place in places:
        if place.kind not in PRINTED or place.id.startswith(_SPOKEN):
            continue
        sort, guess = PRINTED[place.kind]
        weight = round(place.radius_km) if sort == "region" else place.population or guess
        names = (place.name_ar or place.name_en, place.name_en or place.name_ar)
        where = (round(place.lat, 4), round(place.lon, 4), place.radius_km)
        rows.append([place.id, *where, sort, weight, *names])
    rows.sort(key=lambda row: (-row[5], row[0]))
    return {"columns": COLUMNS, "rows": rows}


def names(request: Request) -> Response:
    """The table as JSON, with a mark by which a browser knows that it has it already (RFC 9110, ETag)."""
    body, mark = _file(os.environ.get(ARCHIVE, ""))
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"etag": mark})
    return Response(body, media_type="application/json", headers={"etag": mark, "cache-control": "no-cache"})


@lru_cache(maxsize=2)
def _file(archive: str) -> tuple[bytes, str]:
    places = sources.load(places_path(archive or None)).places.values()
    body = json.dumps(table(places), ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
