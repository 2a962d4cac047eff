"""The marks of the map: claims gathered by place, handed to the page as one payload.

Folium parses rendered strings as templates once more, so no text from outside may reach it as it is: the
payload is JSON inside a string literal, in which every character that could mean something to a template,
to HTML or to a script is written as an escape.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

import folium
import pandas as pd
from folium.template import Template

from dashboard.frames import Frames, View, rows
from dashboard.selection import Selection
from dashboard.symbols import SIDES, events, palette
from dashboard.wording import Words

_ESCAPED: Final = str.maketrans({c: f"\\u{ord(c):04x}" for c in "{}<>&'`$%#\u2028\u2029"})

#: Weakest first: the ring of a place is the strongest status among its claims in view.
_STATUS: Final = ("claimed", "corroborated", "contested")


class MarkerLayer(folium.MacroElement):
    """All marks of one update. The group of the update before is let go, or the page's memory would grow."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.feature_group = []; window.conflictmap.draw(window.map, {{ this.payload }});"
        "{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MarkerLayer"
        self.payload = literal(data)


def literal(data: Any) -> str:
    """A script expression for some data, free of anything a template, HTML or a script could act upon."""
    text = json.dumps(json.dumps(data, ensure_ascii=False, separators=(",", ":")), ensure_ascii=False)
    return f"JSON.parse({text.translate(_ESCAPED)})"


def layer(
    frames: Frames, view: View, selection: Selection, selected: Iterable[str], words: Words
) -> MarkerLayer:
    """The layer of what is in view; ``selected`` are the ids of the places to be marked out."""
    return MarkerLayer(
        {
            "places": places(frames, view, words),
            "selected": list(selected),
            "colours": palette(selection.colours),
            "sides": [side for side in SIDES if side in set(frames.claims["actor_bloc"])],
            "glyphs": events(),
            "tiles": selection.tiles,
            "words": {
                "direction": words.direction,
                "name_field": f"name_{words.language}",
                "sides": words.codes("side"),
                "events": words.codes("event"),
                "status": words.codes("status"),
                **words.codes("map"),
            },
        }
    )


def places(frames: Frames, view: View, words: Words) -> list[list[Any]]:
    """One row a place, in the order that ``map.js`` reads: id, lat, lon, radius in km (0 for a dot), name,
    name in the other script, kind, claims, denials, weightiest event type, status, [side, claims] and
    [event type, claims] most first, days.
    """
    if view.placed.empty:
        return []
    weight = {code: rank for rank, code in enumerate(events())}
    facts = ["event_type", "stance", "actor_bloc", "status", "first", "last"]
    pairs = view.placed.join(view.claims[facts], on="claim_id")
    pairs["denied"] = pairs["stance"] == "denied"
    pairs["weight"] = pairs["event_type"].map(weight)
    pairs["rank"] = pairs["status"].map({status: rank for rank, status in enumerate(_STATUS)})
    by_place = pairs.groupby("place_id", sort=False)
    found = by_place.agg(
        claims=("claim_id", "size"),
        denied=("denied", "sum"),
        weight=("weight", "min"),
        rank=("rank", "max"),
        first=("first", "min"),
        last=("last", "max"),
    ).join(frames.places)
    sides = _shares(pairs, "actor_bloc")
    kinds = _shares(pairs, "event_type")
    codes = list(events())
    named, other = ("name_ar", "name_en") if words.language == "ar" else ("name_en", "name_ar")
    return [
        [
            place.Index,
            round(place.lat, 5),
            round(place.lon, 5),
            max(round(place.radius_km, 1), 1.0) if place.area else 0,
            getattr(place, named) or getattr(place, other),
            getattr(place, other) if getattr(place, named) else "",
            words.code("kind", place.kind) + (f" · {words('place.area')}" if place.area else ""),
            int(place.claims),
            int(place.denied),
            codes[int(place.weight)],
            _STATUS[int(place.rank)],
            sides[place.Index],
            kinds[place.Index],
            words.days(place.first, place.last),
        ]
        for place in rows(found)
    ]


def _shares(pairs: pd.DataFrame, column: str) -> dict[str, list[list[Any]]]:
    """For each place, how many claims have which value, most first."""
    sizes = pairs.groupby(["place_id", column], sort=False).size().sort_values(ascending=False, kind="stable")
    shares: dict[str, list[list[Any]]] = {}
    for row in rows(sizes.reset_index(name="claims")):
        shares.setdefault(row.place_id, []).append([getattr(row, column), int(row.claims)])
    return shares
