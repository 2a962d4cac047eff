"""Archives of earlier versions: brought up by themselves, with a copy beside; newer ones refused."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from extraction.keeping import migration
from extraction.keeping.archive import Archive, ArchiveError
from extraction.keeping.schema import OLDEST, SCHEMA, tables

ROOT = Path(__file__).parent.parent

#: The tables of schema 2, as the program made them then, with one text and one claim of it.
SCHEMA_2 = """
CREATE TABLE meta ("key" VARCHAR NOT NULL, value BIGINT NOT NULL, PRIMARY KEY ("key"));
CREATE TABLE documents (
  doc_id VARCHAR NOT NULL, published DATE, published_first DATE, published_last DATE,
  published_basis VARCHAR NOT NULL, published_reason VARCHAR NOT NULL, outlet VARCHAR NOT NULL,
  title VARCHAR NOT NULL, language VARCHAR NOT NULL, characters INTEGER, sha256 VARCHAR NOT NULL,
  fingerprint VARCHAR NOT NULL, text VARCHAR NOT NULL, PRIMARY KEY (doc_id));
CREATE TABLE incidents (
  incident_id VARCHAR NOT NULL, event_type VARCHAR NOT NULL, date_start DATE, date_end DATE,
  place_ids VARCHAR NOT NULL, status VARCHAR NOT NULL, killed_min INTEGER, killed_max INTEGER,
  wounded_min INTEGER, wounded_max INTEGER, claims INTEGER, claimants INTEGER, PRIMARY KEY (incident_id));
CREATE TABLE mentions (
  doc_id VARCHAR NOT NULL, n INTEGER NOT NULL, start INTEGER, "end" INTEGER, surface VARCHAR NOT NULL,
  place_id VARCHAR NOT NULL, name_ar VARCHAR NOT NULL, name_en VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  admin1 VARCHAR NOT NULL, lat FLOAT, lon FLOAT, radius_km FLOAT, score FLOAT, method VARCHAR NOT NULL,
  reason VARCHAR NOT NULL, PRIMARY KEY (doc_id, n),
  FOREIGN KEY(doc_id) REFERENCES documents (doc_id) ON DELETE CASCADE);
CREATE TABLE claims (
  claim_id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, start INTEGER, "end" INTEGER, evidence VARCHAR NOT NULL,
  outlet VARCHAR NOT NULL, published DATE, event_type VARCHAR NOT NULL, stance VARCHAR NOT NULL,
  actor VARCHAR NOT NULL, actor_bloc VARCHAR NOT NULL, target VARCHAR NOT NULL, target_bloc VARCHAR NOT NULL,
  claimant VARCHAR NOT NULL, relayed_by VARCHAR NOT NULL, date_start DATE, date_end DATE,
  date_basis VARCHAR NOT NULL, killed_min INTEGER, killed_max INTEGER, wounded_min INTEGER,
  wounded_max INTEGER, victims VARCHAR NOT NULL, strikes_min INTEGER, strikes_max INTEGER,
  weapon VARCHAR NOT NULL, is_total BOOLEAN NOT NULL, incident_id VARCHAR NOT NULL, confidence FLOAT,
  PRIMARY KEY (claim_id), FOREIGN KEY(doc_id) REFERENCES documents (doc_id) ON DELETE CASCADE);
CREATE INDEX ix_claims_doc_id ON claims (doc_id);
CREATE TABLE claim_places (
  claim_id VARCHAR NOT NULL, n INTEGER NOT NULL, place_id VARCHAR NOT NULL, lat FLOAT, lon FLOAT,
  start INTEGER, "end" INTEGER, PRIMARY KEY (claim_id, n),
  FOREIGN KEY(claim_id) REFERENCES claims (claim_id) ON DELETE CASCADE);
CREATE TABLE cues (
  claim_id VARCHAR NOT NULL, n INTEGER NOT NULL, role VARCHAR NOT NULL, start INTEGER, "end" INTEGER,
  rule VARCHAR NOT NULL, PRIMARY KEY (claim_id, n),
  FOREIGN KEY(claim_id) REFERENCES claims (claim_id) ON DELETE CASCADE);
