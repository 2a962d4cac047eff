"""The claims of the samples say what the samples say: who, where, when, how many, says who.

The answers in samples_expected.toml were written by reading the samples, before and apart from any output;
its head explains the keys.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extraction.keeping.document import read_folder
from extraction.pipeline import read
from extraction.records import Claim, Document, Reading
from gazetteer.orthography import fold
from gazetteer.sources import load

ROOT = Path(__file__).parent.parent
EXPECTED = Path(__file__).parent / "samples_expected.toml"
SAMPLES = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["sample"]
SLACK = 40  # code points by which the evidence may miss the anchor


@cache
def readings() -> Mapping[str, Reading]:
    documents = [item for item in read_folder(ROOT / "samples") if isinstance(item, Document)]
    return {document.doc_id: read(document, load()) for document in documents}


def test_every_sample_is_answered_and_every_answer_has_its_sample() -> None:
    assert sorted(readings()) == sorted(sample["doc_id"] for sample in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["doc_id"])
def test_the_claims_say_what_the_sample_says(sample: Mapping[str, Any]) -> None:
    assert list(faults(sample, readings()[sample["doc_id"]])) == []


def faults(sample: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    """What is wrong with the claims of a sample, in words."""
    text = reading.document.text
    left = list(reading.claims)
    right: list[Claim] = []
    for want in sorted(sample.get("claim", ()), key=lambda c: c.get("optional", False)):
        hits = [claim for claim in left if _tells(claim, want, text)]
        if not hits:
            if not want.get("optional"):
                yield f"missed: {want['event_type']} {want['stance']} {want['places']}: {want['anchor']}"
            continue
        hit = min(hits, key=lambda claim: len(list(_wrong(claim, want))))
        left.remove(hit)
        right.append(hit)
        if not want.get("optional"):
            yield from (f"{want['anchor']}: {fault}" for fault in _wrong(hit, want))
    for claim in left:
        if not any(_tells(claim, want, text) for want in sample.get("claim", ())):
            yield f"false: {claim.event_type} {claim.stance} {sorted(_names(claim, text))}: {claim.evidence}"
    for never in sample.get("forbidden", ()):
        for claim in left:
            if _matches(claim, never, text):
                yield f"forbidden: {claim.event_type} {claim.stance}: {never['why']}: {claim.evidence}"


def _names(claim: Claim, text: str) -> set[str]:
    return {fold(text[place.start : place.end]) for place in claim.places}


def _tells(claim: Claim, want: Mapping[str, Any], text: str) -> bool:
    """Whether a claim is the one wanted: its type, stance, words and places."""
    at = text.index(want["anchor"])
    names = _names(claim, text)
    places = {fold(name) for name in want["places"]}
    spare = {fold(name) for name in want.get("also_places", ())}
    return (
        claim.event_type in (want["event_type"], *want.get("also_types", ()))
        and claim.stance == want["stance"]
        and claim.start - SLACK <= at < claim.end + SLACK
        and places <= names
        and names <= places | spare
    )


def _wrong(claim: Claim, want: Mapping[str, Any]) -> Iterator[str]:
    """The facts of a claim that differ from those wanted."""
    open_ = want.get("unchecked", ())
    blocs = [want["actor_bloc"], *want.get("also_actor_blocs", ())]
    if blocs != [""] and claim.actor_bloc not in blocs:
        yield f"actor_bloc {claim.actor_bloc!r}, not {blocs}"
    if claim.target_bloc != want.get("target_bloc", claim.target_bloc):
        yield f"target_bloc {claim.target_bloc!r}, not {want['target_bloc']!r}"
    claimants = [want["claimant"], *want.get("also_claimants", ())]
    if claim.claimant not in claimants:
        yield f"claimant {claim.claimant!r}, not {claimants}"
    if "relayed_by" not in open_ and claim.relayed_by != want["relayed_by"]:
        yield f"relayed_by {claim.relayed_by!r}, not {want['relayed_by']!r}"
    for name in ("killed", "wounded", "strikes"):
        low, high = getattr(claim, f"{name}_min"), getattr(claim, f"{name}_max")
        figure: Sequence[int | None] = (low, high)
        least, most = want.get(name, (None, None))
        if name not in open_ and tuple(figure) != (least, None if most == -1 else most):
            yield f"{name} {low}-{high}, not {want.get(name)}"
    if "victims" not in open_ and want["victims"] and claim.victims != want["victims"]:
        yield f"victims {claim.victims!r}, not {want['victims']!r}"
    if claim.is_total != want["is_total"]:
        yield f"is_total {claim.is_total}"
    if "dates" not in open_:
        first, last = want["date_start"], want["date_end"]
        if claim.date_start is None or claim.date_end is None:
            yield "no date"
        elif not (claim.date_start <= last and first <= claim.date_end):
            yield f"dated {claim.date_start} to {claim.date_end}, not {first} to {last}"
        elif claim.date_end - claim.date_start > last - first + timedelta(days=1):
            yield f"dated too widely: {claim.date_start} to {claim.date_end}, not {first} to {last}"


def _matches(claim: Claim, never: Mapping[str, Any], text: str) -> bool:
    """Whether a claim has all the marks of one that must not be made."""
    if "places" in never and not {fold(name) for name in never["places"]} & _names(claim, text):
        return False
    return all(
        getattr(claim, key) == value for key, value in never.items() if key not in ("why", "places", "anchor")
    )
