"""What a sentence tells: its events with places, sides, voices and casualties, each happening once."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from extraction.lexicon.clitics import AND, BY, BY_ANY, SO, THEY_DID
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import AFTER, AND_THAT, AS, FROM, IN, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.actor import Parties, find_parties, last_of, own_strikes
from extraction.reading.casualty import Casualties
from extraction.reading.claimant import Voice, voice_at
from extraction.reading.clause import Event
from extraction.reading.date import When
from extraction.reading.location import Located, Scene, Site, begun_abroad, locate
from extraction.words.sentence import Sentence, Words
from gazetteer.orthography import is_figure

_DATED_REACH: Final = 12  # words behind an event within which a day is its own
_TOLL_OF_YEARS: Final = 1000  # so many dead or wounded are no single event's
#: Without a place these say too little to be checked: politics speaks of control and retreat too.
_NEEDS_PLACE: Final = frozenset({"control_change", "withdrawal", "advance", "siege", "repelled_attack"})
#: Of these a definite noun with no place of its own only comes back to what was told.
_RECALLED: Final = frozenset({"airstrike", "shelling", "clash", "explosion"})
_GUNS: Final = frozenset({"artillery", "mortar", "tank", "hell_cannon"})
_GROUNDED: Final = flagged("bloc", "grounded")
_AIR_POWERS: Final = flagged("bloc", "air_power")
_NO_AIRCRAFT: Final = _GROUNDED | {""}
_JOINED: Final = 5  # words between two nouns that share their place
_ONE_BREATH: Final = 10  # words between the dead and the wounded of one breath
_TAKER_REACH: Final = 3  # words from "took" to its doer
_VICTIM_OF: Final = particles("victim_of")
_THOUSANDS: Final = particles("thousands")
_COME_BACK: Final = 45  # words over which "the raids" are those just told
#: These kill nobody by themselves: the dead told beside them fell in an event of their own.
_HOLDINGS: Final = frozenset({"control_change", "withdrawal", "siege"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An event of a sentence with all that was found for it; ``again`` are words that come back to it."""

    event: Event
    located: Located
    parties: Parties
    voice: Voice | None
    casualties: tuple[Casualties, ...] = ()
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence and what was found in it beside its events; ``summing`` where it goes on with a toll of
    years that the sentence before began."""

    words: Words
    sentence: Sentence
    scene: Scene
    voices: tuple[Voice, ...]
    casualties: tuple[Casualties, ...]
    when: tuple[When, ...]
    summing: bool = False


def find_drafts(scope: Scope, events: Sequence[Event], before: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence in order; ``before`` are those of the last sentence that told any."""
    last = before[-1] if before else None
    drafts = _news(scope, _with_casualties(scope, _drafts(scope, events, before)))
    return [
        _by_the_same(scope, draft, drafts[n - 1] if n and draft.event.rule == "responsible" else last)
        for n, draft in enumerate(drafts)
    ]


def _drafts(scope: Scope, events: Sequence[Event], before: Sequence[Draft]) -> list[Draft]:
    """The events of a sentence with places, sides and voices; the same happening told twice is one."""
    words, last = scope.words, before[-1] if before else None
    doer = next((d for d in reversed(before) if d.parties.actor is not None), None)
    drafts: list[Draft] = []
    used: set[int] = set()
    for event in events:
        previous = drafts[-1] if drafts else None
        located = locate(
            scope.scene,
            scope.sentence,
            event,
            previous.located if previous else None,
            frozenset(used),
            last.located if last else None,
        )
        if previous is not None and _is_another(words, event, located):
            sites = (*previous.located.sites, *located.sites)
            drafts[-1] = replace(previous, located=replace(previous.located, sites=sites))
            used.update(site.first for site in located.sites)
            continue
        voice = voice_at(scope.voices, event.trigger.first)
        same = not drafts and doer is not None and _same_doer(scope, event, voice, doer)
        parties = _parties(scope, event, voice, doer if same else _chief(words, drafts))
        if event.event_type == "airstrike" and _cannot_fly(words, parties.actor):
            parties = replace(parties, actor=None)
        if not _tells(words, event, located, parties, voice):
            continue
        event = _as_done(words, event, located, parties, voice)
        draft = Draft(event, located, parties, voice)
        used.update(site.first for site in located.sites)
        told = next((n for n, other in enumerate(drafts) if _told_before(words, draft, other)), None)
        if told is None:
            drafts.append(draft)
        else:
            drafts[told] = replace(drafts[told], again=(*drafts[told].again, event.first))
    return [_placed_ahead(words, draft, drafts[n + 1 :]) for n, draft in enumerate(drafts)]


