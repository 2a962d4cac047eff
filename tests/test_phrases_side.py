"""The sides of a sentence as phrases: their people, whose aircraft they are, what is told of them."""

from datetime import date

import pytest
from reader import words_of

from extraction.reading.phrases.side import as_of, find_sides, rows
from extraction.words.sentence import Words
from gazetteer.orthography import fold


def told(words: Words, first: int, last: int) -> str:
    return " ".join(words.words[first:last])


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("هاجم الجيش الحر البلدة", ["الجيش الحر"]),
        ("سيطر مقاتلون من جيش الفتح على البلدة", ["مقاتلون من جيش الفتح"]),
        ("هاجمت وحدة تابعة للحرس الجمهوري البلدة", ["وحدة تابعة للحرس الجمهوري"]),
        ("قتل عدد كبير في البلدة من الجيش الحر", ["الجيش الحر"]),
        ("وصلت الدفعة الثانية من مقاتلي جيش الإسلام", ["الدفعة الثانية من مقاتلي جيش الإسلام"]),
        ("أغارت طائرات تابعة للتحالف الدولي على البلدة", ["طائرات تابعة للتحالف الدولي"]),
        (
            "قالت الصحيفة إن فصائل المعارضة، التي تدعمها تركيا، سيطرت على البلدة",
            ["فصائل المعارضة، التي تدعمها تركيا"],
        ),
        ("سيطرت فصائل المعارضة، التي تدعمها تركيا، فيما نزح السكان", ["فصائل المعارضة"]),
        ("سيطر الجيش السوري وحزب الله على البلدة", ["الجيش السوري", "وحزب الله"]),
        ("وصل المراسل إلى البلدة", []),
    ],
)
def test_the_sides_of_a_sentence(text: str, phrases: list[str]) -> None:
    words = words_of(text)
    found = find_sides(words, words.sentences[0])
    assert [told(words, p.first, p.last) for p in found] == [fold(p).replace("،", "") for p in phrases]


def test_a_side_told_between_commas_has_its_helpers_as_parts() -> None:
    words = words_of("قالت الصحيفة إن فصائل المعارضة، التي يدعمها التحالف الدولي، سيطرت على البلدة")
    (phrase,) = find_sides(words, words.sentences[0])
    assert phrase.head is not None
    assert phrase.head.entry.bloc == "opposition"
    assert [part.head.entry.bloc for part in phrase.parts if part.head] == ["coalition"]


def test_gunmen_of_a_group_are_the_group() -> None:
    words = words_of("هاجم مسلحون من تنظيم داعش البلدة")
    (phrase,) = find_sides(words, words.sentences[0])
    assert phrase.head is not None
    assert phrase.head.entry.bloc == "islamic_state"


def test_aircraft_are_their_owner() -> None:
    words = words_of("أغارت طائرات تابعة للتحالف الدولي على البلدة")
    (phrase,) = find_sides(words, words.sentences[0])
    assert phrase.head is not None
    assert phrase.head.entry.bloc == "coalition"


def test_words_inside_names_of_places_are_no_sides() -> None:
    words = words_of("قصف مدفعي على جبل الأكراد")
    assert find_sides(words, words.sentences[0], frozenset({4})) == []


def test_sides_joined_by_and_are_a_row() -> None:
    words = words_of("سيطر الجيش السوري وحزب الله على البلدة بعد انسحاب جيش الفتح")
    found = find_sides(words, words.sentences[0])
    assert [len(row) for row in rows(found, words)] == [2, 1]


@pytest.mark.parametrize(
    ("day", "bloc"),
    [
        (date(2024, 12, 8), "government"),
        (date(2024, 12, 9), "transitional_government"),
        (None, "government"),
    ],
)
def test_whose_the_army_is_hangs_on_the_day(day: date | None, bloc: str) -> None:
    words = as_of(words_of("انتشر الجيش السوري في البلدة"), day)
    (phrase,) = find_sides(words, words.sentences[0])
    assert phrase.head is not None
    assert phrase.head.entry.bloc == bloc
