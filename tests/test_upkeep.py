"""Backup, restore and check; archives that are damaged, read-only, replaced or full: a sentence for each."""

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extraction.keeping.archive import Archive, ArchiveError, places_path
from extraction.keeping.upkeep import check

Run = Callable[..., int]


@pytest.fixture
def path(tmp_path: Path, made: Any) -> Path:
    """An archive of two texts, its incidents joined."""
    path = tmp_path / "مجلد" / "a b#?.sqlite"
    archive = Archive(path)
    archive.put([made.reading(made.document(name)) for name in ("a", "b")])
    archive.replace_incidents([(replace(made.incident, claims=2), ["a:1", "b:1"])])
    archive.close()
    return path


def ids(path: Path) -> list[str]:
    return sorted(Archive(path, create=False).doc_hashes())


def damage(path: Path) -> None:
    """Overwrite the pages behind the first with what is none."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


# --- backup, restore, check


def test_a_backup_is_the_archive_and_one_file(conflictmap: Run, path: Path, tmp_path: Path) -> None:
    places_path(path).write_text("id\n", encoding="utf-8")
    out = tmp_path / "kept" / "b.sqlite"
    out.parent.mkdir()
    assert conflictmap("archive", "backup", out, "--archive", path) == 0
    assert sorted(p.name for p in out.parent.iterdir()) == ["b.places.csv", "b.sqlite"]
    assert ids(out) == ["a", "b"]
    assert conflictmap("archive", "backup", out, "--archive", path) == 2
    assert conflictmap("archive", "backup", path, "--archive", path) == 2


def test_a_backup_while_another_writes_is_of_one_moment(path: Path, tmp_path: Path, made: Any) -> None:
    stop = threading.Event()

    def write() -> None:
        archive = Archive(path)
        for number in range(1000):
            archive.put([made.reading(made.document(f"w{number}"))])
            if stop.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            Archive(path).copy(tmp_path / f"{number}.sqlite")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        copy = Archive(tmp_path / f"{number}.sqlite")
        assert len(copy.claims()) == len(copy.documents())


def test_restoring_keeps_what_was_there_and_a_reader_notices(
    conflictmap: Run, path: Path, tmp_path: Path, made: Any
) -> None:
    saved = tmp_path / "saved.sqlite"
    conflictmap("archive", "backup", saved, "--archive", path)
    reader = Archive(path)
    reader.put([made.reading(made.document("c"))])
    seen = {reader.moment}
    assert len(reader.claims()) == 3
    assert conflictmap("archive", "restore", saved, "--archive", path) == 0
    assert len(reader.claims()) == 2
    assert reader.moment not in seen
    seen.add(reader.moment)
    assert reader.incidents_are_current
    reader.put([made.reading(made.document("d"))])
    assert reader.moment not in seen
    (kept,) = path.parent.glob("*.replaced-*")
    assert ids(kept) == ["a", "b", "c"]
    assert ids(saved) == ["a", "b"]
    assert check(Archive(saved)).faults == ()


def test_a_damaged_archive_is_told_by_every_command_and_mended_by_a_backup(
    conflictmap: Run, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "saved.sqlite"
    conflictmap("archive", "backup", saved, "--archive", path)
    damage(path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "t.txt").write_text("قصف على قارة في ريف دمشق", encoding="utf-8")
    capsys.readouterr()
    for command in (
        ["extract", tmp_path / "texts"],
        ["export", "--out", tmp_path / "out"],
        ["forget", "a"],
        ["problems"],
        ["archive", "check"],
    ):
        assert conflictmap(*command, "--archive", path) == 2, command
        out, err = capsys.readouterr()
        assert len(err.splitlines()) == 1
        assert str(path) in err
        assert "archive restore" in err
        assert "SELECT" not in out + err
    assert conflictmap("archive", "restore", saved, "--archive", path) == 0
    assert ids(path) == ["a", "b"]
    assert len(list(path.parent.glob("*.replaced-*"))) == 1


@pytest.mark.parametrize("spoil", [damage, lambda p: p.unlink(), lambda p: p.write_text("a text")])
def test_what_is_no_sound_backup_replaces_nothing(
    conflictmap: Run, path: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    saved = tmp_path / "saved.sqlite"
    conflictmap("archive", "backup", saved, "--archive", path)
    spoil(saved)
    before = sorted(path.parent.iterdir())
    assert conflictmap("archive", "restore", saved, "--archive", path) == 2
    assert ids(path) == ["a", "b"]
    assert sorted(path.parent.glob("*replaced*")) == []
    assert [p for p in path.parent.iterdir() if p.suffix == ".restoring"] == []
    assert set(before) <= set(path.parent.iterdir())


def test_a_backup_is_restored_where_nothing_is(conflictmap: Run, path: Path, tmp_path: Path) -> None:
    assert conflictmap("archive", "restore", path, "--archive", tmp_path / "new" / "n.sqlite") == 0
    assert ids(tmp_path / "new" / "n.sqlite") == ["a", "b"]


def test_check_counts_and_finds_what_belongs_to_nothing(
    conflictmap: Run, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert conflictmap("archive", "check", "--archive", path, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["sound"], facts["rows"]["claims"], facts["rows"]["incidents"]) == (True, 2, 1)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO cues VALUES ('nobody', 0, 'trigger', 0, 1, '')")
        connection.execute(
            "INSERT INTO incidents SELECT 'i9', event_type, date_start, date_end, place_ids, "
            "status, 0, 0, 0, 0, 1, 1 FROM incidents"
        )
        connection.execute("UPDATE claims SET incident_id = 'i8' WHERE claim_id = 'a:1'")
    connection.close()
    assert conflictmap("archive", "check", "--archive", path) == 1
    out = capsys.readouterr().out
    for words in ("cues: row", "incident i9", "incident i1 tells of 2 claims and has 1", "claim a:1"):
        assert words in out


# --- where an archive lies


def test_an_archive_in_memory_is_refused_in_words(
    conflictmap: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        assert conflictmap("problems", "--archive", url) == 2
        assert "names no file" in capsys.readouterr().err


def test_an_empty_file_is_no_archive_for_who_reads(tmp_path: Path) -> None:
    (tmp_path / "e.sqlite").touch()
    with pytest.raises(ArchiveError, match="empty"):
        Archive(tmp_path / "e.sqlite", create=False)


def test_a_replaced_file_is_noticed(path: Path, tmp_path: Path, made: Any) -> None:
    reader = Archive(path, create=False)
    assert len(reader.claims()) == 2
    seen = reader.moment
    other = tmp_path / "o.sqlite"
    writer = Archive(other)
    writer.put([made.reading(made.document("z"))])
    writer.close()
    path.unlink()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    with pytest.raises(ArchiveError, match="there is no archive"):
        reader.claims()
    shutil.move(other, path)
    assert [claim.doc_id for claim in reader.claims()] == ["z"]
    assert reader.moment != seen


def seen_in(path: Path) -> str:
    archive = Archive(path, create=False)
    claims = len(archive.claims())
    try:
        archive.forget("a")
    except ArchiveError as error:
        return f"{claims} claims, {'cannot be written to' if 'cannot be written to' in str(error) else error}"
    return "was written to"


def as_nobody(act: Callable[[], str]) -> str:
    """What an act says that a user does who may write nothing; root may write anything."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            said = act()
        except BaseException as error:  # noqa: BLE001 the parent tells it
            said = repr(error)
        os.write(there, said.encode())
        os._exit(0)
    os.close(there)
    os.waitpid(child, 0)
    with open(here, encoding="utf-8") as answer:
        return answer.read()


@pytest.mark.skipif(os.name != "posix", reason="about the permissions of POSIX")
def test_an_archive_that_nobody_may_write_to_is_read(path: Path, tmp_path: Path) -> None:
    folder = Path("/tmp") / f"conflictmap-{os.getpid()}"  # noqa: S108 another user must get at it
    shutil.copytree(path.parent, folder)
    try:
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        assert as_nobody(lambda: seen_in(folder / path.name)) == "2 claims, cannot be written to"
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_disk_is_told_and_what_was_stored_is_kept(path: Path, made: Any) -> None:
    archive = Archive(path)
    with archive.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    # The file may not grow, as on a disk that is full; the setting lasts as long as the connection.
    with archive.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big = made.document("c", "قصف على قارة " * 50_000)
    with pytest.raises(ArchiveError, match="disk is full") as told:
        archive.put([made.reading(big)])
    assert str(path) in str(told.value)
    assert ids(path) == ["a", "b"]
