"""Where: which of the place names around an event are its places.

The names behind the trigger come first, as a list; a name that only contains another (مارع بريف حلب) or
says where it lies (قرب مطار …) is none. "The town" and "on it" stand for a place named before.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from extraction.lexicon.clitics import AND, BY, DEFINITE, FOR, JOINED, PRONOUNS, THE, TWO
from extraction.lexicon.particles import (
    BETWEEN,
    FROM,
    IN,
    THAT,
    THAT_THEY,
    TO,
    TOWARDS,
    WHERE,
    WHICH,
    particles,
)
from extraction.lexicon.vocabulary import Tag
from extraction.reading.clause import Event, suffers
from extraction.records import Mention
from extraction.words.sentence import Sentence, Words
from gazetteer.index import words as toponym_words
from gazetteer.place import AREA_KINDS, distance_km
from gazetteer.sources import Gazetteer

_SAYS: Final = THAT | THAT_THEY
_LIST_GAP: Final = 9  # words between two names of one list: generic nouns and adjectives
_MEMORY: Final = 120  # words after which "the town" no longer means the one named last
_FEW: Final = 3  # places that a later sentence may come back to without naming them
_NOUN_REACH: Final = 16  # words from a trigger to "the town" that it happened in
_VAGUE_REACH: Final = 12  # the same to "the region"
_SHORT_GAP: Final = 4
_FAR: Final = 28  # words from a trigger to its first place
_FAR_BETWEEN: Final = 70  # the same where both sides with all their allies are told first
_VAGUE_KINDS: Final = 2  # a noun that may stand for more kinds of place says little
_NEARBY: Final = 25
_SOURCE_NAME: Final = 16  # words from "said" to where the source sits: its office, name and visit
_THE_SAME: Final = particles("the_same")
_PRONOUN_REACH: Final = 40  # words back to the town that "it" means
_STORY: Final = 40  # words over which an event without a place is where the story is
_SCENE_GAP: Final = 2  # words between the places that set a scene and what happened there
_SCENE_HEAD: Final = 5  # words of a sentence among which its scene is set
_IN: Final = particles("in", "and_in", "on", "and_on", "inside")
_ONTO: Final = particles("on", "towards")
_OR: Final = particles("or", "then")
_LIST_WORDS: Final = particles("then", "amid")
_LIES_IN: Final = particles("in", "within", "from")
_INSIDE: Final = particles("in", "within", "inside")
_WHERE_ABROAD: Final = particles("in", "inside", "near")
_AMID: Final = particles("amid")
_INCLUDING: Final = particles("by_what")
_ROAD: Final = particles("the_road")
_THE_MOST: Final = particles("the_most")
_IT_IS: Final = particles("it_is")
_FIRED: Final = frozenset({"shelling", "airstrike", "other_attack"})
_FIRED_WITHIN: Final = 6  # words from "shelling" to its "from": the guns stand between
_WHICH_REACH: Final = 8  # words from "which" to what was done with it
_PROVINCES: Final = frozenset({"governorate", "city"})
_CONTAINER_SLACK_KM: Final = 10.0


@dataclass(frozen=True, slots=True)
class Site:
    """A mention as words ``first`` to ``last`` of the text."""

    first: int
    last: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Located:
    """The sites of an event and how they were found: behind, before, noun, scene,
    inherited from the event before, recalled from the sentence before, abroad where
    the text names a place outside Syria, or none."""

    sites: tuple[Site, ...]
    rule: Literal["behind", "before", "noun", "scene", "inherited", "recalled", "abroad", "none"]


class Scene:
    """The places of a text, in order, for questions about what stands around a word."""

    def __init__(self, words: Words, sites: Sequence[Site], gazetteer: Gazetteer) -> None:
        """Sites must be in order of their first word."""
        self.words, self.sites, self.gazetteer = words, tuple(sites), gazetteer
        self._firsts = [site.first for site in self.sites]
        self._by_last = {site.last: site for site in self.sites}

    def within(self, first: int, last: int) -> list[Site]:
        """The sites that begin among words ``first`` to ``last``."""
        return list(self.sites[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)])

    def ending_at(self, word: int) -> list[Site]:
        """The site whose name ends right before a word, if any."""
        site = self._by_last.get(word)
        return [site] if site is not None else []

    def antecedent(self, word: int) -> list[Site]:
        """The place that a relative at a word ties to: the one that ends there, or the one it lies in when
        that only tells where: "the town of Zabadani in the Damascus countryside, which"."""
        found = self.ending_at(word)
        if not found:
            return found
        before = self.within(self.words.back(found[0].first, _SHORT_GAP + 1), found[0].first)
        link = self._link(before[-1], found[0]) if before else "end"
        if link == "in" or (link == "skip" and self.contains(found[0], before[-1])):
            return before[-1:]
        return found

    def contains(self, outer: Site, inner: Site) -> bool:
        """Whether one place is an area that the other lies in, as far as the gazetteer knows."""
        a, b = outer.mention, inner.mention
        if not a.place_id or a.place_id == b.place_id:
            return a.place_id != "" and a.kind in AREA_KINDS
        if not b.place_id:
            return a.kind in AREA_KINDS or a.kind == "city"
        if any(up.id == a.place_id for up in self.gazetteer.ancestors(b.place_id)):
            return True
        if a.kind not in AREA_KINDS and (a.kind != "city" or b.kind in ("city", "town")):
            return False
        if b.kind in AREA_KINDS:
            return a.kind == "governorate" and b.admin1 == a.admin1
        area, place = self.gazetteer.places[a.place_id], self.gazetteer.places[b.place_id]
        return distance_km(area, place) <= area.radius_km + _CONTAINER_SLACK_KM

    def list_from(self, candidates: Sequence[Site], aimed: bool = False) -> tuple[Site, ...]:
        """The first list of places among candidates in order: containers and points of reference left out.

        ``aimed`` tells that the first is where fire went, though "towards" stands before it.
        """
        chosen: list[Site] = []
        previous: Site | None = None
        aside = beside = around = False
        for site in candidates:
            if previous is None:
                aside = not aimed and self._is_reference(site)
                if not aside:
                    chosen.append(site)
                previous = site
                continue
            link = self._link(previous, site)
            if link == "end":
                break
            within = link == "in" and (
                self._rural(previous, site) or self._is_province(site) or self.contains(site, previous)
            )
            joined = link == "list" and site.first == previous.last
            if joined and (beside or (around and site.mention.kind in _PROVINCES)):
                previous = site
                continue  # "next to the villages of A and B", "in the countryside of X and Y"
            beside = link == "skip" and not self.contains(site, previous)
            paired = link == "list" and self.words.among(
                self.words.back(previous.first, 3), previous.first, BETWEEN
            )
            if aside and (within or paired or (link == "list" and site.first - previous.last <= 1)):
                previous = site
                continue  # "to rebuild Kobani or Ain al-Arab", "to relieve Zabadani in the countryside of"
            holds = (
                within or site.mention.kind == "governorate" or any(self.contains(site, c) for c in chosen)
            )
            around = link == "in" and holds
            if link == "list" and chosen == [previous] and self._holds(previous, site):
                chosen.clear()
            wanted = link == "list" or (link == "in" and not holds)
            wanted = wanted or (aside and not chosen and self._is_object(previous, site))
            aside = self._is_reference(site)
            if wanted and not aside:
                chosen.append(site)
            previous = site
        ids = [site.mention.place_id for site in chosen]
        return tuple(s for n, s in enumerate(chosen) if not ids[n] or ids[n] not in ids[:n])

    def _is_object(self, one: Site, other: Site) -> bool:
        """Whether a noun of place alone leads from a place told aside to what was hit: "the guns on Mount
        Qasioun shelled the quarter of"."""
        gap = range(one.last, other.first)
        return (
            len(gap) == 1
            and self.words.tag(one.last, "ground") is not None
            and not self.words.breaks[one.last]
        )

    def _is_province(self, site: Site) -> bool:
        """Whether a place that others are told to lie in is an area, or the capital that stands for its
        governorate: "the towns of Nubl and Zahraa in Aleppo"."""
        mention = site.mention
        if mention.kind in AREA_KINDS or mention.kind != "city":
            return mention.kind in AREA_KINDS
        above = self.gazetteer.ancestors(mention.place_id)
        return any(up.kind == "governorate" and up.name_ar == mention.name_ar for up in above)

    def _holds(self, one: Site, other: Site) -> bool:
        """Whether a place told first only contains what was hit: "the factions in Aleppo shelled, …, posts in
        Nubl", "in Aleppo, among them Nubl"."""
        at = next((at for at in range(one.last, other.first) if self.words.breaks[at]), None)
        if at is None or self.words.words[at].startswith(AND):
            return False
        province = self._is_province(one) and one.mention.admin1 == other.mention.admin1
        return self.words.before(one.first) in _IN and (province or self.contains(one, other))

    def _rural(self, one: Site, other: Site) -> bool:
        """Whether a place is told to lie in the countryside of the next: "Tabqa, in the western Reef of"."""
        gap = self.words.words[one.last : other.first]
        return any(word.removeprefix(BY).removeprefix(THE) in toponym_words().countryside for word in gap)

    def _link(self, one: Site, other: Site) -> Literal["list", "in", "skip", "end"]:
        """How two neighbouring names hang together."""
        words = self.words
        gap = range(one.last, other.first)
        glued = words.words[other.first]
        text = words.normalised.text
        name_start = words.spans[other.first][0]
        prefix = _clinging(text, name_start, other.mention, words, other.first)
        if (
            len(gap) > _LIST_GAP
            or words.among(one.last, other.first, _ROAD)
            or any(words.tag(at, "event", "carrier", "say", "deny", "kill") for at in gap)
        ):
            return "end"
        if any(words.breaks[at] and _opens_clause(words, at) for at in gap):
            return "end"
        if words.before(other.first) in TO and words.has(one.last, other.first, "break"):
            return "end"  # "…, and reached as far as"
        first_word = words.words[one.last] if gap else glued
        joined = (gap and (first_word.startswith(AND) or first_word in _OR)) or (
            not gap and prefix.startswith(JOINED)
        )
        if not joined and len(gap) <= _SHORT_GAP:  # "in eastern Idlib and the town of"
            heads = (words.tag(at, "ground", "part_of") for at in gap)
            joined = any(head is not None and head.prefix.startswith(AND) for head in heads)
        if words.breaks[one.last] or joined or any(words.breaks[at] for at in gap):
            inside = prefix.endswith(BY) or any(
                words.words[at] in _LIES_IN or _in_countryside(words.words[at]) for at in gap
            )
            other_parts = any(words.tag(at, "other_parts") for at in gap)
            if inside and not other_parts and self.contains(other, one):
                return "skip"
            return "list"
        if words.among(one.last, other.first, _INCLUDING):
            return "list"  # "the province, including (بما فيها) the town of"
        if words.has(one.last, other.first, "held"):
            return "skip"  # "lying in the countryside of the capital Damascus"
        if prefix.endswith(BY) or any(
            words.words[at] in _INSIDE or words.words[at].startswith(BY) for at in gap
        ):
            return "in"
        if any(words.tag(at, "reference") for at in gap):
            return "skip"
        return "list" if not gap else "skip"

    def _is_reference(self, site: Site) -> bool:
        """Whether a name only says where something else lies, or where people or fire come from."""
        for at in self.words.where(self.words.back(site.first, 9), site.first, "fired_from"):
            onto = self.words.among(at, site.first, _ONTO)
            if not onto and not self.words.has(at + 2, site.first + 1, "break"):
                return True
        return self._is_origin(site) or self._tells_where(site)

    def _is_origin(self, site: Site) -> bool:
        """Whether a name only says where people come from, or for whose sake something is done."""
        return self.words.has(self.words.back(site.first, 4), site.first, "origin")

    def _tells_where(self, site: Site) -> bool:
        """Whether a name only says where something else lies: "Zabadani, north-west of Damascus"."""
        if self._measured_from(site.first) or self._fires_from(site.first):
            return True
        if self._lies_in(site):
            return True
        for at in self.words.where(self.words.back(site.first, 3), site.first, "reference"):
            tag = self.words.tag(at, "reference")
            if tag is not None and tag.last >= site.first - 1 and not self.words.tag(at, "near"):
                return "from" in tag.entry.flags or not self._stands_alone(at)
        return False

    def is_whence(self, site: Site) -> bool:
        """Whether a name only tells from which side an attack came: "from the side of the village of"."""
        near = self.words.where(self.words.back(site.first, 3), site.first, "reference")
        before = (self.words.tag(at, "reference") for at in near)
        return any(tag is not None and "from" in tag.entry.flags for tag in before)

    def _lies_in(self, site: Site) -> bool:
        """Whether the place before a name is told to lie in or by it: "Zabadani, lying west of Damascus"."""
        before = self.within(self.words.back(site.first, _LIST_GAP), site.first)
        if not before or not self.words.tag(before[-1].last, "held", "belongs"):
            return False
        return not self.words.has(before[-1].last + 1, site.first + 1, "break")

    def _fires_from(self, at: int) -> bool:
        """Whether guns stand at a place: "the launchers that are stationed on Qasioun shelled"."""
        for n in self.words.where(self.words.back(at, 4), at, "stationed"):
            if self.words.has(self.words.back(n, 3), n, "weapon"):
                return True
        return False

    def _measured_from(self, at: int) -> bool:
        """Whether a distance is told from a place: "lies ten kilometres from", "45 km north-west of"."""
        found = self.words.where(self.words.back(at, 9), at, "distance")
        return len(found) >= 2 and not self.words.has(found[0], at, "break")

    def _of_road(self, site: Site) -> bool:
        """Whether a name is that of a road, to which nobody comes back: "on the Serghaya road"."""
        return self.words.tag_before(site.first, "road") is not None

    def _stands_alone(self, at: int) -> bool:
        """A compass word or "near" that nothing before it claims: the event itself is there."""
        return at not in self._by_last and at - 1 not in self._by_last

    def stands_for(self, at: int, before: int) -> Site | None:
        """The place that a definite noun (المدينة) at a word stands for: the last of its kind before."""
        ground = self.words.tag(at, "ground")
        if ground is None or ground.suffix or not ground.definite:
            return None
        if self.within(ground.last, ground.last + 2) or self.words.words[ground.last] in _THE_MOST:
            return None
        called = self._called(ground, before)
        if self.words.words[ground.last] in _THE_SAME:
            near = self.within(before - _MEMORY, before)
            return near[-1] if near else None  # "in the same region"
        if self.is_vague(at) and called is None and not self.within(before - _NEARBY, before):
            return None  # "the region" is any, unless one was named just before
        meant = called or self.last_named(before, frozenset(ground.entry.code.split()))
        return None if meant is not None and self._abroad_since(meant.last, at) else meant

    def _abroad_since(self, first: int, last: int) -> bool:
        """Whether a town outside Syria was named so among the words: "the town of Suruc … in the town"."""
        towns = (at for at in self.words.where(first, last, "abroad") if not self.within(at, at + 1))
        return any(
            self.words.tag_before(at, "ground") and not self.words.tag_before(at, "near", "reference", by=2)
            for at in towns
        )

    def pair(self, at: int) -> tuple[Site, ...]:
        """The two places that a definite dual (البلدتين) stands for: the last two named side by side, else
        the last two called by that noun in one breath: "advanced on village A and entered village B"."""
        ground = self.words.tag(at, "ground")
        dual = ground is not None and ground.suffix in TWO and ground.prefix.endswith(DEFINITE)
        if not dual or ground is None or self.within(ground.last, ground.last + 2):
            return ()
        kinds = frozenset(ground.entry.code.split())
        sites = [s for s in self.within(at - _MEMORY, at) if s.mention.kind in kinds]
        for one, other in zip(reversed(sites[:-1]), reversed(sites[1:]), strict=True):
            if other.first - one.last <= 1 and self._link(one, other) == "list":
                return (one, other)
        called = [
            s for s in sites if (t := self.words.tag_before(s.first, "ground")) and t.entry == ground.entry
        ]
        near = len(called) > 1 and called[-1].first - called[-2].last <= _SHORT_GAP
        return tuple(called[-2:]) if near else ()

    def is_vague(self, at: int) -> bool:
        """Whether a noun at a word may stand for so many kinds of place that it says little: "the region"."""
        ground = self.words.tag(at, "ground")
        return ground is not None and len(ground.entry.code.split()) > _VAGUE_KINDS

    def _called(self, ground: Tag, before: int) -> Site | None:
        """The last place that was called by this very noun, if none of the noun's chief kind came after it:
        المدينة is مدينة الزبداني, though smaller towns stand between."""
        chief = ground.entry.code.split()[0]
        for site in reversed(self.within(before - _MEMORY, before)):
            if site.last > before or self._is_origin(site) or self._lies_in(site) or self._of_road(site):
                continue
            noun = self.words.tag_before(site.first, "ground")
            if noun is not None and noun.entry == ground.entry:
                return site
            if site.mention.kind == chief and not self._tells_where(site):
                return None
        return None

    def last_named(self, before: int, kinds: frozenset[str]) -> Site | None:
        """The last place of one of the kinds named before a word, and not long before."""
        for site in reversed(self.within(before - _MEMORY, before)):
            fits = site.mention.kind in kinds or (not site.mention.kind and "town" in kinds)
            aside = self._is_origin(site) or self._of_road(site) or self._tells_where(site)
            if fits and site.last <= before and not aside:
                return site
        return None


