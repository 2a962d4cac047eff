"""Workbooks of Excel and LibreOffice: an article a row."""

from collections.abc import Iterator
from typing import Final

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


FORMAT: Final = Format(
    "xlsx",
    "a workbook with an article a row, its columns as those of csv",
    endings=(".xlsx",),
    read=_read,
    several=True,
    needs=("openpyxl",),
)
