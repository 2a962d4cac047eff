"""Who did it, and to whom: of all sides that an event may have, each decided once, by the rules of
``rules/sides.toml``."""

from collections.abc import Sequence
from typing import Any, Final

from extraction.lexicon.vocabulary import Tag
from extraction.reading.decide import Decision, Evidence, decide
from extraction.reading.pattern import Scope
from extraction.reading.rules import Book, book
from extraction.reading.sides import Parties, Side, Telling, candidates, one_army
from extraction.words.sentence import Words

#: What the rules of sides say: what is so of a candidate, and what that speaks for.
_SAYINGS: Final = ("aside", "is", "doer", "target")
_DOUBTED: Final = 4  # words from a doubt to the side that it is about


def find_parties(t: Telling, notes: list[Any] | None = None) -> Parties:
    """Doer and target of an event."""
    rules = book("sides", *_SAYINGS)
    sides = [_known(rules, t, side) for side in candidates(t)]
    sides = [side for side in sides if not _stands_aside(rules, t, side)]
    target = _decided(rules, t, "target", sides)
    against = target.chosen.value if target.chosen is not None else None
    doer = _decided(rules, t, "doer", [_weighed_beside(side, against) for side in sides])
    if notes is not None:
        notes += [("target", target), ("actor", doer)]
    return _parties(t, doer, against)


def _scope(t: Telling, side: Side) -> Scope:
    return Scope(t.words, t.sentence, t.event.trigger, side.phrase, facts=side.facts)


def _stands_aside(rules: Book, t: Telling, side: Side) -> bool:
    """Whether a side is named as a helper, or as who holds something."""
    return rules.first("aside", _scope(t, side)) is not None


def _known(rules: Book, t: Telling, side: Side) -> Side:
    """The side with what the rules say is so of it: they are named by their ids, up to the full stop."""
    found = {_family(rule.id) for rule in rules.holding("is", _scope(t, side))}
    return Side(side.phrase, side.facts | found) if found else side


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


def _weighed_beside(side: Side, target: Side | None) -> Side:
    """A side as it is weighed for the doer, once the target is known."""
    same = target is not None and (target is side or target.tag is side.tag) and "inside" in target.facts
    return Side(side.phrase, side.facts | {"is_target"}) if same else side


def _parties(t: Telling, doer: Decision[Side], against: Side | None) -> Parties:
    """Doer and target as they are told; a side does nothing to itself."""
    target = against.tag if against is not None else None
    if doer.chosen is None:
        return Parties(None, target, "lost" if t.event.rule == "lost" else "")
    actor, rule = doer.chosen.value.tag, _family(doer.chosen.chief).replace("_", " ")
    if _is_doubted(t.words, t.event.left, actor) and rule != "repelled":
        rule = "believed"
    if target is None or not one_army(actor, target) or rule == "repelled":
        return Parties(actor, target, rule)
    driven_out = "expel" in t.event.trigger.entry.flags
    return Parties(None, target) if driven_out else Parties(actor, None, rule)


def _is_doubted(words: Words, left: int, actor: Tag) -> bool:
    return words.has(max(left, actor.first - _DOUBTED), actor.first, "doubt")
