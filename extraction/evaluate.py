"""How right is it? An exported archive against answers made by hand.

Mentions are right where they share at least half of the two spans' union with an answer, and located where
their point lies within the answer's tolerance. Claims are compared as the markers they put on the map: one
for each claim and place, right where type, stance and place fit and the evidence stands around the words
that the answer names. What an answer marks as optional is neither demanded nor counted as false.
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any, Final, TypeVar

from geopy.distance import great_circle

#: Code points by which evidence may miss the words that the answer names.
_SLACK: Final = 60
#: Evidence counts up to this length.
_EVIDENCE: Final = 400
#: Share of the union of two spans from which on they are one mention; the strict and the loosest reading.
_HALF, _EXACT, _TOUCHING = 0.5, 1.0, 1e-9

Range = tuple[int | None, int | None]


class EvaluationError(Exception):
    """An export or a set of answers that cannot be read, named with the reason."""


@dataclass(slots=True)
class Tally:
    """What was found rightly, found falsely, and missed."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Share:
    """So many right of so many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    def __str__(self) -> str:
        return f"{self.right}/{self.of}"


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is wrong: in which text, from which code point on, and the words concerned."""

    doc_id: str
    at: int
    what: str
    words: str


@dataclass(slots=True)
class Evaluation:
    """All figures over all texts that have answers.

    ``distances`` are the kilometres between the points of right mentions and of their answers;
    ``attributes`` the shares right, among the right claims, of what the answers say of them: actor,
    claimant, dates, killed, wounded, strikes, victims, total; ``silent`` where no figure is the right one;
    ``whole`` for a claim of several places found as one. ``reliability`` is the share of markers right in
    each band of confidence: what the program's own figure is worth. ``forbidden`` counts claims that say
    what the text does not.
    """

    texts: int = 0
    mentions: Tally = field(default_factory=Tally)
    mentions_exact: Tally = field(default_factory=Tally)
    mentions_touching: Tally = field(default_factory=Tally)
    located: Share = field(default_factory=Share)
    within_5_km: Share = field(default_factory=Share)
    within_20_km: Share = field(default_factory=Share)
    distances: list[float] = field(default_factory=list)
    markers: Tally = field(default_factory=Tally)
    markers_by_type: dict[str, Tally] = field(default_factory=dict)
    attributes: dict[str, Share] = field(default_factory=dict)
    reliability: dict[str, Share] = field(default_factory=dict)
    forbidden: int = 0
    errors: list[Error] = field(default_factory=list)

    def of_type(self, event_type: str) -> Tally:
        return self.markers_by_type.setdefault(event_type, Tally())

    def trust(self, confidence: float, right: bool) -> None:
        """Count a marker under its band of confidence, a tenth wide below 0.9."""
        band = min(int(confidence * 10), 9) / 10
        self.reliability.setdefault(f"{band:.1f} and more", Share()).add(right)

    def attribute(self, name: str, right: bool) -> None:
        self.attributes.setdefault(name, Share()).add(right)


