"""The claims as a table with HXL tags (https://hxlstandard.org) under its header."""

import csv
from pathlib import Path
from typing import Final

from extraction.keeping.contents import Contents, neutralise
from extraction.keeping.formats.format import Format, write_about
from extraction.keeping.points import points, told

#: By column its tag.
TAGS: Final = {
    "claim_id": "#meta+id+claim",
    "incident_id": "#meta+id+incident",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "event_type": "#event+type",
    "stance": "#status+stance",
    "claimant": "#org+claimant",
    "outlet": "#org+outlet",
    "actor": "#org+actor",
    "actor_bloc": "#org+actor+side",
    "target": "#org+target",
    "target_bloc": "#org+target+side",
    "killed_min": "#affected+killed+min",
    "killed_max": "#affected+killed+max",
    "wounded_min": "#affected+injured+min",
    "wounded_max": "#affected+injured+max",
    "is_total": "#meta+total",
    "victims": "#population+victims",
    "country": "#country+code+v_iso3",
    "admin1": "#adm1+name",
    "location_ar": "#loc+name+i_ar",
    "location_en": "#loc+name+i_en",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "evidence": "#description+i_ar",
    "url": "#meta+url",
    "published": "#date+published",
}


def _write(contents: Contents, path: Path) -> None:
    """A row a claim, with the first of its places that has a point: figures stand once."""
    at = points(contents.frames["claim_places"])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(TAGS)
        rows.writerow(TAGS.values())
        for claim in told(contents):
            place = next(iter(at.get(claim["claim_id"], ())), None)
            more = {
                "country": "SYR",
                "is_total": str(claim["is_total"]).lower(),
                "admin1": place.admin1 if place else None,
                "location_ar": place.name_ar if place else claim["place_names"],
                "location_en": place.name_en if place else None,
            }
            cells = (more.get(name, claim.get(name)) for name in TAGS)
            rows.writerow(neutralise(cell) if isinstance(cell, str) else cell for cell in cells)


FORMAT: Final = Format(
    "hxl",
    writes="the claims as a table with a row of HXL tags",
    files={"claims.hxl.csv": _write, "claims.hxl.about.txt": write_about},
)
