"""A development set: short passages in the manner of many outlets, and what a careful reader finds in them.

passages/*.toml hold one [[passage]] a text, written for this project, with answers written from reading and
before any output was looked at. Keys of a passage: id, outlet, published, text, and

    known_fault   why the program gets it wrong today: the test is then expected to fail, and fails when it
                  passes, so that the key is taken out with the fault

[[passage.claim]] and [[passage.forbidden]] bear the keys of samples_expected.toml and are checked by its
code. A key left out of a claim means: asserted, told by the outlet itself, by an actor that is not checked,
with no victims to check, no total, dated from the day before publication to the day of it.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_samples import faults

from extraction.pipeline import read
from extraction.records import Claim, Document
from gazetteer.sources import load

FOLDER = Path(__file__).parent / "passages"
LEAST_WORDS, MOST_WORDS = 20, 160
KEYS = {"id", "outlet", "published", "text", "known_fault", "claim", "forbidden"}
OF_CLAIM = {
    *("anchor", "event_type", "stance", "actor_bloc", "target_bloc", "claimant", "relayed_by", "places"),
    *(
        "killed",
        "wounded",
        "strikes",
        "victims",
        "is_total",
        "date_start",
        "date_end",
        "unchecked",
        "optional",
    ),
    *("also_types", "also_actor_blocs", "also_claimants", "also_places"),
}
OF_FORBIDDEN = {"why", "places", *(field.name for field in fields(Claim))}


def passages() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["passage"]


def parameters() -> Iterator[Any]:
    for passage in passages():
        fault = passage.get("known_fault")
        marks = [pytest.mark.xfail(reason=fault, strict=True)] if fault else []
        yield pytest.param(passage, id=passage["id"], marks=marks)


def answered(passage: dict[str, Any]) -> dict[str, Any]:
    """The passage with every key that the checking code reads."""
    published: date = passage["published"]
    usual = {
        "stance": "asserted",
        "actor_bloc": "",
        "claimant": "",
        "relayed_by": "",
        "victims": "",
        "is_total": False,
        "date_start": published - timedelta(days=1),
        "date_end": published,
    }
    return {**passage, "claim": [{**usual, **claim} for claim in passage.get("claim", ())]}


def test_the_set_is_large_and_its_passages_are_short_and_their_own() -> None:
    texts = [passage["text"] for passage in passages()]
    assert len(texts) >= 40
    assert len(set(texts)) == len(texts) == len({passage["id"] for passage in passages()})
    assert [t for t in texts if not LEAST_WORDS <= len(t.split()) <= MOST_WORDS] == []


def test_no_key_is_misspelt() -> None:
    for passage in passages():
        assert set(passage) <= KEYS, passage["id"]
        for claim in passage.get("claim", ()):
            assert set(claim) <= OF_CLAIM, passage["id"]
            assert {"anchor", "event_type", "places"} <= set(claim), passage["id"]
        for never in passage.get("forbidden", ()):
            assert set(never) <= OF_FORBIDDEN, passage["id"]


def test_each_answer_points_at_one_clause_of_its_passage() -> None:
    wrong = [
        (passage["id"], claim["anchor"])
        for passage in passages()
        for claim in passage.get("claim", ())
        if passage["text"].count(claim["anchor"]) != 1
    ]
    assert wrong == []


@pytest.mark.parametrize("passage", list(parameters()))
def test_the_claims_say_what_the_passage_says(passage: dict[str, Any]) -> None:
    document = Document(
        doc_id=passage["id"],
        text=passage["text"],
        published=passage["published"],
        published_basis="given",
        outlet=passage["outlet"],
        title="",
        language="ar",
        sha256="",
    )
    assert list(faults(answered(passage), read(document, load()))) == []
