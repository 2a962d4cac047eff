"""The day of a text that has lost its date, from well-known happenings it tells as news.

``lexicon/chronology.csv`` lists happenings of the war, ``lexicon/periods.csv`` what was only in the news
between two days. For a possible day of publication the claims are dated as if it were the true one; the
happenings that then fall on their known day speak for it. A day is only given where they speak clearly, for
one stretch of a few days and for no other: a wrong date does more harm than none.
"""

import csv
import itertools
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from extraction.lexicon.particles import particles
from extraction.lexicon.vocabulary import LEXICON, Entry, Vocabulary
from extraction.reading.date import When, find_dates
from extraction.records import BLOCS, EVENT_TYPES, Claim
from extraction.words.sentence import Words
from gazetteer.orthography import fold, is_figure

_EVENT_COLUMNS: Final = ("date", "days", "places", "event_type", "blocs", "killed", "words", "note")
_PERIOD_COLUMNS: Final = ("kind", "words", "near", "since", "until", "note")
_DAY: Final = timedelta(days=1)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: A happening is news for so many days; "last week" reaches back so far.
_NEWS_DAYS: Final = 7
_REACH: Final = 13
#: Days between first and last of a time that is still told as one day.
_NARROW: Final = 1
#: Points for a happening that is told, and one more where a day word says that it is news and no memory.
_TOLD: Final = 2
_AS_NEWS: Final = 1
#: Points for one told within a vaguer time or by a written day, as papers write it of what is past, and for
#: fights at a place that just changed hands.
_VAGUELY: Final = 1
_FOUGHT_OVER: Final = 1
#: A point where a weekday that the text names proves right.
_WEEKDAY: Final = 1
#: With fewer points no date is given, nor where another stretch of days comes within the margin.
_ENOUGH: Final = 4
_MARGIN: Final = 2
#: So many tellings of one happening by its names are looked at.
_TELLINGS: Final = 20
#: The widest range that is still a date.
_WIDEST: Final = 7
#: Words between a name and what must stand near it: an office, the other names of a happening, a day word.
_NEAR: Final = 6
_TOGETHER: Final = 40
_BESIDE: Final = 25
_FIGHTING: Final = frozenset({"clash", "advance", "repelled_attack", "siege", "airstrike", "shelling"})
#: Before a year: it is still to come, or may be.
_TO_COME: Final = particles("to_come", "middle_or_end", "until", "before", "after")
#: Beside a name: no longer, or not yet, in office.
_NOT_IN_OFFICE: Final = particles("not_in_office")


class ChronologyError(ValueError):
    """A line of a list that cannot be used; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A well-known happening: on ``day``, give or take ``days``.

    It is known by one of ``event_types`` at one of ``places``, by one of ``blocs`` (any where empty) with at
    least ``killed`` dead; or, without places, by one phrase out of each group of ``words`` near one another.
    """

    day: date
    days: int
    places: frozenset[str]
    event_types: frozenset[str]
    blocs: frozenset[str]
    killed: int
    words: tuple[frozenset[str], ...]
    note: str

    @property
    def first(self) -> date:
        """The first day on which it may have been."""
        return self.day - self.days * _DAY

    @property
    def last(self) -> date:
        """The last such day."""
        return self.day + self.days * _DAY

    def is_told_by(self, claim: Claim) -> bool:
        """Whether a claim speaks of it, as far as place, kind, side and dead go."""
        return (
            claim.event_type in self.event_types
            and (
                not self.blocs or claim.actor_bloc in self.blocs or (self.killed > 0 and not claim.actor_bloc)
            )
            and (claim.killed_min or 0) >= self.killed
            and any(place.place_id in self.places for place in claim.places)
        )


@dataclass(frozen=True, slots=True)
class Period:
    """What was in the news from ``since`` to ``until``: one of ``words`` with one of ``near`` by it."""

    words: frozenset[str]
    near: frozenset[str]
    since: date
    until: date
    note: str


@dataclass(frozen=True)
class Chronology:
    """The two lists, and their words ready to be found."""

    happenings: tuple[Happening, ...]
    periods: tuple[Period, ...]

    @cached_property
    def by_place(self) -> Mapping[str, Sequence[Happening]]:
        """The happenings at each place."""
        found: dict[str, list[Happening]] = {}
        for happening in self.happenings:
            for place in happening.places:
                found.setdefault(place, []).append(happening)
        return found

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every phrase of the lists; each is a role of its own, so that one hides no other."""
        phrases = {p for h in self.happenings for group in h.words for p in group}
        phrases |= {p for period in self.periods for p in period.words | period.near}
        return Vocabulary(Entry(p, p, "name", tuple(p.split())) for p in sorted(phrases))


@dataclass(frozen=True, slots=True)
class Inferred:
    """A day of publication and the range ``first`` to ``last`` it lies in, inclusive, and why."""

    published: date
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A happening of which a text speaks: by claims, by fights at its place, or by names, at words ``at``."""

    happening: Happening
    claims: frozenset[str] = frozenset()
    fights: bool = False
    at: tuple[int, ...] = ()


