"""Records out: CSV files for any program, and a datapackage.json (Frictionless) that describes them."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from extraction.keeping.archive import Archive
from extraction.keeping.rows import SEPARATOR, Tables
from extraction.records import (
    BLOCS,
    EVENT_TYPES,
    DateBasis,
    MentionMethod,
    PublishedBasis,
    Stance,
    Status,
)
from gazetteer.sources import Gazetteer

if TYPE_CHECKING:
    import pandas as pd

#: A spreadsheet takes a cell that begins so for a formula and runs it.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class _Field:
    """One column of a file, as datapackage.json tells of it."""

    name: str
    type: str
    description: str
    codes: tuple[str, ...] = ()

    def schema(self) -> dict[str, object]:
        described = {"name": self.name, "type": self.type, "description": self.description}
        return described | ({"constraints": {"enum": list(self.codes)}} if self.codes else {})


def _text(name: str, description: str, codes: tuple[str, ...] = ()) -> _Field:
    return _Field(name, "string", description, codes)


def _integer(name: str, description: str) -> _Field:
    return _Field(name, "integer", description)


def _number(name: str, description: str) -> _Field:
    return _Field(name, "number", description)


def _date(name: str, description: str) -> _Field:
    return _Field(name, "date", description)


def _range(what: str, description: str) -> tuple[_Field, _Field]:
    return (
        _integer(f"{what}_min", f"{description}, at least"),
        _integer(f"{what}_max", f"{description}, at most; empty beside a minimum means open"),
    )


_DOC_ID: Final = _text(
    "doc_id",
    "the text: its path within the folder, without the ending; with the folder's label before it where "
    "another folder has a text of that name",
)
_START: Final = _integer("start", "first character, counted in Unicode code points of the text as stored")
_END: Final = _integer("end", "end, exclusive, counted likewise")
_PLACE_ID: Final = _text("place_id", "the place in the gazetteer; empty where no list holds the name")
_LAT: Final = _number("lat", "latitude, WGS 84 degrees")
_LON: Final = _number("lon", "longitude, WGS 84 degrees")
_NAMES: Final = (
    _text("name_ar", "name of the place in Arabic"),
    _text("name_en", "name of the place in English"),
)
_KIND: Final = _text("kind", "kind of place")
_ADMIN1: Final = _text("admin1", "governorate, in English")
_RADIUS: Final = _number("radius_km", "the place surely lies within this distance of the point, in km")
_OUTLET: Final = _text("outlet", "who published the text")
_PUBLISHED: Final = _date("published", "the day on which the text was published")
_EVENT_TYPE: Final = _text("event_type", "what is said to have happened", EVENT_TYPES)
_DATES: Final = (
    _date("date_start", "first day on which it may have happened"),
    _date("date_end", "last such day"),
)
_CASUALTIES: Final = (*_range("killed", "killed"), *_range("wounded", "wounded"))

#: The files and their columns, in order.
_FILES: Final[dict[str, tuple[str, tuple[_Field, ...]]]] = {
    "documents": (
        "One row a text.",
        (
            _DOC_ID,
            _text("folder", "the folder that the text came from, by its label"),
            _text("title", "headline"),
            _text("url", "where the text was published"),
            _text("archived_url", "where a copy of that page is kept"),
            _PUBLISHED,
            _text("published_basis", "how that day is known", get_args(PublishedBasis)),
            _OUTLET,
            _text("language", "ar, or empty"),
            _integer("characters", "length in Unicode code points"),
            _text("sha256", "of the text in UTF-8, without byte-order mark and front matter"),
            _date("published_first", "first day on which a text with an inferred date may have come out"),
            _date("published_last", "last such day"),
            _text(
                "published_reason",
                "why an inferred date was given, or what in the text contradicts a given one",
            ),
        ),
    ),
    "mentions": (
        "One row for every name of a place in Syria below country level.",
        (
            _DOC_ID,
            _START,
            _END,
            _text("surface", "the name as it stands in the text"),
            _PLACE_ID,
            *_NAMES,
            _KIND,
            _ADMIN1,
            _LAT,
            _LON,
            _number("score", "how sure the place is, 0 to 1"),
            _text("method", "how the name was found", get_args(MentionMethod)),
            _RADIUS,
            _text("reason", "why this place and not a namesake: codes, each with what it speaks of"),
        ),
    ),
    "claims": (
        "One row for every statement about one happening, whoever makes it.",
        (
            _text("claim_id", "the claim"),
            _DOC_ID,
            _START,
            _END,
            _text("evidence", "the clause that says it, as it stands in the text"),
            _OUTLET,
            _PUBLISHED,
            _EVENT_TYPE,
            _text("stance", "whether it is asserted or denied", get_args(Stance)),
            _text("actor", "the group that is said to have done it"),
            _text("actor_bloc", "the side of the actor", BLOCS),
            _text("target", "the group to which it was done"),
            _text("target_bloc", "the side of the target", BLOCS),
            _text("claimant", "who says it; empty where the outlet says it itself"),
            _text("relayed_by", "the agency that passed it on"),
            *_DATES,
            _text("date_basis", "how the date is known", get_args(DateBasis)),
            *_CASUALTIES,
            _text("victims", "of which side the dead and wounded are; also civilians, mixed"),
            _text("place_names", f"names of its places, as in mentions.csv, joined by {SEPARATOR}"),
            _number("lat", "latitude of the first of its places that has one, WGS 84 degrees"),
            _number("lon", "longitude of that place"),
            *_range("strikes", "number of strikes"),
            _text("weapon", "weapon, where told"),
            _Field(
                "is_total", "boolean", "whether the figures cover those of other claims: never add it to them"
            ),
            _text("incident_id", "the incident to which the claim belongs"),
            _number("confidence", "how sure the reading is, 0 to 1"),
            _text("places_unresolved", f"names of its places that no list holds, joined by {SEPARATOR}"),
        ),
    ),
    "claim_places": (
        "One row for every place of a claim that the gazetteer holds; the others are in claims.csv.",
        (
            _text("claim_id", "the claim"),
            _PLACE_ID,
            *_NAMES,
            _ADMIN1,
            _LAT,
            _LON,
            _integer("start", "start of the mention that names the place"),
            _integer("end", "its end, exclusive"),
        ),
    ),
    "places": (
        "One row for every place that a claim names and the gazetteer holds.",
        (
            _text("place_id", "the place"),
            *_NAMES,
            _KIND,
            _text("parent", "the place that it lies in"),
            _ADMIN1,
            _LAT,
            _LON,
            _RADIUS,
            _text("pcode", "its code in OCHA's operational datasets, where the list has it"),
            _text("source", "where the point is from"),
        ),
    ),
    "incidents": (
        "One row for the claims of one happening, joined.",
        (
            _text("incident_id", "the incident"),
            _EVENT_TYPE,
            *_DATES,
            _text("place_ids", f"its places, joined by {SEPARATOR}"),
            _text("status", "how well it is supported", get_args(Status)),
            *_CASUALTIES,
            _integer("claims", "number of claims"),
            _integer("claimants", "number of claimants"),
        ),
    ),
}

_DESCRIPTION: Final = (
    "Claims about the war in Syria, read from Arabic news by rules. Each row of claims.csv is a statement of "
    "its claimant and no established fact. Unknown values are empty. A text that begins with one of = + - @ "
    "tab or carriage return has an apostrophe (') put before it, in every file alike, or a spreadsheet would "
    "run it as a formula; take it off to get the words as they stand in the text. The licence is that of the "
    "places; the words quoted from articles are those of who published them."
)

_LICENCE: Final = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
#: Whom places are from, to be named wherever they are passed on.
_SOURCES: Final = (
    ("GeoNames, CC BY 4.0", "https://www.geonames.org/"),
    ("OCHA common operational datasets, CC BY 3.0 IGO", "https://data.humdata.org/dataset/cod-ab-syr"),
    ("Who's On First, CC BY 4.0", "https://whosonfirst.org/"),
    ("OurAirports, public domain", "https://ourairports.com/data/"),
)


#: What tells the rows of a file apart, and which of its columns name a row of another file.
_KEYS: Final = {
    "documents": ("doc_id",),
    "mentions": ("doc_id", "start", "end"),
    "claims": ("claim_id",),
    "claim_places": ("claim_id", "place_id", "start"),
    "places": ("place_id",),
    "incidents": ("incident_id",),
}
_REFERENCES: Final = {
    "mentions": (("doc_id", "documents"),),
    "claims": (("doc_id", "documents"), ("incident_id", "incidents")),
    "claim_places": (("claim_id", "claims"), ("place_id", "places")),
}

#: Before the code of a place in the source of a row that was imported from OCHA's lists.
_OCHA: Final = "ocha:"

#: Where the export is written until it is whole, within the folder that it is for.
_UNFINISHED: Final = ".unfinished-"


def export(archive: Archive, out: Path, gazetteer: Gazetteer | None = None) -> None:
    """Write every table of ``archive`` into the folder ``out``, in an order that is always the same.

    ``gazetteer`` tells of the places what the texts' mentions do not: what they lie in and where they are
    from. All is written beside first: an export that is broken off leaves the old one as it was.

    Raises ``OSError``, which names the file, where the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(f"{_UNFINISHED}*"):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    frames = _frames(archive.frames(), gazetteer)
    with tempfile.TemporaryDirectory(dir=out, prefix=_UNFINISHED) as place:
        for name, (_, columns) in _FILES.items():
            with _named(out / f"{name}.csv"):
                _write(frames[name], columns, Path(place, f"{name}.csv"))
        package = json.dumps(_package(Path(place)), ensure_ascii=False, indent=2) + "\n"
        with _named(out / "datapackage.json"):
            Path(place, "datapackage.json").write_text(package, encoding="utf-8")
        for name in (*(f"{name}.csv" for name in _FILES), "datapackage.json"):
            os.replace(Path(place, name), out / name)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error of the system name the file that was to be written; while writing, Python does not."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def program_version() -> str:
    """The version of this program, "unknown" where it is not installed."""
    try:
        return version("conflictmap")
    except PackageNotFoundError:
        return "unknown"