INSERT INTO meta VALUES ('schema', 2), ('version', 1700000007), ('joined', 1700000007);
INSERT INTO documents VALUES ('a', '2013-11-20', NULL, NULL, 'given', '', 'sample', 'عنوان', 'ar', 12, 'sha',
  'f', 'قصف على قارة');
INSERT INTO mentions VALUES ('a', 0, 8, 12, 'قارة', 'qara', 'قارة', 'Qara', 'town', 'Rural Damascus', 34.155,
  36.743, 2.0, 0.9, 'exact', '');
INSERT INTO claims VALUES ('c1', 'a', 0, 12, 'قصف على قارة', 'sample', '2013-11-20', 'shelling', 'asserted',
  '', '', '', '', 'activists', '', '2013-11-19', '2013-11-20', 'default', NULL, NULL, NULL, NULL, '', NULL,
  NULL, '', 0, 'i1', 0.75);
INSERT INTO claim_places VALUES ('c1', 0, 'qara', 34.155, 36.743, 8, 12);
INSERT INTO cues VALUES ('c1', 0, 'trigger', 0, 3, 'noun');
INSERT INTO incidents VALUES ('i1', 'shelling', '2013-11-19', '2013-11-20', 'qara', 'claimed', NULL, NULL,
  NULL, NULL, 1, 1);
"""


def old_archive(path: Path) -> Path:
    with sqlite3.connect(path) as connection:
        connection.executescript("PRAGMA journal_mode = WAL;" + SCHEMA_2)
    connection.close()
    return path


def schema_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0])
    finally:
        connection.close()


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.schema*"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return old_archive(tmp_path / "a.sqlite")


def test_an_older_archive_is_brought_up_and_keeps_all_it_holds(old: Path) -> None:
    archive = Archive(old, create=False)
    (document,), (claim,) = archive.documents(), archive.claims()
    assert (document.doc_id, document.text, document.folder, document.url) == ("a", "قصف على قارة", "", "")
    assert (claim.claim_id, claim.places[0].place_id, claim.cues[0].rule) == ("c1", "qara", "noun")
    assert archive.incidents_are_current
    assert schema_of(old) == SCHEMA


def test_what_it_was_stands_beside_it(old: Path) -> None:
    Archive(old).close()
    (copy,) = copies(old)
    assert schema_of(copy) == OLDEST
    Archive(old).close()
    assert copies(old) == [copy]


def test_it_is_then_as_one_that_was_made_new(old: Path, tmp_path: Path) -> None:
    Archive(old).close()
    Archive(tmp_path / "new.sqlite").close()
    for path in (old, tmp_path / "new.sqlite"):
        engine = create_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, tables) == []
            assert context.get_current_revision() == f"{SCHEMA:04}"


def test_an_interrupted_step_leaves_the_archive_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = migration.bring_up

    def interrupted(connection: Any, schema: int) -> None:
        whole(connection, schema)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(migration, "bring_up", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Archive(old)
    assert schema_of(old) == OLDEST
    assert len(Archive(old).claims()) == 1


def test_a_newer_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Archive(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 999 WHERE key = 'schema'")
    with pytest.raises(ArchiveError, match="newer version") as refused:
        Archive(path)
    assert "\n" not in str(refused.value)
    assert (schema_of(path), copies(path)) == (999, [])


@pytest.mark.parametrize("make", [lambda path: path, old_archive])
def test_programs_that_open_one_archive_at_once_wait_for_each_other(tmp_path: Path, make: Any) -> None:
    path = make(tmp_path / "a.sqlite")
    program = (
        "import sys; sys.stdin.readline()\n"
        "from extraction.keeping.archive import Archive\n"
        f"print(len(Archive({str(path)!r}).claims()))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for run in running:
        assert run.stdin
        run.stdin.write("go\n")
        run.stdin.flush()
    held = "1" if make is old_archive else "0"
    assert [run.communicate() for run in running] == [(f"{held}\n", "")] * 4
    assert schema_of(path) == SCHEMA
