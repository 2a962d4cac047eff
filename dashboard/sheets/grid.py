"""A table that is sorted by a click on a column's head and turned page by page; a row of it may be chosen.

As a sheet its rows can also be picked, one or many, and stand under heads that fold.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.component import declare
from dashboard.visit import visit
from dashboard.wording import Wording

#: Lines of one page: rows, and the heads they stand under.
PAGE: Final = 100

#: Columns whose words are Arabic in every language of the page, and those that hold whole sentences.
_ARABIC: Final = ("evidence", "title")
_LONG: Final = ("evidence", "title", "place", "claimant", "publication")

_component = declare("grid")


@dataclass(frozen=True, eq=False)
class Sheet:
    """What makes a table a sheet.

    ``picked`` are the index values of the rows that are picked; ``on_pick`` gets those that are to be picked
    (or, with False, to be left) before the next run. ``by`` says what the rows are gathered by, "" where by
    nothing; ``heads`` (index: that of the rows) the heads that each stands under, of which "" comes last;
    ``line`` what a head says, ``foot`` what the last lines say. ``bar`` is what stands above (see ``makeBar``
    of ``assets/grid.js``), and ``on_bar`` hears what is asked for there.
    """

    picked: Collection[str]
    on_pick: Callable[[Collection[str], bool], None]
    by: str
    heads: "pd.Series[str]"
    line: Callable[[str], Mapping[str, Any]]
    foot: Sequence[Mapping[str, Any]]
    bar: Mapping[str, Any]
    on_bar: Callable[[Mapping[str, Any]], None]


def choose(
    key: str,
    table: pd.DataFrame,
    chosen: str,
    words: Wording,
    on_choose: Callable[[str], None],
    opening: tuple[str, bool] = ("", False),
    sheet: Sheet | None = None,
) -> None:
    """Draw a table of which a row can be chosen; its columns are called ``column.<name>`` in the words.

    It opens sorted by the column of ``opening``, falling where that says so.

    ``chosen`` is the index value of the row marked as chosen; ``on_choose`` gets that of a newly chosen one,
    or nothing (an empty string) where the chosen one is clicked again, before the next run.
    """
    _draw(key, table, words, chosen, on_choose, opening, sheet)


def show(key: str, table: pd.DataFrame, words: Wording) -> None:
    """Draw a table; no row of it can be chosen."""
    _draw(key, table, words)


def _draw(
    key: str,
    table: pd.DataFrame,
    words: Wording,
    chosen: str = "",
    on_choose: Callable[[str], None] | None = None,
    opening: tuple[str, bool] = ("", False),
    sheet: Sheet | None = None,
) -> None:
    if table.empty:
        st.info(words("list.none"))
        return
    notes = visit().notes
    sort, page, seen = f"{key}.sort", f"{key}.page", f"{key}.seen"
    opened: set[str] = notes.setdefault(f"{key}.open", set())
    every = f"{key}.every"
    column, falling = notes.get(sort, opening)
    table = in_order(table, column, falling)
    ids = [str(value) for value in table.index]
    position = {row: n for n, row in enumerate(ids)}
    gathered = under_heads(ids, sheet.heads) if sheet and sheet.by else {}
    if notes.pop(every, False):  # the heads of now, which may be others than those that were looked at
        opened.update(gathered)
    listed = lines(gathered, opened) if gathered else [("", row) for row in ids]
    pages = -(-len(listed) // PAGE)
    # A row chosen elsewhere opens the page it stands on; after that the reader turns the pages.
    if chosen and notes.get(seen) != (chosen, notes.get(sort)):
        at = next((n for n, (_, row) in enumerate(listed) if row == chosen), None)
        notes[page] = notes.get(page, 0) if at is None else at // PAGE
    notes[seen] = (chosen, notes.get(sort))
    here = min(notes.get(page, 0), pages - 1)

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"row": str(row)} if on_choose and row in position:
                on_choose("" if row == chosen else row)
            case {"sort": str(name)} if name in table:
                old, down = notes.get(sort, opening)
                notes[sort], notes[page] = (name, not down if name == old else False), 0
            case {"turn": int(step)}:
                notes[page] = min(max(notes.get(page, 0) + step, 0), pages - 1)
            case {"fold": str(head)} if head in gathered:
                opened.symmetric_difference_update({head})
            case {"fold_all": bool(fold)}:
                opened.clear()
                notes[every], notes[page] = not fold, 0
            case {"pick": list(rows), "on": bool(on)} if sheet:
                sheet.on_pick([row for row in rows if row in position], on)
            case {"pick_head": str(head), "on": bool(on)} if sheet and head in gathered:
                sheet.on_pick(gathered[head], on)
            case {"pick_all": bool(on)} if sheet:
                sheet.on_pick(ids, on)
            case {"by": str()} if sheet:
                opened.clear()
                notes[page] = 0
                sheet.on_bar(message)
            case _ if sheet:
                sheet.on_bar(message)

    part = listed[here * PAGE : (here + 1) * PAGE]
    if part[0][0] and part[0][1]:  # in the midst of those under a head: it is said again
        part = [(part[0][0], ""), *part]
    data = content(table.iloc[[position[row] for _, row in part if row]], words, chosen) | {
        "sorted": [column, falling],
        "short": bool(chosen),
        "choosable": on_choose is not None,
        "pages": _pages(here, pages, len(listed), words, gathered=bool(gathered)),
        "sheet": None,
    }
    if sheet:
        data["sheet"] = {
            "lines": [[head, row] for head, row in part],
            "heads": {
                head: {
                    **sheet.line(head),
                    "open": head in opened,
                    "picked": _share(gathered[head], sheet.picked),
                }
                for head, row in part
                if not row
            },
            "foot": list(sheet.foot),
            "picked": [row for _, row in part if row and row in sheet.picked],
            "all": _share(ids, sheet.picked),
            "folded": not opened,
            "bar": sheet.bar,
        }
    _component(key, data, hear)


def under_heads(ids: Sequence[str], heads: "pd.Series[str]") -> dict[str, list[str]]:
    """The rows under each head, in their order; the heads in that of their first rows, "" last."""
    found: dict[str, list[str]] = {}
    for row, head in heads.loc[list(ids)].items():
        found.setdefault(head, []).append(str(row))
    if "" in found:
        found[""] = found.pop("")
    return found


def lines(gathered: Mapping[str, Sequence[str]], opened: Collection[str]) -> list[tuple[str, str]]:
    """Each head with an empty row, and behind it, where it is open, its rows."""
    return [
        line
        for head, rows in gathered.items()
        for line in [(head, ""), *((head, row) for row in rows if head in opened)]
    ]


def _share(rows: Sequence[str], picked: Collection[str]) -> str:
    """How many of some rows are picked: ``all``, ``some`` or "" for none."""
    number = sum(row in picked for row in rows)
    return "all" if number == len(rows) else "some" if number else ""


def in_order(table: pd.DataFrame, column: str, falling: bool) -> pd.DataFrame:
    """The table sorted by a column, days and numbers as such, empty cells last; without such, as it is."""
    if column not in table:
        return table
    # An empty text is an empty cell.
    key = table[column].replace("", None) if table[column].dtype == object else table[column]
    return table.loc[key.sort_values(ascending=not falling, kind="stable", na_position="last").index]


def content(table: pd.DataFrame, words: Wording, chosen: str = "") -> dict[str, Any]:
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


def _writer(kind: Any, words: Wording) -> tuple[Callable[[Any], str], bool]:
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


def _pages(here: int, pages: int, rows: int, words: Wording, *, gathered: bool) -> dict[str, Any]:
    return {
        "text": words(
            "list.lines" if gathered else "list.page",
            first=words.number(here * PAGE + 1),
            last=words.number(min((here + 1) * PAGE, rows)),
            total=words.number(rows),
        ),
        "earlier": words("list.back") if here > 0 else "",
        "later": words("list.on") if here < pages - 1 else "",
        "many": pages > 1,
    }
