"""VOICE: a word of saying with whose word it is, as "the Observatory said", "according to activists in".

Which of the sources and sides around a word of saying is the one that speaks is weighed by the rules of
``rules/voices.toml``. Who that is of the voices of a text (المركز, "he added"), and how far his word goes, is
``extraction.reading.claimant``'s.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extraction.lexicon.clitics import SO
from extraction.lexicon.particles import THAT, THAT_THEY
from extraction.lexicon.vocabulary import Tag
from extraction.reading.decide import Candidate, Evidence, decide
from extraction.reading.pattern import Scope
from extraction.reading.phrases.phrase import Phrase
from extraction.reading.rules import book
from extraction.words.sentence import Sentence, Words

#: The roles of the words that may open a voice.
OPENS: Final = ("deny", "say", "relay", "according", "afterthought")
#: The rules of voices, for this module and for ``claimant``.
VOICES: Final = book(
    "voices",
    "no_voice",
    "heads",
    "looks_back",
    "speaks",
    "quoted",
    "told_to",
    "passed_on",
    "speaks_as_before",
    "speaks_as_named",
    "speaks_as_last",
    "speaks_as_just_before",
    "somebody_speaks",
)
_SAYS: Final = THAT | THAT_THEY
_SOURCES: Final = ("claimant", "actor", "source", "office")
_BEFORE: Final = 25  # words in which whoever says it may stand before the verb
_BEHIND: Final = 12  # and behind it


@dataclass(frozen=True, slots=True)
class Saying:
    """A word of saying (``head``) and whose word it is: ``source``, or nobody who is named beside it.

    ``phrase`` are all its words, ``quoted`` is whom the source only passes on ("Reuters quoted X"), ``told``
    the paper or agency to which it was said, ``back`` the rule by which it looks back at what stands before
    it, if any.
    """

    head: Tag
    phrase: Phrase
    source: Candidate[Tag] | None = None
    quoted: Tag | None = None
    told: Tag | None = None
    back: Evidence | None = None


def find_sayings(words: Words, sentence: Sentence) -> Iterator[Saying]:
    """The voices of a sentence, in order."""
    for at in words.where(sentence.first, sentence.last, *OPENS, "claimant"):
        head = words.tag(at, *OPENS)
        if head is not None:
            scope = Scope(words, sentence, head)
            if VOICES.first("no_voice", scope) is None:
                yield _saying(scope, head)
        elif (head := words.tag(at, "claimant")) is not None and ":" in words.gap(head.last):
            heading = VOICES.evidence("heads", Scope(words, sentence, head))
            if heading:
                source = Candidate(head, tuple(heading))
                yield Saying(head, Phrase("VOICE", head.first, head.last, head), source)


def source_at(words: Words, at: int) -> Tag | None:
    """The source or side that begins at a word; الجبهة الجنوبية is a side, الجبهة alone stands for one."""
    side = words.tag(at, "actor")
    if side is not None and side.last - side.first > 1 and words.tag(at, "claimant") is None:
        return side
    return words.tag(at, "claimant") or words.tag(at, "source") or side or words.tag(at, "office")


def _saying(scope: Scope, head: Tag) -> Saying:
    tags = list(_near(scope.words, scope.sentence, head))
    source = _chosen("speaks", scope, tags)
    quoted = _chosen("quoted", scope, tags) if head.entry.role == "relay" else None
    told = _chosen("told_to", scope, [tag for tag in tags if _may_be_told(tag, head, source)])
    back = next(iter(VOICES.evidence("looks_back", scope)), None)
    naming = [c.value for c in (source, quoted) if c is not None]
    first, last = min(t.first for t in (head, *naming)), max(t.last for t in (head, *naming))
    return Saying(
        head,
        Phrase("VOICE", first, last, head),
        source,
        quoted=quoted.value if quoted is not None else None,
        told=told.value if told is not None else None,
        back=back,
    )


def _may_be_told(tag: Tag, head: Tag, source: Candidate[Tag] | None) -> bool:
    """Whether a source stands behind a word of saying and is not the one that speaks."""
    speaks = source is not None and source.value is tag
    return tag.entry.role == "claimant" and tag.first >= head.last and not speaks


def _near(words: Words, sentence: Sentence, head: Tag) -> Iterator[Tag]:
    """The sources and sides that a rule may take for the one who speaks: up to "that", and before the word
    right beside it, at the head of the sentence, or, of "as for X, he said" and "his denial", farther off."""
    behind = min(sentence.last, head.last + _BEHIND)
    stop = next((at for at in range(head.last, behind) if words.words[at] in _SAYS), behind)
    far = head.entry.role == "deny" or head.prefix == SO
    for at in words.where(words.back(head.first, _BEFORE), stop, *_SOURCES):
        tag = source_at(words, at)
        if tag is not None and (far or tag.last >= head.first - 1 or at == sentence.first):
            yield tag


def _chosen(says: str, scope: Scope, tags: list[Tag]) -> Candidate[Tag] | None:
    """The one of the sources near a word of saying for which the rules speak most."""
    around = (Scope(scope.words, scope.sentence, scope.anchor, tag) for tag in tags)
    return decide((tag, VOICES.evidence(says, s)) for tag, s in zip(tags, around, strict=True)).chosen
