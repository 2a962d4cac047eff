"""The command line: what each command does, says and returns; and the folder-to-archive run behind it.

Reading a text is faked here: one claim a text, whatever it says. What real texts say is tested elsewhere.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extraction import cli
from extraction.keeping import corpus
from extraction.keeping.archive import Archive, ArchiveError, default_path
from extraction.records import Document, Incident, Reading, Telling
from gazetteer.sources import Gazetteer

TEXT = "قصف على قارة"
BAD = "انفجر البرنامج"

Run = Callable[..., int]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Three texts in a folder with a space and Arabic letters in its name."""
    folder = tmp_path / "أخبار 2013"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"{name} {TEXT}", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def joined(monkeypatch: pytest.MonkeyPatch, made: Any) -> list[int]:
    """Fakes reading and joining; gives the number of claims at each joining."""
    calls: list[int] = []

    def read(document: Document, _: Gazetteer) -> Reading:
        if BAD in document.text:
            raise ZeroDivisionError("no\nsuch luck")
        reading: Reading = made.reading(document)
        if "same claim" in document.text:
            reading = replace(reading, claims=reading.claims * 2)
        return reading

    def join(claims: Iterable[Telling]) -> list[tuple[Incident, list[str]]]:
        claim_ids = [claim.claim_id for claim in claims]
        calls.append(len(claim_ids))
        return [(made.incident, claim_ids)]

    monkeypatch.setattr(corpus, "read", read)
    monkeypatch.setattr(corpus, "join", join)
    return calls


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


def ids(archive: Path) -> list[str]:
    return sorted(Archive(archive, create=False).doc_hashes())


# --- extract


def test_a_second_run_changes_nothing_not_even_the_version(
    conflictmap: Run, texts: Path, archive: Path, joined: list[int]
) -> None:
    assert conflictmap("extract", texts, "--archive", archive) == 0
    first = Archive(archive)
    version, claims, incidents = first.version, first.claims(), first.incidents()
    assert [claim.incident_id for claim in claims] == ["i1"] * 3
    assert conflictmap("extract", texts, "--archive", archive) == 0
    second = Archive(archive)
    assert (second.version, second.claims(), second.incidents()) == (version, claims, incidents)
    assert joined == [3]


