"""The page ``docs/grammar.md``, made from the rules, so that it tells what the program does.

``python -m extraction.reading.grammar`` writes it anew.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from extraction.reading.phrases.phrase import SAYS
from extraction.reading.rules import RULES, Example, Rule, read_book

PAGE: Final = Path(__file__).parents[2] / "docs" / "grammar.md"
_HEAD: Final = """# The grammar

Made from `extraction/reading/rules/` by `python -m extraction.reading.grammar`; change it there, not here.

A rule looks for words and phrases around the word in question (`@`), or around a candidate (`$`) that is
weighed for it, and says one thing. How its patterns are written stands at the head of
`extraction/reading/pattern.py`. What weighs most is chosen; `conflictmap explain --why-not FILE` shows what
was weighed.

# Phrases

What is found between words and events, each kind in a module of `extraction/reading/phrases/`.
"""


def page() -> str:
    """The text of the page."""
    phrases = [f"- `{kind}`: {says}" for kind, says in SAYS.items()]
    books = (line for path in sorted(RULES.glob("*.toml")) for line in _book(path))
    return "\n".join([_HEAD, *phrases, "", "# Rules", *books]) + "\n"


def _book(path: Path) -> Iterator[str]:
    """One file of rules: what stands at its head, and each saying with its rules."""
    yield f"\n## {path.stem}\n"
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        yield line.removeprefix("#").strip() if not line.startswith("#   ") else f"    {line[4:]}"
    for says, rules in read_book(path).by_saying.items():
        yield f"\n### {path.stem}: {says}\n"
        for rule in rules:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    weight = f" (weight {rule.weight:g})" if rule.weight else ""
    yield f"- **{rule.id}**{weight}: {rule.means}  "
    yield "  where " + ", ".join(f"`{pattern.source}`" for pattern in rule.look) + "  "
    either, never = ("|".join(sorted(one)) for one in rule.either), (f"!{fact}" for fact in rule.not_given)
    if facts := [*sorted(rule.given), *either, *sorted(never)]:
        yield "  given " + ", ".join(f"`{fact}`" for fact in facts) + "  "
    if rule.unless:
        yield "  unless " + ", ".join(f"`{pattern.source}`" for pattern in rule.unless) + "  "
    for told, example in (("as in", rule.example), ("not in", rule.counter)):
        if example is not None:
            yield f"  {told}: {_example(example)}  "


def _example(example: Example) -> str:
    """A sentence, and the claims it tells."""
    return f"{example.text} → {'; '.join(example.tells) or 'nothing'}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
