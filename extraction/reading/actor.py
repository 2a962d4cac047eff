"""Who did it, and to whom: the sides around an event, told apart by their place and the words between."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extraction.lexicon.clitics import (
    AND,
    DEFINITE,
    FOR,
    JOINED,
    OWN,
    PRONOUNS,
    THE,
    THEY_DID,
    THEY_DO,
    TWO_OR_MORE,
)
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import (
    ABOUT,
    AFTER,
    AS,
    FROM,
    IN,
    ON,
    THAT,
    THAT_THEY,
    WHERE,
    WHICH,
    WITH,
    particles,
)
from extraction.lexicon.vocabulary import Tag
from extraction.reading.claimant import Voice
from extraction.reading.clause import Event
from extraction.words.sentence import Sentence, Words
from gazetteer.orthography import is_figure

_SHORTEST_VERB: Final = 4  # letters of a plural verb; shorter words may end so by chance
_FALLEN_REACH: Final = 8  # words from the dead of a side to "their attempt"
_CARRIED: Final = 4  # words from "carried out" to what
_FROM_POSTS: Final = 6  # words from "from" to the side whose posts fire
_BESIDE: Final = 4  # words between "stood up to" and who did
_SUBJECT_GAP: Final = 3  # words between a trigger and its doer: adjectives, "fighters of"
_ANNOUNCED: Final = 4  # words from a source to the deed that it announces
_MANAGED: Final = 25  # words over which "managed to enter … and to take" is of one doer
_TO_IT: Final = particles("to_it", "on_it", "in_it", "from_it")
_FIRED_REACH: Final = 7  # words from a strike to the "from" that leads to its doer
_ENEMY_REACH: Final = 60  # words back to the enemy that a clause means without naming him
_TAKES: Final = frozenset({"control_change", "withdrawal"})
_UNITED: Final = flagged("bloc", "united")
#: Sources whose statements count their own strikes.
_COUNT_STRIKES: Final = frozenset({"international_coalition", "us_military"})
_SOURCE_NAME: Final = 16  # words from a source to its "that": its office, name and visit
_OWNING_REACH: Final = 20  # words from an attack to who owns up to it
_GOES_ON: Final = 12  # words over which "that they" holds for a second verb
_HELD_REACH: Final = 4  # words from "trained", "held" to who did it
_IN: Final = particles("in", "to", "from", "inside", "on", "against")
_IMPERSONAL: Final = particles("was_done")  # "said that it was done": by whom?
_WITHIN: Final = particles("in", "during", "near")
_AS_THEY: Final = particles("where", "after_that")
_THEN: Final = particles("then")
_AND_THEN: Final = particles("then", "as")
_APART: Final = particles("on", "in", "against", "within", "to", "between")
_BY_WHICH: Final = particles("in", "owing_to", "as_a_result_of")
_AFTER_THAT: Final = particles("after_that")
_AFTERWARDS: Final = particles("after", "following")
_IN_OR_FROM: Final = particles("in", "from")


@dataclass(frozen=True, slots=True)
class Parties:
    """The tags of doer and target; the rule ``believed`` marks a doer that the text itself only believes."""

    actor: Tag | None = None
    target: Tag | None = None
    rule: str = ""


_WHO_HAD: Final = 3  # words from "who" over "had" to a verb
_UNIT_NAME: Final = 2  # words between a verb and "of": the ground defences of
#: What is hit.
_HIT: Final = ("target_noun", "ground", "part_of", "victim")


def find_parties(
    words: Words,
    sentence: Sentence,
    event: Event,
    voices: Sequence[Voice],
    voice: Voice | None,
    before: Parties | None,
    victims: frozenset[int],
) -> Parties:
    """Doer and target of an event.

    ``before`` are the sides of the event before it in the sentence; ``victims`` the words at which sides
    stand that only say whose the dead were.
    """
    # "the television channel belonging to Hezbollah said": the owner of a source is no side of the event.
    spoken = {at for v in voices for at in range(v.since, _speech_begin(words, v, event.first))}
    named = [
        tag
        for at in words.where(sentence.first, event.right, "actor")
        for tag in words.tags_at(at)
        if tag.entry.role == "actor" and at not in victims and not _stands_aside(words, at)
    ]
    sides = [tag for tag in named if tag.first not in spoken]
    clause = [tag for tag in sides if tag.first >= event.left]
    if "downs" in event.trigger.entry.flags:  # the plane that fell did nothing
        clause = [t for t in clause if t.first < event.trigger.last or "air" not in t.entry.flags]
    if event.event_type == "clash" or words.tag(event.last, "between"):
        pair = _between(words, event, clause)
        if pair is not None:
            return pair
    if event.event_type == "repelled_attack" and event.rule == "repelled":
        return _attacker(words, event, clause)
    if event.rule == "beaten":
        return _beaten(words, event, clause)
    taker = _taker(words, event, clause)
    if taker is not None:
        return Parties(taker, None, rule="clause")
    forced = _forced_out(words, event, sides)
    if forced is not None:
        return Parties(forced, None, rule="clause")
    if event.rule == "lost":
        loser = next(iter(clause), None) or (before.actor if before is not None else None)
        return Parties(None, loser, rule="lost")
    fallen = _who_tried(words, event, victims)
    if fallen is not None and not words.has(fallen.last, event.first, "actor"):
        return Parties(fallen, None, "pronoun")
    bomber = _bomber(words, event, clause)
    if bomber is not None:
        return Parties(bomber, _target(words, event, [t for t in clause if t is not bomber]), rule="bomber")
    seat = _seat(words, event, clause)
    if seat is not None:
        return Parties(seat, next((t for t in clause if t.first >= event.trigger.last), None), "clause")
    target = _target(words, event, clause) if event.event_type != "withdrawal" else None
    others = [t for t in clause if t is not target]
    if event.event_type == "clash":  # "after battles with A and B": neither is the doer
        with_whom = (at for at in range(event.last, event.right) if words.words[at] in WITH)
        others = [t for t in others if t.first < next(with_whom, event.right)]
    actor, rule = _actor(words, event, others), "clause"
    if actor is not None and not actor.entry.bloc:
        actor = _owner(words, actor, clause) or actor
    if actor is None:
        actor, rule = _owned_up(words, sentence, event), "responsible"
    if actor is None:
        actor, rule = _meant(words, sentence, event, [t for t in named if t is not target], voice, before)
    if actor is None or not actor.entry.bloc:
        adjective = _nationality(words, event)
        if adjective is not None:
            target = None if target is not None and _one_army(adjective, target) else target
            return Parties(adjective, target, "believed" if _doubted(words, event) else "adjective")
    if actor is None:
        return Parties(None, target)
    if words.has(max(event.left, actor.first - 4), actor.first, "doubt"):
        rule = "believed"
    if target is not None and _one_army(actor, target):
        driven_out = "expel" in event.trigger.entry.flags
        return Parties(None, target) if driven_out else Parties(actor, None, rule)
    return Parties(actor, target, rule)


def _forced_out(words: Words, event: Event, sides: Sequence[Tag]) -> Tag | None:
    """Who was forced to leave: "forced the army to withdraw"."""
    to = event.trigger.first - 1
    if event.event_type != "withdrawal" or event.trigger.entry.form != "noun" or words.words[to] not in ON:
        return None
    return next((t for t in reversed(sides) if t.last == to), None)


def _who_tried(words: Words, event: Event, victims: frozenset[int]) -> Tag | None:
    """The side whose dead fell in an attempt of theirs: "killed 20 of the army in their attempt to"."""
    attempt = words.tag(event.first, "attempt")
    if attempt is None or attempt.entry.form != "noun" or attempt.suffix not in OWN:
        return None
    near = [at for at in victims if 0 < event.first - at <= _FALLEN_REACH]
    return words.tag(max(near), "actor") if near else None


def _speech_begin(words: Words, voice: Voice, before: int) -> int:
    """Where what a source says begins: behind its "that", or right behind its name and owner."""
    near = range(voice.until, min(voice.until + _SOURCE_NAME, before))
    that = next((at for at in near if words.words[at] in THAT), None)
    return voice.until + 2 * bool(words.tag(voice.until, "belongs")) if that is None else that


def _owner(words: Words, aircraft: Tag, clause: Sequence[Tag]) -> Tag | None:
    """Whose the aircraft are: "warplanes belonging to the coalition"."""
    behind = (t for t in clause if 0 < t.first - aircraft.last <= _SUBJECT_GAP)
    owners = (t for t in behind if t.entry.bloc and words.tag_before(t.first, "belongs"))
    return next((t for t in owners if not words.has(aircraft.last, t.first, "group_noun", *_HIT)), None)


def _one_army(one: Tag, other: Tag) -> bool:
    """Whether two sides are one: the government's aircraft do not bomb its army; rebels may fight rebels."""
    return one.entry.code == other.entry.code or one.entry.bloc == other.entry.bloc in _UNITED