def _cannot_fly(words: Words, doer: Tag | None) -> bool:
    """Whether a side had no aircraft; but "a drone belonging to the group" is its own."""
    if doer is None or doer.entry.bloc not in _GROUNDED:
        return False
    return not words.has(words.back(doer.first, 2), doer.first, "belongs")


def _own_denied(parties: Parties, voice: Voice | None) -> bool:
    """Whether the doer of what a voice denies is the side that it speaks for."""
    if voice is None or parties.actor is None:
        return False
    speaks_for = voice.actor.entry.bloc if voice.actor is not None else voice.side
    return parties.rule == "speaker" or parties.actor.entry.bloc == speaks_for


def _same_doer(scope: Scope, event: Event, voice: Voice | None, last: Draft) -> bool:
    """Whether a sentence begins with a verb that has no doer of its own, and goes on about whoever did what
    was told right before: "attacked the town. And took the hill", "… And managed to take". Of verbs of
    shelling only the plural is no passive."""
    words, first = scope.words, scope.sentence.first
    also = words.words[first] in AS
    if not (also or words.words[first].startswith(AND)) or words.has(first, event.right, "actor"):
        return False
    if not (_begins_with_verb(event, first + also) or (also and _also_did(words, event, first + 1))):
        managed = words.tag(first, "manage")
        if managed is None or event.left != first:
            return False
    near = first - last.event.last <= _COME_BACK and last.parties.rule not in ("between", "repelled")
    return near and (voice is None or voice == last.voice)


def _begins_with_verb(event: Event, first: int) -> bool:
    trigger = event.trigger
    active = event.event_type in _NEEDS_PLACE or trigger.suffix == THEY_DID
    return active and trigger.entry.form == "verb" and trigger.first == first


def _also_did(words: Words, event: Event, first: int) -> bool:
    """Whether a bare verb carries a noun right behind it: "(it) also carried out raids". It is no passive,
    whose ending would be that of the noun."""
    verb = words.tag(first, "carrier")
    if verb is None or event.trigger.entry.form != "noun" or verb.entry.form != "verb":
        return False
    return verb.last == event.trigger.first and not verb.suffix


def _chief(words: Words, drafts: Sequence[Draft]) -> Draft | None:
    """The last event of a sentence whose sides the next one may go on with: not a noun that only says what
    was before ("took the town after an attack that lasted a week, then advanced on")."""
    for draft in reversed(drafts):
        aside = draft.event.trigger.entry.form == "noun" and draft.parties.actor is None
        if not aside or words.tag_before(draft.event.first, "aside") is None:
            return draft
    return drafts[-1] if drafts else None


def _tells(words: Words, event: Event, located: Located, parties: Parties, voice: Voice | None) -> bool:
    """Whether an event tells enough: its place where its type needs one, its doer where only he makes one."""
    kind = event.event_type
    if located.rule == "abroad" or (kind in _NEEDS_PLACE and not located.sites):
        return False
    left = _left_place(words, event, located) or _leave_in_convoy(words, event)
    if kind == "withdrawal" and parties.actor is None and not left:
        return False  # people leave too
    if event.rule == "negated" and (voice is None or not voice.claimant or parties.actor is None):
        return False  # only a named voice that says a side did not take a place denies anything
    if event.rule == "negated" and kind not in _NEEDS_PLACE and not _own_denied(parties, voice):
        return False  # of strikes a side denies only its own
    unknown = kind == "advance" and event.rule == "trigger" and parties.actor is None
    return not unknown or "assault" in event.trigger.entry.flags


