"""Who says that who did what, where, when, with how many dead: the claims of one text.

Sentence by sentence the events are found and each is given its places, sides, casualties, date and voice.
One claim is one statement about one happening, whoever makes it: a shelling of ten towns is one claim
with ten places, and its dead are counted once.
"""

import hashlib
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from extraction.lexicon.clitics import AND, SHE_DID, THEY_DID
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import FROM, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.actor import sides_of
from extraction.reading.casualty import Casualties
from extraction.reading.claimant import Sources, Voice, find_voices
from extraction.reading.clause import Event
from extraction.reading.date import When, default, find_dates
from extraction.reading.draft import find_drafts, sums_up_years
from extraction.reading.event import find_events
from extraction.reading.happening import Draft, Scope
from extraction.reading.notes import Note
from extraction.reading.number import Count, find_counts
from extraction.reading.phrases.phrase import Phrase, Phrases
from extraction.reading.phrases.places import Scene, Site, sites_of
from extraction.reading.phrases.side import as_of
from extraction.reading.sides import last_enemy
from extraction.reading.timing import over_a_period, told_when
from extraction.reading.toll import find_casualties
from extraction.records import EVIDENCE_LIMIT, Claim, ClaimPlace, Cue, Document, Mention
from extraction.words.sentence import LONGEST_SENTENCE, Sentence, Words
from gazetteer.place import distance_km
from gazetteer.sources import Gazetteer

#: The confidence of a reading without any guess; each guess leaves so much of it.
CERTAIN: Final = 0.95
GUESSES: Final = {
    "place_elsewhere": 0.75,
    "place_noun": 0.9,
    "no_place": 0.6,
    "attempt": 0.9,
    "casualties": 0.9,
    "merged": 0.9,
    "no_actor": 0.95,
    "actor_believed": 0.7,
    "actor_inferred": 0.8,
    "no_date": 0.95,
}
_TOTAL_REACH: Final = 12  # claims before and behind a total among which its parts stand
_INFERRED: Final = "same attacker"
_ATTACKER_REACH: Final = 4  # claims back among which the attacker of a place is looked for
_STRIKES: Final = frozenset({"airstrike", "shelling", "chemical_attack"})
_ATTACKS: Final = frozenset({"advance", "siege", "shelling", "repelled_attack"})
_SUM_DAYS: Final = 60  # over so many days, and nowhere: a sum of many happenings
_OF_THEM: Final = particles("of_them")
#: At the end of a clause these belong to what follows.
_LOOSE_END: Final = particles("in", "from", "that", "after") | {AND}
_AIR_POWERS: Final = flagged("bloc", "air_power")
_SENTENCE_CLAIMS: Final = (
    2 * LONGEST_SENTENCE
)  # more than the longest sentence, or a denial's reach, can hold
_DENIAL_REACH: Final = 400  # code points from a claim to a "denied that" that may mean it


def read_claims(
    document: Document,
    words: Words,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    notes: list[Note] | None = None,
) -> tuple[Claim, ...]:
    """All claims of a document, in order; incidents are not joined yet. ``notes`` gathers what was
    weighed."""
    words = as_of(words, document.published)
    sites = sites_of(words, mentions)
    scene = Scene(words, sites, gazetteer)
    names = _name_words(words, sites)
    starts = frozenset(site.first for site in sites)
    phrases = Phrases([Phrase("PLACE", site.first, site.last) for site in sites])
    sources = Sources()
    claims: list[Claim] = []
    before: Sequence[Draft] = ()
    day: date | None = None
    years = False
    fallen: Casualties | None = None
    for sentence in words.sentences:
        if words.tag(sentence.first, "boilerplate") or not words.is_prose(sentence):
            continue
        voices = find_voices(words, sentence, sources)
        events = find_events(words, sentence, names, phrases.ends, notes)
        scope = Scope(
            words,
            sentence,
            scene,
            tuple(voices),
            tuple(find_casualties(words, sentence, starts, fallen)),
            tuple(find_dates(words, sentence.first, sentence.last, document.published, day)),
            sides_of(words, sentence, _inside_places(scene, sentence)),
        )
        goes_on = years and not scope.when and words.tag(sentence.first, "goes_on") is not None
        scope = replace(scope, summing=goes_on)
        years = goes_on or sums_up_years(scope)
        day = scope.when[-1].start if scope.when else None
        _afterthought(words, sentence, voices, claims, bool(events))
        fallen = scope.casualties[-1] if scope.casualties else fallen
        drafts = find_drafts(scope, events, before, notes)
        before = drafts or before
        claims += [_claim(document, scope, draft, drafts, n) for n, draft in enumerate(drafts)]
        claims += _denials(document, scope, claims)
    return tuple(_mark_totals(_with_attackers([c for c in claims if _is_checkable(c)]), scene))


