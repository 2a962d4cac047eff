"""Which event the dead and wounded of a sentence belong to.

Each figure is weighed against the events of its sentence, against an event of its own, and against none
(``rules/losses.toml``). Those of no told event become events of their own: fighters fell in a clash, others
in an attack.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import Final

from extraction.lexicon.clitics import AND
from extraction.lexicon.particles import AND_THAT, IN
from extraction.lexicon.vocabulary import Tag
from extraction.reading.abroad import begun_abroad
from extraction.reading.actor import find_parties
from extraction.reading.casualty import Casualties
from extraction.reading.claimant import Voice, voice_at
from extraction.reading.clause import Event
from extraction.reading.decide import Decision, Evidence, decide
from extraction.reading.happening import Draft, Scope
from extraction.reading.location import Located, Told, locate
from extraction.reading.notes import Note
from extraction.reading.pattern import Scope as Around
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.phrases.places import Site
from extraction.reading.rules import Book, book
from extraction.reading.sides import Parties, Telling
from extraction.words.sentence import Words

#: These kill nobody by themselves: the dead told beside them fell in an event of their own.
HOLDINGS: Final = frozenset({"control_change", "withdrawal", "siege"})
_ONE_BREATH: Final = 10  # words between the dead and the wounded of one breath
_SAME_BREATH: Final = 3  # words between two figures that are told as one
_PLACE_REACH: Final = 4  # words behind a figure within which a place is its own

_CARRIER_REACH: Final = 5  # words before a figure in which a verb carries it
#: What the rules of a figure and an event may ask beside the words around them (``given``).
FACTS: Final = frozenset(
    {
        "ahead",  # the event is told before the figure
        "inside",  # in the words of the figure itself
        "latest",  # the last event told before the figure
        "fought",  # the clash of which that was an attempt or a taking
        "struck",  # the clash before a strike, where the dead are of both sides
        "holding",  # it kills nobody by itself
        "other_voice",  # another voice tells of it
        "elsewhere",  # the figure has a place that is not the event's
        "led",  # the figure is told as the outcome of an event before it
        "loose",  # the figure stands behind the clause of the event, and no verb brings it in as its outcome
        "own_side",  # the dead are of the doer's side, where he strikes others
        "joined",  # the event has a figure in the same breath
    }
)  # fmt: skip


def _rules() -> Book:
    return book("losses", "fell_in", "not_in", "apart")


def with_losses(scope: Scope, drafts: Sequence[Draft], notes: list[Note] | None = None) -> list[Draft]:
    """Give the dead and wounded of a sentence to its events; those of none become events of their own.

    ``notes`` gathers what was weighed for each figure: the numbers of the drafts, -1 an event of its own.
    """
    parted = _parted(scope, drafts)
    result = _without(drafts, {site.first for site in parted.values()})
    for casualty in scope.casualties:
        site = parted.get(casualty)
        if site is None:
            decision = _fell_in(scope, casualty, result)
            if notes is not None:
                words = scope.words
                notes.append(
                    Note("losses", words.start(casualty.first), words.end(casualty.last - 1), decision)
                )
            index = None if decision.chosen is None or decision.chosen.value < 0 else decision.chosen.value
        else:
            index = _beside(casualty, site, result)
        if index is None:
            own = _own_event(scope, casualty, result, site)
            result = sorted([*result, *own], key=lambda d: (d.event.first, d.event.last))
        elif not any(c.kind == casualty.kind for c in result[index].casualties):
            result[index] = replace(result[index], casualties=(*result[index].casualties, casualty))
    return result


def parties_of(scope: Scope, event: Event, voice: Voice | None, previous: Draft | None) -> Parties:
    """The sides of an event; whoever had dead in the sentence is not taken for its doer for that."""
    victims = frozenset(
        at for c in scope.casualties if c.side is not None for at in _fallen(scope.words, c.side)
    )
    before = previous.parties if previous else None
    return find_parties(
        Telling(scope.words, scope.sentence, event, scope.voices, voice, before, victims, scope.sides)
    )


def _fallen(words: Words, side: Tag) -> Iterator[int]:
    """The word of a side that had dead, and of the one joined to it: "dozens of the army and the guard"."""
    yield side.first
    if words.words[side.last].startswith(AND) and words.tag(side.last, "actor"):
        yield side.last


# Figures with a place of their own


def _parted(scope: Scope, drafts: Sequence[Draft]) -> dict[Casualties, Site]:
    """The figures that have a place of their own in a sentence that tells of several: the place of each."""
    found: dict[Casualties, Site] = {}
    for casualty in scope.casualties:
        behind = scope.scene.within(casualty.last, casualty.last + _PLACE_REACH)
        if behind and (casualty.placed or _lists_again(scope.words, casualty, behind[0], drafts)):
            found[casualty] = behind[0]
    return found


def _lists_again(words: Words, casualty: Casualties, site: Site, drafts: Sequence[Draft]) -> bool:
    """Whether a verb behind a comma comes back to a place of a list: "shelled A and B, and six fell in B"."""
    trigger = casualty.trigger
    if trigger.entry.form != "verb" or not trigger.prefix.startswith(AND):
        return False
    if not words.breaks[casualty.first] or words.words[casualty.last] not in IN:
        return False
    return any(d.event.last <= casualty.first and site in d.located.sites[1:] for d in drafts)


def _beside(casualty: Casualties, site: Site, drafts: Sequence[Draft]) -> int | None:
    """Which event holds the other figure of a place: "three dead and ten wounded in A"."""
    beside = (
        number
        for number, d in enumerate(drafts)
        if d.event.rule == "casualties"
        and d.located.sites == (site,)
        and d.casualties[-1].kind != casualty.kind
    )
    return next(beside, None)


def _without(drafts: Sequence[Draft], firsts: Set[int]) -> list[Draft]:
    """The drafts without sites that belong to figures of their own."""
    left = [(d, tuple(s for s in d.located.sites if s.first not in firsts)) for d in drafts]
    return [
        replace(d, located=replace(d.located, sites=sites)) if sites != d.located.sites else d
        for d, sites in left
    ]


# Which event


def _fell_in(scope: Scope, casualty: Casualties, drafts: Sequence[Draft]) -> Decision[int]:
    """Weigh the events of a sentence, and one of its own (-1), for a figure."""
    view = _View(scope, casualty, drafts)
    figure = Phrase("FIGURE", casualty.first, casualty.last, casualty.trigger)
    weighed: list[tuple[int, Sequence[Evidence]]] = []
    for at, number in view.told:
        event = drafts[number].event
        told = Phrase("EVENT", at, event.last if at == event.first else at + 1, event.trigger)
        around = Around(scope.words, scope.sentence, figure, told, facts=view.facts(at, number))
        chief = _rules().first("fell_in", around)
        found = [Evidence(chief.id, chief.weight)] if chief is not None else []
        weighed.append((number, [*found, *_rules().evidence("not_in", around)]))
    weighed.append((-1, _rules().evidence("apart", Around(scope.words, scope.sentence, figure))))
    return decide(weighed)


class _View:
    """A figure among the events of its sentence: what is so of it and of each."""

    def __init__(self, scope: Scope, casualty: Casualties, drafts: Sequence[Draft]) -> None:
        self.scope, self.casualty, self.drafts = scope, casualty, drafts
        #: The words that tell of an event or come back to it, with its number.
        self.told = sorted((at, n) for n, d in enumerate(drafts) for at in (d.event.first, *d.again))
        before = [one for one in self.told if one[0] <= casualty.first]
        self.latest_at, self.latest = before[-1] if before else (-1, -1)
        self.meant = _between_both(casualty, drafts, _fought(drafts, self.latest)) if before else -1
        self.voice = voice_at(scope.voices, casualty.first)
        end = min(casualty.last + _PLACE_REACH, scope.sentence.last)
        self.place = next(iter(scope.scene.within(casualty.last, end)), None)
        words, at = scope.words, casualty.first
        self.outcome = words.has(words.back(at, _PLACE_REACH), at + 1, "outcome")

    def facts(self, at: int, number: int) -> frozenset[str]:
        """What is so of the figure and an event that a word tells of, by name (``FACTS``)."""
        draft, casualty = self.drafts[number], self.casualty
        if casualty.first <= at < casualty.last:
            return frozenset({"inside"})
        told = {"holding": draft.event.event_type in HOLDINGS}
        if at > casualty.first:
            told["led"] = self.outcome and any(d.event.first < casualty.first for d in self.drafts)
            told["elsewhere"] = draft.located.rule == "behind" and not self._is_here(draft)
        else:
            told["ahead"] = True
            told.update(self._facts_ahead(number))
        return frozenset(fact for fact, is_so in told.items() if is_so)

    def _facts_ahead(self, number: int) -> dict[str, bool]:
        """What is so of an event told before the figure."""
        draft, casualty = self.drafts[number], self.casualty
        goes_on = _goes_on(draft.voice, self.voice)
        words, at = self.scope.words, casualty.first
        carried = words.has(max(self.latest_at + 1, at - _CARRIER_REACH), casualty.last, "carrier")
        inside = at < draft.event.right or self.latest_at != draft.event.first or goes_on
        return {
            "latest": number == self.meant == self.latest,
            "fought": number == self.meant != self.latest,
            "other_voice": draft.voice != self.voice and not goes_on,
            "elsewhere": not self._is_here(draft) and (casualty.elliptic or not self._is_around(draft)),
            "loose": not (self.outcome or carried or inside),
            "own_side": _is_own(casualty, draft),
            "joined": any(_in_one_breath(words, c, casualty) for c in draft.casualties),
        }

    def _is_here(self, draft: Draft) -> bool:
        """Whether the place right behind the figure, if any, is one of the event's, if it has any."""
        return self.place is None or not draft.located.sites or self.place in draft.located.sites

    def _is_around(self, draft: Draft) -> bool:
        """Whether the place behind the figure and one of the event's lie one in the other."""
        scene, place = self.scope.scene, self.place
        return place is not None and any(
            scene.contains(place, s) or scene.contains(s, place) for s in draft.located.sites
        )


