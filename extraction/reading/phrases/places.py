"""PLACES: names of places that are told together, and what each of them is among the others.

However they are written (و, commas, a name a line, "most notably"), names that hang together are one phrase:
some are listed, some only tell where the others lie, where fire came from or where a road leads.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, Literal

from extraction.lexicon.clitics import AND, BY, JOINED, THE
from extraction.lexicon.particles import BETWEEN, particles
from extraction.lexicon.vocabulary import Entry, Tag
from extraction.reading.pattern import Scope
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.rules import Book, book
from extraction.records import Mention
from extraction.words.sentence import Sentence, Words
from gazetteer.index import words as toponym_words
from gazetteer.place import AREA_KINDS, distance_km
from gazetteer.sources import Gazetteer

#: Words between two names of one list: generic nouns and adjectives.
LIST_GAP: Final = 9
_SHORT_GAP: Final = 4
_NAMED: Final = 2  # words that only tell more of a name: its adjectives
_PROVINCES: Final = frozenset({"governorate", "city"})
_CONTAINER_SLACK_KM: Final = 10.0
_OR: Final = particles("or", "then")
_IN_ANY: Final = particles("in", "and_in", "on", "and_on", "inside")
_LIES_IN: Final = particles("in", "within", "from")
_INSIDE: Final = particles("in", "within", "inside")

#: What rules/places.toml says of two neighbouring names, and of one by itself: what tells it aside, and more.
_OF_TWO: Final = ("apart", "listed", "beside")
ASIDE: Final = ("whence", "origin", "where", "lies", "side")
_OF_ONE: Final = (*ASIDE, "road", "of_source", "announced")
#: What it says of the places of an event.
_OF_EVENTS: Final = ("not_there", "abroad")
#: The candidates for the places of an event, as ``extraction.reading.location`` calls them.
_CANDIDATES: Final = (
    "foreign", "filled", "suffering", "noun", "pronoun", "behind", "between", "before", "noun_before",
    "somewhere", "only_side", "inherited", "sentence_foreign", "scene", "recalled", "added",
    "story_foreign",
)  # fmt: skip

#: How two neighbouring names hang together: items of a list, the first in the second, the second only beside
#: the first, or not at all.
Link = Literal["list", "in", "beside", "end"]
#: What a name is in its phrase: one of those meant, an area that holds others, one told only because it lies
#: near, or one told aside: where people, fire or a distance come from.
Role = Literal["listed", "area", "beside", "aside"]


@dataclass(frozen=True, slots=True)
class Site:
    """A mention as words ``first`` to ``last`` of the text. ``head`` tells rules its kind, as a code, and
    what clings to it."""

    first: int
    last: int
    mention: Mention
    head: Tag = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A name and what it is in its phrase."""

    site: Site
    role: Role


def sites_of(words: Words, mentions: Sequence[Mention]) -> list[Site]:
    """The mentions as words of the text."""
    sites: list[Site] = []
    for mention in mentions:
        first = bisect_right(range(words.count), mention.start, key=words.start) - 1
        last = first + 1
        while last < words.count and words.end(last - 1) < mention.end:
            last += 1
        start = words.spans[first][0]
        before = mention.start - words.normalised.span(start, start + 1)[0]
        clinging = words.normalised.text[start : start + before] if before > 0 else ""
        sites.append(Site(first, last, mention, Tag(_entry(mention.kind), first, last, clinging, "")))
    return sites


def rules() -> Book:
    """The rules of places."""
    return book("places", *_OF_TWO, *_OF_ONE, *_OF_EVENTS, *_CANDIDATES)


@cache
def _entry(kind: str) -> Entry:
    return Entry("place", kind, "name", ("",))


