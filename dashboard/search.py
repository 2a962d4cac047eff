"""What the search of the bar suggests while something is typed: places, groups, voices, outlets and days.

Every place of the gazetteer is offered, whether a claim names it or not, in Arabic or Latin letters, with or
without the article; a misspelt name is found if it is alike enough.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

from babel.dates import get_month_names
from rapidfuzz import fuzz, process
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard import ARCHIVE, wording
from dashboard.frames import Frames, bare, load
from dashboard.selection import LANGUAGES
from dashboard.symbols import NONE
from dashboard.wording import Wording
from extraction.keeping.archive import ArchiveError
from gazetteer.orthography import fold

#: The filters whose choices are suggested, and the kind under which a suggestion is shown.
KINDS: Final[Mapping[str, str]] = {
    "sides": "side",
    "actors": "group",
    "claimants": "voice",
    "outlets": "outlet",
}

#: No more is suggested, nor looked for.
MOST: Final = 9
_LONGEST: Final = 80

#: A misspelt name must be this alike (0 to 100, rapidfuzz ratio) to one that there is.
_LIKENESS: Final = 75.0

#: Names of months: English, long and short, and in Arabic those of the Levant and those of the Nile.
_LOCALES: Final[tuple[tuple[Literal["wide", "abbreviated"], str], ...]] = (
    ("wide", "en"),
    ("abbreviated", "en"),
    ("wide", "ar_SY"),
    ("wide", "ar_EG"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant.

    ``kind`` is ``place``, ``days`` or a kind of ``KINDS``; ``value`` the id of the place, the code of the
    choice, or the first and the last day as ``2013-11-20/2013-11-20``; ``detail`` tells it from others of its
    name; ``claims`` is how many the archive has of it; ``at`` where on the map it is: latitude, longitude,
    radius in km.
    """

    kind: str
    value: str
    name: str
    detail: str
    claims: int
    at: tuple[float, float, float] | None = None


def suggestions(frames: Frames, typed: str, words: Wording) -> list[Suggestion]:
    """What may be meant, likeliest first: what is spelt so, what begins so, what has a word that begins so,
    what is only alike; among equals what has the most claims.
    """
    wanted = bare(typed[:_LONGEST])
    if not wanted:
        return []
    spelt = _spellings(frames)
    names = list(spelt)
    ranks: tuple[Iterable[str], ...] = (
        (wanted,),
        [name for name in names if name.startswith(wanted)] if len(wanted) > 1 else (),
        [name for name in names if f" {wanted}" in name] if len(wanted) > 1 else (),
        [
            name
            for name, _, _ in process.extract(
                wanted, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=MOST
            )
        ],
    )
    found: dict[tuple[str, str], int] = {}
    for rank, several in enumerate(ranks):
        for name in several:
            for one in spelt.get(name, ()):
                found.setdefault(one, rank)
    counted = sorted(found, key=lambda one: (found[one], -_claims(frames, *one)))
    told = [_days(frames, first, last, words) for first, last in periods(typed)]
    return [*(one for one in told if one), *(_made(frames, *one, words) for one in counted[:MOST])][:MOST]


