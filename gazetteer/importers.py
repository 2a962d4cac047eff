"""Other people's place lists, read into the user's own.

A GeoNames country dump, OCHA's populated places or neighbourhoods, a Who's On First export or any CSV with
names and points: each row becomes a place in the built-in format. One that means a place already known
lends it its spellings and its source; one that cannot be used is told by file, line and field, and left out.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from gazetteer.check import BOUNDS, SLACK_KM
from gazetteer.index import fold_latin
from gazetteer.orthography import fold, spelling_variants
from gazetteer.outlines import Outlines, built_in
from gazetteer.place import AREA_KINDS, KINDS, Place, distance_km
from gazetteer.sources import BadPlace, Gazetteer
from gazetteer.tables import TableError, read_table

FORMATS: Final = ("geonames", "ocha", "wof", "csv")

#: Two places of one name within this distance are one.
SAME_PLACE_KM: Final = 3.0

#: Inhabitants from which an imported place is a town, and a city.
_TOWN: Final = 5_000
_CITY: Final = 100_000

#: The radius of an imported place of each kind in km where its list gives none: its own extent, and how far
#: off the points of such lists are.
_RADIUS_KM: Final = {"city": 5.0, "town": 2.5, "neighbourhood": 1.0, "region": 15.0}
_OTHER_RADIUS_KM: Final = 2.0

_LONGEST_NAME: Final = 100

#: Kinds whose one-word names would flood a text: alone, such a name is not taken for the place.
_DOUBTED_KINDS: Final = frozenset({"village", "neighbourhood", "hill", "landmark", "region"})

#: Words that begin or end the name of a person as often as that of a village.
_PERSON: Final = frozenset({"الشيخ", "شيخ", "سيدي", "النبي", "الله"})

#: The headers under which CSV lists give a fact, in the order of trust (lower case).
_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "pcode", "adm4_pcode", "admin4pcode", "wof_id", "wof:id", "geonameid"),
    "names": (
        *("name_ar", "names_ar", "adm4_ar", "admin4name_ar", "name:ara_x_preferred", "ara_x_preferred"),
        *("other_ar", "name_en", "adm4_en", "admin4name_en", "name", "wof:name", "other_en"),
    ),
    "lat": ("lat", "latitude", "y_coord", "latitude_y", "geom:latitude", "geom_latitude", "lbl_latitude"),
    "lon": (
        *("lon", "lng", "long", "longitude", "x_coord", "longitude_x"),
        *("geom:longitude", "geom_longitude", "lbl_longitude"),
    ),
    "kind": ("kind", "placetype", "wof:placetype", "type"),
    "city": ("city_ar", "city_en", "city"),
    "within": (
        *("parent", "parents_ar", "parents_en"),
        *("adm3_ar", "adm3_en", "adm2_ar", "adm2_en", "admin3name_ar", "admin2name_ar", "admin2name_en"),
        *("district", "admin1_ar", "admin1_en", "adm1_ar", "adm1_en", "admin1name_ar", "admin1name_en"),
        *("admin1", "governorate"),
    ),
    "population": ("population", "wof:population"),
    "radius_km": ("radius_km",),
    "ambiguous": ("ambiguous",),
    "source": ("source",),
}

#: Words with which lists name a kind. "" leaves the row out: what it means is no place to report from, or an
#: area, and of areas the built-in lists have all.
_KINDS: Final[Mapping[str, str]] = {
    **{kind: kind for kind in KINDS if kind not in ("governorate", "district")},
    **dict.fromkeys(("locality", "hamlet", "settlement", "farm", "populated place"), "village"),
    **dict.fromkeys(
        ("neighborhood", "suburb", "quarter", "borough", "macrohood", "microhood"), "neighbourhood"
    ),
    **dict.fromkeys(("mountain", "peak", "mount"), "hill"),
    **dict.fromkeys(("airfield", "aerodrome"), "airport"),
    **dict.fromkeys(("military", "barracks", "checkpoint"), "base"),
    "border crossing": "crossing",
    "refugee camp": "camp",
    "area": "region",
    **dict.fromkeys(("governorate", "district", "county", "localadmin", "macrocounty", "country"), ""),
}

#: GeoNames' feature codes (https://www.geonames.org/export/codes.html). Streams, wells, roads and the like
#: are not named where something happens; administrative divisions the built-in lists have.
_GEONAMES_CODES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("P.PPLC", "P.PPLA"), "city"),
    "P.PPLA2": "town",
    "P.PPLX": "neighbourhood",
    "P.PPLH": "",
    **dict.fromkeys(("L.CMP", "L.CMPRF", "L.CMPLA"), "camp"),
    **dict.fromkeys(("L.MILB", "S.INSM", "S.FT"), "base"),
    **dict.fromkeys(("S.AIRB", "S.AIRP", "S.AIRF"), "airport"),
    "S.PSTB": "crossing",
    **dict.fromkeys(("T.HLL", "T.HLLS", "T.MT", "T.PK", "T.RDGE"), "hill"),
    **dict.fromkeys(("T.MTS", "T.PLN", "L.RGN", "L.AREA"), "region"),
    **dict.fromkeys(("S.DAM", "S.CSTL", "S.BDG", "S.PS", "S.OILR", "L.OILF", "S.PRN", "S.HSP"), "landmark"),
}

_GEONAMES_COLUMNS: Final = (
    *("geonameid", "name", "asciiname", "alternatenames", "lat", "lon", "class", "code", "country", "cc2"),
    *("admin1", "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone", "modified"),
)

_ARABIC: Final = re.compile("[\u0621-\u064a\u0671-\u06d3]")
#: Letters that are left in a folded name where it is Kurdish, Persian or Urdu, and that no newspaper writes.
_NOT_ARABIC: Final = re.compile("[\u066e-\u06d3\u06d5\u06fa-\u06ff]")
_MARKS: Final = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NO_NAME: Final = re.compile(r"[^\w\s'’‘`\-().]|_")
_BRACKETS: Final = re.compile(r"\s*\([^)]*\)?")


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a list. ``names`` in Arabic letters, ``latin`` ones, the preferred first; ``within`` the
    places it is put in, as the list names them, the narrowest first."""

    where: str
    key: str
    names: tuple[str, ...]
    latin: tuple[str, ...]
    lat: float
    lon: float
    kind: str
    within: tuple[str, ...] = ()
    population: int = 0
    radius_km: float = 0.0
    ambiguous: bool | None = None
    source: str = ""


