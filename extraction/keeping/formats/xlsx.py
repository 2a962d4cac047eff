"""Workbooks of Excel and LibreOffice: an article a row in; out, a sheet a table."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from extraction.keeping.contents import TABLES, Contents, neutralise, readable
from extraction.keeping.formats.columns import articles
from extraction.keeping.formats.format import Article, Fault, Format, Source, Unreadable
from extraction.keeping.formats.packed import office


def _read(source: Source) -> Iterator[Article | Fault]:
    """The rows of every sheet that has a column of texts; formulas count as what they came to."""
    import openpyxl

    with office(source) as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
            refused: list[Fault] = []
            for sheet in sheets:
                place = "" if len(sheets) == 1 else f"{sheet.title}:"
                rows = [(n, row) for n, row in enumerate(sheet.iter_rows(values_only=True), 1) if any(row)]
                header = rows[0][1] if rows else ()
                try:
                    yield from articles(source, header, ((f"{place}{n}", row) for n, row in rows[1:]))
                except Unreadable as error:
                    refused.append(Fault(sheet.title, str(error), warning=True))
        except (
            ValueError,
            KeyError,
            TypeError,
            SyntaxError,
            OSError,
        ) as error:  # of library and XML
            raise Unreadable(f"no workbook inside, or a damaged one: {error}") from None
    if len(refused) == len(sheets):
        raise Unreadable(refused[0].reason if refused else "it has no sheet of cells")
    yield from refused


#: Words from texts and names of places, which are read from right to left.
_ARABIC: Final = frozenset({"evidence", "title", "surface", "name_ar", "place_names", "places_unresolved"})
#: The tables in the order of the sheets.
_SHEETS: Final = ("claims", "incidents", "claim_places", "places", "documents", "mentions")
_WIDE: Final = 60
_ROWS: Final = 1_048_575  # of a sheet, below its header


def _write(contents: Contents, path: Path) -> None:
    """A sheet says what it is; then one a table, its header kept in sight. What a sheet has no room for is
    told on the first."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    about = book.create_sheet("about")
    about.column_dimensions["B"].width = 2 * _WIDE
    for name, told in contents.about.items():
        about.append([name, told])
    for name in _SHEETS:
        description, columns = TABLES[name]
        frame = contents.frames[name][[column.name for column in columns]]
        more = f" The first {_ROWS} rows of {len(frame)}: a sheet has no more." if len(frame) > _ROWS else ""
        about.append([name, description + more])
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, 1):
            width = _WIDE if column.name in _ARABIC else 14
            sheet.column_dimensions[get_column_letter(number)].width = width

        def cell(value: Any, sheet: Any = sheet, **style: Any) -> Any:
            made = WriteOnlyCell(sheet, value=value)
            for attribute, given in style.items():
                setattr(made, attribute, given)
            return made

        bold, arabic = Font(bold=True), Alignment(horizontal="right", readingOrder=2)
        sheet.append([cell(column.name, font=bold) for column in columns])
        right = [column.name in _ARABIC for column in columns]
        for row in frame.head(_ROWS).astype(object).where(frame.notna(), None).itertuples(index=False):
            values = zip(map(_value, row), right, strict=True)
            sheet.append([cell(value, alignment=arabic) if ar and value else value for value, ar in values])
    book.save(path)


def _value(cell: Any) -> Any:
    """What stands in a cell: no formula, and days without an hour."""
    if isinstance(cell, str):
        return neutralise(readable(cell))
    return cell.date() if isinstance(cell, datetime) else cell


FORMAT: Final = Format(
    "xlsx",
    reads="a workbook with an article a row",
    writes="a workbook with a sheet a table",
    endings=(".xlsx",),
    read=_read,
    several=True,
    files={"claims.xlsx": _write},
    reads_with=("openpyxl",),
    writes_with=("openpyxl",),
)