# --- the lists


@cache
def load(folder: Path = LEXICON) -> Chronology:
    """The chronology of a lexicon folder. Raises ChronologyError for a line that cannot be used."""
    happenings = tuple(
        _happening(row, where) for row, where in _rows(folder / "chronology.csv", _EVENT_COLUMNS)
    )
    periods = tuple(_period(row, where) for row, where in _rows(folder / "periods.csv", _PERIOD_COLUMNS))
    return Chronology(happenings, periods)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    """The rows of a list with their place in it; lines that begin with # are remarks."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ChronologyError(f"{path}: cannot be read: {error}") from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    for (n, _), cells in zip(numbered, csv.reader(line for _, line in numbered), strict=True):
        where = f"{path.name}, line {n}"
        if n == numbered[0][0]:
            if tuple(cells) != columns:
                raise ChronologyError(f"{where}: the columns are to be {','.join(columns)}")
            continue
        if len(cells) != len(columns):
            raise ChronologyError(f"{where}: {len(cells)} cells, not {len(columns)}; quote those with commas")
        yield dict(zip(columns, cells, strict=True)), where


def _happening(row: Mapping[str, str], where: str) -> Happening:
    event_types = _codes(row["event_type"], EVENT_TYPES, f"{where}: event_type")
    places = frozenset(filter(None, row["places"].split("|")))
    words = tuple(_phrases(group) for group in row["words"].split("&") if group.strip())
    if not (places and event_types) and len(words) < 2:
        raise ChronologyError(f"{where}: needs places and event_type, or words of at least two groups (&)")
    return Happening(
        day=_date(row["date"], f"{where}: date"),
        days=_number(row["days"], f"{where}: days"),
        places=places,
        event_types=event_types,
        blocs=_codes(row["blocs"], BLOCS, f"{where}: blocs"),
        killed=_number(row["killed"], f"{where}: killed"),
        words=words,
        note=row["note"],
    )


def _period(row: Mapping[str, str], where: str) -> Period:
    words = _phrases(row["words"])
    since = _date(row["since"], f"{where}: since") if row["since"] else date.min
    until = _date(row["until"], f"{where}: until") if row["until"] else date.max
    if not words or since > until:
        raise ChronologyError(f"{where}: needs words, and since not later than until")
    return Period(words, _phrases(row["near"]), since, until, row["note"])


def _phrases(cell: str) -> frozenset[str]:
    return frozenset(" ".join(fold(phrase).split()) for phrase in cell.split("|") if phrase.strip())


def _codes(cell: str, known: Sequence[str], where: str) -> frozenset[str]:
    codes = frozenset(filter(None, cell.split("|")))
    if strange := sorted(codes.difference(known)):
        raise ChronologyError(f"{where}: {strange[0]!r} is none of {', '.join(known)}")
    return codes


def _date(cell: str, where: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ChronologyError(f"{where}: {cell!r} is no date; write it as 2013-11-20") from None


def _number(cell: str, where: str) -> int:
    if cell and not is_figure(cell):
        raise ChronologyError(f"{where}: {cell!r} is no number")
    return int(cell or 0)


# --- the weekday that a text says it came out on


def weekdays(words: Words) -> Mapping[int, str]:
    """The weekdays (Monday is 0) on which a text came out by its own words, each with these words.

    "Yesterday, Monday" was written on a Tuesday, "today, Friday" on a Friday.
    """
    found: dict[int, str] = {}
    for day, named in itertools.pairwise(t for t in words.tags if t.entry.role in ("day", "weekday")):
        if (day.entry.role, named.entry.role) != ("day", "weekday") or named.first != day.last:
            continue
        weekday = (int(named.entry.code) + int(day.entry.code)) % 7
        found.setdefault(weekday, " ".join(words.words[day.first : named.last]))
    return found


def contradiction(published: date, words: Words) -> str:
    """How a given day of publication contradicts the text's own weekdays, in words; else empty."""
    said = weekdays(words)
    if not said or published.weekday() in said:
        return ""
    ways = ", ".join(f"«{phrase}» ({WEEKDAYS[day]})" for day, phrase in said.items())
    return (
        f"published {published} was a {WEEKDAYS[published.weekday()]}, but the text says that it came out on "
        f"another day: {ways}; check the date"
    )


# --- the inference