def _stands_aside(words: Words, at: int) -> bool:
    """Whether a side is named as a helper, or as who holds something: "backed by the coalition's aircraft",
    "who were trained at the hands of the army"."""
    if words.has(words.back(at, 3), at, "support"):
        return True
    held = words.where(words.back(at, _HELD_REACH), at, "held")
    return bool(held) and words.has(held[-1], at, "passive_by") and not words.has(held[-1], at, "break")


def _is_agent(words: Words, event: Event, side: Tag) -> bool:
    """Whether "by" or "in the hands of" leads to a side in one breath with the event."""
    if side.prefix.endswith(FOR) and not words.tag_before(side.first, "belongs"):
        return False  # "with fire of its guns … of the gunmen's"
    if _fires_from(words, event, side):
        return True
    if _comes_from(words, event, side):
        return True
    gap = range(event.trigger.last, side.first)
    far = len(gap) > 12 or words.has(gap.start, gap.stop, "break")
    fired = words.has(max(event.last, side.first - 3), side.first, "fired_from")
    if far and not fired and "fall" not in event.trigger.entry.flags:
        return False
    led = words.where(max(event.left, side.first - 3), side.first, "passive_by")
    if not led:
        return False
    killed = (words.tag(at, "kill") for at in words.where(gap.start, gap.stop, "kill"))
    if event.trigger.entry.form == "noun" and any(k is not None and k.entry.form == "verb" for k in killed):
        return False  # "the raid …, those killed by the opposition"
    taken = event.event_type in ("control_change", "advance")
    by = [words.tag(at, "passive_by") for at in led]
    return any(taken or (tag is not None and "holds" not in tag.entry.flags) for tag in by)


def _comes_from(words: Words, event: Event, side: Tag) -> bool:
    """Whether من leads from an attack told as a noun to its doer: "raids by the regime's aircraft", "a fierce
    attack by the group"."""
    gap = range(event.trigger.last, side.first)
    noun = event.trigger.entry.form == "noun" and words.before(side.first) in FROM
    if not noun or words.has(gap.start, gap.stop, "break"):
        return False
    if event.event_type == "airstrike":
        return "air" in side.entry.flags
    entry = event.trigger.entry
    shelling = entry.code == "shelling" and "projectile" not in entry.flags
    attack = shelling or "assault" in entry.flags
    return (
        attack
        and len(gap) <= _SUBJECT_GAP
        and not words.has(gap.start, gap.stop - 1, "target_noun", "group_noun")
    )


