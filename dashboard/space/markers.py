"""The marks of the map: claims gathered by place, handed to the page as one payload.

Folium parses rendered strings as templates once more, so no text from outside may reach it as it is: the
payload is JSON inside a string literal, in which every character that could mean something to a template,
to HTML or to a script is written as an escape.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

import folium
import numpy as np
import pandas as pd
from folium.template import Template

from dashboard.frames import STATUSES, UNDATED, Frames, View
from dashboard.selection import Selection
from dashboard.symbols import SIDES, events, palette
from dashboard.wording import Words
from gazetteer.place import KINDS

#: What could mean something to Jinja, to HTML or to a script; the underscore, because streamlit-folium
#: renames whatever looks like one of Folium's variables.
_ESCAPED: Final = tuple((c, f"\\u{ord(c):04x}") for c in "{}<>&'`$%#_\u2028\u2029")


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
    for character, escape in _ESCAPED:
        text = text.replace(character, escape)
    return f"JSON.parse({text})"


def layer(
    frames: Frames, view: View, selection: Selection, selected: Iterable[str], words: Words
) -> MarkerLayer:
    """The layer of what is in view; ``selected`` are the ids of the places to be marked out."""
    return MarkerLayer(
        {
            "places": places(frames, view, words),
            "selected": list(selected),
            "colours": palette(selection.colours),
            "sides": SIDES,
            "present": sorted(set(frames.placed["side"].tolist())),
            "glyphs": events(),
            "statuses": STATUSES,
            "kinds": KINDS,
            "tiles": selection.tiles,
            "words": {
                "direction": words.direction,
                "name_field": f"name_{words.language}",
                "sides": words.codes("side"),
                "events": words.codes("event"),
                "status": words.codes("status"),
                "kinds": words.codes("kind"),
                "page": words.codes("page"),
                "only_area": words("place.area"),
                "undated": words("claim.undated"),
                "between": words("number.between"),
                **words.codes("map"),
            },
        }
    )


def places(frames: Frames, view: View, words: Words) -> list[list[Any]]:
    """One row a place, in the order that ``map.js`` reads.

    id, lat, lon, radius in km (0 for a dot), name, name in the other script, position of its kind in
    ``KINDS``, claims, denials, positions of the weightiest event type and of the status, positions of sides
    and of event types each followed by its claims (most first), first and last day (since 1970, or None).
    """
    placed = view.placed
    place = placed["place"].to_numpy()
    size = len(frames.places)
    total = np.bincount(place, minlength=size)
    denied = np.bincount(place, weights=placed["denied"], minlength=size).astype(int)
    sides = _counts(place, placed["side"], size, len(SIDES))
    kinds = _counts(place, placed["event"], size, len(events()))
    status, first, last = np.zeros(size, int), np.full(size, -UNDATED), np.full(size, UNDATED)
    np.maximum.at(status, place, placed["status"])
    dated = placed[placed["first"] != UNDATED]
    np.minimum.at(first, dated["place"], dated["first"])
    np.maximum.at(last, dated["place"], dated["last"])
    named, other = ("name_ar", "name_en") if words.language == "ar" else ("name_en", "name_ar")
    facts = frames.places
    ids = facts.index.tolist()
    return [
        [
            ids[n],
            *at,
            max(radius, 1.0) if area else 0,
            name or further,
            further if name else "",
            kind,
            int(total[n]),
            int(denied[n]),
            next(at for at, count in enumerate(kinds[n]) if count),
            int(status[n]),
            _most(sides[n]),
            _most(kinds[n]),
            *((int(first[n]), int(last[n])) if last[n] != UNDATED else (None, None)),
        ]
        for n, (*at, radius, area, name, further, kind) in enumerate(
            zip(
                facts["lat"].round(5).tolist(),
                facts["lon"].round(5).tolist(),
                facts["radius_km"].round(1).tolist(),
                facts["area"].tolist(),
                facts[named].tolist(),
                facts[other].tolist(),
                pd.Index(KINDS).get_indexer(pd.Index(facts["kind"])).tolist(),
                strict=True,
            )
        )
        if total[n]
    ]


def _counts(place: Any, codes: pd.Series, places: int, kinds: int) -> Any:
    """How many claims of each kind at each place: a list of places, each a list of counts."""
    return (
        np.bincount(place * kinds + codes.to_numpy(), minlength=places * kinds)
        .reshape(places, kinds)
        .tolist()
    )


def _most(counts: list[int]) -> list[int]:
    """[position, count, position, count …], highest count first."""
    found = sorted((-count, at) for at, count in enumerate(counts) if count)
    return [x for count, at in found for x in (at, -count)]