def _is_own(casualty: Casualties, draft: Draft) -> bool:
    """Whether the dead are of the side that did it; both sides have dead in a clash, and who attacks in vain
    has most of all."""
    actor = draft.parties.actor
    if casualty.side is None or actor is None or draft.event.event_type in ("clash", "repelled_attack"):
        return False
    return casualty.victims == actor.entry.bloc


def _in_one_breath(words: Words, one: Casualties, other: Casualties) -> bool:
    """Whether a figure is told in one breath with another before it: "killed nine …, and wounded dozens"."""
    if one.last >= other.first - _SAME_BREATH:
        return True
    if one.kind == other.kind or not other.trigger.prefix.startswith(AND):
        return False
    between = words.has(one.last, other.first + 1, "break", "connector", "event", "say")
    return other.first - one.last <= _ONE_BREATH and not between


def _fought(drafts: Sequence[Draft], index: int) -> int:
    """The clash that an attempt or a taking was part of, which is where its dead fell; else the draft itself:
    "clashes at X after they tried to enter it, some of them killed"."""
    draft = drafts[index]
    taken = draft.event.event_type in HOLDINGS and draft.located.rule in ("noun", "inherited")
    if not index or not (draft.event.rule == "attempt" or taken):
        return index
    before = drafts[index - 1]
    there = before.located.sites == drafts[index].located.sites
    return index - 1 if there and before.event.event_type == "clash" else index


