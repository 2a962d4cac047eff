"""A folder that is watched: only whole files are read, and a kill loses nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extraction.cli import extract
from extraction.keeping.archive import Archive
from extraction.keeping.watching import readings

TEXT = "سيطرت المعارضة السورية على بلدة خان طومان في ريف حلب الجنوبي."
ROOT = Path(__file__).parents[1]
Run = Callable[..., int]


def test_what_is_new_is_read_once_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / ".hidden.txt").write_text(TEXT)
    part = tmp_path / "two.txt"
    steps = iter(
        [
            lambda: None,  # as it was found
            lambda: None,
            lambda: part.write_text(TEXT),
            lambda: part.write_text(TEXT + TEXT),
            lambda: None,  # whole
            lambda: None,
            lambda: (tmp_path / "one.txt").unlink(),
        ]
    )
    told, looks = [], []

    def wait() -> None:
        looks.append(len(told))
        next(steps)()

    with pytest.raises(RuntimeError):  # the steps have come to their end
        told.extend((len(looks), {path.name for path in left}) for left in readings(tmp_path, wait))
    assert told == [(1, set()), (5, set()), (7, set())]


def test_a_file_that_is_being_written_keeps_no_other_waiting(tmp_path: Path) -> None:
    slow = tmp_path / "slow.txt"
    steps = iter([lambda: slow.write_text(TEXT), lambda: slow.write_text(TEXT * 2), lambda: None])

    def wait() -> None:
        (tmp_path / "new.txt").exists() or (tmp_path / "new.txt").write_text(TEXT)
        next(steps)()

    told = readings(tmp_path, wait)
    assert {path.name for path in next(told)} == {"slow.txt", "new.txt"}
    assert {path.name for path in next(told)} == {"slow.txt"}
    assert next(told) == frozenset()


def test_a_text_that_is_written_anew_is_not_pruned_meanwhile(
    conflictmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, archive = tmp_path / "news", tmp_path / "a.sqlite"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"{TEXT} {name}")

    def wait(_: float) -> None:
        if waits.append(1) or len(waits) == 2:
            (folder / "one.txt").write_text("")
            (folder / "three.txt").write_text(f"{TEXT} three")
            os.utime(folder / "three.txt", (1, 1))
        elif len(waits) == 3:
            (folder / "one.txt").write_text(f"{TEXT} again")
        elif len(waits) == 5:
            raise KeyboardInterrupt
        seen.append(set(Archive(archive).doc_hashes()))

    waits: list[int] = []
    seen: list[set[str]] = []
    monkeypatch.setattr(extract.time, "sleep", wait)
    assert conflictmap("extract", folder, "--watch", "--prune", "--archive", archive) == 0
    assert seen[1:] == [{"one", "two"}, {"one", "two"}, {"one", "two", "three"}]
    assert Archive(archive).text("one").endswith("again")


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_kill_loses_nothing_and_the_next_start_goes_on(tmp_path: Path) -> None:
    folder, archive = tmp_path / "news", tmp_path / "a.sqlite"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT)
    command = [sys.executable, "-m", "extraction.cli", "extract", folder, "--watch", "--archive", archive]

    def run_until(count: int) -> None:
        with subprocess.Popen(
            command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            while f"the archive holds {count} text" not in process.stdout.readline():
                assert process.poll() is None
            process.send_signal(signal.SIGKILL)

    run_until(1)
    (folder / "two.txt").write_text(f"{TEXT} two")
    run_until(2)
    assert set(Archive(archive).doc_hashes()) == {"one", "two"}


def test_an_empty_folder_may_be_watched(
    conflictmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "news").mkdir()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt
        time.sleep(0)

    monkeypatch.setattr(extract, "partial", lambda function, pause: lambda: wait(pause))
    assert conflictmap("extract", tmp_path / "news", "--watch", "--archive", tmp_path / "a.sqlite") == 0
    assert "holds no texts" in capsys.readouterr().err
