"""Which places a name may mean that somebody types: in Arabic or Latin letters, however spelled."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from gazetteer.index import SCORES, Name, fold_latin
from gazetteer.orthography import fold
from gazetteer.place import Place
from gazetteer.reasons import Reason
from gazetteer.resolve import Evidence, rank
from gazetteer.sources import Gazetteer


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, best first in a list of them; and why."""

    place: Place
    score: float
    reasons: tuple[Reason, ...]


def _alike(gazetteer: Gazetteer, name: str) -> dict[str, float]:
    """The places whose names are like one, each with its likeness from 0 to 1."""
    index = gazetteer.index
    arabic = any("\u0600" <= c <= "\u06ff" for c in name)
    query = fold(name) if arabic else fold_latin(name)
    tokens = query.split()
    while arabic and len(tokens) > 1 and tokens[0] in index.words.announces:
        tokens = tokens[1:]
    query = " ".join(tokens)
    if not query:
        return {}
    likeness: dict[str, float] = {}
    names = index.names if arabic else index.latin
    for other, score, _ in process.extract(query, names.keys(), scorer=fuzz.ratio, score_cutoff=75, limit=40):
        entry = names[other]
        ids, method = (entry.place_ids, entry.method) if isinstance(entry, Name) else (entry, "exact")
        for place_id in ids:
            value = score / 100 * SCORES[method]
            likeness[place_id] = max(value, likeness.get(place_id, 0.0))
    best = max(likeness.values(), default=0.0)
    return {i: v for i, v in likeness.items() if v >= best - 0.15}


def find_places(gazetteer: Gazetteer, name: str, near: str | None = None) -> list[Candidate]:
    """The places that a name, in Arabic or Latin letters and however spelled, may mean, best first.

    ``near`` names a place it lies in or near, which decides between namesakes. At most ten; none where
    nothing is like the name.
    """
    likeness = _alike(gazetteer, name)
    around = _alike(gazetteer, near) if near else {}
    anchors = [gazetteer.places[i] for i, v in around.items() if v == max(around.values())]
    places = [gazetteer.places[i] for i in likeness]
    ranked = rank(gazetteer, places, Evidence(beside=tuple(anchors)))
    found = [
        Candidate(c.place, round(likeness[c.place.id] * (0.5 + c.score / 2), 3), c.reasons) for c in ranked
    ]
    return sorted(found, key=lambda c: -c.score)[:10]
