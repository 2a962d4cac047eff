"""A user's list of locations, each row with its place: CSV in, CSV out."""

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tqdm import tqdm

from extraction.export import neutralise
from gazetteer.geocode import SURE, Geocoder
from gazetteer.index import Candidate
from gazetteer.sources import Gazetteer

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
    """How many rows a list has, and how many of them got a place."""

    rows: int
    found: int


def geocode_list(
    path: Path, out: Path, gazetteer: Gazetteer, name_column: str, near_column: str | None = None
) -> Placed:
    """Write the list ``path`` to ``out`` with ``COLUMNS`` added, empty where a location is not sure.

    Rows, their order and all their columns stay as they are, but for an apostrophe before a text that a
    spreadsheet would run as a formula. The list is CSV with a header, in UTF-8, its cells separated by
    commas, semicolons or tabs. Raises ListError where it is not, or lacks a column.
    """
    header, rows = _read(path)
    name_at = _column(header, name_column, path)
    near_at = None if near_column is None else _column(header, near_column, path)
    taken = [column for column in COLUMNS if column in header]
    if taken:
        raise ListError(f"{path}: there is a column {taken[0]} already; rename or remove it")
    geocoder = Geocoder(gazetteer)
    found = 0
    unfinished = out.with_name(out.name + ".new")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*map(_safe, header), *COLUMNS])
        # On a terminal only: in a log file a bar is noise.
        for row in tqdm(rows, unit=" rows", disable=None):
            near = "" if near_at is None else row[near_at]
            answer = geocoder.geocode(row[name_at], near)
            sure = answer if answer is not None and answer.score >= SURE else None
            found += sure is not None
            writer.writerow([*map(_safe, row), *_cells(sure)])
    os.replace(unfinished, out)
    return Placed(len(rows), found)


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows, each as long as the header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = max(",;\t", key=first.count)
            lines = csv.reader(file, delimiter=delimiter)
            header = next(lines, [])
            rows = []
            for row in lines:
                if len(row) > len(header):
                    raise ListError(
                        f"{path}, line {lines.line_num}: {len(row)} cells, but the header has {len(header)}; "
                        "put cells with commas into quotes"
                    )
                if row:
                    rows.append(row + [""] * (len(header) - len(row)))
    except UnicodeDecodeError as error:
        raise ListError(f"{path}: not in UTF-8 ({error.reason}); save it as CSV UTF-8") from error
    except csv.Error as error:
        raise ListError(f"{path}: no CSV ({error})") from error
    return header, rows


def _column(header: Sequence[str], name: str, path: Path) -> int:
    if name not in header:
        raise ListError(f"{path}: there is no column {name}; it has {', '.join(header) or 'no header'}")
    if header.count(name) > 1:
        raise ListError(f"{path}: the column {name} stands {header.count(name)} times; rename one")
    return header.index(name)


def _cells(answer: Candidate | None) -> tuple[str, ...]:
    if answer is None:
        return ("",) * len(COLUMNS)
    place = answer.place
    point = (f"{place.lat:.5f}", f"{place.lon:.5f}")
    names = (neutralise(place.name_ar), neutralise(place.name_en))
    return (neutralise(place.id), *names, *point, f"{answer.score:.2f}", neutralise(answer.reason))


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number with its sign stays one."""
    try:
        float(cell)
    except ValueError:
        return neutralise(cell)
    return cell
