"""The timeline: how many claims on which days, which days are in view, and the window that walks.

The chart, the dragging and the walking are the page's own (``assets/timeline``). Python says how many claims
there are on each day, and hears which days are chosen.
"""

import hashlib
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
from dashboard.selection import Choices, Selection
from dashboard.symbols import SIDES, events, palette
from dashboard.time import route
from dashboard.wording import Wording

#: First and last day, both included.
Window = tuple[date, date]

#: The presets, in days back from the archive's last; 0 is all of it.
PRESETS: Final = (0, 7, 30, 365)

_KEY: Final = "days"
_EPOCH: Final = date(1970, 1, 1)
_component = declare("timeline")


def show(frames: Frames, view: View, selection: Selection, words: Wording, *, playable: bool) -> None:
    """The timeline; ``playable`` where a map stands beside it that can follow."""
    first, last = frames.choices.first, frames.choices.last
    if first is None or last is None:
        st.caption(words("time.none"))
        return
    extent = first, last

    def hear(message: Mapping[str, Any]) -> None:
        session.choose_all(after(session.kept(), message, frames.choices, extent))

    data = content(view, selection, extent, words) | {
        "playable": playable,
        "columns": route.source(frames, selection) if playable else "",
    }
    _component(_KEY, data, hear)


def content(view: View, selection: Selection, extent: Window, words: Wording) -> dict[str, Any]:
    """What the timeline says; days are numbers of days since 1970."""
    bars = counts(view.timeline)
    return {
        "direction": words.direction,
        "extent": [_number(day) for day in extent],
        "window": [_number(day) for day in window(selection, extent)],
        "bars": bars,
        "bars_key": hashlib.sha256(repr(bars).encode()).hexdigest()[:12],
        "covered": covered(view.timeline),
        "colours": [palette(selection.colours)[side] for side in SIDES],
        "sides": [words.code("side", side) for side in SIDES],
        "events": words.codes("event"),
        "glyphs": events(),
        "presets": [[days, words(f"time.last_{days}")] for days in PRESETS],
        "empty": emptied(view, words) if view.counts.shown == 0 else None,
        "words": words.codes("time")
        | {
            "language": words.language,
            "page": words.codes("page"),
            "counted": words.codes("counted"),
            "between": words("number.between"),
        },
    }


def emptied(view: View, words: Wording) -> dict[str, Any]:
    """That nothing is in view, and which filter, were it cleared, would leave how many claims."""
    guilty = {name: n for name, n in view.emptied.items() if n}
    return {
        "text": words("empty.one") if guilty else words("empty.together"),
        "clear": [
            [name, words("empty.clear", name=words(f"filter.{name}"), n=words.count("claims", n))]
            for name, n in guilty.items()
        ],
        "all": words("filter.clear"),
    }


def window(selection: Selection, extent: Window) -> Window:
    """The days in view, both included."""
    return selection.since or extent[0], selection.until or extent[1]


def after(selection: Selection, message: Mapping[str, Any], choices: Choices, extent: Window) -> Selection:
    """The selection after a message of the timeline; one that makes no sense changes nothing.

    ``{"window": [from, to]}`` in days since 1970, ``{"place": id}``, ``{"clear": filter}``.
    """
    first, last = extent
    match dict(message):
        case {"window": [int(low), int(high)]} if low <= high and abs(low) + abs(high) < 10**5:
            since, until = max(_EPOCH + timedelta(low), first), min(_EPOCH + timedelta(high), last)
            if since > until:
                return selection
            return replace(
                selection, since=None if since == first else since, until=None if until == last else until
            )
        case {"place": str(place)} if place in choices.places:
            return replace(selection, place=place, claim="")
        case {"clear": str()}:
            return change(selection, message, choices)
    return selection


def counts(timeline: pd.DataFrame) -> dict[str, list[Any]]:
    """How many claims begin on each day that has any: ``days``, ``totals``, and ``sides``, for each day a
    list of position in ``SIDES``, number of claims, position, number … A claim counts once, on its first day.
    """
    day = _numbers(timeline["first"])
    bloc = timeline["actor_bloc"].astype("category").cat
    position = pd.Index(SIDES).get_indexer(pd.Index(bloc.categories))
    side = np.where(position < 0, len(SIDES) - 1, position)[bloc.codes.to_numpy()]
    keys, found = np.unique(day * len(SIDES) + side, return_counts=True)
    days, starts = np.unique(keys // len(SIDES), return_index=True)
    pairs = np.stack([keys % len(SIDES), found], axis=1)
    return {
        "days": days.tolist(),
        "totals": np.add.reduceat(found, starts).tolist() if len(starts) else [],
        "sides": [part.ravel().tolist() for part in np.split(pairs, starts[1:])] if len(starts) else [],
    }


def covered(timeline: pd.DataFrame) -> list[list[int]]:
    """The stretches of days, in order and apart, on which something is told; the rest is silence."""
    spans = np.unique(np.stack([_numbers(timeline["first"]), _numbers(timeline["last"])], axis=1), axis=0)
    if not len(spans):
        return []
    reached = np.maximum.accumulate(spans[:, 1])
    new = np.append(True, spans[1:, 0] > reached[:-1] + 1)
    starts = np.flatnonzero(new)
    ends = reached[np.append(starts[1:] - 1, len(spans) - 1)]
    return np.stack([spans[starts, 0], ends], axis=1).tolist()  # type: ignore[no-any-return]


def _numbers(days: pd.Series) -> np.ndarray[Any, np.dtype[np.int64]]:
    return days.to_numpy(dtype="datetime64[D]").astype(np.int64)


def _number(day: date) -> int:
    return (day - _EPOCH).days
