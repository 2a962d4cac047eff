"""When: day names, yesterday, written dates and spans, counted back from the day of publication.

Where "yesterday" and a day name disagree, the day name is right. A bare day name is the latest such day up
to publication. Without a publication date only a written date with its year dates anything.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hijridate import Hijri

from extraction.lexicon.clitics import AND, COMMON_ERA, FOR
from extraction.lexicon.particles import AFTER, FROM, ON, SINCE, particles
from extraction.lexicon.vocabulary import Tag
from extraction.records import DateBasis
from extraction.words.sentence import Words
from gazetteer.orthography import is_figure

_PERIOD_DAYS: Final = {"hours24": (1, 0), "days": (7, 0)}
_SPAN_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_HIJRI_YEARS: Final = range(1432, 1460)
#: Between "two days after" and what was before; and the days of "days after".
_AFTER_WHAT: Final = particles("from", "on")
_SPAN_WORDS: Final = 7  # "after less than two weeks of"
_A_FEW_DAYS: Final = (7, 1)
#: The words that begin a time expression, beside figures.
_ROLES: Final = ("ordinal", "month", "season", "weekday", "day", "next_day", "period", "ago")
#: Before a bare month these make it a date: the latest such month up to publication.
_IN_MONTH: Final = particles("in", "during", "since", "month", "part_of_month", "middle_or_end")
_MONTH: Final = particles("month")
_RUNNING: Final = particles("running")
_DAYS: Final = particles("days")
_WHOLE_YEAR: Final = "1 12"  # the months of عام
_THE_MONTH: Final = particles("the_month")
_FIRST_YEAR: Final = 2011  # the war's first


@dataclass(frozen=True, slots=True)
class When:
    """A day or a range of days, ``start`` to ``end`` inclusive, told at words ``first`` to ``last``."""

    first: int
    last: int
    start: date
    end: date
    basis: DateBasis


def find_dates(
    words: Words,
    first: int,
    last: int,
    published: date | None,
    before: date | None = None,
) -> list[When]:
    """All time expressions among words ``first`` to ``last``, in order; ``before`` is the day told last
    before them, from which "the next day" is counted."""
    found: list[When] = []
    done = first
    for at in words.where(first, last, "figure", *_ROLES):
        if at < done:
            continue
        when = (
            _written(words, at, last, published)
            or _hijri(words, at, last)
            or _wide(words, at, last, published)
            or (_counted_back(words, at, last, published) if published else None)
            or _counted_on(words, at, found[-1].start if found else before)
        )
        if when is not None:
            found.append(when)
            done = when.last
    return found


def default(published: date | None) -> tuple[date | None, date | None, DateBasis]:
    """Of a claim with no date word: the day before publication to the day of it."""
    if published is None:
        return None, None, "none"
    return published - timedelta(days=1), published, "default"


def _number(words: Words, at: int, last: int) -> int | None:
    word = words.words[at].removesuffix(COMMON_ERA) if at < last else ""  # 2011م: of the common era
    return int(word) if is_figure(word) and len(word) <= 4 else None


def _written(words: Words, at: int, last: int, published: date | None) -> When | None:
    """A written date: 15 مايو/أيار 2016, 9 ايار; without a year, the latest such day up to publication."""
    ordinal = words.tag(at, "ordinal")
    day = int(ordinal.entry.code) if ordinal is not None else _number(words, at, last)
    if day is None or not 1 <= day <= 31:
        return None
    behind = ordinal.last if ordinal is not None else at + 1
    for link in (FROM, _MONTH):  # 25 من شهر يونيو
        behind += words.words[behind] in link
    if published is not None and words.words[behind] in _THE_MONTH and words.words[behind - 1] in FROM:
        return _of_the_month(words, at, behind + 1, day, published)
    month = words.tag(behind, "month")
    if month is None:
        return _numeric(words, at, last)
    end = month.last
    other = words.tag(end, "month")  # the second name of the same month: مايو / أيار
    if other and other.entry.code == month.entry.code:
        end = other.last
    if words.tag(end, "season"):
        end += 1  # "15 March of the year 2011"
    year = _number(words, end, last)
    if year is not None and year >= _FIRST_YEAR:
        end += 1
    elif published is not None:
        year = published.year
    else:
        return None
    try:
        told = date(year, int(month.entry.code), day)
        if published is not None and told > published and words.words[end - 1] != str(year):
            told = told.replace(year=year - 1)
    except ValueError:
        return None
    return When(at, end, told, told, "explicit")


def _of_the_month(words: Words, at: int, end: int, day: int, published: date) -> When | None:
    """A day of the running month or of the one before: الثامن من الشهر الجاري, 8 من الشهر الماضي."""
    past = words.tag(end, "past_month") is not None
    running = words.words[end] in _RUNNING
    month = published.replace(day=1)
    if past or (day > published.day and not running):
        month = (month - timedelta(days=1)).replace(day=1)
    try:
        told = month.replace(day=day)
    except ValueError:
        return None
    return When(at, end + (past or running), told, told, "relative") if told <= published else None


def _hijri(words: Words, at: int, last: int) -> When | None:
    """A written date of the Hijri calendar with its year: 26 شوال 1436 (Umm al-Qura's reckoning)."""
    day, month = _number(words, at, last), words.tag(at + 1, "hijri_month")
    if day is None or month is None:
        return None
    year = _number(words, month.last, last)
    if year is None or year not in _HIJRI_YEARS:
        return None
    try:
        told = Hijri(year, int(month.entry.code), day).to_gregorian()
    except ValueError:  # no such day
        return None
    start = date(told.year, told.month, told.day)
    return When(at, month.last + 1, start, start, "explicit")


def _wide(words: Words, at: int, last: int, published: date | None) -> When | None:
    """A month, season or year: مارس 2014, صيف 2012, عام 2013, فبراير الماضي."""
    span = words.tag(at, "month") or words.tag(at, "season")
    if span is None:
        return _since_year(words, at, last, published)
    first, final = (int(part) for part in (span.entry.code.split() * 2)[:2])
    end = span.last
    other = words.tag(end, "month")
    if other and span.entry.role == "month" and other.entry.code == span.entry.code:
        end = other.last
    if span.entry.role == "month" and words.tag(end, "season"):
        end += 1  # "May of the year 2014"
    year = _number(words, end, last)
    part = words.tag_before(at, "part_of_year") if at and span.entry.code == _WHOLE_YEAR else None
    if part is not None:
        first, final = (int(month) for month in part.entry.code.split())
    if year is not None and year >= _FIRST_YEAR:
        end += 1
    elif published is not None and span.entry.role == "month" and words.tag(end, "past_month"):
        year = published.year if first < published.month else published.year - 1
        end += 1
    elif published is not None and _bare_month(words, span):
        year = published.year if first <= published.month else published.year - 1
    else:
        return None
    if year > date.max.year - 1:
        return None
    start, stop = date(year, first, 1), _month_end(year, final)
    if published is not None:
        stop = min(stop, published)
    return When(at, end, start, stop, "explicit") if start <= stop else None


def _bare_month(words: Words, span: Tag) -> bool:
    """Whether a month without a year is told as a date: "in March"; "in باب" is a gate, not "in August"."""
    return (
        span.entry.role == "month"
        and span.first > 0
        and not span.prefix
        and words.before(span.first) in _IN_MONTH
    )


def _month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def before_that(words: Words, trigger: int, anchor: tuple[date, date]) -> When | None:
    """The day of what an event came after: "two days after the takeover of", whose noun stands at a word.

    ``anchor`` are the first and last day of the later event. A week or more is told roughly, "less than two
    weeks" is any number of days below that, and "days" without a number up to a week.
    """
    if words.before(trigger) not in _AFTER_WHAT:
        return None
    near = words.backwards(trigger - 1, _SPAN_WORDS - 2)
    start = next((n for n in near if words.words[n].removeprefix(AND) in AFTER), None)
    told = _length(words, start + 1, trigger - 1) if start is not None else None
    if start is None or told is None:
        return None
    most, least = (timedelta(days=days) for days in told)
    return When(start, trigger - 1, anchor[0] - most, anchor[1] - least, "relative")


def _length(words: Words, at: int, last: int) -> tuple[int, int] | None:
    """The most and the least days that words ``at`` to ``last`` tell as a span."""
    bound = words.tag(at, "bound")
    most = bound is not None and bound.entry.code == "up_to"
    at = bound.last if bound is not None else at
    count, spelled = _number(words, at, last), words.tag(at, "number")
    number = count if count is not None else spelled.entry.low if spelled is not None else None
    if number is not None:
        at = at + 1 if spelled is None else spelled.last
    span = words.tag(at, "span")
    if span is None or span.last != last:
        return None
    code = span.entry.code
    if number is None and code == "day" and words.words[at] in _DAYS:
        return _A_FEW_DAYS
    number = (number or 1) * (2 if code[0] == "2" else 1)
    days = number * _SPAN_DAYS[code.removeprefix("2")]
    slack = 0 if code in ("day", "2day") else days // 6
    return (days - 1, min(1, days - 1)) if most else (days + slack, days - slack)


def _since_year(words: Words, at: int, last: int, published: date | None) -> When | None:
    """A bare year behind "since", or behind a part of it: منذ 2013, أواخر 2014."""
    year = _number(words, at, last)
    if year is None or published is None or not _FIRST_YEAR <= year <= published.year or not at:
        return None
    part = words.tag_before(at, "part_of_year")
    if part is not None:
        first, final = (int(month) for month in part.entry.code.split())
        return When(at, at + 1, date(year, first, 1), min(_month_end(year, final), published), "explicit")
    if words.before(at) not in SINCE:
        return None
    return When(at, at + 1, date(year, 1, 1), min(date(year, 12, 31), published), "explicit")


def _numeric(words: Words, at: int, last: int) -> When | None:
    """A date in figures, day first: 15/5/2016."""
    day, month, year = (_number(words, at + n, last) for n in range(3))
    if day is None or month is None or year is None or year < _FIRST_YEAR:
        return None
    try:
        told = date(year, month, day)
    except ValueError:
        return None
    return When(at, at + 3, told, told, "explicit")


def _counted_back(words: Words, at: int, last: int, published: date) -> When | None:
    for tag in words.tags_at(at):
        role = tag.entry.role
        if role == "weekday":
            named = _weekday(words, tag, published)
            beside = words.tag(tag.last, "day")  # "Monday (yesterday)"
            return When(at, beside.last, named.start, named.end, "weekday") if beside is not None else named
        if role == "day":
            nearby = words.tag(tag.last, "weekday")
            if nearby is not None:
                named = _weekday(words, nearby, published)
                return When(at, nearby.last, named.start, named.end, "weekday")
            told = published - timedelta(days=int(tag.entry.code))
            return When(at, tag.last, told, told, "relative")
        lasted = words.before(at) in AFTER or words.has(words.back(at, 1), at, "number", "figure")
        if role == "period" and lasted and tag.entry.code == "days" and words.words[tag.last] not in ON:
            continue  # "after three days of fighting": how long, not when
        if role == "period":
            start, end = _period(tag.entry.code, published)
            part = words.tag_before(at, "part_of_year") if tag.entry.code == "year" else None
            if part is not None:
                months = [int(month) for month in part.entry.code.split()]
                start, end = start.replace(month=months[0]), _month_end(start.year, months[1])
            return When(at, tag.last, start, end, "relative")
        if role == "ago":
            return _ago(words, tag, last, published)
    return None


def _counted_on(words: Words, at: int, told: date | None) -> When | None:
    """A day counted from the one told before: on the next day, but not "on the day next to (ل) the truce"."""
    tag = words.tag(at, "next_day")
    if tag is None or told is None or words.words[tag.last].startswith(FOR) or told == date.max:
        return None
    day = told + timedelta(days=int(tag.entry.code))
    return When(at, tag.last, day, day, "relative")


def _period(code: str, published: date) -> tuple[date, date]:
    """The first and last day of a period told by its name; last week, month and year are the calendar's."""
    day = timedelta(days=1)
    if code == "week":
        monday = published - timedelta(days=published.weekday())
        return monday - 7 * day, monday - day
    if code == "month":
        end = published.replace(day=1) - day
        return end.replace(day=1), end
    if code == "year":
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
    far, near = _PERIOD_DAYS[code]
    return published - far * day, published - near * day


def _weekday(words: Words, tag: Tag, published: date) -> When:
    back = (published.weekday() - int(tag.entry.code)) % 7
    if back == 0 and words.tag(tag.last, "past_month"):
        back = 7  # "last Wednesday", written on a Wednesday
    told = published - timedelta(days=back)
    return When(tag.first, tag.last, told, told, "weekday")


def _ago(words: Words, tag: Tag, last: int, published: date) -> When | None:
    """Since or before a span: منذ عام, قبل ثلاثة أيام, منذ صباح أمس."""
    at = tag.last
    bound = words.tag(at, "bound")  # "more than three years ago"
    at = bound.last if bound is not None else at
    number = 1
    count = _number(words, at, last)
    spelled = words.tag(at, "number")
    if count is not None:
        number, at = count, at + 1
    elif spelled is not None and spelled.entry.low:
        number, at = spelled.entry.low, spelled.last
    span = words.tag(at, "span")
    if span is None:
        return None
    code = span.entry.code
    if code == "year" and (_number(words, span.last, last) or 0) >= _FIRST_YEAR:
        return None  # "since the year 2013"
    if code[0] == "2":
        number, code = 2, code[1:]
    days = number * _SPAN_DAYS[code]
    if days > 15 * 365:
        return None
    slack = days // 6 if code != "day" else 0
    told = published - timedelta(days=days)
    end = (
        published
        if code == "day" and words.words[tag.first] in SINCE
        else min(published, told + timedelta(days=slack))
    )
    return When(tag.first, span.last, told - timedelta(days=slack), end, "relative")


#: A dateline stands among the first words of a text.
_DATELINE_WORDS: Final = 40
#: Words before a written date that make it the date of something told, not of the text.
_OF_SOMETHING: Final = particles("since", "in", "year", "before", "after", "until", "dated", "from", "to")


def dateline(words: Words) -> date | None:
    """The day a text bears at its head, written with its year; None where it bears none.

    "Damascus, 20 November 2013" and "Tuesday 20/11/2013" are datelines; "since 15 March 2011" and "in …"
    are not.
    """
    for when in find_dates(words, 0, min(words.count, _DATELINE_WORDS), None):
        if when.first == 0 or words.before(when.first) not in _OF_SOMETHING:
            return when.start
    return None
