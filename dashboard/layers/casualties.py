"""The dead of each place, a range and never a sum.

It is made of the claims that pass the filters, whatever the days in view: the page draws it for any day.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from dashboard.frames import Flags, Frames, View, rows
from dashboard.layers import Layer
from dashboard.space.tables import FACTS, Table, day_number, facts_of, table
from dashboard.wording import Wording
from extraction.joining.figures import Range, joined


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


def _table(frames: Frames, view: View, words: Wording) -> dict[str, Table]:
    """``places``, and ``happenings``: the position of its ``place`` (-1 for a happening of several places,
    whose dead cannot be told apart), first and last day, ``low`` and ``high`` number of dead, the highest
    None for "at least". One without a date may be another told again: it is left out.
    """
    facts = facts_of(frames, words)
    positions: dict[str, int] = {}
    found = []
    for one in dead(frames, view.passing):
        if not one.places or one.first is None:
            continue
        at = -1
        if len(one.places) == 1:
            at = positions.setdefault(one.places[0], len(positions))
        found.append(
            [at, day_number(one.first, 0), day_number(one.last, 0), one.told.low or 0, one.told.most]
        )
    return {
        "places": table(FACTS, (facts[frames.places.index.get_loc(place)] for place in positions)),
        "happenings": table(("place", "first", "last", "low", "high"), found),
    }


LAYER: Final = Layer("casualties", order=5, kind="instead", table=_table)
