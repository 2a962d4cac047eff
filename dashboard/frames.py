"""From the archive to what is in view: data frames, filtered and counted.

The one module that touches the archive. Everything here is plain pandas: no Streamlit but its cache, no
drawing. Frames are kept per version of the archive, so a rerun of the page reads nothing again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st
from rapidfuzz import process

from dashboard.selection import Choices, Selection
from dashboard.symbols import NONE
from extraction.archive import Archive
from gazetteer import sources
from gazetteer.orthography import fold
from gazetteer.place import AREA_KINDS, Place

#: A typed place name must be this alike (0 to 100, rapidfuzz ratio) to be taken for one of the list.
_ALIKE: Final = 80.0

#: The list filters and the column of ``claims`` each looks at; ``within`` looks at places instead.
_COLUMNS: Final = {
    "sides": "actor_bloc",
    "actors": "actor",
    "events": "event_type",
    "claimants": "claimant",
    "stances": "stance",
    "outlets": "outlet",
}


@dataclass(frozen=True, eq=False)
class Frames:
    """The archive in memory.

    ``claims`` (index claim_id) has the archive's columns, with ``none`` for an untold code, and ``first`` and
    ``last`` (days, NaT where undated), ``status`` of its incident, ``located`` (it has a place with
    coordinates). ``placed`` has one row for each claim and located place; ``named`` every place a claim
    names, located or not. ``places`` (index place_id) has names, kind, admin1, admin1_ar, lat, lon, radius_km
    and ``area`` (known only as an area). ``inside`` has a row for each located place and everything it lies
    in, itself included; ``names`` has a label for each of these.
    """

    version: int
    documents: pd.DataFrame
    claims: pd.DataFrame
    named: pd.DataFrame
    placed: pd.DataFrame
    places: pd.DataFrame
    inside: pd.DataFrame
    names: Mapping[str, str]
    choices: Choices
    text: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Where every claim of the archive has gone: each is in exactly one of these.

    ``mapped`` and ``unplaced`` are in view, the rest is hidden. ``undated`` of those in view have no date.
    """

    total: int
    mapped: int
    unplaced: int
    filtered: int
    outside: int
    undated_hidden: int
    undated: int

    @property
    def shown(self) -> int:
        """Claims in view, on the map or not."""
        return self.mapped + self.unplaced


@dataclass(frozen=True, eq=False)
class View:
    """What a selection lets through.

    ``claims`` in order of time, undated last; ``placed`` their located places; ``timeline`` all dated claims
    that pass the filters, whatever the window of days: columns first, last, actor_bloc, in_window.
    """

    claims: pd.DataFrame
    placed: pd.DataFrame
    timeline: pd.DataFrame
    counts: Counts


def load(location: str) -> Frames:
    """The frames of the archive at a path or URL, read anew when the archive has been written to."""
    archive = _archive(location)
    return _frames(location, archive.version)


@st.cache_resource(show_spinner=False)
def _archive(location: str) -> Archive:
    return Archive(location)


@st.cache_resource(show_spinner=False)
def _gazetteer() -> Mapping[str, Place]:
    return sources.load().places


@st.cache_resource(show_spinner=False, max_entries=2)
def _frames(location: str, version: int) -> Frames:
    archive = _archive(location)
    return build(archive.frames(), version, archive.text, _gazetteer())


def build(stored: Any, version: int, text: Callable[[str], str], gazetteer: Mapping[str, Place]) -> Frames:
    """Join what the archive stores (``Archive.frames()``) with the gazetteer's parents and further names."""
    documents = stored.documents.copy()
    documents["published"] = pd.to_datetime(documents["published"], errors="coerce")
    claims = _claims(stored.claims, stored.incidents, documents)
    named = stored.claim_places.copy()
    named["place_id"] = named["place_id"].fillna("").astype(str)
    for axis in ("lat", "lon"):
        named[axis] = pd.to_numeric(named[axis], errors="coerce")
    placed = named[named["lat"].notna() & named["lon"].notna() & (named["place_id"] != "")]
    places = _places(placed, stored.mentions, gazetteer)
    placed = placed.drop_duplicates(["claim_id", "place_id"])[["claim_id", "place_id"]].reset_index(drop=True)
    claims["located"] = claims.index.isin(placed["claim_id"])
    inside, names = _inside(places, gazetteer)
    return Frames(
        version=version,
        documents=documents.set_index("doc_id", drop=False),
        claims=claims,
        named=_reasons(named, claims, stored.mentions),
        placed=placed,
        places=places,
        inside=inside,
        names=names,
        choices=_choices(claims, names, places),
        text=text,
    )


