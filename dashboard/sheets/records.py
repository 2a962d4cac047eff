"""What only the pages beside the map need of the archive: incidents, mentions and the cues of the claims."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from extraction.archive import SEPARATOR, Archive


@dataclass(frozen=True, eq=False)
class Records:
    """Tables with the archive's columns, each under its key.

    ``incidents`` by incident_id, also with ``first`` and ``last`` day (NaT where undated) and ``places`` (a
    tuple of ids); ``mentions`` by doc_id and ``cues`` by claim_id, both sorted.
    """

    incidents: pd.DataFrame
    mentions: pd.DataFrame
    cues: pd.DataFrame


@st.cache_resource(show_spinner=False, max_entries=2)
def load(location: str, version: int) -> Records:
    """The records of the archive at a path or URL, as of one version of it."""
    del version  # it names what is cached
    archive = Archive(location, create=False)
    try:
        return build(archive.frames())
    finally:
        archive.close()


def build(stored: Any) -> Records:
    """Index what the archive stores (``Archive.frames()``)."""
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
    )


def of(records: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows of ``mentions`` or ``cues`` under one key, none where there are none."""
    first, last = records.index.searchsorted(key, "left"), records.index.searchsorted(key, "right")
    return records.iloc[first:last]


def _indexed(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table.set_index(key, drop=False).rename_axis(None).sort_index(kind="stable")