def _is_checkable(claim: Claim) -> bool:
    """Whether a claim says where it happened, or when, or at least who says so. What says none of these
    nobody can check: nearly all such in the corpus was talk of the war at large, or of other countries; and
    what happened nowhere in the course of months is a sum.
    """
    if claim.places:
        return True
    dated = claim.date_basis not in ("default", "none")
    days = (claim.date_end - claim.date_start).days if claim.date_start and claim.date_end else 0
    return (dated or claim.claimant != "") and days <= _SUM_DAYS


def _with_attackers(claims: Sequence[Claim]) -> list[Claim]:
    """Give a siege or shelling without a doer the one that the same voice names as the attacker of that place
    right before: "the army did not enter the town. The siege goes on, the town came under shelling".

    It is an inference, so the claim is less sure, and none is made where the voice names two attackers.
    """
    found: list[Claim] = []
    for claim in claims:
        back = any(
            cue.role == "place" and cue.rule in ("noun", "inherited", "recalled") for cue in claim.cues
        )
        if back and not claim.actor and claim.claimant and claim.event_type in ("siege", "shelling"):
            here = [c for c in found[-_ATTACKER_REACH:] if c.claimant == claim.claimant]
            here = [c for c in here if c.actor and _attacks(c) and _same_places(c, claim)]
            if here and len({c.actor_bloc for c in here}) == 1:
                cue = next(cue for cue in here[-1].cues if cue.role == "actor")
                claim = replace(
                    claim,
                    actor=here[-1].actor,
                    actor_bloc=here[-1].actor_bloc,
                    confidence=round(claim.confidence / GUESSES["no_actor"] * GUESSES["actor_inferred"], 2),
                    cues=(*claim.cues, replace(cue, rule=_INFERRED)),
                )
        found.append(claim)
    return found


def _attacks(claim: Claim) -> bool:
    """Whether the doer of a claim stands outside its place; who has taken it is shelled by others."""
    denied = claim.event_type == "control_change" and claim.stance == "denied"
    return denied or claim.event_type in _ATTACKS


def _same_places(one: Claim, other: Claim) -> bool:
    return {p.place_id for p in one.places} == {p.place_id for p in other.places}


def _afterthought(
    words: Words, sentence: Sentence, voices: Sequence[Voice], claims: list[Claim], eventful: bool
) -> None:
    """Give the claims of the sentence before, among ``claims``, the source that this one names for them.

    "This came in a statement of X": X says it. "Reuters quoted X on this": Reuters passed it on.
    """
    voice = voices[0] if voices else None
    if voice is None or not voice.claimant or not claims:
        return
    named = words.tag(sentence.first, "afterthought") is not None
    quoted = words.has(voice.since, voice.until, "relay")
    passed_on = bool(voice.relayed_by) and quoted and not eventful
    if not named and not passed_on:
        return
    last = max(c.start for c in claims[-_SENTENCE_CLAIMS:])
    told = bisect_right(words.sentences, last, key=lambda s: words.start(s.first)) - 1
    floor = words.start(words.sentences[told].first) if told >= 0 else 0
    for n, c in enumerate(claims[-_SENTENCE_CLAIMS:], max(0, len(claims) - _SENTENCE_CLAIMS)):
        if c.start >= floor and c.claimant in ("", voice.claimant):
            claims[n] = replace(
                c, claimant=c.claimant or voice.claimant, relayed_by=c.relayed_by or voice.relayed_by
            )


def _denials(document: Document, scope: Scope, claims: Sequence[Claim]) -> list[Claim]:
    """The takeover last claimed, denied: "Nusra denied that"; by a power with aircraft, its own strike."""
    words = scope.words
    found: list[Claim] = []
    for voice in scope.voices:
        deny = next((at for at in range(voice.since, voice.until) if words.tag(at, "deny")), None)
        if deny is None or not voice.claimant or not words.has(words.back(deny, 2), deny + 7, "that"):
            continue
        near = list(reversed(claims[-_SENTENCE_CLAIMS:]))
        taken = next((c for c in near if c.event_type in ("control_change", "advance")), None)
        own = (c for c in near if voice.side and c.actor_bloc == voice.side and c.event_type in _STRIKES)
        denied = next((c for c in own if c.claimant != voice.claimant), taken)
        if (
            denied is None
            or words.start(deny) - denied.end > _DENIAL_REACH
            or denied.stance == "denied"
            or denied.claimant == voice.claimant
        ):
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


