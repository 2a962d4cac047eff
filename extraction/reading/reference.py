"""What stands for a place told before: "the town", "the two villages", "the same region", "it", "which"."""

from typing import Final

from extraction.lexicon.clitics import AND, DEFINITE, TWO
from extraction.lexicon.particles import WHICH, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.phrases.places import LIST_GAP, Scene, Site

_MEMORY: Final = 120  # words after which "the town" no longer means the one named last
_NEARBY: Final = 25  # the same of "the region"
_VAGUE_KINDS: Final = 2  # a noun that may stand for more kinds of place says little
_SIDE_BY_SIDE: Final = 4  # words between two places called by the same noun in one breath
_NOUN_REACH: Final = 16  # words from a trigger to "the town" that it happened in
_VAGUE_REACH: Final = 12  # the same to "the region"
_PRONOUN_REACH: Final = 40  # words back to the town that "it" means
_WHICH_REACH: Final = 8  # words from "which" to what was done with it
_THE_SAME: Final = particles("the_same")
_THE_MOST: Final = particles("the_most")
_TOWNS: Final = frozenset(
    {"city", "town", "village", "neighbourhood", "camp", "base", "airport", "hill", "landmark", "crossing"}
)


def meant_by_noun(scene: Scene, first: int, last: int) -> tuple[Site, ...]:
    """What the first definite noun among some words means that stands for a place or for two."""
    for at in scene.words.where(first, min(last, first + _NOUN_REACH), "ground"):
        site = stands_for(scene, at)
        if site is not None and (at < first + _VAGUE_REACH or not _is_vague(scene, at)):
            return (site,)
        if both := _pair(scene, at):
            return both
    return ()


def stands_for(scene: Scene, at: int) -> Site | None:
    """The place that a definite noun (المدينة) at a word stands for: the last of its kind before."""
    words, ground = scene.words, scene.words.tag(at, "ground")
    if ground is None or ground.suffix or not ground.definite:
        return None
    if scene.within(ground.last, ground.last + 2) or words.words[ground.last] in _THE_MOST:
        return None
    if words.words[ground.last] in _THE_SAME:
        near = scene.within(at - _MEMORY, at)
        return near[-1] if near else None  # "in the same region"
    called = _called(scene, ground, at)
    if called is None and _is_vague(scene, at) and not scene.within(at - _NEARBY, at):
        return None  # "the region" is any, unless one was named just before
    meant = called or _last_named(scene, at, frozenset(ground.entry.code.split()))
    return None if meant is None or _abroad_since(scene, meant.last, at) else meant


def _abroad_since(scene: Scene, first: int, last: int) -> bool:
    """Whether a town outside Syria was named so among the words: "the town of Suruc … in the town"."""
    words = scene.words
    return any(
        words.tag_before(at, "ground") and not words.tag_before(at, "near", "reference", by=2)
        for at in words.where(first, last, "abroad")
    )


def _pair(scene: Scene, at: int) -> tuple[Site, ...]:
    """The two places that a definite dual (البلدتين) stands for: the last two named side by side, else
    the last two called by that noun in one breath: "advanced on village A and entered village B"."""
    ground = scene.words.tag(at, "ground")
    dual = ground is not None and ground.suffix in TWO and ground.prefix.endswith(DEFINITE)
    if not dual or ground is None or scene.within(ground.last, ground.last + 2):
        return ()
    kinds = frozenset(ground.entry.code.split())
    sites = [s for s in scene.within(at - _MEMORY, at) if s.mention.kind in kinds]
    for one, other in zip(reversed(sites[:-1]), reversed(sites[1:]), strict=True):
        if other.first - one.last <= 1 and scene.link(one, other) == "list":
            return (one, other)
    nouns = (scene.words.tag_before(site.first, "ground") for site in sites)
    called = [s for s, noun in zip(sites, nouns, strict=True) if noun and noun.entry == ground.entry]
    near = len(called) > 1 and called[-1].first - called[-2].last <= _SIDE_BY_SIDE
    return tuple(called[-2:]) if near else ()


def _is_vague(scene: Scene, at: int) -> bool:
    """Whether a noun at a word may stand for so many kinds of place that it says little: "the region"."""
    ground = scene.words.tag(at, "ground")
    return ground is not None and len(ground.entry.code.split()) > _VAGUE_KINDS


def _called(scene: Scene, ground: Tag, before: int) -> Site | None:
    """The last place that was called by this very noun, if none of the noun's chief kind came after it:
    المدينة is مدينة الزبداني, though smaller towns stand between."""
    chief = ground.entry.code.split()[0]
    for site in reversed(scene.within(before - _MEMORY, before)):
        if site.last > before or scene.tells(site, "origin", "lies", "road"):
            continue
        noun = scene.words.tag_before(site.first, "ground")
        if noun is not None and noun.entry == ground.entry:
            return site
        if site.mention.kind == chief and not scene.tells(site, "where", "side"):
            return None
    return None


def _last_named(scene: Scene, before: int, kinds: frozenset[str]) -> Site | None:
    """The last place of one of the kinds named before a word, and not long before."""
    for site in reversed(scene.within(before - _MEMORY, before)):
        fits = site.mention.kind in kinds or (not site.mention.kind and "town" in kinds)
        if fits and site.last <= before and not scene.tells(site, "origin", "road", "where", "lies", "side"):
            return site
    return None


def meant_by_it(scene: Scene, at: int) -> Site | None:
    """The town that "it" at a word means, unless it was named long before."""
    town = _last_named(scene, at, _TOWNS)
    return town if town is not None and at - town.last <= _PRONOUN_REACH else None


def meant_by_which(scene: Scene, first: int) -> Site | None:
    """The place that a relative before a verb ties it to: "Fuaa in Idlib, which the group besieges", "the
    town of X, which the army announced the taking of"."""
    words = scene.words
    for at in words.backwards(first, _WHICH_REACH - 1):
        if words.words[at].removeprefix(AND) in WHICH:
            return antecedent(scene, at) if at == first - 1 or _one_of_its_own(scene, at) else None
        if words.breaks[at + 1] or words.tag(at, "event"):
            return None
    return None


def antecedent(scene: Scene, word: int) -> Site | None:
    """The place that a relative at a word ties to: the one that ends there, or the one it lies in when
    that only tells where: "the town of Zabadani in the Damascus countryside, which"."""
    found = scene.ending_at(word)
    before = scene.within(scene.words.back(found.first, 5), found.first) if found is not None else ()
    if found is None or not before:
        return found
    link = scene.link(before[-1], found)
    lies = link == "in" or (link == "beside" and scene.contains(found, before[-1]))
    return before[-1] if lies else found


def _one_of_its_own(scene: Scene, at: int) -> bool:
    """Whether the name that ends at a word is no last one of a list: "A and the town of B, which"."""
    found = scene.ending_at(at)
    if found is None:
        return False
    alone = not scene.within(scene.words.back(found.first, LIST_GAP), found.first)
    return alone or scene.words.tag_before(found.first, "ground") is not None
