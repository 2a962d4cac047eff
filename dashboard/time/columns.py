"""The claims as columns of whole numbers, for whoever draws many of them on any window of days.

The page fetches them once for each set of filters and then draws, at every move of a hand and every step of
playing, without asking the server. One file holds them; its numbers are little-endian:

========  =======================================================================================
bytes     what
========  =======================================================================================
8         ``conflict``, in ASCII
4         length of the header in bytes, unsigned
header    JSON in UTF-8, filled up with spaces so that the columns begin at a multiple of 8
columns   one after another, each filled up with zeros to a multiple of 8
========  =======================================================================================

The header has ``rows`` (how many), ``undated`` (how many rows, the first ones, have no date), ``longest``
(the most days that a row spans), ``columns`` (name to the name of JavaScript's typed array and the offset in
bytes from where the columns begin), and what the codes stand for (``tables``). The columns:

========  =======================================================================================
place     position in ``tables.places``
side      position in ``tables.sides``: who acts
event     position in ``tables.events``
status    position in ``tables.statuses``
denied    1 where the claim denies that it happened
voice     position in ``tables.voices``: who says it
first     first day on which it may have been, in days since 1970; ``UNDATED`` without a date
last      last such day
count     how many claims are alike in all of these
========  =======================================================================================

Rows are in order of ``first``. A claim of several places has a row for each.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard import layers
from dashboard.frames import STATUSES, UNDATED, Flags, Frames, view
from dashboard.selection import Selection
from dashboard.space import markers
from dashboard.symbols import SIDES, events
from dashboard.wording import Wording

MAGIC: Final = b"conflict"

#: Name of each column and its type.
COLUMNS: Final = {
    "place": "<u4",
    "side": "u1",
    "event": "u1",
    "status": "u1",
    "denied": "u1",
    "voice": "<u2",
    "first": "<i4",
    "last": "<i4",
    "count": "<u4",
}

_ARRAYS: Final = {"<u4": "Uint32Array", "<u2": "Uint16Array", "u1": "Uint8Array", "<i4": "Int32Array"}

#: Columns are looked at as arrays of their type, which must begin at a multiple of its size.
_ALIGNED: Final = 8


def gather(frames: Frames, passing: Flags, selection: Selection) -> pd.DataFrame:
    """The columns of the claims that pass, whatever the days in view.

    ``place`` is the row number in ``Frames.places``, ``voice`` the position in ``Frames.voices``.
    """
    marks = [n for n, mark in enumerate(layers.marks()) if mark in selection.layers]
    placed = frames.placed
    placed = placed[passing[placed["claim"].to_numpy()] & np.isin(placed["mark"].to_numpy(), marks)]
    keys = [name for name in COLUMNS if name != "count"]
    order = np.lexsort([placed[name].to_numpy() for name in reversed(["first", *keys])])
    values = {name: placed[name].to_numpy()[order] for name in keys}
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for column in values.values():
        new[1:] |= column[1:] != column[:-1]
    starts = np.flatnonzero(new)
    counts = np.diff(np.append(starts, len(order)))
    return pd.DataFrame({name: column[starts] for name, column in values.items()} | {"count": counts})


def file(frames: Frames, selection: Selection, words: Wording) -> bytes:
    """The file of columns of what passes the filters of a selection, whatever its days, with the names of one
    language.
    """
    passing = view(frames, replace(selection, since=None, until=None)).passing
    table = gather(frames, passing, selection)
    used, place = np.unique(table["place"].to_numpy(), return_inverse=True)
    heard, voice = np.unique(table["voice"].to_numpy(), return_inverse=True)
    return pack(
        table.assign(place=place, voice=voice),
        {
            "places": markers.facts(frames, used.tolist(), words),
            "voices": [words.claimant(*frames.voices[at]) for at in heard],
            "sides": SIDES,
            "events": list(events()),
            "statuses": STATUSES,
            "undated": UNDATED,
        },
    )


def pack(table: pd.DataFrame, tables: Mapping[str, Any]) -> bytes:
    """The bytes of some columns; ``tables`` says what their codes stand for."""
    dated = table["first"].to_numpy() != UNDATED
    spans = (table["last"] - table["first"]).to_numpy()[dated]
    columns: dict[str, list[Any]] = {}
    parts: list[bytes] = []
    offset = 0
    for name, kind in COLUMNS.items():
        part = _filled(table[name].to_numpy().astype(kind).tobytes(), b"\0")
        columns[name] = [_ARRAYS[kind], offset]
        parts.append(part)
        offset += len(part)
    header = {
        "rows": len(table),
        "undated": int((~dated).sum()),
        "longest": int(spans.max(initial=0)),
        "columns": columns,
        "tables": tables,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    # The magic and the length before it are twelve bytes.
    text += b" " * (-(len(text) + 12) % _ALIGNED)
    return b"".join([MAGIC, len(text).to_bytes(4, "little"), text, *parts])


def unpack(data: bytes) -> tuple[dict[str, Any], pd.DataFrame]:
    """The header and the columns of a file. Raises ``ValueError`` where it is none."""
    if data[:8] != MAGIC:
        raise ValueError("not a file of columns: it does not begin with " + MAGIC.decode())
    start = 12 + int.from_bytes(data[8:12], "little")
    header = json.loads(data[12:start])
    return header, pd.DataFrame(
        {
            name: np.frombuffer(data, kind, header["rows"], start + header["columns"][name][1])
            for name, kind in COLUMNS.items()
        }
    )


def _filled(part: bytes, filler: bytes) -> bytes:
    return part + filler * (-len(part) % _ALIGNED)