def infer(
    words: Words,
    claims: Sequence[Claim],
    dated: Callable[[date], Sequence[Claim]],
    chronology: Chronology | None = None,
) -> Inferred | None:
    """The day on which an undated text came out, or None where its words do not suffice or contradict.

    ``claims`` are those of the text without a date; ``dated`` gives them for a day of publication.
    """
    chronology = chronology or load()
    names = _names(words, chronology)
    told = [*_told_by_claims(claims, chronology), *_told_by_names(names, chronology)]
    said = weekdays(words)
    if not told or len(said) > 1:  # nothing well known, or a compilation of several days
        return None
    days = list(_candidates(told, said, _fitting(words, names, chronology)))
    if not days:
        return None
    times = _times(words, dated(days[-1]))
    evidence = _Evidence(words, tuple(told), times, said)
    return _decide({day: evidence.points(day) for day in days}, evidence)


def _times(words: Words, claims: Sequence[Claim]) -> Mapping[str, tuple[int, int] | None]:
    """For each claim the words that date it, first and last, or None where none do."""
    begin = {words.start(at): at for at in range(words.count)}
    end = {words.end(at): at + 1 for at in range(words.count)}
    cues = {claim.claim_id: next((q for q in claim.cues if q.role == "date"), None) for claim in claims}
    return {name: (begin[cue.start], end[cue.end]) if cue else None for name, cue in cues.items()}


