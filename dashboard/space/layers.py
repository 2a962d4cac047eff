"""What lies below the marks: who is said to hold which place, and the dead of each place.

Both are made of the claims that pass the filters, whatever the days in view: the page draws them for any day.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.frames import Flags, Frames, rows
from dashboard.symbols import NONE
from extraction.joining import control
from extraction.joining.control import Holding
from extraction.joining.figures import Range, joined
from extraction.joining.incident import voice_sides


@dataclass(frozen=True, slots=True)
class Dead:
    """The dead of one happening, over all that is ``told`` of it.

    ``places`` are the places with coordinates that its claims name; the dead of several are nowhere counted
    twice. ``first`` and ``last`` are None where it has no date, ``figures`` the claims that tell a number.
    """

    places: tuple[str, ...]
    first: date | None
    last: date | None
    told: Range
    figures: tuple[str, ...]


def holdings(frames: Frames, passing: Flags) -> dict[str, tuple[Holding, ...]]:
    """Who is said to hold each place from when on, by the claims that pass."""
    return _holdings(frames, passing.tobytes())


# The filters decide which claims pass, the days do not: while these move, the answer is the one of before.
@lru_cache(maxsize=4)
def _holdings(frames: Frames, passing: bytes) -> dict[str, tuple[Holding, ...]]:
    claims = frames.claims[np.frombuffer(passing, dtype=bool)]
    claims = claims[claims["event_type"].isin(control.EVENT_TYPES) & claims["first"].notna()]
    claims = claims[claims["actor_bloc"] != NONE]
    told = claims[["claim_id", "event_type", "stance", "actor_bloc", "claimant"]].assign(
        claimant=claims["claimant"].astype(str).replace(NONE, ""),
        date_start=claims["first"].dt.date,
        date_end=claims["last"].dt.date,
    )
    found = control.told(rows(told), frames.places_of, voice_sides())
    return {place_id: control.history(words) for place_id, words in found.items()}


def dead(frames: Frames, passing: Flags) -> list[Dead]:
    """The dead of each happening, by the claims that pass.

    Denials are left out, and totals, which cover others.
    """
    return _happenings(frames, passing.tobytes())


@lru_cache(maxsize=4)
def _happenings(frames: Frames, passing: bytes) -> list[Dead]:
    claims = frames.claims[np.frombuffer(passing, dtype=bool)]
    claims = claims[(claims["stance"] != "denied") & ~claims["is_total"]]
    claims = claims[claims["killed_min"].notna() | claims["killed_max"].notna()]
    happenings: Mapping[str, list[object]] = defaultdict(list)
    for claim in rows(claims):
        happenings[claim.incident_id or claim.claim_id].append(claim)
    return [_dead(frames, one, told) for one in happenings.values() if (told := _told(one))]


def _told(claims: list) -> Range | None:  # type: ignore[type-arg]
    return joined((_count(claim.killed_min), _count(claim.killed_max)) for claim in claims)


def _dead(frames: Frames, claims: list, told: Range) -> Dead:  # type: ignore[type-arg]
    days = [(claim.first, claim.last) for claim in claims if not pd.isna(claim.first)]
    return Dead(
        places=tuple(dict.fromkeys(p for claim in claims for p in frames.places_of.get(claim.claim_id, ()))),
        first=min(first for first, _ in days).date() if days else None,
        last=max(last for _, last in days).date() if days else None,
        told=told,
        figures=tuple(claim.claim_id for claim in claims),
    )


def _count(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