@dataclass(slots=True)
class Imported:
    """What became of a list: the user's places after it, how many rows were new, merged or of no kind of
    place that is looked for, and the rows that could not be used, each told in a sentence."""

    places: dict[str, Place]
    added: int = 0
    merged: int = 0
    passed_over: int = 0
    problems: list[str] = field(default_factory=list)


def import_list(
    path: Path, format: str, known: Gazetteer, own: Iterable[Place], names: Path | None = None
) -> Imported:
    """Read a list and merge it with what is known.

    ``known`` holds all places, the user's ``own`` among them; ``names`` is GeoNames' table of alternate names
    and means nothing for other formats. Raises BadPlace where the file as a whole cannot be read.
    """
    if format == "geonames":
        rows = _geonames(path, _alternate_names(names) if names else {})
    else:
        rows = _csv(path, format)
    return _Import(known, own, format).run(rows)


# --- files into rows


def _csv(path: Path, format: str) -> Iterator[ImportedRow | str | None]:
    """The rows of a CSV list; a sentence for one that cannot be used, None for one of no kind we look for."""
    try:
        table = read_table(path)
    except TableError as error:
        raise BadPlace(f"{error}") from None
    columns = _columns(table.header, path)
    for row in table.rows:
        yield _csv_row(row.cells, columns, f"{path}, line {row.first}", format, path)


