"""The columns of UCDP's Georeferenced Event Dataset (GED): a row an incident that is said to be deadly.

What cannot be known stays empty: UCDP's own numbers of conflicts, dyads and sides among it.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from extraction.joining.incident import side, voice_sides
from extraction.keeping.contents import Contents
from extraction.keeping.formats.format import Format
from extraction.keeping.happenings import Happening, cause, happenings, party, write_rows
from extraction.keeping.points import Point
from extraction.lexicon.codes import lists
from extraction.lexicon.titles import english

COLUMNS: Final = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id"),
    *("conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id"),
    *("side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources"),
    *("source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec"),
    *("where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start"),
    *("date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
    *("gwnoa", "gwnob"),
)
#: The state's number by Gleditsch and Ward, for the sides that are one.
_STATES: Final = {
    "government": 652,
    "transitional_government": 652,
    "russia": 365,
    "turkey": 640,
    "israel": 666,
    "coalition": 2,
}


def _write(contents: Contents, path: Path) -> None:
    found, _ = happenings(contents)
    deadly = [happening for happening in found if happening.killed[0] or happening.killed[1]]
    write_rows(path, COLUMNS, [_row(contents, happening) for happening in deadly])


def _count(contents: Contents, path: Path) -> None:
    """What is not in the rows, and why, beside what is to be told with any file."""
    found, left_out = happenings(contents)
    without = sum(len(one.claims) for one in found if not (one.killed[0] or one.killed[1]))
    counts = dict(sorted((left_out | {"of incidents without a death": without}).items()))
    told = {"about": contents.about, "claims_left_out": counts}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _row(contents: Contents, happening: Happening) -> dict[str, object]:
    (bloc_a, side_a), (bloc_b, side_b) = (_side(happening, who) for who in ("actor", "target"))
    victims = cause(happening, "victims")
    if victims == "civilians" and not bloc_b:
        side_b = "Civilians"
    place, low, best = happening.places[0], happening.killed[0], _best(happening)
    return {
        "id": happening.incident_id,
        "year": happening.first.year,
        "type_of_violence": _type(bloc_a, bloc_b, victims),
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else "",
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": len(happening.sources),
        **_sources(happening),
        "where_prec": _where_precision(happening.places),
        "where_coordinates": place.name_en or place.name_ar,
        "where_description": "; ".join(one.name_en or one.name_ar for one in happening.places),
        "adm_1": place.admin1,
        "adm_2": contents.districts.get(place.place_id, ""),
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": priogrid(place.lat, place.lon),
        "country": "Syria",
        "country_id": 652,
        "region": "Middle East",
        "event_clarity": 1 if len(happening.places) == 1 else 2,
        "date_prec": _date_precision(happening),
        "date_start": happening.first.isoformat(),
        "date_end": happening.last.isoformat(),
        **_deaths(best, victims, bloc_a, bloc_b),
        "best": best,
        "high": happening.killed[1],
        "low": low,
        "gwnoa": _STATES.get(bloc_a),
        "gwnob": _STATES.get(bloc_b),
    }


def priogrid(lat: float, lon: float) -> int:
    """The number of the cell of PRIO-GRID, half a degree wide, in which a point lies."""
    return math.floor((lat + 90) * 2) * 720 + math.floor((lon + 180) * 2) + 1


def _side(happening: Happening, who: str) -> tuple[str, str]:
    """The bloc of a side, and what UCDP calls it where it has one name for it, else the group's."""
    bloc, group = party(happening, who)
    coded = next((code.ucdp for code in lists()["bloc"].codes if code.code == bloc), ())
    named = coded[0] if len(coded) == 1 else ""
    return bloc, named or english().get(group, "") or (group or bloc).replace("_", " ")


def _type(actor: str, target: str, victims: str) -> int | None:
    """1 with a state, 2 between others, 3 against civilians; None where a side is not told."""
    if victims == "civilians" and not target:
        return 3 if actor else None
    if not actor or not target:
        return None
    return 1 if actor in _STATES or target in _STATES else 2


def _best(happening: Happening) -> int | None:
    """The low, unless two sides agree on more: the most that two of them tell at the least."""
    told: dict[str, int] = {}
    for claim in happening.claims:
        if claim["killed_min"] is not None:
            voice = _voice(claim)
            told[voice] = max(told.get(voice, 0), claim["killed_min"])
    agreed = sorted(told.values())[-2] if len(told) > 1 else None
    low = happening.killed[0]
    return low if agreed is None or low is None else max(low, agreed)


def _voice(claim: Mapping[str, Any]) -> str:
    """Whose word a claim is: a side's, or that of the claimant or outlet by itself."""
    claimant = str(claim["claimant"] or "")
    bloc = voice_sides().get(claimant, "")
    return side(bloc) if bloc not in ("", "independent") else claimant or str(claim["outlet"] or "")


def _deaths(best: int | None, victims: str, actor: str, target: str) -> dict[str, int | None]:
    """Of whom the dead are; of whom is not told, none."""
    where = {"civilians": "deaths_civilians", actor: "deaths_a", target: "deaths_b"}
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    told = where.get(victims, "deaths_unknown") if victims else "deaths_unknown"
    return dict.fromkeys(names, None) | {told: best}


def _sources(happening: Happening) -> dict[str, str]:
    """Headlines, outlets, days and claimants, each once."""
    claims = happening.claims
    originals = (english().get(str(claim["claimant"]), claim["claimant"]) for claim in claims)
    columns = {
        "source_article": (claim["url"] or claim["doc_id"] for claim in claims),
        "source_office": (claim["outlet"] for claim in claims),
        "source_date": (claim["published"] for claim in claims),
        "source_headline": (claim["title"] for claim in claims),
        "source_original": originals,
    }
    return {
        name: ";".join(dict.fromkeys(str(value) for value in values if value))
        for name, values in columns.items()
    }


def _where_precision(places: tuple[Point, ...]) -> int:
    """1 the point, 2 within 25 km of it, 3 the district, 4 the governorate, 5 a region or several places."""
    place = places[0]
    if len(places) > 1 or place.kind == "region":
        return 5
    wide = {"governorate": 4, "district": 3}
    return wide.get(place.kind, 1 if (place.radius_km or 0) <= 5 else 2)


def _date_precision(happening: Happening) -> int:
    """1 the day, 2 two to six days, 3 the week, 4 the month, 5 longer."""
    days = (happening.last - happening.first).days + 1
    return next((step for step, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)


FORMAT: Final = Format(
    "ucdp",
    writes="the 49 columns of UCDP GED, and what is left out counted beside it",
    files={"ucdp.csv": _write, "ucdp.about.json": _count},
)