def _names(words: Words, chronology: Chronology) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Where the phrases of the lists stand in a text, in words."""
    found: dict[str, list[tuple[int, int]]] = {}
    for tag in chronology.vocabulary.tag(words.words[: words.count]):
        found.setdefault(tag.entry.code, []).append((tag.first, tag.last))
    return found


def _told_by_claims(claims: Sequence[Claim], chronology: Chronology) -> Iterator[_Told]:
    there: dict[Happening, list[Claim]] = {}
    for claim in claims:
        for place in {place.place_id for place in claim.places}:
            for happening in chronology.by_place.get(place, ()):
                there.setdefault(happening, []).append(claim)
    for happening, found in there.items():
        # Fights go on for days: only a place that changes hands, or many dead, are of one day.
        telling = {c.claim_id: c.event_type in _FIGHTING for c in found if happening.is_told_by(c)}
        singular = frozenset(i for i, fight in telling.items() if not fight or happening.killed)
        fights = len(singular) < len(telling) or (
            "control_change" in happening.event_types and any(c.event_type in _FIGHTING for c in found)
        )
        if singular or fights:
            yield _Told(happening, singular, fights)


def _told_by_names(names: Mapping[str, Sequence[tuple[int, int]]], chronology: Chronology) -> Iterator[_Told]:
    for happening in chronology.happenings:
        spots = [
            sorted(at for phrase in group for at, _ in names.get(phrase, ())) for group in happening.words
        ]
        if not spots or not all(spots):
            continue
        together = (
            at
            for at in spots[0]
            if all(_any_between(at - _TOGETHER, at + _TOGETHER + 1, group) for group in spots[1:])
        )
        if at := tuple(itertools.islice(together, _TELLINGS)):
            yield _Told(happening, at=at)


def _any_between(low: int, high: int, spots: Sequence[int]) -> bool:
    """Whether one of the sorted ``spots`` is from ``low`` to ``high``, exclusive."""
    at = bisect_left(spots, low)
    return at < len(spots) and spots[at] < high


def _fitting(
    words: Words, names: Mapping[str, Sequence[tuple[int, int]]], chronology: Chronology
) -> Callable[[date], bool]:
    """Whether the persons, groups, treaties, seasons and years of the text fit a day."""
    meant: dict[tuple[frozenset[str], frozenset[str]], list[Period]] = {}
    for period in chronology.periods:
        if _stands(words, names, period):
            meant.setdefault((period.words, period.near), []).append(period)
    years = [
        when.end
        for when in find_dates(words, 0, words.count, None)
        if not words.among(words.back(when.first, 2), when.first, _TO_COME)
    ]
    # Of a month or a year only its beginning is sure to have come.
    latest = max((day.replace(month=1, day=1) for day in years), default=date.min)

    def fits(day: date) -> bool:
        return day >= latest and all(any(p.since <= day <= p.until for p in ways) for ways in meant.values())

    return fits


def _stands(words: Words, names: Mapping[str, Sequence[tuple[int, int]]], period: Period) -> bool:
    beside = sorted(first for phrase in period.near for first, _ in names.get(phrase, ()))
    for phrase in period.words:
        for first, last in names.get(phrase, ()):
            if words.among(words.back(first, 4), last + 4, _NOT_IN_OFFICE):
                continue
            if (
                not period.near
                or _any_between(first - _NEAR, first, beside)
                or _any_between(last, last + _NEAR, beside)
            ):
                return True
    return False


def _candidates(
    told: Sequence[_Told], said: Mapping[int, str], fits: Callable[[date], bool]
) -> Iterator[date]:
    """The days on which what is told could be news, in order."""
    days = {
        one.happening.first + n * _DAY
        for one in told
        if one.claims or one.at
        for n in range((one.happening.last - one.happening.first).days + _REACH + 1)
    }
    for day in sorted(days):
        if (not said or day.weekday() in said) and fits(day):
            yield day


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a text tells of the chronology, and the words that date it."""

    words: Words
    told: tuple[_Told, ...]
    times: Mapping[str, tuple[int, int] | None]
    said: Mapping[int, str]

    def counted(self, day: date) -> list[tuple[Happening, int, bool]]:
        """The happenings that speak for a day of publication, how much, and whether by a weekday.

        Of several at one place the one that says most is counted: they are told in the same words.
        """
        spoken = [(one.happening, *self._points(day, one)) for one in self.told]
        counted: list[tuple[Happening, int, bool]] = []
        for happening, points, by_weekday in sorted(spoken, key=lambda one: -one[1]):
            if points and all(happening.places.isdisjoint(other.places) for other, _, _ in counted):
                counted.append((happening, points, by_weekday))
        return counted

    def points(self, day: date) -> int:
        """How much speaks for a day of publication."""
        counted = self.counted(day)
        proven = bool(self.said) or any(by_weekday for _, _, by_weekday in counted)
        return sum(points for _, points, _ in counted) + (_WEEKDAY if proven else 0)

    def _points(self, day: date, told: _Told) -> tuple[int, bool]:
        """How much one happening speaks for a day, and whether it is told by its weekday."""
        happening = told.happening
        if not happening.first <= day <= happening.last + _REACH * _DAY:
            return 0, False
        ways = [self._of_claim(day, happening, claim) for claim in told.claims]
        ways += [self._of_names(day, happening, at) for at in told.at]
        if told.fights and day <= happening.last + _NEWS_DAYS * _DAY:
            ways.append((_FOUGHT_OVER, False))
        return max(ways, default=(0, False))

    def _of_claim(self, day: date, happening: Happening, claim: str) -> tuple[int, bool]:
        time = self.times.get(claim)
        if time is None:
            near = happening.first <= day and day - _DAY <= happening.last
            return (_TOLD if near else 0), False
        when = next(iter(find_dates(self.words, *time, day)), None)
        return self._at(day, happening, when) if when is not None else (0, False)

    def _of_names(self, day: date, happening: Happening, at: int) -> tuple[int, bool]:
        """Names are everywhere: they count with a day word in their sentence, the nearest one to them."""
        sentence = next(s for s in self.words.sentences if s.first <= at < s.last)
        whens = find_dates(self.words, sentence.first, sentence.last, day)
        when = min(whens, key=lambda w: abs(w.first - at), default=None)
        if when is None or abs(when.first - at) > _BESIDE:
            return 0, False
        points, by_weekday = self._at(day, happening, when)
        return (points, by_weekday) if points > _VAGUELY else (0, False)

    def _at(self, day: date, happening: Happening, when: When) -> tuple[int, bool]:
        """How much it says that a happening is told at a time."""
        start, end = when.start, when.end
        narrow = (end - start).days <= _NARROW
        if when.basis == "relative" and not narrow:
            end = max(end, day - _DAY)  # "last week" may be any day of it
        if start > happening.last or end < happening.first or (day - end).days > _NEWS_DAYS:
            return 0, False
        if narrow and when.basis != "explicit":
            return _TOLD + _AS_NEWS, when.basis == "weekday"
        return _VAGUELY, False


def _decide(points: Mapping[date, int], evidence: _Evidence) -> Inferred | None:
    """The stretch of days for which most speaks, unless it is too little, too wide, or not alone."""
    best = max(points.values())
    days = [day for day in points if points[day] == best]
    if best < _ENOUGH or (days[-1] - days[0]).days >= _WIDEST:
        return None
    near = _WIDEST * _DAY
    if any(
        value > best - _MARGIN for day, value in points.items() if not days[-1] - near < day < days[0] + near
    ):
        return None
    published = days[len(days) // 2]
    met = sorted((happening.day, happening.note) for happening, _, _ in evidence.counted(published))
    reason = "; ".join(f"{note} ({happened})" for happened, note in met)
    if evidence.said:
        said = next(iter(evidence.said.values()))
        reason += f"; the text came out on a {WEEKDAYS[published.weekday()]} («{said}»)"
    return Inferred(published, days[0], days[-1], reason)
