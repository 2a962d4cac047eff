"""Claims that a later reading gives otherwise: links find them, and two archives are compared."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extraction.keeping.archive import Archive
from extraction.records import Reading

Run = Callable[..., int]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "a.sqlite")


def reread(reading: Reading, **facts: Any) -> Reading:
    """The same text, its one claim read otherwise."""
    return replace(reading, claims=(replace(reading.claims[0], **facts),))


def test_an_old_id_leads_to_what_the_same_words_are_read_as_now(archive: Archive, made: Any) -> None:
    reading = made.reading()
    archive.put([reading])
    assert archive.trace("a:1") == "a:1"
    assert archive.trace("never") is None
    archive.put([reread(reading, claim_id="a:2", event_type="airstrike", start=10)])
    assert archive.trace("a:1") == "a:2"
    archive.put([reread(reading, claim_id="a:3", event_type="airstrike")])
    assert (archive.trace("a:1"), archive.trace("a:2")) == ("a:3", "a:3")
    archive.put([replace(reading, claims=())])
    assert archive.trace("a:1") == ""
    archive.put([reading])
    assert archive.trace("a:1") == "a:1"


def test_of_two_claims_in_the_same_words_the_one_of_its_kind_is_found(archive: Archive, made: Any) -> None:
    reading = made.reading()
    (claim,) = reading.claims
    archive.put([reading])
    others = (
        replace(claim, claim_id="x", event_type="clash"),
        replace(claim, claim_id="y", start=claim.start + 3),
    )
    archive.put([replace(reading, claims=others)])
    assert archive.trace("a:1") == "y"


def test_a_corrected_text_is_searched_for_the_words(archive: Archive, made: Any) -> None:
    reading = made.reading()
    archive.put([reading])
    document = made.document("a", "تصحيح. " + reading.document.text)
    moved = made.reading(document)
    archive.put([reread(moved, claim_id="n", start=21, end=47)])
    assert archive.trace("a:1") == "n"
    archive.put([reread(moved, claim_id="m", evidence="شيء آخر لا صلة له بما سبق")])
    assert archive.trace("a:1") == ""


def test_a_text_under_a_new_name_keeps_its_links_and_a_forgotten_one_leaves_nothing(
    archive: Archive, made: Any
) -> None:
    archive.put([made.reading(made.document("old")), made.reading(made.document("gone", "نص آخر"))])
    archive.put([made.reading(made.document("new"))])
    archive.forget("old", "gone")
    assert archive.trace("old:1") == "new:1"
    assert archive.trace("gone:1") is None


def test_changes_between_two_archives_are_listed(
    conflictmap: Run, tmp_path: Path, made: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    readings = {name: made.reading(made.document(name, f"{name} نص")) for name in "abcde"}
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    Archive(old).put(readings[name] for name in "abcd")
    Archive(new).put(
        [
            readings["a"],
            reread(readings["b"], killed_min=12),
            reread(readings["c"], claim_id="c:9", event_type="airstrike"),
            readings["e"],
        ]
    )
    assert conflictmap("changes", old, new) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 claims gone, 1 new, 2 altered, 1 the same; 1 texts gone, 1 new")
    assert "killed_min 10 → 12" in out
    assert "event_type shelling → airstrike" in out
    assert conflictmap("changes", old, new, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["texts"] == {"gone": ["d"], "new": ["e"]}
    assert [claim["doc_id"] for claim in told["claims"]["gone"]] == ["d"]
    assert {a["was"]: a["facts"] for a in told["claims"]["altered"]} == {
        "b:1": {"killed_min": [10, 12]},
        "c:1": {"event_type": ["shelling", "airstrike"]},
    }
