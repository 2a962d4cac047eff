"""A sortable table of thousands of rows, of which one can be chosen.

Streamlit draws it on a canvas: no cell is ever read as markup.
"""

import zlib
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.component import declare
from dashboard.wording import Words

#: More rows than this are not sent to the browser at once.
LIMIT: Final = 5000

#: Height of a row, in pixels.
_ROW: Final = 35

#: Columns whose words are Arabic in every language of the page: they begin at the right.
_ARABIC: Final = ("evidence", "title")
_WIDE: Final = {
    "evidence": 480,
    "title": 360,
    "place": 170,
    "claimant": 170,
    "actor": 140,
    "target": 140,
    "publication": 210,
}

_edge = declare("edge")


def choose(
    key: str, table: pd.DataFrame, chosen: str, words: Words, on_choose: Callable[[str], None], height: int
) -> None:
    """Draw a table of which a row can be chosen; its columns are called ``column.<name>`` in the words.

    Days and numbers sort as such and are written as the language writes them; floats are shares of one.
    ``chosen`` is the index value of the row marked as chosen; ``on_choose`` gets that of a newly chosen one,
    or nothing (an empty string), before the next run.
    """
    ids = [str(value) for value in table.index[:LIMIT]]
    # Another content is another table: what is chosen in it is told by position.
    whole = f"{key}.{words.language}.{zlib.crc32('|'.join(ids).encode()):x}"

    def turned() -> None:
        at = st.session_state[whole]["selection"]["rows"]
        on_choose(ids[at[0]] if at and at[0] < len(ids) else "")

    show(
        whole,
        table,
        words,
        height,
        on_select=turned,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(chosen)] if chosen in ids else []}},
    )


def show(key: str, table: pd.DataFrame, words: Words, height: int, **selection: Any) -> None:
    """Draw a table; no row of it can be chosen, unless ``selection`` says how (see ``st.dataframe``)."""
    if table.empty:
        st.info(words("list.none"))
        return
    table = _cut(table, words)
    formats, configuration = _appearance(table, words)
    st.dataframe(
        table.reset_index(drop=True).style.format(formats),
        key=key,
        hide_index=True,
        placeholder="",
        column_order=_order(table, words),
        column_config=configuration,
        height=min(height, _ROW * (len(table) + 1) + 2),
        **selection,
    )
    if words.direction == "rtl":  # its first column stands at the right
        _edge(f"{key}.edge")


def _cut(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    if len(table) > LIMIT:
        st.caption(words("claims.cut", n=words.number(LIMIT)))
    return table.iloc[:LIMIT]


def _order(table: pd.DataFrame, words: Words) -> list[str]:
    names = [str(name) for name in table.columns]
    return names[::-1] if words.direction == "rtl" else names


def _appearance(table: pd.DataFrame, words: Words) -> tuple[dict[str, Any], dict[str, Any]]:
    """How each column's values are written, and where in its cells they stand."""

    def day(value: date) -> str:
        return "" if pd.isna(value) else words.day(value)

    def number(value: float) -> str:
        return "" if pd.isna(value) else words.number(int(value))

    def share(value: float) -> str:
        return "" if pd.isna(value) else words("number.share", n=words.number(round(value * 100)))

    formats: dict[str, Any] = {}
    configuration: dict[str, Any] = {}
    for name, kind in table.dtypes.items():
        column = str(name)
        label = words(f"column.{column}")
        if pd.api.types.is_datetime64_any_dtype(kind):
            formats[column] = day
            configuration[column] = st.column_config.DateColumn(label, width=140, alignment="right")
        elif pd.api.types.is_numeric_dtype(kind):
            formats[column] = share if pd.api.types.is_float_dtype(kind) else number
            configuration[column] = st.column_config.NumberColumn(label, alignment="right")
        else:
            right = words.direction == "rtl" or column in _ARABIC
            configuration[column] = st.column_config.TextColumn(
                label, width=_WIDE.get(column), alignment="right" if right else "left"
            )
    return formats, configuration