def _as_done(words: Words, event: Event, located: Located, parties: Parties, voice: Voice | None) -> Event:
    """The event as its doer makes it: an attack by nobody named is no advance, aircraft strike from the air,
    gunners shell."""
    flags = parties.actor.entry.flags if parties.actor is not None else frozenset[str]()
    if event.event_type == "advance" and event.rule == "trigger" and parties.actor is None:
        event = replace(event, event_type="other_attack")  # "an attack", by whom is not told
    aimed = event.event_type in ("advance", "other_attack") and located.sites
    if aimed and _are_air_strikes(words, event, parties, voice):
        event = replace(event, event_type="airstrike")
    strafes = "fire" in event.trigger.entry.flags and event.event_type == "other_attack"
    if "air" in flags and (strafes or (event.event_type == "shelling" and event.weapon not in _GUNS)):
        event = replace(event, event_type="airstrike")
    if "guns" in flags and event.event_type == "other_attack":
        event = replace(event, event_type="shelling")
    return event


def _is_another(words: Words, event: Event, located: Located) -> bool:
    """Whether a verb of hitting only tells where another of those just told struck: "two bombs went off, one
    near A, and the second hit B"."""
    light = "light" in event.trigger.entry.flags and event.trigger.entry.form == "verb"
    return light and located.rule == "behind" and words.tag_before(event.first, "another") is not None


def _left_place(words: Words, event: Event, located: Located) -> bool:
    """Whether a noun of leaving has a place right behind "from", or one of handing over its place, though
    nobody is told to leave."""
    if event.trigger.entry.form != "noun" or not located.sites:
        return False
    if event.pronoun or "fall" in event.trigger.entry.flags:
        return True
    place = located.sites[0].first
    return words.among(max(event.last, place - 3), place, FROM)


def _leave_in_convoy(words: Words, event: Event) -> bool:
    """Whether fighters leave, though of which side is not told: "the first batch left, 300 fighters"."""
    return words.has(event.last, event.right, "convoy") and words.has(event.last, event.right, "bomber")


def _are_air_strikes(words: Words, event: Event, parties: Parties, voice: Voice | None) -> bool:
    """Whether "strikes" without a word on their means come from the air: those of a power that fights from
    the air, or of nobody named. The army's "strikes against terrorists" may be of any weapon."""
    if own_strikes(words, event, voice):
        return True
    if words.tag(event.trigger.first, "strike") is None:
        return False
    foreign = parties.rule == "adjective"  # "an Israeli strike"
    return parties.actor is None or foreign or parties.actor.entry.bloc in _AIR_POWERS


def _by_the_same(scope: Scope, draft: Draft, last: Draft | None) -> Draft:
    """The draft as what it comes back to: "the attack" that somebody claims is of the kind just told, "the
    raids" by nobody were flown by those just told, or by the air force of the ministry that tells of them."""
    event, trigger = draft.event, draft.event.trigger
    if event.rule in ("responsible", "confirmed") and "assault" in trigger.entry.flags and last is not None:
        draft = replace(draft, event=replace(event, event_type=last.event.event_type))
        return draft if event.rule == "responsible" else replace(draft, parties=last.parties)
    if last is not None and _is_the_same_fight(draft, last):
        return replace(draft, located=Located(last.located.sites, "recalled"))
    if draft.parties.actor is None and event.event_type == "airstrike" and draft.voice is not None:
        own = last_of(scope.words, event.first, draft.voice.side) if draft.voice.side else None
        if own is not None:
            return replace(draft, parties=replace(draft.parties, actor=own, rule="speaker"))
    if last is not None and _of_the_same_town(scope, draft, last):
        draft = replace(draft, located=Located(last.located.sites, "noun"))
    doer = draft.parties.actor
    if doer is None and event.event_type == "control_change" and trigger.definite:
        taker = _told_taker(scope, event)
        return (
            replace(draft, parties=replace(draft.parties, actor=taker, rule="same taking"))
            if taker
            else draft
        )
    if last is None or doer is not None or event.event_type not in ("airstrike", "shelling"):
        return draft
    doer, kind = last.parties.actor, last.event.event_type
    same = kind == event.event_type or (kind == "airstrike" and not event.weapon)
    definite = trigger.definite and trigger.entry.form == "noun" and "projectile" not in trigger.entry.flags
    near = 0 < scope.sentence.first - last.event.first <= _COME_BACK
    if doer is None or doer.entry.bloc in _NO_AIRCRAFT or not (same and definite and near):
        return draft
    parties = replace(draft.parties, actor=doer, rule="same strikes")
    return replace(draft, parties=parties, event=replace(event, event_type=kind))


