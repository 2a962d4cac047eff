"""A rule that looks back sees the words of its sentence: at the beginning of a text as well as later on."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader import claims, count, only, places, words_of

ROOT = Path(__file__).parent.parent
QUIET = "الصباح هادئ في هذا اليوم. "
GRAMMAR = {path.stem: path for path in sorted((ROOT / "extraction" / "reading").glob("[!_]*.py"))}

#: The first words of a text, by what they must do to what follows.
OPENINGS = {
    "shot down with": "أسقطوا بقذيفة طائرة استطلاع في بلدة مضايا.",
    "not": "لم يقصف الجيش بلدة مضايا.",
    "no": "لا قصف على بلدة مضايا اليوم.",
    "feared": "خشية هجوم على بلدة مضايا نزح السكان.",
    "feared, or": "خوفا من قصف أو هجوم على بلدة مضايا نزح السكان.",
    "stopped": "توقفت الغارات على دوما.",
    "failed": "فشل هجوم الجيش على بلدة مضايا.",
    "tried": "محاولة اقتحام بلدة مضايا استمرت ساعات.",
    "thousands of dead": "آلاف القتلى خلفها قصف بلدة مضايا.",
    "left for abroad": "انسحبوا إلى لبنان من بلدة فليطة.",
    "lies near": "قرب مطار منغ قصف الجيش بلدة مضايا.",
    "after": "بعد سيطرة الجيش على بلدة مضايا قصف الطيران دوما.",
    "two of": "قتل اثنان منهم في قصف بلدة مضايا.",
    "since": "منذ السيطرة على بلدة مضايا غادر السكان.",
    "from the side of": "من جهة داريا قصف الجيش المعضمية.",
    "fired from": "انطلاقا من مطار المزة قصف الجيش داريا.",
    "the army's": "طيران الجيش قصف بلدة مضايا.",
    "doubted": "يعتقد أن طائرات روسية قصفت بلدة مضايا.",
    "who said": "ناشطون: قصف الجيش بلدة مضايا.",
    "a day": "الأحد قصف الجيش بلدة مضايا.",
    "killed before": "عشرة مدنيين قتلوا في قصف بلدة مضايا.",
}

#: Words that end a sentence and would change what follows, were they in its sentence.
ENDINGS = (
    "هكذا كانت المحاولة.",
    "يعيش السكان في خشية.",
    "الحياة توقفت.",
    "أين القرية القريبة من؟",
    "قال إنه لا.",
)
EVENTS = (
    "قصف الجيش بلدة مضايا بالمدفعية.",
    "قتل ثلاثة مدنيين بقصف بلدة مضايا.",
    "غارات على بلدة مضايا أمس.",
    "انسحب الجيش من بلدة مضايا.",
)


def read(text: str, before: str = "") -> list[tuple[object, ...]]:
    """What the claims of a text say, whatever stands before it."""
    return [
        (
            c.event_type,
            c.stance,
            c.actor,
            c.target,
            c.claimant,
            c.killed_min,
            c.date_start,
            places(c, before + text),
        )
        for c in claims(before + text)
    ]


@pytest.mark.parametrize("text", OPENINGS.values(), ids=OPENINGS.keys())
def test_the_first_words_of_a_text_rule_as_those_of_any_sentence(text: str) -> None:
    assert read(text) == read(text, QUIET)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("event", EVENTS)
def test_the_end_of_the_sentence_before_has_no_say(ending: str, event: str) -> None:
    assert read(event, f"{ending} ") == read(event)


def test_what_a_plane_was_shot_down_with_is_no_strike_at_the_beginning_of_a_text() -> None:
    assert claims("أسقطوا بقذيفة طائرة استطلاع في بلدة مضايا.") == ()


def test_the_dead_are_counted_though_the_sentence_before_ends_with_an_attempt() -> None:
    assert only("هكذا كانت المحاولة. قتل ثلاثة مدنيين بقصف بلدة مضايا.", "shelling").killed_min == 3


@given(
    st.lists(st.sampled_from(["قصف", "الجيش", "بلدة", "مضايا", ".", "؟", "،", "لم"]), max_size=12).map(
        " ".join
    ),
    st.integers(0, 12),
    st.integers(1, 5),
)
def test_looking_back_never_leaves_the_sentence(text: str, at: int, reach: int) -> None:
    words = words_of(text)
    at = min(at, count(words))
    here = [s for s in words.sentences if s.first <= at] or [None]
    first = here[-1].first if here[-1] else 0
    back = words.back(at, reach)
    assert first <= back <= max(at, first)
    assert back == max(first, at - reach)
    assert list(words.backwards(at, reach)) == list(reversed(range(back, at)))
    inside = at - reach >= first
    assert words.before(at, reach) == (words.words[at - reach] if inside else "")
    event = words.tag_before(at, "event", by=reach)
    assert event == (words.tag(at - reach, "event") if inside else None)


#: Ends of phrases, exclusive: one less is a word of the phrase itself.
PHRASE_END = re.compile(r"(\blast|\bstop|\bend|\bbehind)$")
#: A memory over sentences, which no rule of a sentence has.
MEMORY = {"before - _ENEMY_REACH"}


@pytest.mark.parametrize("module", GRAMMAR)
def test_no_rule_looks_back_by_a_way_of_its_own(module: str) -> None:
    """``words.words[at - 3 : at]`` wraps around at the beginning of a text, and ``words.tag(at - 1, …)`` sees
    the sentence before: ``back``, ``backwards``, ``before`` and ``tag_before`` do not."""
    source = GRAMMAR[module].read_text(encoding="utf-8")
    found = []
    for node in ast.walk(ast.parse(source)):
        at: ast.AST | None = None
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("words.words"):
            at = node.slice.lower if isinstance(node.slice, ast.Slice) else node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of_words = ast.unparse(node.func.value).endswith("words")
            at = node.args[0] if of_words and node.func.attr in ("tag", "has", "where", "among") else None
        floor = isinstance(at, ast.Call) and ast.unparse(at.func) == "max"
        steps = at.args if floor and isinstance(at, ast.Call) else [at]
        free = not floor or ast.unparse(steps[0]) in ("0", "sentence.first")
        for step in steps if free else ():
            if isinstance(step, ast.BinOp) and isinstance(step.op, ast.Sub):
                told = ast.unparse(step)
                if not PHRASE_END.search(ast.unparse(step.left)) and told not in MEMORY:
                    found.append(f"{module}.py:{node.lineno}: {ast.unparse(node)}")
    assert found == []