def _between_both(casualty: Casualties, drafts: Sequence[Draft], index: int) -> int:
    """The clash right before an air strike or shelling told beside it, where the dead are of both sides."""
    if (
        not index
        or casualty.victims != "mixed"
        or drafts[index].event.event_type not in ("airstrike", "shelling")
    ):
        return index
    before = drafts[index - 1]
    return index - 1 if before.event.event_type == "clash" and before.voice == drafts[index].voice else index


def _goes_on(one: Voice | None, other: Voice | None) -> bool:
    """Whether a named source only goes on: "said that …, pointing out that …"."""
    return (
        one is not None
        and other is not None
        and one.claimant != ""
        and other.again
        and (one.claimant, one.relayed_by) == (other.claimant, other.relayed_by)
    )


# Events of their own


def _own_event(scope: Scope, casualty: Casualties, drafts: Sequence[Draft], site: Site | None) -> list[Draft]:
    """The dead or wounded of no told event, as an event; none where they fell in no attack, or abroad.

    A figure with a ``site`` of its own shares type and doer with the figure whose verb it shares or that
    stands in one breath before it, or with the event before it.
    """
    before = [d for d in drafts if d.event.first < casualty.first]
    chief = None
    if site is not None:
        shared = (d for d in reversed(drafts) if any(_one_breath(c, casualty) for c in d.casualties))
        chief = next(shared, before[-1] if before else None)
    kind = chief.event.event_type if chief is not None else _own_type(scope, casualty, before)
    event = _as_event(scope, casualty, drafts, site is not None, kind)
    voice = voice_at(scope.voices, casualty.first)
    denied = voice is not None and casualty.first < voice.denies_until
    if (
        denied
        or _in_no_attack(scope, casualty, event, site)
        or begun_abroad(scope.scene, scope.sentence, event)
    ):
        return []
    located = _place_of(scope, casualty, drafts, event, site)
    if located is None:
        return []
    if chief is not None:
        return [Draft(event, located, chief.parties, voice, (casualty,))]
    return [_with_sides(scope, Draft(event, located, Parties(None, None, ""), voice, (casualty,)), before)]