def _in_countryside(word: str) -> bool:
    """Whether a word puts a place into the countryside of another: بريف."""
    return word.startswith(BY) and word[1:] in toponym_words().countryside


def _opens_clause(words: Words, at: int) -> bool:
    """Whether a connector begins a clause at a word; "then" and "amid" also stand in lists of places."""
    return words.tag(at, "connector") is not None and words.words[at] not in _LIST_WORDS


def _clinging(text: str, word_start: int, mention: Mention, words: Words, at: int) -> str:
    """The letters written together with a name, before it."""
    name_first = words.normalised.span(word_start, word_start + 1)[0]
    length = mention.start - name_first
    return text[word_start : word_start + length] if length > 0 else ""


_TOWNS: Final = frozenset(
    {"city", "town", "village", "neighbourhood", "camp", "base", "airport", "hill", "landmark", "crossing"}
)


def locate(
    scene: Scene,
    sentence: Sentence,
    event: Event,
    previous: Located | None,
    used: frozenset[int],
    last: Located | None,
) -> Located:
    """The places of an event: those behind it, else those before it in its clause, else those told around it.

    ``previous`` are those of the event before it in the sentence, ``last`` those of the last event of the
    sentence before; ``used`` holds the words of sites that other events of the sentence took.
    """
    behind = _behind(scene, event)
    return (
        _in_object(scene, event, behind, previous)
        or _in_subject(scene, event, previous, used)
        or _around(scene, sentence, event, behind, previous, used, last)
    )


