"""One text in, its records out: the same every time, and whatever the text is."""

import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reader import document, reading

from extraction.lexicon import vocabulary
from extraction.pipeline import read
from extraction.records import Reading
from extraction.words.sentence import LONGEST_SENTENCE
from gazetteer.orthography import normalise
from gazetteer.sources import load

TEXT = (
    "قال المرصد السوري إن الطيران قصف سراقب أمس فقتل 12 مدنيا. وأضاف أن اشتباكات دارت في بنش، "
    "فيما نفى مصدر عسكري سيطرة الثوار على قرية الطربوشية."
)


#: Letters of two shapes and more, by the names that Unicode gives them.
_NAMES = {letter: unicodedata.name(letter) for letter in "بتثجحخسشصضطظعغفقكلمني"}


def test_the_same_text_is_read_the_same_and_left_as_it_was() -> None:
    article = document(TEXT)
    first = read(article, load())
    assert first == read(article, load())
    assert first.document == article
    assert len(first.claims) == 3


def test_another_article_read_between_changes_nothing() -> None:
    first = reading(TEXT)
    reading("وقال المركز إن الجيش سيطر على المدينة.")
    assert reading(TEXT) == first


def test_two_texts_of_the_same_words_have_claims_of_their_own() -> None:
    one, other = reading(TEXT, doc_id="a"), reading(TEXT, doc_id="b")
    assert not {c.claim_id for c in one.claims} & {c.claim_id for c in other.claims}


def test_a_text_without_a_date_takes_that_of_its_dateline() -> None:
    dated = reading("بيروت، 9 أيار/مايو 2016: قصف الطيران سراقب أمس.", None)
    assert (dated.document.published_basis, str(dated.document.published)) == ("dateline", "2016-05-09")
    assert str(dated.claims[0].date_start) == "2016-05-08"


def test_a_text_without_any_date_stays_so() -> None:
    undated = reading("قصف الطيران سراقب أمس.", None)
    assert (undated.document.published, undated.document.published_basis) == (None, "unknown")
    assert [c.date_basis for c in undated.claims] == ["none"]


def test_a_date_given_is_kept() -> None:
    given_ = replace(document("بيروت، 9 أيار/مايو 2016: قصف الطيران سراقب."), published_basis="given")
    assert read(given_, load()).document.published == given_.published


@pytest.mark.parametrize(("figure", "killed"), [("5¹", 5), ("5 ²", 5), ("①", 1), ("௩", 1)])
def test_a_footnote_behind_a_number_and_other_digits_end_no_reading(figure: str, killed: int) -> None:
    (claim,) = reading(f"قصف الطيران سراقب أمس. وقتل {figure} أشخاص في حلب.").claims[1:]
    assert claim.killed_min == killed


def test_a_text_out_of_a_pdf_is_read_as_if_it_were_typed() -> None:
    """The shapes of letters stand for them, a group of two is one character, and offsets stay true."""
    shapes = {plain: unicodedata.lookup(f"{name} INITIAL FORM") for plain, name in _NAMES.items()}
    typed, copied = reading(TEXT), reading(TEXT.replace("لا", "\ufefb").translate(str.maketrans(shapes)))
    assert copied.document.text != TEXT
    sound(copied)
    assert [m.place_id for m in copied.mentions] == [m.place_id for m in typed.mentions]
    assert [(c.event_type, c.killed_min, c.claimant, c.stance) for c in copied.claims] == [
        (c.event_type, c.killed_min, c.claimant, c.stance) for c in typed.claims
    ]
    assert [normalise(m.surface).text for m in copied.mentions] == [
        normalise(m.surface).text for m in typed.mentions
    ]


def sound(found: Reading) -> None:
    """Whatever was read points into the text, and shows what stands there."""
    text = found.document.text
    length = len(text)
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= length
        assert mention.surface == text[mention.start : mention.end]
    spans = {(m.start, m.end) for m in found.mentions}
    for claim in found.claims:
        assert 0 <= claim.start < claim.end <= length
        assert claim.evidence == text[claim.start : claim.end]
        assert all((p.start, p.end) in spans for p in claim.places)
        assert all(0 <= cue.start < cue.end <= length for cue in claim.cues)
        for low, high in (
            (claim.killed_min, claim.killed_max),
            (claim.wounded_min, claim.wounded_max),
            (claim.strikes_min, claim.strikes_max),
            (claim.date_start, claim.date_end),
        ):
            assert low is None or high is None or low <= high  # type: ignore[operator]
    ids = [claim.claim_id for claim in found.claims]
    assert len(set(ids)) == len(ids)


