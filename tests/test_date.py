"""Days are counted back from the day of publication; where two words disagree, the day name is right."""

from datetime import date

import pytest
from reader import WEDNESDAY, count, words_of

from extraction.reading.date import dateline, default, find_dates

MONDAY = date(2016, 5, 9)
TUESDAY = date(2016, 5, 10)


def days(text: str, published: date | None = WEDNESDAY) -> list[tuple[date, date, str]]:
    words = words_of(text)
    return [(w.start, w.end, w.basis) for w in find_dates(words, 0, count(words), published)]


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("قصف الجيش دوما اليوم", WEDNESDAY, "relative"),
        ("قصف الجيش دوما أمس", TUESDAY, "relative"),
        ("قصف الجيش دوما مساء أمس", TUESDAY, "relative"),
        ("قصف الجيش دوما البارحة", TUESDAY, "relative"),
        ("قصف الجيش دوما أمس الأول", MONDAY, "relative"),
        ("قصف الجيش دوما أول من أمس", MONDAY, "relative"),
        ("قصف الجيش دوما أول أمس", MONDAY, "relative"),
        ("قصف الجيش دوما الأربعاء", WEDNESDAY, "weekday"),
        ("قصف الجيش دوما اليوم الأربعاء", WEDNESDAY, "weekday"),
        ("قصف الجيش دوما فجر الثلاثاء", TUESDAY, "weekday"),
        ("قصف الجيش دوما أمس الثلاثاء", TUESDAY, "weekday"),
        ("قصف الجيش دوما أول من أمس الإثنين", MONDAY, "weekday"),
        ("قصف الجيش دوما يوم الاثنين", MONDAY, "weekday"),
        ("قصف الجيش دوما الخميس", date(2016, 5, 5), "weekday"),
        ("قصف الجيش دوما يوم الجمعة الماضي", date(2016, 5, 6), "weekday"),
    ],
)
def test_a_day_counted_back(text: str, day: date, basis: str) -> None:
    assert days(text) == [(day, day, basis)]


def test_the_same_day_name_with_last_is_a_week_ago() -> None:
    assert days("قصف الجيش دوما الأربعاء الماضي") == [(date(2016, 5, 4), date(2016, 5, 4), "weekday")]


def test_a_day_name_beside_yesterday_is_right() -> None:
    assert days("قصف الجيش دوما أمس الاثنين") == [(MONDAY, MONDAY, "weekday")]


@pytest.mark.parametrize("text", ["قال مصدر أمس: سقط قتلى", "ذهب امس الناس"])
def test_yesterday_needs_no_day_name(text: str) -> None:
    assert [d[0] for d in days(text)] == [TUESDAY]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("في 9 أيار/مايو 2016", MONDAY),
        ("في 9 مايو/أيار 2016", MONDAY),
        ("في 9 مايو أيار 2016", MONDAY),
        ("في 9 (أيار) مايو", MONDAY),
        ("في ٩ أيار", MONDAY),
        pytest.param("في التاسع من أيار/مايو", MONDAY),
        ("في 9/5/2016", MONDAY),
        ("في 21 آب/أغسطس 2013", date(2013, 8, 21)),
        ("في 31 كانون الأول/ديسمبر 2015", date(2015, 12, 31)),
        ("في 20 كانون الثاني/يناير", date(2016, 1, 20)),
        ("في 3 تشرين الثاني", date(2015, 11, 3)),
        pytest.param(
            "في 15 آذار عام 2011",
            date(2011, 3, 15),
        ),
        ("في 2 نيسان الماضي", date(2016, 4, 2)),
        ("في 2 من شهر نيسان الماضي", date(2016, 4, 2)),
        ("يوم 27 / 12 / 2011م", date(2011, 12, 27)),
    ],
)
def test_a_written_date_in_either_month_name(text: str, day: date) -> None:
    assert days(text) == [(day, day, "explicit")]


@pytest.mark.parametrize("text", ["في 31 شباط 2016", "في 35 أيار 2016", "في 30/2/2016", "في 0 أيار 2016"])
def test_a_day_that_no_calendar_has_dates_nothing_by_itself(text: str) -> None:
    assert [d for d in days(text) if d[2] == "explicit" and d[0] == d[1]] == []


@pytest.mark.parametrize("text", ["أمس", "الثلاثاء", "الأسبوع الماضي", "منذ عام", "9 أيار"])
def test_without_publication_nothing_is_counted_back(text: str) -> None:
    assert days(f"قصف الجيش دوما {text}", None) == []


