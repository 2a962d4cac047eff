"""Who says that who did what, where, when, with how many dead: the claims of one text.

Sentence by sentence the events are found and each is given its places, sides, casualties, date and voice.
One claim is one statement about one happening, whoever makes it: a shelling of ten towns is one claim
with ten places, and its dead are counted once.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from extraction.actor import Parties, find_parties, last_enemy
from extraction.casualty import Casualties, find_casualties
from extraction.claimant import Sources, Voice, find_voices, voice_at
from extraction.date import When, default, find_dates
from extraction.event import Event, find_events
from extraction.location import Located, Scene, Site, locate
from extraction.number import Count, find_counts
from extraction.records import EVIDENCE_LIMIT, Claim, ClaimPlace, Cue, DateBasis, Document, Mention
from extraction.sentence import Sentence, Words
from extraction.vocabulary import Tag
from gazetteer.resolve import distance_km
from gazetteer.sources import Gazetteer

_DATE_WINDOW: Final = 30  # words within which a written date is the event's own
#: Without a place these say too little to be checked: politics speaks of control and retreat too.
_NEEDS_PLACE: Final = frozenset({"control_change", "withdrawal", "advance", "siege", "repelled_attack"})
#: Of these a definite noun with no place of its own only comes back to what was told.
_RECALLED: Final = frozenset({"airstrike", "shelling", "clash", "explosion"})
#: These kill nobody by themselves: the dead told beside them fell in an event of their own.
_HOLDINGS: Final = frozenset({"control_change", "withdrawal", "siege"})


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event of a sentence with all that was found for it; ``again`` are words that come back to it."""

    event: Event
    located: Located
    parties: Parties
    voice: Voice | None
    casualties: tuple[Casualties, ...] = ()
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scope:
    """A sentence and what was found in it beside its events."""

    words: Words
    sentence: Sentence
    scene: Scene
    voices: tuple[Voice, ...]
    casualties: tuple[Casualties, ...]
    when: tuple[When, ...]