def _owned_up(words: Words, sentence: Sentence, event: Event) -> Tag | None:
    """Who owns up, right behind it, to an attack that nobody else is told to have made: "the bombing in A,
    which the group claimed (تبناها)"."""
    if event.event_type not in ("explosion", "other_attack", "ambush", "shelling"):
        return None
    last = min(sentence.last, event.last + _OWNING_REACH)
    for at in words.where(event.last, last, "responsible"):
        verb = words.tag(at, "responsible")
        if verb is not None and verb.entry.form == "verb" and verb.suffix.endswith(PRONOUNS):
            return words.tag(verb.last, "actor") if not words.has(event.last, at, "event") else None
    return None


def _fires_from(words: Words, event: Event, side: Tag) -> bool:
    """Whether a side's positions are where the shelling came from: "shelling from all the army's posts"."""
    if event.event_type != "shelling" or event.trigger.entry.form != "noun":
        return False
    for at in range(side.first - 1, max(event.last, side.first - _FROM_POSTS) - 1, -1):
        if words.breaks[at + 1]:
            return False
        if words.words[at] in FROM:
            counted = words.tag_before(at, "vague", "group_noun", "number")
            return counted is None and words.has(at + 1, side.first, "target_noun")
    return False


def _meant(
    words: Words,
    sentence: Sentence,
    event: Event,
    named: Sequence[Tag],
    voice: Voice | None,
    before: Parties | None,
) -> tuple[Tag | None, str]:
    """The doer that a clause means without naming him, and the rule that says so."""
    earlier = [tag for tag in named if tag.last <= event.first]
    speaker = voice.actor if voice is not None else None
    if voice is not None and own_strikes(words, event, voice):
        return _speaking(words, voice), "speaker"  # its own daily count of strikes
    done_to = event.trigger.entry.form != "noun" and event.trigger.suffix.endswith(PRONOUNS)
    passive = "light" in event.trigger.entry.flags and event.trigger.entry.form == "verb"
    done_to = done_to or (passive and words.words[event.last] in _WITHIN)
    if not done_to and (tag := _relative(words, event, earlier)) is not None:
        return tag, "relative"
    if speaker is not None and voice is not None and _that_they(words, event, voice, earlier):
        return speaker, "speaker"
    acted = before is not None and before.actor is not None and before.rule != "between"
    if before is not None and acted and (_which_he(words, event) or _and_does(words, event)):
        return before.actor, "same subject"  # "after raids that it carried out", "and carried out raids"
    if event.rule == "responsible" and (speaker is not None or earlier):
        return speaker or earlier[-1], "responsible"
    if _own(words, event) or _own_forces(words, event):
        return _of_himself(words, sentence, event, earlier, voice, before)
    if event.rule == "attempt" and earlier and earlier[-1].last == event.first:
        return earlier[-1], "clause"  # "the army seeks to advance and take": one doer of both
    if voice is not None and speaker is not None and _is_announced(words, event, earlier, voice):
        return speaker, "speaker"
    if earlier and _of_a_place(words, event):
        return earlier[0], "same subject"  # "the group kidnapped 200 in the town that it had taken"
    main = [t for t in earlier if voice is None or voice.backward or t.first >= voice.until]
    if before is None and len(main) == 1 and _manages_too(words, event):
        return main[0], "same subject"  # "the group took part in an operation, and managed to hit"
    if before is None and main and event.trigger.suffix == THEY_DID and _afterwards(words, event):
        return main[0], "same subject"  # "kidnapped dozens after they had taken"
    return _same_subject(words, sentence, event, earlier, main, before)


def _of_himself(
    words: Words,
    sentence: Sentence,
    event: Event,
    earlier: Sequence[Tag],
    voice: Voice | None,
    before: Parties | None,
) -> tuple[Tag | None, str]:
    """The doer of what is told as his own: "its control", "its forces targeted"."""
    speaker = voice.actor if voice is not None else None
    if event.event_type == "withdrawal" and (them := _fighters_of(words, event, earlier, speaker)):
        return them, "pronoun"
    if speaker is not None and (not earlier or voice is None or earlier[-1].first <= voice.until):
        return speaker, "speaker"
    if speaker is not None and voice is not None and _announces(words, event, voice):
        return speaker, "speaker"
    denied = voice is not None and (event.rule == "negated" or voice.denies_until > event.first)
    if voice is not None and voice.side and denied:  # a ministry on its aircraft
        return last_of(words, event.first, voice.side) or _speaking(words, voice), "speaker"
    tried = event.rule == "attempt" and before is not None and before.actor is not None
    if tried and before is not None:
        return before.actor, "pronoun"  # "…, in an attempt to widen its control"
    if earlier:
        fought = before is not None and before.actor is not None and earlier[-1] is before.target
        fought = fought or (before is not None and before.actor in earlier and before.rule == "pronoun")
        fought = fought or (before is not None and before.rule == "same subject")
        return (before.actor if before and fought else earlier[-1]), "pronoun"
    later = (
        t for at in range(event.last, sentence.last) for t in words.tags_at(at) if t.entry.role == "actor"
    )
    return next(later, None), "named behind"  # "days after its takeover of …, the army called on"


def _is_announced(words: Words, event: Event, earlier: Sequence[Tag], voice: Voice) -> bool:
    """Whether a side announces a deed without saying whose it is: "announced the liberation of", "announced
    …, the resumption of the battle to free"."""
    battle = event.rule == "attempt" and event.trigger.entry.code == "control_change"
    if battle and all(tag.last <= voice.until for tag in earlier):
        return True
    deed = event.event_type in ("control_change", "withdrawal", "advance")
    deed = deed or bool(event.trigger.entry.flags & {"armed", "downs"})
    return deed and not voice.denies_until > 0 and 0 <= event.first - voice.until <= _ANNOUNCED


