"""The sides that an event may have: who is named for it, who speaks, who did what was told before; each with
what is so of him, as facts that the rules of ``rules/sides.toml`` ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extraction.lexicon.clitics import AND, FOR, THE, TWO_OR_MORE
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import ABOUT, THAT, THAT_THEY, WITH, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.claimant import Voice
from extraction.reading.clause import Event
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.phrases.side import rows
from extraction.words.sentence import Sentence, Words
from gazetteer.orthography import is_figure

UNITED: Final = flagged("bloc", "united")
#: Sources whose statements count their own strikes.
_COUNT_STRIKES: Final = frozenset({"international_coalition", "us_military"})
_SOURCE_NAME: Final = 16  # words from a source to its "that": its office, name and visit
_ENEMY_REACH: Final = 60  # words back to the enemy that a clause means without naming him
_BESIDE: Final = 4  # words between "stood up to" and who did
_FALLEN_REACH: Final = 8  # words from the dead of a side to "their attempt"
_ANNOUNCED: Final = 4  # words from a source to the deed that it announces
_GOES_ON: Final = 12  # words over which "that they" holds for a second verb
_IMPERSONAL: Final = particles("was_done")  # "said that it was done": by whom?
_ABROAD: Final = particles("in", "to", "from", "inside", "on", "against")


@dataclass(frozen=True, slots=True)
class Parties:
    """The tags of doer and target; ``rule`` tells how the doer was found, ``believed`` where the text itself
    only believes it."""

    actor: Tag | None = None
    target: Tag | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What the sides of an event are chosen from.

    ``before`` are the sides of the event before it in the sentence; ``victims`` the words at which sides
    stand that only say whose the dead were; ``phrases`` are the sides of the sentence.
    """

    words: Words
    sentence: Sentence
    event: Event
    voices: Sequence[Voice]
    voice: Voice | None
    before: Parties | None
    victims: frozenset[int]
    phrases: Sequence[Phrase]


@dataclass(frozen=True, slots=True)
class Side:
    """One who may be the doer or the target, and what is so of him beside his name and place."""

    tag: Tag
    phrase: Phrase
    facts: frozenset[str]


def own_strikes(words: Words, event: Event, voice: Voice | None) -> bool:
    """Whether a power that fights from the air counts its own attacks, as the coalition does daily."""
    if voice is None or voice.claimant not in _COUNT_STRIKES:
        return False
    return "assault" in event.trigger.entry.flags or words.tag(event.trigger.first, "strike") is not None


def one_army(one: Tag, other: Tag) -> bool:
    """Whether two sides are one: the government's aircraft do not bomb its army; rebels may fight rebels."""
    return one.entry.code == other.entry.code or one.entry.bloc == other.entry.bloc in UNITED


def last_of(words: Words, before: int, bloc: str) -> Tag | None:
    """The last side of a bloc named before a word."""
    return next((tag for tag in _backwards(words, 0, before) if tag.entry.bloc == bloc), None)


def last_enemy(words: Words, before: int, bloc: str) -> Tag | None:
    """The last side of another bloc named not long before a word."""
    near = (tag for tag in _backwards(words, before - _ENEMY_REACH, before) if tag.last <= before)
    return next((t for t in near if t.entry.bloc not in ("", bloc) and "air" not in t.entry.flags), None)


def _backwards(words: Words, first: int, last: int) -> Iterator[Tag]:
    """The sides named between two words, the last first; over sentences."""
    for at in reversed(words.where(first, last, "actor")):
        yield from (tag for tag in reversed(words.tags_at(at)) if tag.entry.role == "actor")


def candidates(t: Telling, target: Tag | None = None) -> list[Side]:
    """All who may be doer or target, in the order of the text, then those whom it does not name here. Where
    the ``target`` is known, the others are told by their places among themselves."""
    named = [p for p in t.phrases if p.first < t.event.right and _named(p) not in t.victims]
    spoken = {
        at for v in t.voices for at in range(v.since, _speech_begin(t.words, v, t.event.first))
    }  # the owner of a source is no side of the event
    told = [p for p in named if _named(p) not in spoken]
    inside = [p for p in told if _named(p) >= t.event.left and not _shot_down(t.event, p)]
    facts = {id(p): {"inside"} for p in inside}
    others = [p for p in named if p.head is not target]
    for phrases, places in (
        (inside, _places_inside(t, inside, target)),
        (others, _places_before(t, others)),
    ):
        for phrase in phrases:
            facts.setdefault(id(phrase), set()).update(places.get(id(phrase), ()))
    for phrase in named:
        facts.setdefault(id(phrase), set()).add("named")
        if phrase.last > _tag(phrase).last:
            facts[id(phrase)].add("set_off")
    for phrase in told:
        facts[id(phrase)].add("told")
    common = _of_the_event(t, [p for p in inside if p.head is not target], others)
    sides = [Side(_tag(p), p, frozenset(facts[id(p)] | common)) for p in named]
    return sides + [
        Side(tag, Phrase("SIDE", tag.first, tag.last, tag), frozenset(such | common))
        for tag, such in _unnamed(t, inside, named)
    ]