def read_claims(
    document: Document, words: Words, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[Claim, ...]:
    """All claims of a document, in order; incidents are not joined yet."""
    sites = _sites(words, mentions)
    scene = Scene(words, sites, gazetteer)
    names = _name_words(words, sites)
    starts = frozenset(site.first for site in sites)
    sources = Sources()
    claims: list[Claim] = []
    last: Located | None = None
    fallen: Casualties | None = None
    for number, sentence in enumerate(words.sentences):
        if words.tag(sentence.first, "boilerplate"):
            continue
        voices = find_voices(words, sentence, sources)
        events = find_events(words, sentence, names, starts, headline=number == 0)
        scope = _Scope(
            words,
            sentence,
            scene,
            tuple(voices),
            tuple(find_casualties(words, sentence, fallen)),
            tuple(find_dates(words, sentence.first, sentence.last, document.published)),
        )
        claims = _afterthought(words, sentence, voices, claims, bool(events))
        fallen = scope.casualties[-1] if scope.casualties else fallen
        drafts = _news(_with_casualties(scope, _drafts(scope, events, last)))
        if drafts:
            last = drafts[-1].located
        claims += [_claim(document, scope, draft, drafts, n) for n, draft in enumerate(drafts)]
        claims += _denials(document, scope, claims)
    return tuple(_mark_totals(claims, scene))


def _afterthought(
    words: Words, sentence: Sentence, voices: Sequence[Voice], claims: list[Claim], eventful: bool
) -> list[Claim]:
    """Give the claims of the sentence before the source that this one names for them.

    "This came in a statement of X": X says it. "Reuters quoted X on this": Reuters passed it on.
    """
    begin = words.start(sentence.first)
    voice = voices[0] if voices else None
    if voice is None or not voice.claimant or not claims:
        return claims
    named = words.tag(sentence.first, "afterthought") is not None
    passed_on = bool(voice.relayed_by) and not eventful
    if not named and not passed_on:
        return claims
    last = max((c.start for c in claims), default=begin)
    floor = max((words.start(s.first) for s in words.sentences if words.start(s.first) <= last), default=0)
    return [
        replace(c, claimant=c.claimant or voice.claimant, relayed_by=c.relayed_by or voice.relayed_by)
        if c.start >= floor and c.claimant in ("", voice.claimant)
        else c
        for c in claims
    ]


def _denials(document: Document, scope: _Scope, claims: Sequence[Claim]) -> list[Claim]:
    """The takeover last claimed, denied: "while Nusra denied that"."""
    words = scope.words
    found: list[Claim] = []
    for voice in scope.voices:
        deny = next((at for at in range(voice.since, voice.until) if words.tag(at, "deny")), None)
        if (
            deny is None
            or not voice.claimant
            or not any(words.tag(at, "that") for at in range(deny, deny + 7))
        ):
            continue
        denied = next((c for c in reversed(claims) if c.event_type in ("control_change", "advance")), None)
        if denied is None or denied.stance == "denied" or denied.claimant == voice.claimant:
            continue
        start, end = words.start(voice.since), words.end(min(voice.denies_until, scope.sentence.last) - 1)
        key = f"{denied.claim_id}\x1f{start}"
        found.append(
            replace(
                denied,
                claim_id="c" + hashlib.sha256(key.encode()).hexdigest()[:15],
                start=start,
                end=min(end, start + EVIDENCE_LIMIT),
                evidence=document.text[start : min(end, start + EVIDENCE_LIMIT)],
                stance="denied",
                claimant=voice.claimant,
                relayed_by=voice.relayed_by,
                cues=(Cue("negation", start, words.end(voice.until - 1), "denied that"),),
            )
        )
    return found


def _sites(words: Words, mentions: Sequence[Mention]) -> list[Site]:
    """The mentions as words of the text."""
    begin = {words.start(at): at for at in range(words.count)}
    ends = [words.end(at) for at in range(words.count)]
    offsets = sorted(begin)
    sites: list[Site] = []
    for mention in mentions:
        first = begin[offsets[bisect_right(offsets, mention.start) - 1]]
        last = first + 1
        while last < len(ends) and ends[last - 1] < mention.end:
            last += 1
        sites.append(Site(first, last, mention))
    return sites


def _name_words(words: Words, sites: Sequence[Site]) -> frozenset[int]:
    """The words inside names, where no trigger is one."""
    inside = {at for site in sites for at in range(site.first, site.last)}
    for tag in words.tags:
        if tag.entry.role in ("actor", "claimant"):
            inside.update(range(tag.first, tag.last))
    return frozenset(inside)


def _drafts(scope: _Scope, events: Sequence[Event], last: Located | None) -> list[_Draft]:
    """The events of a sentence with places, sides and voices; the same happening told twice is one."""
    words = scope.words
    drafts: list[_Draft] = []
    used: set[int] = set()
    for event in events:
        previous = drafts[-1] if drafts else None
        located = locate(
            scope.scene, scope.sentence, event, previous.located if previous else None, frozenset(used), last
        )
        voice = voice_at(scope.voices, event.trigger.first)
        parties = _parties(scope, event, voice, previous)
        if event.event_type in _NEEDS_PLACE and not located.sites:
            continue
        if event.rule == "negated" and (voice is None or not voice.claimant or parties.actor is None):
            continue  # only a named voice that says a side did not take a place denies anything
        if event.event_type == "advance" and event.rule == "trigger" and parties.actor is None:
            if "assault" not in event.trigger.entry.flags:
                continue
            event = replace(event, event_type="other_attack")  # "an attack", by whom is not told
        draft = _Draft(event, located, parties, voice)
        used.update(site.first for site in located.sites)
        told = next((n for n, other in enumerate(drafts) if _told_before(draft, other)), None)
        if told is None:
            drafts.append(draft)
        else:
            drafts[told] = replace(drafts[told], again=(*drafts[told].again, event.first))
    return [_placed_ahead(words, draft, drafts[n + 1 :]) for n, draft in enumerate(drafts)]


def _placed_ahead(words: Words, draft: _Draft, later: Sequence[_Draft]) -> _Draft:
    """The draft with the places of the next one, where a relative ties them: "the battles that ended in"."""
    if draft.located.sites or not later:
        return draft
    tied = any(words.tag(at, "relative") for at in range(draft.event.last, later[0].event.first))
    return replace(draft, located=Located(later[0].located.sites, "inherited")) if tied else draft


def _parties(scope: _Scope, event: Event, voice: Voice | None, previous: _Draft | None) -> Parties:
    victims = frozenset(c.side.first for c in scope.casualties if c.side is not None)
    before = previous.parties if previous else None
    return find_parties(scope.words, scope.sentence, event, scope.voices, voice, before, victims)


def _told_before(draft: _Draft, other: _Draft) -> bool:
    """Whether a sentence comes back to a happening it told already: no new place, the same voice and type."""
    kind, told = draft.event.event_type, other.event.event_type
    attempt = draft.event.rule == "attempt" and draft.parties.actor is None and told == "repelled_attack"
    if draft.voice != other.voice or (kind != told and not attempt):
        return False
    one, two = draft.parties.actor, other.parties.actor
    if kind in _NEEDS_PLACE and one is not None and two is not None and one.entry.bloc != two.entry.bloc:
        return False
    if draft.located.rule in ("inherited", "scene", "none"):
        return True
    ids = {site.mention.place_id for site in draft.located.sites}
    return draft.event.event_type in _NEEDS_PLACE and ids <= {s.mention.place_id for s in other.located.sites}


def _news(drafts: Sequence[_Draft]) -> list[_Draft]:
    """The drafts that say something: no mere "the shelling", none told again with its places right after."""
    return [
        draft
        for number, draft in enumerate(drafts)
        if draft.casualties or _is_news(draft, [d for d in drafts[number + 1 :] if d.voice == draft.voice])
    ]


def _is_news(draft: _Draft, later: Sequence[_Draft]) -> bool:
    """Whether a draft without dead and wounded tells a happening of its own."""
    kind, rule, trigger = draft.event.event_type, draft.located.rule, draft.event.trigger
    if rule == "recalled" and kind != "withdrawal":
        return False
    back = rule == "inherited" and trigger.entry.form == "noun" and trigger.definite
    if back and kind in _RECALLED and draft.event.rule != "carried":
        return False
    if kind == "other_attack":
        return rule not in ("none", "inherited", "scene")
    return rule != "none" or all(d.event.event_type != kind for d in later)


def _with_casualties(scope: _Scope, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Give the dead and wounded of a sentence to its events; those of none become events of their own."""
    result = list(drafts)
    for casualty in scope.casualties:
        index = _event_of(scope, casualty, result)
        if index is None:
            own = _own_event(scope, casualty, result)
            if own is not None:
                result.append(own)
                result.sort(key=lambda d: (d.event.first, d.event.last))
        elif not any(c.kind == casualty.kind for c in result[index].casualties):
            result[index] = replace(result[index], casualties=(*result[index].casualties, casualty))
    return result


def _event_of(scope: _Scope, casualty: Casualties, drafts: Sequence[_Draft]) -> int | None:
    """Which event a casualty figure belongs to: the one it is told to come from, or the one it follows."""
    words, scene = scope.words, scope.scene
    own_places = scene.within(casualty.last, casualty.last + 4)
    outcome = any(
        words.tag(at, "outcome")
        for at in range(max(scope.sentence.first, casualty.first - 4), casualty.first + 1)
    )
    for index, draft in enumerate(drafts):
        if casualty.first <= draft.event.first < casualty.last:
            return index  # "died of suffocation": one and the same words
    for first, index in sorted((at, i) for i, d in enumerate(drafts) for at in (d.event.first, *d.again)):
        draft = drafts[index]
        gap = range(casualty.last, first)
        if draft.event.event_type in _HOLDINGS or outcome or first < casualty.last or len(gap) > 20:
            continue
        near = range(max(casualty.last, first - 5), first)
        caused = any(words.tag(at, "cause") for at in near) or draft.event.trigger.prefix
        cut = any(
            words.tag(at, "kill", "say", "deny", "connector") and not words.tag(at, "cause") for at in gap
        )
        elsewhere = own_places and draft.located.rule == "behind" and own_places[0] not in draft.located.sites
        if caused and not cut and not elsewhere:
            return index
    told = [(at, i) for i, d in enumerate(drafts) for at in (d.event.first, *d.again) if at <= casualty.first]
    if not told:
        return None
    told_at, index = max(told)
    draft = drafts[index]
    if draft.event.event_type in _HOLDINGS or draft.voice != voice_at(scope.voices, casualty.first):
        return None
    if own_places and draft.located.sites and own_places[0] not in draft.located.sites:
        place = own_places[0]
        related = any(scene.contains(place, s) or scene.contains(s, place) for s in draft.located.sites)
        if not related or casualty.elliptic:
            return None
    outcome = outcome or any(
        words.tag(at, "carrier") for at in range(max(told_at + 1, casualty.first - 5), casualty.last)
    )
    inside = casualty.first < draft.event.right or told_at != draft.event.first
    actor = draft.parties.actor
    suffered = casualty.side is None or actor is None or casualty.victims != actor.entry.bloc
    joined = any(c.last >= casualty.first - 3 for c in draft.casualties)
    return index if ((outcome or inside) and suffered) or joined else None


def _own_event(scope: _Scope, casualty: Casualties, drafts: Sequence[_Draft]) -> _Draft | None:
    """The dead or wounded of no told event: fighters fell in a clash, others in an attack."""
    words, sentence = scope.words, scope.sentence
    before = [d for d in drafts if d.event.first < casualty.first]
    after = [d.event.left for d in drafts if d.event.first >= casualty.last]
    after += [c.first for c in scope.casualties if c.first >= casualty.last]
    left = casualty.first
    floor = before[-1].event.last if before else sentence.first
    while left > floor and not words.breaks[left] and words.tag(left, "connector") is None:
        left -= 1
    right = max(min([*after, sentence.last]), casualty.last)
    event = Event(
        _own_type(scope, casualty, before),
        casualty.trigger,
        casualty.first,
        casualty.last,
        left,
        right,
        casualty.last,
        "casualties",
    )
    used = frozenset(site.first for d in drafts for site in d.located.sites)
    located = locate(scope.scene, sentence, event, before[-1].located if before else None, used, None)
    if casualty.elliptic and located.rule == "inherited":
        return None  # a second figure of the same place and breath: who it adds to is not told
    parties = _parties(scope, event, voice_at(scope.voices, casualty.first), before[-1] if before else None)
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
    voice = voice_at(scope.voices, casualty.first)
    return _Draft(event, located, replace(parties, actor=actor, target=side), voice, (casualty,))


def _own_type(scope: _Scope, casualty: Casualties, before: Sequence[_Draft]) -> str:
    """Of the dead that another voice counts, the type that the first gave; else by who they were."""
    if before and before[-1].voice != voice_at(scope.voices, casualty.first):
        kind = before[-1].event.event_type
        if kind not in _HOLDINGS and not casualty.elliptic:
            return kind
    return "clash" if casualty.victims not in ("", "civilians") else "other_attack"


def _claim(document: Document, scope: _Scope, draft: _Draft, drafts: Sequence[_Draft], number: int) -> Claim:
    event, voice, words = draft.event, draft.voice, scope.words
    denied = voice is not None and voice.first <= event.trigger.first < voice.denies_until
    denied = denied or event.rule == "negated"
    told = _when(words, event, voice, scope.when, drafts)
    start, end, basis = (told.start, told.end, told.basis) if told else default(document.published)
    strikes = _strikes(words, event)
    figures = {c.kind: c for c in draft.casualties}
    killed, wounded = figures.get("killed"), figures.get("wounded")
    victims = _victims(words, draft)
    actor, bloc = _side(draft.parties.actor)
    target, target_bloc = _side(draft.parties.target)
    if not bloc and event.weapon == "barrel_bomb":
        actor, bloc = actor or "government_air_force", "government"
    if not target and victims and victims not in ("civilians", "mixed"):
        side = next((c.side for c in draft.casualties if c.victims == victims), None)
        target, target_bloc = _side(side)
    first, last = _evidence(words, event, draft)
    places = tuple(
        ClaimPlace(m.place_id, m.lat, m.lon, m.start, m.end)
        for m in (site.mention for site in draft.located.sites)
    )
    begin, stop = words.start(first), words.end(last - 1)
    stop = min(stop, begin + EVIDENCE_LIMIT)
    key = f"{document.doc_id}\x1f{words.start(event.trigger.first)}\x1f{event.event_type}\x1f{number}"
    return Claim(
        claim_id="c" + hashlib.sha256(key.encode()).hexdigest()[:15],
        doc_id=document.doc_id,
        start=begin,
        end=stop,
        evidence=document.text[begin:stop],
        outlet=document.outlet,
        published=document.published,
        event_type=event.event_type,
        stance="denied" if denied else "asserted",
        actor=actor,
        actor_bloc=bloc,
        target=target,
        target_bloc=target_bloc,
        claimant=voice.claimant if voice else "",
        relayed_by=voice.relayed_by if voice else "",
        date_start=start,
        date_end=end,
        date_basis=basis,
        killed_min=killed.low if killed else None,
        killed_max=killed.high if killed else None,
        wounded_min=wounded.low if wounded else None,
        wounded_max=wounded.high if wounded else None,
        victims=victims,
        strikes_min=strikes.low if strikes else None,
        strikes_max=strikes.high if strikes else None,
        weapon=event.weapon,
        is_total=any(c.total for c in draft.casualties),
        confidence=_confidence(draft, basis),
        places=places,
        cues=tuple(_cues(words, draft, told, strikes)),
    )


def _when(
    words: Words, event: Event, voice: Voice | None, when: Sequence[When], drafts: Sequence[_Draft]
) -> When | None:
    """The day told in the clause, else beside the voice, else at the head of the sentence."""
    inside = [w for w in when if event.left <= w.first < event.right and not _of_another(words, event, w)]
    if inside:
        nearest = min(inside, key=lambda w: abs(w.first - event.first))
        if abs(nearest.first - event.first) <= _DATE_WINDOW or nearest.basis != "explicit":
            return nearest
    if voice is not None:
        naming = [w for w in when if voice.since <= w.first <= voice.until + 2]
        if naming:
            return naming[0]
    head = [w for w in when if w.first < event.left and w.first < min(d.event.left for d in drafts)]
    return head[0] if head else None


def _of_another(words: Words, event: Event, when: When) -> bool:
    """Whether "since a year" behind a relative says how long something else has lasted."""
    if words.words[when.first] != "منذ" or when.first < event.last:
        return False
    return any(words.breaks[at] or words.tag(at, "relative") for at in range(event.last, when.first))


def _strikes(words: Words, event: Event) -> Count | None:
    """How many air strikes: a count right before غارة or ضربة."""
    if event.event_type != "airstrike":
        return None
    for count in find_counts(words, event.left, event.right):
        if count.vague and (count.low or 0) < 2:
            continue
        at = count.last - 1 if count.dual else count.last
        strike = words.tag(at, "strike")
        near = strike or next(
            (words.tag(n, "strike") for n in (at + 1, at + 2) if words.tag(at, "toll")), None
        )
        if near is not None:
            return count
    return None


def _victims(words: Words, draft: _Draft) -> str:
    """Who the dead and wounded were: as told with the count, else the civilians that were aimed at, or the
    side whose "members" the text means."""
    told = {c.victims for c in draft.casualties if c.victims}
    if told:
        return next(iter(told)) if len(told) == 1 else "mixed"
    if any(c.theirs for c in draft.casualties):
        actor, target = draft.parties.actor, draft.parties.target
        own = actor.entry.bloc if actor is not None else ""
        enemy = target or last_enemy(words, draft.event.first, own)
        return enemy.entry.bloc if enemy is not None else ""
    people = (words.tag(at, "victim") for at in range(draft.event.left, draft.event.right))
    kinds = {tag.entry.code for tag in people if tag is not None}
    return "civilians" if draft.casualties and "civilians" in kinds and "fighters" not in kinds else ""


def _side(tag: Tag | None) -> tuple[str, str]:
    return (tag.entry.code, tag.entry.bloc) if tag is not None else ("", "")


def _evidence(words: Words, event: Event, draft: _Draft) -> tuple[int, int]:
    """The clause in words: from its head to its last place or figure, at least the trigger."""
    first, last = event.left, event.right
    for casualty in draft.casualties:
        first, last = min(first, casualty.first), max(last, casualty.last)
    while last - 1 > event.last and words.words[last - 1] in ("و", "في", "من", "ان"):
        last -= 1
    limit = words.start(first) + EVIDENCE_LIMIT
    if words.end(max(event.last, first + 1) - 1) > limit:  # a long way before the trigger: begin nearer to it
        first = event.first
        limit = words.start(first) + EVIDENCE_LIMIT
    while last - 1 > first and words.end(last - 1) > limit:
        last -= 1
    return first, last


def _confidence(draft: _Draft, basis: DateBasis) -> float:
    """How sure the reading is, from 0 to 1: each guess that was needed takes its part away."""
    value = 0.95
    event = draft.event
    if draft.located.rule in ("inherited", "scene"):
        value *= 0.75
    elif draft.located.rule in ("noun", "before"):
        value *= 0.9
    elif draft.located.rule == "none":
        value *= 0.6
    if draft.located.sites:
        value *= 0.5 + 0.5 * min(site.mention.score for site in draft.located.sites)
    if event.rule in ("attempt", "casualties", "merged"):
        value *= 0.9
    if draft.parties.actor is None:
        value *= 0.95
    if draft.parties.doubtful:
        value *= 0.7
    if basis in ("default", "none"):
        value *= 0.95
    return round(value, 2)


def _cues(words: Words, draft: _Draft, told: When | None, strikes: Count | None) -> list[Cue]:
    """The words that gave each fact."""

    def cue(role: str, first: int, last: int, rule: str = "") -> Cue:
        return Cue(role, words.start(first), words.end(last - 1), rule)

    event, voice, parties = draft.event, draft.voice, draft.parties
    cues = [cue("trigger", event.trigger.first, event.trigger.last, event.rule)]
    cues += [Cue("place", s.mention.start, s.mention.end, draft.located.rule) for s in draft.located.sites]
    if parties.actor is not None:
        cues.append(cue("actor", parties.actor.first, parties.actor.last, parties.rule))
    if parties.target is not None:
        cues.append(cue("target", parties.target.first, parties.target.last))
    if voice is not None and voice.until > voice.since:
        role = "negation" if voice.denies_until > event.trigger.first >= voice.first else "claimant"
        cues.append(cue(role, voice.since, voice.until, "backward" if voice.backward else ""))
    for casualty in draft.casualties:
        cues.append(cue(casualty.kind, casualty.first, casualty.last))
    if event.weapon_at >= 0:
        cues.append(cue("weapon", event.weapon_at, event.weapon_at + 1))
    if told is not None:
        cues.append(cue("date", told.first, told.last, told.basis))
    if strikes is not None:
        cues.append(cue("strikes", strikes.first, strikes.last))
    return cues


def _mark_totals(claims: Sequence[Claim], scene: Scene) -> list[Claim]:
    """Mark a count that covers others of the same text: a larger one, of a wider place, at the same time.

    After the contract: 75 dead around Damascus in a day, of which 49 in Adra and 17 in its suburbs.
    """
    counted = [c for c in claims if c.killed_min is not None]

    def covers(claim: Claim, other: Claim) -> bool:
        if (
            claim is other
            or (claim.killed_min or 0) <= (other.killed_min or 0)
            or (other.killed_min or 0) < 2
        ):
            return False
        if claim.victims != other.victims or not claim.places or not other.places:
            return False
        if claim.date_start and other.date_start and claim.date_end and other.date_end:
            slack = timedelta(days=1)
            if claim.date_start - slack > other.date_end or other.date_start - slack > claim.date_end:
                return False
        return all(any(_wider(scene, p.place_id, q.place_id) for p in claim.places) for q in other.places)

    return [
        replace(c, is_total=True) if c.is_total or any(covers(c, o) for o in counted) else c for c in claims
    ]


def _wider(scene: Scene, outer: str, inner: str) -> bool:
    """Whether a place covers another: it is above it, or is the capital whose suburbs are meant."""
    if not outer or not inner or outer == inner:
        return False
    places = scene.gazetteer.places
    if any(up.id == outer for up in scene.gazetteer.ancestors(inner)):
        return True
    wide, narrow = places[outer], places[inner]
    return wide.kind in ("governorate", "region", "city") and distance_km(wide, narrow) <= wide.radius_km + 20
