"""The language of the rules, laid over sentences."""

import pytest
from reader import words_of

from extraction.reading.pattern import PatternError, Scope, read_pattern
from extraction.words.sentence import Words

SHELLED = "حاول الجيش أمس اقتحام بلدة مضايا، وقصفها بالمدفعية."


def found(pattern: str, text: str, role: str = "event", number: int = 0, to: str = "") -> bool:
    words: Words = words_of(text)
    tags = [tag for tag in words.tags if tag.entry.role == role]
    candidates = [tag for tag in words.tags if tag.entry.role == to]
    anchor = tags[number]
    sentence = next(s for s in words.sentences if s.first <= anchor.first < s.last)
    scope = Scope(words, sentence, anchor, candidates[0] if candidates else None)
    read = read_pattern(pattern, ("SIDE",))
    return read.asks(scope.anchor, scope.candidate) and read.found(scope)


@pytest.mark.parametrize(
    ("pattern", "text", "number", "is_found"),
    [
        ("attempt ~4 @", SHELLED, 0, True),
        ("attempt ~1 @", SHELLED, 0, False),
        ("attempt ~~9 @", SHELLED, 1, True),
        ("attempt ~9 @", SHELLED, 1, False),  # a comma stands between
        ("attempt ~~9!ground @", SHELLED, 1, False),
        ("@ ground", SHELLED, 0, True),
        ("@ !ground", SHELLED, 0, False),
        ("@ ground? ground", SHELLED, 0, True),
        (", @/and", SHELLED, 1, True),
        (", @/!and", SHELLED, 1, False),
        ("@/him", SHELLED, 1, True),
        ("@=shelling", SHELLED, 1, True),
        ("@=clash+shelling/noun", SHELLED, 1, True),
        ("@=clash", SHELLED, 1, False),
        ("@ weapon/by .", SHELLED, 1, True),
        ("^ attempt ~3 @", SHELLED, 0, True),
        ("^ @", SHELLED, 0, False),
        ("[stop]", SHELLED, 0, False),
        ("[state]", "أعلن الجيش السيطرة على البلدة.", 0, False),
        ("<on> ~0 ground", "سيطر على بلدة مضايا.", 0, None),
        ("@ <on> ground", "سيطر على بلدة مضايا.", 0, True),
        ("@ <on>|ground", "سيطر على بلدة مضايا.", 0, True),
    ],
)
def test_a_pattern_is_found_where_its_steps_stand_in_a_row(
    pattern: str, text: str, number: int, is_found: bool | None
) -> None:
    if is_found is None:
        with pytest.raises(PatternError, match="where @ stands"):
            read_pattern(pattern)
    else:
        assert found(pattern, text, number=number) is is_found


def test_a_candidate_is_weighed_by_where_it_stands() -> None:
    text = "قصف الجيش بلدة مضايا."
    assert found("@/noun $", text, to="actor")
    assert not found("$ @", text, to="actor")
    assert not found("@ $:air", text, to="actor")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("atempt ~4 @", "no role is called atempt"),
        ("event=prisoner_exchagne @", "no code prisoner_exchagne"),
        ("event:obejctive @", "no flag obejctive"),
        ("@/nuon", "no shape is called nuon"),
        ("<onn> @", "no particle is called"),
        ("SIDES @", "no phrase is called SIDES"),
        ("~4 @", "begin with something that is there"),
        ("@ {x}", "no step of a pattern"),
    ],
)
def test_a_slip_in_a_pattern_is_told(pattern: str, told: str) -> None:
    with pytest.raises(PatternError, match=told):
        read_pattern(pattern, ("SIDE",))
