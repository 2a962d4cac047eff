"""What is written out, whatever the format: the tables with their columns, and whom places are from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, get_args

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
from gazetteer.place import Place
from gazetteer.sources import Gazetteer

if TYPE_CHECKING:
    import pandas as pd

#: A spreadsheet takes a cell that begins so for a formula and runs it.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
#: Control characters, halves of surrogate pairs and what is no character.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a file, as datapackage.json tells of it."""

    name: str
    type: str
    description: str
    codes: tuple[str, ...] = ()

    def schema(self) -> dict[str, object]:
        described = {"name": self.name, "type": self.type, "description": self.description}
        return described | ({"constraints": {"enum": list(self.codes)}} if self.codes else {})


def _text(name: str, description: str, codes: tuple[str, ...] = ()) -> Field:
    return Field(name, "string", description, codes)


def _integer(name: str, description: str) -> Field:
    return Field(name, "integer", description)


def _number(name: str, description: str) -> Field:
    return Field(name, "number", description)


def _date(name: str, description: str) -> Field:
    return Field(name, "date", description)


def _range(what: str, description: str) -> tuple[Field, Field]:
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

#: The tables, each with what a row of it is and its columns, in order.
TABLES: Final[dict[str, tuple[str, tuple[Field, ...]]]] = {
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
            Field(
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

#: Whom places are from, to be named wherever they are passed on.
SOURCES: Final = (
    ("GeoNames, CC BY 4.0", "https://www.geonames.org/"),
    ("OCHA common operational datasets, CC BY 3.0 IGO", "https://data.humdata.org/dataset/cod-ab-syr"),
    ("Who's On First, CC BY 4.0", "https://whosonfirst.org/"),
    ("OurAirports, public domain", "https://ourairports.com/data/"),
)


#: Before the code of a place in the source of a row that was imported from OCHA's lists.
_OCHA: Final = "ocha:"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is written: of each of ``TABLES`` a frame with at least its columns; the ``day`` on which it is,
    which claims were asked for (``filters``), and by place_id the ``districts``, in English."""

    frames: dict[str, "pd.DataFrame"]
    day: date
    filters: str
    districts: Mapping[str, str]

    @property
    def about(self) -> dict[str, str]:
        """What is to be told with it, in whatever format: each a name and a sentence."""
        return {
            "what": "Claims about the war in Syria, read from Arabic news by rules",
            "notice": "A claim is a statement of its claimant and no established fact",
            "source": "conflictmap; places: " + "; ".join(f"{title} ({path})" for title, path in SOURCES),
            "licence": "the places: CC BY 4.0; words quoted from articles are those of who published them",
            "day": self.day.isoformat(),
            "filters": self.filters,
            "version": program_version(),
        }


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


def readable(text: str) -> str:
    """``text`` without the control characters that no XML may hold."""
    return _CONTROLS.sub("", text)


def contents(stored: Tables, gazetteer: Gazetteer | None, filters: str = "none: all claims") -> Contents:
    """The tables as frames: places of claims under their names, and only those that the gazetteer holds; each
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
    return Contents(
        {
            "documents": stored.documents,
            "mentions": stored.mentions,
            "claims": claims,
            "claim_places": places[known],
            "places": named,
            "incidents": stored.incidents,
        },
        date.today(),
        filters,
        {name: _district(listed, name) for name in named["place_id"]},
    )


def _district(listed: Mapping[str, Place], place_id: str) -> str:
    """The district in which a place lies; "" where no list tells."""
    place = listed.get(place_id)
    while place and place.kind != "district":
        place = listed.get(place.parent_id)
    return place.name_en if place else ""


def _joined(places: "pd.DataFrame", column: str) -> dict[str, str]:
    """Of each claim the words of a column, each once, in the order of its places."""
    grouped = places.groupby("claim_id", sort=False)[column]
    return {str(claim): SEPARATOR.join(dict.fromkeys(filter(None, words))) for claim, words in grouped}
