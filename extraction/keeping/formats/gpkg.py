"""A GeoPackage for QGIS and the like: claims with their points, where the library for it is installed."""

from pathlib import Path
from struct import pack
from typing import Final

from extraction.keeping.contents import Contents
from extraction.keeping.formats.format import Format
from extraction.keeping.points import Point, points, told


def _write(contents: Contents, path: Path) -> None:
    """A claim without a place on the map is a row without a geometry."""
    import numpy as np
    import pandas as pd
    import pyogrio.raw

    at, table = points(contents.frames["claim_places"]), pd.DataFrame(told(contents)).reset_index(drop=True)
    claims = table.get("claim_id", ())
    shapes = np.array([_wkb(at[claim]) if claim in at else None for claim in claims], object)
    numbers = ("start", "end", "killed_min", "killed_max", "wounded_min", "wounded_max", "strikes_min")
    names, columns = [], []
    for name in table.columns:
        values = table[name]
        if name in (*numbers, "strikes_max", "lat", "lon", "confidence"):
            columns.append(pd.to_numeric(values).to_numpy(float, na_value=np.nan))
        elif name == "is_total":
            columns.append(values.to_numpy(bool))
        else:
            columns.append(values.astype(object).where(values.notna(), None).to_numpy(object))
        names.append(str(name))
    pyogrio.raw.write(
        path,
        geometry=shapes,
        field_data=columns,
        fields=names,
        layer="claims",
        driver="GPKG",
        crs="EPSG:4326",
        geometry_type="MultiPoint",
        layer_metadata=contents.about,
    )


def _wkb(places: tuple[Point, ...]) -> bytes:
    """Points as well-known binary, which is what the library takes."""
    each = b"".join(pack("<BIdd", 1, 1, place.lon, place.lat) for place in places)
    return pack("<BII", 1, 4, len(places)) + each


FORMAT: Final = Format(
    "gpkg",
    writes="a layer of claims with their points, for QGIS",
    files={"claims.gpkg": _write},
    writes_with=("pyogrio",),
    install="pyogrio",
)
