"""Killed at any point, nothing is lost and nothing doubled: run again, all is as if nothing had happened.

The program is ended by SIGKILL at a random one of the calls that it makes, the same ones for the same seed,
however fast the machine is. `make soak` kills each kind of work as often as CONFLICTMAP_KILLS says, or 200
times.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Made
from test_migration import old_archive

from extraction.keeping import corpus, migration  # noqa: F401 loaded before the first fork
from extraction.keeping.archive import Archive
from extraction.keeping.corpus import extract_folder, join_incidents
from extraction.keeping.export import export
from extraction.keeping.upkeep import check, restore
from gazetteer.sources import Gazetteer, load, write_places

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")

KILLS, MANY = 10, int(os.environ.get("CONFLICTMAP_KILLS", "200"))

Rows = dict[str, list[tuple[Any, ...]]]


def rows(path: Path) -> Rows:
    """All that an archive holds, but for numbers that are drawn anew for each."""
    Archive(path, create=False).close()  # an older one is brought up
    found: Rows = {}
    connection = sqlite3.connect(path)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for (name,) in names.fetchall():
            columns = "label" if name == "folders" else "*"
            found[name] = sorted(connection.execute(f"SELECT {columns} FROM {name}"), key=repr)  # noqa: S608
        meta = dict(found.pop("meta"))
        found["joined"] = [(meta["joined"] == meta["version"],)]
    finally:
        connection.close()
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}


@dataclass(frozen=True)
class Work:
    """A kind of work in a folder: what is there before, the work, what it leads to, and what must hold at
    whatever point it was killed."""

    prepare: Callable[[Path], None]
    act: Callable[[Path], object]
    state: Callable[[Path], object]
    sound: Callable[[Path, object, object], bool]


def whole(folder: Path) -> bool:
    return all("damaged" not in f and "row" not in f for f in check(Archive(folder / "a.sqlite")).faults)


def texts(folder: Path, **changed: str | None) -> Path:
    place = folder / "news"
    place.mkdir(exist_ok=True)
    for name, text in changed.items():
        path = place / f"{name}.txt"
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    return place


def extract(folder: Path) -> None:
    archive = Archive(folder / "a.sqlite")
    extract_folder(folder / "news", archive, Gazetteer({}), prune=True, progress=False, jobs=1)
    archive.close()


def read_before(folder: Path) -> None:
    texts(folder, **{f"t{n}": f"قصف على قارة {n}" for n in range(12)})
    extract(folder)


def changed_since(folder: Path) -> None:
    read_before(folder)
    texts(folder, t1="نص آخر", t2="نص ثالث", t3=None, t4=None, **{f"n{n}": f"غارة {n}" for n in range(6)})
    texts(folder, empty="", again="غارة 0")


def forget(folder: Path) -> None:
    archive = Archive(folder / "a.sqlite")
    if "t5" in archive.doc_hashes():
        archive.forget("t5")
    join_incidents(archive)
    archive.close()


def places(count: int) -> Callable[[Path], None]:
    listed = list(load().places.values())[:count]
    return lambda folder: write_places(folder / "a.places.csv", listed)


def exported_before(folder: Path) -> None:
    read_before(folder)
    write_out(folder)
    texts(folder, t1="نص آخر")
    extract(folder)


def write_out(folder: Path) -> None:
    archive = Archive(folder / "a.sqlite")
    export(archive, folder / "out")
    archive.close()


def saved_before(folder: Path) -> None:
    read_before(folder)
    archive = Archive(folder / "a.sqlite")
    archive.copy(folder / "saved.sqlite")
    archive.close()
    texts(folder, t1="نص آخر", t7=None)
    extract(folder)


def open_and_close(folder: Path) -> None:
    Archive(folder / "a.sqlite").close()


def archive_rows(folder: Path) -> object:
    return rows(folder / "a.sqlite")


WORKS = {
    "extract": Work(changed_since, extract, archive_rows, lambda folder, *_: whole(folder)),
    "forget": Work(read_before, forget, archive_rows, lambda folder, *_: whole(folder)),
    "place import": Work(
        places(40),
        places(70),
        files,
        lambda folder, old, new: (
            files(folder)["a.places.csv"]
            in (
                old["a.places.csv"],
                new["a.places.csv"],  # type: ignore[index]
            )
        ),
    ),
    "export": Work(
        exported_before,
        write_out,
        lambda folder: files(folder / "out"),
        lambda folder, old, new: all(
            data in (old[name], new[name])
            for name, data in files(folder / "out").items()  # type: ignore[index]
        ),
    ),
    "migration": Work(
        lambda folder: (old_archive(folder / "a.sqlite"), None)[1],
        open_and_close,
        archive_rows,
        lambda folder, *_: whole(folder),
    ),
    "restore": Work(
        saved_before,
        lambda folder: restore(folder / "saved.sqlite", folder / "a.sqlite"),
        archive_rows,
        lambda folder, old, new: archive_rows(folder) in (old, new),
    ),
}


def killed(act: Callable[[Path], object], folder: Path, at: int) -> int | None:
    """Do it in a process of its own and kill that at its so-manieth call. None where it was killed, else how
    many calls it made."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        calls = 0

        def count(_: object, what: str, __: object) -> None:
            nonlocal calls
            if what in ("call", "c_call"):
                calls += 1
                if calls == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        code = 1
        try:
            sys.setprofile(count)
            act(folder)
            sys.setprofile(None)
            os.write(there, str(calls).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(there)
    with open(here, encoding="ascii") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    assert os.WEXITSTATUS(status) == 0, "the work failed by itself"
    return int(said)


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """One claim a text, whatever it says; few texts in a transaction, so that there are many."""
    monkeypatch.setattr(corpus, "read", lambda document, _: Made.reading(document))
    monkeypatch.setattr(corpus, "rules_version", lambda _: "rules")
    monkeypatch.setattr(corpus, "_BATCH", 3)


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("kills", [KILLS, pytest.param(MANY, marks=pytest.mark.soak)])
@pytest.mark.parametrize("kind", WORKS)
def test_killed_at_any_point_nothing_is_lost(tmp_path: Path, kind: str, kills: int) -> None:
    work = WORKS[kind]
    before, undisturbed = tmp_path / "before", tmp_path / "undisturbed"
    before.mkdir()
    work.prepare(before)
    shutil.copytree(before, undisturbed)
    shutil.copytree(before, tmp_path / "old")
    old = work.state(tmp_path / "old") if kind != "migration" else None
    calls = killed(work.act, undisturbed, 0)
    assert calls
    wanted = work.state(undisturbed)
    chance, ended = random.Random(kind), 0  # noqa: S311 nothing secret
    for number in range(kills):
        folder = tmp_path / f"{number}"
        shutil.copytree(before, folder)
        at = chance.randrange(1, calls)
        ended += killed(work.act, folder, at) is None
        assert work.sound(folder, old, wanted), f"killed at call {at} of {calls}"
        work.act(folder)
        assert work.state(folder) == wanted, f"killed at call {at} of {calls}"
        left = [
            path.name for path in folder.rglob("*") if "unfinished" in path.name or "restoring" in path.name
        ]
        assert left == [], f"killed at call {at} of {calls}"
        shutil.rmtree(folder)
    assert ended > 0.8 * kills
