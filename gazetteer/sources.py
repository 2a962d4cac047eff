"""Read the place lists: the built-in ones of ``gazetteer/data`` and the user's own, all in one format.

One row is one place; the columns are ``COLUMNS``. A row that cannot be read stops the reading with its
file, line and field, for a silently dropped town is a hole in the map that nobody sees.
"""

import csv
import functools
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from gazetteer.index import NameIndex
from gazetteer.orthography import fold
from gazetteer.place import KINDS, Place, distance_km

#: The columns of a place list. ``other_ar`` and ``other_en`` hold further names, separated by ``|``.
COLUMNS: Final = (
    "id",
    "name_ar",
    "name_en",
    "other_ar",
    "other_en",
    "kind",
    "parent",
    "admin1",
    "lat",
    "lon",
    "radius_km",
    "ambiguous",
    "population",
    "source",
)

DATA: Final = Path(__file__).parent / "data"

#: The built-in lists in the order they are read: of two rows with one id the later stands.
BUILT_IN: Final = ("geonames.csv", "airfields.csv", "supplement.csv")


class BadPlace(ValueError):
    """A row of a place list that cannot be used; the message names the file, the line and the field."""


#: Kinds so well known that neither a foreign neighbour nor a doubtful one puts them in question.
FIRM: Final = frozenset({"governorate", "city", "region"})

#: Namesakes this near to each other stand for one point, whichever is meant (kilometres).
_ONE_POINT_KM: Final = 30.0


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The places that one name may mean, and what is asked of them time and again.

    ``names`` are their preferred names, folded; ``kinds`` their kinds, and ``firm`` those of them that are
    in ``FIRM``; ``imported`` tells that only the user's list has them. ``anchor`` is the place that the name
    can be taken for whichever is meant: a city or governorate, or the first of those that all lie together.
    """

    places: tuple[Place, ...]
    names: tuple[str, ...]
    kinds: frozenset[str]
    firm: frozenset[str]
    imported: bool
    anchor: Place | None


#: What a name means that no list holds.
NOBODY: Final = Namesakes((), (), frozenset(), frozenset(), False, None)


@dataclass(frozen=True)
class Gazetteer:
    """All places by id, and the index of their names (built when first asked for).

    ``imported`` are the ids of those that only the user's list has. It may hold every hamlet of a country,
    which reporters hardly name: of two namesakes the built-in place is the likelier.
    """

    places: Mapping[str, Place]
    imported: frozenset[str] = frozenset()

    @functools.cached_property
    def index(self) -> NameIndex:
        """The names of all places, ready to be found in a text."""
        return NameIndex(self.places.values(), imported=self.imported)

    @functools.cached_property
    def _namesakes(self) -> dict[tuple[str, ...], Namesakes]:
        return {(): NOBODY}

    def namesakes(self, place_ids: tuple[str, ...]) -> Namesakes:
        """The places of these ids, as those that one name may mean."""
        known = self._namesakes.get(place_ids)
        if known is None:
            places = tuple(self.places[i] for i in place_ids)
            kinds = frozenset(p.kind for p in places)
            imported = all(i in self.imported for i in place_ids)
            names = tuple(dict.fromkeys(fold(p.name_ar) for p in places))
            known = Namesakes(places, names, kinds, kinds & FIRM, imported, _anchor(places))
            self._namesakes[place_ids] = known
        return known

    @functools.cached_property
    def _ancestors(self) -> dict[str, tuple[Place, ...]]:
        return {}

    def ancestors(self, place_id: str) -> tuple[Place, ...]:
        """The places that hold this one, nearest first. Empty for a governorate, and for an unknown id."""
        known = self._ancestors.get(place_id)
        if known is not None:
            return known
        chain: list[Place] = []
        seen = {place_id}
        parent = self.places[place_id].parent_id if place_id in self.places else ""
        while parent in self.places and parent not in seen:
            seen.add(parent)
            chain.append(self.places[parent])
            parent = self.places[parent].parent_id
        self._ancestors[place_id] = tuple(chain)
        return tuple(chain)

    @functools.cached_property
    def _within(self) -> dict[str, frozenset[str]]:
        return {}

    def within(self, place_id: str) -> frozenset[str]:
        """The ids of the places that hold this one."""
        known = self._within.get(place_id)
        if known is None:
            known = self._within[place_id] = frozenset(p.id for p in self.ancestors(place_id))
        return known

    def children(self, place_id: str) -> tuple[Place, ...]:
        """The places whose parent is this one."""
        return tuple(p for p in self.places.values() if p.parent_id == place_id)


def _anchor(places: Sequence[Place]) -> Place | None:
    first = max(places, key=lambda p: (p.kind == "city", p.kind == "governorate", p.population))
    if len(places) == 1 or first.kind in FIRM or all(distance_km(first, p) < _ONE_POINT_KM for p in places):
        return first
    return None


def load(user_list: Path | None = None) -> Gazetteer:
    """The built-in places, and those of the user's list where one is given and there.

    A row of the user's with the id of a built-in place stands in its place. The built-in lists are read
    once. Raises BadPlace for a row that cannot be used.
    """
    if user_list is None or not user_list.exists():
        return _built_in()
    built_in, own = _built_in().places, _by_id(read_places(user_list))
    return Gazetteer(MappingProxyType({**built_in, **own}), frozenset(own.keys() - built_in.keys()))


def all_rows(user_list: Path | None = None) -> list[Place]:
    """Every row of every list, as ``gazetteer.check`` proves them: ids that stand twice among the built-in
    lists are kept, and only a built-in row that one of the user's stands for is left out."""
    own = list(read_places(user_list)) if user_list is not None and user_list.exists() else []
    ids = {p.id for p in own}
    built_in = itertools.chain.from_iterable(read_places(DATA / name) for name in BUILT_IN)
    return [*(p for p in built_in if p.id not in ids), *own]


