"""VOICE phrases: the word of saying, who speaks, and to whom it was said."""

import pytest
from reader import words_of

from extraction.reading.phrases.voice import find_sayings


def told(text: str) -> list[tuple[str, str]]:
    """Who speaks and who was told, of each voice of a sentence."""
    words = words_of(text)
    return [
        (s.source.value.entry.code if s.source else "", s.told.entry.code if s.told else "")
        for s in find_sayings(words, words.sentences[0])
    ]


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("قال المرصد السوري إن الطيران قصف دوما.", [("sohr", "")]),
        ("المرصد السوري، قال إن الطيران قصف دوما.", [("sohr", "")]),
        ("أكد القيادي في أحرار الشام لعنب بلدي أن الطيران قصف دوما.", [("ahrar_al_sham", "enab_baladi")]),
        ("أفاد مركز عفرين الإعلامي بأن الطيران قصف دوما.", [("local_networks", "")]),
        ("أفادت شبكة محلية بمقتل شاب برصاص مجهولين في دوما.", [("", "")]),
        ("قصف الطيران دوما.", []),
    ],
)
def test_a_sentence_has_these_voices(text: str, voices: list[tuple[str, str]]) -> None:
    assert told(text) == voices