class Scene:
    """The places of a text in order, and how they hang together."""

    def __init__(self, words: Words, sites: Sequence[Site], gazetteer: Gazetteer) -> None:
        """Sites must be in order of their first word."""
        self.words, self.sites, self.gazetteer = words, tuple(sites), gazetteer
        self._firsts = [site.first for site in self.sites]
        self._by_first = {site.first: site for site in self.sites}
        self._by_last = {site.last: site for site in self.sites}
        self._sentences = [sentence.first for sentence in words.sentences]
        self._told: dict[tuple[str, int], bool] = {}
        self._links: dict[tuple[int, int], Link] = {}

    def within(self, first: int, last: int) -> list[Site]:
        """The sites that begin among words ``first`` to ``last``."""
        return list(self.sites[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)])

    def ending_at(self, word: int) -> Site | None:
        """The site whose name ends right before a word, if any."""
        return self._by_last.get(word)

    def phrases(self, sentence: Sentence) -> list[Phrase]:
        """The PLACES of a sentence, their parts the names that are listed; and each name as a PLACE."""
        found: list[Phrase] = []
        names = self.within(sentence.first, sentence.last)
        while names:
            parts = self.read(names)
            last = parts[-1].site.last
            found.append(
                Phrase(
                    "PLACES",
                    names[0].first,
                    last,
                    parts=tuple(_place(part.site) for part in parts if part.role == "listed"),
                )
            )
            found += [_place(part.site) for part in parts]
            names = [site for site in names if site.first >= last]
        return found

    def tells(self, site: Site, *sayings: str) -> bool:
        """Whether rules/places.toml says one of some things of a name."""
        return any(self._tells(site, says) for says in sayings)

    def _tells(self, site: Site, says: str) -> bool:
        key = (says, site.first)
        if key not in self._told:
            self._told[key] = rules().first(says, self.scope(site)) is not None
        return self._told[key]

    def scope(self, anchor: Site | Tag, candidate: Site | Tag | None = None) -> Scope:
        """The sentence around an anchor, for a rule."""
        at = bisect_right(self._sentences, anchor.first) - 1
        return Scope(self.words, self.words.sentences[at], anchor, candidate, self._ends)

    def _ends(self, kind: str, at: int) -> Sequence[int]:
        site = self._by_first.get(at) if kind == "PLACE" else None
        return (site.last,) if site is not None else ()

    def is_aside(self, site: Site) -> bool:
        """Whether a name only says where something else lies, or where people or fire come from."""
        return self.tells(site, *ASIDE)

    def listed(self, names: Sequence[Site], aimed: bool = False) -> tuple[Site, ...]:
        """The names that the phrase at the head of some names lists, each place once."""
        sites = [part.site for part in self.read(names, aimed) if part.role == "listed"]
        ids = [site.mention.place_id for site in sites]
        return tuple(s for n, s in enumerate(sites) if not ids[n] or ids[n] not in ids[:n])

    def read(self, names: Sequence[Site], aimed: bool = False) -> tuple[Part, ...]:
        """The phrase that begins with the first of some names in order, and what each is in it.

        ``aimed`` tells that the first is where fire went, though "towards" stands before it.
        """
        parts: list[Part] = []
        for site in names:
            if not parts:
                parts.append(Part(site, "aside" if not aimed and self.is_aside(site) else "listed"))
                continue
            link = self.link(parts[-1].site, site)
            if link == "end":
                break
            listed = [part.site for part in parts if part.role == "listed"]
            if link == "list" and listed == [parts[-1].site] and self._only_holds(listed[0], site):
                parts[-1] = replace(parts[-1], role="area")
                listed = []
            parts.append(Part(site, self._role(parts[-1], site, link, listed)))
        return tuple(self._beside_roads(parts))

    def _beside_roads(self, parts: Sequence[Part]) -> Iterator[Part]:
        """The parts, where a road leads told aside if another place is listed: "on the road to A near B"."""
        roads = [part.role == "listed" and self.tells(part.site, "road") for part in parts]
        others = any(part.role == "listed" and not road for part, road in zip(parts, roads, strict=True))
        for part, road in zip(parts, roads, strict=True):
            yield replace(part, role="aside") if road and others else part

    def _role(self, before: Part, site: Site, link: Link, listed: Sequence[Site]) -> Role:
        """What a name is behind another of its phrase; ``listed`` are those listed before it."""
        adjoins = link == "list" and site.first == before.site.last
        if adjoins and (
            before.role == "beside" or (before.role == "area" and site.mention.kind in _PROVINCES)
        ):
            return before.role  # "next to the villages of A and B", "in the countryside of X and Y"
        within = link == "in" and self._lies_in(before.site, site)
        shares = within or self._shares(before.site, site, link, bool(listed))
        if before.role == "aside" and shares:
            return "aside"  # "to rebuild Kobani or Ain al-Arab", "to relieve Zabadani in the countryside of"
        if self.is_aside(site):
            return "aside"
        holds = within or site.mention.kind == "governorate" or any(self.contains(site, s) for s in listed)
        if link == "list" or (link == "in" and not holds):
            return "listed"
        if self.tells(before.site, "road") and self.words.has(before.site.last, site.first, "near"):
            return "listed"  # "on the road to A near B"
        if before.role == "aside" and not listed and self._is_object(before.site, site):
            return "listed"
        return "area" if link == "in" or self.contains(site, before.site) else "beside"

    def _lies_in(self, one: Site, other: Site) -> bool:
        """Whether a place that is told to be in the next lies there."""
        gap = self.words.words[one.last : other.first]
        countryside = toponym_words().countryside
        rural = any(word.removeprefix(BY).removeprefix(THE) in countryside for word in gap)
        return rural or self._is_province(other) or self.contains(other, one)

    def _shares(self, one: Site, other: Site, link: Link, goes_on: bool) -> bool:
        """Whether a name shares what was told of the one right before it; not where it ``goes_on`` with a
        list before that: "A east of B, and C"."""
        words = self.words
        if link != "list" or (goes_on and words.breaks[one.last] and words.words[one.last].startswith(AND)):
            return False
        return other.first - one.last <= 1 or words.among(words.back(one.first, 3), one.first, BETWEEN)

    def _is_object(self, one: Site, other: Site) -> bool:
        """Whether a noun of place alone leads from a place told aside to what was hit: "the guns on Mount
        Qasioun shelled the quarter of"."""
        alone = other.first - one.last == 1 and not self.words.breaks[one.last]
        return alone and self.words.tag(one.last, "ground") is not None

    def _is_province(self, site: Site) -> bool:
        """Whether a place that others are told to lie in is an area, or the capital that stands for its
        governorate: "the towns of Nubl and Zahraa in Aleppo"."""
        mention = site.mention
        if mention.kind in AREA_KINDS or mention.kind != "city":
            return mention.kind in AREA_KINDS
        above = self.gazetteer.ancestors(mention.place_id)
        return any(up.kind == "governorate" and up.name_ar == mention.name_ar for up in above)

    def _only_holds(self, one: Site, other: Site) -> bool:
        """Whether a place told first only contains what was hit: "the factions in Aleppo shelled, …, posts in
        Nubl", "in Aleppo, among them Nubl"."""
        commas = self.words.where(one.last, other.first, "break")
        if not commas or self.words.words[commas[0]].startswith(AND):
            return False
        province = self._is_province(one) and one.mention.admin1 == other.mention.admin1
        return self.words.before(one.first) in _IN_ANY and (province or self.contains(one, other))

    def link(self, one: Site, other: Site) -> Link:
        """How two neighbouring names hang together."""
        key = (one.first, other.first)
        if key not in self._links:
            self._links[key] = self._link(one, other)
        return self._links[key]

    def _link(self, one: Site, other: Site) -> Link:
        told, scope = rules(), self.scope(other, one)
        gap = range(one.last, other.first)
        if len(gap) > LIST_GAP or told.first("apart", scope) is not None:
            return "end"
        inside = other.head.prefix.endswith(BY)
        if self._is_joined(one, other):
            inside = inside or any(
                self.words.words[at] in _LIES_IN or in_countryside(self.words.words[at]) for at in gap
            )
            parts = inside and self.words.has(gap.start, gap.stop, "other_parts")
            return "beside" if inside and not parts and self.contains(other, one) else "list"
        if told.first("listed", scope) is not None:
            return "list"
        if told.first("beside", scope) is not None:
            return "beside"
        between = self.words.words[one.last : other.first]
        if inside or any(word in _INSIDE or word.startswith(BY) for word in between):
            return "in"
        return "beside" if gap else "list"

    def _is_joined(self, one: Site, other: Site) -> bool:
        """Whether "and", "or" or punctuation stands between two names, or before the noun of the second."""
        words, gap = self.words, range(one.last, other.first)
        if words.breaks[one.last] or words.has(gap.start, gap.stop, "break"):
            return True
        if not gap:
            return other.head.prefix.startswith(JOINED)
        if words.words[one.last].startswith(AND) or words.words[one.last] in _OR:
            return True
        if len(gap) > _SHORT_GAP:
            return False
        if len(gap) <= _NAMED and other.head.prefix.startswith(AND):
            return all(words.words[at].startswith(THE) for at in gap)  # "the small Tall Hawash and A"
        heads = (words.tag(at, "ground", "part_of") for at in gap)  # "in eastern Idlib and the town of"
        return any(head is not None and head.prefix.startswith(AND) for head in heads)

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


def _place(site: Site) -> Phrase:
    return Phrase("PLACE", site.first, site.last, site.head)


def in_countryside(word: str) -> bool:
    """Whether a word puts a place into the countryside of another: بريف."""
    return word.startswith(BY) and word[1:] in toponym_words().countryside
