"""What only the pages beside the map need of the archive: incidents, mentions, cues and every known place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from extraction.archive import SEPARATOR, Archive, places_path
from gazetteer import sources
from gazetteer.orthography import fold
from gazetteer.place import Place


@dataclass(frozen=True, eq=False)
class Records:
    """Tables with the archive's columns, each under its key.

    ``incidents`` by incident_id, also with ``first`` and ``last`` day (NaT where undated) and ``places`` (a
    tuple of ids); ``mentions`` by doc_id and ``cues`` by claim_id, both sorted. ``places`` are all that the
    archive's texts could have meant, named in them or not, by id.
    """

    incidents: pd.DataFrame
    mentions: pd.DataFrame
    cues: pd.DataFrame
    places: Mapping[str, Place]

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the places that bear an Arabic name, in the spelling in which names are compared."""
        found: dict[str, list[str]] = {}
        for place in self.places.values():
            for name in {fold(name) for name in (place.name_ar, *place.names_ar)}:
                found.setdefault(name, []).append(place.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def in_arabic(self) -> Mapping[str, str]:
        """English name of a place to its Arabic one; of two of a name the governorate's."""
        places = sorted(self.places.values(), key=lambda place: place.kind == "governorate")
        return {place.name_en: place.name_ar for place in places if place.name_en}


@st.cache_resource(show_spinner=False, max_entries=2)
def load(location: str, version: int) -> Records:
    """The records of the archive at a path or URL, as of one version of it."""
    del version  # it names what is cached
    archive = Archive(location, create=False)
    try:
        return build(archive.frames(), sources.load(places_path(location)).places)
    finally:
        archive.close()


def build(stored: Any, places: Mapping[str, Place]) -> Records:
    """Index what the archive stores (``Archive.frames()``), beside the places of its lists."""
    incidents = stored.incidents.set_index("incident_id", drop=False).rename_axis(None)
    incidents["first"] = pd.to_datetime(incidents["date_start"], errors="coerce")
    incidents["last"] = pd.to_datetime(incidents["date_end"], errors="coerce").fillna(incidents["first"])
    incidents["places"] = [
        tuple(filter(None, str(ids or "").split(SEPARATOR))) for ids in incidents["place_ids"]
    ]
    return Records(
        incidents=incidents,
        mentions=_indexed(stored.mentions, "doc_id"),
        cues=_indexed(stored.cues, "claim_id"),
        places=places,
    )


def of(records: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows of ``mentions`` or ``cues`` under one key, none where there are none."""
    first, last = records.index.searchsorted(key, "left"), records.index.searchsorted(key, "right")
    return records.iloc[first:last]


def _indexed(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table.set_index(key, drop=False).rename_axis(None).sort_index(kind="stable")
