"""From the archive to what is in view: data frames, filtered and counted.

The one module that touches the archive. Everything here is plain pandas: no Streamlit but its cache, no
drawing. Frames are kept per version of the archive, so a rerun of the page reads nothing again.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
import streamlit as st
from rapidfuzz import process

from dashboard import layers
from dashboard.selection import LISTS, TREES, Box, Choices, Selection
from dashboard.symbols import NONE, SIDES, events
from extraction.joining.incident import voice_sides
from extraction.keeping.archive import Archive, ArchiveError, places_path
from extraction.keeping.rows import SEPARATOR
from gazetteer import sources
from gazetteer.orthography import fold
from gazetteer.place import AREA_KINDS, Place

Key = TypeVar("Key")
Flags = np.ndarray[Any, np.dtype[np.bool_]]

#: A typed place name must be this alike (0 to 100, rapidfuzz ratio) to be taken for one of the list.
_LIKENESS: Final = 80.0

#: The list filters and the column of ``claims`` each looks at; ``within`` looks at places instead.
_COLUMNS: Final = {
    "events": "event_type",
    "sides": "actor_bloc",
    "target_sides": "target_bloc",
    "voice_sides": "claimant_bloc",
    "actors": "actor",
    "targets": "target",
    "claimants": "claimant",
    "relays": "relayed_by",
    "outlets": "outlet",
    "statuses": "status",
    "stances": "stance",
    "victims": "victims",
    "weapons": "weapon",
}

#: A list that hangs below another in one tree, and that other one.
_BELOW: Final = {branch: root for root, branch in TREES.items()}

#: Of what one may ask everything, by its kind: the lists it may be named in.
PROFILES: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("within",),
    "side": ("sides", "target_sides", "voice_sides"),
    "group": ("actors", "targets"),
    "voice": ("claimants", "relays"),
    "outlet": ("outlets",),
}

#: The event types of each kind of mark on the map; what is in none of the other two is a clash.


#: Weakest first: how sure a claim is, as its incident says.
STATUSES: Final = ("claimed", "corroborated", "contested")

#: Mean radius of the earth, and the length of a degree of latitude on it.
_EARTH_KM: Final = 6371.0
_DEGREE_KM: Final = _EARTH_KM * np.pi / 180

#: Farther than this from a place, nothing is near to it.
NEARBY_KM: Final = 25.0

#: The day number of what has no date.
UNDATED: Final = -(2**31)


#: How the day of publication of a document is known.
_PUBLISHED: Final = ("published_basis", "published_first", "published_last")

#: Columns of few different values, and columns of free words.
_CODED: Final = (
    *(column for column in _COLUMNS.values() if column != "relayed_by"),
    "date_basis",
    "published_basis",
)
_WORDED: Final = ("claim_id", "doc_id", "evidence", "relayed_by", "incident_id", "title")


@dataclass(frozen=True, eq=False)
class Frames:
    """The archive in memory.

    ``claims`` (index claim_id, in order of time, undated last) has the archive's columns, with ``none`` for
    an untold code, and ``first`` and ``last`` (days, NaT where undated), ``status`` of its incident,
    ``claimant_bloc`` (the side that the claimant speaks for; also ``independent``), ``located`` (it has a
    place with coordinates), and of its document ``title``, ``published_basis`` and the days between which an
    inferred day of publication lies, ``published_first`` and ``published_last`` (else NaT).

    ``named`` has every place a claim names, located or not. ``placed`` has one row for each claim and located
    place, in whole numbers only: ``claim`` and ``place`` are row numbers in ``claims`` and ``places``,
    ``side``, ``event``, ``status`` and ``mark`` positions in ``SIDES``, ``events()``, ``STATUSES`` and
    ``layers.marks()``, ``voice`` one in ``voices``, ``denied`` is 0 or 1, ``first`` and ``last`` are days
    since 1970 (``UNDATED`` where there is none). ``voices`` has for each who says something its claimant
    and its outlet: the outlet is "" where the text names who says it, the claimant ``none`` where it names
    no one.

    ``places`` (index place_id) has names, kind, admin1, admin1_ar, lat, lon, radius_km and ``area`` (known
    only as an area). ``inside`` has a row for each located place and everything it lies in, itself included;
    ``names`` has a label for each of these. ``held`` has one row for each claim and each of these that it is
    in: ``claim`` and ``holder``, row numbers in ``claims`` and ``holders``.

    ``places_of`` gives the located places of a claim in the order the text names them, ``spans`` where it
    names any, ``gazetteer`` all places of the archive's lists, named in its texts or not, by id. ``parents``
    has for each list that is a tree (``within``, and the branches of ``TREES``) what a choice lies in or
    belongs to, where there is such a thing.

    ``incidents`` (index incident_id) has the archive's columns, and ``first`` and ``last`` day (NaT where
    undated) and ``places`` (a tuple of ids). ``mentions`` is indexed by doc_id and ``cues`` by claim_id, both
    sorted: ``of`` finds the rows of one.

    ``trace`` says what became of a claim that is not there, see ``Archive.trace``.

    ``deniers`` has for an incident and an event type the
    claimant and outlet of each denial (who denies that a town was taken does not deny that it was attacked,
    but who denies that it was entered denies that it was taken). ``tallies`` says for each list filter how
    many claims each choice stands for.
    """

    version: int
    documents: pd.DataFrame
    claims: pd.DataFrame
    incidents: pd.DataFrame
    mentions: pd.DataFrame
    cues: pd.DataFrame
    named: pd.DataFrame
    placed: pd.DataFrame
    voices: tuple[tuple[str, str], ...]
    places: pd.DataFrame
    inside: pd.DataFrame
    names: Mapping[str, str]
    held: pd.DataFrame
    holders: pd.Index
    places_of: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, tuple[tuple[int, int], ...]]
    deniers: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    tallies: Mapping[str, Mapping[str, int]]
    parents: Mapping[str, Mapping[str, str]]
    choices: Choices
    text: Callable[[str], str]
    trace: Callable[[str], str | None]
    gazetteer: Mapping[str, Place]

    @cached_property
    def folded(self) -> np.ndarray[Any, np.dtype[np.object_]]:
        """The evidence of each claim in the spelling in which words are looked for."""
        return np.array([fold(words) for words in self.claims["evidence"]], dtype=object)

    @cached_property
    def codes(self) -> Mapping[str, np.ndarray[Any, Any]]:
        """For each list filter but ``within``, the position of each claim's code among its choices."""
        return {
            name: pd.Index(self.choices.lists[name]).get_indexer(pd.Index(_told(self.claims, column)))
            for name, column in _COLUMNS.items()
        }

    @cached_property
    def addresses(self) -> Mapping[str, Mapping[str, Any]]:
        """Of each text, as it was told, its ``url`` and its ``archived_url``."""
        columns = self.documents.columns.intersection(["url", "archived_url"])
        return self.documents[columns].to_dict("index")  # type: ignore[return-value]

    @cached_property
    def called(self) -> Mapping[str, Mapping[str, str]]:
        """Language to the name of each place in its script, else in the other, for every one in ``names``."""
        found: dict[str, dict[str, str]] = {}
        for language, columns in (("en", ("name_en", "name_ar")), ("ar", ("name_ar", "name_en"))):
            found[language] = {}
            for place_id, text in self.names.items():
                known = self.gazetteer.get(place_id)
                listed = (getattr(known, column) for column in columns if known)
                found[language][place_id] = next(filter(None, listed), text)
            for first, other, place_id in zip(
                *(self.places[column] for column in columns), self.places.index, strict=True
            ):
                found[language][str(place_id)] = str(first or other or self.names[str(place_id)])
        return found

    @cached_property
    def spellings(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
        """Every spelling of a name, as it compares, with the ids of the places that bear it: of those with
        claims, the one with the most first; and of all of ``Choices.points``.
        """
        listed = {row.Index: (row.name_ar, row.name_en) for row in rows(self.places)}
        most = sorted(self.names, key=lambda place: -self.tallies["within"].get(place, 0))

        def spelt(places: Iterable[str]) -> dict[str, tuple[str, ...]]:
            found: dict[str, list[str]] = defaultdict(list)
            for place_id in places:
                names = list(listed.get(place_id, ()))
                if place := self.gazetteer.get(place_id):
                    names += [place.name_ar, place.name_en, *place.names_ar, *place.names_en]
                for name in {bare(name) for name in names if name}:
                    found[name].append(place_id)
            return {name: tuple(ids) for name, ids in found.items()}

        points = dict.fromkeys((*(p for p in most if p in self.choices.points), *sorted(self.choices.points)))
        return spelt(most), spelt(points)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the listed places that bear an Arabic name, in the spelling in which names compare."""
        found: dict[str, list[str]] = defaultdict(list)
        for place in self.gazetteer.values():
            for name in {fold(name) for name in (place.name_ar, *place.names_ar)}:
                found[name].append(place.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def in_arabic(self) -> Mapping[str, str]:
        """English name of a listed place to its Arabic one; of two of a name the governorate's."""
        listed = sorted(self.gazetteer.values(), key=lambda place: place.kind == "governorate")
        return {place.name_en: place.name_ar for place in listed if place.name_en}


@dataclass(frozen=True, slots=True)
class Counts:
    """Where every claim of the archive has gone: each is in exactly one of these.

    ``mapped``, ``unmarked`` (the map does not show that kind of event) and ``unplaced`` are in view, the rest
    is hidden. Of those in view ``undated`` have no date, and ``denied`` are denials. ``places`` and ``areas``
    are how many places, and places known only as an area, those in view name.
    """

    total: int
    mapped: int
    unmarked: int
    unplaced: int
    filtered: int
    outside: int
    undated_hidden: int
    undated: int
    denied: int
    places: int
    areas: int

    @property
    def shown(self) -> int:
        """Claims in view, on the map or not."""
        return self.mapped + self.unmarked + self.unplaced


@dataclass(frozen=True, eq=False)
class View:
    """What a selection lets through: its part of ``claims`` and ``placed``, in the same form and order.

    ``timeline`` has all dated claims that pass the filters, whatever the window of days: columns first,
    last, actor_bloc. ``facets`` has for each list filter how many claims each of its choices would have
    in view, whatever else of that filter is chosen; choices without any are left out. ``denials`` says of
    each event type how many of these are denials. ``emptied``, where nothing is in view, says for each
    filter that is set (attribute of ``Selection``, the root's for a tree, or ``days``) how many claims would
    be if it were cleared. ``passing`` says of each claim of the archive whether it would be in view if all
    days were.
    """

    claims: pd.DataFrame
    placed: pd.DataFrame
    timeline: pd.DataFrame
    counts: Counts
    facets: Mapping[str, Mapping[str, int]]
    denials: Mapping[str, int]
    emptied: Mapping[str, int]
    passing: Flags


def load(location: str) -> Frames:
    """The frames of the archive at a path or URL, read anew when the archive has been written to."""
    archive = _archive(location)
    return _frames(location, archive.moment)


@st.cache_resource(show_spinner=False)
def _archive(location: str) -> Archive:
    return Archive(location, create=False)


@st.cache_resource(show_spinner=False)
def _gazetteer(location: str) -> Mapping[str, Place]:
    return sources.load(places_path(location)).places


@st.cache_resource(show_spinner=False, max_entries=2)
def _frames(location: str, moment: str) -> Frames:
    archive = _archive(location)
    made = build(archive.frames(), archive.version, archive.text, _gazetteer(location), archive.trace)
    # All this stays: a collection of garbage that looked at it would stop every reader for a while.
    gc.unfreeze()  # what was kept of the archive before
    gc.collect()
    gc.freeze()
    return made


def build(
    stored: Any,
    version: int,
    text: Callable[[str], str],
    gazetteer: Mapping[str, Place],
    trace: Callable[[str], str | None] = lambda _: None,
) -> Frames:
    """Join what the archive stores (``Archive.frames()``) with the gazetteer's parents and further names."""
    documents = stored.documents.copy()
    documents["published"] = pd.to_datetime(documents["published"], errors="coerce")
    claims = _claims(stored.claims, stored.incidents, documents)
    named = stored.claim_places.copy()
    named["place_id"] = named["place_id"].fillna("").astype(str)
    for axis in ("lat", "lon"):
        named[axis] = pd.to_numeric(named[axis], errors="coerce")
    located = named[named["lat"].notna() & named["lon"].notna() & (named["place_id"] != "")]
    places = _places(located, stored.mentions, gazetteer)
    located = located.drop_duplicates(["claim_id", "place_id"])
    claims["located"] = claims.index.isin(located["claim_id"])
    voice, voices = _voices(claims)
    placed = _placed(located, claims.assign(voice=voice), places)
    inside, names, parents = _inside(places, gazetteer)
    held = located[["claim_id", "place_id"]].merge(inside, on="place_id")
    held = held.drop_duplicates(["claim_id", "ancestor"])
    holders = pd.Index(names)
    return Frames(
        version=version,
        documents=documents.set_index("doc_id", drop=False),
        claims=claims,
        incidents=_incidents(stored.incidents),
        mentions=_under(stored.mentions, "doc_id"),
        cues=_under(stored.cues, "claim_id"),
        named=_reasons(named, claims, stored.mentions),
        placed=placed,
        voices=voices,
        places=places,
        inside=inside,
        names=names,
        held=pd.DataFrame(
            {
                "claim": claims.index.get_indexer(pd.Index(held["claim_id"])),
                "holder": holders.get_indexer(pd.Index(held["ancestor"])),
            }
        ),
        holders=holders,
        places_of=_grouped(located["claim_id"], located["place_id"]),
        spans=_grouped(named["claim_id"], zip(named["start"], named["end"], strict=True)),
        deniers=_deniers(claims),
        tallies=_tallies(claims, held),
        parents={"within": parents} | {branch: _owners(claims, branch) for branch in _BELOW},
        choices=_choices(claims, names, places, gazetteer),
        text=_lasting(text),
        trace=_lasting_trace(trace),
        gazetteer=gazetteer,
    )


def _claims(stored: pd.DataFrame, incidents: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    claims = stored.set_index("claim_id", drop=False).rename_axis(None)
    for column in ("actor", "actor_bloc", "target", "target_bloc", "claimant", "victims", "weapon", "outlet"):
        claims[column] = claims[column].fillna("").replace("", NONE).astype(str)
    claims["claimant_bloc"] = claims["claimant"].map(voice_sides()).fillna(NONE)
    for column in ("relayed_by", "incident_id", "date_basis", "evidence"):
        claims[column] = claims[column].fillna("").astype(str)
    claims["published"] = pd.to_datetime(claims["published"], errors="coerce")
    claims["first"] = pd.to_datetime(claims["date_start"], errors="coerce")
    claims["last"] = pd.to_datetime(claims["date_end"], errors="coerce").fillna(claims["first"])
    claims["first"] = claims["first"].fillna(claims["last"])
    status = dict(zip(incidents["incident_id"], incidents["status"], strict=True))
    claims["status"] = [status.get(incident, STATUSES[0]) for incident in claims["incident_id"]]
    facts = documents.set_index("doc_id")[["title", *_PUBLISHED]].reindex(claims["doc_id"])
    for column in ("title", *_PUBLISHED):
        claims[column] = facts[column].array
    claims["is_total"] = claims["is_total"].fillna(False).astype(bool)
    claims = claims.sort_values(["first", "doc_id", "start"], kind="stable", na_position="last")
    return claims.astype(dict.fromkeys(_CODED, "category") | dict.fromkeys(_WORDED, "object"))


def _incidents(stored: pd.DataFrame) -> pd.DataFrame:
    incidents = _under(stored, "incident_id")
    incidents["first"] = pd.to_datetime(incidents["date_start"], errors="coerce")
    incidents["last"] = pd.to_datetime(incidents["date_end"], errors="coerce").fillna(incidents["first"])
    incidents["places"] = [
        tuple(filter(None, str(ids or "").split(SEPARATOR))) for ids in incidents["place_ids"]
    ]
    return incidents


def _under(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table.set_index(key, drop=False).rename_axis(None).sort_index(kind="stable")


def of(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows of ``Frames.mentions`` or ``Frames.cues`` under one key, none where there are none."""
    first, last = table.index.searchsorted(key, "left"), table.index.searchsorted(key, "right")
    return table.iloc[first:last]


def _placed(located: pd.DataFrame, claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    claim = claims.index.get_indexer(pd.Index(located["claim_id"]))
    first, last = (_days(claims[column])[claim] for column in ("first", "last"))
    return pd.DataFrame(
        {
            "claim": claim,
            "place": places.index.get_indexer(pd.Index(located["place_id"])),
            "side": _positions(claims["actor_bloc"], SIDES)[claim],
            "event": _positions(claims["event_type"], tuple(events()))[claim],
            "status": _positions(claims["status"], STATUSES)[claim],
            "mark": _positions(claims["event_type"].astype(str).map(layers.mark_of), layers.marks())[claim],
            "denied": (claims["stance"] == "denied").to_numpy(dtype=np.int64)[claim],
            "voice": claims["voice"].to_numpy()[claim],
            "first": first,
            "last": last,
        }
    )


def _voices(claims: pd.DataFrame) -> tuple[np.ndarray[Any, np.dtype[np.int64]], tuple[tuple[str, str], ...]]:
    """For each claim the position of its voice, and the voices."""
    claimant, outlet = claims["claimant"].astype(str), claims["outlet"].astype(str)
    pairs = pd.MultiIndex.from_arrays([claimant, outlet.where(claimant == NONE, "")])
    codes, found = pd.factorize(pairs, sort=True)
    return codes, tuple((str(who), str(where)) for who, where in found)


def _lasting_trace(trace: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """As ``trace``, but of an archive that cannot be reached nothing is known."""

    def read(claim_id: str) -> str | None:
        try:
            return trace(claim_id)
        except ArchiveError:
            return None

    return read


def _lasting(text: Callable[[str], str]) -> Callable[[str], str]:
    """As ``text``, but empty for a document that was forgotten since the frames were read, and kept: a step
    of time shows mostly the claims that the one before showed.
    """

    kept = lru_cache(maxsize=256)(text)  # what could not be read is not kept

    def read(doc_id: str) -> str:
        try:
            return kept(doc_id)
        except (LookupError, ArchiveError):
            return ""

    return read


def _positions(codes: pd.Series, order: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Where each code stands in an order; a code that is not in it stands last."""
    found = pd.Index(order).get_indexer(pd.Index(codes.astype(str)))
    return np.where(found < 0, len(order) - 1, found).astype(np.int64)


def _days(days: pd.Series) -> np.ndarray[Any, np.dtype[np.int64]]:
    number = days.to_numpy(dtype="datetime64[D]").astype(np.int64)
    return np.where(days.isna(), UNDATED, number)


def _grouped(keys: Iterable[Key], values: Iterable[Any]) -> dict[Key, tuple[Any, ...]]:
    grouped: dict[Key, list[Any]] = defaultdict(list)
    for key, value in zip(keys, values, strict=True):
        grouped[key].append(value)
    return {key: tuple(of_key) for key, of_key in grouped.items()}


def _deniers(claims: pd.DataFrame) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    denials = claims[(claims["stance"] == "denied") & (claims["incident_id"] != "")]
    happenings = list(zip(denials["incident_id"], denials["event_type"], strict=True))
    voices = list(zip(denials["claimant"], denials["outlet"], strict=True))
    # What was not even entered was not taken.
    entries = [
        ((incident, "control_change"), voice)
        for (incident, event), voice in zip(happenings, voices, strict=True)
        if event == "advance"
    ]
    return _grouped(
        (*happenings, *(happening for happening, _ in entries)), (*voices, *(voice for _, voice in entries))
    )


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
    places["admin1_ar"] = [arabic.get(name, name) for name in places["admin1"]]
    places["area"] = places["kind"].isin(AREA_KINDS)
    return places


def _inside(
    places: pd.DataFrame, gazetteer: Mapping[str, Place]
) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """Each place with all it lies in; a label in two scripts for every one of them, and what it lies in."""
    pairs: list[tuple[str, str]] = []
    labels: dict[str, str] = {}
    parents: dict[str, str] = {}
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
                parents[holder] = parent
            holder = parent if parent in gazetteer else ""
    often = Counter(labels.values())
    for place_id, text in labels.items():
        admin1 = gazetteer[place_id].admin1 if place_id in gazetteer else ""
        if often[text] > 1 and admin1:
            labels[place_id] = f"{text} ({admin1})"
    return pd.DataFrame(pairs, columns=["place_id", "ancestor"]), labels, parents


def _owners(claims: pd.DataFrame, branch: str) -> dict[str, str]:
    """The side that each group or voice most often acts, suffers or speaks for."""
    pairs = pd.DataFrame(
        {"code": _told(claims, _COLUMNS[branch]), "side": _told(claims, _COLUMNS[_BELOW[branch]])}
    )
    often = pairs.value_counts(sort=True).reset_index().drop_duplicates("code")
    return dict(zip(often["code"], often["side"], strict=True))


def _told(claims: pd.DataFrame, column: str) -> "pd.Series[str]":
    """A column of codes as plain text, ``none`` where nothing is told."""
    return claims[column].astype(str).replace("", NONE)


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


def _tallies(claims: pd.DataFrame, held: pd.DataFrame) -> dict[str, dict[str, int]]:
    tallies = {
        attribute: {str(code): int(n) for code, n in _told(claims, column).value_counts().items()}
        for attribute, column in _COLUMNS.items()
    }
    ancestors = held["ancestor"].value_counts()
    return tallies | {"within": {str(place): int(n) for place, n in ancestors.items()}}


def _choices(
    claims: pd.DataFrame, names: Mapping[str, str], places: pd.DataFrame, gazetteer: Mapping[str, Place]
) -> Choices:
    lists: dict[str, Collection[str]] = {
        attribute: tuple(_told(claims, column).value_counts().index) for attribute, column in _COLUMNS.items()
    }
    lists["within"] = dict(sorted(names.items(), key=lambda item: item[1].casefold()))
    first, last = claims["first"].min(), claims["last"].max()
    return Choices(
        lists=lists,
        places=frozenset(places.index),
        points=frozenset(places.index[~places["area"]])
        | {place.id for place in gazetteer.values() if place.kind not in AREA_KINDS},
        claims=frozenset(claims.index),
        profiles=frozenset(
            f"{kind}:{value}"
            for kind, attributes in PROFILES.items()
            for attribute in attributes
            for value in lists[attribute]
            if value != NONE
        ),
        first=None if pd.isna(first) else first.date(),
        last=None if pd.isna(last) else last.date(),
    )


def find_places(frames: Frames, typed: str, most: int = 8) -> tuple[str, ...]:
    """The places with claims that a typed name may mean, in Arabic or Latin letters, likeliest first.

    A name spelt exactly so comes before one that begins so, then come those that are only alike; of places of
    one name, the one with the most claims comes first.
    """
    return _alike(frames.spellings[0], typed, most)


def find_points(frames: Frames, typed: str, most: int = 8) -> tuple[tuple[str, str], ...]:
    """The places one may be near to (``Choices.points``, those with claims first) that a typed name may mean,
    each with its name in both scripts and its governorate.
    """
    return tuple((place, _in_full(frames, place)) for place in _alike(frames.spellings[1], typed, most))


def _in_full(frames: Frames, place_id: str) -> str:
    place = frames.gazetteer.get(place_id)
    if place is None:
        return frames.names[place_id]
    named = label(place.name_ar, place.name_en)
    return f"{named} ({place.admin1})" if place.admin1 else named


def _alike(spellings: Mapping[str, tuple[str, ...]], typed: str, most: int) -> tuple[str, ...]:
    wanted = bare(typed)
    if not wanted:
        return ()
    begun = [name for name in spellings if name.startswith(wanted) and len(wanted) > 1]
    alike = process.extract(wanted, list(spellings), score_cutoff=_LIKENESS, limit=most)
    found = [wanted, *begun, *(name for name, _, _ in alike)]
    return tuple(dict.fromkeys(place for name in found for place in spellings.get(name, ())))[:most]


def bare(name: str) -> str:
    """A name as it compares: folded, without the article."""
    return " ".join(word.removeprefix("ال").removeprefix("al-") for word in fold(name).split())


def view(frames: Frames, selection: Selection) -> View:
    """Apply a selection: every claim ends in view or is counted with the reason it is not."""
    claims = frames.claims
    dated = claims["first"].notna().to_numpy()
    denied = (claims["stance"] == "denied").to_numpy()
    in_window = dated.copy()
    if selection.since is not None:
        in_window &= (claims["last"] >= pd.Timestamp(selection.since)).to_numpy()
    if selection.until is not None:
        in_window &= (claims["first"] <= pd.Timestamp(selection.until)).to_numpy()
    timely = in_window | (~dated & selection.undated)
    masks = _masks(frames, selection)
    # How many of the filters keep each claim out: what one filter alone keeps out is where that number is 1.
    against = np.zeros(len(claims), dtype=np.int16)
    for mask in masks.values():
        against += ~mask
    passes = against == 0
    shown = passes & timely
    located = claims["located"].to_numpy()
    timed = passes & dated
    claim = frames.placed["claim"].to_numpy()
    marks = [n for n, mark in enumerate(layers.marks()) if mark in selection.layers]
    placed = frames.placed[shown[claim] & np.isin(frames.placed["mark"].to_numpy(), marks)]
    marked = np.zeros(len(claims), dtype=bool)
    marked[placed["claim"].to_numpy()] = True
    named = np.zeros(len(frames.places), dtype=bool)
    named[placed["place"].to_numpy()] = True
    areas = frames.places["area"].to_numpy(dtype=bool)
    counts = Counts(
        total=len(claims),
        mapped=int(marked.sum()),
        unmarked=int((shown & located & ~marked).sum()),
        unplaced=int((shown & ~located).sum()),
        filtered=int((~passes).sum()),
        outside=int((timed & ~in_window).sum()),
        undated_hidden=0 if selection.undated else int((passes & ~dated).sum()),
        undated=int((shown & ~dated).sum()),
        denied=int((shown & denied).sum()),
        places=int((named & ~areas).sum()),
        areas=int((named & areas).sum()),
    )
    emptied: dict[str, int] = {}
    if not shown.any():
        emptied = {name: int(((against - ~mask == 0) & timely).sum()) for name, mask in masks.items()}
        if not timely.all():
            emptied["days"] = int(passes.sum())
    facets, denials = _facets(frames, masks, against, timely, denied)
    return View(
        claims=claims[shown],
        placed=placed,
        timeline=claims.loc[timed, ["first", "last", "actor_bloc"]],
        counts=counts,
        facets=facets,
        denials=denials,
        emptied=emptied,
        passing=passes & (dated | selection.undated),
    )


def _masks(frames: Frames, selection: Selection) -> dict[str, Flags]:
    """Of each filter that is set, by its attribute of ``Selection``, the root's for a tree: which claims it
    lets through.
    """
    claims = frames.claims
    masks: dict[str, Flags] = {}
    for name in _COLUMNS:
        if values := getattr(selection, name):
            wanted = pd.Index(frames.choices.lists[name]).get_indexer(pd.Index(values))
            mask, root = np.isin(frames.codes[name], wanted), _BELOW.get(name, name)
            masks[root] = masks[root] | mask if root in masks else mask
    if selection.within:
        inside = np.isin(
            frames.held["holder"].to_numpy(), frames.holders.get_indexer(pd.Index(selection.within))
        )
        masks["within"] = np.zeros(len(claims), dtype=bool)
        masks["within"][frames.held["claim"].to_numpy()[inside]] = True
    if selection.box is not None:
        masks["box"] = _at(frames, _in_box(frames.places, selection.box))
    if selection.near:
        masks["near"] = _at(frames, _near(frames, selection.near, selection.near_km))
    if selection.only_picked:
        masks["only_picked"] = claims.index.isin(selection.picked)
    least, most = (
        claims[column].to_numpy(dtype=float, na_value=np.nan) for column in ("killed_min", "killed_max")
    )
    told = ~(np.isnan(least) & np.isnan(most))
    if selection.killed_from is not None:
        masks["killed_from"] = told & (np.isnan(most) | (most >= selection.killed_from))
    if selection.killed_to is not None:
        masks["killed_to"] = told & (np.isnan(least) | (least <= selection.killed_to))
    if selection.sure is not None:
        masks["sure"] = claims["confidence"].to_numpy() >= selection.sure / 100
    if wanted_words := fold(selection.words).split():
        masks["words"] = np.fromiter(
            (all(word in text for word in wanted_words) for text in frames.folded), bool, len(claims)
        )
    return masks


def _at(frames: Frames, places: Flags) -> Flags:
    """Which claims name one of these places, rows of ``Frames.places``."""
    mask = np.zeros(len(frames.claims), dtype=bool)
    mask[frames.placed["claim"].to_numpy()[places[frames.placed["place"].to_numpy()]]] = True
    return mask


def _in_box(places: pd.DataFrame, box: Box) -> Flags:
    """Which places lie in a rectangle: of one known only as an area, all of it."""
    south, west, north, east = box
    lat, lon = places["lat"].to_numpy(dtype=float), places["lon"].to_numpy(dtype=float)
    reach = np.where(places["area"], places["radius_km"], 0.0) / _DEGREE_KM
    along = reach / np.cos(np.radians(lat))
    found: Flags = (
        (lat - reach >= south) & (lat + reach <= north) & (lon - along >= west) & (lon + along <= east)
    )
    return found


def _near(frames: Frames, place_id: str, km: float) -> Flags:
    """Which places lie at most so far from one: of one known only as an area, all of it."""
    reach = np.where(frames.places["area"], frames.places["radius_km"], 0.0)
    found: Flags = _distance(frames.places, *point(frames, place_id)) + reach <= km
    return found


def point(frames: Frames, place_id: str) -> tuple[float, float]:
    """Where a place lies, one of ``Choices.points``: latitude and longitude in degrees."""
    at: Any = frames.places.loc[place_id] if place_id in frames.places.index else frames.gazetteer[place_id]
    return float(at.lat), float(at.lon)


def _distance(places: pd.DataFrame, at_lat: float, at_lon: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """How many kilometres each place lies from a point (great circle)."""
    lat, lon = (
        np.radians(places["lat"].to_numpy(dtype=float)),
        np.radians(places["lon"].to_numpy(dtype=float)),
    )
    at_lat, at_lon = np.radians([at_lat, at_lon])
    half = np.sin((lat - at_lat) / 2) ** 2 + np.cos(lat) * np.cos(at_lat) * np.sin((lon - at_lon) / 2) ** 2
    km: np.ndarray[Any, np.dtype[np.float64]] = 2 * _EARTH_KM * np.arcsin(np.sqrt(half))
    return km


def _facets(
    frames: Frames, masks: Mapping[str, Flags], against: np.ndarray[Any, Any], timely: Flags, denied: Flags
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    facets = {}
    denials: dict[str, int] = {}
    for name in LISTS:
        root = _BELOW.get(name, name)
        others = (against - ~masks[root] if root in masks else against) == 0
        others &= timely
        if name == "within":
            choices = frames.holders
            found = frames.held["holder"].to_numpy()[others[frames.held["claim"].to_numpy()]]
        else:
            choices = pd.Index(frames.choices.lists[name])
            found = frames.codes[name][others]
        numbers = np.bincount(found, minlength=len(choices))
        some = np.flatnonzero(numbers)
        facets[name] = dict(zip(choices[some].tolist(), numbers[some].tolist(), strict=True))
        if name == "events":
            numbers = np.bincount(frames.codes[name][others & denied], minlength=len(choices))
            denials = {str(choices[n]): int(numbers[n]) for n in np.flatnonzero(numbers).tolist()}
    return facets, denials


def further_names(frames: Frames, place_id: str) -> tuple[str, ...]:
    """Other names and spellings of a place, Arabic first."""
    place = frames.gazetteer.get(place_id)
    return (*place.names_ar, *place.names_en) if place else ()


def name_in(frames: Frames, place_id: str, language: str) -> str:
    """The name of a place of the archive or the gazetteer in the script of a language, else in the other."""
    if place_id in frames.names:
        return frames.called[language][place_id]
    place = frames.gazetteer[place_id]
    return (place.name_ar if language == "ar" else place.name_en) or place.name_ar or place_id


def lies_in(frames: Frames, place_id: str) -> tuple[str, ...]:
    """The ids of what a place lies in, narrowest first."""
    found = frames.inside.loc[frames.inside["place_id"] == place_id, "ancestor"]
    return tuple(found[found != place_id])


def nearby(
    frames: Frames, placed: pd.DataFrame, place_id: str, most: int = 6
) -> list[tuple[str, float, int]]:
    """The places nearest to one that a part of ``Frames.placed`` names, none farther than ``NEARBY_KM``: id,
    distance in km (great circle), how many claims name it.
    """
    km = _distance(frames.places, *point(frames, place_id))
    counts = np.bincount(placed["place"].to_numpy(), minlength=len(frames.places))
    apart = (counts > 0) & (km <= NEARBY_KM) & ~frames.places["area"].to_numpy(dtype=bool)
    apart &= frames.places.index != place_id
    order = [n for n in np.argsort(km, kind="stable") if apart[n]]
    return [(str(frames.places.index[n]), float(km[n]), int(counts[n])) for n in order[:most]]


def at_place(frames: Frames, view: View, place_id: str) -> pd.DataFrame:
    """The claims in view that name a place, in order of time."""
    there = view.placed.loc[view.placed["place"] == frames.places.index.get_loc(place_id), "claim"]
    return frames.claims.iloc[np.sort(there.to_numpy())]


def in_place(frames: Frames, claims: pd.DataFrame, place_id: str) -> pd.DataFrame:
    """Those of some claims that name a place or what lies in it."""
    here = frames.held["holder"].to_numpy() == frames.holders.get_loc(place_id)
    return claims[claims.index.isin(frames.claims.index[frames.held["claim"].to_numpy()[here]])]


def placed_of(frames: Frames, claims: pd.DataFrame) -> pd.DataFrame:
    """The part of ``Frames.placed`` that some claims have."""
    wanted = frames.claims.index.isin(claims.index)
    found: pd.DataFrame = frames.placed[wanted[frames.placed["claim"].to_numpy()]]
    return found


def facts(frames: Frames, place_id: str) -> Mapping[str, Any]:
    """What is known of a place of the archive or the gazetteer: the columns of ``Frames.places``."""
    if place_id in frames.places.index:
        return {str(name): value for name, value in frames.places.loc[place_id].to_dict().items()}
    place = frames.gazetteer[place_id]
    told = {name: getattr(place, name) for name in frames.places.columns if hasattr(place, name)}
    return told | {
        "admin1_ar": frames.in_arabic.get(place.admin1, place.admin1),
        "area": place.kind in AREA_KINDS,
    }


def without_place_or_date(frames: Frames, claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that cannot be drawn in space or in time, with the reason as a code.

    Columns ``place_reason`` (empty, no_place, unlisted), ``place_detail`` (the words of the text that are in
    no list of places, or why none was chosen) and ``date_reason`` (empty, no_date, no_publication).
    """
    lacking = claims[~claims["located"] | claims["first"].isna()].copy()
    names = frames.named[frames.named["claim_id"].isin(lacking.index)]
    unlisted = names[names["lat"].isna()].fillna({"surface": "", "reason": ""})
    detail = {
        claim: "، ".join(dict.fromkeys(filter(None, words)))
        for claim, words in unlisted.groupby("claim_id")["surface"]
    }
    lacking["place_reason"] = ""
    lacking.loc[~lacking["located"], "place_reason"] = "no_place"
    lacking.loc[~lacking["located"] & lacking.index.isin(unlisted["claim_id"]), "place_reason"] = "unlisted"
    lacking["place_detail"] = [detail.get(claim, "") for claim in lacking.index]
    lacking["date_reason"] = ""
    undated = lacking["first"].isna()
    lacking.loc[undated, "date_reason"] = "no_date"
    lacking.loc[undated & lacking["published"].isna(), "date_reason"] = "no_publication"
    return lacking


def rows(frame: pd.DataFrame) -> Iterable[Any]:
    """The rows of a frame as named tuples, their index as ``Index``."""
    return frame.itertuples()
