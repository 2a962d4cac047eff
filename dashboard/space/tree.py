"""Which marks are one ring at which zoom: a tree of the places, grown once for an archive.

On a wide view near places join into one ring, nearer ones at a nearer view. The tree knows nothing of the
days and the filters, so that the ring of a place is the same at every step of time. Two rules keep it true: a
ring stands at one of its places, the heaviest, and only places of one governorate join.

Zoom is that of Web Mercator with tiles of 256 px: at zoom z the world is 256 * 2 ** z px wide.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from dashboard.frames import Frames

#: Radius of a mark of n claims in px, of one place and of a group: the least, how much the root of n adds,
#: the most. The page draws them so (assets/map/arrange.js).
SINGLE: Final = (6.6, 1.25, 13.0)
GROUP: Final = (9.5, 1.05, 21.0)

#: Between the radii of two marks there must be room for their rings and rims, in px.
GAP: Final = 6.0

#: The map is never wider than this zoom, so nothing that joins only beyond it joins.
WIDEST: Final = 5.0

#: Zoom at which places on one point join: they never come apart.
NEVER: Final = 30.0

#: How much a town's size adds to the weight of its claims.
_PER_POWER_OF_TEN: Final = 0.22

_Numbers = np.ndarray[Any, np.dtype[np.float64]]
_Positions = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Tree:
    """For each place (by row number) the place ``into`` whose ring it goes, from ``zoom`` on outwards (-1 in
    both where it goes into none), and its ``rank``: 0 for the heaviest place of all.
    """

    into: tuple[int, ...]
    zoom: tuple[float, ...]
    rank: tuple[int, ...]

    def lead(self, place: int, zoom: float) -> int:
        """The place at which the ring of a place stands at a zoom: itself, where it stands alone."""
        while self.zoom[place] >= zoom:
            place = self.into[place]
        return place


@lru_cache(maxsize=2)
def tree(frames: Frames) -> Tree:
    """The tree of the places of an archive. A place known only as an area stands in no ring."""
    places = frames.places
    claims = np.bincount(frames.placed["place"].to_numpy(), minlength=len(places))
    listed = frames.gazetteer
    people = [listed[place].population if place in listed else 0 for place in places.index]
    weight = claims * (1 + _PER_POWER_OF_TEN * np.log10(np.maximum(people, 1)))
    parts = [None if area else admin1 for area, admin1 in zip(places["area"], places["admin1"], strict=True)]
    return grow(places["lat"].to_numpy(float), places["lon"].to_numpy(float), claims, weight, parts)


def grow(lat: _Numbers, lon: _Numbers, claims: _Positions, weight: _Numbers, parts: list[str | None]) -> Tree:
    """The tree of places at some degrees. ``parts`` are what each lies in: only places of one part join, and
    one without (None) joins with none.
    """
    x = (lon + 180) / 360 * 256
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * 256
    order = np.lexsort((np.arange(len(lat)), -weight))
    rank = np.empty(len(lat), dtype=np.int64)
    rank[order] = np.arange(len(lat))
    into, zoom = np.full(len(lat), -1), np.full(len(lat), -1.0)
    for part in dict.fromkeys(parts):
        if part is not None:
            members = np.array([n for n, other in enumerate(parts) if other == part])
            _join(members, x, y, claims, rank, into, zoom)
    # Rounded outwards, so that a ring is never shown nearer than it must be; the page reads the same numbers.
    return Tree(tuple(into.tolist()), tuple((np.floor(zoom * 100) / 100).tolist()), tuple(rank.tolist()))


def _join(
    members: _Positions,
    x: _Numbers,
    y: _Numbers,
    claims: _Positions,
    rank: _Positions,
    into: _Positions,
    zoom: _Numbers,
) -> None:
    """Join the two whose marks touch first on the way outwards, and so on.

    How near two marks are to touching is told by the square of the room they need over that of their distance
    at zoom 0: they touch where it is 4 ** zoom.
    """
    at_x, at_y, weighs, order = x[members], y[members], claims[members].astype(float), rank[members]
    radius = size(weighs, SINGLE)
    best, partner = np.zeros(len(members)), np.zeros(len(members), dtype=np.int64)

    def near(n: int) -> Any:
        room, dx, dy = radius + (radius[n] + GAP), at_x - at_x[n], at_y - at_y[n]
        found = room * room / (dx * dx + dy * dy)
        found[n] = 0
        return found

    def seek(n: int) -> None:
        found = near(n)
        partner[n] = found.argmax()
        best[n] = found[partner[n]]

    with np.errstate(divide="ignore", invalid="ignore"):
        for one in range(len(members)):
            seek(one)
        now = NEVER
        for _ in range(len(members) - 1):
            one = int(best.argmax())
            if best[one] < 4**WIDEST:
                return
            lead, other = sorted((one, int(partner[one])), key=lambda n: order[n])
            now = min(now, float(np.log2(best[one]) / 2))
            into[members[other]], zoom[members[other]] = members[lead], now
            at_x[other], best[other] = np.inf, 0  # what is infinitely far joins nothing more
            weighs[lead] += weighs[other]
            radius[lead] = size(weighs[lead], GROUP)
            found = near(lead)
            found[other] = 0
            nearer = found > best
            nearer[other] = False
            best[nearer] = found[nearer]
            partner[nearer] = lead
            seek(lead)
            for left in np.flatnonzero((partner == other) & (best > 0)).tolist():
                seek(left)


def size(claims: Any, shape: tuple[float, float, float]) -> Any:
    """The radius of a mark of so many claims, in px; ``shape`` is ``SINGLE`` or ``GROUP``."""
    least, growth, most = shape
    return np.minimum(most, least + growth * np.sqrt(claims))
