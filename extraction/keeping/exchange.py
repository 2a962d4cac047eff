"""The record of corrections as a CSV file that another archive takes in, as two newsrooms exchange them.

One row a correction, in the order in which they were made; ``was`` and ``now`` are JSON objects. Cells that a
spreadsheet would run as a formula begin with an apostrophe, which is taken off when the file is read.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

from extraction.keeping.contents import neutralise
from extraction.keeping.corrections import Correction, check, identified

_COLUMNS: Final = tuple(field.name for field in fields(Correction))
_JSON: Final = ("was", "now")
_LARGEST_CELL: Final = 1_000_000


class ExchangeError(Exception):
    """A file of corrections that cannot be read; the message names file and line."""


def write_corrections(path: Path, made: Iterable[Correction]) -> int:
    """Write corrections to a CSV file, whole or not at all; how many they are."""
    unfinished = path.with_name(path.name + ".unfinished")
    told_of = list(made)
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(_COLUMNS)
            for correction in told_of:
                told = asdict(correction)
                told |= {name: json.dumps(told[name], ensure_ascii=False) for name in _JSON}
                rows.writerow([neutralise(str(told[name])) for name in _COLUMNS])
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return len(told_of)


def read_corrections(path: Path) -> list[Correction]:
    """The corrections of a file, all or none. Raises ExchangeError for the first row that is none."""
    csv.field_size_limit(_LARGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_read(path, csv.DictReader(file)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExchangeError(f"{path.name} cannot be read: {error}") from error


def _read(path: Path, rows: "csv.DictReader[str]") -> Iterator[Correction]:
    if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
        raise ExchangeError(f"{path.name}, line 1: the column {missing[0]} is missing")
    for row in rows:
        where = f"{path.name}, line {rows.line_num}"
        try:
            told = {name: _plain(row[name]) for name in _COLUMNS}
            values = {name: json.loads(told[name]) for name in _JSON}
            places = {name: int(told[name]) for name in ("start", "end")}
            if not all(isinstance(value, dict) for value in values.values()):
                raise ValueError("was and now must be JSON objects")
            correction = Correction(**{**told, **values, **places})
            check(correction)
        except (TypeError, ValueError, AttributeError) as error:
            raise ExchangeError(f"{where}: {error}") from error
        if identified(correction).correction_id != correction.correction_id:
            raise ExchangeError(f"{where}: altered since it was made: its id does not fit it")
        yield correction


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and neutralise(cell[1:]) == cell else cell
