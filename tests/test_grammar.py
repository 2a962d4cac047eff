"""The page of the grammar tells what the rules say now."""

import re

from extraction.reading.grammar import PAGE, page
from extraction.reading.phrases.phrase import KINDS
from extraction.reading.rules import RULES, read_book


def test_the_page_is_current() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "docs/grammar.md is stale: run python -m extraction.reading.grammar"


def test_each_rule_and_each_kind_of_phrase_stands_on_the_page() -> None:
    told = page()
    ids = [rule.id for path in RULES.glob("*.toml") for rule in read_book(path).rules()]
    assert sorted(re.findall(r"^- \*\*([\w.]+)\*\*", told, re.M)) == sorted(ids)
    assert all(f"- `{kind}`: " in told for kind in KINDS)
