"""Who did it, and to whom: of all sides that an event may have, each decided once, by the rules of
``rules/sides.toml``."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from extraction.lexicon.vocabulary import Tag
from extraction.reading.decide import Decision, Evidence, decide
from extraction.reading.pattern import Scope
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.phrases.side import find_sides
from extraction.reading.rules import Book, book
from extraction.reading.sides import Parties, Side, Telling, candidates, one_army
from extraction.words.sentence import Sentence, Words

#: What the rules of sides say: what is so of a candidate, and what that speaks for.
_SAYINGS: Final = ("aside", "is", "here", "doer", "target")
_NOT_DOUBTED: Final = ("repelled", "between")
_DOUBTED: Final = 4  # words from a doubt to the side that it is about


def sides_of(words: Words, sentence: Sentence, names: frozenset[int]) -> tuple[Phrase, ...]:
    """The sides of a sentence that may have done or suffered something: not those that only help, or that
    only hold a place. ``names`` are words inside names of places."""
    rules = book("sides", *_SAYINGS)
    found = find_sides(words, sentence, names)
    return tuple(p for p in found if rules.first("aside", Scope(words, sentence, p, p)) is None)


def find_parties(t: Telling, notes: list[Any] | None = None) -> Parties:
    """Doer and target of an event."""
    rules = book("sides", *_SAYINGS)
    sides = [_known(rules, t, side) for side in candidates(t)]
    target = _decided(rules, t, "target", sides)
    against = target.chosen.value.tag if target.chosen is not None else None
    if against is not None:
        others = [side for side in candidates(t, against) if side.tag is not against]
        sides = [_known(rules, t, side) for side in others]
    doer = _decided(rules, t, "doer", sides)
    if notes is not None:
        notes += [("target", target), ("actor", doer)]
    return _parties(t, doer, against)


def _scope(t: Telling, side: Side) -> Scope:
    return Scope(t.words, t.sentence, t.event.trigger, side.phrase, facts=side.facts)


def _known(rules: Book, t: Telling, side: Side) -> Side:
    """The side with what the rules say is so of it: they are named by their ids, up to the full stop."""
    clause = replace(_scope(t, side), sentence=Sentence(t.event.left, t.sentence.last))
    told = (*rules.holding("is", _scope(t, side)), *rules.holding("here", clause))
    found = {_family(rule.id) for rule in told}
    return replace(side, facts=side.facts | found) if found else side


def _family(rule: str) -> str:
    """The name that rules of a kind share: ``agent.from`` and ``agent.by`` tell of an agent."""
    return rule.split(".")[0]


def _decided(rules: Book, t: Telling, what: str, sides: Sequence[Side]) -> Decision[Side]:
    weighed: list[tuple[Side, list[Evidence]]] = []
    for side in sides:
        found = rules.evidence(what, _scope(t, side))
        if found:
            weighed.append((side, found))
    return decide(weighed)


def _parties(t: Telling, doer: Decision[Side], target: Tag | None) -> Parties:
    """Doer and target as they are told; a side does nothing to itself."""
    if doer.chosen is None:
        return Parties(None, target, "lost" if t.event.rule == "lost" else "")
    actor, rule = doer.chosen.value.tag, _family(doer.chosen.chief).replace("_", " ")
    if _is_doubted(t, actor, rule):
        rule = "believed"
    if target is None or not one_army(actor, target) or rule == "repelled":
        return Parties(actor, target, rule)
    driven_out = "expel" in t.event.trigger.entry.flags
    return Parties(None, target) if driven_out else Parties(actor, None, rule)


def _is_doubted(t: Telling, actor: Tag, rule: str) -> bool:
    """Whether the text itself only believes it, of that side or of what an adjective tells."""
    left, right = t.event.left, t.event.right
    if rule == "adjective":
        return t.words.has(left, right, "doubt")
    return rule not in _NOT_DOUBTED and t.words.has(max(left, actor.first - _DOUBTED), actor.first, "doubt")
