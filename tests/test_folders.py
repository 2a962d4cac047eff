"""Several folders in one archive: nothing replaced, nothing doubled, nothing removed that is still there."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extraction.keeping import corpus
from extraction.keeping.archive import Archive, problems_path

Run = Callable[..., int]
BAD = "انفجر البرنامج"


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch, made: Any) -> None:
    """Reading is faked: one claim a text, and a warning where the text is of the wrong day."""

    def read(document: Any, _: Any) -> Any:
        if BAD in document.text:
            raise ZeroDivisionError
        return made.reading(document)

    monkeypatch.setattr(corpus, "read", read)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


def folder(path: Path, **texts: str) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


def ids(archive: Path) -> dict[str, str]:
    """The texts of the archive by their names."""
    return {document.doc_id: document.text for document in Archive(archive, create=False).documents()}


def labels(archive: Path) -> dict[str, str]:
    return {document.doc_id: document.folder for document in Archive(archive, create=False).documents()}


# --- names


def test_texts_of_one_name_in_two_folders_are_both_kept(
    conflictmap: Run, tmp_path: Path, archive: Path
) -> None:
    a, b = (
        folder(tmp_path / "a", one="قصف أول", two="نص"),
        folder(tmp_path / "b", one="قصف آخر", three="نص ثالث"),
    )
    for _ in range(2):
        assert conflictmap("extract", a, "--archive", archive) == 0
        assert conflictmap("extract", b, "--archive", archive) == 0
        assert ids(archive) == {"one": "قصف أول", "two": "نص", "b/one": "قصف آخر", "three": "نص ثالث"}
        assert labels(archive) == {"one": "a", "two": "a", "b/one": "b", "three": "b"}


def test_a_changed_text_keeps_its_name(conflictmap: Run, tmp_path: Path, archive: Path) -> None:
    a, b = folder(tmp_path / "a", one="قصف أول"), folder(tmp_path / "b", one="قصف آخر")
    for path in (a, b):
        conflictmap("extract", path, "--archive", archive)
    folder(b, one="قصف ثالث")
    conflictmap("extract", b, "--archive", archive)
    assert ids(archive) == {"one": "قصف أول", "b/one": "قصف ثالث"}
    conflictmap("forget", "one", "--archive", archive)
    conflictmap("extract", b, "--archive", archive)
    assert ids(archive) == {"b/one": "قصف ثالث"}


def test_a_name_that_looks_like_another_folders_is_another(
    conflictmap: Run, tmp_path: Path, archive: Path
) -> None:
    folder(tmp_path / "a" / "b", one="في مجلد فرعي")
    a, b = folder(tmp_path / "a", one="قصف أول"), folder(tmp_path / "b", one="قصف آخر")
    for path in (a, b):
        conflictmap("extract", path, "--archive", archive)
    assert sorted(ids(archive).values()) == sorted(["في مجلد فرعي", "قصف أول", "قصف آخر"])


def test_two_folders_of_one_name_are_two(conflictmap: Run, tmp_path: Path, archive: Path) -> None:
    one, two = folder(tmp_path / "x/news", t="قصف أول"), folder(tmp_path / "y/news", t="قصف آخر")
    for path in (one, two, one):
        conflictmap("extract", path, "--archive", archive)
    assert ids(archive) == {"t": "قصف أول", "news-2/t": "قصف آخر"}
    assert set(labels(archive).values()) == {"news", "news-2"}


def test_a_folder_is_the_same_by_whatever_path(
    conflictmap: Run, tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = folder(tmp_path / "news", t="قصف أول")
    (tmp_path / "link").symlink_to(news)
    conflictmap("extract", news, "--archive", archive)
    monkeypatch.chdir(news)
    version = Archive(archive).version
    for path in (".", "../news", tmp_path / "link"):
        assert conflictmap("extract", path, "--archive", archive) == 0
    assert (labels(archive), Archive(archive).version) == ({"t": "news"}, version)


def test_a_folder_that_was_moved_is_known_by_its_name_and_its_texts(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = folder(tmp_path / "news", a="قصف أول", b="قصف آخر")
    conflictmap("extract", news, "--archive", archive)
    (tmp_path / "elsewhere").mkdir()
    moved = folder(Path(shutil.move(news, tmp_path / "elsewhere/news")), c="قصف ثالث")
    capsys.readouterr()
    conflictmap("extract", moved, "--archive", archive)
    assert "--folder" in capsys.readouterr().err
    assert labels(archive) == dict.fromkeys("abc", "news")


def test_a_folder_of_another_name_with_the_same_texts_is_another(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news, copy = (folder(tmp_path / name, t="قصف أول") for name in ("news", "copy"))
    conflictmap("extract", news, "--archive", archive)
    (copy / "t.txt").write_text("---\ntitle: عنوان غيره\n---\nقصف أول", encoding="utf-8")
    conflictmap("extract", copy, "--archive", archive)
    told = capsys.readouterr().err
    assert "if that was renamed, say --folder news" in told
    assert "the same text as t" in told
    (document,) = Archive(archive, create=False).documents()
    assert (document.folder, document.title) == ("news", "")


def test_a_folder_can_be_given_its_name(conflictmap: Run, tmp_path: Path, archive: Path) -> None:
    news = folder(tmp_path / "news", a="قصف أول")
    conflictmap("extract", news, "--archive", archive, "--folder", "sana")
    assert labels(archive) == {"a": "sana"}
    other = folder(tmp_path / "other", a="نص آخر تماما")
    conflictmap("extract", other, "--archive", archive, "--folder", "sana")
    assert ids(archive) == {"a": "نص آخر تماما"}
    with pytest.raises(SystemExit):
        conflictmap("extract", other, "--archive", archive, "--folder", "a/b")


def test_the_same_text_in_two_folders_is_held_once_and_told(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = folder(tmp_path / "a", one="قصف أول"), folder(tmp_path / "b", x="قصف أول", y="قصف آخر")
    conflictmap("extract", a, "--archive", archive)
    assert conflictmap("extract", b, "--archive", archive) == 0
    assert "the same text as one" in capsys.readouterr().err
    assert sorted(ids(archive)) == ["one", "y"]
    conflictmap("forget", "one", "--archive", archive)
    conflictmap("extract", b, "--archive", archive)
    assert sorted(ids(archive)) == ["x", "y"]


def test_nothing_tells_where_a_folder_lies(conflictmap: Run, tmp_path: Path, archive: Path) -> None:
    news = folder(tmp_path / "secret place" / "news", a="قصف أول")
    conflictmap("extract", news, "--archive", archive)
    Archive(archive).close()
    held = b"".join(path.read_bytes() for path in tmp_path.glob("archive.sqlite*"))
    assert b"secret place" not in held


# --- pruning


def test_pruning_one_folder_leaves_the_other_alone(conflictmap: Run, tmp_path: Path, archive: Path) -> None:
    a, b = folder(tmp_path / "a", one="قصف أول", two="نص"), folder(tmp_path / "b", one="قصف آخر")
    for path in (a, b):
        conflictmap("extract", path, "--archive", archive)
    (a / "one.txt").unlink()
    assert conflictmap("extract", a, "--archive", archive, "--prune") == 0
    assert sorted(ids(archive)) == ["b/one", "two"]
    assert conflictmap("extract", b, "--archive", archive, "--prune") == 0
    assert sorted(ids(archive)) == ["b/one", "two"]


@pytest.mark.parametrize("options", [(), ("--prune",), ("--prune-all",)])
def test_an_empty_folder_is_wrong_use_and_changes_nothing(
    conflictmap: Run, tmp_path: Path, archive: Path, options: tuple[str, ...]
) -> None:
    news = folder(tmp_path / "news", a="قصف أول")
    conflictmap("extract", news, "--archive", archive)
    assert conflictmap("extract", folder(tmp_path / "empty"), "--archive", archive, *options) == 2
    (news / "a.txt").unlink()
    assert conflictmap("extract", news, "--archive", archive, *options) == 2
    assert sorted(ids(archive)) == ["a"]


def test_more_than_half_is_pruned_on_request_only(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = folder(tmp_path / "news", a="قصف أول", b="قصف آخر", c="قصف ثالث")
    conflictmap("extract", news, "--archive", archive)
    for name in ("a", "b"):
        (news / f"{name}.txt").unlink()
    assert conflictmap("extract", news, "--archive", archive, "--prune") == 2
    assert "2 of the 3 texts" in capsys.readouterr().err
    assert sorted(ids(archive)) == ["a", "b", "c"]
    assert conflictmap("extract", news, "--archive", archive, "--prune-all") == 0
    assert sorted(ids(archive)) == ["c"]


def test_texts_under_new_names_are_not_lost_ones(conflictmap: Run, tmp_path: Path, archive: Path) -> None:
    news = folder(tmp_path / "news", a="قصف أول", b="قصف آخر")
    conflictmap("extract", news, "--archive", archive)
    (news / "2013").mkdir()
    for name in ("a", "b"):
        (news / f"{name}.txt").rename(news / "2013" / f"{name}.txt")
    assert conflictmap("extract", news, "--archive", archive, "--prune") == 0
    assert sorted(ids(archive)) == ["2013/a", "2013/b"]


@pytest.mark.parametrize("broken", [b"", b"\x00" * 40, b"x" * (6 << 20)])
def test_a_text_whose_file_cannot_be_read_now_is_not_pruned(
    conflictmap: Run, tmp_path: Path, archive: Path, broken: bytes
) -> None:
    news = folder(tmp_path / "news", a="قصف أول", b="قصف آخر", c="قصف ثالث", d="قصف رابع")
    conflictmap("extract", news, "--archive", archive)
    (news / "a.txt").write_bytes(broken)
    (news / "b.txt").unlink()
    assert conflictmap("extract", news, "--archive", archive, "--prune") == 1
    assert sorted(ids(archive)) == ["a", "c", "d"]


# --- problems


def test_a_warning_stands_until_it_is_mended_and_decides_no_exit_code(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = folder(tmp_path / "a", one="قصف أول"), folder(tmp_path / "b", one="قصف أول", two="نص")
    conflictmap("extract", a, "--archive", archive)
    for _ in range(2):
        capsys.readouterr()
        assert conflictmap("extract", b, "--archive", archive) == 0
        out, err = capsys.readouterr()
        assert "0 problems, 1 warning" in out
        assert "the same text as one" in err
    assert conflictmap("problems", "--archive", archive) == 0
    assert "b/one: the same text" in capsys.readouterr().out
    folder(b, one="نص آخر")
    conflictmap("extract", b, "--archive", archive)
    capsys.readouterr()
    conflictmap("problems", "--archive", archive, "--json")
    assert json.loads(capsys.readouterr().out) == []


def test_a_date_that_the_text_contradicts_is_told_again_by_an_unchanged_text(
    conflictmap: Run,
    tmp_path: Path,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    made: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def read(document: Any, _: Any) -> Any:
        wrong = replace(document, published_basis="given", published_reason="it tells of 2016")
        return made.reading(wrong)

    monkeypatch.setattr(corpus, "read", read)
    header = "---\npublished: 2013-11-20\n---\n"
    news = folder(tmp_path / "news", a=header + "قصف أول")
    for _ in range(2):
        assert conflictmap("extract", news, "--archive", archive) == 0
        out, err = capsys.readouterr()
        assert "1 warning" in out
        assert "it tells of 2016" in err
    assert conflictmap("problems", "--archive", archive) == 0
    assert "news/a: it tells of 2016" in capsys.readouterr().out


def test_a_text_that_failed_stands_among_the_problems_until_it_is_read(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = folder(tmp_path / "news", a=BAD, b="نص")
    assert conflictmap("extract", news, "--archive", archive) == 1
    assert conflictmap("problems", "--archive", archive) == 1
    assert "news/a: the program failed" in capsys.readouterr().out
    folder(news, a="قصف أول")
    assert conflictmap("extract", news, "--archive", archive) == 0
    assert conflictmap("problems", "--archive", archive) == 0


def test_thousands_of_problems_are_counted_and_all_named_in_a_file(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = folder(tmp_path / "news", good="قصف أول", **{f"n{number}": "" for number in range(70)})
    assert conflictmap("extract", news, "--archive", archive) == 1
    err = capsys.readouterr().err
    assert "70 × empty" in err
    assert len(err.splitlines()) < 30
    listed = problems_path(archive).read_text(encoding="utf-8").splitlines()
    assert len(listed) == 70
    assert str(problems_path(archive)) in err
    for path in news.glob("n*.txt"):
        path.unlink()
    assert conflictmap("extract", news, "--archive", archive) == 0
    assert not problems_path(archive).exists()


def test_extract_answers_in_json(
    conflictmap: Run, tmp_path: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = folder(tmp_path / "news", a="قصف أول", b="")
    assert conflictmap("extract", news, "--archive", archive, "--json") == 1
    facts = json.loads(capsys.readouterr().out)
    assert (facts["folder"], facts["read"], facts["failed"]) == ("news", 1, 1)
    assert facts["problems"][0]["path"] == "b.txt"
    assert facts["archive"]["claims"] == 1


def test_quiet_says_nothing_when_all_is_well(
    conflictmap: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert conflictmap("extract", folder(tmp_path / "news", a="قصف أول"), "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_the_texts_of_an_archive_from_before_there_were_labels_are_taken_over(
    conflictmap: Run, tmp_path: Path, archive: Path
) -> None:
    news = folder(tmp_path / "news", a="قصف أول", b="قصف آخر")
    conflictmap("extract", news, "--archive", archive)
    with sqlite3.connect(archive) as connection:
        connection.execute("UPDATE documents SET folder = ''")
        connection.execute("DELETE FROM folders")
    connection.close()
    other = folder(tmp_path / "other", a="نص آخر تماما")
    conflictmap("extract", other, "--archive", archive)
    conflictmap("extract", news, "--archive", archive)
    assert labels(archive) == {"a": "news", "b": "news", "other/a": "other"}