_WORDS = sorted({" ".join(entry.words) for entry in vocabulary.load().entries})
_PLACES = [
    "حلب",
    "سراقب",
    "خان طومان",
    "دوما",
    "مطار منغ العسكري",
    "ريف دمشق",
    "درعا",
    "كفر نبل",
    "اللواء 80",
    "قرية الطربوشية",
]
_PIECES = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_PLACES),
    st.sampled_from(["و", "ب", "ل", "ال", "لل", "سـ", "وال"]),
    st.sampled_from(["ﺣﻠﺐ", "ﻼ", "ﻹ", "ﷲ", "ﷺ", "ﻪ", "5¹", "②", "①3", "௧", "ﻗﺘﻞ 5"]),
    st.sampled_from(
        [
            ".",
            "،",
            "؛",
            "؟",
            "!",
            "\n",
            "\r\n",
            "...",
            "…",
            "(",
            ")",
            "«",
            "»",
            '"',
            "“",
            "”",
            ":",
            "-",
            "/",
            "%",
        ]
    ),
    st.sampled_from(
        [
            "\u200e",
            "\u200f",
            "\u202a",
            "\u202b",
            "\u202c",
            "\u2066",
            "\u2067",
            "\u2069",
            "\ufeff",
            "\u0640",
            "\u064b",
            "\u0651",
            "\u00a0",
            "\u0000",
        ]
    ),
    st.integers(0, 10**9).map(str),
    st.text(alphabet="٠١٢٣٤٥٦٧٨٩", max_size=6),
    st.text(alphabet="اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةؤئء", max_size=8),
    st.text(max_size=6),
)
_TEXTS = st.lists(_PIECES, max_size=60).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces), " و".join(pieces)])
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS, st.booleans())
@example("-16 قصفت", True)  # a number behind a hyphen, and nothing before it
def test_no_text_breaks_it_and_all_it_says_points_into_the_text(text: str, dated: bool) -> None:
    sound(reading(text) if dated else reading(text, None))


def test_an_article_in_marks_and_controls_is_sound() -> None:
    sound(reading("\ufeffقَصَفَ الطَّيرانُ الحَربِيُّ \u202bمَدينةَ سَـــراقِب\u202c أَمسِ."))
    sound(reading(TEXT.replace(" ", "\u00a0")))
    sound(reading(TEXT.replace(" ", " \u200f")))


def test_a_long_text_without_a_full_stop_is_read_to_its_end() -> None:
    sentence = TEXT.replace(".", "،") + " "
    text = sentence * (1_000_000 // len(sentence.encode()))
    found = reading(text)
    sound(found)
    assert found.claims[-1].start > len(text) * 0.9


def test_a_long_text_of_one_word_or_no_space_is_read() -> None:
    for text in ("قصف " * 10_000, "قصف" * 50_000, "«" * 100_000, "حلب و" * 500, "12 " * 20_000):
        sound(reading(text))


@pytest.mark.parametrize(
    "unit",
    [
        "قصف ",
        "قصف دوما ",
        "سيطر على ",
        "ودوما ",
        "حي القدم ",
        "مدينة حلب بريف حلب ",
        "بلدة زقزقة ",
        "قتل 5 ",
        "قتلى ",
        "مقتل خمسة في قصف على دوما، ",
        "الجيش الحر ",
        "12 ",
        "خمسة و",
        "قال ",
        "نفى ",
        "قال المرصد إن قصفا ",
        "«قال ",
        "(قصف [",
        "15 مايو 2013 ",
        "قصف على دوما. جاء ذلك في بيان للمرصد. ",
        "قصف الجيش دوما. ونقلت رويترز عن المرصد ذلك. ",
        "سيطر الجيش على قارة. ونفى المرصد ذلك. ",
    ],
)
def test_the_work_on_a_text_grows_with_its_length_and_no_faster(unit: str) -> None:
    # Whole numbers of the longest sentence: what is left over at the end would be read or not by its length.
    few, many = (_calls(unit * (times * LONGEST_SENTENCE)) for times in (2, 8))
    assert many < 5 * few


def _calls(text: str) -> int:
    """How many functions are called to read a text, whatever the clock says."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    reading(text[:1000])  # what is loaded once
    sys.setprofile(count)
    try:
        reading(text)
    finally:
        sys.setprofile(None)
    return calls