def _same_subject(
    words: Words,
    sentence: Sentence,
    event: Event,
    earlier: Sequence[Tag],
    main: Sequence[Tag],
    before: Parties | None,
) -> tuple[Tag | None, str]:
    """The doer of a verb that goes on from the one before it; ``main`` are the sides behind the source."""
    continues = event.trigger.entry.form in ("verb", "present") and _continues(event)
    verb = event.trigger.entry.form == "verb"
    object_next = words.tag(event.trigger.last, "victim", "number", "gunfire") is not None
    continues = continues or (verb and object_next and words.before(event.first) in AS)
    continues = continues or (verb and words.before(event.first) in _AS_THEY)
    continues = continues or words.has(event.left, event.first, "manage", "attempt")
    joined = event.trigger.entry.form == "noun" and event.trigger.prefix.startswith(AND)
    managed = words.has(words.back(event.first, _MANAGED), event.first, "manage")
    continues = continues or (joined and managed and event.event_type in ("control_change", "advance"))
    again = event.event_type in ("airstrike", "shelling") and event.trigger.definite
    opening = earlier[0] if earlier and earlier[0].first - sentence.first <= _SUBJECT_GAP else None
    that = main[0] if main and words.before(main[0].first) in THAT else None
    alone = that is not None and not words.has(that.last, event.trigger.first, "event")
    if alone and verb and words.before(event.first) in WHERE:
        return that, "same subject"  # "that the army broke the truce, as it shelled them"
    goes_on = before is None and opening is not None and verb and event.trigger.prefix.startswith(JOINED)
    if goes_on and opening is not None and words.has(sentence.first, opening.first, "carrier", "achieve"):
        return opening, "same subject"  # "the group launched an operation …, and took"
    then = (words.before(event.first) in _THEN or event.rule == "instead") and not event.trigger.definite
    if before is not None and (continues or again or then):
        if before.rule == "between":
            return (earlier[-1], "named before") if earlier else (None, "")
        doer = before.actor
        flown = doer is not None and "air" in doer.entry.flags and event.event_type == "shelling"
        if flown and event.trigger.entry.form == "noun":
            return None, ""  # guns are not fired by those who fly
        if before.rule == "repelled":
            return before.target, "same subject"  # "beat off the attack and blew up"
        return _nearer(words, event, earlier, before) or before.actor, "same subject"
    return None, ""


def _nearer(words: Words, event: Event, earlier: Sequence[Tag], before: Parties) -> Tag | None:
    """The doer of the verb right before a joined one: "points to which the army had advanced and taken them";
    not whom that verb was done to."""
    if not earlier or event.trigger.entry.form == "noun" or not event.trigger.prefix.startswith(AND):
        return None
    side = earlier[-1]
    known = before.target is not None and before.target.first == side.first
    verb = words.tag(event.first, "event")
    if known or side.prefix or side.last != event.first or verb is None or _aimed(words, event.left, side):
        return None
    moved = words.before(side.first) in _TO_IT  # "to which the army had advanced"
    return side if moved else None


def _manages_too(words: Words, event: Event) -> bool:
    """Whether "and managed to" leads to the event, by whoever did what was told before."""
    led = (words.tag(at, "manage") for at in words.where(event.left, event.first, "manage"))
    return any(tag is not None and tag.prefix == AND for tag in led)


def _afterwards(words: Words, event: Event) -> bool:
    """Whether "after" leads to a verb."""
    last = words.before(event.trigger.first)
    return last in _AFTER_THAT or (last in THAT and words.before(event.trigger.first, 2) in AFTER)


def _of_a_place(words: Words, event: Event) -> bool:
    """Whether a verb without a doer of its own tells of the place before it: "the town that … took"."""
    verb = event.trigger.entry.form == "verb" and event.pronoun
    return verb and words.before(event.trigger.first) in WHICH and event.event_type in _TAKES


def own_strikes(words: Words, event: Event, voice: Voice | None) -> bool:
    """Whether a power that fights from the air counts its own attacks, as the coalition does daily."""
    if voice is None or voice.claimant not in _COUNT_STRIKES:
        return False
    return "assault" in event.trigger.entry.flags or words.tag(event.trigger.first, "strike") is not None


def _speaking(words: Words, voice: Voice) -> Tag | None:
    """The side by whose name a source speaks; of one that goes on ("and said that"), as it was named last."""
    tags = (words.tag(at, "actor", "claimant") for at in range(voice.since, voice.until))
    named = next((tag for tag in tags if tag is not None), None)
    if named is not None:
        return named
    sources = (words.tag(at, "claimant") for at in reversed(words.where(0, voice.since, "claimant")))
    return next((tag for tag in sources if tag is not None and tag.entry.code == voice.claimant), None)


def _parts(words: Words, at: int) -> bool:
    """Whether a word parts a verb from its doer; "factions of the opposition" are one."""
    if words.words[at] in FROM:
        head = at - 2 if words.before(at).startswith(THE) else at - 1  # "the second batch of fighters"
        return words.tag(head, "group_noun") is None and words.tag_before(at, "group_noun") is None
    verb = words.words[at].endswith(THEY_DID) and len(words.words[at]) > _SHORTEST_VERB
    return verb or words.words[at] in _APART


def _announces(words: Words, event: Event, voice: Voice) -> bool:
    """Whether a noun with its doer as a pronoun is what a speaker announces: "X announced its takeover"."""
    if words.before(event.trigger.first) not in ABOUT or not _own(words, event):
        return False
    return not words.among(voice.until, event.first, THAT)