def _tag(phrase: Phrase) -> Tag:
    """The name of a side."""
    if phrase.head is None:
        raise TypeError("a side without a name")
    return phrase.head


def _named(phrase: Phrase) -> int:
    """The word at which its name stands, behind its people."""
    return _tag(phrase).first


def _shot_down(event: Event, phrase: Phrase) -> bool:
    """Whether the plane that fell is meant, which did nothing."""
    air = "air" in _tag(phrase).entry.flags
    return air and "downs" in event.trigger.entry.flags and phrase.first >= event.trigger.last


def _speech_begin(words: Words, voice: Voice, before: int) -> int:
    """Where what a source says begins: behind its "that", or right behind its name and owner."""
    near = range(voice.until, min(voice.until + _SOURCE_NAME, before))
    that = next((at for at in near if words.words[at] in THAT), None)
    return voice.until + 2 * bool(words.tag(voice.until, "belongs")) if that is None else that


_Places = dict[int, set[str]]


def _places_inside(t: Telling, inside: Sequence[Phrase], target: Tag | None) -> _Places:
    """Where the sides of the clause stand: before and behind the word of war, first and last there."""
    trigger = t.event.trigger
    found: _Places = {id(p): set() for p in inside}
    front = [p for p in inside if _tag(p).last <= trigger.first]
    behind = [p for p in inside if _named(p) >= trigger.last]
    for row in rows(inside, t.words):
        if row[-1].last == trigger.first:
            found[id(_leader(row))].add("subject")
        for phrase in row:
            found[id(phrase)] |= {"joined"} if phrase is not _leader(row) else set()
    _rank(found, [_leader(row) for row in rows([p for p in front if p.head is not target], t.words)], "front")
    for phrase in front:
        found[id(phrase)].add("front")
    _rank(found, [p for p in behind if p.head is not target], "behind")
    for phrase in inside:
        found[id(phrase)] |= {"people"} if phrase.first < _named(phrase) else set()
    for phrase in behind:
        found[id(phrase)] |= {"beside"} if phrase.first == trigger.last else set()
        found[id(phrase)] |= {"led"} if trigger.last < t.event.last <= _named(phrase) else set()
        found[id(phrase)] |= {"members"} if _are_members(t.words, phrase) else set()
        found[id(phrase)] |= {"agreeing"} if _agrees(t.words, t.event, phrase) else set()
    if len(behind) > 1 and behind[1].first - behind[0].last <= 3:
        found[id(behind[1])].add("second")
    for phrase in inside:
        if t.event.first <= _named(phrase) and phrase.last <= trigger.first:
            found[id(phrase)].add("trying")
        if phrase.first < t.event.first < phrase.last:
            found[id(phrase)].add("around")
    with_whom = next((at for at in range(t.event.last, t.event.right) if t.words.words[at] in WITH), None)
    if with_whom is not None and t.event.event_type == "clash":
        for phrase in behind:
            found[id(phrase)] |= {"with_whom"} if _named(phrase) >= with_whom else set()
    _pair(t, inside, found)
    _defence(t, inside, found)
    return found


def _leader(row: Sequence[Phrase]) -> Phrase:
    """Who is told of sides joined by "and": the first whose bloc is known."""
    return next((phrase for phrase in row if _tag(phrase).entry.bloc), row[0])


def _are_members(words: Words, phrase: Phrase) -> bool:
    """Whether some of a side are named, and not counted: "members of the group"."""
    first = phrase.first
    named = first < _named(phrase) and words.tag(first, "target_noun") and not words.tag(first, "actor")
    counted = words.tag_before(phrase.first, "number", "vague") or is_figure(words.before(phrase.first))
    return bool(named) and not counted


def _rank(found: _Places, phrases: Sequence[Phrase], where: str) -> None:
    for phrase in phrases:
        found[id(phrase)].add(where)
    if phrases:
        found[id(phrases[0])].add(f"first_{where}")
        found[id(phrases[-1])].add(f"last_{where}")


def _agrees(words: Words, event: Event, phrase: Phrase) -> bool:
    """Whether a word for a side is an adjective of a noun in the dual: "two terrorist bombings"."""
    word = words.words[_named(phrase)]
    dual = event.trigger.entry.form == "noun" and words.words[event.trigger.last - 1].endswith(TWO_OR_MORE)
    return dual and word.endswith(TWO_OR_MORE) and not word.startswith(THE)


