"""The archive: what is written comes back, once, and a failure leaves what was there."""

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy.exc import SQLAlchemyError

from extraction.joining.incident import order
from extraction.keeping.archive import Archive, ArchiveError, default_path, fingerprint, samples_path


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "مجلد جديد" / "archive ?#.sqlite")


def test_records_come_back_as_they_were(archive: Archive, made: Any) -> None:
    readings = [made.reading(made.document(name, f"{name} نص")) for name in ("b", "a")]
    archive.put(readings)
    assert archive.documents() == (readings[1].document, readings[0].document)
    assert archive.mentions() == readings[1].mentions + readings[0].mentions
    assert archive.claims() == readings[1].claims + readings[0].claims
    assert archive.text("b") == "b نص"


def test_hostile_text_and_names_come_back_as_they_were(archive: Archive, made: Any) -> None:
    names = [
        "'; DROP TABLE documents; --",
        "<img src=x onerror=alert(1)>",
        "a\nb",
        "=cmd()",
        "../x",
        "{{7*7}}",
        "%s:x",
    ]
    archive.put(made.reading(made.document(name, name + "\r\n\u202e")) for name in names)
    assert sorted(archive.doc_hashes()) == sorted(names)
    assert all(archive.text(name) == name + "\r\n\u202e" for name in names)


def test_a_text_replaces_its_own_records_only(archive: Archive, made: Any) -> None:
    archive.put([made.reading(made.document(name)) for name in ("a", "b")])
    changed = replace(made.reading(made.document("a", "نص آخر")), claims=())
    archive.put([changed])
    assert archive.text("a") == "نص آخر"
    assert [claim.doc_id for claim in archive.claims()] == ["b"]
    frames = archive.frames()
    assert set(frames.claim_places["claim_id"]) == {"b:1"}
    assert set(frames.cues["claim_id"]) == {"b:1"}


def test_a_failure_midway_leaves_the_old_records(archive: Archive, made: Any) -> None:
    archive.put([made.reading()])
    version, claims = archive.version, archive.claims()
    twice = made.reading(made.document("a", "نص آخر"))
    twice = replace(twice, claims=twice.claims * 2)
    with pytest.raises(SQLAlchemyError):
        archive.put([made.reading(made.document("b")), twice])
    assert archive.claims() == claims
    assert list(archive.doc_hashes()) == ["a"]
    assert archive.version == version


def test_the_version_rises_with_every_write_and_no_other_time(archive: Archive, made: Any) -> None:
    seen = [archive.version]
    archive.put([])
    archive.frames()
    archive.forget()
    assert archive.version == seen[0]
    for write in (
        lambda: archive.put([made.reading()]),
        lambda: archive.replace_incidents([(made.incident, ["a:1"])]),
        lambda: archive.forget("a"),
    ):
        write()
        seen.append(archive.version)
    assert seen == sorted(set(seen))


def test_forgetting_removes_all_that_a_text_said(archive: Archive, made: Any) -> None:
    archive.put([made.reading(made.document(name)) for name in ("a", "b")])
    archive.forget("a")
    frames = archive.frames()
    for frame in (frames.documents, frames.mentions, frames.claims):
        assert list(frame["doc_id"]) == ["b"]
    assert set(frames.claim_places["claim_id"]) | set(frames.cues["claim_id"]) == {"b:1"}
    with pytest.raises(LookupError, match="nobody"):
        archive.forget("b", "nobody")
    assert list(archive.doc_hashes()) == ["b"]
    with pytest.raises(LookupError, match="nobody"):
        archive.text("nobody")


def test_incidents_are_current_until_a_text_is_written(archive: Archive, made: Any) -> None:
    assert archive.incidents_are_current
    archive.put([made.reading()])
    assert not archive.incidents_are_current
    archive.replace_incidents([(made.incident, ["a:1"])])
    assert archive.incidents_are_current
    assert archive.incidents() == (made.incident,)
    assert archive.claims()[0].incident_id == "i1"
    archive.put([replace(made.reading(), claims=())])
    archive.replace_incidents([])
    assert archive.incidents() == ()