def _that_they(words: Words, event: Event, voice: Voice, earlier: Sequence[Tag]) -> bool:
    """Whether the doer is the speaker: "said that they took 15 and killed dozens"."""
    reach = next(iter(words.where(event.left, event.first, "kill")), event.first)
    near = [at for at in range(max(voice.until, reach - 4), reach + 1) if words.words[at] in THAT_THEY]
    if any(words.words[at + 1] not in _IMPERSONAL for at in near):
        return True
    said = range(voice.until, min(voice.until + 3, event.first))
    joined = event.trigger.prefix.startswith(AND) and event.first - voice.until <= _GOES_ON
    alone = not any(tag.first >= voice.until for tag in earlier)
    return joined and alone and any(words.words[at] in THAT_THEY for at in said)


def _which_he(words: Words, event: Event) -> bool:
    """Whether right behind a noun a verb carries it whose doer was told before: هجمات نفذها ضد."""
    verb = words.tag(event.trigger.last, "carrier")
    if verb is None or event.trigger.entry.form != "noun" or verb.entry.form != "verb":
        return False
    return verb.suffix.endswith(PRONOUNS) and not words.has(verb.last, verb.last + 3, "actor")


def _and_does(words: Words, event: Event) -> bool:
    """Whether a verb right before a noun, joined to what stands before it, has its subject: ونفذ غارات."""
    if event.trigger.entry.form != "noun":
        return False
    for at in words.where(max(event.left, event.trigger.first - _CARRIED), event.trigger.first, "carrier"):
        verb = words.tag(at, "carrier")
        if verb is not None and "does" in verb.entry.flags and verb.entry.form != "noun":
            joined = verb.prefix in JOINED or words.before(at) in _AND_THEN
            return (
                joined
                and not verb.suffix.endswith(THEY_DID)
                and not words.has(at, event.trigger.first, "actor")
            )
    return False


def _own(words: Words, event: Event) -> bool:
    """Whether a noun bears its doer as a pronoun: its control, their withdrawal, its attempt to."""
    failure, attempt = words.tag(event.first, "failure"), words.tag(event.first, "attempt")
    if failure is not None and failure.entry.form == "noun" and failure.suffix in OWN:
        return True
    if attempt is not None and attempt.entry.form == "noun" and attempt.suffix in PRONOUNS:
        return True
    trigger = event.trigger
    if "objective" in trigger.entry.flags:
        return False
    return trigger.entry.form == "noun" and trigger.suffix.endswith(OWN)


def _own_forces(words: Words, event: Event) -> bool:
    """Whether the doer is told as the speaker's own: "its forces targeted"."""
    near = range(max(event.left, event.first - 4), min(event.right, event.last + 2))
    return any(words.tag(at, "own_forces") for at in near)


def _fighters_of(words: Words, event: Event, earlier: Sequence[Tag], speaker: Tag | None) -> Tag | None:
    """Whose fighters left, where an army tells it: "the army announced its control of the factions'
    stronghold after the withdrawal of its fighters (مقاتليها)"."""
    army = speaker is not None and speaker.entry.bloc == "government"
    behind = words.tag(event.trigger.last, "own_forces")
    if not army or behind is None or "irregular" not in behind.entry.flags:
        return None
    return next((t for t in reversed(earlier) if t.entry.bloc not in ("", "government")), None)


def _relative(words: Words, event: Event, sides: Sequence[Tag]) -> Tag | None:
    """The side that a relative or "that they" before the trigger ties the clause to."""
    for at in range(event.first, max(min(event.left - 1, event.first - _WHO_HAD), event.first - 5), -1):
        if words.tag(at, "relative"):
            near = [tag for tag in sides if 0 <= at - tag.last <= 2]
            return near[-1] if near else None
    return None


def _continues(event: Event) -> bool:
    return event.trigger.prefix.startswith((*JOINED, FOR)) or bool(event.trigger.suffix)


def _between(words: Words, event: Event, clause: Sequence[Tag]) -> Parties | None:
    """ "Clashes between A and B", "A clashed with B"."""
    for at in words.where(event.first, event.right, "between"):
        sides = [tag for tag in clause if tag.first > at]
        if len(sides) >= 2:
            other = next((t for t in sides[1:] if t.entry.bloc != sides[0].entry.bloc), sides[1])
            return Parties(sides[0], None if _one_army(sides[0], other) else other, rule="between")
    return None


def _attacker(words: Words, event: Event, clause: Sequence[Tag]) -> Parties:
    """Of an attack beaten off: the doer is who attacked, named behind the assault, else the enemy named last;
    the target is who beat it off."""
    front = [tag for tag in clause if tag.last <= event.last]
    defender = front[-1] if front else None
    behind = [tag for tag in clause if tag.first >= event.last]
    if defender is None:
        return Parties(next(iter(behind), None), None, rule="repelled")
    bloc = defender.entry.bloc
    attacker = next((t for t in behind if t.entry.bloc != bloc), None) or last_enemy(words, event.left, bloc)
    return Parties(attacker, defender, rule="repelled")


def _beaten(words: Words, event: Event, clause: Sequence[Tag]) -> Parties:
    """Of an attack told before the verb that beat it off: the doer is whom that verb names ("stood up to the
    army"), else who attacked; the target is who stands beside that verb."""
    near = [
        tag for tag in clause if abs(tag.first - event.trigger.first) <= _BESIDE and tag.first >= event.search
    ]
    named = next((t for t in near if t.first >= event.last and t.prefix.endswith(FOR)), None)
    defender = next((tag for tag in near if tag is not named), None)
    bloc = defender.entry.bloc if defender is not None else ""
    if named is not None:
        return Parties(named, defender, rule="repelled")
    front = (tag for tag in clause if tag.last <= event.search and tag.entry.bloc != bloc)
    attacker = next(front, None) or (last_enemy(words, event.left, bloc) if bloc else None)
    return Parties(attacker, defender, rule="repelled")