def _behind(scene: Scene, event: Event) -> list[Site]:
    """The sites behind a trigger that may be its places."""
    words = scene.words
    far = _FAR_BETWEEN if words.tag(event.last, "between") or event.event_type == "clash" else _FAR
    sites = scene.within(_aimed_from(scene, event), event.right)
    sites = [s for s in sites if s.first - event.search <= far]
    if event.event_type == "withdrawal":
        return [s for s in sites if not _is_destination(words, event.last, s)]
    if event.event_type in ("shelling", "other_attack"):
        return [s for s in sites if not _is_own_post(words, s) and not _fired_from(words, event, s)]
    return sites


def _in_object(
    scene: Scene, event: Event, behind: Sequence[Site], previous: Located | None
) -> Located | None:
    """What was hit, taken or left: the names behind a trigger, the noun or pronoun that stands for one, or
    what "came under" it."""
    chosen = scene.list_from(behind, _aimed_from(scene, event) > event.search)
    if _is_abroad(scene, event, chosen):
        return Located((), "abroad")
    suffering = _suffering(scene, event)
    if suffering is not None:
        subject = scene.list_from(scene.within(suffering, event.first))
        if subject:
            return Located(subject, "before")
        if scene.words.tag(event.left, "relative"):
            chosen = (*scene.antecedent(event.left), *chosen)
        elif scene.words.tag_before(suffering, "relative", by=2) and (
            which := scene.antecedent(suffering - 2)
        ):
            return Located(tuple(which), "before")
    noun = _noun(scene, event.search, event.right, chosen)
    if noun:
        more = [s for s in chosen if not any(scene.contains(s, one) for one in noun)]
        return Located((*noun, *more) if len(noun) > 1 else noun, "noun")
    named = chosen and (_has_object(scene.words, event) or _among_them(scene.words, chosen[0]))
    meant = _by_pronoun(scene, event, previous) if event.pronoun and not named else None
    if meant is not None:
        return meant
    if chosen:
        return Located(_with_scene(scene, event, chosen, behind), "behind")
    if event.rule == "repelled" and (between := scene.list_from(scene.within(event.first, event.search))):
        return Located(between, "behind")  # "stood up in A to an attempt of"
    return None