def write_places(path: Path, places: Iterable[Place]) -> None:
    """Places into a list that ``read_places`` reads, by governorate and id, all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_row(p) for p in sorted(places, key=lambda p: (p.admin1, p.id)))
    os.replace(unfinished, path)


def _row(place: Place) -> tuple[str, ...]:
    return (
        place.id,
        place.name_ar,
        place.name_en,
        "|".join(place.names_ar),
        "|".join(place.names_en),
        place.kind,
        place.parent_id,
        place.admin1,
        f"{place.lat:.5f}",
        f"{place.lon:.5f}",
        f"{place.radius_km:g}",
        "yes" if place.ambiguous else "",
        str(place.population or ""),
        place.source,
    )


@functools.cache
def _built_in() -> Gazetteer:
    places: dict[str, Place] = {}
    for name in BUILT_IN:
        if (DATA / name).exists():
            places.update(_by_id(read_places(DATA / name)))
    return Gazetteer(MappingProxyType(places))


def _by_id(places: Iterable[Place]) -> dict[str, Place]:
    return {p.id: p for p in places}


def read_places(path: Path) -> Iterator[Place]:
    """The places of one CSV file (UTF-8, a header with ``COLUMNS``), row by row.

    Raises BadPlace with file, line and field.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [c for c in COLUMNS if c not in (rows.fieldnames or ())]
        if missing:
            raise BadPlace(f"{path}: the header lacks the column {', '.join(missing)}")
        ids: set[str] = set()
        for row in rows:
            place = _place(row, f"{path}, line {rows.line_num}")
            if place.id in ids:
                raise BadPlace(f"{path}, line {rows.line_num}, id: {place.id!r} stands twice in this file")
            ids.add(place.id)
            yield place


def _place(row: Mapping[str, str | None], where: str) -> Place:
    def text(field: str) -> str:
        return (row[field] or "").strip()

    def number(field: str, low: float, high: float) -> float:
        value = text(field)
        try:
            result = float(value)
        except ValueError:
            raise BadPlace(f"{where}, {field}: {value!r} is no number") from None
        if not low <= result <= high:
            raise BadPlace(f"{where}, {field}: {value} is not between {low:g} and {high:g}")
        return result

    def names(field: str) -> tuple[str, ...]:
        return tuple(n.strip() for n in text(field).split("|") if n.strip())

    for field in ("id", "name_ar"):
        if not text(field):
            raise BadPlace(f"{where}, {field}: empty; a place needs one")
    if text("kind") not in KINDS:
        raise BadPlace(f"{where}, kind: {text('kind')!r} is none of {', '.join(KINDS)}")
    if text("ambiguous") not in ("yes", ""):
        raise BadPlace(f"{where}, ambiguous: {text('ambiguous')!r}; write yes or leave it empty")
    return Place(
        id=text("id"),
        name_ar=text("name_ar"),
        name_en=text("name_en"),
        kind=text("kind"),
        parent_id=text("parent"),
        admin1=text("admin1"),
        lat=number("lat", -90, 90),
        lon=number("lon", -180, 180),
        radius_km=number("radius_km", 0, 500) if text("radius_km") else 5.0,
        names_ar=names("other_ar"),
        names_en=names("other_en"),
        ambiguous=text("ambiguous") == "yes",
        population=int(number("population", 0, 1e8)) if text("population") else 0,
        source=text("source"),
    )
