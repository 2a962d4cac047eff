"""Who says it: the voices of a sentence, and how far each one carries.

A verb of saying opens a voice that lasts to the end of the sentence or to the next voice; "according to"
behind a statement reaches back over it. "Added" and a definite noun (المركز، الوكالة) take up a voice named
before. An agency that passes another's words on is kept apart as a relay. A new sentence belongs to the
outlet itself unless a quotation is still open, or its line bears a source at its head.

The VOICE phrases are found in ``extraction.reading.phrases.voice``; what decides stands in
``rules/voices.toml``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extraction.lexicon.clitics import AND, THE
from extraction.lexicon.codes import flagged
from extraction.lexicon.particles import THAT, THAT_THEY, particles
from extraction.lexicon.vocabulary import Tag
from extraction.reading.decide import Decision, Evidence, decide
from extraction.reading.pattern import Scope, parted
from extraction.reading.phrases.voice import VOICES, Saying, find_sayings
from extraction.words.sentence import Sentence, Words
from gazetteer.index import words as toponym_words

_SAYS: Final = THAT | THAT_THEY
_WHAT: Final = particles("what", "by_what", "which")
_NAME_BEHIND: Final = 4  # words of a person's name behind his office
_SHORT_NAME: Final = 3  # letters
_MEMORY: Final = 100  # words after which "he said" no longer means the voice named last
_TO_THE_END: Final = 3  # words: a source so near to the end of a sentence speaks for all of it
_AIR_POWERS: Final = flagged("bloc", "air_power")
_SPEAKING_BLOCS: Final = flagged("bloc", "voice")
#: That a voice is said forward counts less than that it looks back at what it stands behind.
_SAID: Final = Evidence("said", 1)


@dataclass(frozen=True, slots=True)
class Voice:
    """A source that governs words ``first`` to ``last``; an empty ``claimant`` is the outlet itself.

    ``actor`` is the tag of the fighting side where that side speaks for itself: what "its forces" means.
    ``since`` is where its own naming begins: a day named there dates what it says. ``again`` marks one that
    goes on in a participle (مشيرا إلى). ``side`` is the bloc whose own air force a source speaks for. ``why``
    is what speaks for it where several voices reach a word.
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
    why: Evidence = _SAID