def _is_abroad(scene: Scene, event: Event, chosen: Sequence[Site]) -> bool:
    """Whether the clause of an event puts it outside Syria; ``chosen`` are the Syrian places in it."""
    if not chosen and _abroad(scene, event, event.left, event.right):
        return True
    if chosen and _abroad_town(scene, event.search, chosen[0].first):
        return True
    taken = event.event_type in ("control_change", "advance") and event.trigger.entry.form == "noun"
    named = scene.words.tag(event.last, "abroad") and not scene.within(event.last, event.last + 1)
    return taken and bool(named)  # "the liberation of Jerusalem"


def _by_pronoun(scene: Scene, event: Event, previous: Located | None) -> Located | None:
    """The place that "it" behind a trigger means; none where that is a town the text does not name."""
    if _unnamed(scene, event):
        return Located((), "none")
    if tied := _which(scene, event):
        return Located(tied, "noun")
    if previous is not None and previous.sites:
        return Located(previous.sites, "noun")
    place = scene.last_named(event.first, _TOWNS)
    near = place is not None and event.first - place.last <= _PRONOUN_REACH
    return Located((place,), "noun") if place is not None and near else None


def _in_subject(scene: Scene, event: Event, previous: Located | None, used: frozenset[int]) -> Located | None:
    """The places before a trigger in its clause: "in A the army took"; none if it was somewhere unnamed."""
    before = [s for s in scene.within(event.left, event.first) if s.first not in used]
    before = [s for s in before if not _of_source(scene.words, event, s.first, s.last)]
    if event.rule == "casualties" and previous is not None:
        # "took the field in the countryside of X and killed"
        before = [s for s in before if not any(scene.contains(s, one) for one in previous.sites)]
    if before:
        return Located(scene.list_from(before), "before")
    if noun := _noun(scene, event.left, event.first, ()):
        return Located(noun, "noun")
    return Located((), "none") if _somewhere(scene.words, event) else None