def test_claims_are_told_in_the_order_in_which_they_are_joined(archive: Archive, made: Any) -> None:
    days = [None, date(2013, 11, 19), date(2013, 11, 2)]
    readings = []
    for number, doc_id in enumerate(("b", "a", "c", "ج")):
        reading = made.reading(made.document(doc_id))
        claims = [
            replace(reading.claims[0], claim_id=f"c{7 * n + number}", date_start=day, date_end=day)
            for n, day in enumerate(days * 2)
        ]
        readings.append(replace(reading, claims=tuple(claims)))
    archive.put(readings)
    told = list(archive.tellings())
    assert told == sorted(told, key=order)
    assert len(told) == 4 * 6
    assert {claim.place_ids for claim in told} == {frozenset({"qara"})}, "a place without an id is none"


def test_the_fingerprint_tells_text_facts_and_rules_apart_but_not_a_date_read_from_the_text(
    made: Any,
) -> None:
    document = made.document()
    undated = replace(document, published=None, published_basis="unknown")
    variants = [
        (document, "1"),
        (document, "2"),
        (made.document(text="نص آخر"), "1"),
        (replace(document, outlet="o"), "1"),
        (replace(document, title="t"), "1"),
        (replace(document, published=date(2013, 11, 21)), "1"),
        (undated, "1"),
    ]
    assert len({fingerprint(*variant) for variant in variants}) == len(variants)
    dated = replace(document, published_basis="dateline")
    assert fingerprint(dated, "1") == fingerprint(undated, "1")
    inferred = replace(document, published_basis="inferred", published_reason="r")
    assert fingerprint(inferred, "1") == fingerprint(undated, "1")


def test_an_inferred_date_comes_back_with_its_range_and_reason(archive: Archive, made: Any) -> None:
    first, last = date(2013, 11, 19), date(2013, 11, 21)
    document = replace(
        made.document(),
        published_basis="inferred",
        published_first=first,
        published_last=last,
        published_reason="Qara",
    )
    archive.put([made.reading(document)])
    assert archive.documents() == (document,)
    (row,) = archive.frames().documents.to_dict("records")
    assert (row["published_first"].date(), row["published_last"].date()) == (first, last)
    assert row["published_reason"] == "Qara"


def test_frames_have_types_and_gaps_that_stay_gaps(archive: Archive, made: Any) -> None:
    empty = archive.frames()
    archive.put([made.reading()])
    archive.replace_incidents([(made.incident, ["a:1"])])
    frames = archive.frames()
    for name in ("documents", "mentions", "claims", "claim_places", "cues", "incidents"):
        assert (getattr(frames, name).dtypes == getattr(empty, name).dtypes).all()
    claim = frames.claims.iloc[0]
    assert (claim["killed_min"], claim["date_start"]) == (10, pd.Timestamp("2013-11-19"))
    assert pd.isna(claim["killed_max"])
    assert not claim["is_total"]
    assert frames.incidents.iloc[0]["place_ids"] == "qara;adra"
    assert frames.documents.iloc[0]["characters"] == len(made.document().text)
    assert "text" not in frames.documents


def test_an_archive_is_found_again_by_its_url(tmp_path: Path, made: Any) -> None:
    file = tmp_path / "a.sqlite"
    Archive(file).put([made.reading()])
    assert list(Archive(f"sqlite:///{file}").doc_hashes()) == ["a"]


def test_reading_makes_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no archive .*x\.sqlite"):
        Archive(tmp_path / "sub" / "x.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []


def other_version(path: Path) -> None:
    Archive(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 999 WHERE key = 'schema'")


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (other_version, "schema 999"),
        (other_program, "another program"),
        (lambda path: path.write_text("no database, a text\n" * 100), "not a database"),
        (Path.mkdir, "cannot be used"),
    ],
)
def test_what_is_no_archive_is_refused_by_name(tmp_path: Path, prepare: Any, words: str) -> None:
    path = tmp_path / "other.sqlite"
    prepare(path)
    with pytest.raises(ArchiveError, match=words) as refused:
        Archive(path)
    assert "other.sqlite" in str(refused.value)


def test_a_url_of_no_database_is_refused_without_its_password() -> None:
    for url in ("nosuch://user:secret@host/name", "postgresql://user:secret@127.0.0.1:1/name", "://"):
        with pytest.raises(ArchiveError) as refused:
            Archive(url)
        assert "secret" not in str(refused.value)


def test_samples_lie_apart_from_the_users_texts() -> None:
    assert samples_path() != default_path()