def test_without_publication_a_full_date_still_dates() -> None:
    assert days("قصف الجيش دوما في 9 أيار/مايو 2016", None) == [(MONDAY, MONDAY, "explicit")]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("سيطر عليها منذ عام", date(2014, 11, 1), date(2015, 11, 30)),
        ("سيطر عليها قبل عامين", date(2013, 11, 1), date(2014, 11, 30)),
        ("سيطر عليها قبل ثلاثة أشهر", date(2016, 1, 20), date(2016, 3, 1)),
        ("سيطر عليها قبل شهر", date(2016, 3, 25), date(2016, 4, 30)),
        ("سيطر عليها قبل أسبوعين", date(2016, 4, 20), date(2016, 5, 2)),
        ("سيطر عليها قبل خمسة أيام", date(2016, 5, 6), date(2016, 5, 6)),
        ("سيطر عليها قبل يومين", MONDAY, MONDAY),
        ("سيطر عليها قبل 10 أيام", date(2016, 5, 1), date(2016, 5, 1)),
    ],
)
def test_a_span_back_is_a_range_as_wide_as_the_words_are_vague(text: str, first: date, last: date) -> None:
    ((start, end, basis),) = days(text)
    assert first <= start <= end <= last
    assert basis == "relative"


def test_last_week_is_a_week_and_no_day() -> None:
    ((start, end, _),) = days("قصف الجيش دوما الأسبوع الماضي")
    assert (end - start).days == 6
    assert end <= date(2016, 5, 8)


def test_since_some_days_lasts_until_publication() -> None:
    ((start, end, _),) = days("يحاصر الجيش دوما منذ ثلاثة أيام")
    assert (start, end) == (date(2016, 5, 8), WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("سيطر عليها في نيسان", date(2016, 4, 1), date(2016, 4, 30)),
        ("سيطر عليها في أيلول", date(2015, 9, 1), date(2015, 9, 30)),
        ("سيطر عليها نهاية آذار/مارس", date(2016, 3, 1), date(2016, 3, 31)),
    ],
)
def test_a_bare_month_is_the_latest_such_month(text: str, first: date, last: date) -> None:
    assert days(text) == [(first, last, "explicit")]


def test_the_night_before_last_in_brackets() -> None:
    assert days("قصف الجيش دوما ليل أمس (الأول)") == [(MONDAY, MONDAY, "relative")]


def test_a_day_name_and_yesterday_are_one_day_and_the_name_is_right() -> None:
    assert days("قصف الجيش دوما الإثنين (أمس)") == [(MONDAY, MONDAY, "weekday")]


def test_a_past_day_of_a_month_with_no_year_is_not_in_the_future() -> None:
    assert days("في 20 أيار") == [(date(2015, 5, 20), date(2015, 5, 20), "explicit")]


def test_no_date_word_means_the_day_before_to_the_day_of_publication() -> None:
    assert default(WEDNESDAY) == (TUESDAY, WEDNESDAY, "default")
    assert default(None) == (None, None, "none")


@pytest.mark.parametrize(
    "text", ["سقط 9 قتلى وجرح 12 في 2016 قذيفة", "اللواء 80 والفوج 46", "على بعد 5 كيلومترات"]
)
def test_figures_are_no_dates(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("text", ["دمشق (رويترز) - 9 مايو 2016 - قصف", "بيروت، 9 أيار/مايو 2016: قال المرصد"])
def test_a_dateline_is_a_full_date_at_the_head(text: str) -> None:
    assert dateline(words_of(text)) == MONDAY


def test_a_date_far_into_a_text_or_without_its_year_is_no_dateline() -> None:
    assert dateline(words_of("قال المرصد إن القصف استمر على البلدة " * 10 + "في 9 أيار 2016")) is None
    assert dateline(words_of("بيروت، 9 أيار: قال المرصد")) is None


def test_a_hijri_date_with_its_year_is_a_day() -> None:
    words = words_of("بيروت 26 شوال 1436 هـ")
    found = find_dates(words, 0, words.count, None)
    assert [(when.start, when.end, when.basis) for when in found] == [
        (date(2015, 8, 11), date(2015, 8, 11), "explicit")
    ]


def test_a_hijri_day_that_is_none_is_passed_over() -> None:
    words = words_of("31 شوال 1436 هـ")
    assert find_dates(words, 0, words.count, None) == []