@lru_cache(maxsize=2)
def _spellings(frames: Frames) -> dict[str, list[tuple[str, str]]]:
    """Every spelling of a name, as it compares, and what bears it: kind and value."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def add(kind: str, value: str, names: Iterable[str]) -> None:
        for name in {bare(name) for name in names if name}:
            found[name].append((kind, value))

    called = [frames.called[language] for language in LANGUAGES]
    for place in frames.names:
        known = frames.gazetteer.get(place)
        further = (*known.names_ar, *known.names_en) if known else ()
        add("place", place, (*(names[place] for names in called), *further))
    for place_id, known in frames.gazetteer.items():
        if place_id not in frames.names:
            add("place", place_id, (known.name_ar, known.name_en, *known.names_ar, *known.names_en))
    for attribute, kind in KINDS.items():
        for code in frames.choices.lists[attribute]:
            if code != NONE:
                add(kind, code, (_name(kind, code, wording.load(language)) for language in LANGUAGES))
    return dict(found)


def _name(kind: str, code: str, words: Wording) -> str:
    if kind == "side":
        return words.code("side", code)
    return {"group": words.group, "voice": words.voice, "outlet": words.outlet}[kind](code)


def _claims(frames: Frames, kind: str, value: str) -> int:
    attribute = next((name for name, of in KINDS.items() if of == kind), "within")
    return frames.tallies[attribute].get(value, 0)


def _made(frames: Frames, kind: str, value: str, words: Wording) -> Suggestion:
    claims = _claims(frames, kind, value)
    if kind != "place":
        return Suggestion(kind, value, _name(kind, value, words), "", claims)
    known = frames.gazetteer.get(value)
    arabic = words.language == "ar"
    name = frames.called[words.language].get(value, "")
    parts: list[str] = []
    at = None
    if known:
        name = name or (known.name_ar or known.name_en if arabic else known.name_en or known.name_ar)
        admin1 = frames.in_arabic.get(known.admin1, known.admin1) if arabic else known.admin1
        other = known.name_en if arabic else known.name_ar
        parts = [words.code("kind", known.kind), admin1 if admin1 != name else "", other]
        at = (known.lat, known.lon, known.radius_km)
    elif value in frames.places.index:
        row: Any = frames.places.loc[value]
        at = (float(row["lat"]), float(row["lon"]), float(row["radius_km"]))
    detail = words("list.between").join(part for part in parts if part and part != name)
    return Suggestion("place", value, name, detail, claims, at)


def _days(frames: Frames, first: date, last: date, words: Wording) -> Suggestion | None:
    """The days, as far as the archive reaches."""
    begin, end = frames.choices.first, frames.choices.last
    if begin is None or end is None or first > end or last < begin:
        return None
    first, last = max(first, begin), min(last, end)
    told = frames.claims
    claims = int(((told["last"] >= str(first)) & (told["first"] <= str(last))).sum())
    return Suggestion("days", f"{first}/{last}", words.days(first, last), "", claims)


def days(value: str) -> tuple[date, date] | None:
    """The days of a suggestion's ``value``; None where it has none."""
    first, _, last = value.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def periods(typed: str) -> Iterator[tuple[date, date]]:
    """The days that something typed may be: ``2013-11-20``, ``20/11/2013``, ``20 November 2013``,
    ``تشرين الثاني 2013``, ``2013``; first and last.
    """
    text = fold(typed)
    for name, month in _months():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", f" m{month} ", text)
    match re.findall(r"m?[0-9]+", text) if not re.sub(r"[\s/.,-]|m?[0-9]+", "", text) else []:
        case [year] if _year(year):
            yield date(int(year), 1, 1), date(int(year), 12, 31)
        case [month, year] if _year(year) and (number := _month(month)):
            yield _of_month(int(year), number)
        case [year, month] if _year(year) and (number := _month(month)):
            yield _of_month(int(year), number)
        case [day, month, year] if _year(year):
            yield from _one(year, month, day)
        case [year, month, day] if _year(year):
            yield from _one(year, month, day)


@lru_cache(maxsize=1)
def _months() -> list[tuple[str, int]]:
    names = {
        fold(str(name)): number
        for width, locale in _LOCALES
        for number, name in get_month_names(width, locale=locale).items()
    }
    return sorted(names.items(), key=lambda pair: -len(pair[0]))


def _year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1900 < int(text) < 2100


def _month(text: str) -> int | None:
    number = int(text.removeprefix("m"))
    return number if 1 <= number <= 12 else None


def _of_month(year: int, month: int) -> tuple[date, date]:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(1)


def _one(year: str, month: str, day: str) -> Iterator[tuple[date, date]]:
    try:
        found = date(int(year), int(month.removeprefix("m")), int(day))
    except ValueError:
        return
    yield found, found


def search(request: Request) -> Response:
    """The suggestions for ``q`` in the language ``lang``, as JSON: a list of rows, see ``Suggestion``."""
    language = request.query_params.get("lang", "")
    words = wording.load(language if language in LANGUAGES else LANGUAGES[0])
    try:
        frames = load(os.environ[ARCHIVE])
    except (KeyError, ArchiveError):
        return Response(status_code=404)
    found = suggestions(frames, request.query_params.get("q", ""), words)
    return JSONResponse(
        [
            [one.kind, one.value, one.name, one.detail, words.count("claims", one.claims), one.at]
            for one in found
        ],
        headers={"cache-control": "no-store"},
    )