def _columns(header: Sequence[str], path: Path) -> dict[str, tuple[int, ...]]:
    at = {title.strip().lower(): i for i, title in reversed(list(enumerate(header)))}
    columns = {fact: tuple(at[h] for h in known if h in at) for fact, known in _HEADERS.items()}
    for fact in ("names", "lat", "lon"):
        if not columns[fact]:
            raise BadPlace(
                f"{path}: no column for {fact}: one of {', '.join(_HEADERS[fact])} is needed, "
                f"and the header has {', '.join(header) or 'nothing'}"
            )
    return columns


def _csv_row(
    cells: Sequence[str], columns: Mapping[str, tuple[int, ...]], where: str, format: str, path: Path
) -> ImportedRow | str | None:
    def all_of(fact: str) -> list[str]:
        return [cells[i].strip() for i in columns[fact] if i < len(cells) and cells[i].strip()]

    def first(fact: str) -> str:
        return next(iter(all_of(fact)), "")

    told = first("kind").lower()
    kind = _KINDS.get(told, "landmark") if told else "village"
    if not kind or (format == "wof" and kind == "region"):
        return None
    within = [part.strip() for f in ("city", "within") for cell in all_of(f) for part in cell.split(">")]
    try:
        lat, lon = _number(first("lat"), "lat"), _number(first("lon"), "lon")
        population = int(_number(first("population") or "0", "population"))
        radius = _number(first("radius_km") or "0", "radius_km")
        names, latin = _names(all_of("names"), within)
    except ValueError as error:
        return f"{where}, {error}"
    key = first("id")
    ambiguous = first("ambiguous").lower()
    if not told:
        kind = "neighbourhood" if all_of("city") else _untold_kind(names, within, population)
    return ImportedRow(
        where,
        key,
        names,
        latin,
        lat,
        lon,
        kind,
        tuple(within),
        population,
        radius,
        None if not columns["ambiguous"] else ambiguous in ("yes", "true", "1"),
        _source(format, key, first("source") or path.stem),
    )


def _untold_kind(names: Sequence[str], within: Sequence[str], population: int) -> str:
    """The kind of a row whose list names none: the seat of its subdistrict is a town, as are the larger."""
    seat = within and _key(within[0].removeprefix("مركز ")) in {_key(n) for n in names}
    return "city" if population >= _CITY else "town" if population >= _TOWN or seat else "village"


def _source(format: str, key: str, own: str) -> str:
    if format == "csv":
        return " ".join(re.sub(r"[|\s]+", " ", own).split())[:40]
    return f"{format}:{key}" if key else format


@dataclass(slots=True)
class _Alternates:
    """The names GeoNames has for one place in Arabic, English and no language: ``names``, each with its rank
    (0 the most trusted), and ``historic`` those it bears no more, which its dump lists as well."""

    names: list[tuple[int, str]] = field(default_factory=list)
    historic: set[str] = field(default_factory=set)


def _alternate_names(path: Path) -> dict[str, _Alternates]:
    """GeoNames' alternate names by geonameid, out of alternateNamesV2.txt.

    Its columns, separated by tabs: an id, the geonameid, the language, the name, then 1 or nothing for
    preferred, short, colloquial and historic, and the years from which and to which it was so called
    (https://download.geonames.org/export/dump/readme.txt).
    """
    found: dict[str, _Alternates] = {}
    for _, cells in _tabbed(path):
        if len(cells) >= 4 and cells[2] in ("ar", "en", "apc", ""):
            preferred, _, colloquial, historic = (cells[4:8] + [""] * 4)[:4]
            place = found.setdefault(cells[1], _Alternates())
            if historic == "1":
                place.historic.add(cells[3])
            else:
                place.names.append((2 if colloquial == "1" else 0 if preferred == "1" else 1, cells[3]))
    return found


