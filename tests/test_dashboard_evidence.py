"""The quotation of a claim: whole, in order, with the right words marked."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.claims.evidence import quotation

TEXT = "قال ناشطون. سيطر الجيش على بلدة قارة أمس! وتقع شمال دمشق."


def test_the_sentence_is_quoted_with_the_claim_and_the_place_marked() -> None:
    start, end = TEXT.index("سيطر"), TEXT.index(" أمس")
    place = (TEXT.index("قارة"), TEXT.index("قارة") + 4)
    assert quotation(TEXT, start, end, [place]) == [
        ("سيطر الجيش على بلدة ", "said"),
        ("قارة", "place"),
        (" أمس!", "near"),
    ]


def test_a_place_named_in_another_sentence_brings_that_sentence() -> None:
    start, end = TEXT.index("سيطر"), TEXT.index(" أمس")
    far = "كانت داريا هادئة. " + "كلام آخر لا يعني شيئا. " * 20 + TEXT
    shift = len(far) - len(TEXT)
    segments = quotation(far, start + shift, end + shift, [(5, 10)])
    assert ("داريا", "place") in segments
    assert ("…", "gap") in segments
    assert sum(len(text) for text, _ in segments) < 120


@given(
    st.text(st.sampled_from("اب .\nx"), min_size=1, max_size=300),
    st.integers(0, 300),
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320)), max_size=4),
)
def test_every_piece_stands_in_the_text_and_the_evidence_is_whole(
    text: str, start: int, length: int, places: list[tuple[int, int]]
) -> None:
    segments = quotation(text, start, start + length, places)
    runs = "".join("\0" if kind == "gap" else piece for piece, kind in segments).split("\0")
    assert all(run in text for run in runs)
    assert text[start : start + length] in "".join(piece for piece, kind in segments if kind != "gap")
    marked = {text[a:b] for a, b in places if a < b and a < len(text)}
    shown = "".join(piece for piece, kind in segments if kind == "place")
    assert all(letter in shown for word in marked for letter in word)
