"""How many claims on which days: bars above the slider, in the colours of the map."""

from datetime import date, timedelta
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.frames import View
from dashboard.symbols import SIDES, palette
from dashboard.wording import Words

#: No more bars than this: days become weeks, weeks become months.
_BARS: Final = 130

_PERIODS: Final = {"per_day": ("D", 1), "per_week": ("W-SUN", 7), "per_month": ("M", 31)}


def unit(first: date, last: date) -> str:
    """The shortest period of which the span has few enough: per_day, per_week or per_month."""
    days = (last - first).days + 1
    return next((name for name, (_, length) in _PERIODS.items() if days / length <= _BARS), "per_month")


def bars(timeline: pd.DataFrame, name: str) -> pd.DataFrame:
    """One row for each period, side and whether it is in view, stacked: start, stop, side, in_view, claims,
    low, high. A claim counts once, on its first day.
    """
    frequency = _PERIODS[name][0]
    table = (
        timeline.assign(start=timeline["first"].dt.to_period(frequency).dt.start_time)
        .groupby(["start", "in_window", "actor_bloc"], sort=True)
        .size()
        .rename("claims")
        .reset_index()
        .rename(columns={"actor_bloc": "side", "in_window": "in_view"})
    )
    table["stop"] = table["start"].dt.to_period(frequency).dt.end_time.dt.ceil("D")
    table["high"] = table.groupby("start")["claims"].cumsum()
    table["low"] = table["high"] - table["claims"]
    return table


def show(view: View, first: date, last: date, colours: str, words: Words) -> None:
    """The histogram over the whole archive's days; what the window leaves out is pale."""
    name = unit(first, last)
    table = bars(view.timeline, name)
    table["day"] = [words.day(start) for start in table["start"]]
    table["name"] = table["side"].map(words.codes("side"))
    colour = palette(colours)
    ends = [int(pd.Timestamp(day).timestamp() * 1000) for day in (first, last + timedelta(days=1))]
    shades = alt.Scale(domain=["true", "false"], range=[1, 0.25])
    chart = (
        alt.Chart(table.assign(in_view=table["in_view"].map({True: "true", False: "false"})))
        .mark_rect(stroke="#ffffff", strokeWidth=0.4)
        .encode(
            x=alt.X("start:T", axis=None, scale=alt.Scale(domain=ends, clamp=True)),
            x2="stop:T",
            y=alt.Y("low:Q", axis=None),
            y2="high:Q",
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=list(SIDES), range=[colour[side] for side in SIDES]),
                legend=None,
            ),
            opacity=alt.Opacity("in_view:O", scale=shades, legend=None),
            tooltip=[
                alt.Tooltip("day:N", title=words("time.from")),
                alt.Tooltip("name:N", title=words("time.side")),
                alt.Tooltip("claims:Q", title=words("time.claims")),
            ],
        )
        .properties(height=84, padding={"left": 0, "right": 0, "top": 4, "bottom": 0})
        .configure_view(strokeWidth=0)
    )
    most = words("time.most", n=words.number(int(table["high"].max())))
    st.html(f'<div class="cm-caption">{words(f"time.{name}")} · {most}</div>')
    st.altair_chart(chart, key="histogram", alt=words("time.alt"), width="stretch")