def last_of(words: Words, before: int, bloc: str) -> Tag | None:
    """The last side of a bloc named before a word."""
    sides = (
        tag
        for at in reversed(words.where(0, before, "actor"))
        for tag in reversed(words.tags_at(at))
        if tag.entry.role == "actor" and tag.entry.bloc == bloc
    )
    return next(sides, None)


def last_enemy(words: Words, before: int, bloc: str) -> Tag | None:
    """The last side of another bloc named not long before a word."""
    sides = (
        tag
        for at in reversed(words.where(before - _ENEMY_REACH, before, "actor"))  # over sentences
        for tag in reversed(words.tags_at(at))
        if tag.entry.role == "actor" and tag.last <= before
    )
    return next((t for t in sides if t.entry.bloc not in ("", bloc) and "air" not in t.entry.flags), None)


def _target(words: Words, event: Event, clause: Sequence[Tag]) -> Tag | None:
    """The side behind "against", "positions of", or an object's ل."""
    behind = [
        tag
        for tag in clause
        if tag.first >= event.trigger.last
        and not _is_agent(words, event, tag)
        and not _is_unit_of(words, event, tag)
        and not _owns(words, event, tag)
        and not (_suffered(words, event) and words.among(max(event.last, tag.first - 2), tag.first, FROM))
    ]
    if "expel" in event.trigger.entry.flags:
        two = len(behind) > 1 and behind[1].first - behind[0].last <= _SUBJECT_GAP
        return behind[1] if two else next(iter(behind), None)
    if event.event_type == "control_change":
        taken = (t for t in behind if words.before(t.first) in FROM and t.first > event.trigger.last + 1)
        if (loser := next(taken, None)) is not None:
            return loser  # "retook the town from"
    front = [tag for tag in clause if tag.last <= event.trigger.first]
    if _object_ahead(words, event) and front:
        not_they = words.has(max(event.left, front[-1].first - 2), front[-1].first, "negation")
        return None if not_they else front[-1]
    caught = words.before(event.trigger.first) in IN
    if event.event_type == "ambush" and caught and front:
        return front[0]  # "a patrol of … fell into an ambush"
    trapped = event.event_type == "ambush" and bool(front)
    if trapped and behind and behind[0].first == event.trigger.last and behind[0].prefix.endswith(FOR):
        return behind[0]  # "laid an ambush for"
    ahead_first = event.event_type != "clash"  # "a goal of the army's, who fought with the rebels"
    for tag in clause if ahead_first else sorted(clause, key=lambda t: t.first < event.trigger.last):
        if tag.first >= event.trigger.last and tag not in behind:
            continue
        if _of_the_flyer(event, tag) or _subject_behind(words, event, tag, front) or _answers(words, tag):
            continue
        if event.rule in ("attempt", "failure") and event.first <= tag.first < event.trigger.first:
            continue  # "the attempt of members of X to advance"
        ahead = tag.first < event.first
        if ahead and (
            tag.last > event.first
            or not _aimed(words, event.left, tag)
            # "a unit belonging to the army attacked", but "destroyed a tank belonging to it and killed"
            or (
                words.tag_before(tag.first, "belongs")
                and (not event.trigger.prefix.startswith(AND) or words.before(tag.first, 3) in THAT)
            )
        ):
            continue
        if _aimed(words, event.last if tag.first >= event.last else event.left, tag):
            return tag
    if _subject_first(event, front) and behind and behind[0].first == event.trigger.last:
        return behind[0]
    if _plural(event) and behind and behind[0].first == event.trigger.last:
        return behind[0]
    return None


def _of_the_flyer(event: Event, tag: Tag) -> bool:
    """Whether ل behind a strike says whose it is: "a raid of the coalition's aircraft"."""
    adjoins = tag.first == event.trigger.last and tag.prefix.endswith(FOR)
    return adjoins and event.trigger.entry.form == "noun" and "air" in tag.entry.flags


def _plural(event: Event) -> bool:
    """Whether a verb bears its doers (استهدفوا): a side behind it is then never the doer."""
    return event.trigger.entry.form == "verb" and event.trigger.suffix.startswith(THEY_DID)


def _object_ahead(words: Words, event: Event) -> bool:
    """Whether a plural verb's object pronoun ties it to the noun before it: "the group that they attack"."""
    plural = event.trigger.suffix.startswith((THEY_DO, THEY_DID)) and event.trigger.suffix.endswith(PRONOUNS)
    return plural and words.has(words.back(event.trigger.first, 2), event.trigger.first, "relative")


def _answers(words: Words, tag: Tag) -> bool:
    """Whether a side is the doer of the carrying verb: "the posts of the army answered with"."""
    head = tag.first - 1 if words.tag_before(tag.first, "target_noun") else tag.first
    verb = words.tag_before(head, "carrier")
    return verb is not None and verb.entry.form == "verb" and not verb.suffix.endswith((*PRONOUNS, THEY_DID))


def _subject_behind(words: Words, event: Event, tag: Tag, front: Sequence[Tag]) -> bool:
    """Whether the doer stands right behind his verb as people of his side: "gunmen of X opened fire"."""
    head = tag.first - 1 if words.before(tag.first) in FROM else tag.first
    people = words.tag_before(head, "group_noun") is not None and head - 1 == event.trigger.last
    verb = event.trigger.entry.form in ("verb", "present")
    aim = words.has(tag.last, tag.last + 4, "target_noun") and not words.breaks[tag.last]
    verb = verb and (aim or not event.trigger.prefix.startswith(AND))
    verb = verb and not words.words[event.trigger.first].endswith((THEY_DID, THEY_DO))
    return people and verb and not front


