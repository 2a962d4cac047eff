"""Each rule that only its own example holds speaks there, and is silent in its counter-example."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reader import claims, places

from extraction.records import Claim

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))["example"]


def line(claim: Claim, text: str) -> str:
    """A claim as examples.toml writes it."""
    told = [claim.event_type, "denied" * (claim.stance == "denied")]
    told += [f"{word} {side}" for word, side in (("by", claim.actor), ("against", claim.target)) if side]
    told.append("at " + ", ".join(places(claim, text)) if claim.places else "nowhere")
    for what in ("killed", "wounded", "strikes"):
        low, high = getattr(claim, f"{what}_min"), getattr(claim, f"{what}_max")
        if low is not None:
            told.append(f"{what} {low}" + ("+" if high is None else f"-{high}" * (high != low)))
    told.append(claim.victims)
    if claim.date_basis != "default":
        told.append("@" + "/".join(dict.fromkeys((str(claim.date_start), str(claim.date_end)))))
    return " ".join(filter(None, told))


def cases() -> Iterator[Any]:
    for example in EXAMPLES:
        name = f"{example['at']}: {example['rule']}"
        yield pytest.param(example["text"], example["tells"], id=name)
        yield pytest.param(example["counter"], example["counter_tells"], id=f"{name} (counter)")


@pytest.mark.parametrize(("text", "tells"), list(cases()))
def test_the_rule_speaks_in_its_example_and_not_in_its_counter_example(text: str, tells: list[str]) -> None:
    found = sorted(claims(text), key=lambda c: min(q.start for q in c.cues if q.role == "trigger"))
    assert [line(claim, text) for claim in found] == tells