def _around(
    scene: Scene,
    sentence: Sentence,
    event: Event,
    behind: Sequence[Site],
    previous: Located | None,
    used: frozenset[int],
    last: Located | None,
) -> Located:
    """The places of an event that names none: those of the event before it, the scene that its sentence sets,
    those it comes back to."""
    whence = [s for s in behind if scene.is_whence(s)]
    if whence and event.rule == "failure":
        return Located(tuple(whence[:1]), "behind")  # "failed to break the lines on the side of A"
    if previous is not None and previous.sites and not _in_a_part_of_syria(scene.words, event):
        back = previous.rule == "recalled" and scene.words.words[event.left] not in _AMID
        return Located(previous.sites, "recalled" if back else "inherited")
    if whence:
        return Located(tuple(whence[:1]), "behind")  # all that is told
    if _abroad(scene, event, sentence.first, event.first):
        return Located((), "abroad")
    opening = [s for s in scene.within(sentence.first, event.left) if s.first not in used]
    opening = [s for s in opening if not _of_source(scene.words, event, s.first, s.last)]
    if opening and _sets_scene(scene.words, sentence, event, opening):
        return Located(scene.list_from(opening), "scene")
    few = last is not None and 0 < len(last.sites) <= _FEW
    if last is not None and few and (_comes_back(scene.words, event) or _leaves(event) or _beats_off(event)):
        return Located(last.sites, "recalled")
    if last is not None and few and _is_added(scene, sentence):
        return Located(last.sites, "inherited")
    return Located((), "abroad" if _goes_on_abroad(scene, event) else "none")


