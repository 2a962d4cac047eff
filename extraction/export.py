"""Records out: CSV files for any program, and a datapackage.json (Frictionless) that describes them."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from extraction.archive import SEPARATOR, Archive, Frames
from extraction.records import (
    BLOCS,
    EVENT_TYPES,
    DateBasis,
    MentionMethod,
    PublishedBasis,
    Stance,
    Status,
)

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


_DOC_ID: Final = _text("doc_id", "the text: its path within the folder, without the ending")
_START: Final = _integer("start", "first character, counted in Unicode code points of the text as stored")
_END: Final = _integer("end", "end, exclusive, counted likewise")
_PLACE_ID: Final = _text("place_id", "the place in the gazetteer; empty where no list holds the name")
_LAT: Final = _number("lat", "latitude, WGS 84 degrees")
_LON: Final = _number("lon", "longitude, WGS 84 degrees")
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
            _PUBLISHED,
            _text("published_basis", "how that day is known", get_args(PublishedBasis)),
            _OUTLET,
            _text("language", "ar, or empty"),
            _integer("characters", "length in Unicode code points"),
            _text("sha256", "of the text in UTF-8, without byte-order mark and front matter"),
            _text("title", "headline"),
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
            _text("name_ar", "name of the place in Arabic"),
            _text("name_en", "name of the place in English"),
            _text("kind", "kind of place"),
            _text("admin1", "governorate, in English"),
            _LAT,
            _LON,
            _number("score", "how sure the place is, 0 to 1"),
            _text("method", "how the name was found", get_args(MentionMethod)),
            _number("radius_km", "the place surely lies within this distance of the point, in km"),
            _text("reason", "why this place and not a namesake"),
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
            _LAT,
            _LON,
            _integer("start", "start of the mention that names the place"),
            _integer("end", "its end, exclusive"),
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
    "run it as a formula; take it off to get the words as they stand in the text."
)


def export(archive: Archive, out: Path) -> None:
    """Write every table of ``archive`` into the folder ``out``, in an order that is always the same.

    Raises ``OSError`` where the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    frames = _placed(archive.frames())
    for name, (_, columns) in _FILES.items():
        _write(getattr(frames, name), columns, out / f"{name}.csv")
    package = json.dumps(_package(), ensure_ascii=False, indent=2) + "\n"
    (out / "datapackage.json").write_text(package, encoding="utf-8")


def neutralise(cell: str) -> str:
    """A cell's text that no spreadsheet takes for a formula: an apostrophe is put before one that would be.

    >>> neutralise("=1+1"), neutralise("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _placed(frames: Frames) -> Frames:
    """The frames with only those places of claims that the gazetteer holds; each claim names its others."""
    places, names = frames.claim_places, frames.mentions[["doc_id", "start", "surface"]]
    known = places["place_id"] != ""
    others = places[~known].merge(frames.claims[["claim_id", "doc_id"]], on="claim_id")
    named = others.merge(names, on=["doc_id", "start"]).groupby("claim_id", sort=False)["surface"]
    unresolved = {claim_id: SEPARATOR.join(surfaces) for claim_id, surfaces in named}
    claims = frames.claims.assign(
        places_unresolved=[unresolved.get(claim_id, "") for claim_id in frames.claims["claim_id"]]
    )
    return replace(frames, claims=claims, claim_places=places[known])


def _write(frame: "pd.DataFrame", columns: tuple[_Field, ...], path: Path) -> None:
    cells = frame[[column.name for column in columns]].copy()
    for column in columns:
        if column.type == "string":
            cells[column.name] = cells[column.name].map(neutralise)
        elif column.type == "boolean":
            cells[column.name] = cells[column.name].map({True: "true", False: "false"})
    # Lines end as RFC 4180 says; with it, a lone carriage return within a cell is quoted too.
    cells.to_csv(path, index=False, encoding="utf-8", lineterminator="\r\n", date_format="%Y-%m-%d")


def _package() -> dict[str, object]:
    return {
        "name": "conflictmap-export",
        "title": "Claims about the war in Syria",
        "description": _DESCRIPTION,
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "description": description,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": [column.schema() for column in columns], "missingValues": [""]},
            }
            for name, (description, columns) in _FILES.items()
        ],
    }