def _of_the_same_town(scope: Scope, draft: Draft, last: Draft) -> bool:
    """Whether "the city" is the town of the sentence before, of which the like was told: "withdrew from the
    town of X. … withdrawing from the city"."""
    one, other = draft.located.sites, last.located.sites
    if draft.located.rule != "noun" or draft.event.pronoun or len(one) != 1 or len(other) != 1:
        return False
    towns = {one[0].mention.kind, other[0].mention.kind} <= {"city", "town"}
    near = one[0].first < scope.sentence.first and 0 < scope.sentence.first - last.event.first <= _COME_BACK
    kinds = {draft.event.event_type, last.event.event_type}
    return towns and near and (len(kinds) == 1 or kinds <= _HOLDINGS)


def _told_taker(scope: Scope, event: Event) -> Tag | None:
    """Who took the town of which a sentence that opens with "The takeover of …" goes on: named right behind
    the verb of the sentence before it, as agencies do ("a town that the Islamists took last week")."""
    words, first = scope.words, scope.sentence.first
    if event.trigger.first != first or not first:
        return None
    before = next(s for s in reversed(words.sentences) if s.first < first)
    takings = (words.tag(at, "event") for at in reversed(words.where(before.first, first, "event")))
    verb = next((t for t in takings if t is not None and t.entry.code == "control_change"), None)
    if verb is None or verb.entry.form != "verb":
        return None
    behind = (words.tag(at, "actor") for at in range(verb.last, verb.last + _TAKER_REACH))
    return next((tag for tag in behind if tag is not None), None)


def _is_the_same_fight(draft: Draft, last: Draft) -> bool:
    """Whether a voice goes on about the two sides it has just told of, without a new place."""
    if draft.event.event_type != "other_attack" or draft.located.sites or draft.voice is None:
        return False
    if last.voice is None or draft.voice.claimant != last.voice.claimant or not draft.voice.claimant:
        return False
    doer, target = (
        side.entry.bloc if side is not None else "" for side in (draft.parties.actor, draft.parties.target)
    )
    told = last.parties.target
    suffered = {c.victims for c in last.casualties} | ({told.entry.bloc} if told is not None else set())
    return last.parties.actor is not None and last.parties.actor.entry.bloc == doer and target in suffered


def _placed_ahead(words: Words, draft: Draft, later: Sequence[Draft]) -> Draft:
    """The draft with the places of the next one, where a relative or "and" ties them: "the battles that ended
    in", "clashes between the two and a bombing in"."""
    if draft.located.sites or not later:
        return draft
    begin, end, trigger = draft.event.last, later[0].event.first, later[0].event.trigger
    joined = trigger.entry.form == "noun" and trigger.prefix == AND and end - begin <= _JOINED
    joined = joined and draft.event.event_type == "clash"
    tied = words.has(begin, end, "relative", "followed") or (
        joined and later[0].located.rule == "behind" and not words.has(begin, end + 1, "break", "connector")
    )
    return replace(draft, located=Located(later[0].located.sites, "inherited")) if tied else draft


def _parties(scope: Scope, event: Event, voice: Voice | None, previous: Draft | None) -> Parties:
    victims = frozenset(
        at for c in scope.casualties if c.side is not None for at in _fallen(scope.words, c.side)
    )
    before = previous.parties if previous else None
    return find_parties(scope.words, scope.sentence, event, scope.voices, voice, before, victims)


def _fallen(words: Words, side: Tag) -> Iterator[int]:
    """The word of a side that had dead, and of the one joined to it: "dozens of the army and the guard"."""
    yield side.first
    if words.words[side.last].startswith(AND) and words.tag(side.last, "actor"):
        yield side.last


