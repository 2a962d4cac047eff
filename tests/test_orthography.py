"""Arabic letters fold to one spelling, and every folded character knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.orthography import fold, is_figure, normalise, spelling_variants

ARABIC = st.text(
    alphabet=st.sampled_from("ابتةهحدرسشعفقكلمنويىأإآؤئءًَُِّْـ٠١٢٣ \n\u200f\u00a0Ab1.،«»"), max_size=60
)


#: Letters with the shapes that they take in a word, and with groups of letters that are one character.
SHAPES = st.text(
    alphabet=st.sampled_from("حلبا ﺣﻠﺐﻼﻻﻹﷲﷺﳲﹰﻪﺔ٢²①ـ\u200f")
    | st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
    max_size=60,
)


@given(ARABIC | SHAPES | st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(ARABIC)
def test_offsets_lead_back_and_never_decrease(text: str) -> None:
    folded = normalise(text)
    starts = [folded.span(i, i + 1)[0] for i in range(len(folded.text))]
    assert starts == sorted(set(starts))
    assert all(fold(text[at]) == c for at, c in zip(starts, folded.text, strict=True) if c.strip())


def test_letters_that_papers_write_alike_are_one() -> None:
    assert fold("أعزاز") == fold("اعزاز")
    assert fold("معرّة") == fold("معره")
    assert fold("مضايـــا ٨٠") == "مضايا 80"


def test_marks_inside_a_span_belong_to_it() -> None:
    text = "في حَلَب"
    folded = normalise(text)
    at = folded.text.index("حلب")
    start, end = folded.span(at, at + 3)
    assert text[start:end] == "حَلَب"


def test_variants_join_part_and_drop_the_article() -> None:
    safe = {v for v, risky in spelling_variants("كفر نبل") if not risky}
    assert "كفرنبل" in safe
    assert "تل بيسه" in {v for v, _ in spelling_variants("تلبيسه")}
    assert ("غوطه الشرقيه", False) in set(spelling_variants("الغوطه الشرقيه"))
    assert ("قابون", True) in set(spelling_variants("القابون"))


@pytest.mark.parametrize(
    ("shapes", "letters"),
    [
        ("ﺣﻠﺐ", "حلب"),
        ("ﺍﻟﻼﺫﻗﻴﺔ", "اللاذقيه"),
        ("ﻋﺒﺪ ﷲ", "عبد الله"),
        ("ﻷﺣﺮﺍﺭ", "لاحرار"),
        ("ﺣﹶﻠﺐ", "حلب"),
        ("ﷺ", "صلياللهعليهوسلم"),
    ],
)
def test_shapes_out_of_a_pdf_are_the_letters_they_stand_for(shapes: str, letters: str) -> None:
    assert normalise(shapes).text == letters
    assert fold(shapes) == letters


@given(SHAPES)
def test_every_span_leads_back_to_what_it_was_folded_from(text: str) -> None:
    folded = normalise(text)
    for at, letter in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert letter in normalise(text[start:end]).text
    starts = [folded.span(at, at + 1)[0] for at in range(len(folded.text))]
    assert starts == sorted(starts)
    assert folded.span(0, len(folded.text))[1] == len(text) or not folded.text


def test_a_span_has_the_whole_of_a_group_of_letters() -> None:
    text = "ﻓﻲ ﺍﻟﻼﺫﻗﻴﺔ ﺍﻟﻴﻮﻡ"
    folded = normalise(text)
    at = folded.text.index("اللا")
    start, end = folded.span(at, at + len("اللاذقيه"))
    assert text[start:end] == "ﺍﻟﻼﺫﻗﻴﺔ"
    assert text[slice(*folded.span(at, at + 3))] == "ﺍﻟﻼ"


def test_raised_digits_are_no_part_of_a_number() -> None:
    assert fold("5¹ أشخاص و3 كم²") == "5 اشخاص و3 كم"
    assert [is_figure(word) for word in ("5", "①", "௧", "5①", "")] == [True, False, False, False, False]