def _inside_places(scene: Scene, sentence: Sentence) -> frozenset[int]:
    """The words inside names of places, which name no side: the Kurds of the Mountain of the Kurds."""
    sites = scene.within(sentence.first, sentence.last)
    return frozenset(at for site in sites for at in range(site.first + 1, site.last))


def _name_words(words: Words, sites: Sequence[Site]) -> frozenset[int]:
    """The words inside names, where no trigger is one."""
    inside = {at for site in sites for at in range(site.first, site.last)}
    for tag in words.tags:
        if tag.entry.role in ("actor", "claimant"):
            inside.update(range(tag.first, tag.last))
    return frozenset(inside)


def _claim(document: Document, scope: Scope, draft: Draft, drafts: Sequence[Draft], number: int) -> Claim:
    event, voice, words = draft.event, draft.voice, scope.words
    denied = voice is not None and voice.first <= event.trigger.first < voice.denies_until
    denied = denied or event.rule == "negated"
    told = told_when(scope, draft, drafts, document.published)
    start, end, basis = (told.start, told.end, told.basis) if told else default(document.published)
    strikes = _strikes(words, event)
    figures = {c.kind: c for c in draft.casualties}
    killed, wounded = figures.get("killed"), figures.get("wounded")
    victims = _victims(words, draft)
    actor, bloc = _side(draft.parties.actor)
    if actor and not bloc and _is_the_only_air_force(scope, draft, end):
        actor, bloc = "government_air_force", "government"
    target, target_bloc = _side(draft.parties.target)
    if not bloc and event.weapon == "barrel_bomb":
        actor, bloc = actor or "government_air_force", "government"
    if not target and victims and victims not in ("civilians", "mixed", bloc):
        side = next((c.side for c in draft.casualties if c.victims == victims), None)
        target, target_bloc = _side(side)
    first, last = _evidence(words, event, draft)
    places = tuple(
        ClaimPlace(m.place_id, m.lat, m.lon, m.start, m.end)
        for m in (site.mention for site in draft.located.sites)
    )
    doer = draft.parties.rule if draft.parties.actor is not None else "none"
    scores = (site.mention.score for site in draft.located.sites)
    guesses = doubts(draft.located.rule, event.rule, doer, basis, scores)
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
        is_total=any(c.total for c in draft.casualties) or over_a_period(words, draft, told),
        confidence=round(math.prod(guesses.values(), start=CERTAIN), 2),
        places=places,
        cues=tuple(_cues(words, draft, told, strikes)),
    )


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
            return _part_here(words, event, count) or count
    return None


def _part_here(words: Words, event: Event, whole: Count) -> Count | None:
    """The count of those strikes that the clause is about: "eight, of them five near", "six of eight"."""
    head = (c for c in find_counts(words, event.left, whole.first) if words.words[c.last] in FROM)
    first = next((c for c in head if c.last + 1 == whole.first and not c.vague), None)
    if first is not None:
        return first
    parts = (c for c in find_counts(words, whole.last, event.right) if words.tag_before(c.first, "among"))
    return next((c for c in parts if not c.vague and (c.low or 0) <= (whole.low or 0)), None)


def _victims(words: Words, draft: Draft) -> str:
    """Who the dead and wounded were: as told with the count, else the civilians that were aimed at, or the
    side whose "members" the text means."""
    aimed = draft.parties.target
    vague = {c.victims for c in draft.casualties if c.side is not None and "generic" in c.side.entry.flags}
    told = {c.victims for c in draft.casualties if c.victims}
    one_sided = draft.event.event_type != "clash"
    if told and told == vague and one_sided and aimed is not None and aimed.entry.bloc == "islamic_state":
        return aimed.entry.bloc  # "raids on the group killed nine gunmen"
    if told:
        return next(iter(told)) if len(told) == 1 else "mixed"
    actor, target = draft.parties.actor, draft.parties.target
    own = actor.entry.bloc if actor is not None else ""
    known = own != "" or target is not None
    of_them = any(c.theirs or _of_them(words, c) for c in draft.casualties)
    if draft.event.event_type == "repelled_attack" and of_them:
        return own  # "beat off gunmen and left their members dead", "and brought down nine of them"
    if any(c.theirs or (c.fighters and known) for c in draft.casualties):
        if draft.event.event_type == "repelled_attack" and any(_killed_by(c) for c in draft.casualties):
            return own  # "beat off the army's attack and killed twenty fighters"
        enemy = target or last_enemy(words, draft.event.first, own)
        return enemy.entry.bloc if enemy is not None else ""
    places = words.where(draft.event.left, draft.event.right, "victim")
    people = (words.tag(at, "victim") for at in places)
    kinds = {tag.entry.code for tag in people if tag is not None}
    return "civilians" if draft.casualties and "civilians" in kinds and "fighters" not in kinds else ""


