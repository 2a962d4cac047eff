"""The marks of the map: claims gathered by place, handed to the page as one payload.

Folium parses rendered strings as templates once more, so no text from outside may reach it as it is: the
payload is JSON inside a string literal, in which every character that could mean something to a template,
to HTML or to a script is written as an escape.
"""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

import folium
import numpy as np
import pandas as pd
from folium.template import Template

from dashboard.frames import STATUSES, UNDATED, Frames, View
from dashboard.layers import declared
from dashboard.selection import Selection
from dashboard.space.picture import caption
from dashboard.space.tables import FACTS, Table, day_number, facts_of, table
from dashboard.space.tree import Tree, tree
from dashboard.symbols import SIDES, events, palette
from dashboard.wording import Wording
from extraction.joining.control import FRESH
from gazetteer.place import KINDS

#: What could mean something to Jinja, to HTML or to a script; the underscore, because streamlit-folium
#: renames whatever looks like one of Folium's variables.
_ESCAPED: Final = tuple((c, f"\\u{ord(c):04x}") for c in "{}<>&'`$%#_\u2028\u2029")


#: What it is told of a place with claims in view: how many, how many of them denials, the position of the
#: weightiest event type and of the status, positions of sides and of event types each followed by its claims,
#: and of event types followed by their denials (most first), first and last day (since 1970, or None), and of
#: the claim told last the positions of its event type and side, 1 if it denies, and who says it (or None).
COLUMNS: Final = (
    *FACTS,
    *("claims", "denied", "event", "status", "sides", "events", "denials", "first", "last", "latest"),
)


