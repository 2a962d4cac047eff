"""Who is said to hold which place, from when on.

It is made of the claims that pass the filters, whatever the days in view: the page draws it for any day.
"""

from functools import lru_cache
from typing import Final

import numpy as np

from dashboard.frames import STATUSES, Flags, Frames, View, rows
from dashboard.layers import Layer
from dashboard.space.tables import FACTS, Table, day_number, facts_of, table
from dashboard.symbols import NONE, SIDES
from dashboard.wording import Wording
from extraction.joining import control
from extraction.joining.control import Holding
from extraction.joining.incident import voice_sides


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


def _table(frames: Frames, view: View, words: Wording) -> Table:
    """For each place that somebody is said to hold: its ``FACTS``, and ``spans``, a list of [day from which
    it is so, position of the status, positions of the sides, days on which it was told]. Areas are left out:
    nobody is said to hold a point of them.
    """
    facts = facts_of(frames, words)
    found = []
    for place_id, held_by in holdings(frames, view.passing).items():
        row = facts[frames.places.index.get_loc(place_id)]
        if not row[3]:
            spans = [
                [
                    day_number(held.since, 0),
                    STATUSES.index(held.status),
                    [SIDES.index(bloc) for bloc in held.blocs],
                    [day_number(told, 0) for told in held.told],
                ]
                for held in held_by
            ]
            found.append([*row, spans])
    return table((*FACTS, "spans"), found)


LAYER: Final = Layer("control", order=4, kind="instead", table=_table)
