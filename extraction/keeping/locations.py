"""A user's list of locations, each row with its place: CSV in, CSV out."""

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tqdm import tqdm

from extraction.keeping.contents import neutralise
from gazetteer.geocode import SURE, Geocoder
from gazetteer.lookup import Candidate
from gazetteer.reasons import in_words
from gazetteer.sources import Gazetteer
from gazetteer.tables import Table, TableError, read_table

#: The columns that are added, after all that the list has.
COLUMNS: Final = (
    "place_id",
    "place_name_ar",
    "place_name_en",
    "place_lat",
    "place_lon",
    "place_score",
    "place_reason",
)


class ListError(ValueError):
    """A list that cannot be read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Placed:
    """How many rows a list has, how many of them got a place, and what stands in the column of wider places
    that is none we know: those rows are placed, if at all, without it."""

    rows: int
    found: int
    unknown: tuple[str, ...] = ()


def geocode_list(
    path: Path, out: Path, gazetteer: Gazetteer, name_column: str, near_column: str | None = None
) -> Placed:
    """Write the list ``path`` to ``out`` with ``COLUMNS`` added, empty where a location is not sure.

    Rows, their order and all their columns stay as they are, but for an apostrophe before a text that a
    spreadsheet would run as a formula; a row of HXL tags under the header stays there. The list is read as
    ``gazetteer.tables`` reads one, and written in UTF-8 with commas. Raises ListError where it is none, lacks
    a column, or ``out`` is no file to write to.
    """
    _check_out(path, out)
    table = _read(path)
    header = table.header
    name_at = _column(header, name_column, path)
    near_at = None if near_column is None else _column(header, near_column, path)
    taken = [column for column in COLUMNS if column in header]
    if taken:
        raise ListError(f"{path}: there is a column {taken[0]} already; rename or remove it")
    geocoder = Geocoder(gazetteer)
    found = 0
    unknown: dict[str, None] = {}
    unfinished = out.with_name(out.name + ".new")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*map(_safe, header), *COLUMNS])
            if table.tags is not None:
                writer.writerow(_filled(table.tags, len(header) + len(COLUMNS)))
            # On a terminal only: in a log file a bar is noise.
            for row in tqdm(table.rows, unit=" rows", disable=None):
                cells = _filled(row.cells, len(header))
                near = "" if near_at is None else cells[near_at].strip()
                if near and not geocoder.knows(near):
                    unknown[near] = None
                answer = geocoder.geocode(cells[name_at], near)
                sure = answer if answer is not None and answer.score >= SURE else None
                found += sure is not None
                writer.writerow([*map(_safe, cells), *_cells(sure, gazetteer)])
        os.replace(unfinished, out)
    finally:
        unfinished.unlink(missing_ok=True)
    return Placed(len(table.rows), found, tuple(unknown))


def _read(path: Path) -> Table:
    """The list, each row as long as the header."""
    try:
        table = read_table(path)
    except TableError as error:
        raise ListError(str(error)) from error
    width = len(table.header)
    for row in table.rows:
        if len(row.cells) > width:
            raise ListError(
                f"{path}, line {row.first}: {len(row.cells)} cells, but the header has {width}; "
                "put cells with commas into quotes"
            )
    return table


def _filled(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _check_out(path: Path, out: Path) -> None:
    """Raises ListError where what is written would destroy the list, or cannot be a file."""
    if out.is_dir():
        raise ListError(f"{out}: a folder; name the file to write, such as {out / 'places.csv'}")
    if not out.parent.is_dir():
        raise ListError(f"{out}: there is no folder {out.parent}")
    if out.exists() and out.samefile(path):
        raise ListError(f"{out}: the list itself; name another file to write to")


def _column(header: Sequence[str], name: str, path: Path) -> int:
    if name not in header:
        raise ListError(f"{path}: there is no column {name}; it has {', '.join(header) or 'no header'}")
    if header.count(name) > 1:
        raise ListError(f"{path}: the column {name} stands {header.count(name)} times; rename one")
    return header.index(name)


def _cells(answer: Candidate | None, gazetteer: Gazetteer) -> tuple[str, ...]:
    if answer is None:
        return ("",) * len(COLUMNS)
    place = answer.place
    point = (f"{place.lat:.5f}", f"{place.lon:.5f}")
    names = (neutralise(place.name_ar), neutralise(place.name_en))
    why = in_words(answer.reasons, gazetteer.places)
    return (neutralise(place.id), *names, *point, f"{answer.score:.2f}", neutralise(why))


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number with its sign stays one."""
    try:
        float(cell)
    except ValueError:
        return neutralise(cell)
    return cell