def _tabbed(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise BadPlace(f"{path}: not in UTF-8 ({error.reason} at byte {error.start}); convert it") from None


def _geonames(path: Path, alternates: Mapping[str, _Alternates]) -> Iterator[ImportedRow | str | None]:
    usable = False
    for number, cells in _tabbed(path):
        where = f"{path}, line {number}"
        if len(cells) != len(_GEONAMES_COLUMNS):
            if not usable and number > 20:
                raise BadPlace(f"{path}: no GeoNames dump, which has 19 columns separated by tabs")
            yield f"{where}, geonameid: {len(cells)} columns, but a GeoNames dump has 19"
            continue
        usable = True
        row = dict(zip(_GEONAMES_COLUMNS, cells, strict=True))
        kind = _GEONAMES_CODES.get(f"{row['class']}.{row['code']}", "village" if row["class"] == "P" else "")
        if not kind or row["country"] not in ("SY", ""):
            yield None
            continue
        try:
            lat, lon = _number(row["lat"], "lat"), _number(row["lon"], "lon")
            population = int(_number(row["population"] or "0", "population"))
            other = alternates.get(row["geonameid"], _Alternates())
            listed = [n for n in row["alternatenames"].split(",") if n not in other.historic]
            trusted = [name for _, name in sorted(other.names, key=lambda name: name[0])]
            names, latin = _names([*trusted, row["name"], row["asciiname"], *listed], ())
        except ValueError as error:
            yield f"{where}, {error}"
            continue
        if row["class"] == "P" and kind in ("village", "town"):
            kind = "city" if population >= _CITY else "town" if population >= _TOWN else kind
        key = row["geonameid"]
        yield ImportedRow(
            where, key, names, latin, lat, lon, kind, population=population, source=f"geonames:{key}"
        )
    if not usable:
        raise BadPlace(f"{path}: no GeoNames dump, which has 19 columns separated by tabs")


def _number(text: str, fact: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{fact}: {text!r} is no number") from None
    low, high = {"lat": BOUNDS[:2], "lon": BOUNDS[2:]}.get(fact, (0.0, 1e8))
    if not low <= value <= high:
        where = "in Syria" if fact in ("lat", "lon") else "possible"
        raise ValueError(f"{fact}: {text} is not {where}, from {low:g} to {high:g}")
    return value


def _names(cells: Iterable[str], within: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in Arabic letters and those in Latin ones; ValueError where there is none in Arabic.

    Lists join two names of one place by ``|``, ``_`` or ``-`` (an Arabic and a Turkish one); they also put
    the wider place after a name, in brackets or after ``-``, which is no part of it.
    """
    arabic: dict[str, str] = {}
    latin: dict[str, str] = {}
    wider = {_key(w) for w in within}
    for cell in cells:
        for part in re.split(r"[|_]", cell):
            plain = unicodedata.normalize("NFC", _MARKS.sub("", part))
            if not _ARABIC.search(plain):
                text = _clean(_BRACKETS.sub("", plain))
                if key := fold_latin(text):  # none for another script
                    latin.setdefault(key, text)
                continue
            for half in re.split(r"\s*[-–]\s*", _BRACKETS.sub("", plain)):
                text = _clean(half)
                other_tongue = _NOT_ARABIC.search(fold(text)) or not _ARABIC.search(text)
                if len(fold(text)) > 1 and not other_tongue and (not arabic or _key(text) not in wider):
                    arabic.setdefault(fold(text), text)
    if not arabic:
        raise ValueError("name_ar: no name in Arabic letters")
    too_long = next((n for n in (*arabic.values(), *latin.values()) if len(n) > _LONGEST_NAME), None)
    if too_long:
        raise ValueError(f"name_ar: {too_long[:30]!r}… is longer than {_LONGEST_NAME} characters, no name")
    return tuple(arabic.values()), tuple(latin.values())


def _clean(name: str) -> str:
    """A name as it may stand in a list: letters, digits and what joins them, no formula of a spreadsheet."""
    return " ".join(_NO_NAME.sub(" ", name).split()).strip("-'’‘`. ")


def _key(name: str) -> str:
    """A name as two lists compare it: folded, without spaces and the article."""
    return fold(name).replace(" ", "").removeprefix("ال")


def _keys(name: str) -> set[str]:
    folded = fold(name)
    return {_key(name)} | {_key(v) for v, risky in spelling_variants(folded) if not risky}


# --- rows into places


class _Import:
    """One list being merged into what is known."""

    def __init__(self, known: Gazetteer, own: Iterable[Place], format: str) -> None:
        self.format = format
        self.result = Imported({p.id: p for p in own})
        self.index = known.index
        self.places = dict(known.places)
        self.outlines: Outlines = built_in()
        self.by_key: dict[str, list[str]] = {}
        self.taken: Counter[tuple[str, str]] = Counter()
        self.districts: dict[tuple[str, str], str] = {}
        self.cities: dict[tuple[str, str], str] = {}
        self.governorates = {
            key: p
            for p in known.places.values()
            if p.kind == "governorate"
            for name in (p.name_ar, p.name_en.removesuffix(" Governorate"), *p.names_en)
            for key in (_key(name), fold_latin(name))
            if key
        }
        for place in known.places.values():
            self._learn(place)
            if place.kind == "district":
                for name in (place.name_ar, *place.names_ar):
                    self.districts.setdefault((place.admin1, _key(name.removeprefix("مركز "))), place.id)
                for name in (place.name_en, *place.names_en):
                    latin = fold_latin(name.removesuffix(" District"))
                    self.districts.setdefault((place.admin1, latin), place.id)
            elif place.kind in ("city", "town"):
                for name in (place.name_ar, *place.names_ar):
                    self.cities.setdefault((place.admin1, _key(name)), place.id)

    def _learn(self, place: Place) -> None:
        self.taken[fold(place.name_ar), place.parent_id] += 1
        if place.kind not in AREA_KINDS:
            for name in (place.name_ar, *place.names_ar):
                for key in _keys(name):
                    ids = self.by_key.setdefault(key, [])
                    if place.id not in ids:
                        ids.append(place.id)

    def run(self, rows: Iterable[ImportedRow | str | None]) -> Imported:
        for row in rows:
            if row is None:
                self.result.passed_over += 1
            elif isinstance(row, str):
                self.result.problems.append(row)
            else:
                self._take(row)
        return self.result

    def _take(self, row: ImportedRow) -> None:
        governorate, outside = self._governorate(row)
        if outside > (row.radius_km or _OTHER_RADIUS_KM) + SLACK_KM:
            self.result.problems.append(
                f"{row.where}, lat: {row.lat}, {row.lon} lies {outside:.0f} km outside Syria's outlines"
            )
            return
        same = self._same(row)
        if same is not None:
            self.result.merged += 1
            self._merge(same, row)
        else:
            self.result.added += 1
            self._put(self._place(row, governorate))

    def _put(self, place: Place) -> None:
        self.result.places[place.id] = self.places[place.id] = place
        self._learn(place)

    def _governorate(self, row: ImportedRow) -> tuple[Place, float]:
        """The governorate in whose outline a row lies, or the one it names where it lies just outside."""
        nearest, outside = self.outlines.nearest(row.lat, row.lon)
        for name in row.within[-2:]:
            named = self.governorates.get(_key(name)) or self.governorates.get(fold_latin(name))
            if named is not None:
                off = self.outlines.outside_km(named.id, row.lat, row.lon)
                if off <= SLACK_KM:
                    return named, off
        return self.places[nearest], outside

    def _same(self, row: ImportedRow) -> Place | None:
        """The known place that a row means: of its name and nearest, within ``SAME_PLACE_KM``."""
        here = Place("", "", "", row.kind, "", "", row.lat, row.lon, 0.0)
        ids = {i: None for name in row.names for key in _keys(name) for i in self.by_key.get(key, ())}
        near = [(distance_km(here, self.places[i]), i) for i in ids]
        found = min(((km, i) for km, i in near if km <= SAME_PLACE_KM), default=None)
        return self.places[found[1]] if found else None

    def _merge(self, place: Place, row: ImportedRow) -> None:
        """Add the spellings and the source of a row to a place."""
        spelled = {fold(n) for n in (place.name_ar, *place.names_ar)}
        written = {fold_latin(n) for n in (place.name_en, *place.names_en)}
        more_ar = [
            n
            for n in row.names
            if fold(n) not in spelled
            and (place.ambiguous or not self._doubted(n))
            and not self._is_neighbour(n, place)
        ]
        more_en = [n for n in row.latin if fold_latin(n) not in written]
        sources = place.source.split("|")
        if not more_ar and not more_en and row.source in sources:
            return
        self._put(
            replace(
                place,
                names_ar=(*place.names_ar, *more_ar),
                name_en=place.name_en or next(iter(more_en), ""),
                names_en=(*place.names_en, *(n for n in more_en if place.name_en or n != more_en[0])),
                source="|".join(filter(None, dict.fromkeys([*sources, row.source]))),
            )
        )

    def _is_neighbour(self, name: str, place: Place) -> bool:
        """Whether a spelling is already the name of another place around: كفرلاها lies in الحولة."""
        known = self.index.names.get(self.index.bare(fold(name)))
        others = [self.places[i] for i in known.place_ids if i != place.id] if known else []
        return any(distance_km(place, o) <= o.radius_km + SAME_PLACE_KM for o in others)

    def _place(self, row: ImportedRow, governorate: Place) -> Place:
        parent = self._parent(row, governorate)
        name, *others = row.names
        if self.taken[fold(name), parent]:
            others = [name, *others]
            name = self._told_apart(name, parent, row)
        doubted = row.kind in _DOUBTED_KINDS and any(self._doubted(n) for n in row.names)
        return Place(
            id=self._id(row),
            name_ar=name,
            name_en=next(iter(row.latin), ""),
            kind=row.kind,
            parent_id=parent,
            admin1=governorate.admin1,
            lat=row.lat,
            lon=row.lon,
            radius_km=row.radius_km or _RADIUS_KM.get(row.kind, _OTHER_RADIUS_KM),
            names_ar=tuple(others),
            names_en=row.latin[1:],
            ambiguous=doubted if row.ambiguous is None else row.ambiguous,
            population=row.population,
            source=row.source,
        )

    def _doubted(self, name: str) -> bool:
        """Whether a name out of a mass list may be another word: it is of one word, or a person's, and not
        known for that of a place."""
        folded = self.index.bare(fold(name))
        known = self.index.names.get(folded)
        if known is not None and known.place_ids:
            return known.doubtful
        first, *rest = folded.split()
        person = first in self.index.words.person_before or first in _PERSON or (rest and rest[-1] in _PERSON)
        return not rest or bool(person) or folded in self.index.words.common

    def _parent(self, row: ImportedRow, governorate: Place) -> str:
        for name in row.within:
            if name in self.places:
                return name
            for key in (_key(name.removeprefix("مركز ").removeprefix("مدينة ")), fold_latin(name)):
                city = self.cities.get((governorate.admin1, key)) if row.kind == "neighbourhood" else None
                found = city or self.districts.get((governorate.admin1, key))
                if key and found:
                    return found
        return governorate.id

    def _told_apart(self, name: str, parent: str, row: ImportedRow) -> str:
        """A name that no other place of that parent has: the narrowest wider place its list names, or the
        nearest town, stands after it in brackets."""
        towns = [p for p in self.places.values() if p.kind in ("city", "town")]
        here = Place("", "", "", row.kind, "", "", row.lat, row.lon, 0.0)
        nearest = min(towns, key=lambda p: distance_km(here, p), default=self.places[parent])
        beside = [*(w for w in row.within[:1] if _ARABIC.search(w)), nearest.name_ar]
        wanted = itertools.chain(
            (f"{name} ({_clean(w)})" for w in beside),
            (f"{name} ({_clean(beside[-1])} {n})" for n in itertools.count(2)),
        )
        return next(w for w in wanted if not self.taken[fold(w), parent])

    def _id(self, row: ImportedRow) -> str:
        key = row.key or next(iter(row.latin), "") or f"{row.lat:.3f} {row.lon:.3f}"
        slug = f"{self.format}_{re.sub(r'[^a-z0-9]+', '_', fold_latin(key)).strip('_')}"
        wanted = itertools.chain([slug], (f"{slug}_{n}" for n in itertools.count(2)))
        return next(i for i in wanted if i not in self.places)
