"""The rules of the reading: records in the ``*.toml`` files beside this one, and what reads and asks them.

Each says what it looks for around a word (``look``, in the language of ``extraction.reading.pattern``), what
that then says (``says``), and shows it with an example and a counter-example, both read by the tests. A rule
is a line of data: nothing here knows any single one. What several patterns of a file share stands once under
``[terms]`` and is named in braces. ``docs/grammar.md`` is made from them.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from extraction.lexicon.codes import nearest
from extraction.reading.decide import Evidence
from extraction.reading.pattern import Pattern, PatternError, Scope, Span, read_pattern, tag_of
from extraction.reading.phrases.phrase import KINDS

RULES: Final = Path(__file__).parent


class RuleError(ValueError):
    """A rule that cannot be read; the message names file, line and rule, and what to do."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it tells, one line a claim (as in tests/examples.toml)."""

    text: str
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It holds where one pattern of ``look`` is found around the anchor and none of ``unless``, and
    where all facts of ``given``, one of each of ``either`` and none of ``not_given`` are so: what no words
    around the anchor tell and the asking family knows. In the files all of these stand in ``given``:
    ``!holding`` is not so, ``a|b`` either.

    ``id`` is unique in its file; ``means`` tells it in words; ``weight`` is how much it speaks for (above 0)
    or against (below) a candidate, where it weighs one; where only the first counts, a higher ``priority`` is
    asked before the order of the file.
    """

    id: str
    says: str
    means: str
    look: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    given: frozenset[str] = frozenset()
    either: tuple[frozenset[str], ...] = ()
    not_given: frozenset[str] = frozenset()
    weight: float = 0.0
    priority: int = 0
    example: Example | None = None
    counter: Example | None = None

    def meant(self, facts: frozenset[str]) -> bool:
        """Whether the rule speaks where these facts are so."""
        if not self.given <= facts or not self.not_given.isdisjoint(facts):
            return False
        return not self.either or not any(one.isdisjoint(facts) for one in self.either)

    def start(self, scope: Scope) -> int:
        """The first word of what the rule, which holds, was found in."""
        starts = (
            pattern.start(scope) for pattern in self.look if pattern.asks(scope.anchor, scope.candidate)
        )
        return next((at for at in starts if at is not None), scope.anchor.first)


#: A rule with those of its patterns that may be found around one kind of anchor and candidate.
_Meant = tuple[Rule, tuple[Pattern, ...], tuple[Pattern, ...]]


class Book:
    """The rules of one file, by what they say. Which of them speak of a word is worked out once for all
    words alike."""

    def __init__(self, by_saying: Mapping[str, tuple[Rule, ...]]) -> None:
        """Take the rules, those that are asked first before the others."""
        self.by_saying = by_saying
        self._meant: dict[tuple[object, ...], tuple[_Meant, ...]] = {}
        self._anchors = _Kinds(self.rules(), "@")
        self._candidates = _Kinds(self.rules(), "$")

    def holding(self, says: str, scope: Scope) -> Iterator[Rule]:
        """The rules that say so around an anchor, those of a higher priority first, then as in the file."""
        return self._holding(self._speaking_of(says, scope), scope)

    def sayings(self, scope: Scope) -> Mapping[str, Sequence[Rule]]:
        """All that the rules say around an anchor, each saying with the rules that hold."""
        found: dict[str, list[Rule]] = {}
        for rule in self._holding(self._speaking_of("", scope), scope):
            found.setdefault(rule.says, []).append(rule)
        return found

    def _holding(self, meant: Iterable[_Meant], scope: Scope) -> Iterator[Rule]:
        there = scope.words.held_by(scope.sentence)
        for rule, look, unless in meant:
            if not rule.meant(scope.facts):
                continue
            for pattern in look:
                if pattern.may_be_in(there) and pattern.found(scope):
                    if not any(p.may_be_in(there) and p.found(scope) for p in unless):
                        yield rule
                    break

    def first(self, says: str, scope: Scope) -> Rule | None:
        """The first rule that says so around an anchor."""
        return next(self.holding(says, scope), None)

    def evidence(self, says: str, scope: Scope) -> list[Evidence]:
        """What the rules say of the candidate of a scope."""
        return [Evidence(rule.id, rule.weight) for rule in self.holding(says, scope)]

    def _speaking_of(self, says: str, scope: Scope) -> tuple[_Meant, ...]:
        """The rules that say so (empty: anything) of an anchor and a candidate such as those of a scope."""
        anchor, candidate = scope.anchor, scope.candidate
        key = (says, self._anchors.of(anchor), None if candidate is None else self._candidates.of(candidate))
        found = self._meant.get(key)
        if found is None:
            rules = self.by_saying.get(says, ()) if says else self.rules()
            found = tuple(
                (
                    rule,
                    tuple(p for p in rule.look if p.asks(anchor, candidate)),
                    tuple(p for p in rule.unless if p.asks(anchor, candidate)),
                )
                for rule in rules
            )
            self._meant[key] = found = tuple(meant for meant in found if meant[1])
        return found

    def rules(self) -> Iterator[Rule]:
        """All rules, in the order of the file."""
        for found in self.by_saying.values():
            yield from found


class _Kinds:
    """The kinds of anchors, or of candidates, by what the rules ask of them: there are few, though the words
    are many. A kind is the answers to all such questions, one bit each."""

    def __init__(self, rules: Iterable[Rule], name: str) -> None:
        asked = (q for r in rules for p in (*r.look, *r.unless) for q in p.questions(name))
        self._questions = tuple(dict(asked).values())
        self._known: dict[tuple[int, str, str], tuple[int, object]] = {}

    def of(self, span: Span) -> int:
        """The kind of an anchor or candidate."""
        tag = tag_of(span)
        if tag is None:
            return -1
        key = (id(tag.entry), tag.prefix, tag.suffix)
        found = self._known.get(key)
        if found is None:
            kind = sum(answered(span) << n for n, answered in enumerate(self._questions))
            self._known[key] = found = (kind, tag.entry)  # kept, so that no other entry takes over its id
        return found[0]


@cache
def book(name: str, *sayings: str) -> Book:
    """The rules of ``rules/<name>.toml``, which may say ``sayings`` and nothing else.

    Raises:
        RuleError: for the first thing that is not as it must be.
    """
    return read_book(RULES / f"{name}.toml", sayings)


def read_book(path: Path, sayings: Iterable[str] = ()) -> Book:
    """Read a file of rules and check each, also against ``sayings`` where there are any. Raises RuleError."""
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path.name}: {error}") from error
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if line.strip() == "[[rule]]"]
    terms: Mapping[str, str] = tables.pop("terms", {})
    by_saying: dict[str, list[Rule]] = {}
    seen: set[str] = set()
    for number, table in enumerate(tables.get("rule", ())):
        where = f"{path.name}, line {lines[number] if number < len(lines) else 1}"
        rule = _read_rule(table, where, tuple(sayings), terms)
        if rule.id in seen:
            raise RuleError(f"{where}: there is a rule {rule.id} already")
        seen.add(rule.id)
        by_saying.setdefault(rule.says, []).append(rule)
    if strange := sorted(set(tables) - {"rule"}):
        raise RuleError(f"{path.name}: write [[rule]], not [[{strange[0]}]]")
    return Book({says: tuple(sorted(r, key=lambda r: -r.priority)) for says, r in by_saying.items()})


def _read_rule(
    table: Mapping[str, Any], where: str, sayings: tuple[str, ...], terms: Mapping[str, str]
) -> Rule:
    keys = (
        *(field.name for field in fields(Rule) if field.name not in ("either", "not_given")),
        "tells",
        "counter_tells",
    )
    for key in table:
        if key not in keys:
            raise RuleError(f"{where}: unknown key {key!r}{nearest(key, keys)}")
    for key in ("id", "says", "means", "look"):
        if not table.get(key):
            raise RuleError(f"{where}: {key} is missing")
    where = f"{where}: rule {table['id']}"
    if sayings and table["says"] not in sayings:
        raise RuleError(f"{where}: nobody asks for a rule that says {table['says']!r}: {', '.join(sayings)}")
    facts = [str(fact) for fact in table.get("given", ())]
    return Rule(
        id=table["id"],
        says=table["says"],
        means=table["means"],
        look=_patterns(table["look"], where, terms),
        unless=_patterns(table.get("unless", ()), where, terms),
        given=frozenset(fact for fact in facts if fact[0] != "!" and "|" not in fact),
        either=tuple(frozenset(fact.split("|")) for fact in facts if "|" in fact),
        not_given=frozenset(fact[1:] for fact in facts if fact.startswith("!")),
        weight=float(table.get("weight", 0)),
        priority=int(table.get("priority", 0)),
        example=_example(table, "example", "tells"),
        counter=_example(table, "counter", "counter_tells"),
    )


def _patterns(sources: str | Sequence[str], where: str, terms: Mapping[str, str]) -> tuple[Pattern, ...]:
    """Read patterns; a name in braces stands for what the ``[terms]`` of the file say."""
    try:
        written = [sources] if isinstance(sources, str) else sources
        return tuple(read_pattern(source.format_map(terms), KINDS) for source in written)
    except KeyError as error:
        raise RuleError(f"{where}: the file has no term {error}") from error
    except PatternError as error:
        raise RuleError(f"{where}: {error}") from error


def _example(table: Mapping[str, Any], text: str, tells: str) -> Example | None:
    return Example(table[text], tuple(table.get(tells, ()))) if text in table else None