# --- what is compared


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Point:
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention as exported."""

    span: _Span
    point: _Point | None
    surface: str
    name: str


@dataclass(frozen=True, slots=True)
class _Marker:
    """A claim as exported, at one of its places."""

    claim_id: str
    place_id: str
    span: _Span
    point: _Point | None
    event_type: str
    stance: str
    evidence: str
    actor_bloc: str
    claimant: str
    dates: tuple[date, date] | None
    counts: Mapping[str, Range]
    victims: str
    is_total: bool
    confidence: float


_Found = TypeVar("_Found", _Mention, _Marker)


@dataclass(frozen=True, slots=True)
class _Area:
    """Where the answer puts a place; ``unlisted`` where no list has it and it may be left open."""

    name: str
    point: _Point
    tolerance_km: float
    unlisted: bool

    def holds(self, point: _Point | None) -> bool:
        return point is not None and _km(point, self.point) <= self.tolerance_km


@dataclass(frozen=True, slots=True)
class _TrueMention:
    """A mention as it ought to be."""

    span: _Span
    surface: str
    area: _Area
    optional: bool


@dataclass(frozen=True, slots=True)
class _TrueClaim:
    """A claim as it ought to be (or, among ``never``, ought not to be).

    ``counts`` holds for killed, wounded and strikes, where told, either a range or "vague" (an unquantified
    number) or "vague?" (one that may be left out).
    """

    words: str
    at: int
    types: tuple[str, ...]
    stance: str
    areas: tuple[_Area, ...]
    optional: bool
    why: str
    actors: tuple[str, ...]
    claimants: tuple[str, ...]
    dates: tuple[date, date] | None
    counts: Mapping[str, Range | str]
    victims: str
    is_total: bool

    def fits(self, marker: _Marker, area: _Area) -> bool:
        return (
            marker.event_type in self.types
            and marker.stance == self.stance
            and area.holds(marker.point)
            and marker.span.start - _SLACK
            <= self.at
            <= min(marker.span.end, marker.span.start + _EVIDENCE) + _SLACK
        )

    def fits_somewhere(self, marker: _Marker) -> bool:
        return any(self.fits(marker, area) for area in self.areas)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Everything that is right about one text."""

    doc_id: str
    mentions: tuple[_TrueMention, ...]
    claims: tuple[_TrueClaim, ...]
    never: tuple[_TrueClaim, ...]


def evaluate(export: Path, gold: Path) -> Evaluation:
    """Compare the export in one folder with the answers (``*.json``) in the other.

    Only texts that have answers count. Raises ``EvaluationError`` where either cannot be read.
    """
    files = sorted(gold.glob("*.json"))
    if not files:
        raise EvaluationError(f"no answers in {gold}: they are files called TEXT.json")
    try:
        mentions, markers = _read_export(export)
    except (ValueError, KeyError) as error:
        raise EvaluationError(f"{export} is no export of conflictmap: {error!r}") from error
    evaluation = Evaluation(texts=len(files))
    for file in files:
        answers = _read_answers(file)
        _score_mentions(evaluation, answers, mentions.get(answers.doc_id, []))
        _score_claims(evaluation, answers, markers.get(answers.doc_id, []))
    return evaluation


# --- mentions


def _score_mentions(evaluation: Evaluation, answers: _Answers, found: Sequence[_Mention]) -> None:
    _match(answers, found, _EXACT, evaluation.mentions_exact)
    _match(answers, found, _TOUCHING, evaluation.mentions_touching)

    def complain(at: int, what: str, words: str) -> None:
        evaluation.errors.append(Error(answers.doc_id, at, what, words))

    for true, mention in _match(answers, found, _HALF, evaluation.mentions, complain):
        right = true.area.holds(mention.point) or (true.area.unlisted and mention.point is None)
        evaluation.located.add(right)
        if not right:
            complain(
                true.span.start, f"misplaced toponym, taken for {mention.name or 'nothing'}", true.surface
            )
        if true.area.unlisted:
            continue
        distance = _km(mention.point, true.area.point) if mention.point else None
        evaluation.within_5_km.add(distance is not None and distance <= 5)
        evaluation.within_20_km.add(distance is not None and distance <= 20)
        if distance is not None:
            evaluation.distances.append(distance)


def _match(
    answers: _Answers,
    found: Sequence[_Mention],
    threshold: float,
    tally: Tally,
    complain: Callable[[int, str, str], None] = lambda *_: None,
) -> list[tuple[_TrueMention, _Mention]]:
    """The demanded mentions that were found, each with the best span not yet given to another."""
    pairs: list[tuple[_TrueMention, _Mention]] = []
    used: set[int] = set()
    for true in answers.mentions:
        shares = {
            number: share
            for number, mention in enumerate(found)
            if number not in used and (share := _shared(mention.span, true.span)) >= threshold
        }
        if shares:
            best = max(shares, key=lambda number: shares[number])
            used.add(best)
            if not true.optional:
                tally.hits += 1
                pairs.append((true, found[best]))
        elif not true.optional:
            tally.missed += 1
            complain(true.span.start, "missed toponym", true.surface)
    optional = [true.span for true in answers.mentions if true.optional]
    for number, mention in enumerate(found):
        if number not in used and not any(_shared(mention.span, span) for span in optional):
            tally.false += 1
            complain(mention.span.start, "false toponym", mention.surface)
    return pairs


