"""``conflictmap explain``: every fact of a claim with its words, in colour on a terminal, and nothing of the
text steers that terminal."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.explain import explain, wants_colour
from extraction.pipeline import read
from extraction.records import Document
from gazetteer.sources import load

TEXT = "قال ناشطون إن عشرة مدنيين قتلوا أمس في قصف على مدينة داريا."
STYLE = re.compile(r"\x1b\[[0-9;]+m")

Run = Callable[..., int]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def explained(text: str, colour: bool = False) -> str:
    document = Document("a", text, date(2013, 11, 20), "given", "", "", "ar", "")
    gazetteer = load()
    return explain(read(document, gazetteer), gazetteer.places, colour)


def test_each_fact_is_told_with_the_words_that_gave_it(
    conflictmap: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert conflictmap("explain", article, "--published", "2013-11-20") == 0
    out = capsys.readouterr().out
    assert "[1] shelling asserted" in out

    def row(role: str) -> str:
        return next(line for line in out.splitlines() if line.split()[:1] == [role])

    assert re.search(r"shelling ← قصف \(rule: \w+\)", row("trigger"))
    assert re.search(r"Daraya.* ← داريا \(rule: \w+\)", row("place"))
    assert re.search(r"10, civilians ← .*عشرة", row("killed"))
    assert re.search(r"activists ← قال ناشطون", row("claimant"))
    assert re.search(r"2013-11-19 \(relative\) ← أمس", row("date"))
    assert re.search(r"\[1\] ?قصف|\[1\] عشرة", out.split("[1] shelling")[0])


def test_a_date_that_no_words_gave_says_so(
    conflictmap: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text(TEXT.replace("أمس ", ""), encoding="utf-8")
    conflictmap("explain", article, "--published", "2013-11-20")
    assert "2013-11-19 to 2013-11-20 (default) ← no words of its own" in capsys.readouterr().out


def test_the_metadata_beside_the_file_date_it(
    conflictmap: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "doc_id,published,outlet\narticle,2013-11-20,sample\n"
    (article.parent / "metadata.csv").write_text(rows, encoding="utf-8")
    conflictmap("explain", article)
    assert capsys.readouterr().out.startswith("article · sample · 2013-11-20 (given)\n")
    conflictmap("explain", article, "--published", "2016-05-10")
    assert "2016-05-10 (given)" in capsys.readouterr().out


def test_a_broken_line_is_named_and_the_others_are_explained(
    conflictmap: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f'{{"id": "one", "text": "{TEXT}"}}\nbroken\n', encoding="utf-8")
    assert conflictmap("explain", path) == 1
    out, err = capsys.readouterr()
    assert "shelling" in out
    assert "news.jsonl:2" in err


def test_what_is_no_file_and_no_date_is_wrong_use(
    conflictmap: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert conflictmap("explain", article.parent) == 2
    assert "is no file" in capsys.readouterr().err
    with pytest.raises(SystemExit) as end:
        conflictmap("explain", article, "--published", "yesterday")
    assert end.value.code == 2


def test_the_users_own_places_beside_the_archive_are_known(
    conflictmap: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, places, archive = tmp_path / "a.txt", tmp_path / "own.csv", tmp_path / "own.sqlite"
    article.write_text("قصف على بلدة زمرانا.", encoding="utf-8")
    places.write_text("name_ar,lat,lon,kind\nزمرانا,36.4,37.1,town\n", encoding="utf-8")
    assert conflictmap("place", "import", places, "--format", "csv", "--archive", archive) == 0
    assert conflictmap("explain", article) == conflictmap("explain", article, "--archive", archive) == 0
    without, known = capsys.readouterr().out.split("1 claims")[-3:-1]
    assert "not on the map" in without
    assert "36.400,37.100" in known


def test_without_a_terminal_there_is_no_colour(
    conflictmap: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conflictmap("explain", article)
    assert "\x1b" not in capsys.readouterr().out


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colour_unless_the_user_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(_Terminal())
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(_Terminal())


def test_words_of_one_role_have_one_colour_in_the_text_and_in_the_list() -> None:
    shown = explained(TEXT, colour=True)
    styles = {style.split(";")[-1] for style, words in painted(shown) if words == "داريا"}
    assert len(styles) == 1
    assert styles != {style.split(";")[-1] for style, words in painted(shown) if words == "قصف"}


def painted(shown: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"\x1b\[([0-9;]+)m([^\x1b]*)\x1b\[0m", shown):
        yield match[1], match[2].strip()


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J", "\x9b2J", "\x1b]0;title\x07", "\x08\x08", "\u202e", "\u2066", "\x7f", "\u2028", "\r"],
)
def test_nothing_of_the_text_steers_the_terminal(hostile: str) -> None:
    text = TEXT.replace(" على", f" {hostile}على").replace("مدنيين", f"مدن{hostile}يين")
    shown = STYLE.sub("", explained(text, colour=True))
    assert all(c.isprintable() or c == "\n" for c in shown)


def test_nor_does_what_is_said_about_the_text(
    conflictmap: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a\x1b[2J.md"
    path.write_text(f'---\noutlet: "x\\e[31m\\u202ey"\n---\n{TEXT}', encoding="utf-8")
    assert conflictmap("explain", path) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*TEXT.split(), "\n", "\x1b[31m", "\u202e", "\u200f", "قَارَة", "«", "46"]) | st.text()
    )
)
def test_any_text_is_shown_whole_and_safely(pieces: list[str]) -> None:
    text = " ".join(pieces).encode("utf-8", "ignore").decode()
    plain = explained(text)
    coloured = explained(text, colour=True)
    assert all(c.isprintable() or c == "\n" for c in plain)
    assert plain.splitlines()[1:] == STYLE.sub("", coloured).splitlines()[2:]


def test_why_not_tells_what_lost_and_which_rule_refused_a_word_of_war(
    conflictmap: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text("حاول الجيش السيطرة على بلدة مضايا. ويعتزم الجيش مهاجمة بلدة دوما.", encoding="utf-8")
    assert conflictmap("explain", "--why-not", article, "--published", "2016-05-11") == 0
    taken, meant = capsys.readouterr().out.split("What was weighed")[1].strip().split("\nمهاجمة")
    assert re.search(r"→ attempt 6\n +tried \+6: .*\n +· trigger 1", taken)
    assert re.search(r"→ no_event 2\.5\n +intended \+2\.5: Meant", meant)


def test_a_word_of_war_that_no_claim_begins_with_says_so(
    conflictmap: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text("انسحب الوفد من القاعة بعد قصف.", encoding="utf-8")
    conflictmap("explain", "--why-not", article, "--published", "2016-05-11")
    out = capsys.readouterr().out
    assert "0 claims" in out
    assert "no claim of its own" in out
