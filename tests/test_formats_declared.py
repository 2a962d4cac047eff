"""A format declares itself in its file and nowhere else; what it lacks is said in words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import formats as made
import pytest

from extraction.keeping import formats
from extraction.keeping.archive import Archive
from extraction.keeping.document import Problem, read_file
from extraction.keeping.export import export
from extraction.keeping.facts import FACTS, Facts
from extraction.keeping.formats import csv, text
from extraction.keeping.formats.format import Format

ROOT = Path(__file__).parents[1]
READ, WRITTEN = (ROOT / "docs" / "formats.md").read_text("utf-8").split("## Written")


def line(table: str, name: str) -> str:
    return next((row for row in table.splitlines() if row.startswith(f"| {name} |")), "")


def lacks(format: Format) -> Iterator[str]:
    """What a format still needs, each as a sentence."""
    if not re.fullmatch("[a-z][a-z0-9]*", format.name):
        yield "a name of small letters"
    if bool(format.reads) != bool(format.endings) or bool(format.writes) != bool(format.files):
        yield "what it reads and what it writes, in words, where it does"
    if not format.endings and not format.files:
        yield "a reader or a writer"
    if bool(format.endings) != bool(format.read):
        yield "endings and a read(source), both or neither"
    if format.endings and not all(f"`{ending}`" in line(READ, format.name) for ending in format.endings):
        yield "its line with its endings in the first table of docs/formats.md"
    if format.files and not all(f"`{file}`" in line(WRITTEN, format.name) for file in format.files):
        yield "its line with its files in the second table of docs/formats.md"
    if format.endings and format.name not in made.SAMPLES:
        yield "a file that is read: SAMPLES of tests/formats.py"
    if format.files and format.name not in made.READERS:
        yield "a reader that is not ours: READERS of tests/formats.py"
    yield from filter(None, [format.lacking((*format.reads_with, *format.writes_with))])


@pytest.mark.parametrize("format", formats.formats(), ids=lambda format: format.name)
def test_a_format_has_all_that_it_needs(format: Format) -> None:
    assert list(lacks(format)) == []


def test_what_a_format_lacks_is_said_in_words() -> None:
    assert list(lacks(Format("New", files={"new": lambda contents, path: None}))) == [
        "a name of small letters",
        "what it reads and what it writes, in words, where it does",
        "its line with its files in the second table of docs/formats.md",
        "a reader that is not ours: READERS of tests/formats.py",
    ]
    assert list(lacks(Format("new", reads="a kind", endings=(".new",), reads_with=("no_such_module",)))) == [
        "endings and a read(source), both or neither",
        "its line with its endings in the first table of docs/formats.md",
        "a file that is read: SAMPLES of tests/formats.py",
        "new needs what is not installed: python3 -m pip install 'conflictmap[formats]'",
    ]
    assert "a reader or a writer" in list(lacks(Format("new")))


def test_every_module_is_a_format_and_two_of_one_kind_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = [import_module(f"{formats.__name__}.{name}").FORMAT for name in formats.modules()]
    assert sorted(declared, key=lambda format: format.name) == list(formats.formats())
    monkeypatch.setattr(text, "FORMAT", replace(text.FORMAT, endings=(".txt", ".jsonl")))
    with pytest.raises(ValueError, match=r"several formats of ending \.jsonl"):
        formats.formats.__wrapped__()
    monkeypatch.setattr(text, "FORMAT", replace(text.FORMAT, endings=(".txt",), files=csv.FORMAT.files))
    with pytest.raises(ValueError, match=r"several formats of file .*claims\.csv"):
        formats.formats.__wrapped__()


@pytest.mark.parametrize("name", made.SAMPLES)
def test_an_article_is_read_back_with_what_its_file_says_of_it(name: str, tmp_path: Path) -> None:
    make, file, facts = made.SAMPLES[name]
    path = tmp_path / file
    path.write_bytes(make())
    assert (found := formats.reader(file))
    assert found.name == name
    (document,) = read_file(path)
    assert not isinstance(document, Problem), document
    assert document.text.strip() == made.TEXT
    for fact in FACTS:
        assert getattr(document, fact) == getattr(made.FACTS if fact in facts else Facts(), fact)


@pytest.mark.parametrize("name", formats.written())
def test_a_reader_that_is_not_ours_finds_the_claims(name: str, tmp_path: Path, made: Any) -> None:
    archive = Archive(tmp_path / "a.sqlite")
    archive.put([made.reading(made.document(name)) for name in ("a", "b")])
    archive.replace_incidents([(made.incident, ["a:1", "b:1"])])
    export(archive, tmp_path / "out", names=[name])
    assert import_module("formats").READERS[name](tmp_path / "out") == 2
