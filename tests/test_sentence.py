"""Words keep their place in the text; sentences end where a reader ends them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader import count, words_of

from extraction.words.sentence import LONGEST_SENTENCE, Sentence, Words


def sentences(text: str) -> list[str]:
    words = words_of(text)
    return [text[words.start(s.first) : words.end(s.last - 1)] for s in words.sentences]


def test_a_full_stop_a_question_and_a_new_line_end_a_sentence() -> None:
    assert sentences("قصف الجيش دوما. ماذا حدث؟ سقط قتلى! عنوان\nخبر") == [
        "قصف الجيش دوما",
        "ماذا حدث",
        "سقط قتلى",
        "عنوان",
        "خبر",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "قالت وكالة أ.ف.ب إن القصف استمر",
        ),
        pytest.param(
            "على بعد 2.5 كيلومتر من البلدة",
        ),
        "قصف الجيش بلدات، منها: دوما وحرستا",
        "قال «نحن في المدينة» ثم انسحب",
    ],
)
def test_initials_fractions_commas_and_quotes_end_none(text: str) -> None:
    assert len(sentences(text)) == 1


def test_a_full_stop_without_a_space_between_whole_words_ends_a_sentence() -> None:
    assert sentences("انسحب الجيش من المدينة.وقالت مصادر إن القصف توقف") == [
        "انسحب الجيش من المدينة",
        "وقالت مصادر إن القصف توقف",
    ]


def test_a_full_stop_before_or_after_a_closing_quote_ends_a_sentence() -> None:
    assert len(sentences("قال «انسحبنا من البلدة.» وأضاف آخر")) == 2
    assert len(sentences("قال «انسحبنا من البلدة». وأضاف آخر")) == 2


@pytest.mark.parametrize(
    "text",
    ["قال «نحن في المدينة» ثم انسحب", 'قال "نحن في المدينة" ثم انسحب', "قال “نحن في المدينة” ثم انسحب"],
)
def test_quoted_words_are_known(text: str) -> None:
    words = words_of(text)
    assert [w for w, inside in zip(words.words, words.quoted, strict=False) if inside] == [
        "نحن",
        "في",
        "المدينه",
    ]


def test_marks_turned_around_quote_too() -> None:
    words = words_of("قال »نحن في المدينة« ثم انسحب")
    assert [w for w, inside in zip(words.words, words.quoted, strict=False) if inside] == [
        "نحن",
        "في",
        "المدينه",
    ]


def test_punctuation_parts_clauses() -> None:
    words = words_of("قصف الجيش دوما، وانسحب (لاحقا) منها")
    assert [w for w, parted in zip(words.words, words.breaks, strict=False) if w and parted] == [
        "وانسحب",
        "لاحقا",
        "منها",
    ]


def test_a_day_in_brackets_parts_no_clause() -> None:
    words = words_of("قصف الجيش (أمس) دوما")
    assert not any(words.breaks[1 : count(words)])


def test_offsets_point_at_the_words_as_stored() -> None:
    text = "قَصَفَ الجيـــش «دُوما»، وَانسحب."
    words = words_of(text)
    shown = [text[words.start(i) : words.end(i)] for i in range(count(words))]
    assert words.words[: count(words)] == ("قصف", "الجيش", "دوما", "وانسحب")
    assert [w.rstrip("\u064e\u064f") for w in shown] == ["قَصَف", "الجيـــش", "دُوما", "وَانسحب"]


def test_a_text_without_stops_is_cut() -> None:
    words = words_of("قصف " * (3 * LONGEST_SENTENCE))
    assert max(s.last - s.first for s in words.sentences) == LONGEST_SENTENCE


@given(st.text(alphabet='قصف الجيش.،؟«»"()\n\u200f\u0640\u064e 1٢a', max_size=60))
def test_sentences_cover_all_words_once_and_words_lie_in_the_text(text: str) -> None:
    words: Words = words_of(text)
    assert [at for s in words.sentences for at in range(s.first, s.last)] == list(range(count(words)))
    ends = [0]
    for at in range(count(words)):
        start, end = words.start(at), words.end(at)
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


def test_a_long_list_of_telling_words_is_no_prose() -> None:
    listed, told = words_of("قصف قتل قال 12 اشتباكات " * 20), words_of("قصف الطيران بلدة قارة أمس، " * 20)
    assert not any(map(listed.is_prose, listed.sentences))
    assert all(map(told.is_prose, told.sentences))
    assert words_of("قصف قتل قال").is_prose(Sentence(0, 3)), "a headline may be as dense"
