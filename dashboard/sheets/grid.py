"""A table that is sorted by a click on a column's head and turned page by page; a row of it may be chosen."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.component import declare
from dashboard.visit import visit
from dashboard.wording import Words

#: Rows of one page.
PAGE: Final = 100

#: Columns whose words are Arabic in every language of the page, and those that hold whole sentences.
_ARABIC: Final = ("evidence", "title")
_LONG: Final = ("evidence", "title", "place", "claimant", "publication")

_component = declare("grid")


def choose(
    key: str,
    table: pd.DataFrame,
    chosen: str,
    words: Words,
    on_choose: Callable[[str], None],
    opening: tuple[str, bool] = ("", False),
) -> None:
    """Draw a table of which a row can be chosen; its columns are called ``column.<name>`` in the words.

    It opens sorted by the column of ``opening``, falling where that says so.

    ``chosen`` is the index value of the row marked as chosen; ``on_choose`` gets that of a newly chosen one,
    or nothing (an empty string) where the chosen one is clicked again, before the next run.
    """
    _draw(key, table, words, chosen, on_choose, opening)


def show(key: str, table: pd.DataFrame, words: Words) -> None:
    """Draw a table; no row of it can be chosen."""
    _draw(key, table, words)


def _draw(
    key: str,
    table: pd.DataFrame,
    words: Words,
    chosen: str = "",
    on_choose: Callable[[str], None] | None = None,
    opening: tuple[str, bool] = ("", False),
) -> None:
    if table.empty:
        st.info(words("list.none"))
        return
    notes = visit().notes
    sort, page, seen = f"{key}.sort", f"{key}.page", f"{key}.seen"
    column, falling = notes.get(sort, opening)
    table = in_order(table, column, falling)
    ids = [str(value) for value in table.index]
    pages = -(-len(ids) // PAGE)
    # A row chosen elsewhere opens the page it stands on; after that the reader turns the pages.
    if chosen and notes.get(seen) != (chosen, notes.get(sort)) and chosen in ids:
        notes[page] = ids.index(chosen) // PAGE
    notes[seen] = (chosen, notes.get(sort))
    here = min(notes.get(page, 0), pages - 1)

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"row": str(row)} if on_choose and row in ids:
                on_choose("" if row == chosen else row)
            case {"sort": str(name)} if name in table:
                old, down = notes.get(sort, opening)
                notes[sort], notes[page] = (name, not down if name == old else False), 0
            case {"turn": int(step)}:
                notes[page] = min(max(notes.get(page, 0) + step, 0), pages - 1)

    part = table.iloc[here * PAGE : (here + 1) * PAGE]
    data = content(part, words, chosen) | {
        "sorted": [column, falling],
        "short": bool(chosen),
        "choosable": on_choose is not None,
        "pages": _pages(here, pages, len(ids), words),
    }
    _component(key, data, hear)


def in_order(table: pd.DataFrame, column: str, falling: bool) -> pd.DataFrame:
    """The table sorted by a column, days and numbers as such, empty cells last; without such, as it is."""
    if column not in table:
        return table
    # An empty text is an empty cell.
    key = table[column].replace("", None) if table[column].dtype == object else table[column]
    return table.loc[key.sort_values(ascending=not falling, kind="stable", na_position="last").index]


def content(table: pd.DataFrame, words: Words, chosen: str = "") -> dict[str, Any]:
    """What the table says: days and numbers as the language writes them; floats are shares of one."""
    columns = []
    cells: list[list[str]] = []
    for name, kind in table.dtypes.items():
        column = str(name)
        write, number = _writer(kind, words)
        cells.append([write(value) for value in table[column]])
        columns.append(
            {
                "name": column,
                "label": words(f"column.{column}"),
                "number": number,
                "arabic": column in _ARABIC,
                "long": column in _LONG,
                "day": pd.api.types.is_datetime64_any_dtype(kind),
            }
        )
    rows = zip(*cells, strict=True)
    return {
        "direction": words.direction,
        "columns": columns,
        "rows": [[str(row), list(told)] for row, told in zip(table.index, rows, strict=True)],
        "chosen": chosen,
    }


def _writer(kind: Any, words: Words) -> tuple[Callable[[Any], str], bool]:
    """How the values of a column are written, and whether they are figures."""

    def day(value: date) -> str:
        return "" if pd.isna(value) else words.day(value)

    def number(value: float) -> str:
        return "" if pd.isna(value) else words.number(int(value))

    def share(value: float) -> str:
        return "" if pd.isna(value) else words("number.share", n=words.number(round(value * 100)))

    if pd.api.types.is_datetime64_any_dtype(kind):
        return day, True
    if pd.api.types.is_numeric_dtype(kind):
        return share if pd.api.types.is_float_dtype(kind) else number, True
    return str, False


def _pages(here: int, pages: int, rows: int, words: Words) -> dict[str, Any]:
    return {
        "text": words(
            "list.page",
            first=words.number(here * PAGE + 1),
            last=words.number(min((here + 1) * PAGE, rows)),
            total=words.number(rows),
        ),
        "earlier": words("list.back") if here > 0 else "",
        "later": words("list.on") if here < pages - 1 else "",
        "many": pages > 1,
    }
