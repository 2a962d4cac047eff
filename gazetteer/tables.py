"""Tables that people keep in spreadsheets, read in whatever encoding and with whatever separator.

A list with a header, its cells separated by commas, semicolons (Excel's in half the world) or tabs.
"""

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from gazetteer.encoding import NotArabic, decode

_SEPARATORS: Final = ",;\t"
#: A larger file is no list that somebody keeps in a spreadsheet (bytes).
_LIMIT: Final = 200 * 1024 * 1024


class TableError(ValueError):
    """A table that cannot be read: ``reason`` says on which line and what to do, the message in which file
    too. ``before`` holds the rows above the fault, where there are some that can be read."""

    def __init__(self, path: Path, reason: str, before: "Table | None" = None) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason: Final = reason
        self.before: Final = before


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that stands on lines ``first`` to ``last`` of its file, counted from 1."""

    first: int
    last: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header, its rows without the empty ones, and its row of HXL tags, which stands right
    under the header (#adm1+name; https://hxlstandard.org) and is none of the rows."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    tags: tuple[str, ...] | None = None


def read_table(path: Path) -> Table:
    """The table in a file. Raises TableError where it is none, OSError where it cannot be opened.

    A quote that is opened and never closed would swallow all rows below: it is told with its line, and the
    rows above it are in the error.
    """
    if not path.is_file():
        raise TableError(path, "no ordinary file")
    if path.stat().st_size > _LIMIT:
        raise TableError(path, "over 200 MB: no list")
    return table_of(path.read_bytes(), path)


def table_of(data: bytes, path: Path) -> Table:
    """The table that the bytes of a file are. Raises TableError as ``read_table``."""
    try:
        text = decode(data).text
    except NotArabic as error:
        raise TableError(path, str(error)) from None
    if "\0" in text:
        raise TableError(path, "no text: it holds zero bytes; save it as CSV UTF-8")
    separator, skipped = _separator(text)
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    read: list[Row] = []
    fault = ""
    last = 0
    try:
        for cells in lines:
            first, last = last + 1, lines.line_num
            if first > skipped and any(cell.strip() for cell in cells):
                read.append(Row(first, last, tuple(cells)))
    except csv.Error as error:
        told = f"a quote is opened and not closed before line {lines.line_num} ({error})"
        if "field larger" in str(error):
            told = "a cell is longer than any text; is a quote not closed?"
        fault = f"line {last + 1}: {told}; close it, or write a quote within a cell twice"
    header, *rows = read or [Row(1, 1, ())]
    tagged = bool(rows) and all(not cell.strip() or cell.strip().startswith("#") for cell in rows[0].cells)
    tags = rows.pop(0).cells if tagged else None
    table = Table(header.cells, tuple(rows), tags)
    if fault:
        raise TableError(path, fault, table)
    return table


def _separator(text: str) -> tuple[str, int]:
    """What separates the cells, and how many lines before the header say so (Excel's ``sep=;``)."""
    first = text.split("\n", 1)[0].rstrip("\r")
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], 1
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count), 0
