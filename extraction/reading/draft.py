"""What a sentence tells: its events with places, sides, voices and casualties, each happening once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extraction.lexicon.clitics import AND, THEY_DID
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import AS, FROM, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.casualty import Casualties
from extraction.reading.claimant import Voice, voice_at
from extraction.reading.clause import Event
from extraction.reading.happening import Draft, Scope
from extraction.reading.location import Located, Told, locate
from extraction.reading.losses import HOLDINGS, parties_of, with_losses
from extraction.reading.notes import Note
from extraction.reading.sides import Parties, last_of, own_strikes
from extraction.words.sentence import Words
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


def find_drafts(
    scope: Scope, events: Sequence[Event], before: Sequence[Draft], notes: list[Note] | None = None
) -> list[Draft]:
    """The drafts of a sentence in order; ``before`` are those of the last sentence that told any; ``notes``
    gathers what was weighed."""
    last = before[-1] if before else None
    drafts = _news(scope, with_losses(scope, _drafts(scope, events, before), notes))
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
            Told(
                previous.located if previous else None,
                frozenset(used),
                last.located if last else None,
            ),
        )
        if previous is not None and _is_another(words, event, located):
            sites = (*previous.located.sites, *located.sites)
            drafts[-1] = replace(previous, located=replace(previous.located, sites=sites))
            used.update(site.first for site in located.sites)
            continue
        voice = voice_at(scope.voices, event.trigger.first)
        same = not drafts and doer is not None and _same_doer(scope, event, voice, doer)
        parties = parties_of(scope, event, voice, doer if same else _chief(words, drafts))
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
    return towns and near and (len(kinds) == 1 or kinds <= HOLDINGS)


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


def _told_before(words: Words, draft: Draft, other: Draft) -> bool:
    """Whether a sentence comes back to a happening it told already: no new place, the same voice and type,
    and no day of its own, as in "and yesterday's raids killed seven"."""
    kind, told = draft.event.event_type, other.event.event_type
    noun = draft.event.trigger.entry.form == "noun"
    dated = noun and words.tag(draft.event.last, "day") is not None
    if dated and not words.has(other.event.left, other.event.last, "day"):
        return False
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