def _with_scene(
    scene: Scene, event: Event, chosen: tuple[Site, ...], behind: Sequence[Site]
) -> tuple[Site, ...]:
    """The places of a clash with the one told behind its sides: "clashes in the countryside of A, between B
    and C, around the village of D"; the areas it lies in are left out then."""
    between = scene.words.where(event.first, event.right, "between")
    if event.event_type != "clash" or not between or chosen[-1].first > between[0]:
        return chosen
    later = scene.list_from([s for s in behind if s.first > between[0]])
    if not later or scene.words.before(later[0].first) not in _IN:
        noun = scene.words.tag_before(later[0].first, "ground", "part_of") if later else None
        if noun is None:
            return chosen
    return (*(s for s in chosen if not any(scene.contains(s, one) for one in later)), *later)


def _in_a_part_of_syria(words: Words, event: Event) -> bool:
    """Whether all that is told of where is a part of the country: "areas in the south of Syria"."""
    near = words.where(event.last, min(event.right, event.last + _LIST_GAP), "home")
    return any(words.before(at).removeprefix(BY) in toponym_words().compass for at in near)


def _goes_on_abroad(scene: Scene, event: Event) -> bool:
    """Whether the place named last, not long before the event, lies outside Syria."""
    words = scene.words
    floor = max(0, event.left - _STORY)
    sites = scene.within(floor, event.left)
    begin = sites[-1].last if sites else floor
    home = words.has(begin, event.right, "home")
    return not home and _abroad(scene, event, begin, event.left)


