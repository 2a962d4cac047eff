"""Line breaks inside a sentence are blanks; those between lines that stand for themselves are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader import told

from extraction.words.lines import unwrapped
from gazetteer.orthography import normalise

#: What makes a line too long to have been wrapped.
LONG = "جنوب العاصمة دمشق " * 6


def lines(text: str) -> list[str]:
    return unwrapped(normalise(text)).text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("قصفت المدفعية أحياء مدينة\nدوما مساء أمس", id="a place word is left open"),
        pytest.param("قتل خمسة جنود في\nكمين قرب تدمر", id="a preposition is"),
        pytest.param("ألقت المروحيات ستة\nبراميل على داريا", id="a number is"),
        pytest.param("سيطر الثوار على مورك،\nواللطامنة وكفرزيتا", id="a comma"),
        pytest.param("دخل المقاتلون البلدة\nالتي انسحب منها الجيش", id="a relative pronoun"),
        pytest.param("تقدم مقاتلو الفصائل\nعلى بلدة العيس", id="on a town"),
        pytest.param("هاجم التنظيم مواقع الجيش\nالسوري شرق تدمر فجرا.", id="only the last is closed"),
        pytest.param(
            "شهدت مدينة حلب ليلة هادئة نسبيا\nبعدما توقفت الطائرات عن التحليق\nوعادت الحركة إلى بعض الأسواق",
            id="lines of one width",
        ),
    ],
)
def test_a_wrapped_line_goes_on(text: str) -> None:
    assert len(lines(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("عنوان\nخبر", id="a headline and its text"),
        pytest.param("غارات على مدينة دوما\nقصف مدفعي على بلدة عربين", id="headlines"),
        pytest.param("غارات على مدينة دوما\nقصف مدفعي على عربين.", id="headlines, the last closed"),
        pytest.param("سيطر الجيش على مورك\n- انسحب الثوار من كفرزيتا", id="a point of a list"),
        pytest.param("انسحب الثوار من كفرزيتا في\n\nحلب", id="an empty line"),
        pytest.param("هدوء في المدينة\nحلب – وكالات: قصف الطيران بلدة العيس.", id="a dateline"),
        pytest.param("هدوء في المدينة\nريف حماة: قصف الطيران بلدة مورك.", id="a heading"),
        pytest.param(
            f"قال ناشطون إن الطيران المروحي ألقى براميل متفجرة على داريا {LONG}\n"
            f"وأضافوا أن اشتباكات دارت في محيط المدينة {LONG}",
            id="a paragraph a line",
        ),
    ],
)
def test_a_line_for_itself_ends(text: str) -> None:
    assert len(lines(text)) > 1


def test_a_sentence_is_read_over_its_line_breaks() -> None:
    text = "استهدفت مدفعية النظام بلدة خان\nشيخون فقتل\nخمسة مدنيين."
    assert told(text) == [("shelling", ["خان شيخون"])]


@pytest.mark.parametrize("mark", ["", "- ", "• "])
def test_names_below_their_heading_are_a_list(mark: str) -> None:
    names = "\n".join(mark + name for name in ("مورك", "اللطامنة", "كفرزيتا"))
    assert told(f"سيطر الثوار على البلدات التالية:\n{names}") == [
        ("control_change", ["مورك", "اللطامنه", "كفرزيتا"])
    ]


@given(st.text(alphabet="حلب في،.:-\n\r 5", max_size=80))
def test_offsets_stay(text: str) -> None:
    folded = normalise(text)
    assert len(unwrapped(folded).text) == len(folded.text)
    assert unwrapped(folded).offsets == folded.offsets
