"""Help from OpenStreetMap for names that no list holds: off by default, and never needed.

Nominatim is asked through geopy, at most once a second, within Syria's bounds, and each name once: answers
are kept in a file. When it fails or is slow it is asked no more in this run, and nothing else changes.
"""

import json
import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from platformdirs import user_cache_path

from gazetteer.check import BOUNDS
from gazetteer.orthography import fold
from gazetteer.outlines import built_in
from gazetteer.place import Place, distance_km
from gazetteer.sources import Gazetteer, load

_LOG = logging.getLogger(__name__)

#: Whom Nominatim's usage policy wants named.
_USER_AGENT: Final = "conflictmap/0.1 (reads news about Syria)"

#: Seconds between two questions, as the usage policy asks, and until an answer is given up.
_PAUSE: Final = 1.0
_PATIENCE: Final = 5.0

#: An answer further than this from every other place of the article is another place of that name (km).
_NEAR_KM: Final = 50.0

#: Names longer than this are none (characters).
_LONGEST: Final = 60

_ANSWERS: Final = 5
_RADIUS_KM: Final = 3.0


class OnlineGeocoder:
    """Nominatim, with a memory. ``failed`` once it has not answered: then it is asked no more."""

    def __init__(
        self,
        cache: Path | None = None,
        domain: str = "nominatim.openstreetmap.org",
        scheme: str = "https",
        pause: float = _PAUSE,
        patience: float = _PATIENCE,
    ) -> None:
        # Few ask, and geopy takes a fifth of a second to load.
        from geopy.adapters import URLLibAdapter
        from geopy.exc import GeopyError
        from geopy.extra.rate_limiter import RateLimiter
        from geopy.geocoders import Nominatim

        self.failed = False
        self._errors: Final = (GeopyError, OSError, ValueError, KeyError, AttributeError, TypeError)
        self._cache: Final = cache or user_cache_path("conflictmap", appauthor=False) / "nominatim.json"
        self._known: Final[dict[str, list[dict[str, Any]]]] = _read(self._cache)
        # The plain adapter tries once, where the others try three times.
        server = Nominatim(
            user_agent=_USER_AGENT,
            domain=domain,
            scheme=scheme,
            timeout=patience,
            adapter_factory=URLLibAdapter,
        )
        self._ask: Final = RateLimiter(
            server.geocode, min_delay_seconds=pause, max_retries=0, swallow_exceptions=False
        )

    def find(self, name: str, kind: str, near: tuple[Place, ...]) -> Place | None:
        """The place of a name that OpenStreetMap knows near others of the article; None where there is none.

        ``kind`` is what the text calls it. A name of one word is marked as ambiguous: one text's village is
        no reason to read that word as a name elsewhere.
        """
        found = [_place(name, kind, answer) for answer in self._answers(name)]
        close = [(distance_km(p, n), p.id, p) for p in found if p is not None for n in near]
        km, _, place = min(close, default=(_NEAR_KM + 1, "", None))
        return place if km <= _NEAR_KM else None

    def _answers(self, name: str) -> list[dict[str, Any]]:
        key = fold(name)
        if key in self._known:
            return self._known[key]
        if self.failed or not 2 <= len(key) <= _LONGEST:
            return []
        south, north, west, east = BOUNDS
        try:
            answers = self._ask(
                name,
                exactly_one=False,
                limit=_ANSWERS,
                country_codes="sy",
                viewbox=[(north, west), (south, east)],
                bounded=True,
            )
            self._known[key] = [dict(answer.raw) for answer in answers or []]
        except self._errors as error:
            self.failed = True
            _LOG.warning("OpenStreetMap is left alone from now on: it did not answer (%.200s)", error)
            return []
        _write(self._cache, self._known)
        return self._known[key]


def with_places(gazetteer: Gazetteer, places: Mapping[str, Place]) -> Gazetteer:
    """The gazetteer with further places, which stand behind its own as imported ones do."""
    if not places:
        return gazetteer
    return Gazetteer(MappingProxyType({**places, **gazetteer.places}), gazetteer.imported | frozenset(places))


def _place(name: str, kind: str, answer: Mapping[str, Any]) -> Place | None:
    """An answer of Nominatim's as a place; None where it is not in Syria or makes no sense."""
    try:
        lat, lon = float(answer["lat"]), float(answer["lon"])
        ident = f"osm_{re.sub('[^a-z]', '', str(answer['osm_type']).lower())[:1]}{int(answer['osm_id'])}"
    except (KeyError, ValueError, TypeError):
        return None
    governorate = built_in().at(lat, lon)
    if governorate is None:
        return None
    return Place(
        id=ident,
        name_ar=name,
        name_en="",
        kind=kind,
        parent_id=governorate,
        admin1=load().places[governorate].admin1,
        lat=lat,
        lon=lon,
        radius_km=_RADIUS_KM,
        ambiguous=" " not in name,
        source="nominatim",
    )


def _read(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The answers kept so far; none where the file cannot be read."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        str(name): [a for a in answers if isinstance(a, dict)]
        for name, answers in known.items()
        if isinstance(answers, list)
    }


def _write(path: Path, known: Mapping[str, list[dict[str, Any]]]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".new")
        unfinished.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        _LOG.warning("answers of OpenStreetMap cannot be kept: %s", error)