def test_only_a_changed_text_is_read_again(
    conflictmap: Run, texts: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conflictmap("extract", texts, "--archive", archive)
    (texts / "b.txt").write_text("نص آخر", encoding="utf-8")
    (texts / "metadata.csv").write_text("doc_id,published,outlet\nc,2013-11-20,\n", encoding="utf-8")
    capsys.readouterr()
    assert conflictmap("extract", texts, "--archive", archive) == 0
    assert "2 texts read, 1 unchanged" in capsys.readouterr().out
    assert Archive(archive).text("b") == "نص آخر"
    assert len(Archive(archive).claims()) == 3


def test_changed_rules_read_everything_again(
    conflictmap: Run,
    texts: Path,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    conflictmap("extract", texts, "--archive", archive)
    monkeypatch.setattr(corpus, "rules_version", lambda _: "another")
    capsys.readouterr()
    conflictmap("extract", texts, "--archive", archive)
    assert "3 texts read, 0 unchanged" in capsys.readouterr().out


def test_prune_removes_what_the_folder_holds_no_more(conflictmap: Run, texts: Path, archive: Path) -> None:
    conflictmap("extract", texts, "--archive", archive)
    (texts / "a.txt").unlink()
    conflictmap("extract", texts, "--archive", archive)
    assert ids(archive) == ["a", "b", "c"]
    assert conflictmap("extract", texts, "--archive", archive, "--prune") == 0
    assert ids(archive) == ["b", "c"]


def test_nothing_is_pruned_while_a_text_cannot_be_opened(
    conflictmap: Run, texts: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflictmap("extract", texts, "--archive", archive)
    (texts / "a.txt").unlink()
    open_file = Path.open

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return open_file(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert conflictmap("extract", texts, "--archive", archive, "--prune") == 1
    assert ids(archive) == ["a", "b", "c"]


def test_a_text_that_fails_is_named_and_the_rest_is_kept(
    conflictmap: Run, texts: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "b.txt").write_text(BAD, encoding="utf-8")
    (texts / "c.txt").write_text("قصف وقصف وقصف same claim", encoding="utf-8")  # fails when it is written
    (texts / "d<img src=x>.txt").write_text("", encoding="utf-8")
    (texts / "e\x1b[2J.txt").write_text("", encoding="utf-8")
    assert conflictmap("extract", texts, "--archive", archive) == 1
    assert ids(archive) == ["a"]
    out, err = capsys.readouterr()
    assert "1 text read, 0 unchanged, 0 removed, 4 problems" in out
    named = [line for line in err.splitlines() if line.startswith(str(texts))]
    assert [line.split(": ")[0].rsplit("/", 1)[1] for line in named] == [
        "b",
        "d<img src=x>.txt",
        "e\\x1b[2J.txt",
        "c",
    ]
    assert "\x1b" not in err


def test_a_failing_database_ends_the_run(
    conflictmap: Run,
    texts: Path,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(*_: object) -> None:
        raise ArchiveError("database or disk is full")

    monkeypatch.setattr(Archive, "put", full)
    assert conflictmap("extract", texts, "--archive", archive) == 2
    assert "disk is full" in capsys.readouterr().err


def test_an_interrupted_run_is_made_good_by_the_next(
    conflictmap: Run, texts: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(corpus, "join", interrupt)
        assert conflictmap("extract", texts, "--archive", archive) == 130
    assert Archive(archive).incidents() == ()
    assert conflictmap("extract", texts, "--archive", archive) == 0
    assert len(Archive(archive).incidents()) == 1


def test_the_users_own_archive_is_used_and_named_when_none_is_given(
    conflictmap: Run, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert conflictmap("extract", texts) == 0
    assert str(default_path()) in capsys.readouterr().err
    assert ids(default_path()) == ["a", "b", "c"]


# --- the other commands


def test_export_writes_the_archive(conflictmap: Run, texts: Path, archive: Path, tmp_path: Path) -> None:
    conflictmap("extract", texts, "--archive", archive)
    assert conflictmap("export", "--archive", archive, "--out", tmp_path / "out" / "csv") == 0
    assert len((tmp_path / "out/csv/claims.csv").read_text(encoding="utf-8").splitlines()) == 4


def test_forget_removes_a_text_and_joins_the_rest(
    conflictmap: Run, texts: Path, archive: Path, joined: list[int]
) -> None:
    conflictmap("extract", texts, "--archive", archive)
    assert conflictmap("forget", "b", "--archive", archive) == 0
    assert ids(archive) == ["a", "c"]
    assert joined == [3, 2]


def test_evaluate_prints_the_figures(
    conflictmap: Run, texts: Path, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conflictmap("extract", texts, "--archive", archive)
    conflictmap("export", "--archive", archive, "--out", tmp_path / "out")
    answers = tmp_path / "answers"
    answers.mkdir()
    (answers / "a.json").write_text(
        '{"doc": "a", "mentions": [], "claims": [], "never": []}', encoding="utf-8"
    )
    assert conflictmap("evaluate", tmp_path / "out", answers) == 0
    assert "false toponym: قارة" in capsys.readouterr().out


def test_place_find_prints_candidates(conflictmap: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert conflictmap("place", "find", "قارة") == 0
    best = capsys.readouterr().out.splitlines()[0]
    assert "Qara" in best
    assert "34.1" in best
    assert conflictmap("place", "find", "قققققققق") == 1


def test_place_check_finds_no_fault_in_the_built_in_lists(conflictmap: Run) -> None:
    assert conflictmap("place", "check") == 0


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["extract", "nowhere"], "nowhere is no folder"),
        (["export", "--archive", "none.sqlite", "--out", "out"], "there is no archive"),
        (["export", "--archive", "data.txt", "--out", "out"], "data.txt"),
        (["extract", ".", "--archive", "nosuch://user:secret@host/name"], "nosuch"),
        (["forget", "nobody", "--archive", "ok.sqlite"], "no text called nobody"),
        (["export", "--archive", "ok.sqlite", "--out", "data.txt"], "data.txt"),
        (["evaluate", "out", "gold"], "out is no folder"),
        (["evaluate", ".", "."], "no answers"),
    ],
)
def test_wrong_use_is_one_clear_line(
    conflictmap: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.txt").write_text("no database\n" * 100, encoding="utf-8")
    Archive(tmp_path / "ok.sqlite")
    assert conflictmap(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert words in err
    assert "secret" not in err
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["extract"], ["dashboard", "--port", "70000"]])
def test_what_the_parser_refuses_is_wrong_use_too(conflictmap: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        conflictmap(*arguments)
    assert end.value.code == 2


@pytest.mark.parametrize(
    "command",
    [
        "extract",
        "forget",
        "problems",
        "export",
        "explain",
        "place find",
        "place import",
        "place geocode",
        "place check",
        "evaluate",
        "dashboard",
    ],
)
def test_help_has_an_example(conflictmap: Run, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        conflictmap(*command.split(), "--help")
    assert end.value.code == 0
    assert f"example:\n  conflictmap {command}" in capsys.readouterr().out


def test_logs_go_to_stderr(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "extraction.cli", "extract", tmp_path / "nowhere"],
        capture_output=True,
        cwd=Path(cli.__file__).parents[1],
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr == f"conflictmap: {tmp_path / 'nowhere'} is no folder\n"


def test_each_command_is_declared_by_a_module_of_its_own_and_told_in_the_readme() -> None:
    modules = {path.stem for path in Path(cli.__file__).parent.glob("*.py")} - {
        "__init__",
        "__main__",
        "command",
    }
    offered = {command.name: command for command in cli.commands()}
    assert set(offered) == modules, "a command bears the name of its module"
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for name, command in offered.items():
        assert f"conflictmap {name}" in readme, "the README shows each command once"
        for one in command.parts or (command,):
            assert one.run is not None
            assert one.example.startswith(f"conflictmap {name}")