def _is_the_only_air_force(scope: Scope, draft: Draft, day: date | None) -> bool:
    """Whether aircraft of which no owner is told can only be the government's.

    Nobody else bombed in Syria before the coalition began, but for a few raids of Israel's; the last day of
    that time stands with the actor in the lexicon (``until``). Where the sentence names another state or side
    with aircraft, it stays open.
    """
    flown = draft.parties.actor
    if flown is None or day is None or "unowned" not in flown.entry.flags:
        return False
    if draft.event.event_type != "airstrike" or day.isoformat() > flown.entry.until:
        return False
    words, sentence = scope.words, scope.sentence
    sides = [
        tag
        for at in words.where(sentence.first, sentence.last, "actor", "nationality")
        for tag in words.tags_at(at)
        if tag.entry.role in ("actor", "nationality") and tag.entry is not flown.entry
    ]
    return not any("foreign" in tag.entry.flags or tag.entry.bloc in _AIR_POWERS for tag in sides)


def _of_them(words: Words, casualty: Casualties) -> bool:
    """Whether the dead are counted among those told before: "nine of them"."""
    return words.among(casualty.first, casualty.last + 1, _OF_THEM)


def _killed_by(casualty: Casualties) -> bool:
    """Whether a verb tells of the dead as the deed of its subject: قتلت, not "were killed" or a noun."""
    return casualty.trigger.entry.form == "verb" and casualty.trigger.suffix in (SHE_DID, THEY_DID)


def _side(tag: Tag | None) -> tuple[str, str]:
    return (tag.entry.code, tag.entry.bloc) if tag is not None else ("", "")


def _evidence(words: Words, event: Event, draft: Draft) -> tuple[int, int]:
    """The clause in words: from its head to its last place or figure, at least the trigger."""
    first, last = event.left, event.right
    for casualty in draft.casualties:
        first, last = min(first, casualty.first), max(last, casualty.last)
    while last - 1 > event.last and words.words[last - 1] in _LOOSE_END:
        last -= 1
    limit = words.start(first) + EVIDENCE_LIMIT
    if words.end(max(event.last, first + 1) - 1) > limit:  # a long way before the trigger: begin nearer to it
        first = event.first
        limit = words.start(first) + EVIDENCE_LIMIT
    while last - 1 > first and words.end(last - 1) > limit:
        last -= 1
    return first, last


def doubts(place: str, trigger: str, actor: str, basis: str, scores: Iterable[float]) -> dict[str, float]:
    """The guesses that the reading of a claim needed, each with what it leaves of the confidence (a factor).

    ``place``, ``trigger`` and ``actor`` are the rules that read them: those of its cues, ``none`` where there
    is no such cue. ``basis`` is that of its date, ``scores`` those of the mentions that name its places. The
    codes are the keys of ``GUESSES``, and ``place_unsure``: half of what the least sure place lacks is taken.
    """
    guesses = {
        "place_elsewhere": place in ("inherited", "scene"),
        "place_noun": place in ("noun", "before"),
        "no_place": place == "none",
        "attempt": trigger == "attempt",
        "casualties": trigger == "casualties",
        "merged": trigger == "merged",
        "no_actor": actor == "none",
        "actor_believed": actor == "believed",
        "actor_inferred": actor == _INFERRED,
        "no_date": basis in ("default", "none"),
    }
    least = min(scores, default=1.0)
    unsure = {"place_unsure": 0.5 + 0.5 * least} if least < 1 else {}
    return unsure | {guess: GUESSES[guess] for guess, needed in guesses.items() if needed}


def _cues(words: Words, draft: Draft, told: When | None, strikes: Count | None) -> list[Cue]:
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

    def covers(claim: Claim, other: Claim) -> bool:
        if (
            claim is other
            or (claim.killed_min or 0) <= (other.killed_min or 0)
            or (other.killed_min or 0) < 2
        ):
            return False
        if claim.actor_bloc and other.actor_bloc and claim.actor_bloc != other.actor_bloc:
            return False
        if claim.victims != other.victims or not claim.places or not other.places:
            return False
        if claim.date_start and other.date_start and claim.date_end and other.date_end:
            slack = timedelta(days=1)
            if claim.date_start - slack > other.date_end or other.date_start - slack > claim.date_end:
                return False
        return all(any(_wider(scene, p.place_id, q.place_id) for p in claim.places) for q in other.places)

    def around(at: int) -> Sequence[Claim]:
        return claims[max(0, at - _TOTAL_REACH) : at + _TOTAL_REACH + 1]

    return [
        replace(claim, is_total=True)
        if claim.is_total or any(covers(claim, other) for other in around(at))
        else claim
        for at, claim in enumerate(claims)
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
