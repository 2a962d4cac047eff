"""Where: which of the places told around an event are its own.

Each phrase of places, and each word that stands for one told before, is a candidate; the rules of
``rules/places.toml`` weigh them and the heaviest wins (``decide``): what stands behind the trigger in its
clause, then before it, then what the events and sentences before told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from extraction.lexicon.clitics import BY, JOINED
from extraction.lexicon.particles import FROM, WHERE, particles
from extraction.reading.abroad import (
    goes_on_abroad,
    in_a_part_of_syria,
    is_abroad,
    taken_abroad,
    town_abroad,
)
from extraction.reading.announced import Announced, announced
from extraction.reading.asked import asked
from extraction.reading.clause import Event, suffers
from extraction.reading.decide import Decision, Evidence, decide
from extraction.reading.phrases.places import LIST_GAP, Scene, Site, in_countryside, rules
from extraction.reading.reference import antecedent, meant_by_it, meant_by_noun, meant_by_which
from extraction.words.sentence import Sentence, Words

_FEW: Final = 3  # places that a later sentence may come back to without naming them
_FAR: Final = 28  # words from a trigger to its first place
_FAR_BETWEEN: Final = 70  # the same where both sides with all their allies are told first
_SCENE_GAP: Final = 2  # words between the places that set a scene and what happened there
_SCENE_HEAD: Final = 5  # words of a sentence among which its scene is set
_WHENCE_GAP: Final = 4  # words between "from" and the name of the place that fire came from
_FIRED_WITHIN: Final = 6  # words from "shelling" to its "from": the guns stand between
_UNNAMED_REACH: Final = 3  # words back from a verb to the noun of a town without a name
_IN: Final = particles("in", "and_in", "on", "and_on", "inside")
_ONTO: Final = particles("on", "towards")
_AMID: Final = particles("amid")
_IT_IS: Final = particles("it_is")
_FIRED: Final = frozenset({"shelling", "airstrike", "other_attack"})


@dataclass(frozen=True, slots=True)
class Located:
    """The sites of an event and how they were found: behind, before, noun, scene,
    inherited from the event before, recalled from the sentence before, abroad where
    the text names a place outside Syria, or none."""

    sites: tuple[Site, ...]
    rule: Literal["behind", "before", "noun", "scene", "inherited", "recalled", "abroad", "none"]


#: A candidate: what rules/places.toml calls it, and the places; nothing where there are none such.
_Found = tuple[str, Located]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told around an event: ``previous`` are the places of the event before it in the sentence,
    ``last`` those of the last event of the sentence before; ``used`` are words of sites that others took."""

    previous: Located | None = None
    used: frozenset[int] = frozenset()
    last: Located | None = None


def locate(scene: Scene, sentence: Sentence, event: Event, around: Told) -> Located:
    """The places of an event."""
    return located(weigh(scene, sentence, event, around))


def located(decision: Decision[Located]) -> Located:
    """What a decision says."""
    return decision.chosen.value if decision.chosen is not None else Located((), "none")


def weigh(scene: Scene, sentence: Sentence, event: Event, around: Told) -> Decision[Located]:
    """The candidates for the places of an event, weighed. What stands farther away is only looked at
    where what is nearer tells nothing."""
    meant = asked(event)
    lists = announced(scene, sentence)
    others = {site.first for told in lists for site in told.sites}
    behind = [site for site in _names_behind(scene, event) if site.first not in others]
    candidates: list[tuple[Located, Sequence[Evidence]]] = []
    for found in (
        _behind_it(scene, event, behind, around, lists),
        _before_it(scene, event, around),
        _elsewhere(scene, sentence, event, behind, around),
    ):
        for says, one in found:
            first = one.sites[0] if one.sites else None
            candidates.append((one, rules().evidence(says, scene.scope(meant, first))))
        decision = decide(candidates)
        if decision.chosen is not None:
            break
    return decision


def _behind_it(
    scene: Scene, event: Event, behind: Sequence[Site], around: Told, lists: Sequence[Announced]
) -> Iterator[_Found]:
    """What its clause tells behind an event, or of what suffered it."""
    chosen = scene.listed(behind, _aimed_from(scene, event) > event.search)
    if _clause_abroad(scene, event, chosen):
        yield "foreign", Located((), "abroad")
    subject, which = _suffering(scene, event)
    if subject:
        yield "suffering", Located(subject, "before")
    chosen = (*which, *chosen)
    stop = chosen[0].first if chosen else event.right
    noun = meant_by_noun(scene, event.search, min(event.right, stop))
    if noun:
        more = [s for s in chosen if not any(scene.contains(s, one) for one in noun)]
        yield "noun", Located((*noun, *more) if len(noun) > 1 else noun, "noun")
    if event.pronoun and (place := _by_pronoun(scene, event, around.previous)) is not None:
        yield "pronoun", place
    if own := [site for told in lists if event.left - 1 <= told.noun < event.right for site in told.sites]:
        more = [s for s in chosen if not any(scene.contains(s, one) for one in own)]
        yield "filled", Located((*more, *own), "behind")
    if chosen:
        yield "behind", Located(_with_scene(scene, event, chosen, behind), "behind")
    if between := scene.listed(scene.within(event.first, event.search)):
        yield "between", Located(between, "behind")


