"""Who says it: the voices of a sentence, and how far each one carries.

A verb of saying opens a voice that lasts to the end of the sentence or to the next voice; "according to"
behind a statement reaches back over it. "Added" and a definite noun (المركز، الوكالة) take up a voice named
before. An agency that passes another's words on is kept apart as a relay. A new sentence belongs to the
outlet itself unless a quotation is still open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extraction.lexicon.clitics import AND, BY, FOR, JOINED, SO, THE, TWO_OR_MORE
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import ABOUT, AS, THAT, THAT_THEY, TO, WHICH, particles
from extraction.lexicon.vocabulary import Tag
from extraction.words.sentence import QUOTES, Sentence, Words
from gazetteer.index import words as toponym_words

_SAYS: Final = THAT | THAT_THEY
_SUBJECT_WINDOW: Final = 8  # words in which a verb of saying has its subject
_DATELINE: Final = 4  # words
_NAME_BEHIND: Final = 4  # words of a person's name behind his office
_SHORT_NAME: Final = 3  # letters
_MEMORY: Final = 100  # words after which "he said" no longer means the voice named last
#: The roles of the words that may open a voice.
_SAYING: Final = ("deny", "say", "relay", "according", "afterthought")
_WHAT: Final = particles("what", "by_what")
_ABOUT_HIM: Final = particles("about_him")
_OF: Final = particles("to", "on", "about")
_ONE_OF: Final = particles("one_of")
_AS_FOR: Final = particles("as_for")
_SO_THAT: Final = particles("so_that_is")
_WORD_DENIED: Final = 14  # words from "denied" to "what the others had announced": a source and its office
_AIR_POWERS: Final = flagged("bloc", "air_power")
_VOICES: Final = flagged("bloc", "voice")


@dataclass(frozen=True, slots=True)
class Voice:
    """A source that governs words ``first`` to ``last``; an empty ``claimant`` is the outlet itself.

    ``actor`` is the tag of the fighting side where that side speaks for itself: what "its forces" means.
    ``since`` is where its own naming begins: a day named there dates what it says. ``again`` marks one that
    goes on in a participle (مشيرا إلى). ``side`` is the bloc whose own air force a source speaks for.
    """

    first: int
    last: int
    claimant: str
    relayed_by: str = ""
    denies_until: int = 0
    actor: Tag | None = None
    since: int = 0
    until: int = 0
    relay: bool = False
    named: bool = True
    backward: bool = False
    again: bool = False
    side: str = ""


@dataclass
class Sources:
    """The voices named so far in a text: what المركز or a bare وأضاف takes up."""

    last: Voice | None = None
    open: Voice | None = None
    by_head: dict[str, Voice] = field(default_factory=dict)
    by_name: dict[str, Voice] = field(default_factory=dict)


def find_voices(words: Words, sentence: Sentence, sources: Sources) -> list[Voice]:
    """The voices of a sentence in order; ``sources`` is carried on to the next sentence."""
    voices: list[Voice] = []
    if sources.open is not None and words.quoted[sentence.first]:
        voices.append(replace(sources.open, first=sentence.first, last=sentence.last, denies_until=0))
    done = sentence.first
    for at in words.where(sentence.first, sentence.last, *_SAYING, "claimant"):
        if at < done:
            continue
        verb = words.tag(at, *_SAYING) or _headline_source(words, at)
        voice = _voice(words, sentence, sources, verb, voices) if verb else None
        if voice is None:
            continue
        if not voice.backward:
            voices = [
                v if v.backward or v.last <= voice.first else replace(v, last=voice.first) for v in voices
            ]
        voices.append(voice)
        if voice.claimant or not voice.backward:
            sources.last = voice
        if voice.claimant:
            _remember(words, voice, sources)
        done = at + 1 if voice.backward else max(at + 1, voice.until)
    forward = [voice for voice in voices if not voice.backward]
    sources.open = forward[-1] if forward else None
    return voices


def voice_at(voices: Sequence[Voice], word: int) -> Voice | None:
    """The voice that governs a word."""
    chosen = None
    for voice in voices:
        if voice.first <= word < voice.last and (chosen is None or voice.backward or not chosen.backward):
            chosen = voice
    return chosen


def _voice(
    words: Words, sentence: Sentence, sources: Sources, verb: Tag, voices: Sequence[Voice]
) -> Voice | None:
    role = verb.entry.role
    if role in ("say", "relay") and _is_denied_word(words, verb.first):
        return None
    if role == "claimant":
        return _named(words, sources, verb, verb.first, sentence.last)
    if (
        role == "according"
        or (role == "relay" and verb.entry.form == "name")
        or _as_said(words, sentence, verb)
    ):
        return _according(words, sentence, sources, verb, voices)
    subject = _subject(words, sentence, verb)
    if "sourced" in verb.entry.flags and (subject is None or subject.entry.role != "claimant"):
        return None
    before = next((v for v in reversed(voices) if not v.backward), None)
    relayed_by = before.claimant if before and before.relay else ""
    end = sentence.last
    if subject is not None and before is None:
        before = next(reversed(voices), None)
    if subject is not None and before is not None and _passes_on(words, verb, subject, before):
        return replace(
            before, first=sentence.first, last=verb.first, relayed_by=subject.entry.code, backward=True
        )
    if role == "relay" and subject is not None and before is not None and _of_him(words, verb):
        # "a military source, quoted by SANA, denied": what he does goes on
        code = subject.entry.code
        return replace(
            before,
            first=verb.first,
            last=end,
            claimant=before.claimant if before.named else code,
            until=subject.last,
        )
    if role == "relay":
        return _relay(words, sentence, sources, verb, subject)
    if subject is not None:
        voice = _named(words, sources, subject, verb.first, end, relayed_by)
    elif (
        verb.entry.form == "name" and verb.entry.flags & {"again"} and before is not None and before.claimant
    ):
        voice = replace(
            before, first=verb.first, last=end, since=verb.first, until=verb.last, denies_until=0, again=True
        )
    elif (speaker := sources.by_name.get(words.words[verb.last])) is not None and role == "say":
        voice = replace(
            speaker,
            first=verb.first,
            last=end,
            since=verb.first,
            until=verb.last + 1,
            backward=False,
            denies_until=0,
        )
    elif verb.entry.flags & {"again"} or _continues(words, verb, sources):
        if sources.last is None:
            voice = Voice(verb.first, end, "", since=verb.first, until=verb.last, named=False)
        else:
            voice = replace(
                sources.last,
                first=verb.first,
                last=end,
                since=verb.first,
                until=verb.last,
                backward=False,
                denies_until=0,
            )
    elif role == "deny" and sources.last is not None:
        voice = replace(
            sources.last, first=verb.first, last=end, since=verb.first, until=verb.last, backward=False
        )
    elif "weak" in verb.entry.flags:
        return None
    else:
        voice = Voice(verb.first, end, "", since=verb.first, until=verb.last, named=False)
    if role == "deny":
        voice = replace(voice, denies_until=_denial_end(words, sentence, verb, voice.until))
    return voice


def _denial_end(words: Words, sentence: Sentence, verb: Tag, until: int) -> int:
    """Where a denial ends: at punctuation or a verb of saying behind its source.

    Quotation marks end none, nor does the comma that closes what is told of the source ("X, a member of the
    bureau of Y, denied that"), nor the saying of what is denied ("denied what Z had announced of").
    """
    breaks = words.where(verb.last, sentence.last, "break")
    cuts = [at for at in breaks if words.gap(at).strip() not in QUOTES]
    parenthesis = any(at < until for at in cuts)
    cuts = [at for at in cuts if at >= max(until, verb.last + 1)]
    if not parenthesis and cuts and cuts[0] == until:
        begin = cuts.pop(0)
        parenthesis = bool(cuts) and not words.has(begin, cuts[0], "event")
    said = words.where(max(until, verb.last + 1), sentence.last, "say")
    told = [at for at in said if not _is_denied_word(words, at)]
    return min([*cuts[parenthesis:], *told, sentence.last])


def _is_denied_word(words: Words, at: int) -> bool:
    """Whether a verb of saying tells only whose word is denied: "denied what the army had announced",
    "denied the news that spoke of"."""
    if words.before(at) not in _WHAT | WHICH:
        return False
    return words.has(words.back(at, _WORD_DENIED), at, "deny") and not words.has(at, at + 1, "break")


def _headline_source(words: Words, at: int) -> Tag | None:
    """A source at the head of a line with a colon behind it: "The Observatory: aircraft shell …"; a dateline
    may stand before it."""
    tag = words.tag(at, "claimant")
    if tag is None or ":" not in words.gap(tag.last):
        return None
    if tag.entry.flags & {"relay", "unnamed"}:
        return tag if at == 0 or words.stops[at] else None
    begin = at
    while begin > max(0, at - _DATELINE) and not words.stops[begin]:
        begin -= 1
    heads = begin == 0 or words.stops[begin]
    return tag if heads and (begin == at or words.breaks[at]) else None


def _as_said(words: Words, sentence: Sentence, verb: Tag) -> bool:
    """Whether a verb of saying looks back: "…, as activists say"."""
    if verb.entry.role != "say" or verb.first - sentence.first < 3 or words.before(verb.first) not in AS:
        return False
    return not any(
        words.words[at] in _SAYS for at in range(verb.last, min(sentence.last, verb.last + _SUBJECT_WINDOW))
    )


def _of_him(words: Words, verb: Tag) -> bool:
    """Whether a verb of quoting looks back at its source: "whom SANA quoted"."""
    return words.words[verb.last] in _ABOUT_HIM


def _passes_on(words: Words, verb: Tag, subject: Tag | None, before: Voice | None) -> bool:
    """Whether an agency is only said to have passed on what was told: "whom Reuters quoted"."""
    relay = subject is not None and "relay" in subject.entry.flags and subject.first >= verb.last
    if not relay or before is None or not before.claimant or before.relay:
        return False
    return words.before(verb.first) in WHICH or _of_him(words, verb)


def _continues(words: Words, verb: Tag, sources: Sources) -> bool:
    """Whether a verb of saying has no subject of its own: "said that", "pointed to the killing of",
    by whoever spoke just before."""
    last = sources.last
    at = verb.last + 1 if words.words[verb.last] in _OF else verb.last
    pointed = words.words[verb.last] in TO  # وأشار إلى مقتل; but أعلن عن مقتل may be a passive
    told = pointed and words.tag(at, "event", "kill", "wound", "dead", "injured") is not None
    if last is None or not (told or words.words[at] in _SAYS):
        return False
    return verb.first - last.until <= _MEMORY


def _subject(words: Words, sentence: Sentence, verb: Tag) -> Tag | None:
    """The source that a verb of saying has as its subject, behind it or before it."""
    spokesman = False
    stop = min(sentence.last, verb.last + _SUBJECT_WINDOW)
    for at in range(verb.last, stop):
        if words.words[at] in _SAYS or (verb.entry.role == "deny" and words.words[at] in _WHAT):
            break
        if ":" in words.gap(at):
            break  # what stands behind it is said already
        if words.before(at) in _ONE_OF and _is_one_of(words, at):
            spokesman = True
            continue  # "one of the fighters of"
        found = _source_at(words, at)
        if found is not None and "speaker" in found.entry.flags and words.tag(found.last, "spokesman"):
            continue  # "the spokesman of the ministry": the ministry
        if found is not None:
            near = at - verb.last
            if found.entry.role != "actor" or near <= 1 or spokesman:
                if found.entry.role == "claimant" and "unnamed" in found.entry.flags:
                    side = _side_behind(words, found)
                    return side or found
                return found
            break
        if words.tag(at, "spokesman"):
            spokesman = True
        if words.breaks[at] and at > verb.last and not words.tag(at, "spokesman"):
            break  # but "So-and-so, a member of the council, said"
        if words.tag(at, "operation") and words.tag_before(at, "spokesman"):
            continue  # "the leader of the operations in"
        if words.tag(at, "say", "deny", "event", "carrier"):
            break
    if verb.entry.role == "deny" and verb.entry.form == "noun" and verb.suffix:
        return _first_source(words, sentence.first, verb.first)
    if verb.prefix == SO and (theme := _theme(words, sentence, verb)) is not None:
        return _first_source(words, theme, verb.first)
    if verb.prefix in JOINED:
        return None
    for at in words.backwards(verb.first, 7):
        found = _source_at(words, at)
        if found is None or verb.first - found.last not in (0, 1):
            continue
        if not _parted(words, found.last, verb.first + 1):
            adjective = found.entry.role == "actor"
            return (_source_ending(words, found.first) if adjective else None) or found
    return None


def _is_one_of(words: Words, at: int) -> bool:
    """Whether a word behind "one of the" says what he is in his side: the fighters of, the officers in."""
    if words.tag(at, "anaphor"):
        return True
    word = words.words[at]
    return word.startswith(THE) and word.endswith(TWO_OR_MORE) and words.tag(at, "claimant", "actor") is None


def _source_at(words: Words, at: int) -> Tag | None:
    """The source or side that begins at a word; الجبهة الجنوبية is a side, الجبهة alone stands for one."""
    side = words.tag(at, "actor")
    if side is not None and side.last - side.first > 1 and words.tag(at, "claimant") is None:
        return side
    return words.tag(at, "claimant") or words.tag(at, "source") or side


def _source_ending(words: Words, at: int) -> Tag | None:
    """The source whose name ends right before a word."""
    return next(
        (t for n in (at - 1, at - 2, at - 3) if n >= 0 and (t := words.tag(n, "claimant")) and t.last == at),
        None,
    )


def _theme(words: Words, sentence: Sentence, verb: Tag) -> int | None:
    """Where "as for" (أما … فقال) stands before a verb of saying."""
    return next(
        (at for at in words.backwards(verb.first, 14) if words.words[at] in _AS_FOR),
        None,
    )


def _first_source(words: Words, first: int, last: int) -> Tag | None:
    """The first source or side named among some words."""
    for at in range(first, last):
        found = _source_at(words, at)
        if found is not None:
            return found
    return None


def _side_behind(words: Words, source: Tag) -> Tag | None:
    """An unnamed source of a named organisation speaks for it: مصدر في الدفاع المدني."""
    for at in (source.last, source.last + 1):
        if words.words[at] in _SAYS:
            return None
        tag = words.tag(at, "claimant")
        if tag is not None and "unnamed" not in tag.entry.flags and tag.prefix in ("", BY, FOR):
            return tag
    return None


def _named(
    words: Words, sources: Sources, subject: Tag, first: int, last: int, relayed_by: str = ""
) -> Voice:
    """The voice of a named subject; a definite noun stands for the source it was named by before."""
    naming = Voice(
        first, last, "", since=min(first, subject.first), until=max(first + 1, subject.last), named=False
    )
    entry = subject.entry
    if entry.role == "source":
        known = sources.by_head.get(entry.words[0])
        if known is None and "last" in entry.flags:
            known = sources.last
        if known is None:
            return naming
        return replace(
            naming,
            claimant=known.claimant,
            actor=known.actor,
            named=known.named,
            relay=known.relay,
            relayed_by=relayed_by,
            side=known.side,
        )
    if entry.role == "actor":
        code = entry.bloc if "generic" in entry.flags and entry.bloc in _VOICES else entry.code
        side = entry.bloc if entry.bloc in _AIR_POWERS else ""
        return replace(naming, claimant=code, relayed_by=relayed_by, actor=subject, named=True, side=side)
    voice = replace(
        naming,
        claimant=entry.code,
        relayed_by=relayed_by if relayed_by != entry.code else "",
        relay="relay" in entry.flags,
        named="unnamed" not in entry.flags,
        actor=subject if "fights" in entry.flags else None,
        side=entry.bloc if entry.bloc in _AIR_POWERS and "relay" not in entry.flags else "",
    )
    told = _told_to(words, subject)
    if told is None or voice.relay:
        return voice
    if "relay" in told.entry.flags:
        return replace(voice, relayed_by=told.entry.code)
    return voice if voice.named else replace(voice, claimant=told.entry.code, named=True)


def _told_to(words: Words, source: Tag) -> Tag | None:
    """The agency that an unnamed source spoke to: "a police source told SANA's reporter"."""
    for at in range(source.last, min(words.count, source.last + 6)):
        if words.breaks[at]:
            return None
        tag = words.tag(at, "claimant")
        if tag is not None and "unnamed" not in tag.entry.flags and tag.entry.code != source.entry.code:
            told = tag.prefix.endswith(FOR) or "relay" in tag.entry.flags or words.tag_before(at, "spokesman")
            return tag if told else None
    return None


def _relay(
    words: Words, sentence: Sentence, sources: Sources, verb: Tag, subject: Tag | None
) -> Voice | None:
    """ "Reuters quoted the Observatory": the source behind عن speaks, the subject passes it on."""
    begin = subject.last if subject is not None and subject.first >= verb.last else verb.last
    source = None
    for at in range(begin, min(sentence.last, begin + _SUBJECT_WINDOW)):
        if words.words[at] in ABOUT:
            one_of = words.among(at + 1, at + 5, _ONE_OF)  # "quoted So-and-so, one of the leaders of"
            source = _source_within(words, sentence, at + 1, 8 if one_of else 4)
            break
        if words.words[at] in _SAYS:
            break
    if subject is None and source is None:
        return None
    if subject is None or source is None:
        return _named(words, sources, subject or source, verb.first, sentence.last)  # type: ignore[arg-type]
    teller = _named(words, sources, subject, verb.first, sentence.last)
    if not teller.relay:
        return replace(teller, until=source.last)
    voice = _named(words, sources, source, verb.first, sentence.last, teller.claimant)
    return replace(voice, since=verb.first)


def _source_within(words: Words, sentence: Sentence, start: int, window: int) -> Tag | None:
    for at in range(start, min(sentence.last, start + window)):
        found = _source_at(words, at)
        if found is not None:
            return found
        if words.words[at] in _SO_THAT or words.words[at] in _SAYS:
            return None
        if (
            words.breaks[at]
            and at > start
            and words.words[at] not in _SAYS
            and words.tag_before(at, "spokesman") is None
        ):
            return None
    return None


def _according(
    words: Words, sentence: Sentence, sources: Sources, verb: Tag, voices: Sequence[Voice]
) -> Voice | None:
    """ "According to X": of what stands before it in the sentence, or, at its head, of what follows."""
    source = _source_within(words, sentence, verb.last, 5)
    if source is None:
        return None
    voice = _named(words, sources, source, verb.first, sentence.last)
    if verb.first - sentence.first <= 1 and not _as_said(words, sentence, verb):
        return voice
    forward = [v for v in voices if not v.backward and v.first < verb.first]
    told = forward[-1] if forward else None
    last = verb.first
    if told is not None and told.relay and voice.claimant:
        # "Reuters said, quoting the Observatory, that …": the Observatory says all of it
        return replace(voice, first=told.first, relayed_by=told.claimant)
    denied = told.denies_until if told is not None and not told.claimant else 0
    if told is not None and told.claimant and voice.relay:
        begin = told.first
        voice = replace(told, relayed_by=voice.claimant, until=voice.until)
    elif told is not None and told.claimant and told.actor is None and told.named:
        return None  # "al-Watan reported …, according to a military source": al-Watan is the claimant
    else:
        begin = max([sentence.first, *(v.until for v in voices if v.backward)])
        if told is None:
            last = _parenthesis_end(words, sentence, voice.until)
            begin = max(begin, _clause_start(words, sentence, verb.first, voice.until))
    return replace(voice, first=begin, last=last, since=verb.first, backward=True, denies_until=denied)


def _clause_start(words: Words, sentence: Sentence, at: int, until: int) -> int:
    """Where the clause begins that a source named in its midst speaks for; at its end, the sentence."""
    if sentence.last - until <= 3 or not _parted(words, until, sentence.last):
        return sentence.first
    for start in range(at - 1, sentence.first, -1):
        opens = words.words[start].startswith(AND) or words.tag(start, "connector")
        if words.breaks[start] and opens and not words.tag(start, "kill", "wound", "outcome"):
            return start
    return sentence.first


def _parted(words: Words, first: int, last: int) -> bool:
    """Whether punctuation other than quotation marks stands before one of the words ``first`` to ``last``."""
    return any(words.gap(at).strip() not in QUOTES for at in words.where(first, last, "break"))


def _parenthesis_end(words: Words, sentence: Sentence, at: int) -> int:
    """How far a source named in passing carries on: to the next clause that a connector opens."""
    while at < sentence.last and words.tag(at, "connector") is None:
        at += 1
    return at


def _remember(words: Words, voice: Voice, sources: Sources) -> None:
    """Keep a voice under the nouns that may stand for it (شبكة شام is الشبكة), and under the name of him who
    spoke: "So-and-so, a member of the council, said … So-and-so added"."""
    for at in range(voice.since, voice.until):
        tag = words.tag(at, "claimant", "actor") or words.tag(at, "spokesman")
        if tag is not None:
            head = tag.entry.words[0]
            sources.by_head[head if head.startswith(THE) else THE + head] = voice
    for at in range(voice.since + 1, min(words.count, voice.until + _NAME_BEHIND)):
        if words.words[at] in _SAYS or words.stops[at]:
            break
        word = words.words[at]
        ordinary = not toponym_words().common.isdisjoint((word, word.removeprefix(THE)))
        if len(word) > _SHORT_NAME and not words.tags_at(at) and not ordinary:
            sources.by_name[word] = voice