def _claims(stored: pd.DataFrame, incidents: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    claims = stored.set_index("claim_id", drop=False).rename_axis(None)
    for column in ("actor", "actor_bloc", "target", "target_bloc", "claimant", "victims", "outlet"):
        claims[column] = claims[column].fillna("").replace("", NONE).astype(str)
    for column in ("relayed_by", "weapon", "incident_id", "date_basis", "evidence"):
        claims[column] = claims[column].fillna("").astype(str)
    claims["published"] = pd.to_datetime(claims["published"], errors="coerce")
    claims["first"] = pd.to_datetime(claims["date_start"], errors="coerce")
    claims["last"] = pd.to_datetime(claims["date_end"], errors="coerce").fillna(claims["first"])
    claims["first"] = claims["first"].fillna(claims["last"])
    status = incidents.set_index("incident_id")["status"]
    claims["status"] = claims["incident_id"].map(status).fillna("claimed").astype(str)
    titles = documents.set_index("doc_id")["title"]
    claims["title"] = claims["doc_id"].map(titles).fillna("").astype(str)
    claims["is_total"] = claims["is_total"].fillna(False).astype(bool)
    return claims.sort_values(["first", "doc_id", "start"], kind="stable", na_position="last")


def _places(placed: pd.DataFrame, mentions: pd.DataFrame, gazetteer: Mapping[str, Place]) -> pd.DataFrame:
    at = placed.drop_duplicates("place_id").set_index("place_id")[["lat", "lon"]]
    facts = mentions[mentions["place_id"].fillna("") != ""].drop_duplicates("place_id").set_index("place_id")
    places = at.join(facts[["name_ar", "name_en", "kind", "admin1", "radius_km"]], how="left")
    for column in ("name_ar", "name_en", "kind", "admin1"):
        known = pd.Series(
            {i: getattr(gazetteer[i], column) for i in places.index if i in gazetteer}, dtype=object
        )
        places[column] = places[column].replace("", None).fillna(known).fillna("").astype(str)
    radius = pd.Series({i: gazetteer[i].radius_km for i in places.index if i in gazetteer}, dtype=float)
    places["radius_km"] = pd.to_numeric(places["radius_km"], errors="coerce").fillna(radius).fillna(0.0)
    arabic = {place.name_en: place.name_ar for place in gazetteer.values() if place.kind == "governorate"}
    places["admin1_ar"] = places["admin1"].map(arabic).fillna(places["admin1"])
    places["area"] = places["kind"].isin(AREA_KINDS)
    return places


def _inside(places: pd.DataFrame, gazetteer: Mapping[str, Place]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Each place with all it lies in, and a label in two scripts for every one of them."""
    pairs: list[tuple[str, str]] = []
    labels: dict[str, str] = {}
    for place in rows(places):
        holder = str(place.Index)
        labels[holder] = label(str(place.name_ar), str(place.name_en))
        seen: set[str] = set()
        while holder and holder not in seen:
            seen.add(holder)
            pairs.append((str(place.Index), holder))
            parent = gazetteer[holder].parent_id if holder in gazetteer else ""
            if parent in gazetteer:
                labels.setdefault(parent, label(gazetteer[parent].name_ar, gazetteer[parent].name_en))
            holder = parent if parent in gazetteer else ""
    return pd.DataFrame(pairs, columns=["place_id", "ancestor"]), labels


def label(name_ar: str, name_en: str) -> str:
    """Both names of a place in one line, each once."""
    return " · ".join(dict.fromkeys(name for name in (name_en, name_ar) if name))


def _reasons(named: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Every named place with the words that name it and why it was, or was not, found."""
    named = named.assign(doc_id=named["claim_id"].map(claims["doc_id"]))
    told = mentions[["doc_id", "start", "end", "surface", "reason", "method"]]
    return named.merge(
        told.drop_duplicates(["doc_id", "start", "end"]), on=["doc_id", "start", "end"], how="left"
    )


def _choices(claims: pd.DataFrame, names: Mapping[str, str], places: pd.DataFrame) -> Choices:
    lists: dict[str, Collection[str]] = {
        attribute: tuple(claims[column].value_counts().index) for attribute, column in _COLUMNS.items()
    }
    lists["within"] = dict(sorted(names.items(), key=lambda item: item[1].casefold()))
    first, last = claims["first"].min(), claims["last"].max()
    return Choices(
        lists=lists,
        places=frozenset(places.index),
        claims=frozenset(claims.index),
        first=None if pd.isna(first) else first.date(),
        last=None if pd.isna(last) else last.date(),
    )


def tally(frames: Frames, attribute: str) -> Mapping[str, int]:
    """How many claims of the archive each choice of a list filter stands for."""
    if attribute == "within":
        pairs = frames.placed.merge(frames.inside, on="place_id")[["claim_id", "ancestor"]].drop_duplicates()
        return {str(k): int(v) for k, v in pairs["ancestor"].value_counts().items()}
    return {str(k): int(v) for k, v in frames.claims[_COLUMNS[attribute]].value_counts().items()}


def find_place(frames: Frames, typed: str, gazetteer: Mapping[str, Place] | None = None) -> str:
    """The place of the list that a typed name means, in Arabic or Latin letters; empty if none is like it."""
    known = _gazetteer() if gazetteer is None else gazetteer
    spellings: dict[str, str] = {}
    for place_id, text in frames.names.items():
        place = known.get(place_id)
        further = () if place is None else (*place.names_ar, *place.names_en)
        for name in (*text.split(" · "), *further):
            spellings.setdefault(_bare(name), place_id)
    wanted = _bare(typed)
    if wanted in spellings:
        return spellings[wanted]
    found = process.extractOne(wanted, list(spellings), score_cutoff=_ALIKE)
    return spellings[found[0]] if found else ""


def _bare(name: str) -> str:
    """A name as it compares: folded, without the article."""
    return " ".join(word.removeprefix("ال").removeprefix("al-") for word in fold(name).split())


def view(frames: Frames, selection: Selection) -> View:
    """Apply a selection: every claim ends in view or is counted with the reason it is not."""
    claims = frames.claims
    passes = pd.Series(True, index=claims.index)
    for attribute, column in _COLUMNS.items():
        if values := getattr(selection, attribute):
            passes &= claims[column].isin(values)
    if selection.within:
        inside = frames.inside.loc[frames.inside["ancestor"].isin(selection.within), "place_id"]
        there = frames.placed.loc[frames.placed["place_id"].isin(inside), "claim_id"]
        passes &= claims.index.isin(there)
    dated = claims["first"].notna()
    in_window = pd.Series(True, index=claims.index)
    if selection.since is not None:
        in_window &= claims["last"] >= pd.Timestamp(selection.since)
    if selection.until is not None:
        in_window &= claims["first"] <= pd.Timestamp(selection.until)
    shown = passes & ((dated & in_window) | (~dated & selection.undated))
    located = claims["located"]
    timeline = claims.loc[passes & dated, ["first", "last", "actor_bloc"]].assign(in_window=in_window)
    counts = Counts(
        total=len(claims),
        mapped=int((shown & located).sum()),
        unplaced=int((shown & ~located).sum()),
        filtered=int((~passes).sum()),
        outside=int((passes & dated & ~in_window).sum()),
        undated_hidden=int((passes & ~dated & (not selection.undated)).sum()),
        undated=int((shown & ~dated).sum()),
    )
    visible = claims[shown]
    placed = frames.placed[frames.placed["claim_id"].isin(visible.index)]
    return View(visible, placed, timeline, counts)


def at_place(view: View, place_id: str) -> pd.DataFrame:
    """The claims in view that name a place, in order of time."""
    return view.claims[
        view.claims.index.isin(view.placed.loc[view.placed["place_id"] == place_id, "claim_id"])
    ]


def places_of(frames: Frames, claim_id: str) -> list[str]:
    """The located places of a claim, in the order the text names them."""
    return frames.placed.loc[frames.placed["claim_id"] == claim_id, "place_id"].tolist()


def without_place_or_date(frames: Frames, claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that cannot be drawn in space or in time, with the reason as a code.

    Columns ``place_reason`` (empty, no_place, unlisted), ``place_detail`` (the words of the text that are in
    no list of places, or why none was chosen) and ``date_reason`` (empty, no_date, no_publication).
    """
    lacking = claims[~claims["located"] | claims["first"].isna()].copy()
    names = frames.named[frames.named["claim_id"].isin(lacking.index)]
    unlisted = names[names["lat"].isna()].fillna({"surface": "", "reason": ""})
    detail = unlisted.groupby("claim_id")["surface"].agg(
        lambda words: "، ".join(dict.fromkeys(w for w in words if w))
    )
    lacking["place_reason"] = ""
    lacking.loc[~lacking["located"], "place_reason"] = "no_place"
    lacking.loc[~lacking["located"] & lacking.index.isin(unlisted["claim_id"]), "place_reason"] = "unlisted"
    lacking["place_detail"] = lacking["claim_id"].map(detail).fillna("")
    lacking["date_reason"] = ""
    undated = lacking["first"].isna()
    lacking.loc[undated, "date_reason"] = "no_date"
    lacking.loc[undated & lacking["published"].isna(), "date_reason"] = "no_publication"
    return lacking


def rows(frame: pd.DataFrame) -> Iterable[Any]:
    """The rows of a frame as named tuples, their index as ``Index``."""
    return frame.itertuples()