def _abroad(scene: Scene, event: Event, first: int, last: int) -> bool:
    """Whether the words ``first`` to ``last`` tell where outside Syria it happened: "in Suruc", "the town of
    Ersal"; not where a source spoke."""
    words = scene.words
    if any(_in_foreign_town(words, at) for at in words.where(first, last, "ground")):
        return not words.has(first, last, "home")
    for at in words.where(first, last, "home", "abroad"):
        if words.tag(at, "home") and words.before(at) not in FROM:
            return False  # but "opened fire from Syria on a post in"
        tag = words.tag(at, "abroad")
        if tag is None or scene.within(at, at + 1) or _of_source(words, event, at, tag.last):
            continue
        if event.event_type == "withdrawal" and words.among(words.back(at, 3), at, TOWARDS):
            continue  # "withdrew on foot to the town of Arsal"
        before = words.before(at).removeprefix(AND)
        if (
            tag.prefix.endswith(BY)
            or (event.event_type == "explosion" and at == event.trigger.last)  # "the Suruc bombing"
            or before.removeprefix(BY) in toponym_words().compass  # "in the north of Iraq"
            or before in _WHERE_ABROAD
            or (before not in FROM and words.tag_before(at, "ground", "part_of"))
            or (
                before in FROM and words.has(words.back(at, 3), at - 1, "ground", "part_of")
            )  # not "based in (من) Britain"
        ):
            return True
    return False


def _in_foreign_town(words: Words, at: int) -> bool:
    """Whether "in a Turkish town" stands at a noun for a town."""
    ground = words.tag(at, "ground")
    led = words.before(at) in _IN or (ground is not None and ground.prefix.endswith(BY))
    return led and words.words[at + 1] in toponym_words().nationalities


def _of_source(words: Words, event: Event, first: int, last: int) -> bool:
    """Whether the place at words ``first`` to ``last`` only tells where a source sits: "a member of a council
    in Idlib said that"; witnesses tell what happened where they are."""
    floor = first
    while floor and first - floor < _SOURCE_NAME and not words.stops[floor]:
        floor -= 1
    heads = words.where(floor, first, "say")
    if not heads or words.among(heads[-1], first, _SAYS):
        return False
    speakers = (words.tag(at, "claimant") for at in words.where(heads[-1], first, "claimant"))
    if any(speaker is not None and "witness" in speaker.entry.flags for speaker in speakers):
        return False
    return words.among(last, min(last + 6, event.first + 1), _SAYS)


def _sets_scene(words: Words, sentence: Sentence, event: Event, opening: Sequence[Site]) -> bool:
    """Whether the places that open a sentence tell where all of it happened: "In the province of Aleppo, …",
    "…, where"; not where a source is from."""
    if event.left - opening[-1].last <= _SCENE_GAP or words.words[event.left] in WHERE:
        return True
    if words.tag(event.left, "outcome") or any(suffers(words, at) for at in range(event.left, event.first)):
        return True  # "…, which led to", "the villages of …, held by …, came under"
    first = opening[0].first
    head = words.words[sentence.first : first]
    return first - sentence.first <= _SCENE_HEAD and any(
        word in _IN or _in_countryside(word) for word in head
    )


def _one_of_its_own(scene: Scene, at: int) -> bool:
    """Whether the name that ends at a word is no last one of a list: "A and the town of B, which"."""
    found = scene.ending_at(at)
    return bool(found) and (
        scene.words.tag_before(found[0].first, "ground") is not None
        or not scene.within(scene.words.back(found[0].first, _LIST_GAP), found[0].first)
    )


def _aimed_from(scene: Scene, event: Event) -> int:
    """The word behind which the places of an event stand: not where fire came from, told first, as in
    "shelling from the camp of A on B" and "shelled from the town of A the village of B"."""
    words, begin = scene.words, event.search
    if event.event_type not in _FIRED:
        return begin
    stop = min(event.right, event.last + _FIRED_WITHIN)
    source = next((at for at in range(begin, stop) if words.words[at] in FROM or words.breaks[at]), stop)
    if source == stop or words.breaks[source] or words.tag_before(source, "part_of", "bound", "number"):
        return begin
    sites = [s for s in scene.within(source, event.right) if s.first - source <= _LIST_GAP]
    if not sites or not _leads_to(words, source, sites[0].first):
        return begin
    for one, other in pairwise(sites):
        between = range(one.last, other.first)
        if any(words.words[at] in _ONTO or words.tag(at, "event") for at in between):
            return one.last
    if event.trigger.entry.form == "noun" or len(sites) == 1 or sites[1].first - sites[0].last != 1:
        return begin
    return sites[0].last if words.tag(sites[0].last, "ground") else begin


def _leads_to(words: Words, at: int, first: int) -> bool:
    """Whether only words that say what a place is stand between a preposition and its name."""
    return first - at <= _SHORT_GAP and not any(
        words.breaks[n] or words.words[n] in _IN or words.tag(n, "event") for n in range(at + 1, first)
    )