def _owns(words: Words, event: Event, tag: Tag) -> bool:
    """Whether a side behind the trigger only tells whose the doer is ("the Army of Conquest, of the
    opposition"), or is the doer of a taking noun, before its على ("the takeover by a gathering of")."""
    if words.tag_before(tag.first, "belongs") and any(
        side.last == tag.first - 1
        for at in range(max(event.last, tag.first - 6), tag.first - 1)
        for side in words.tags_at(at)
        if side.entry.role == "actor"
    ):
        return True
    taking = event.trigger.entry.form == "noun" and "on" in event.trigger.entry.flags
    return taking and not words.among(event.trigger.last, tag.first, ON)


def _subject_first(event: Event, front: Sequence[Tag]) -> bool:
    """Whether the doer stands right before his verb: "that the army attacked the rebels"."""
    verb = event.trigger.entry.form in ("verb", "present") and not event.trigger.prefix
    return verb and bool(front) and front[-1].last == event.trigger.first


def _first_of(front: Sequence[Tag]) -> Tag:
    """The first of the sides that stand together before a verb: "the army and the forces loyal to it"."""
    at = len(front) - 1
    while at and front[at].prefix.startswith(AND) and front[at].first - front[at - 1].last <= 1:
        at -= 1
    return front[at]


def _aimed(words: Words, start: int, tag: Tag) -> bool:
    head = tag.first - 1 if words.before(tag.first) in FROM else tag.first
    head = head - 1 if words.tag_before(head, "group_noun") else tag.first
    if words.before(head) in THAT:
        return False  # "that the army": a sentence begins with its doer
    for at in range(max(start, tag.first - 3), tag.first):
        if (words.tag(at, "against") and not words.has(at, tag.first, "carrier")) or (
            words.tag(at, "target_noun")
            and not words.tag(at, "actor")
            and not words.has(at, tag.first, "carrier")
        ):
            return True
        if words.words[at] in ON and words.words[at + 1] not in THAT:
            return True
    return tag.prefix.endswith(FOR) and tag.first - start > 1


def _actor(words: Words, event: Event, clause: Sequence[Tag]) -> Tag | None:
    tried = [t for t in clause if event.first <= t.first and t.last <= event.trigger.first]
    if tried and event.rule == "attempt":
        return tried[0]  # "Hezbollah, beside units of the army, tries to storm"
    by = [t for t in clause if _is_agent(words, event, t)] or [
        t for t in clause if _is_unit_of(words, event, t)
    ]
    if by:
        return by[0]
    front = [] if _object_ahead(words, event) else [t for t in clause if t.last <= event.trigger.first]
    if front and event.rule == "failure":
        return front[0]
    if _subject_first(event, front):
        return _first_of(front)
    verb = event.trigger.entry.form in ("verb", "present")
    told_of = not verb or event.trigger.suffix.endswith(PRONOUNS)
    if not told_of or event.event_type == "clash":
        which = _relative(words, event, front)
        if which is not None:
            return which  # "the town, where X is a part of the alliance that took it"
    begin = event.trigger.last
    behind = [t for t in clause if t.first >= begin]
    caught = words.before(event.trigger.first) in IN  # "fell into an ambush of"
    adjoins = bool(behind) and behind[0].first == begin and behind[0].prefix.endswith(FOR)
    if adjoins and (caught or not front):
        return behind[0]  # "an ambush of the army's"
    leads = words.before(event.trigger.first) in _IN_OR_FROM
    if front and behind and leads and not _fell(words, front[-1].last, event):
        return front[-1]  # "the rebels managed to shell the army": the doer stands before
    for tag in behind if not (_plural(event) or _own(words, event)) else ():
        given = "fall" in event.trigger.entry.flags and tag.prefix.endswith(FOR)  # "handed the village to"
        if given or _agrees(words, event, tag) or _stands_apart(event, tag):
            continue
        if verb and tag.first > begin and tag.prefix.endswith(FOR):
            if words.tag_before(tag.first, "strike"):
                return tag  # "a raid of the coalition's hit"
            continue  # "blew up a tunnel of the gunmen's"
        gap = range(begin, tag.first)
        if words.has(begin, tag.first + 1, "break"):
            break
        if len(gap) <= _SUBJECT_GAP and not any(_parts(words, at) for at in gap):
            return tag
        verbs = (words.tag(at, "carrier") for at in range(max(begin, tag.first - 3), tag.first))
        if any(verb is not None and verb.suffix.endswith(PRONOUNS) for verb in verbs):
            return tag
    if _suffered(words, event):  # "the town came under raids": who stands before is not the doer
        source = [t for t in behind if words.among(max(begin, t.first - 2), t.first, FROM)]
        return source[0] if source else None
    if front and _fell(words, front[-1].last, event):
        front = []
    if front:
        taking = event.event_type in ("control_change", "advance")
        later = taking and words.before(event.trigger.first) in _AFTERWARDS  # "A fought B after taking"
        return front[-1] if event.trigger.entry.form == "noun" and not later else front[0]
    if event.event_type in ("airstrike", "shelling") and event.trigger.entry.form == "noun":
        return next((t for t in behind if _fired_by(words, begin, t)), None)  # "a raid by (من) aircraft"
    if event.event_type == "siege" or event.event_type == "ambush":
        source = [t for t in behind if words.before(t.first) in FROM]
        return source[0] if source else None
    return None


