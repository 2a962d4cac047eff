"""What is in view as files: CSV for any spreadsheet, GeoJSON for any map."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.filters import set_filters
from dashboard.frames import Frames, View, rows
from dashboard.selection import Selection
from dashboard.symbols import NONE
from dashboard.wording import Wording
from extraction.keeping.contents import neutralise

#: The columns of the exported archive, and what a reader of one file needs beside them.
COLUMNS: Final = (
    *("claim_id", "doc_id", "title", "outlet", "published", "published_basis", "published_first"),
    *("published_last", "event_type", "stance", "actor", "actor_bloc", "target", "target_bloc", "claimant"),
    *("relayed_by", "date_start", "date_end", "date_basis", "killed_min", "killed_max", "wounded_min"),
    *("wounded_max", "victims", "strikes_min", "strikes_max", "weapon", "is_total", "incident_id", "status"),
    *("confidence", "evidence"),
)


def show(frames: Frames, view: View, words: Wording, picked: pd.DataFrame | None = None) -> None:
    """A button for each kind of file, of what is in view or of the ``picked`` claims of it, where there are
    any; the file is made when it is asked for.
    """
    only = picked is not None and not picked.empty
    if picked is not None and only:
        view = replace(view, claims=picked)
    named = name(session.kept(), picked=only)
    for label, ending, kind, make in (
        ("download.csv", "csv", "text/csv", csv),
        ("download.geojson", "geojson", "application/geo+json", geojson),
    ):
        st.download_button(
            words(f"{label}_picked" if only else label),
            data=partial(make, frames, view),
            file_name=f"{named}.{ending}",
            mime=kind,
            key=label,
            on_click="ignore",
            disabled=view.claims.empty,
        )


def name(selection: Selection, *, picked: bool = False) -> str:
    """What a file is called: claims-in-view or claims-picked, and the filters that are set, as the address
    calls them.
    """
    return "-".join(("claims-picked" if picked else "claims-in-view", *set_filters(selection)))


def csv(frames: Frames, view: View) -> bytes:
    """One row a claim in view, in order of time, with its places; no cell is taken for a formula."""
    table = _table(view.claims).assign(
        place_ids=["; ".join(frames.places_of.get(claim, ())) for claim in view.claims.index],
        places=[
            "; ".join(frames.names[place] for place in frames.places_of.get(claim, ()))
            for claim in view.claims.index
        ],
        lat=[_at(frames, claim, "lat") for claim in view.claims.index],
        lon=[_at(frames, claim, "lon") for claim in view.claims.index],
    )
    for column in table.columns:
        table[column] = [neutralise(cell) if isinstance(cell, str) else cell for cell in table[column]]
    # The mark tells spreadsheets that the letters are UTF-8.
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def geojson(frames: Frames, view: View) -> bytes:
    """A point for each claim in view and place with coordinates; ``radius_km`` says how sure the point is."""
    table = _table(view.claims)
    known = {place.Index: place for place in rows(frames.places)}
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [known[place].lon, known[place].lat]},
            "properties": _told(claim)
            | {
                "place_id": place,
                "name_ar": known[place].name_ar,
                "name_en": known[place].name_en,
                "kind": known[place].kind,
                "radius_km": known[place].radius_km,
            },
        }
        for claim in table.to_dict("records")
        for place in frames.places_of.get(str(claim["claim_id"]), ())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _table(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims as they are exported: what is not told is empty, days as year-month-day."""
    table = pd.DataFrame(index=claims.index)
    for column in COLUMNS:
        values = claims[column]
        if isinstance(values.dtype, pd.CategoricalDtype):
            values = values.astype(str).replace(NONE, "")
        elif pd.api.types.is_datetime64_any_dtype(values.dtype):
            values = values.dt.strftime("%Y-%m-%d").fillna("")
        table[column] = values
    return table


def _told(claim: Mapping[Any, Any]) -> dict[str, Any]:
    """The properties of a feature: only what is told."""
    return {
        str(name): value.item() if hasattr(value, "item") else value
        for name, value in claim.items()
        if not pd.isna(value) and value != ""
    }


def _at(frames: Frames, claim: str, axis: str) -> str:
    points = frames.places.loc[list(frames.places_of.get(claim, ())), axis]
    return "; ".join(f"{degrees:.5f}" for degrees in points)
