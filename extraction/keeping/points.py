"""Claims and where each lies, as formats need them that put claims on a map."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from extraction.keeping.contents import TABLES, Contents

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Point:
    """A place of a claim that has a point."""

    place_id: str
    name_ar: str
    name_en: str
    kind: str
    admin1: str
    lat: float
    lon: float
    radius_km: float | None


def points(claim_places: "pd.DataFrame") -> dict[str, tuple[Point, ...]]:
    """By claim_id the places of claims that have a point, each once, in their order."""
    import pandas as pd

    frame = claim_places[claim_places["lat"].notna()].drop_duplicates(["claim_id", "place_id"])
    found: dict[str, list[Point]] = {}
    for row in frame.to_dict("records"):
        values = {field.name: row[field.name] for field in fields(Point)}
        radius = None if pd.isna(values["radius_km"]) else values["radius_km"]
        found.setdefault(row["claim_id"], []).append(Point(**values | {"radius_km": radius}))
    return {claim: tuple(places) for claim, places in found.items()}


def told(contents: Contents) -> list[dict[str, Any]]:
    """The claims in the order of the export, each with its columns, and title and address of its text: days
    as year-month-day, None where nothing is known."""
    claims = contents.frames["claims"].merge(
        contents.frames["documents"][["doc_id", "title", "url"]], on="doc_id", how="left", validate="m:1"
    )
    columns = [column.name for column in TABLES["claims"][1]]
    table = claims[[*columns, "title", "url"]].copy()
    for column in ("published", "date_start", "date_end"):
        table[column] = table[column].dt.strftime("%Y-%m-%d")
    cells = table.astype(object).where(table.notna() & (table != ""), None)
    return [
        {str(name): value.item() if hasattr(value, "item") else value for name, value in row.items()}
        for row in cells.to_dict("records")
    ]