def _told_before(words: Words, draft: Draft, other: Draft) -> bool:
    """Whether a sentence comes back to a happening it told already: no new place, the same voice and type; not
    with a day of its own ("and yesterday's raids killed seven"). How a place was taken is part of the taking."""
    kind, told = draft.event.event_type, other.event.event_type
    noun = draft.event.trigger.entry.form == "noun"
    if (
        noun
        and words.tag(draft.event.last, "day")
        and not words.has(other.event.left, other.event.last, "day")
    ):
        return False
    if (
        noun
        and (kind, told) == ("advance", "control_change")
        and words.tag_before(draft.event.first, "aside")
    ):
        return draft.located.rule == "inherited" and draft.event.rule == "trigger"
    attempt = draft.event.rule == "attempt" and draft.parties.actor is None and told == "repelled_attack"
    if draft.voice != other.voice or (kind != told and not attempt):
        return False
    one, two = draft.parties.actor, other.parties.actor
    if kind in _NEEDS_PLACE and one is not None and two is not None and one.entry.bloc != two.entry.bloc:
        return False
    here, there = ({s.mention.place_id for s in d.located.sites} for d in (draft, other))
    if draft.located.rule in ("inherited", "scene", "none"):
        return not here or not here.isdisjoint(there)
    return kind in _NEEDS_PLACE and here <= there