def neutralise(cell: str) -> str:
    """A cell's text that no spreadsheet takes for a formula: an apostrophe is put before one that would be.

    >>> neutralise("=1+1"), neutralise("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _frames(stored: Tables, gazetteer: Gazetteer | None) -> dict[str, "pd.DataFrame"]:
    """The files as frames: places of claims under their names, and only those that the gazetteer holds; each
    claim names its others."""
    told = ["surface", "name_ar", "name_en", "kind", "admin1", "radius_km"]
    names = stored.mentions[["doc_id", "start", *told]]
    docs = stored.claims[["claim_id", "doc_id"]]
    places = stored.claim_places.merge(docs, on="claim_id", how="left")
    places = places.merge(names.drop_duplicates(["doc_id", "start"]), on=["doc_id", "start"], how="left")
    for column in ("surface", "name_ar", "name_en", "kind", "admin1"):
        places[column] = places[column].fillna("").astype("str")
    places["name"] = places["name_ar"].where(places["name_ar"] != "", places["surface"])
    known = places["place_id"] != ""
    located = places[places["lat"].notna()].drop_duplicates("claim_id").set_index("claim_id")
    claim_ids = stored.claims["claim_id"]
    claims = stored.claims.assign(
        place_names=claim_ids.map(_joined(places, "name")).fillna("").astype("str"),
        places_unresolved=claim_ids.map(_joined(places[~known], "surface"))
        .astype(object)
        .fillna("")
        .astype("str"),
        lat=claim_ids.map(located["lat"]),
        lon=claim_ids.map(located["lon"]),
    )
    named = places[known].drop_duplicates("place_id").sort_values("place_id")
    listed = gazetteer.places if gazetteer else {}
    found = [listed.get(place_id) for place_id in named["place_id"]]
    sources = [place.source if place else "" for place in found]
    named = named.assign(
        parent=[place.parent_id if place else "" for place in found],
        source=sources,
        pcode=[source.removeprefix(_OCHA) if source.startswith(_OCHA) else "" for source in sources],
    )
    return {
        "documents": stored.documents,
        "mentions": stored.mentions,
        "claims": claims,
        "claim_places": places[known],
        "places": named,
        "incidents": stored.incidents,
    }


def _joined(places: "pd.DataFrame", column: str) -> dict[str, str]:
    """Of each claim the words of a column, each once, in the order of its places."""
    grouped = places.groupby("claim_id", sort=False)[column]
    return {str(claim): SEPARATOR.join(dict.fromkeys(filter(None, words))) for claim, words in grouped}


def _write(frame: "pd.DataFrame", columns: tuple[_Field, ...], path: Path) -> None:
    cells = frame[[column.name for column in columns]].copy()
    for column in columns:
        if column.type == "string":
            cells[column.name] = cells[column.name].map(neutralise)
        elif column.type == "boolean":
            cells[column.name] = cells[column.name].map({True: "true", False: "false"})
    # Spreadsheets need the byte-order mark for Arabic. Lines end as RFC 4180 says; with it, a lone carriage
    # return within a cell is quoted too.
    cells.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n", date_format="%Y-%m-%d")


def _package(folder: Path) -> dict[str, object]:
    """The datapackage.json of the files in a folder."""
    resources = []
    for name, (description, columns) in _FILES.items():
        file = folder / f"{name}.csv"
        with file.open("rb") as written:
            letters = hashlib.file_digest(written, "sha256").hexdigest()
        references = [
            {"fields": [column], "reference": {"resource": other, "fields": list(_KEYS[other])}}
            for column, other in _REFERENCES.get(name, ())
        ]
        resources.append(
            {
                "name": name,
                "path": file.name,
                "description": description,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": file.stat().st_size,
                "hash": f"sha256:{letters}",
                "schema": {
                    "fields": [column.schema() for column in columns],
                    "missingValues": [""],
                    "primaryKey": list(_KEYS[name]),
                    **({"foreignKeys": references} if references else {}),
                },
            }
        )
    return {
        "name": "conflictmap-export",
        "title": "Claims about the war in Syria",
        "description": _DESCRIPTION,
        "profile": "tabular-data-package",
        "created": f"{date.today().isoformat()}T00:00:00Z",
        "version": program_version(),
        "licenses": [_LICENCE],
        "sources": [{"title": title, "path": path} for title, path in _SOURCES],
        "resources": resources,
    }
