"""Names of villages that are also ordinary words: names in the news of war, words everywhere else."""

import pytest
from reader import words_of

from extraction.reading.toponyms.find import find_toponyms
from gazetteer.sources import Gazetteer, load

#: Names that are also words a reader meets on any page.
WORDS = [
    *("الحصان", "الحمامة", "الخريطة", "الدرة", "الرصيف", "الروضة", "الريحان", "الزكاة"),
    *("السكرية", "الشجرة", "الصخر", "الصراف", "الصرخة", "الصياد", "الطوب", "الطيبة"),
    *("الحفر", "الحدث", "المفكر", "المعلقة", "المغارة", "القناطر", "العزبة", "القبو"),
    *("القصر", "الصورة", "الكرامة", "الشريعة", "العبادة", "الجبين"),
]
SPORT_AND_LIFE = [
    "رسم الفنان {} في لوحته الجديدة.",
    "هاجم الناقد {} في مقاله أمس.",
    "استعاد الفريق {} أمس.",
    "سيطر الجيش على {} في الشوط الثاني من المباراة.",
    "استهدف المعلنون {} في حملتهم الجديدة.",
    "ارتفع سعر {} أمس في أسواق الجملة.",
    "انتزع المنتخب {} الأحد بعد مباراة صعبة.",
    "قصف المهاجم {} بكرة قوية.",
    "أصاب اللاعب {} في المباراة أمس.",
    "دمر الحريق {} ليلة أمس.",
]
WAR = ["قصف طيران النظام {} أمس.", "سيطر الثوار على {} أمس."]
#: Of a hundred names that are words, so many at least are found where a side struck or took them.
LEAST = 85


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def surfaces(text: str, gazetteer: Gazetteer) -> list[str]:
    return [m.surface for m in find_toponyms("a", text, words_of(text), gazetteer)]


@pytest.mark.parametrize("sentence", SPORT_AND_LIFE)
def test_sport_trade_and_daily_life_name_no_place(sentence: str, gazetteer: Gazetteer) -> None:
    found = {word: surfaces(sentence.format(word), gazetteer) for word in WORDS}
    assert {word: names for word, names in found.items() if names} == {}


@pytest.mark.parametrize("sentence", WAR)
def test_what_a_side_struck_or_took_is_a_place(sentence: str, gazetteer: Gazetteer) -> None:
    doubtful = sorted(
        {p.name_ar for p in gazetteer.places.values() if p.ambiguous and p.kind in ("town", "village")}
    )
    lost = [name for name in doubtful if name not in surfaces(sentence.format(name), gazetteer)]
    assert len(lost) <= (100 - LEAST) / 100 * len(doubtful), lost


@pytest.mark.parametrize(
    "text",
    [
        "اغتال مسلحون سليم أمس.",
        "استهدف مسلحون الشيخ علي أمس.",
        "قصفت القوات المصرية أمس.",
        "قصف الطيران المعادي أمس.",
    ],
)
def test_persons_and_adjectives_are_none(text: str, gazetteer: Gazetteer) -> None:
    assert surfaces(text, gazetteer) == []