def _abroad_town(scene: Scene, first: int, last: int) -> bool:
    """Whether a town outside Syria is named nearer than the first Syrian place: "in the town of Suruc, which
    lies opposite Kobani"; a town that it came *from* does not count."""
    words = scene.words
    for at in words.where(first, last, "abroad"):
        tag = words.tag(at, "abroad")
        if tag is None or scene.within(at, at + 1):
            continue
        ground = words.tag_before(at, "ground")
        if ground is not None and words.before(at, 2) not in FROM and ground.prefix != FOR:
            return True
    return False


def begun_abroad(scene: Scene, sentence: Sentence, event: Event) -> bool:
    """Whether a sentence tells of a town outside Syria, and of no Syrian place, up to an event: "a bombing in
    the town of Suruc killed 28 and wounded 100 who had gathered for Kobani"."""
    told = scene.words.has(sentence.first, event.first, "event")
    if not told or scene.within(sentence.first, event.first):
        return False
    first, last = sentence.first, event.first
    return _abroad_town(scene, first, last) or _abroad(scene, event, first, last)


def _has_object(words: Words, event: Event) -> bool:
    """Whether a noun's pronoun is its doer, as what it was done to follows: "its targeting of areas in"."""
    if event.trigger.entry.form != "noun":
        return False
    for at in range(event.trigger.last, event.trigger.last + 3):
        tag = words.tag(at, "ground", "part_of", "target_noun")
        if words.breaks[at]:
            return False
        if tag is not None and tag.entry.form == "noun":
            return True
    return False


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


def _is_destination(words: Words, first: int, site: Site) -> bool:
    """Whether a place is where those who leave go to."""
    return words.among(max(first, site.first - 3), site.first, TOWARDS)


def _is_own_post(words: Words, site: Site) -> bool:
    """Whether a place is where those who fire have their posts: "shelled A from its positions in B"."""
    post = words.tag_before(site.first, "target_noun", by=2)
    if post is None or words.before(site.first) not in IN or words.before(site.first, 3) not in FROM:
        return False
    return post.suffix in PRONOUNS


def _fired_from(words: Words, event: Event, site: Site) -> bool:
    """Whether a place is where the fire came from: "the army shelled from X the town", not "parts of X"."""
    at = site.first - 1
    if words.words[at] not in FROM and words.tag(at, "ground", "part_of", "target_noun"):
        at -= 1
    if words.words[at] not in FROM or at < event.last or event.trigger.entry.form == "noun":
        return False
    doers = (tag for n in range(event.last, at) for tag in words.tags_at(n) if tag.entry.role == "actor")
    return event.last == at or any(doer.last == at for doer in doers)


def _among_them(words: Words, site: Site) -> bool:
    """Whether a name says which places a pronoun means: "took them, among them"."""
    return words.has(words.back(site.first, 3), site.first, "among")


def _suffering(scene: Scene, event: Event) -> int | None:
    """Where "came under" stands before the event, whose subject is then the place."""
    return next((at + 1 for at in range(event.left, event.first) if suffers(scene.words, at)), None)


def _which(scene: Scene, event: Event) -> tuple[Site, ...]:
    """The place that a relative before a verb ties it to: "Fuaa in Idlib, which the group besieges", "the
    town of X, which the army announced the taking of"."""
    words, first = scene.words, event.trigger.first
    for at in words.backwards(first, _WHICH_REACH - 1):
        if words.words[at].removeprefix(AND) in WHICH:
            return tuple(scene.antecedent(at)) if at == first - 1 or _one_of_its_own(scene, at) else ()
        if words.breaks[at + 1] or words.tag(at, "event"):
            return ()
    return ()


def _unnamed(scene: Scene, event: Event) -> bool:
    """Whether "it" is a town that the text does not name: "around a strategic town that the army took"."""
    words = scene.words
    for at in words.backwards(event.first, 3):
        ground = words.tag(at, "ground")
        if ground is not None:
            told = scene.within(ground.last, event.first) or words.before(at) in _IT_IS
            return not (ground.definite or ground.suffix or told or words.breaks[at])
        if words.breaks[at]:
            return False
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


def _noun(scene: Scene, first: int, last: int, chosen: Sequence[Site]) -> tuple[Site, ...]:
    """What a definite noun that stands for a place or for two means, nearer to the trigger than any name."""
    stop = min(last, chosen[0].first if chosen else last, first + _NOUN_REACH)
    for at in scene.words.where(first, stop, "ground"):
        site = scene.stands_for(at, at)
        if site is not None and (at < first + _VAGUE_REACH or not scene.is_vague(at)):
            return (site,)
        if pair := scene.pair(at):
            return pair
    return ()
