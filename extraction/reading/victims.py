"""Whose the dead and wounded of an event were: as told with their count, or as the event makes it likely.

Weighed by the rules of ``rules/losses.toml`` that say ``whose``: each speaks for one of the candidates below.
"""

from collections.abc import Mapping
from typing import Final

from extraction.lexicon.clitics import SHE_DID, THEY_DID
from extraction.lexicon.particles import particles
from extraction.reading.casualty import Casualties
from extraction.reading.decide import Decision, decide
from extraction.reading.happening import Draft, Scope
from extraction.reading.losses import WHOSE, rules
from extraction.reading.pattern import Scope as Around
from extraction.reading.sides import last_enemy

_OF_THEM: Final = particles("of_them")


def victims_of(scope: Scope, draft: Draft) -> Decision[str]:
    """Weigh whose the dead and wounded of an event were: a bloc, civilians, mixed.

    Empty is chosen where they were somebody's who is not named.
    """
    facts = frozenset(fact for fact, is_so in _facts(scope, draft).items() if is_so)
    around = Around(scope.words, scope.sentence, draft.event.trigger, facts=facts)
    found = {says: rules().evidence(says, around) for says in WHOSE}
    return decide((_value(scope, draft, says), evidence) for says, evidence in found.items() if evidence)


def _facts(scope: Scope, draft: Draft) -> Mapping[str, bool]:
    """What is so of the dead of an event, by name."""
    actor, target, kind = draft.parties.actor, draft.parties.target, draft.event.event_type
    told = {c.victims for c in draft.casualties if c.victims}
    vague = {c.victims for c in draft.casualties if c.side is not None and "generic" in c.side.entry.flags}
    known = target is not None or (actor is not None and actor.entry.bloc != "")
    return {
        "dead": bool(draft.casualties),
        "told": bool(told),
        "generic": bool(told) and told == vague,
        "clash": kind == "clash",
        "repelled": kind == "repelled_attack",
        "aimed_at_group": target is not None and target.entry.bloc == "islamic_state",
        "of_them": any(c.theirs or _is_of_them(scope, c) for c in draft.casualties),
        "fighters": any(c.theirs or (c.fighters and known) for c in draft.casualties),
        "killed_by": any(_is_killed_by(c) for c in draft.casualties),
        "civilians": _are_civilians(scope, draft),
    }


def _value(scope: Scope, draft: Draft, says: str) -> str:
    """Whom a candidate means."""
    actor, target = draft.parties.actor, draft.parties.target
    own = actor.entry.bloc if actor is not None else ""
    if says == "whose_told":
        told = {c.victims for c in draft.casualties if c.victims}
        return next(iter(told)) if len(told) == 1 else "mixed"
    if says == "whose_enemy":
        target = target or last_enemy(scope.words, draft.event.first, own)
    if says == "whose_own":
        return own
    if says == "whose_civilian":
        return "civilians"
    return target.entry.bloc if target is not None else ""


def _is_of_them(scope: Scope, casualty: Casualties) -> bool:
    """Whether the dead are counted among those told before: "nine of them"."""
    return scope.words.among(casualty.first, casualty.last + 1, _OF_THEM)


def _is_killed_by(casualty: Casualties) -> bool:
    """Whether a verb tells of the dead as the deed of its subject: قتلت, not "were killed" or a noun."""
    return casualty.trigger.entry.form == "verb" and casualty.trigger.suffix in (SHE_DID, THEY_DID)


def _are_civilians(scope: Scope, draft: Draft) -> bool:
    """Whether the clause speaks of civilians and of no fighters."""
    words = scope.words
    places = words.where(draft.event.left, draft.event.right, "victim")
    people = (words.tag(at, "victim") for at in places)
    kinds = {tag.entry.code for tag in people if tag is not None}
    return "civilians" in kinds and "fighters" not in kinds
