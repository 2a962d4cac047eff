"""Counts in digits and in words, bounded or vague; years, distances and vehicles count nobody."""

import pytest
from reader import count, words_of

from extraction.reading.number import Count, find_counts


def counts(text: str) -> list[Count]:
    words = words_of(text)
    return find_counts(words, 0, count(words))


def figures(text: str) -> list[tuple[int | None, int | None]]:
    """Lowest and highest of every count that counts people or strikes."""
    return [(found.low, found.high) for found in counts(text) if not found.unit]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("46 قتيلا", 46),
        ("٤٦ قتيلا", 46),
        ("و46 جريحا", 46),
        ("1200 شخص", 1200),
        ("٣ آلاف شخص", 3000),
        ("اثنا عشر قتيلا", 12),
        ("اثني عشر قتيلا", 12),
        ("أحد عشر قتيلا", 11),
        ("إحدى عشرة غارة", 11),
        ("ثلاثة عشر مدنيا", 13),
        ("تسع عشرة غارة", 19),
        ("ثلاثة مدنيين", 3),
        ("ثماني غارات", 8),
        ("عشرون شخصا", 20),
        ("خمسة وعشرين شخصا", 25),
        ("خمس وأربعون غارة", 45),
        ("مئة شخص", 100),
        ("مائة شخص", 100),
        ("مئة وثلاثين شخصا", 130),
        ("مائة وخمسة وأربعين شخصا", 145),
        ("مئتي شخص", 200),
        ("ثلاثمئة شخص", 300),
        ("خمسمائة مقاتل", 500),
        ("أربع مئة مقاتل", 400),
        pytest.param("ستمئة مقاتل", 600),
        pytest.param("سبعمائة مقاتل", 700),
        pytest.param("ثمانمئة مقاتل", 800),
        pytest.param("تسعمائة مقاتل", 900),
        ("ثلاثمئة وخمسين مقاتلا", 350),
        ("ألف شخص", 1000),
        ("33 ألفا و839 شخصا", 33_839),
        ("ألفي شخص", 2000),
        ("ثلاثة آلاف شخص", 3000),
        ("ثلاثة آلاف وخمسمئة شخص", 3500),
        ("ألف ومئتي مقاتل", 1200),
        ("مئة ألف شخص", 100_000),
        ("عشرة آلاف شخص", 10_000),
    ],
)
def test_a_count_in_digits_or_words(text: str, value: int) -> None:
    assert figures(text) == [(value, value)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1.200 شخص"),
        pytest.param("1,200 شخص"),
        "١٢٠٠ شخص",
    ],
)
def test_a_thousand_is_written_with_a_mark_or_without(text: str) -> None:
    assert figures(text) == [(1200, 1200)]


@pytest.mark.parametrize(
    "text", ["شخصين", "شخصان", "قتيلين", "طفلتين", "جنديان", "امرأتين", "غارتان", "ضربتين"]
)
def test_a_dual_is_two(text: str) -> None:
    assert figures(text) == [(2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "وشخصين",
        pytest.param("لشخصين"),
        "الطفلين",
        pytest.param("بغارتين"),
    ],
)
def test_a_dual_with_what_clings_to_it_is_two(text: str) -> None:
    assert figures(text) == [(2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "46 قتيلا على الأقل",
        "ما لا يقل عن 46 قتيلا",
        "أكثر من 46 قتيلا",
        "ما يزيد على 46 قتيلا",
        "مقتل 46 مدنيا بينهم أطفال على الأقل",
        "نحو أكثر من 46 قتيلا",
        "46 شخصا كحد أدنى",
        pytest.param("فوق 46 قتيلا"),
    ],
)
def test_at_least_and_more_than_leave_the_end_open(text: str) -> None:
    assert figures(text) == [(46, None)]


@pytest.mark.parametrize(
    "text", ["نحو 46 قتيلا", "حوالي 46 قتيلا", "زهاء 46 قتيلا", "قرابة 46 قتيلا", "ما يقارب 46 قتيلا"]
)
def test_about_is_the_figure_itself(text: str) -> None:
    assert figures(text) == [(46, 46)]


@pytest.mark.parametrize("text", ["ما يصل إلى 46 قتيلا", "أقل من 46 قتيلا"])
def test_up_to_is_open_below(text: str) -> None:
    assert figures(text) == [(None, 46)]


def test_a_bound_belongs_to_its_own_count() -> None:
    assert figures("مقتل 12 شخصا وإصابة 30 على الأقل") == [(12, 12), (30, None)]


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("عشرات القتلى", (20, 99)),
        ("العشرات", (20, 99)),
        ("مئات الجرحى", (200, 999)),
        ("عدد من القتلى", (1, None)),
        ("عدة أشخاص", (1, None)),
    ],
)
def test_vague_counts_are_the_ranges_of_the_archive(text: str, range_: tuple[int, int | None]) -> None:
    assert figures(text) == [range_]


@pytest.mark.parametrize(
    "text",
    [
        "46 كيلومترا",
        "على بعد 12 كلم من البلدة",
        "عمره 34 عاما",
        "خمس دبابات",
        "10 آليات",
        "40 حافلة",
        "ثلاث سيارات",
        "60 في المئة من المدينة",
        pytest.param("60% من المدينة"),
        "عيار 23 ملم",
        "ثلاثة أشهر",
        "24 ساعة",
        "خمسة أيام",
        "منذ عام 2011",
        "في 2014",
        pytest.param("عشرات المنازل"),
        pytest.param("عشرات الآليات"),
        "عشرين قرية",
        "30 ألف دولار",
    ],
)
def test_distances_ages_vehicles_shares_and_years_count_nobody(text: str) -> None:
    assert figures(text) == []


def test_one_as_a_pronoun_is_no_count() -> None:
    assert figures("أحد الأحياء واحد منهم") == []


def test_two_counts_side_by_side_stay_apart() -> None:
    assert figures("12 قتيلا و30 جريحا وعشرات المفقودين") == [(12, 12), (30, 30), (20, 99)]
