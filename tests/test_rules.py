"""Each rule speaks in its example and is silent in its counter-example; a slip in a file of rules is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reader import claims
from test_examples import line

from extraction.reading.rules import RULES, Rule, RuleError, read_book
from extraction.records import Claim

FILES = sorted(RULES.glob("*.toml"))


def rules(path: Path) -> list[Rule]:
    return list(read_book(path).rules())


def cases() -> Iterator[Any]:
    for path in FILES:
        for rule in rules(path):
            name = f"{path.stem}: {rule.id}"
            if rule.example:
                yield pytest.param(rule.example.text, rule.example.tells, id=name)
            if rule.counter:
                yield pytest.param(rule.counter.text, rule.counter.tells, id=f"{name} (counter)")


def trigger(claim: Claim) -> int:
    return min(cue.start for cue in claim.cues if cue.role == "trigger")


@pytest.mark.parametrize(("text", "tells"), list(cases()))
def test_a_rule_speaks_in_its_example_and_not_in_its_counter_example(
    text: str, tells: tuple[str, ...]
) -> None:
    assert [line(claim, text) for claim in sorted(claims(text), key=trigger)] == list(tells)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('[[rul]]\nid = "a"', "write .*rule"),
        ('[[rule]]\nid = "a"\nsays = "x"\nmeans = "m"', "look is missing"),
        ('[[rule]]\nid = "a"\nsays = "x"\nmeans = "m"\nlook = "@"\nweigth = 2', "unknown key 'weigth'"),
        ('[[rule]]\nid = "a"\nsays = "x"\nmeans = "m"\nlook = "atempt @"', "no role is called atempt"),
        ('[[rule]]\nid = "a"\nsays = "z"\nmeans = "m"\nlook = "@"', "nobody asks"),
    ],
)
def test_a_slip_in_a_file_of_rules_is_told_with_file_and_line(tmp_path: Path, table: str, told: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(RuleError, match=f"rules.toml.*{told}"):
        read_book(path, ("x", "y"))