def _as_event(scope: Scope, casualty: Casualties, drafts: Sequence[Draft], parted: bool, kind: str) -> Event:
    """A figure as an event with its clause: from the last punctuation to what is told next."""
    words, sentence = scope.words, scope.sentence
    before = [d for d in drafts if d.event.first < casualty.first]
    floor = before[-1].event.last if before else sentence.first
    stops = words.where(floor + 1, casualty.first + 1, "break", "connector")
    left = stops[-1] if stops else min(floor, casualty.first)
    right = max(min([*_next_told(scope, casualty, drafts, parted), sentence.last]), casualty.last)
    begin = casualty.trigger.last
    inside = not casualty.elliptic and scope.scene.within(begin, casualty.last)  # "the dead in A reached 13"
    search = begin if inside else casualty.last
    return Event(kind, casualty.trigger, casualty.first, casualty.last, left, right, search, "casualties")


def _next_told(scope: Scope, casualty: Casualties, drafts: Sequence[Draft], parted: bool) -> Iterator[int]:
    """The words behind a figure at which something else is told: another event, other dead, "and that"."""
    yield from (d.event.first if parted else d.event.left for d in drafts if d.event.first >= casualty.last)
    end = casualty.last
    for other in scope.casualties:
        if other.first >= casualty.last and (parted or other.kind == casualty.kind or other.first > end + 1):
            yield other.first
        elif other.first >= casualty.last:
            end = other.last  # "killed 27 and wounded dozens": told in one breath
    clauses = scope.words.where(casualty.last + 1, scope.sentence.last, "break")
    yield from (at for at in clauses if scope.words.words[at] in AND_THAT)


def _in_no_attack(scope: Scope, casualty: Casualties, event: Event, site: Site | None) -> bool:
    """Whether they died of hunger, under torture, of illness: of a list in all of its parts."""
    listed = site is not None or casualty.elliptic  # "died of torture: 20 in A, and five in B"
    return scope.words.has(scope.sentence.first if listed else event.left, event.right, "no_attack")


def _place_of(
    scope: Scope, casualty: Casualties, drafts: Sequence[Draft], event: Event, site: Site | None
) -> Located | None:
    """Where the dead of no told event fell; None where they are no event of Syria or of a place."""
    before = [d for d in drafts if d.event.first < casualty.first]
    used = frozenset(site.first for d in drafts for site in d.located.sites)
    located = locate(scope.scene, scope.sentence, event, Told(before[-1].located if before else None, used))
    if located.rule == "abroad":
        return None
    if site is not None and casualty.trigger.entry.role in ("dead", "injured"):
        located = Located((site,), "behind")
    if site is not None:
        return located if located.rule == "behind" else None
    # A second figure of the same place and breath: who it adds to is not told.
    return None if casualty.elliptic and located.rule == "inherited" else located


def _with_sides(scope: Scope, draft: Draft, before: Sequence[Draft]) -> Draft:
    """The dead of no told event, with whoever killed them: nobody his own."""
    casualty, event = draft.casualties[0], draft.event
    parties = parties_of(scope, event, draft.voice, before[-1] if before else None)
    side, beside = casualty.side, parties.target
    actor = parties.actor or (before[-1].parties.actor if before and side is not None else None)
    if actor is not None and side is not None and actor.entry.bloc == side.entry.bloc:
        actor = None
    if (
        side is None
        and not casualty.victims
        and beside is not None
        and casualty.first - beside.last in (0, 1)
    ):
        side = beside  # "destroyed a tank of X and killed some in it"
        casualty = replace(casualty, victims=beside.entry.bloc, side=side)
    if actor is not None and "air" in actor.entry.flags and event.event_type == "other_attack":
        event = replace(event, event_type="airstrike")  # "the warplanes committed a massacre"
    parties = replace(parties, actor=actor, target=side)
    return replace(draft, event=event, parties=parties, casualties=(casualty,))


def _one_breath(one: Casualties, other: Casualties) -> bool:
    """Whether a figure shares what happened with one before it: by one verb, or in a list with places."""
    listed = other.placed and one.trigger.entry.role in ("dead", "injured") and one.last <= other.first
    return one.trigger == other.trigger or listed


def _own_type(scope: Scope, casualty: Casualties, before: Sequence[Draft]) -> str:
    """Of the dead that another voice counts, the type that the first gave; else by who they were."""
    if before and before[-1].voice != voice_at(scope.voices, casualty.first):
        kind = before[-1].event.event_type
        if kind not in HOLDINGS and not casualty.elliptic:
            return kind
    if "deed" in casualty.trigger.entry.flags:
        return "other_attack"
    return "clash" if casualty.victims not in ("", "civilians") else "other_attack"
