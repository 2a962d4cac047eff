"""Arabic letters fold to one spelling, and every folded character knows where it stood."""

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.orthography import fold, normalise, spelling_variants

ARABIC = st.text(
    alphabet=st.sampled_from("ابتةهحدرسشعفقكلمنويىأإآؤئءًَُِّْـ٠١٢٣ \n\u200f\u00a0Ab1.،«»"), max_size=60
)


@given(ARABIC | st.text(max_size=60))
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
