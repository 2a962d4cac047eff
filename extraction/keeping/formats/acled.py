"""The columns of ACLED's published data (codebook of 2024): a row an incident and place, on its day.

Denials, totals that cover other figures, and what has no day or no point are left out and counted beside it.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

from extraction.keeping.contents import Contents
from extraction.keeping.formats.format import Format
from extraction.keeping.happenings import Happening, cause, happenings, party, write_rows
from extraction.keeping.points import Point
from extraction.lexicon.codes import lists
from extraction.lexicon.titles import english

COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3"),
    *("location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities"),
    *("tags", "timestamp"),
)
#: Who regains territory for the state; everybody else overtakes it.
_STATE: Final = frozenset({"government", "russia", "transitional_government"})
#: How ACLED writes figures that are only words: by our least and most.
_WORDS: Final[Mapping[tuple[int | None, int | None], int]] = {
    (1, None): 10,
    (20, 99): 12,
    (200, 999): 100,
}
_NOTES: Final = 2000  # characters
_CIVILIANS: Final = ("Civilians (Syria)", "7 Civilians")


def _write(contents: Contents, path: Path) -> None:
    found, _ = happenings(contents)
    write_rows(path, COLUMNS, (row for happening in found for row in _rows(contents, happening)))


def _count(contents: Contents, path: Path) -> None:
    """What is not in the rows, and why, beside what is to be told with any file."""
    _, left_out = happenings(contents)
    told = {"about": contents.about, "claims_left_out": dict(sorted(left_out.items()))}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _rows(contents: Contents, happening: Happening) -> Iterator[dict[str, object]]:
    """A row a place; the dead stand on the first."""
    day = happening.first + (happening.last - happening.first) // 2
    kind, sub = _kinds(happening)
    doer, other = _actor(happening, "actor"), _actor(happening, "target")
    civilians = cause(happening, "victims") == "civilians" and not cause(happening, "target_bloc")
    if civilians:
        other = _CIVILIANS
    dead = [figure for figure in map(_dead, happening.claims) if figure is not None]
    row = {
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": _time_precision(happening),
        "disorder_type": "Strategic developments"
        if kind == "Strategic developments"
        else "Political violence",
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": doer[0],
        "inter1": doer[1][2:],
        "actor2": other[0],
        "inter2": other[1][2:],
        "interaction": _interaction(doer[1], other[1]),
        "civilian_targeting": "Civilian targeting" if civilians else "",
        "iso": 760,
        "region": "Middle East",
        "country": "Syria",
        "source": "; ".join(happening.sources),
        "notes": _notes(happening),
        "tags": f"claim status={happening.status}",
        "timestamp": int(datetime.combine(contents.day, time.min, UTC).timestamp()),
    }
    for number, place in enumerate(happening.places):
        yield row | {
            "event_id_cnty": f"SYR-{happening.incident_id}-{number + 1}",
            "admin1": place.admin1,
            "admin2": contents.districts.get(place.place_id, ""),
            "location": place.name_en or place.name_ar,
            "latitude": place.lat,
            "longitude": place.lon,
            "geo_precision": _geo_precision(place),
            "fatalities": min(dead, default=0) if number == 0 else 0,
        }


def _kinds(happening: Happening) -> tuple[str, str]:
    """Event and sub-event type, as the codes of events name them; the latter "" where nobody can tell."""
    code = next(code for code in lists()["event_type"].codes if code.code == happening.event_type)
    taken = 0
    match happening.event_type:
        case "control_change":
            actor, target = cause(happening, "actor_bloc"), cause(happening, "target_bloc")
            if not actor and target not in _STATE:
                return code.acled[0].partition(" / ")[0], ""
            taken = 0 if actor in _STATE else 1
        case "explosion":
            taken = 1 if cause(happening, "weapon") == "suicide_belt" else 0
        case "other_attack":
            taken = 1 if cause(happening, "victims") == "civilians" else 0
    kind, _, sub = code.acled[taken].partition(" / ")
    return kind, sub


def _actor(happening: Happening, who: str) -> tuple[str, str]:
    """What ACLED would call an actor, and its kind with its number ("1 State forces"); empty where untold."""
    bloc, group = party(happening, who)
    coded = next((code.acled for code in lists()["bloc"].codes if code.code == bloc), ())
    name = english().get(group, "") or (group or bloc).replace("_", " ")
    return name, coded[0].partition(" (")[0] if coded else ""


def _interaction(one: str, other: str) -> str:
    """Both kinds, the lower number first; "" where who did it is not told."""
    if one and not other:
        return f"{one[2:]} only"
    return "-".join(kind[2:] for kind in sorted((one, other))) if one else ""


def _time_precision(happening: Happening) -> int:
    """1 the day, 2 the week, 3 the month."""
    days = (happening.last - happening.first).days + 1
    return 1 if days == 1 else 2 if days <= 7 else 3


def _geo_precision(place: Point) -> int:
    """1 the place itself, 2 a part of a region about it, 3 a region."""
    if place.kind in ("governorate", "region"):
        return 3
    return 2 if place.kind == "district" or (place.radius_km or 0) > 10 else 1


def _dead(claim: dict[str, Any]) -> int | None:
    """The dead of a claim, as ACLED writes words."""
    least: int | None = claim["killed_min"]
    return _WORDS.get((least, claim["killed_max"]), least)


def _notes(happening: Happening) -> str:
    """Who says it, and in which words."""
    told = (
        f"{english().get(str(claim['claimant']), claim['claimant']) or claim['outlet'] or 'the text'}: "
        f"{claim['evidence']}"
        for claim in happening.claims
    )
    return f"As claimed, not established. {' | '.join(dict.fromkeys(told))}"[:_NOTES]


FORMAT: Final = Format(
    "acled",
    writes="the 31 columns of ACLED, and what is left out counted beside it",
    files={"acled.csv": _write, "acled.about.json": _count},
)