def _pair(t: Telling, inside: Sequence[Phrase], found: _Places) -> None:
    """ "Clashes between A and B", "A clashed with B": the first and the other one."""
    if t.event.event_type != "clash" and not t.words.tag(t.event.last, "between"):
        return
    for at in t.words.where(t.event.first, t.event.right, "between"):
        sides = [p for p in inside if _named(p) > at]
        if len(sides) >= 2:
            one = sides[0].head
            other = next(
                (p for p in sides[1:] if p.head and one and p.head.entry.bloc != one.entry.bloc), None
            )
            found[id(sides[0])].add("one_of_two")
            found[id(other or sides[1])].add("other_of_two")
            return


def _defence(t: Telling, inside: Sequence[Phrase], found: _Places) -> None:
    """Of an attack beaten off: who beat it off, and who else is named beside."""
    event, defender = t.event, None
    if event.rule == "repelled":
        front = [p for p in inside if _tag(p).last <= event.last]
        defender = front[-1] if front else None
        others = [p for p in inside if _named(p) >= event.last]
    elif event.rule == "beaten":
        near = [p for p in inside if _is_near(event, p)]
        named = next(
            (p for p in near if p.head and p.first >= event.last and p.head.prefix.endswith(FOR)), None
        )
        defender = next((p for p in near if p is not named), None)
        others = [named] if named else [p for p in inside if p.last <= event.search]
    else:
        return
    bloc = _tag(defender).entry.bloc if defender is not None else ""
    if defender is not None:
        found[id(defender)].add("defender")
    for phrase in others:
        hostile = defender is None or _tag(phrase).entry.bloc != bloc
        found[id(phrase)] |= {"attacker"} if hostile and phrase is not defender else set()


def _is_near(event: Event, phrase: Phrase) -> bool:
    return abs(_named(phrase) - event.trigger.first) <= _BESIDE and _named(phrase) >= event.search


def _places_before(t: Telling, named: Sequence[Phrase]) -> _Places:
    """Which of the sides named before an event in its sentence is the first, the last, the only one behind
    the source."""
    event, voice = t.event, t.voice
    earlier = [p for p in named if _tag(p).last <= event.first]
    found: _Places = {id(p): set() for p in named}
    _rank(found, earlier, "earlier")
    main = [p for p in earlier if voice is None or voice.backward or _named(p) >= voice.until]
    if main:
        found[id(main[0])].add("first_main")
    if len(main) == 1:
        found[id(main[0])].add("only_main")
    foes = [p for p in earlier if _tag(p).entry.bloc not in ("", "government")]
    if foes:
        found[id(foes[-1])].add("last_rebel")
    if earlier and earlier[0].first - t.sentence.first <= 3:
        found[id(earlier[0])].add("opening")
    return found


def _of_the_event(t: Telling, inside: Sequence[Phrase], named: Sequence[Phrase]) -> set[str]:
    """What is so of the event, its source and the event before it, whoever is weighed."""
    event, voice, before = t.event, t.voice, t.before
    facts = {f"type={event.event_type}", f"rule={event.rule}"}
    facts |= {"points_back"} if event.pronoun else set()
    subject = any(row[-1].last == event.trigger.first for row in rows(inside, t.words))
    facts |= {"subject_there"} if subject else set()
    facts |= {"front_there"} if any(p.last <= event.trigger.first for p in inside) else set()
    facts |= {"behind_there"} if any(_named(p) >= event.trigger.last for p in inside) else set()
    unowned = [p for p in inside if not _tag(p).entry.bloc]
    flown = any("air" in _tag(p).entry.flags for p in unowned)
    facts |= {"unowned_aircraft"} if flown else set()
    facts |= {"only_unowned"} if unowned and len(unowned) == len(inside) else set()
    facts |= {"long_word"} if len(event.trigger.entry.words) > 1 else set()
    if before is not None:
        facts.add("goes_on")
        facts |= {f"before={before.rule}"} if before.rule else set()
        by_air = before.actor is not None and "air" in before.actor.entry.flags
        guns = event.event_type == "shelling" and event.trigger.entry.form == "noun"
        facts |= {"flown"} if by_air and guns else set()
        earlier = [_tag(p) for p in named if _tag(p).last <= event.first]
        fought = (
            before.actor is not None
            and bool(earlier)
            and (earlier[-1] is before.target or (before.actor in earlier and before.rule == "pronoun"))
        )
        facts |= {"fought"} if fought or before.rule == "same subject" else set()
    return facts | (_of_the_voice(t, voice, named) if voice is not None else set())