def _shared(a: _Span, b: _Span) -> float:
    """The common part of two spans as a share of their union."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0


def _km(a: _Point, b: _Point) -> float:
    return float(great_circle((a.lat, a.lon), (b.lat, b.lon)).km)


# --- claims


def _score_claims(evaluation: Evaluation, answers: _Answers, markers: Sequence[_Marker]) -> None:
    def complain(at: int, what: str, words: str) -> None:
        evaluation.errors.append(Error(answers.doc_id, at, what, words))

    used: set[int] = set()
    for true in sorted(answers.claims, key=lambda claim: claim.optional):
        found: list[_Marker] = []
        for area in true.areas:
            best = _best_marker(true, area, markers, used, {marker.claim_id for marker in found})
            if best is not None:
                used.add(best)
            if true.optional or (best is None and area.unlisted):
                continue
            if best is not None:
                found.append(markers[best])
            tallies = (evaluation.markers, evaluation.of_type(true.types[0]))
            for tally in tallies:
                tally.hits += best is not None
                tally.missed += best is None
            if best is None:
                complain(true.at, f"missed {true.types[0]}, {true.stance}, at {area.name}", true.words)
        if not true.optional:
            _score_attributes(evaluation, true, found, complain)
    for number, marker in enumerate(markers):
        what = f"{marker.event_type}, {marker.stance}, at {marker.place_id or 'an unlisted place'}"
        said = any(true.fits_somewhere(marker) for true in answers.claims)
        for never in answers.never:
            if never.fits_somewhere(marker) and not said:
                evaluation.forbidden += 1
                complain(marker.span.start, f"forbidden {what}: {never.why}", marker.evidence)
        allowed = any(true.optional and true.fits_somewhere(marker) for true in answers.claims)
        evaluation.trust(marker.confidence, number in used or allowed)
        if number not in used and not allowed:
            evaluation.markers.false += 1
            evaluation.of_type(marker.event_type).false += 1
            complain(marker.span.start, f"false {what}", marker.evidence)


def _best_marker(
    true: _TrueClaim, area: _Area, markers: Sequence[_Marker], used: set[int], claims: set[str]
) -> int | None:
    """The marker that fits best: of a claim found already, then the nearest, then the shortest."""
    fitting = [
        number for number, marker in enumerate(markers) if number not in used and true.fits(marker, area)
    ]

    def badness(number: int) -> tuple[bool, int, int]:
        marker = markers[number]
        return marker.claim_id not in claims, abs(marker.span.start - true.at), marker.span.end

    return min(fitting, key=badness, default=None)


def _score_attributes(
    evaluation: Evaluation,
    true: _TrueClaim,
    found: Sequence[_Marker],
    complain: Callable[[int, str, str], None],
) -> None:
    """Compare what the answer says of a claim with each claim that was found for it."""

    def say(name: str, right: bool, marker: _Marker) -> None:
        evaluation.attribute(name, right)
        if not right:
            complain(marker.span.start, f"wrong {name} of {marker.event_type}", marker.evidence)

    claims = {marker.claim_id: marker for marker in reversed(found)}
    for marker in claims.values():
        if true.actors:
            say("actor", marker.actor_bloc in true.actors, marker)
        say("claimant", marker.claimant in true.claimants, marker)
        say("dates", _dates_right(marker.dates, true.dates), marker)
        for name, want in true.counts.items():
            say(name, _count_right(marker.counts[name], want), marker)
        if "killed" not in true.counts and "wounded" not in true.counts:
            told = marker.counts["killed"][0] is not None or marker.counts["wounded"][0] is not None
            say("silent", not told, marker)
        if true.victims:
            say("victims", marker.victims == true.victims, marker)
        if true.is_total:
            say("total", marker.is_total, marker)
    if len(found) > 1:
        say("whole", len(claims) == 1, found[0])


def _dates_right(dates: tuple[date, date] | None, want: tuple[date, date] | None) -> bool:
    """Whether two ranges meet, the one found being at most a day longer than the one wanted."""
    if dates is None or want is None:
        return False
    longest = want[1] - want[0] + timedelta(days=1)
    return dates[0] <= want[1] and want[0] <= dates[1] and dates[1] - dates[0] <= longest


def _count_right(count: Range, want: Range | str) -> bool:
    low, high = count
    match want:
        case "vague?":
            return low is None or 1 <= low <= 3
        case "vague":
            return low is not None and 1 <= low <= 3 and high is None
        case (20, None):  # dozens: 10 and 12 are other codebooks' readings of the same word
            return low is not None and 10 <= low <= 30 and high in (None, 99)
        case _:
            return count == want


# --- the report


def figures(evaluation: Evaluation) -> dict[str, object]:
    """The headline figures by name, rounded to three decimals, as JSON would hold them."""
    located = evaluation.located
    return {
        "texts": evaluation.texts,
        "mentions": _tally_figures(evaluation.mentions),
        "located": round(located.right / located.of, 3) if located.of else 0.0,
        "markers": _tally_figures(evaluation.markers),
        **{name: str(share) for name, share in sorted(evaluation.attributes.items())},
        "forbidden": evaluation.forbidden,
    }


def _tally_figures(tally: Tally) -> dict[str, object]:
    return {
        "precision": round(tally.precision, 3),
        "recall": round(tally.recall, 3),
        "f1": round(tally.f1, 3),
        "tp": tally.hits,
        "fp": tally.false,
        "fn": tally.missed,
    }


def report(evaluation: Evaluation) -> str:
    """Every figure as a table to read, and the list of errors below it."""
    lines = [
        f"Texts with answers: {evaluation.texts}",
        "",
        _row("", "precision", "recall", "F1", "right", "false", "missed"),
    ]
    lines += [
        _tally_row("mentions", evaluation.mentions),
        _tally_row("  same span exactly", evaluation.mentions_exact),
        _tally_row("  spans that touch", evaluation.mentions_touching),
        _tally_row("markers", evaluation.markers),
    ]
    lines += [_tally_row(f"  {name}", tally) for name, tally in sorted(evaluation.markers_by_type.items())]
    lines += ["", "Of the right mentions"]
    for name, share in (
        ("located", evaluation.located),
        ("within 5 km", evaluation.within_5_km),
        ("within 20 km", evaluation.within_20_km),
    ):
        lines.append(_row(f"  {name}", str(share)))
    if evaluation.distances:
        lines.append(_row("  mean error, km", f"{mean(evaluation.distances):.1f}"))
        lines.append(_row("  median error, km", f"{median(evaluation.distances):.1f}"))
    lines += ["", "Of the right claims"]
    lines += [_row(f"  {name}", str(share)) for name, share in sorted(evaluation.attributes.items())]
    lines += ["", "Right among the markers of a confidence of"]
    lines += [_row(f"  {band}", str(share)) for band, share in sorted(evaluation.reliability.items())]
    lines += ["", _row("forbidden claims", str(evaluation.forbidden)), ""]
    lines.append(f"Errors: {len(evaluation.errors)}")
    errors = sorted(evaluation.errors, key=lambda error: (error.doc_id, error.at))
    lines += [f"  {error.doc_id}, {error.at}: {error.what}: {error.words}" for error in errors]
    return "\n".join(lines)


def _row(name: str, *cells: str) -> str:
    return f"{name:<22}" + "".join(f"{cell:>10}" for cell in cells)


def _tally_row(name: str, tally: Tally) -> str:
    shares = (f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1))
    return _row(name, *shares, *(str(count) for count in (tally.hits, tally.false, tally.missed)))


# --- reading the two folders


def _read_export(folder: Path) -> tuple[dict[str, list[_Mention]], dict[str, list[_Marker]]]:
    """The mentions and markers of each text, in the order of the text."""
    mentions: dict[str, list[_Mention]] = {}
    for row in _rows(folder / "mentions.csv"):
        mention = _Mention(_span(row), _point(row), row["surface"], row["name_en"])
        mentions.setdefault(row["doc_id"], []).append(mention)
    places: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder / "claim_places.csv"):
        places.setdefault(row["claim_id"], []).append(row)
    markers: dict[str, list[_Marker]] = {}
    for row in _rows(folder / "claims.csv"):
        for place in places.get(row["claim_id"], []):
            markers.setdefault(row["doc_id"], []).append(_marker(row, place))
    return _in_order(mentions), _in_order(markers)


def _in_order(texts: dict[str, list[_Found]]) -> dict[str, list[_Found]]:
    return {
        doc_id: sorted(items, key=lambda item: (item.span.start, item.span.end))
        for doc_id, items in texts.items()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise EvaluationError(f"{path}: {error.strerror}; `conflictmap export` writes this file") from error


def _marker(claim: dict[str, str], place: dict[str, str]) -> _Marker:
    first, last = claim["date_start"], claim["date_end"] or claim["date_start"]
    return _Marker(
        claim_id=claim["claim_id"],
        place_id=place["place_id"],
        span=_span(claim),
        point=_point(place),
        event_type=claim["event_type"],
        stance=claim["stance"],
        evidence=claim["evidence"],
        actor_bloc=claim["actor_bloc"],
        claimant=claim["claimant"],
        dates=(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
        counts={
            name: (_count(claim[f"{name}_min"]), _count(claim[f"{name}_max"]))
            for name in ("killed", "wounded", "strikes")
        },
        victims=claim["victims"],
        is_total=claim["is_total"] == "true",
        confidence=float(claim.get("confidence") or 0),
    )


def _span(row: Mapping[str, str]) -> _Span:
    return _Span(int(row["start"]), int(row["end"]))


def _point(row: Mapping[str, str]) -> _Point | None:
    return _Point(float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None


def _count(cell: str) -> int | None:
    return int(cell) if cell else None


def _read_answers(path: Path) -> _Answers:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        return _Answers(
            doc_id=gold["doc"],
            mentions=tuple(map(_true_mention, gold["mentions"])),
            claims=tuple(map(_true_claim, gold["claims"])),
            never=tuple(map(_true_claim, gold["never"])),
        )
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise EvaluationError(f"{path} holds no answers that can be read: {error!r}") from error


def _true_mention(gold: Mapping[str, Any]) -> _TrueMention:
    return _TrueMention(_Span(gold["start"], gold["end"]), gold["surface"], _area(gold), gold["optional"])


def _true_claim(gold: Mapping[str, Any]) -> _TrueClaim:
    first_last = [date.fromisoformat(day) for day in gold.get("dates", ())]
    counts = {name: gold[name] for name in ("killed", "wounded", "strikes") if name in gold}
    return _TrueClaim(
        words=gold["anchor"],
        at=gold["at"],
        types=tuple(gold["types"]),
        stance=gold["stance"],
        areas=tuple(map(_area, gold["places"])),
        optional=gold["opt"],
        why=gold.get("why", ""),
        actors=(gold["actor"], *gold.get("actor_also", ())) if gold.get("actor") else (),
        claimants=tuple(name or "" for name in (gold.get("claimant"), *gold.get("claimant_also", ()))),
        dates=(first_last[0], first_last[1]) if first_last else None,
        counts={name: want if isinstance(want, str) else (want[0], want[1]) for name, want in counts.items()},
        victims=gold.get("victims", ""),
        is_total=bool(gold.get("umbrella")),
    )


def _area(gold: Mapping[str, Any]) -> _Area:
    return _Area(gold["name"], _Point(gold["lat"], gold["lon"]), gold["tol_km"], bool(gold.get("unlisted")))