class MarkerLayer(folium.MacroElement):
    """All marks of one update, with the number of the last message heard of the map.

    The group of the update before is let go, or the page's memory would grow.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.feature_group = [];"
        "window.conflictmap.draw(window.map, {{ this.payload }}, {{ this.heard }});"
        "{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MarkerLayer"
        self.payload = literal(data)
        self.heard = 0

    def render(self, **kwargs: Any) -> str:
        """Nothing: streamlit-folium takes the script; what Folium would make of it here goes nowhere."""
        return ""


def literal(data: Any) -> str:
    """A script expression for some data, free of anything a template, HTML or a script could act upon."""
    text = json.dumps(json.dumps(data, ensure_ascii=False, separators=(",", ":")), ensure_ascii=False)
    for character, escape in _ESCAPED:
        text = text.replace(character, escape)
    return f"JSON.parse({text})"


def layer(
    frames: Frames, view: View, selection: Selection, selected: Iterable[str], words: Wording
) -> MarkerLayer:
    """The layer of what is in view; ``selected`` are the ids of the places to be marked out."""
    return MarkerLayer(
        {
            "places": places(frames, view, words),
            "tree": _tree(tree(frames), frames.places),
            "box": selection.box,
            "selected": list(selected),
            "at": selection.at,
            "colours": palette(selection.colours),
            "sides": SIDES,
            "present": sorted(set(frames.placed["side"].tolist())),
            "glyphs": events(),
            "statuses": STATUSES,
            "fresh": FRESH.days,
            "kinds": KINDS,
            "window": [
                day_number(selection.since or frames.choices.first, -UNDATED),
                day_number(selection.until or frames.choices.last, -UNDATED),
            ],
            "layers": [[layer.name, layer.name in selection.layers, layer.kind] for layer in declared()],
            "tables": {
                layer.name: layer.table(frames, view, words)
                for layer in declared()
                if layer.table is not None and layer.name in selection.layers
            },
            "caption": caption(frames, view, selection, words),
            "words": {
                "direction": words.direction,
                "language": words.language,
                "counted": words.codes("counted"),
                "short": words.codes("side_short"),
                "name_field": f"name_{words.language}",
                "sides": words.codes("side"),
                "events": words.codes("event"),
                "status": words.codes("status"),
                "kinds": words.codes("kind"),
                "page": words.codes("page"),
                "layers": words.codes("layer"),
                "only_area": words("place.area"),
                "undated": words("claim.undated"),
                "between": words("number.between"),
                "scale": {"km": words("place.km"), "m": words("place.metres")},
                "at_least": words("number.at_least"),
                "dead": words("claim.killed"),
                "picture": words.codes("picture"),
                **words.codes("map"),
            },
        }
    )


def places(frames: Frames, view: View, words: Wording) -> Table:
    """The places that have claims in view: a table of ``COLUMNS``."""
    placed = view.placed
    place = placed["place"].to_numpy()
    size = len(frames.places)
    total = np.bincount(place, minlength=size)
    denied = np.bincount(place, weights=placed["denied"], minlength=size).astype(int)
    sides = _most(_counts(place, placed["side"], size, len(SIDES)))
    events_of = _counts(place, placed["event"], size, len(events()))
    kinds, weightiest = _most(events_of), (events_of > 0).argmax(axis=1).tolist()
    no = placed[placed["denied"] == 1]
    denials = _most(_counts(no["place"].to_numpy(), no["event"], size, len(events())))
    status, first, last = np.zeros(size, int), np.full(size, -UNDATED), np.full(size, UNDATED)
    np.maximum.at(status, place, placed["status"])
    dated = placed[placed["first"] != UNDATED]
    np.minimum.at(first, dated["place"], dated["first"])
    np.maximum.at(last, dated["place"], dated["last"])
    latest = _latest(frames, dated, words)
    rows = (
        [
            *facts,
            int(total[n]),
            int(denied[n]),
            weightiest[n],
            int(status[n]),
            sides[n],
            kinds[n],
            denials[n],
            *((int(first[n]), int(last[n])) if last[n] != UNDATED else (None, None)),
            latest.get(n),
        ]
        for n, facts in enumerate(facts_of(frames, words))
        if total[n]
    )
    return table(COLUMNS, rows)


def _latest(frames: Frames, dated: pd.DataFrame, words: Wording) -> dict[int, list[int | str]]:
    """Of each place the claim that reaches to the latest day, of several the one that begins last: positions
    of its event type and its side, 1 if it denies, and who says it.
    """
    by = ("voice", "denied", "status", "event", "side", "first", "last", "place")
    columns = {name: dated[name].to_numpy() for name in by}
    order = np.lexsort(list(columns.values()))
    order = order[np.flatnonzero(np.diff(columns["place"][order], append=-1))]
    told = [columns[name][order].tolist() for name in ("place", "event", "side", "denied", "voice")]
    return {
        place: [event, side, denied, words.claimant(*frames.voices[voice])]
        for place, event, side, denied, voice in zip(*told, strict=True)
    }


def facts(frames: Frames, places: Iterable[int], words: Wording) -> Table:
    """Of some places, by their row numbers, what does not change with the view: a table of ``FACTS``."""
    known = facts_of(frames, words)
    return table(FACTS, (known[at] for at in places))


def _tree(found: Tree, places: pd.DataFrame) -> dict[str, Any]:
    """The tree, and where the places in it stand, to some 10 m."""
    at = {axis: places[axis].round(4).tolist() for axis in ("lat", "lon")}
    return {
        "into": found.into,
        "zoom": found.zoom,
        "rank": found.rank,
        "part": pd.factorize(places["admin1"])[0].tolist(),
        "area": places["area"].tolist(),
        **at,
    }


def _counts(place: Any, codes: pd.Series, places: int, kinds: int) -> Any:
    """How many claims of each kind at each place, a row a place."""
    found = np.bincount(place * kinds + codes.to_numpy(), minlength=places * kinds)
    return found.reshape(places, kinds)


def _most(counts: Any) -> list[list[int]]:
    """Of each row [position, count, position, count …], highest count first."""
    row, at = np.nonzero(counts)
    count = counts[row, at]
    order = np.lexsort((at, -count, row))
    flat = np.stack([at[order], count[order]], axis=1).ravel().tolist()
    ends = 2 * np.searchsorted(row, np.arange(len(counts) + 1))
    return [flat[begin:end] for begin, end in pairwise(ends.tolist())]
