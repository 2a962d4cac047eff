"""Incidents as event data sets keep them: with the claims that count, their days, places and sources.

A claim counts where it asserts, is no total of others, and has a day and a place on the map.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extraction.keeping.contents import Contents, neutralise
from extraction.keeping.points import Point, points, told


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident: its claims that count, in the order of the export, the days between which it was, and its
    places, the one that most claims name first. ``killed`` is the range of its figures (None: not told)."""

    incident_id: str
    event_type: str
    status: str
    first: date
    last: date
    killed: tuple[int | None, int | None]
    claims: tuple[dict[str, Any], ...]
    places: tuple[Point, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who published it, each once; who said it, where that is not told."""
        told = (claim["outlet"] or claim["claimant"] for claim in self.claims)
        return tuple(dict.fromkeys(str(name) for name in told if name))


def happenings(contents: Contents) -> tuple[list[Happening], Counter[str]]:
    """The incidents by day, and how many claims count for none, by the reason."""
    at = points(contents.frames["claim_places"])
    counted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    left_out: Counter[str] = Counter()
    for claim in told(contents):
        if reason := _left_out(claim, at):
            left_out[reason] += 1
        else:
            counted[claim["incident_id"]].append(claim)
    incidents = contents.frames["incidents"].set_index("incident_id")
    found = [_happening(name, incidents.loc[name].to_dict(), claims, at) for name, claims in counted.items()]
    return sorted(found, key=lambda one: (one.first, one.incident_id)), left_out


def _left_out(claim: Mapping[str, Any], at: Mapping[str, Sequence[Point]]) -> str:
    """Why a claim does not count; "" where it does."""
    if claim["stance"] == "denied":
        return "denied"
    if claim["is_total"]:
        return "totals that cover others"
    if claim["date_start"] is None:
        return "undated"
    if claim["claim_id"] not in at:
        return "without a place on the map"
    return "" if claim["incident_id"] else "of no incident"


def _happening(
    name: str, incident: Mapping[Any, Any], claims: list[dict[str, Any]], at: Mapping[str, Sequence[Point]]
) -> Happening:
    named = Counter(place.place_id for claim in claims for place in at[claim["claim_id"]])
    places = {place.place_id: place for claim in claims for place in at[claim["claim_id"]]}
    first, last = incident["date_start"].date(), incident["date_end"]
    least, most = (incident[column] for column in ("killed_min", "killed_max"))
    return Happening(
        name,
        incident["event_type"],
        incident["status"],
        first,
        last.date() if last == last else first,  # NaT is not itself
        (_number(least), _number(most)),
        tuple(claims),
        tuple(places[place] for place, _ in named.most_common()),
    )


def _number(value: Any) -> int | None:
    import pandas as pd

    return None if pd.isna(value) else int(value)


def cause(happening: Happening, column: str) -> str:
    """What most claims that tell it say of a happening; "" where none does."""
    found = Counter(str(claim[column]) for claim in happening.claims if claim[column])
    return found.most_common(1)[0][0] if found else ""


def party(happening: Happening, who: str) -> tuple[str, str]:
    """Bloc and group of the ``actor`` or ``target`` of a happening, each as most claims tell it; "" where
    none does."""
    bloc = cause(happening, f"{who}_bloc")
    of_bloc = (claim for claim in happening.claims if (claim[f"{who}_bloc"] or "") == bloc)
    groups = Counter(str(claim[who]) for claim in of_bloc if claim[who])
    return bloc, groups.most_common(1)[0][0] if groups else ""


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """A table of comma-separated values, no cell of which is taken for a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        for row in rows:
            cells = (row.get(column) for column in columns)
            table.writerow(neutralise(cell) if isinstance(cell, str) else cell for cell in cells)