def _before_it(scene: Scene, event: Event, around: Told) -> Iterator[_Found]:
    """What its clause tells before the event; or that it was in a town without a name."""
    before = [s for s in scene.within(event.left, event.first) if s.first not in around.used]
    if before := _not_of_source(scene, before):
        yield "before", Located(scene.listed(before), "before")
    if noun := meant_by_noun(scene, event.left, event.first):
        yield "noun_before", Located(noun, "noun")
    if _somewhere(scene.words, event):
        yield "somewhere", Located((), "none")


def _elsewhere(
    scene: Scene, sentence: Sentence, event: Event, behind: Sequence[Site], around: Told
) -> Iterator[_Found]:
    """What is told elsewhere of where an event without a place may have been."""
    words, previous, last = scene.words, around.previous, around.last
    if whence := [s for s in behind if scene.tells(s, "side")]:
        yield "only_side", Located(tuple(whence[:1]), "behind")
    if previous is not None and previous.sites and not in_a_part_of_syria(words, event):
        back = previous.rule == "recalled" and words.words[event.left] not in _AMID
        yield "inherited", Located(previous.sites, "recalled" if back else "inherited")
    if is_abroad(scene, event, sentence.first, event.first):
        yield "sentence_foreign", Located((), "abroad")
    opening = [s for s in scene.within(sentence.first, event.left) if s.first not in around.used]
    opening = _not_of_source(scene, opening)
    if opening and _sets_scene(words, sentence, event, opening):
        yield "scene", Located(scene.listed(opening), "scene")
    if last is not None and 0 < len(last.sites) <= _FEW:
        if _comes_back(words, event) or _leaves(event) or _beats_off(event):
            yield "recalled", Located(last.sites, "recalled")
        if _is_added(scene, sentence):
            yield "added", Located(last.sites, "inherited")
    if goes_on_abroad(scene, event):
        yield "story_foreign", Located((), "abroad")


def _names_behind(scene: Scene, event: Event) -> list[Site]:
    """The sites behind a trigger that may be its places."""
    words = scene.words
    far = _FAR_BETWEEN if words.tag(event.last, "between") or event.event_type == "clash" else _FAR
    sites = scene.within(_aimed_from(scene, event), event.right)
    meant = asked(event)
    return [
        s
        for s in sites
        if s.first - event.search <= far and rules().first("not_there", scene.scope(meant, s)) is None
    ]


def _not_of_source(scene: Scene, sites: Sequence[Site]) -> list[Site]:
    """The sites that do not only tell where a source sits."""
    return [s for s in sites if not scene.tells(s, "of_source")]


def _clause_abroad(scene: Scene, event: Event, chosen: Sequence[Site]) -> bool:
    """Whether the clause of an event puts it outside Syria; ``chosen`` are the Syrian places in it."""
    if not chosen and is_abroad(scene, event, event.left, event.right):
        return True
    if chosen and town_abroad(scene, event.search, chosen[0].first):
        return True
    return taken_abroad(scene, event)


def _suffering(scene: Scene, event: Event) -> tuple[tuple[Site, ...], tuple[Site, ...]]:
    """The places that "came under" the event before it, where they are its subject; and the one that a
    relative before ties to it."""
    words = scene.words
    at = next((at + 1 for at in range(event.left, event.first) if suffers(words, at)), None)
    if at is None:
        return (), ()
    if subject := scene.listed(scene.within(at, event.first)):
        return subject, ()
    if words.tag(event.left, "relative"):
        which = antecedent(scene, event.left)
        return (), (which,) if which is not None else ()
    which = antecedent(scene, at - 2) if words.tag_before(at, "relative", by=2) else None
    return (which,) if which is not None else (), ()


def _by_pronoun(scene: Scene, event: Event, previous: Located | None) -> Located | None:
    """The place that "it" behind a trigger means; none where that is a town the text does not name."""
    if _unnamed(scene, event):
        return Located((), "none")
    tied = meant_by_which(scene, event.trigger.first)
    if tied is None and previous is not None and previous.sites:
        return Located(previous.sites, "noun")
    place = tied or meant_by_it(scene, event.first)
    return Located((place,), "noun") if place is not None else None