def _news(scope: Scope, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that say something: no mere "the shelling", none told again with its places right after, no
    sums of years."""
    of_years = bool(drafts) and sums_up_years(scope)
    return [
        draft
        for number, draft in enumerate(drafts)
        if not (of_years and (not draft.casualties or _is_toll(draft.casualties)))
        and not scope.summing
        and not _elsewhere(scope, draft)
        and (
            (draft.casualties and not _one_long_ago(draft))
            or _is_news(scope, draft, [d for d in drafts[number + 1 :] if d.voice == draft.voice])
        )
    ]


def sums_up_years(scope: Scope) -> bool:
    """Whether a sentence gives a toll of years: thousands of dead, in a figure that is no year."""
    words, sentence = scope.words, scope.sentence
    behind = (at + n for at in words.where(sentence.first, sentence.last, "kill", "dead") for n in (1, 2))
    figures = (words.words[at] for at in behind)
    told = any(is_figure(w) and int(w) >= _TOLL_OF_YEARS and not 1900 <= int(w) <= 2100 for w in figures)
    dead = words.where(sentence.first, sentence.last, "dead")
    many = any(words.among(words.back(at, 2), at, _THOUSANDS) for at in dead)
    return told or many or _is_toll(scope.casualties)


def _is_toll(figures: Sequence[Casualties]) -> bool:
    return any((c.low or 0) >= _TOLL_OF_YEARS for c in figures)


def _elsewhere(scope: Scope, draft: Draft) -> bool:
    """Whether a sentence names a side that fights mostly outside Syria, and the draft no place of Syria."""
    if draft.located.sites:
        return False
    words, sentence = scope.words, scope.sentence
    tags = (tag for at in words.where(sentence.first, sentence.last, "actor") for tag in words.tags_at(at))
    abroad = any("elsewhere" in tag.entry.flags for tag in tags)
    home = words.where(sentence.first, sentence.last, "home")
    return abroad and all(words.before(at) in FROM for at in home)  # "gunmen who came from Syria"


def _one_long_ago(draft: Draft) -> bool:
    """Whether one man was put to death at no place: mostly told of times long past."""
    deed = "deed" in draft.event.trigger.entry.flags
    return deed and not draft.located.sites and all(c.low == 1 for c in draft.casualties)


def _is_news(scope: Scope, draft: Draft, later: Sequence[Draft]) -> bool:
    """Whether a draft without dead and wounded tells a happening of its own."""
    near = range(draft.event.left, min(draft.event.right, draft.event.last + _DATED_REACH))
    begun = scope.words.has(scope.words.back(draft.event.first, 2), draft.event.first, "outbreak")
    dated = not begun and any(when.first in near for when in scope.when)
    kind, rule, trigger = draft.event.event_type, draft.located.rule, draft.event.trigger
    if draft.event.rule == "confirmed" or (
        draft.event.rule == "responsible" and draft.parties.actor is not None
    ):
        return bool(draft.located.sites)
    if rule == "recalled" and kind != "withdrawal" and draft.event.rule != "repelled":
        return False
    if "armed" in trigger.entry.flags and rule in ("none", "inherited", "scene"):
        return False
    if "deed" in trigger.entry.flags and (trigger.entry.form == "noun" or rule != "behind"):
        return False
    back = rule == "inherited" and trigger.entry.form == "noun" and trigger.definite
    if back and kind in _RECALLED and draft.event.rule != "carried":
        return False
    bare = rule == "none" and draft.parties.actor is None and draft.event.rule != "carried"
    if bare and kind in _RECALLED and trigger.entry.form == "noun" and trigger.definite:
        return False  # "the shelling", by nobody, nowhere
    recalled = draft.event.rule == "trigger" and draft.parties.actor is None and trigger.definite
    if recalled and not dated and "assault" in trigger.entry.flags:
        return False  # "the attack on X was …", told before
    if kind == "other_attack":
        return rule not in ("none", "inherited", "scene") or _names_both(draft)
    return rule != "none" or all(d.event.event_type != kind for d in later)


def _names_both(draft: Draft) -> bool:
    """Whether a verb names who attacked whom: news even where the place was told before."""
    named = draft.parties.rule == "clause" and draft.parties.target is not None
    return named and draft.parties.actor is not None and draft.event.trigger.entry.form == "verb"


def _with_casualties(scope: Scope, drafts: Sequence[Draft]) -> list[Draft]:
    """Give the dead and wounded of a sentence to its events; those of none become events of their own."""
    parted = _parted(scope, drafts)
    result = _without(drafts, {site.first for site in parted.values()})
    for casualty in scope.casualties:
        site = parted.get(casualty)
        index = _beside(casualty, site, result) if site else _event_of(scope, casualty, result)
        if index is None:
            own = _own_event(scope, casualty, result, site)
            if own is not None:
                result.append(own)
                result.sort(key=lambda d: (d.event.first, d.event.last))
        elif not any(c.kind == casualty.kind for c in result[index].casualties):
            result[index] = replace(result[index], casualties=(*result[index].casualties, casualty))
    return result


def _parted(scope: Scope, drafts: Sequence[Draft]) -> dict[Casualties, Site]:
    """The figures that have a place of their own in a sentence that tells of several: the place of each."""
    words = scope.words
    found: dict[Casualties, Site] = {}
    for casualty in scope.casualties:
        behind = scope.scene.within(casualty.last, casualty.last + 4)
        at = casualty.first
        verb = casualty.trigger.entry.form == "verb" and casualty.trigger.prefix.startswith(AND)
        after = verb and words.breaks[at] and words.words[casualty.last] in IN
        events = (d for d in drafts if d.event.last <= at and len(d.located.sites) > 1)
        listed = any(behind and behind[0] in d.located.sites[1:] for d in events)
        if behind and (casualty.placed or (after and listed)):
            found[casualty] = behind[0]
    return found


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


def _event_of(scope: Scope, casualty: Casualties, drafts: Sequence[Draft]) -> int | None:
    """Which event a casualty figure belongs to: the one it is told to come from, or the one it follows."""
    words, scene = scope.words, scope.scene
    own_places = scene.within(casualty.last, min(casualty.last + 4, scope.sentence.last))
    outcome = words.has(words.back(casualty.first, 4), casualty.first + 1, "outcome")
    of_another = outcome and any(draft.event.first < casualty.first for draft in drafts)
    for index, draft in enumerate(drafts):
        if casualty.first <= draft.event.first < casualty.last:
            return index  # "died of suffocation": one and the same words
        if casualty.last == draft.event.first and words.words[casualty.last - 1] in _VICTIM_OF:
            return index  # "fell victim to shelling"
    for first, index in sorted((at, i) for i, d in enumerate(drafts) for at in (d.event.first, *d.again)):
        draft = drafts[index]
        gap = range(casualty.last, first)
        if draft.event.event_type in _HOLDINGS or of_another or first < casualty.last or len(gap) > 20:
            continue
        near = range(max(casualty.last, first - 5), first)
        carriers = (words.tag(at, "carrier") for at in near)
        caused = (
            words.has(near.start, near.stop, "cause")
            or (draft.event.left >= casualty.last and words.tag(draft.event.left, "cause") is not None)
            or draft.event.trigger.prefix.lstrip(AND + SO) != ""
            or any(tag is not None and tag.prefix.endswith(BY) for tag in carriers)
            or _with_what(words, casualty.last, first)
            or _after_strike(words, draft.event)
        )
        cut = any(
            not words.tag(at, "cause") and not (words.tag(at, "kill") and words.tag_before(at, "relative"))
            for at in words.where(gap.start, gap.stop, "kill", "say", "deny", "connector")
        )
        elsewhere = own_places and draft.located.rule == "behind" and own_places[0] not in draft.located.sites
        if caused and not cut and not elsewhere:
            return index
    told = [(at, i) for i, d in enumerate(drafts) for at in (d.event.first, *d.again) if at <= casualty.first]
    if not told:
        return None
    told_at, index = max(told)
    index = _between_both(casualty, drafts, _fought(drafts, index))
    draft = drafts[index]
    voice = voice_at(scope.voices, casualty.first)
    goes_on = _goes_on(draft.voice, voice)
    if draft.event.event_type in _HOLDINGS or (draft.voice != voice and not goes_on):
        return None
    if own_places and draft.located.sites and own_places[0] not in draft.located.sites:
        place = own_places[0]
        related = any(scene.contains(place, s) or scene.contains(s, place) for s in draft.located.sites)
        if not related or casualty.elliptic:
            return None
    outcome = outcome or words.has(max(told_at + 1, casualty.first - 5), casualty.last, "carrier")
    inside = casualty.first < draft.event.right or told_at != draft.event.first or goes_on
    actor = draft.parties.actor
    suffered = casualty.side is None or actor is None or casualty.victims != actor.entry.bloc
    # Both sides have dead in a clash, and who attacks in vain has most of all.
    suffered = suffered or draft.event.event_type in ("clash", "repelled_attack")
    joined = any(
        c.last >= casualty.first - 3
        or (
            c.kind != casualty.kind
            and casualty.trigger.prefix.startswith(AND)
            and casualty.first - c.last <= _ONE_BREATH
            and not words.has(c.last, casualty.first + 1, "break", "connector", "event", "say")
        )
        for c in draft.casualties
    )
    return index if ((outcome or inside) and suffered) or joined else None


def _fought(drafts: Sequence[Draft], index: int) -> int:
    """The clash that an attempt or a taking was part of, which is where its dead fell; else the draft itself:
    "clashes at X after they tried to enter it, some of them killed"."""
    draft = drafts[index]
    taken = draft.event.event_type in _HOLDINGS and draft.located.rule in ("noun", "inherited")
    if not index or not (draft.event.rule == "attempt" or taken):
        return index
    before = drafts[index - 1]
    there = before.located.sites == drafts[index].located.sites
    return index - 1 if there and before.event.event_type == "clash" else index


def _after_strike(words: Words, event: Event) -> bool:
    """Whether a strike stands right behind "after": "five were killed after the shelling of"."""
    strike = event.event_type in ("airstrike", "shelling", "explosion") and event.trigger.entry.form == "noun"
    return strike and words.before(event.first) in AFTER


def _with_what(words: Words, first: int, last: int) -> bool:
    """Whether what people were killed with is what a relative ties to an event: "by the shells that hit"."""
    weapons = (words.tag(at, "weapon") for at in words.where(first, last, "weapon"))
    led = any(tag is not None and tag.prefix.endswith(BY_ANY) for tag in weapons)
    return led and words.has(last - 1, last, "relative")


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


def _own_event(
    scope: Scope, casualty: Casualties, drafts: Sequence[Draft], site: Site | None
) -> Draft | None:
    """The dead or wounded of no told event: fighters fell in a clash, others in an attack.

    A figure with a ``site`` of its own shares type and doer with the figure whose verb it shares or that
    stands in one breath before it, or with the event before it.
    """
    words, sentence, parted = scope.words, scope.sentence, site is not None
    before = [d for d in drafts if d.event.first < casualty.first]
    after = [d.event.first if parted else d.event.left for d in drafts if d.event.first >= casualty.last]
    end = casualty.last
    for other in scope.casualties:
        if other.first >= casualty.last and (parted or other.kind == casualty.kind or other.first > end + 1):
            after.append(other.first)
        elif other.first >= casualty.last:
            end = other.last  # "killed 27 and wounded dozens": told in one breath
    floor = before[-1].event.last if before else sentence.first
    stops = words.where(floor + 1, casualty.first + 1, "break", "connector")
    left = stops[-1] if stops else min(floor, casualty.first)
    clauses = words.where(casualty.last + 1, sentence.last, "break")
    after += [at for at in clauses if words.words[at] in AND_THAT]
    right = max(min([*after, sentence.last]), casualty.last)
    listed = (
        sentence.first if parted or casualty.elliptic else left
    )  # "died of torture: 20 in A, and five in B"
    if words.has(listed, right, "no_attack"):
        return None
    begin = casualty.trigger.last
    inside = not casualty.elliptic and scope.scene.within(
        begin, casualty.last
    )  # "the dead in Homs reached 13"
    search = begin if inside else casualty.last
    chief = None
    if parted:
        shared = (d for d in reversed(drafts) if any(_one_breath(c, casualty) for c in d.casualties))
        chief = next(shared, before[-1] if before else None)
    event = Event(
        chief.event.event_type if chief is not None else _own_type(scope, casualty, before),
        casualty.trigger,
        casualty.first,
        casualty.last,
        left,
        right,
        search,
        "casualties",
    )
    used = frozenset(site.first for d in drafts for site in d.located.sites)
    located = locate(scope.scene, sentence, event, before[-1].located if before else None, used, None)
    voice = voice_at(scope.voices, casualty.first)
    if begun_abroad(scope.scene, sentence, event):
        return None
    if located.rule == "abroad" or (voice is not None and casualty.first < voice.denies_until):
        return None
    if site is not None and casualty.trigger.entry.role in ("dead", "injured"):
        located = Located((site,), "behind")
    if parted and located.rule != "behind":
        return None
    if casualty.elliptic and located.rule == "inherited":
        return None  # a second figure of the same place and breath: who it adds to is not told
    if chief is not None:
        return Draft(event, located, chief.parties, voice, (casualty,))
    parties = _parties(scope, event, voice, before[-1] if before else None)
    actor = parties.actor or (before[-1].parties.actor if before and casualty.side is not None else None)
    if actor is not None and casualty.side is not None and actor.entry.bloc == casualty.side.entry.bloc:
        actor = None
    side = casualty.side
    beside = parties.target
    if (
        side is None
        and beside is not None
        and not casualty.victims
        and casualty.first - beside.last in (0, 1)
    ):
        side = beside  # "destroyed a tank of X and killed some in it"
        casualty = replace(casualty, victims=beside.entry.bloc, side=side)
    if actor is not None and "air" in actor.entry.flags and event.event_type == "other_attack":
        event = replace(event, event_type="airstrike")  # "the warplanes committed a massacre"
    return Draft(event, located, replace(parties, actor=actor, target=side), voice, (casualty,))


def _one_breath(one: Casualties, other: Casualties) -> bool:
    """Whether a figure shares what happened with one before it: by one verb, or in a list with places."""
    listed = other.placed and one.trigger.entry.role in ("dead", "injured") and one.last <= other.first
    return one.trigger == other.trigger or listed


def _own_type(scope: Scope, casualty: Casualties, before: Sequence[Draft]) -> str:
    """Of the dead that another voice counts, the type that the first gave; else by who they were."""
    if before and before[-1].voice != voice_at(scope.voices, casualty.first):
        kind = before[-1].event.event_type
        if kind not in _HOLDINGS and not casualty.elliptic:
            return kind
    if "deed" in casualty.trigger.entry.flags:
        return "other_attack"
    return "clash" if casualty.victims not in ("", "civilians") else "other_attack"
