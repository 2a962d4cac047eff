"""One place out of several of that name, and why.

The evidence a text gives is weighed: a wider place named beside the name (``بريف حلب``), the word that
announces it (``حي``), the places it is listed with, those of the sentence and of the article. What the
text leaves open is decided by kind and population, with a low score that says so.
"""

import math
import operator
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from gazetteer.place import Place, distance_km
from gazetteer.reasons import Reason
from gazetteer.sources import Gazetteer

#: Weights of the evidence. They order as an Arabic reader does: what stands beside the name decides,
#: then the word before it, then the company it keeps, and only then what is large.
BESIDE: Final = 4.0
KIND: Final = 3.0
LIST: Final = 2.5
SENTENCE: Final = 2.0
ARTICLE: Final = 1.5

#: How likely a bare name means a place of this kind: حلب is the city unless the text says otherwise.
PRIOR: Final = {
    "city": 1.0,
    "town": 0.7,
    "region": 0.55,
    "neighbourhood": 0.45,
    "camp": 0.45,
    "base": 0.4,
    "airport": 0.4,
    "crossing": 0.4,
    "village": 0.35,
    "hill": 0.3,
    "landmark": 0.3,
    "governorate": 0.25,
    "district": 0.0,
}

#: A namesake that only the user's list has stands behind the built-in ones, which were chosen because reports
#: name them: unless it is announced, or put in a wider place, it is not the one.
IMPORTED: Final = -2.0
IMPORTED_UNTOLD: Final = -6.0

#: Kilometres at which a neighbour counts a third.
REACH_KM: Final = 25.0

#: Degrees beyond which a neighbour counts nothing, and a degree of longitude in Syria in degrees of latitude.
_FAR: Final = 1.1
_EAST: Final = 0.82

#: A place this far beyond the wider place named beside it is another of that name.
BEYOND_KM: Final = 60.0


class Evidence(NamedTuple):
    """What a text says around one name. ``kinds`` are those its place word announces; ``beside`` the wider
    places named with it; ``article`` the other places and ``weights`` how much each counts, nearer in the
    text more."""

    kinds: tuple[str, ...] = ()
    beside: tuple[Place, ...] = ()
    listed: tuple[Place, ...] = ()
    sentence: tuple[Place, ...] = ()
    article: Sequence[Place] = ()
    weights: Sequence[float] = ()


class Choice(NamedTuple):
    """A place chosen among namesakes: how sure, from 0 to 1, and why."""

    place: Place
    score: float
    reasons: tuple[Reason, ...]


def contradicts(place: Place, beside: Iterable[Place]) -> bool:
    """Whether a place lies far outside all of the wider places named beside it."""
    return all(
        (not place.admin1 or not wider.admin1 or place.admin1 != wider.admin1)
        and distance_km(place, wider) > wider.radius_km + place.radius_km + BEYOND_KM
        for wider in beside
    )


def rank(gazetteer: Gazetteer, places: Sequence[Place], evidence: Evidence) -> list[Choice]:
    """All namesakes, likeliest first. The score of the first is its lead over the second."""
    if len(places) == 1:
        return [Choice(places[0], 0.95, (Reason("only"),))]
    weighed = sorted(
        ((*_weigh(gazetteer, p, evidence), p) for p in places),
        key=lambda w: (-w[0], -w[2].population, w[2].id),
    )
    choices = []
    for i, (points, reasons, place) in enumerate(weighed):
        if i == 0:
            lead = points - weighed[1][0]
            score, why = 0.35 + 0.6 * lead / (lead + 0.8), "best"
        else:
            behind = weighed[0][0] - points
            score, why = 0.35 / (1 + behind), "one"
        choices.append(Choice(place, round(score, 3), (Reason(why, str(len(weighed))), *reasons)))
    return choices


def _weigh(gazetteer: Gazetteer, place: Place, evidence: Evidence) -> tuple[float, list[Reason]]:
    points = PRIOR[place.kind] + math.log10(place.population + 1) / 20
    if place.id in gazetteer.imported:
        points += IMPORTED if evidence.kinds or evidence.beside else IMPORTED_UNTOLD
    reasons: list[Reason] = []
    if evidence.kinds:
        if place.kind in evidence.kinds:
            # The first kind a word announces is the likelier: بلدة is a town before it is a city.
            points += KIND - 0.1 * evidence.kinds.index(place.kind)
            reasons.append(Reason("announced", place.kind))
        elif place.kind in ("governorate", "district"):
            points -= 1.0
    within = gazetteer.within(place.id)
    # A list names places of a kind: unless announced, no quarter stands in one beside its own city.
    peers: Sequence[Place] = evidence.listed
    if peers and not evidence.kinds:
        peers = [p for p in peers if p.id not in within]
    for weight, others, code in (
        (BESIDE, evidence.beside, "beside"),
        (LIST, peers, "listed"),
        (SENTENCE, evidence.sentence, "sentence"),
    ):
        if others:
            values = _closeness(place, within, others)
            best = max(values)
            points += weight * best
            if best > 0.3:
                reasons.append(Reason(code, others[values.index(best)].id))
    if evidence.article:
        total = sum(evidence.weights)
        shared = sum(map(operator.mul, evidence.weights, _closeness(place, within, evidence.article)))
        points += ARTICLE * shared / max(total, 1.0)
        if shared / total > 0.3:
            reasons.append(Reason("article"))
    return points, reasons


def _closeness(place: Place, within: frozenset[str], others: Sequence[Place]) -> list[float]:
    """For each of others, from 1 (the place lies in it) down to 0 with the distance beyond its own radius."""
    # On a plane, and nothing beyond some 120 km: this is asked more often than anything else.
    lat, lon, place_id = place.lat, place.lon, place.id
    values = []
    for other in others:
        north, east = lat - other.lat, (lon - other.lon) * _EAST
        if other.id in within:
            value = 1.0
        elif not (-_FAR < north < _FAR and -_FAR < east < _FAR) or other.id == place_id:
            value = 0.0
        else:
            radius = other.radius_km
            gap = 111.2 * math.hypot(north, east) - (radius if radius < 20.0 else 20.0)
            value = 0.9 * math.exp(-gap / REACH_KM) if gap > 0 else 0.9
        values.append(value)
    return values
