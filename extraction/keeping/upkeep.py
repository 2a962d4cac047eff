"""Keeping an archive: a backup while others use it, a backup put in its place, a look whether it is sound."""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select

from extraction.keeping.archive import Archive, ArchiveError, absolute, in_words, places_path
from extraction.keeping.schema import OLDEST, SCHEMA, claims, incidents, tables

#: So many faults of one kind are named.
_NAMED: Final = 20
#: For so long the archive may be in use when another is to take its place, in seconds.
_PATIENCE: Final = 30


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a look at an archive found: how many rows each table has, and the faults, in words."""

    rows: dict[str, int]
    faults: tuple[str, ...]


def check(archive: Archive) -> Soundness:
    """Look through a whole archive: its file, that rows belong to rows, that incidents are those of its
    claims. Raises ``ArchiveError`` where it is too damaged for that."""
    faults: list[str] = []
    with archive.reading() as connection:
        if archive.file is not None:
            said = connection.exec_driver_sql(f"PRAGMA integrity_check({_NAMED})").scalars()
            faults += [f"the file is damaged: {line}" for line in said if line != "ok"]
            alone = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            faults += [f"{row[0]}: row {row[1]} belongs to no row of {row[2]}" for row in alone[:_NAMED]]
        rows = {
            table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
            for table in tables.sorted_tables
        }
    if not archive.incidents_are_current:
        faults.append("the incidents are from before the last change; run `conflictmap extract` again")
    else:
        with archive.reading() as connection:
            faults += _orphans(connection)
    return Soundness(rows, tuple(faults))


def _orphans(connection: Connection) -> list[str]:
    counted = (
        select(claims.c.incident_id, func.count().label("n"))
        .group_by(claims.c.incident_id)
        .subquery("counted")
    )
    wrong = (
        select(incidents.c.incident_id, incidents.c.claims, func.coalesce(counted.c.n, 0))
        .outerjoin_from(incidents, counted, incidents.c.incident_id == counted.c.incident_id)
        .where(incidents.c.claims != func.coalesce(counted.c.n, 0))
    )
    astray = (
        select(claims.c.claim_id)
        .outerjoin_from(claims, incidents, claims.c.incident_id == incidents.c.incident_id)
        .where(claims.c.incident_id != "", incidents.c.incident_id.is_(None))
    )
    found = [f"incident {i} tells of {n} claims and has {m}" for i, n, m in connection.execute(wrong)]
    found += [
        f"claim {claim_id} is of an incident that is not there" for claim_id in connection.scalars(astray)
    ]
    return found[:_NAMED]


def backup(archive: Archive, out: Path) -> None:
    """Copy an archive as it is at one moment, and the list of places beside it, while others use it.

    Raises ``ArchiveError`` where there is something called ``out`` already, or the archive is no file.
    """
    if archive.file is None:
        raise ArchiveError(f"{archive.name} is no file; back it up with the means of its database (pg_dump)")
    if out.exists():
        raise ArchiveError(f"{out} is there already; name a file that is not")
    archive.copy(out)
    _copy_places(archive.file, out)


def restore(saved: Path, where: str | Path) -> Path | None:
    """Put a backup in the place of an archive, at once and whole, also while others use it.

    Returns the copy of what was there, which stands beside it; None where nothing was. The backup itself
    stays as it is. Raises ``ArchiveError``, and changes nothing, where the backup is not sound.
    """
    name = absolute(where)
    if "://" in name:
        raise ArchiveError("a backup is put in the place of a file; a database has its own means (psql)")
    target = Path(name)
    new = target.with_name(target.name + ".restoring")
    try:
        with in_words(str(saved)):
            _prove(saved)
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(saved, new)
        kept = _keep(target)
        with in_words(str(target)):
            version = _version(target)
            if version is None:
                # What a damaged one has beside it, SQLite would take for a part of the new one.
                for ending in ("-wal", "-shm"):
                    target.with_name(target.name + ending).unlink(missing_ok=True)
                os.replace(new, target)
            else:
                _begin_anew(new, version)
                with closing(_opened(new)) as source, closing(_opened(target)) as live:
                    source.backup(live)
        _copy_places(saved, target)
    finally:
        for ending in ("", "-wal", "-shm"):
            new.with_name(new.name + ending).unlink(missing_ok=True)
    Archive(target, create=False).close()  # brings an older one up
    return kept


def _opened(file: Path, mode: str = "rw") -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)


def _prove(saved: Path) -> None:
    """Raises ``ArchiveError`` or ``sqlite3.Error`` for what is no sound backup."""
    if not saved.is_file():
        raise ArchiveError(f"there is no backup {saved}")
    with closing(_opened(saved, "ro")) as connection:
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
        if faults:
            raise ArchiveError(f"{saved} is damaged itself ({faults[0]}); take another backup")
        try:
            found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        except sqlite3.OperationalError:
            found = None
        if found is None:
            raise ArchiveError(f"{saved} is no archive")
        if not OLDEST <= found[0] <= SCHEMA:
            raise ArchiveError(f"{saved} is of schema {found[0]}; this version knows {OLDEST} to {SCHEMA}")


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(_opened(source, "ro")) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")


def _version(file: Path) -> int | None:
    """The version of the archive in a file, None where there is none or it is too damaged to be written."""
    if not file.exists():
        return None
    try:
        with closing(_opened(file)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            found = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
            return int(found[0]) if sound and found else None
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return None


def _begin_anew(file: Path, version: int) -> None:
    """Let an archive count on from the version of the one whose place it takes, so that readers notice."""
    with closing(sqlite3.connect(file)) as connection, connection:
        values = dict(connection.execute("SELECT key, value FROM meta"))
        after = max(version, values["version"], int(time.time())) + 1
        joined = after if values["joined"] == values["version"] else after - 1
        connection.executemany(
            "UPDATE meta SET value = ? WHERE key = ?", [(after, "version"), (joined, "joined")]
        )


def _keep(target: Path) -> Path | None:
    """A copy of what stands in the place, beside it: as an archive, or byte by byte where it is damaged."""
    if not target.exists():
        return None
    now = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    kept = target.with_name(f"{target.stem}.replaced-{now}{target.suffix}")
    with in_words(str(kept)):
        try:
            _copy(target, kept)
        except sqlite3.DatabaseError:
            shutil.copyfile(target, kept)
            wal = target.with_name(target.name + "-wal")
            if wal.exists() and wal.stat().st_size:
                shutil.copyfile(wal, kept.with_name(kept.name + "-wal"))
    return kept


def _copy_places(source: Path, target: Path) -> None:
    """The list of places beside an archive goes with it; one that is there already is kept beside."""
    mine, other = places_path(source), places_path(target)
    if not mine.exists():
        return
    if other.exists() and other.read_bytes() != mine.read_bytes():
        now = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
        shutil.copyfile(other, other.with_name(f"{other.stem}.replaced-{now}{other.suffix}"))
    unfinished = other.with_name(other.name + ".new")
    shutil.copyfile(mine, unfinished)
    os.replace(unfinished, other)
