"""Many texts, many processes: the archive is the same, and what goes wrong with a text is its own matter."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from extraction import pipeline
from extraction.keeping import corpus
from extraction.keeping.archive import Archive
from extraction.keeping.corpus import Summary, extract_folder, read_all
from extraction.keeping.document import Problem, read_folder
from extraction.keeping.export import export
from extraction.records import Document, Reading
from gazetteer.sources import Gazetteer, load

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
#: In a text, these words make a reader below fail on it.
RAISES, DIES = "انفجر البرنامج", "مات البرنامج"


def read_or_fail(document: Document, gazetteer: Gazetteer) -> Reading:
    """A reader that fails on some texts. At the top level, so that other processes find it."""
    if RAISES in document.text:
        raise ZeroDivisionError("no\nsuch luck")
    if DIES in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return pipeline.read(document, gazetteer)


def read_slowly(document: Document, gazetteer: Gazetteer) -> Reading:
    """A reader that says on stdout that it has begun, and takes long."""
    os.write(1, b"begun\n")
    time.sleep(60)
    return pipeline.read(document, gazetteer)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few texts are many chunks."""
    monkeypatch.setattr(corpus, "_CHUNK_TEXTS", 2)


def extract(folder: Path, archive: Path, **options: Any) -> Summary:
    return extract_folder(folder, Archive(archive), load(), progress=False, **options)


def exported(archive: Path) -> dict[str, bytes]:
    out = archive.with_suffix(".export")
    export(Archive(archive, create=False), out)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def text_folder(folder: Path, *texts: str) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(f"{number} {text}", encoding="utf-8")
    return folder


# --- the same archive


@pytest.mark.usefixtures("small_chunks")
def test_the_archive_is_the_same_with_one_process_and_with_two(tmp_path: Path) -> None:
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    assert extract(SAMPLES, one, jobs=1) == extract(SAMPLES, two, jobs=2)
    assert exported(one) == exported(two)
    assert len(Archive(one).claims()) > 20


@pytest.mark.usefixtures("small_chunks")
def test_the_archive_is_the_same_in_whatever_order_the_texts_came(tmp_path: Path) -> None:
    texts = [path.read_bytes() for path in sorted(SAMPLES.glob("2*.md"))]
    archives = []
    for name, order in (("forth", range(len(texts))), ("back", reversed(range(len(texts))))):
        folder, archive = tmp_path / name / "news", tmp_path / f"{name}.sqlite"
        folder.mkdir(parents=True)
        for n in order:  # one by one, as they come in over the days
            (folder / f"{n:02}.md").write_bytes(texts[n])
            if n in (3, 11):
                extract(folder, archive, jobs=1)
        extract(folder, archive, jobs=2)
        archives.append(exported(archive))
    assert archives[0] == archives[1]


# --- what goes wrong with one text


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_raises_is_listed_and_the_rest_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(corpus, "read", read_or_fail)
    folder = text_folder(tmp_path / "texts", "قصف", RAISES, "غارة", "اشتباكات", RAISES, "كمين")
    (folder / "3b.txt").write_bytes(b"")
    summary = extract(folder, tmp_path / "a.sqlite", jobs=jobs)
    assert sorted(Archive(tmp_path / "a.sqlite").doc_hashes()) == ["0", "2", "3", "5"]
    assert summary.read == 4
    told = [(problem.path.stem, problem.reason) for problem in summary.problems]
    assert [name for name, _ in told] == ["1", "3b", "4"]
    assert "ZeroDivisionError" in told[0][1]


@pytest.mark.usefixtures("small_chunks")
def test_a_text_that_ends_its_process_is_listed_and_the_rest_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "read", read_or_fail)
    texts = [DIES if n in (4, 9) else "قصف على قارة" for n in range(20)]
    summary = extract(text_folder(tmp_path / "texts", *texts), tmp_path / "a.sqlite", jobs=2)
    assert [problem.path.name for problem in summary.problems] == ["4", "9"]
    assert summary.read == 18


# --- memory and processes


def endless() -> Iterator[Document | Problem]:
    document = next(item for item in read_folder(SAMPLES) if isinstance(item, Document))
    for number in count():
        yield Document(str(number), document.text, None, "unknown", "", "", "ar", str(number))


@pytest.mark.parametrize("jobs", [None, 1, 2])
def test_texts_are_taken_as_they_are_read_and_not_all_at_once(jobs: int | None) -> None:
    taken = 0

    def counted() -> Iterator[Document | Problem]:
        nonlocal taken
        for item in endless():
            taken += 1
            yield item

    outcomes = read_all(counted(), Path(), load(), jobs)
    ids = [o.document.doc_id for o in islice(outcomes, 100) if not isinstance(o, Problem)]
    outcomes.close()  # type: ignore[attr-defined]
    assert ids == [str(n) for n in range(100)]
    assert taken < 1000


def test_little_is_read_without_other_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("no other process was to be started")

    monkeypatch.setattr(corpus, "ProcessPoolExecutor", refuse)
    assert extract(SAMPLES, tmp_path / "a.sqlite").read > 20


def test_an_interrupt_ends_every_process_at_once_and_without_noise(tmp_path: Path) -> None:
    folder = text_folder(tmp_path / "texts", *(["قصف"] * 8))
    program = f"""
import signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
import test_corpus
from extraction import cli
from extraction.keeping import corpus
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started the tests without one
    corpus.read, corpus._CHUNK_TEXTS = test_corpus.read_slowly, 1
    sys.exit(cli.main(["extract", *{[str(folder), "--archive", str(tmp_path / "a.sqlite"), "--jobs", "2"]}]))
"""
    script = tmp_path / "run.py"
    script.write_text(program, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, script],
        start_new_session=True,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout
    assert run.stdout.readline() == "begun\n"
    os.killpg(run.pid, signal.SIGINT)
    # All processes write to these pipes: their end is that of the last one. A text takes longer.
    out, err = run.communicate(timeout=50)
    assert (run.returncode, err) == (130, "")
    assert set(out.split()) <= {"begun"}