def _of_the_voice(t: Telling, voice: Voice, named: Sequence[Phrase]) -> set[str]:
    """What is so of the source: whether it tells its own deeds."""
    event, words = t.event, t.words
    earlier = [p for p in named if p.last <= event.first]
    facts = {"own_strikes"} if own_strikes(words, event, voice) else set()
    facts |= {"denied"} if event.rule == "negated" or voice.denies_until > event.first else set()
    facts |= {"denies"} if voice.denies_until > 0 else set()
    facts |= {"only_speaker"} if not earlier or _named(earlier[-1]) <= voice.until else set()
    facts |= {"none_after"} if all(p.last <= voice.until for p in earlier) else set()
    facts |= {"sided"} if voice.side else set()
    facts |= {"army_speaks"} if voice.actor is not None and voice.actor.entry.bloc == "government" else set()
    facts |= {"near_source"} if 0 <= event.first - voice.until <= _ANNOUNCED else set()
    said = not words.among(voice.until, event.first, THAT)
    facts |= {"announced"} if said and words.before(event.trigger.first) in ABOUT else set()
    return facts | ({"that_they"} if _that_they(t, voice, earlier) else set())


def _that_they(t: Telling, voice: Voice, earlier: Sequence[Phrase]) -> bool:
    """Whether the doer is the speaker: "said that they took 15 and killed dozens"."""
    words, event = t.words, t.event
    reach = next(iter(words.where(event.left, event.first, "kill")), event.first)
    near = [at for at in range(max(voice.until, reach - 4), reach + 1) if words.words[at] in THAT_THEY]
    if any(words.words[at + 1] not in _IMPERSONAL for at in near):
        return True
    said = range(voice.until, min(voice.until + 3, event.first))
    joined = event.trigger.prefix.startswith(AND) and event.first - voice.until <= _GOES_ON
    alone = not any(p.first >= voice.until for p in earlier)
    return joined and alone and any(words.words[at] in THAT_THEY for at in said)


def _unnamed(t: Telling, inside: Sequence[Phrase], named: Sequence[Phrase]) -> Iterator[tuple[Tag, set[str]]]:
    """Those whom the text does not name as sides of the event: speaker, former doer, capital, adjective."""
    voice, before, words = t.voice, t.before, t.words
    if voice is not None and voice.actor is not None:
        yield voice.actor, {"speaker"}
    if voice is not None and (own := _speaking(words, voice)) is not None:
        yield own, {"own_name"}
    if voice is not None and voice.side and (own := last_of(words, t.event.first, voice.side)) is not None:
        yield own, {"own_side"}
    if before is not None and before.actor is not None:
        yield before.actor, {"doer_before"}
    if before is not None and before.target is not None:
        yield before.target, {"target_before"}
    for at in t.victims:
        if 0 < t.event.first - at <= _FALLEN_REACH and (fallen := words.tag(at, "actor")) is not None:
            yield fallen, {"fallen"}
    if (enemy := _enemy(t, inside)) is not None:
        yield enemy, {"enemy"}
    later = next((_tag(p) for p in t.phrases if _named(p) >= t.event.last), None)
    if later is not None:
        yield later, {"later"}
    yield from _by_another_word(t, inside)


def _enemy(t: Telling, inside: Sequence[Phrase]) -> Tag | None:
    """Whoever fought, lately, the side that beats an attack off."""
    found: _Places = {id(p): set() for p in inside}
    _defence(t, inside, found)
    defender = next((_tag(p) for p in inside if "defender" in found[id(p)]), None)
    if defender is None or not (defender.entry.bloc or t.event.rule == "repelled"):
        return None
    return last_enemy(t.words, t.event.left, defender.entry.bloc)


def _by_another_word(t: Telling, inside: Sequence[Phrase]) -> Iterator[tuple[Tag, set[str]]]:
    """Capitals and states that stand for their forces, and adjectives of nationality."""
    words, event = t.words, t.event
    blocs = {_tag(p).entry.bloc for p in inside}
    for at in words.where(words.back(event.left, 1), event.right, "seat"):
        seat = words.tag(at, "seat")
        if seat is not None and seat.entry.bloc not in blocs:
            yield seat, {"seat"}
    inside_names = {at for p in inside for at in range(_tag(p).first, _tag(p).last)}
    for at in words.where(event.left, event.right, "nationality"):
        tag = words.tag(at, "nationality") if at not in inside_names else None
        near = words.has(max(event.left, at - 2), at, "weapon", "actor", "doubt", "event", "strike")
        if tag is not None and near and words.before(at).removeprefix(AND) not in _ABROAD:
            yield tag, {"adjective"} | ({"strike"} if words.tag(event.trigger.first, "strike") else set())


def _speaking(words: Words, voice: Voice) -> Tag | None:
    """The side by whose name a source speaks; of one that goes on ("and said that"), as it was named last."""
    tags = (words.tag(at, "actor", "claimant") for at in range(voice.since, voice.until))
    named = next((tag for tag in tags if tag is not None), None)
    if named is not None:
        return named
    sources = (words.tag(at, "claimant") for at in reversed(words.where(0, voice.since, "claimant")))
    return next((tag for tag in sources if tag is not None and tag.entry.code == voice.claimant), None)