def _is_unit_of(words: Words, event: Event, side: Tag) -> bool:
    """Whether the doer behind a verb is a unit or the guns of a side: "a battalion of (تابعة ل) the group
    blew up", "shells fired by battalions of", "the artillery of the army shelled the town"; not "destroyed
    a tank of the army's"."""
    of = side.first - 1
    if not side.prefix.endswith(FOR) or not words.tag(of, "belongs") or words.breaks[of]:
        return False
    head = next((at for at in (of - 1, of - 2) if words.tag(at, "group_noun")), None)
    carrier = words.tag_before(head, "carrier") if head is not None else None
    if carrier is not None and carrier.suffix.endswith(OWN):
        return True
    begin = event.trigger.last
    verb = event.trigger.entry.form != "noun" and not event.trigger.suffix.endswith(OWN)
    if not verb or not 0 < of - begin <= _UNIT_NAME or words.has(begin, side.first, "break", *_HIT):
        return False
    aimed = event.event_type in ("shelling", "airstrike", "other_attack")
    return head == begin or (aimed and words.has(side.last, side.last + 2, "weapon", *_HIT))


def _stands_apart(event: Event, tag: Tag) -> bool:
    """Whether a side right behind a noun with its article cannot be whose it is (أجبر القصف الجيش): of the
    army's shelling Arabic says قصف الجيش or القصف من الجيش."""
    noun = event.trigger.entry.form == "noun" and event.trigger.prefix.endswith(DEFINITE)
    return noun and tag.first == event.trigger.last and not tag.prefix


def _agrees(words: Words, event: Event, tag: Tag) -> bool:
    """Whether a word for a side is an adjective of a noun in the dual: "two terrorist bombings"."""
    dual = event.trigger.entry.form == "noun" and words.words[event.trigger.last - 1].endswith(TWO_OR_MORE)
    word = words.words[tag.first]
    return (
        dual and tag.first == event.trigger.last and word.endswith(TWO_OR_MORE) and not word.startswith(THE)
    )


def _fired_by(words: Words, begin: int, side: Tag) -> bool:
    """Whether a "from" leads to a side right behind a strike: "shelling with a rocket from the army"."""
    head = side.first - 1 if words.before(side.first) in FROM else side.first
    near = (
        head < side.first and side.first - begin <= _FIRED_REACH and not words.has(begin, side.first, "break")
    )
    return near and not words.has(words.back(head, 1), head, "group_noun", "target_noun", "number")


def _bomber(words: Words, event: Event, clause: Sequence[Tag]) -> Tag | None:
    """The side whose men blew themselves up: "the blowing-up by three men of the group of car bombs"."""
    if event.event_type != "explosion":
        return None
    at = event.trigger.last
    at += 1 if words.tag(at, "number") or is_figure(words.words[at]) else 0
    if not words.tag(at, "bomber"):
        return None
    return next((t for t in clause if at <= t.first <= at + 3), None)


def _seat(words: Words, event: Event, clause: Sequence[Tag]) -> Tag | None:
    """A capital or state that stands for its forces, right before or behind a verb of shelling or one that
    carries it: "Ankara shells", "Russia carried out raids", but not "the rockets that hit Turkey"."""
    if event.event_type not in ("shelling", "airstrike"):
        return None
    verb: Tag | None = event.trigger
    if event.trigger.entry.form == "noun":
        near = words.where(max(event.left, event.trigger.first - _CARRIED), event.trigger.first, "carrier")
        carriers = (words.tag(at, "carrier") for at in near)
        verb = next((c for c in carriers if c is not None and "does" in c.entry.flags), None)
    if verb is None:
        return None
    dateline = verb.prefix or words.breaks[verb.first] or verb.entry.form == "noun"
    seat = None if dateline else words.tag_before(verb.first, "seat")
    told = words.tag_before(verb.first, "relative") or any(t.last == verb.first for t in clause)
    seat = seat if told else seat or words.tag(verb.last, "seat")
    if seat is None:
        return None
    return None if any(t.entry.bloc == seat.entry.bloc for t in clause) else seat


def _fell(words: Words, first: int, event: Event) -> bool:
    """Whether those named before the event are its dead: "a leader of the group was killed in a raid"."""
    if event.event_type in ("clash", "ambush") or words.before(event.trigger.first) not in _BY_WHICH:
        return False
    killing = words.where(first, event.trigger.first, "kill", "wound")
    fallen = (words.tag(at, "kill", "wound") for at in killing)
    return any(tag is not None and event.trigger.first - 1 - tag.last in (0, 1, 2) for tag in fallen)


def _taker(words: Words, event: Event, clause: Sequence[Tag]) -> Tag | None:
    """Into whose hands a place fell: "fell into the hands of an alliance of the factions"."""
    if "fall" not in event.trigger.entry.flags or event.event_type != "control_change":
        return None
    hands = event.trigger.last
    if len(event.trigger.entry.words) == 1:
        led = next(iter(words.where(hands, hands + 9, "passive_by")), None)
        tag = words.tag(led, "passive_by") if led is not None else None
        if tag is None:
            return None
        hands = tag.last
    return next((t for t in clause if 0 <= t.first - hands <= _SUBJECT_GAP), None)


def _suffered(words: Words, event: Event) -> bool:
    """Whether "came under" carries the event."""
    tags = (words.tag(at, "carrier") for at in words.where(event.left, event.first, "carrier"))
    return any(tag is not None and "suffers" in tag.entry.flags for tag in tags)


def _nationality(words: Words, event: Event) -> Tag | None:
    """An adjective that tells whose aircraft or guns, where no side is named."""
    strikes = (
        words.tag(event.trigger.first, "strike") is not None
    )  # "Russian strikes": not yet known as raids
    if event.event_type not in ("airstrike", "shelling") and not strikes:
        return None
    for at in words.where(event.left, event.right, "nationality"):
        tag = words.tag(at, "nationality")
        if words.before(at).removeprefix(AND) in _IN:
            continue  # "in Syria"
        if tag is not None and words.has(
            max(event.left, at - 2), at, "weapon", "actor", "doubt", "event", "strike"
        ):
            return tag
    return None


def _doubted(words: Words, event: Event) -> bool:
    return words.has(event.left, event.right, "doubt")
