"""FIGURES: what a sentence counts, what is a part of the rest, and which part has an event of its own."""

import pytest
from reader import words_of

from extraction.reading.phrases.figure import Figures


def figures(text: str) -> Figures:
    words = words_of(text)
    return Figures(words, words.sentences[0])


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("قتل 12 مدنيا على الأقل نصفهم نساء في سراقب.", [(12, None)]),
        ("قتل شخصان وجرح عشرات المدنيين في سراقب.", [(2, 2), (20, 99)]),
        ("قتل خمسة مدنيين بعد خمسة أيام بثلاث قذائف.", [(5, 5)]),
        ("قتل كل من أحمد وخالد وسمير في غارة.", [(3, 3)]),
        ("قتل كل من كان في المنزل.", []),
    ],
)
def test_what_is_counted(text: str, counts: list[tuple[int | None, int | None]]) -> None:
    assert [(count.low, count.high) for count in figures(text).counts] == counts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("قتل 12 شخصا بينهم تسعة أطفال.", [9]),
        ("قتل 12 شخصا، تسعة منهم في دوما.", [9]),
        ("قتل 12 شخصا بينهم طفل وتسعة عناصر.", []),
        ("تمكن الجيش من قتل تسعة منهم.", []),
    ],
)
def test_a_part_is_told_from_what_stands_for_itself(text: str, parts: list[int]) -> None:
    found = [figure.count for figure in figures(text).all if figure.part]
    assert [count.low for count in found if count is not None] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("قتل 12 شخصا، بينهم أربعة في قصف على دوما.", [4]),
        ("قتل 12 شخصا، أربعة منهم بانفجار في دوما.", [4]),
        ("قتل 12 شخصا، بينهم أربعة أطفال في قصف على دوما.", []),
    ],
)
def test_a_part_with_an_event_of_its_own(text: str, parts: list[int]) -> None:
    assert [count.low for count in figures(text).parted()] == parts
