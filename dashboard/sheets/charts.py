"""What the charts share: the colours of the map, labels in the language of the page, nothing from outside.

Vega comes with Streamlit; a chart fetches nothing.
"""

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.symbols import NONE, SIDES, palette
from dashboard.wording import Wording

Chart = alt.LayerChart | alt.FacetChart

#: Periods with their days, and how many at most stand on an axis of time.
_PERIODS: Final = (("D", 1), ("W-SUN", 7), ("M", 31))
_MOST_PERIODS: Final = 130

#: Who is no side: these die in the claims, but do not act. Okabe and Ito's orange, and a brown beside it.
_BYSTANDERS: Final = {"civilians": "#E69F00", "mixed": "#8C6D46"}

#: Everyone of whom figures are told, in the order of legends.
VICTIMS: Final = (*_BYSTANDERS, *SIDES)


def colours(name: str) -> dict[str, str]:
    """The colour of every side and of those who are on none; ``name`` is a palette's."""
    return palette(name) | _BYSTANDERS


def known(codes: "pd.Series[Any]") -> "pd.Series[Any]":
    """Codes of sides and victims; one that the legend does not know counts as not told."""
    plain = codes.astype(str)
    return plain.where(plain.isin(VICTIMS), NONE)


def periods(days: "pd.Series[Any]") -> "pd.Series[Any]":
    """The day, week or month that each day lies in: the shortest of which an axis has not too many."""
    span = (days.max() - days.min()).days + 1
    frequency = next((f for f, length in _PERIODS if span / length <= _MOST_PERIODS), _PERIODS[-1][0])
    found: pd.Series[Any] = days.dt.to_period(frequency)
    return found


def ink() -> str:
    """The colour of words and outlines on the ground of the reader's theme."""
    return "#e6ebf0" if st.context.theme.type == "dark" else "#1f2933"


def lines(labels: Mapping[str, Sequence[str]]) -> str:
    """A Vega expression for axis labels of several lines each; no text from outside may stand in them."""
    return f"{json.dumps(labels, ensure_ascii=False)}[datum.label]"


def stacked(names: Sequence[str], width: int = 13) -> dict[str, list[str]]:
    """Names in lines of about so many letters, all in as many lines, that of the shorter ones at the foot."""
    wrapped = {name: textwrap.wrap(name, width) for name in names}
    most = max(map(len, wrapped.values()), default=0)
    return {name: [" "] * (most - len(parts)) + parts for name, parts in wrapped.items()}


def label(text: str, words: Wording) -> str:
    """A text for the charts, which know no direction: in an Arabic page it runs from right to left."""
    return f"\u202b{text}\u202c" if words.direction == "rtl" else text


def beginning(words: Wording) -> Literal["left", "right"]:
    """The side of a chart at which the lines of the page begin."""
    return "right" if words.direction == "rtl" else "left"


def number_axis(words: Wording, title: str) -> alt.Axis:
    """An axis of whole numbers in the digits of the language."""
    return alt.Axis(
        title=title, format=",d", tickMinStep=1, labelExpr=_digits("datum.label", words), tickCount=4
    )


def day_axis(words: Wording, days: int) -> alt.Axis:
    """An axis of time over so many days: the month and the year, or the day and the month."""
    months = json.dumps(words.table["page"]["months"], ensure_ascii=False)
    month = f"{months}[utcmonth(datum.value)]"
    label = f"{month} + ' ' + utcyear(datum.value)" if days > 120 else f"utcdate(datum.value) + ' ' + {month}"
    return alt.Axis(
        title=None, labelExpr=_digits(label, words), tickCount=6, labelOverlap="greedy", labelFlush=True
    )


def plain(chart: Chart) -> Chart:
    """A chart without a frame around its plots."""
    framed: Chart = chart.configure_view(strokeWidth=0)
    return framed


def _digits(expression: str, words: Wording) -> str:
    """A Vega expression for a text with the digits of the language."""
    expression = f"({expression})"
    pairs = [(",", words("page.thousands")), *zip("0123456789", words("page.digits"), strict=True)]
    for plain, own in pairs:
        if plain != own:
            expression = f"replace({expression}, /{plain}/g, '{own}')"
    return expression
