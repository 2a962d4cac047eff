"""Which claims are written out, where not all are to be."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from extraction.keeping.rows import Tables
from gazetteer.sources import Gazetteer

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of a claim; nothing, where all is empty.

    That it may have happened ``since`` one day and ``until`` another, inclusive; that it is done by or to one
    of the ``sides``; that it is one of the ``events``; that one of its places is one of ``places`` (ids), or
    lies in one of them; that one lies in an ``area`` (west, south, east, north in degrees).
    """

    since: date | None = None
    until: date | None = None
    sides: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    area: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        told = {
            "since": self.since,
            "until": self.until,
            "side": ", ".join(self.sides),
            "event": ", ".join(self.events),
            "place": ", ".join(self.places),
            "area": ", ".join(f"{degrees:g}" for degrees in self.area or ()),
        }
        return "; ".join(f"{name} {value}" for name, value in told.items() if value) or "none: all claims"


def chosen(stored: Tables, choice: Choice, gazetteer: Gazetteer | None) -> Tables:
    """The tables with the claims that are asked for, their texts, and their incidents (told as wholes)."""
    if choice == Choice():
        return stored
    claims = stored.claims[_asked(stored, choice, gazetteer)]
    texts, claim_ids = set(claims["doc_id"]), set(claims["claim_id"])
    return replace(
        stored,
        documents=stored.documents[stored.documents["doc_id"].isin(texts)],
        mentions=stored.mentions[stored.mentions["doc_id"].isin(texts)],
        claims=claims,
        claim_places=stored.claim_places[stored.claim_places["claim_id"].isin(claim_ids)],
        cues=stored.cues[stored.cues["claim_id"].isin(claim_ids)],
        incidents=stored.incidents[stored.incidents["incident_id"].isin(set(claims["incident_id"]))],
    )


def _asked(stored: Tables, choice: Choice, gazetteer: Gazetteer | None) -> "pd.Series[bool]":
    """Of each claim whether it is asked for."""
    claims = stored.claims
    asked = claims["claim_id"].notna()
    if choice.since:
        asked &= claims["date_end"].fillna(claims["date_start"]) >= str(choice.since)
    if choice.until:
        asked &= claims["date_start"] <= str(choice.until)
    if choice.sides:
        asked &= claims["actor_bloc"].isin(choice.sides) | claims["target_bloc"].isin(choice.sides)
    if choice.events:
        asked &= claims["event_type"].isin(choice.events)
    places = stored.claim_places
    if choice.places:
        inside = _inside(choice.places, gazetteer)
        asked &= claims["claim_id"].isin(places.loc[places["place_id"].isin(inside), "claim_id"])
    if choice.area:
        west, south, east, north = choice.area
        there = places["lon"].between(west, east) & places["lat"].between(south, north)
        asked &= claims["claim_id"].isin(places.loc[there, "claim_id"])
    return asked


def _inside(places: Collection[str], gazetteer: Gazetteer | None) -> set[str]:
    """Some places and all that lie in them."""
    found, last = set(places), 0
    while gazetteer and last != len(found):
        last = len(found)
        found.update(place.id for place in gazetteer.places.values() if place.parent_id in found)
    return found
