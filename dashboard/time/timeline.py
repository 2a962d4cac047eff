"""The timeline: how many claims on which days, which days are in view, and the window that walks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.component import declare
from dashboard.filters import change
from dashboard.frames import Frames, View
from dashboard.selection import PERIODS, Choices, Selection
from dashboard.space import markers
from dashboard.symbols import SIDES, palette
from dashboard.time.window import (
    PRESETS,
    Window,
    jumped,
    last_days,
    moved,
    shifted,
    step_days,
    walk_start,
)
from dashboard.visit import visit
from dashboard.wording import Words

#: No more bars than this, if the page may choose: days become weeks, weeks become months.
_BARS: Final = 130

_LENGTHS: Final = {"day": 1, "week": 7, "month": 31}

_KEY: Final = "days"
_WALK: Final = "timeline.walk"
_EPOCH: Final = date(1970, 1, 1)
_component = declare("timeline")


def show(frames: Frames, view: View, selection: Selection, words: Words, *, playable: bool) -> None:
    """The timeline; ``playable`` where a map stands beside it that can follow."""
    first, last = frames.choices.first, frames.choices.last
    if first is None or last is None:
        st.caption(words("time.none"))
        return
    extent = first, last

    def hear(message: Mapping[str, Any]) -> None:
        visit().notes[_WALK] = bool(message.get("play"))
        session.choose_all(after(session.kept(), message, frames.choices, extent, _days(view)))

    if not playable:
        visit().notes[_WALK] = False
    walking = visit().notes.get(_WALK)
    data = content(view, selection, extent, words) | {
        "playable": playable,
        "walk": markers.walk(frames, view, selection, words) if walking else None,
    }
    _component(_KEY, data, hear)


def content(view: View, selection: Selection, extent: Window, words: Words) -> dict[str, Any]:
    """What the timeline says; days are numbers of days since 1970."""
    period = unit(*extent) if selection.period == PERIODS[0] else selection.period
    table = bars(view.timeline, period)
    since, until = window(selection, extent)
    most = max((sum(bar[3::2]) for bar in table), default=0)
    return {
        "direction": words.direction,
        "extent": [_number(day) for day in extent],
        "window": [_number(since), _number(until)],
        "start": [_number(day) for day in walk_start((since, until), extent)],
        "step": step_days(extent),
        "bars": table,
        "colours": [palette(selection.colours)[side] for side in SIDES],
        "sides": [words.code("side", side) for side in SIDES],
        "period": selection.period,
        "periods": [[name, words(f"time.{name}")] for name in PERIODS],
        "presets": [[days, words(f"time.last_{days}")] for days in PRESETS],
        "caption": f"{words(f'time.per_{period}')} · {words('time.most', n=words.number(most))}",
        "empty": emptied(view, words) if view.counts.shown == 0 else None,
        "words": words.codes("time") | {"page": words.codes("page"), "between": words("number.between")},
    }


def emptied(view: View, words: Words) -> dict[str, Any]:
    """That nothing is in view, and which filter, were it cleared, would leave how many claims."""
    guilty = {name: n for name, n in view.emptied.items() if n}
    return {
        "text": words("empty.one") if guilty else words("empty.together"),
        "clear": [
            [name, words("empty.clear", name=words(f"filter.{name}"), n=words.number(n))]
            for name, n in guilty.items()
        ],
        "all": words("filter.clear"),
    }


def window(selection: Selection, extent: Window) -> Window:
    """The days in view, both included."""
    return selection.since or extent[0], selection.until or extent[1]


def after(
    selection: Selection, message: Mapping[str, Any], choices: Choices, extent: Window, days: list[date]
) -> Selection:
    """The selection after a message of the timeline; one that makes no sense changes nothing.

    ``{"window": [from, to]}`` in days since 1970, ``{"last": days}``, ``{"shift": lengths}``,
    ``{"step": days}``, ``{"jump": 1 or -1}`` to the next or previous of ``days``, ``{"period": name}``,
    ``{"clear": filter}``.
    """
    first, last = extent
    now = window(selection, extent)
    match dict(message):
        case {"window": [int(low), int(high)]} if low <= high and abs(low) + abs(high) < 10**5:
            now = _EPOCH + timedelta(low), _EPOCH + timedelta(high)
            now = max(now[0], first), min(now[1], last)
        case {"last": int(number)} if number in PRESETS:
            now = last_days(extent, number)
        case {"shift": int(lengths)} if abs(lengths) == 1:
            now = shifted(now, extent, lengths)
        case {"step": int(number)} if abs(number) <= 366:
            now = moved(now, extent, number)
        case {"jump": int(way)}:
            now = jumped(now, extent, days, forward=way > 0)
        case {"period": str(period)} if period in PERIODS:
            return replace(selection, period=period)
        case {"clear": str()}:
            return change(selection, message, choices)
    since, until = now
    if since > until:
        return selection
    return replace(selection, since=None if since == first else since, until=None if until == last else until)


def unit(first: date, last: date) -> str:
    """The shortest period of which the span has few enough: day, week or month."""
    days = (last - first).days + 1
    return next((name for name, length in _LENGTHS.items() if days / length <= _BARS), "month")


def bars(timeline: pd.DataFrame, period: str) -> list[list[int]]:
    """One list for each period that has claims: first day, day after its last, then side and number of
    claims, side and number …, sides in the order of ``SIDES``. A claim counts once, on its first day.
    """
    if timeline.empty:
        return []
    day = timeline["first"].to_numpy(dtype="datetime64[D]")
    number = day.astype(np.int64)
    if period == "month":
        start = day.astype("datetime64[M]")
        stop = (start + 1).astype("datetime64[D]").astype(np.int64)
        number = start.astype("datetime64[D]").astype(np.int64)
    elif period == "week":
        number = (number + 3) // 7 * 7 - 3  # weeks begin on Mondays; 1 January 1970 was a Thursday
        stop = number + 7
    else:
        stop = number + 1
    side = pd.Index(SIDES).get_indexer(pd.Index(timeline["actor_bloc"].astype(str)))
    side = np.where(side < 0, len(SIDES) - 1, side)
    keys, counts = np.unique(np.stack([number, stop, side]), axis=1, return_counts=True)
    table: dict[int, list[int]] = {}
    for start_day, stop_day, of_side, n in zip(*keys.tolist(), counts.tolist(), strict=True):
        table.setdefault(start_day, [start_day, stop_day]).extend((of_side, n))
    return list(table.values())


def _days(view: View) -> list[date]:
    """The days that have claims, whatever the window."""
    found: list[date] = np.unique(view.timeline["first"].to_numpy(dtype="datetime64[D]")).tolist()
    return found


def _number(day: date) -> int:
    return (day - _EPOCH).days