@dataclass
class Sources:
    """The voices named so far in a text: what المركز or a bare وأضاف takes up.

    ``open`` is the one whose quotation is not closed yet, ``heading`` the source at the head of a line.
    """

    last: Voice | None = None
    open: Voice | None = None
    heading: Voice | None = None
    by_head: dict[str, Voice] = field(default_factory=dict)
    by_name: dict[str, Voice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence, what was said before it, and its own voices so far."""

    words: Words
    sentence: Sentence
    sources: Sources
    voices: Sequence[Voice]

    @property
    def told(self) -> Voice | None:
        """The last voice that goes on."""
        return next((voice for voice in reversed(self.voices) if not voice.backward), None)

    def around(self, saying: Saying) -> Scope:
        """Where the rules are laid."""
        source = saying.source.value if saying.source is not None else None
        return Scope(self.words, self.sentence, saying.head, source)

    def goes_on(self, saying: Saying, voice: Voice) -> Voice:
        """A voice that is taken up again by a verb."""
        head = saying.head
        return replace(
            voice,
            first=head.first,
            last=self.sentence.last,
            since=head.first,
            until=head.last,
            backward=False,
            again=False,
            denies_until=0,
            why=_SAID,
        )


def find_voices(
    words: Words, sentence: Sentence, sources: Sources, notes: list[Decision[Voice]] | None = None
) -> list[Voice]:
    """The voices of a sentence in order; ``sources`` is carried on to the next sentence.

    The decisions of who speaks are put into ``notes``, where it is given.
    """
    voices = list(_carried(words, sentence, sources))
    done = sentence.first
    for saying in find_sayings(words, sentence):
        if saying.head.first < done:
            continue
        scene = _Scene(words, sentence, sources, voices)
        quoted = _quoted_before(scene, saying)
        if quoted is not None:
            voices = [_quoted(voice, quoted, saying) for voice in voices]
            _remember(words, _quoted(quoted, quoted, saying), sources)
            continue
        voice = _voice(scene, saying, notes)
        if voice is None:
            continue
        if not voice.backward:
            voices = list(_cut(voices, voice.first))
        voices.append(voice)
        _remember(words, voice, sources)
        done = max(saying.head.first + 1, 0 if voice.backward else voice.until)
    forward = [voice for voice in voices if not voice.backward]
    sources.open = forward[-1] if forward else None
    return voices


def voice_at(voices: Sequence[Voice], word: int) -> Voice | None:
    """The voice that governs a word: of those that reach it one that looks back, then the nearest."""
    reaching = (voice for voice in reversed(voices) if voice.first <= word < voice.last)
    chosen = decide((voice, (voice.why,)) for voice in reaching).chosen
    return chosen.value if chosen is not None else None


def _carried(words: Words, sentence: Sentence, sources: Sources) -> Iterator[Voice]:
    """The voice that the sentence before leaves open: a quotation, or a source at the head of the line."""
    if sources.heading is not None and "\n" in words.gap(sentence.first):
        sources.heading = None
    voice = sources.open if words.quoted[sentence.first] else None
    voice = voice or sources.heading
    if voice is not None:
        yield replace(voice, first=sentence.first, last=sentence.last, denies_until=0)


def _cut(voices: Sequence[Voice], at: int) -> Iterator[Voice]:
    """The voices so far, those that go on up to a new one."""
    for voice in voices:
        yield voice if voice.backward or voice.last <= at else replace(voice, last=at)


def _voice(scene: _Scene, saying: Saying, notes: list[Decision[Voice]] | None) -> Voice | None:
    """The voice that a word of saying opens."""
    if saying.head.entry.role == "deny" and saying.back is not None:
        return _untrue(scene, saying, saying.back)
    if saying.back is not None:
        return _looking_back(scene, saying, saying.back)
    if saying.head.entry.role == "relay":
        return _relayed(scene, saying)
    if saying.head.entry.role == "claimant":
        scene.sources.heading = _named(scene, saying, saying.head)
        return scene.sources.heading
    spoken = decide(_speakers(scene, saying))
    if notes is not None:
        notes.append(spoken)
    if spoken.chosen is None:
        return None
    voice = spoken.chosen.value
    return _denying(scene, saying, voice) if saying.head.entry.role == "deny" else voice


def _speakers(scene: _Scene, saying: Saying) -> Iterator[tuple[Voice, Sequence[Evidence]]]:
    """Who may speak by a verb of saying, with what speaks for each: the source beside it, the voice before it
    in the sentence, the person who is named, whoever spoke last, nobody."""
    sources, head, scope = scene.sources, saying.head, scene.around(saying)
    told, last = scene.told, sources.last
    if saying.source is not None:
        relayed_by = told.claimant if told is not None and told.relay else ""
        yield _named(scene, saying, saying.source.value, relayed_by), saying.source.evidence
    if told is not None and told.claimant:
        again = replace(scene.goes_on(saying, told), again=True, actor=told.actor)
        yield again, VOICES.evidence("speaks_as_before", scope)
    if (person := sources.by_name.get(scene.words.words[head.last])) is not None:
        named = scene.goes_on(saying, person)
        yield replace(named, until=head.last + 1), VOICES.evidence("speaks_as_named", scope)
    nobody = _nobody(scene, saying, head)
    if last is not None:
        yield scene.goes_on(saying, last), VOICES.evidence("speaks_as_last", scope)
        if head.first - last.until <= _MEMORY:
            yield scene.goes_on(saying, last), VOICES.evidence("speaks_as_just_before", scope)
    yield nobody, VOICES.evidence("somebody_speaks", scope)


def _nobody(scene: _Scene, saying: Saying, naming: Tag) -> Voice:
    """A voice without a name."""
    head = saying.head
    return Voice(
        head.first,
        scene.sentence.last,
        "",
        since=min(head.first, naming.first),
        until=head.last if naming is head else max(head.first + 1, naming.last),
        named=False,
    )


def _named(scene: _Scene, saying: Saying, subject: Tag, relayed_by: str = "") -> Voice:
    """The voice of a named subject; a definite noun stands for the source it was named by before."""
    naming = _nobody(scene, saying, subject)
    entry = subject.entry
    if entry.role == "source":
        known = scene.sources.by_head.get(entry.words[0])
        known = known or (scene.sources.last if "last" in entry.flags else None)
        if known is None:
            return naming
        own = replace(known, relayed_by=relayed_by, denies_until=0, backward=False, again=False, why=_SAID)
        return replace(own, first=naming.first, last=naming.last, since=naming.since, until=naming.until)
    if entry.role == "actor":
        code = entry.bloc if "generic" in entry.flags and entry.bloc in _SPEAKING_BLOCS else entry.code
        voice = replace(naming, claimant=code, actor=subject, named=True)
    else:
        fights = subject if "fights" in entry.flags else None
        voice = replace(
            naming,
            claimant=entry.code,
            actor=fights,
            named="unnamed" not in entry.flags and entry.role != "office",
        )
    relay = "relay" in entry.flags
    side = entry.bloc if entry.bloc in _AIR_POWERS and not relay else ""
    voice = replace(voice, relay=relay, side=side)
    voice = replace(voice, relayed_by=relayed_by if relayed_by != voice.claimant else "")
    return voice if saying.told is None else _as_told_to(voice, saying.told)


def _as_told_to(voice: Voice, paper: Tag) -> Voice:
    """What was said to a paper or an agency: an agency passes it on, a side's paper speaks for its own
    unnamed source, a spokesman for his side."""
    if voice.relay or not voice.claimant:
        return voice
    of_a_side = paper.entry.bloc != "independent"
    until = max(voice.until, paper.last)
    if "relay" in paper.entry.flags and (voice.named or not of_a_side):
        return replace(voice, relayed_by=paper.entry.code, until=until)
    return voice if voice.named else replace(voice, claimant=paper.entry.code, named=True, until=until)


# --- agencies


def _quoted_before(scene: _Scene, saying: Saying) -> Voice | None:
    """The voice before that an agency is said to have quoted: "a military source, whom SANA quoted"."""
    before = scene.told or next(reversed(scene.voices), None)
    if saying.source is None or before is None or not before.claimant or before.relay:
        return None
    return before if VOICES.first("passed_on", scene.around(saying)) is not None else None


def _quoted(voice: Voice, quoted: Voice, saying: Saying) -> Voice:
    """A voice; the one that an agency quoted, passed on by it."""
    if saying.source is None or (voice.claimant, voice.until) != (quoted.claimant, quoted.until):
        return voice
    return _as_told_to(voice, saying.source.value)


def _relayed(scene: _Scene, saying: Saying) -> Voice | None:
    """ "Reuters quoted the Observatory": the source behind عن speaks, the subject passes it on."""
    subject = saying.source.value if saying.source is not None else None
    source = saying.quoted
    if source is not None and subject is not None and subject is not source:
        teller = _named(scene, saying, subject)
        if not teller.relay:
            return replace(teller, until=source.last)
        voice = _named(scene, saying, source, teller.claimant)
        return replace(voice, since=saying.head.first)
    return _named(scene, saying, naming) if (naming := subject or source) is not None else None


# --- looking back


def _looking_back(scene: _Scene, saying: Saying, why: Evidence) -> Voice | None:
    """ "According to X": of what stands before it in the sentence, or, at its head, of what follows."""
    source = saying.source.value if saying.source is not None else saying.quoted
    if source is None:
        return None
    head, told = saying.head, scene.told
    voice = _named(scene, saying, source)
    if head.first - scene.sentence.first <= 1:
        return voice
    if told is not None and told.relay and voice.claimant:
        # "Reuters said, quoting the Observatory, that …": the Observatory says all of it
        return replace(voice, first=told.first, relayed_by=told.claimant)
    if told is not None and told.claimant and voice.relay:
        voice = replace(told, relayed_by=voice.claimant, until=voice.until)
        return replace(voice, last=head.first, since=head.first, backward=True, denies_until=0, why=why)
    if told is not None and told.claimant and told.actor is None and told.named:
        return None  # "al-Watan reported …, according to a military source": al-Watan is the claimant
    denied = max((v.denies_until for v in scene.voices if not v.claimant), default=0)
    first, last = _reach_back(scene, saying, voice.until)
    return replace(
        voice, first=first, last=last, since=head.first, backward=True, denies_until=denied, why=why
    )


def _reach_back(scene: _Scene, saying: Saying, until: int) -> tuple[int, int]:
    """The words for which a source speaks that is named behind them."""
    words, sentence, head = scene.words, scene.sentence, saying.head
    begin = max([sentence.first, *(v.until for v in scene.voices if v.backward and v.claimant)])
    if scene.told is not None:
        return begin, head.first
    return max(begin, _clause_start(words, sentence, head.first, until)), _parenthesis_end(
        words, sentence, until
    )


def _clause_start(words: Words, sentence: Sentence, at: int, until: int) -> int:
    """Where the clause begins that a source named in its midst speaks for; at its end, the sentence."""
    near_end = sentence.last - until <= _TO_THE_END
    if near_end or not any(parted(words, cut) for cut in words.where(until, sentence.last, "break")):
        return sentence.first
    for start in reversed(words.where(sentence.first + 1, at, "break")):
        opens = words.words[start].startswith(AND) or words.tag(start, "connector")
        if opens and not words.tag(start, "kill", "wound", "outcome"):
            return start
    return sentence.first


def _parenthesis_end(words: Words, sentence: Sentence, at: int) -> int:
    """How far a source named in passing carries on: to the next clause that a connector opens."""
    return next(iter(words.where(at, sentence.last, "connector")), sentence.last)


# --- denials


def _denying(scene: _Scene, saying: Saying, voice: Voice) -> Voice:
    """A voice that denies, up to the end of its denial."""
    return replace(voice, denies_until=_denial_end(scene.words, scene.sentence, saying.head, voice.until))


def _untrue(scene: _Scene, saying: Saying, why: Evidence) -> Voice:
    """A voice that denies what stands before it: "the news of its fall is untrue", whoever says so."""
    words, first, end = scene.words, scene.sentence.first, saying.head.first
    cuts = [at for at in words.where(first, end, "break") if parted(words, at)]
    voice = scene.told or replace(_nobody(scene, saying, saying.head), first=first)
    voice = replace(voice, first=max([voice.first, *cuts]), last=end, backward=True, why=why)
    return replace(voice, since=end, until=saying.head.last, denies_until=end)


def _denial_end(words: Words, sentence: Sentence, verb: Tag, until: int) -> int:
    """Where a denial ends: at punctuation or a verb of saying behind its source.

    Quotation marks end none, nor does the comma that closes what is told of the source ("X, a member of the
    bureau of Y, denied that"), nor the saying of what is denied ("denied what Z had announced of").
    """
    cuts = [at for at in words.where(verb.last, sentence.last, "break") if parted(words, at)]
    parenthesis = any(at < until for at in cuts)
    begin = max(until, verb.last + 1)
    cuts = [at for at in cuts if at >= begin]
    if not parenthesis and cuts and cuts[0] == until:
        opened = cuts.pop(0)
        parenthesis = bool(cuts) and not words.has(opened, cuts[0], "event")
    told = (at for at in words.where(begin, sentence.last, "say") if not _is_denied_word(words, at))
    return min([*cuts[parenthesis:], *told, sentence.last])


def _is_denied_word(words: Words, at: int) -> bool:
    """Whether a verb of saying behind "denied" tells only whose word is denied."""
    return words.before(at) in _WHAT and not words.breaks[at]


# --- memory


def _remember(words: Words, voice: Voice, sources: Sources) -> None:
    """Keep a voice as the last one, under the nouns that may stand for it (شبكة شام is الشبكة), and under the
    name of him who spoke: "So-and-so, a member of the council, said … So-and-so added"."""
    if voice.claimant or not voice.backward:
        sources.last = voice
    if not voice.claimant:
        return
    for at in range(voice.since, voice.until):
        tag = words.tag(at, "claimant", "actor") or words.tag(at, "spokesman")
        if tag is not None:
            head = tag.entry.words[0]
            sources.by_head[head if head.startswith(THE) else THE + head] = voice
    for at in range(voice.since + 1, min(words.count, voice.until + _NAME_BEHIND)):
        if words.words[at] in _SAYS or words.stops[at]:
            break
        if _is_a_name(words, at):
            sources.by_name[words.words[at]] = voice


def _is_a_name(words: Words, at: int) -> bool:
    """Whether a word may be a person's name: none that the lexicon knows, and no ordinary one."""
    word = words.words[at]
    if len(word) <= _SHORT_NAME or words.tags_at(at):
        return False
    return toponym_words().common.isdisjoint((word, word.removeprefix(THE)))