def _with_scene(
    scene: Scene, event: Event, chosen: tuple[Site, ...], behind: Sequence[Site]
) -> tuple[Site, ...]:
    """The places of a clash with the one told behind its sides: "clashes in the countryside of A, between B
    and C, around the village of D"; the areas it lies in are left out then."""
    between = scene.words.where(event.first, event.right, "between")
    if event.event_type != "clash" or not between or chosen[-1].first > between[0]:
        return chosen
    later = scene.listed([s for s in behind if s.first > between[0]])
    if not later:
        return chosen
    return (*(s for s in chosen if not any(scene.contains(s, one) for one in later)), *later)


def _sets_scene(words: Words, sentence: Sentence, event: Event, opening: Sequence[Site]) -> bool:
    """Whether the places that open a sentence tell where all of it happened: "In the province of Aleppo, …",
    "…, where"; not where a source is from."""
    if event.left - opening[-1].last <= _SCENE_GAP or words.words[event.left] in WHERE:
        return True
    if words.tag(event.left, "outcome") or any(suffers(words, at) for at in range(event.left, event.first)):
        return True  # "…, which led to", "the villages of …, held by …, came under"
    first = opening[0].first
    head = words.words[sentence.first : first]
    return first - sentence.first <= _SCENE_HEAD and any(w in _IN or in_countryside(w) for w in head)


def _aimed_from(scene: Scene, event: Event) -> int:
    """The word behind which the places of an event stand: not where fire came from, told first, as in
    "shelling from the camp of A on B" and "shelled from the town of A the village of B"."""
    words, begin = scene.words, event.search
    source = _source(words, event) if event.event_type in _FIRED else None
    if source is None:
        return begin
    sites = scene.within(source, event.right)
    if not sites or not _leads_to(words, source, sites[0].first):
        return begin
    for one, other in pairwise(sites):
        if other.first - one.last > LIST_GAP:
            break
        if words.among(one.last, other.first, _ONTO) or words.has(one.last, other.first, "event", "carrier"):
            return one.last
    if event.trigger.entry.form == "noun" or len(sites) == 1 or sites[1].first - sites[0].last != 1:
        return begin
    return sites[0].last if words.tag(sites[0].last, "ground") else begin


def _source(words: Words, event: Event) -> int | None:
    """Where "from" stands behind a trigger and tells where fire came from."""
    stop = min(event.right, event.last + _FIRED_WITHIN)
    at = next((at for at in range(event.search, stop) if words.words[at] in FROM or words.breaks[at]), stop)
    if at >= stop or words.breaks[at] or words.tag_before(at, "part_of", "bound", "number"):
        return None
    return at


def _leads_to(words: Words, at: int, first: int) -> bool:
    """Whether only words that say what a place is stand between a preposition and its name."""
    return first - at <= _WHENCE_GAP and not any(
        words.breaks[n] or words.words[n] in _IN or words.tag(n, "event") for n in range(at + 1, first)
    )


def _comes_back(words: Words, event: Event) -> bool:
    """Whether "the shelling", "the clashes" may come back to the places told before; of "the attack" only
    where somebody owns up to it or confirms it. Shells and rockets are always others."""
    if event.rule == "confirmed":
        return True
    if "projectile" in event.trigger.entry.flags:
        return False
    if not event.trigger.definite or "assault" not in event.trigger.entry.flags:
        return event.trigger.definite
    owned = words.has(event.left, event.first, "responsible")
    return owned and not words.has(event.left, event.first, "negation")


def _leaves(event: Event) -> bool:
    return event.event_type == "withdrawal" and event.trigger.entry.form != "noun"


def _beats_off(event: Event) -> bool:
    verb = event.trigger.entry.form != "noun" and event.trigger.prefix in ("", *JOINED)
    return event.rule == "repelled" and verb


def _is_added(scene: Scene, sentence: Sentence) -> bool:
    """Whether a sentence goes on about what was told before it, and names no place: "and added that"."""
    verb = scene.words.tag(sentence.first, "say")
    if verb is None or "again" not in verb.entry.flags:
        return False
    return not scene.within(sentence.first, sentence.last)


def _unnamed(scene: Scene, event: Event) -> bool:
    """Whether "it" is a town that the text does not name: "around a strategic town that the army took"."""
    words = scene.words
    for at in words.backwards(event.first, _UNNAMED_REACH):
        ground = words.tag(at, "ground")
        if ground is not None:
            told = scene.within(ground.last, event.first) or words.before(at) in _IT_IS
            return not (ground.definite or ground.suffix or told or words.breaks[at])
    return False


def _somewhere(words: Words, event: Event) -> bool:
    """Whether it happened in a place that is not named: "raids around a strategic town"."""
    for at in words.where(event.search, event.right, "ground"):
        ground = words.tag(at, "ground")
        if ground is None or ground.definite or ground.suffix or "town" not in ground.entry.code.split():
            continue
        if words.tag_before(at, "near") or words.before(at) in _IN or ground.prefix.endswith(BY):
            return True
    return False
