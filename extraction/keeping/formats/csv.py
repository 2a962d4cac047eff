"""Tables of comma-separated values: an article a row in; out, with a datapackage.json (Frictionless)."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extraction.keeping.contents import SOURCES, TABLES, Contents, Field, neutralise, program_version
from extraction.keeping.formats.columns import articles
from extraction.keeping.formats.format import Article, Fault, Format, Source, Unreadable, count_lines, whole
from gazetteer.tables import TableError, table_of

if TYPE_CHECKING:
    import pandas as pd

#: A larger file is no list that somebody keeps (bytes).
_LIMIT: Final = 200 << 20


def _read(source: Source) -> Iterator[Article | Fault]:
    """The rows; where a quote is not closed, those above it, and then the fault."""
    fault = ""
    try:
        table = table_of(whole(source, _LIMIT), Path(source.name))
    except TableError as error:
        if error.before is None:
            raise Unreadable(error.reason) from None
        table, fault = error.before, error.reason
    yield from articles(source, table.header, ((str(row.first), row.cells) for row in table.rows))
    if fault:
        yield Fault("", f"{fault}; the rows from there on are not read")


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


def _write(name: str, contents: Contents, path: Path) -> None:
    write_cells(contents.frames[name], TABLES[name][1], path)


def write_cells(frame: "pd.DataFrame", columns: Sequence[Field], path: Path) -> None:
    """Write some columns of a table for any spreadsheet; no cell is taken for a formula."""
    cells = frame[[column.name for column in columns]].copy()
    for column in columns:
        if column.type == "string":
            cells[column.name] = cells[column.name].map(neutralise)
        elif column.type == "boolean":
            cells[column.name] = cells[column.name].map({True: "true", False: "false"})
    # Spreadsheets need the byte-order mark for Arabic. Lines end as RFC 4180 says; with it, a lone carriage
    # return within a cell is quoted too.
    cells.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n", date_format="%Y-%m-%d")


def _describe(contents: Contents, path: Path) -> None:
    """The datapackage.json of the files beside it."""
    package = json.dumps(_package(path.parent, contents), ensure_ascii=False, indent=2) + "\n"
    path.write_text(package, encoding="utf-8")


def _package(folder: Path, contents: Contents) -> dict[str, object]:
    """The datapackage.json of the files in a folder."""
    resources = []
    for name, (description, columns) in TABLES.items():
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
        "created": f"{contents.day.isoformat()}T00:00:00Z",
        "filters": contents.filters,
        "version": program_version(),
        "licenses": [_LICENCE],
        "sources": [{"title": title, "path": path} for title, path in SOURCES],
        "resources": resources,
    }


FORMAT: Final = Format(
    "csv",
    reads="a table with an article a row",
    writes="every table in a file, and a data package that describes them",
    endings=(".csv",),
    read=_read,
    several=True,
    count=count_lines,
    files={f"{name}.csv": partial(_write, name) for name in TABLES} | {"datapackage.json": _describe},
)
