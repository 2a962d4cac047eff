"""The language of the rules: what may stand around a word, written as it is read.

``"attempt ~4 @"`` is "an attempt, then at most four words, then the word in question". A pattern is a row of
steps between blanks; it is laid over the text from left to right, within one sentence:

* ``@`` the tag or phrase in question (the anchor), ``$`` the candidate that is weighed for it; ``@say`` and
  ``$actor`` where they are of that role;
* ``attempt`` a word of that role of the lexicon; ``event=clash+siege`` with one of these codes,
  ``carrier:suffers`` with the flag, ``actor:!air`` without it, ``event/noun`` in that form (see
  :data:`SHAPES`; ``/!the`` not so);
* ``<on>`` a particle of that name; ``SIDE`` a phrase of that kind (``extraction.reading.phrases``);
* ``[state]`` words of that role that begin before the anchor and take it in;
* ``a|b`` one or the other; ``a?`` there or not; ``!a`` not that (it takes no word);
* ``~4`` at most four words; ``~4!say!deny`` none of which is that;
* ``*`` any one word, ``#`` a figure in digits, ``#/and`` one with و before it (see :data:`WORD_SHAPES`);
* ``,`` punctuation before the next word, ``:`` a colon; ``^`` the beginning of the sentence, ``.`` its end;
  ``^^`` the beginning of the text.

Between two steps stands no punctuation but quotation marks, unless ``,`` says so or the gap is written
``~~4``. The model is spaCy's Matcher and GATE's JAPE; neither is imported.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Protocol

from extraction.lexicon.clitics import (
    AND,
    BY,
    DEFINITE,
    FOR,
    JOINED,
    OWN,
    PRONOUNS,
    SO,
    THEY_DID,
    THEY_DO,
    TWO,
    WILL,
)
from extraction.lexicon.codes import is_known, nearest
from extraction.lexicon.particles import particles
from extraction.lexicon.roles import any_flags, roles
from extraction.lexicon.vocabulary import Tag
from extraction.words.sentence import QUOTES, Sentence, Words
from gazetteer.orthography import is_figure

#: What a tag may be asked beside role, code and flag: its form, and what clings to it.
SHAPES: Final[Mapping[str, Callable[[Tag], bool]]] = {
    "noun": lambda tag: tag.entry.form == "noun",
    "past": lambda tag: tag.entry.form == "verb",
    "present": lambda tag: tag.entry.form == "present",
    "verb": lambda tag: tag.entry.form in ("verb", "present"),
    "fixed": lambda tag: tag.entry.form == "name",
    "the": lambda tag: tag.definite,
    "bare": lambda tag: not tag.prefix,
    "and": lambda tag: tag.prefix.startswith(AND),
    "so": lambda tag: tag.prefix.startswith(SO),
    "joined": lambda tag: tag.prefix.startswith(JOINED),
    "by": lambda tag: tag.prefix.removesuffix(DEFINITE[0]).endswith(BY),
    "for": lambda tag: tag.prefix.removesuffix(DEFINITE[0]).endswith(FOR),
    "will": lambda tag: WILL in tag.prefix,
    "whose": lambda tag: tag.suffix.endswith(OWN),
    "him": lambda tag: tag.suffix.endswith(PRONOUNS),
    "plain": lambda tag: not tag.suffix,
    "they": lambda tag: tag.suffix.startswith((THEY_DID, THEY_DO)),
    "two": lambda tag: tag.suffix in TWO,
}
#: What any word may be asked, though the lexicon does not know it: the letters it begins with.
WORD_SHAPES: Final[Mapping[str, tuple[str, ...]]] = {"and": (AND,), "the": (DEFINITE[0],), "for": (FOR,)}
#: The most words that one step other than a gap takes: the longest names of sides and sources.
_LONGEST: Final = 8
#: The most words of a phrase that is asked to take the anchor in: a relative clause, a demand.
_WIDEST: Final = 60
_GAP: Final = re.compile(r"(~~?)(\d+)((?:!\S+)*)")
_NEVER: Final = re.compile(r"(?<![:/])!")
_STEP: Final = re.compile(r"([@$]?[a-z_]+|@|\$)(=[a-z0-9_+]+)?((?::!?[a-z_]+)*)((?:/!?[a-z]+)*)")
_PHRASE: Final = re.compile(r"[A-Z]+")
_PIVOTS: Final = ("@", "$", "[]")


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


class Span(Protocol):
    """Whatever takes words ``first`` to ``last`` (exclusive): a tag, a phrase."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


#: The ends of the phrases of a kind that begin at a word.
Phrasing = Callable[[str, int], Sequence[int]]


def no_phrases(kind: str, at: int) -> Sequence[int]:
    """Of a text whose phrases were not sought."""
    return ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a pattern is laid: a sentence with its phrases, the anchor, and the candidate if any.

    ``facts`` are what was decided of anchor and candidate before, by name: the type of an event, that a side
    speaks. A rule asks for them beside its patterns (``given``).
    """

    words: Words
    sentence: Sentence
    anchor: Span
    candidate: Span | None = None
    phrases: Phrasing = no_phrases
    facts: frozenset[str] = frozenset()

    def weighing(self, candidate: Span | None) -> "Scope":
        """The same scope, for a candidate."""
        return Scope(self.words, self.sentence, self.anchor, candidate, self.phrases, self.facts)


#: From a word on: the words at which the step may end.
_Match = Callable[[Scope, int], Iterable[int]]


@dataclass(frozen=True, slots=True)
class _Step:
    """One step, which takes at most ``most`` words.

    ``there`` are the roles or words one of which the sentence must hold (empty: not known); ``roles`` is set
    where its words can be looked up, ``fits`` and ``source`` (as it was written) for the anchor and the
    candidate.
    """

    match: _Match
    most: int
    kind: str = "step"
    there: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    fits: Callable[[Span], bool] = lambda _: True
    source: str = ""


@dataclass(frozen=True)
class Pattern:
    """A pattern that has been read: :meth:`found` lays it over a text."""

    source: str
    steps: tuple[_Step, ...] = field(repr=False)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The roles and words without which the pattern is found in no sentence."""
        return frozenset[str]().union(*(there for there in self._there if len(there) == 1))

    @cached_property
    def needs_one(self) -> tuple[frozenset[str], ...]:
        """Sets of roles and words, of each of which a sentence must hold one."""
        return tuple(there for there in self._there if len(there) > 1)

    @property
    def _there(self) -> Iterator[frozenset[str]]:
        return (step.there for step in self.steps if step.there and step.kind in ("step", "[]"))

    def may_be_in(self, there: frozenset[str]) -> bool:
        """Whether a sentence that holds these roles and words holds all that the pattern needs."""
        return self.needs <= there and (
            not self.needs_one or not any(one.isdisjoint(there) for one in self.needs_one)
        )

    def found(self, scope: Scope) -> bool:
        """Whether the pattern fits around the anchor."""
        return self.start(scope) is not None

    def start(self, scope: Scope) -> int | None:
        """The word nearest to the anchor at which the pattern begins to fit; None where it does not."""
        for at in self._starts(scope):
            if self._fits(scope, 0, at):
                return at
        return None

    def asks(self, anchor: Span, candidate: Span | None) -> bool:
        """Whether anchor and candidate are such as the pattern speaks of, whatever stands around them.

        It hangs on their tags alone (entry, prefix and suffix), so that the answer can be kept.
        """
        for on_candidate, fits in self._asked:
            span = candidate if on_candidate else anchor
            if span is None or not fits(span):
                return False
        return True

    @cached_property
    def _asked(self) -> tuple[tuple[bool, Callable[[Span], bool]], ...]:
        """What is asked of the anchor, and (True) of the candidate."""
        return tuple((step.kind == "$", step.fits) for step in self.steps if step.kind in ("@", "$"))

    def questions(self, name: str) -> Iterator[tuple[str, Callable[[Span], bool]]]:
        """What the pattern asks of the anchor (``@``) or the candidate (``$``) by itself, as it was written
        and as it is answered."""
        return ((step.source, step.fits) for step in self.steps if step.kind == name)

    @cached_property
    def _pivot(self) -> tuple[str, int]:
        """What the pattern is laid around, and how many words before it the pattern may begin."""
        pivot = next(n for n, step in enumerate(self.steps) if step.kind in _PIVOTS)
        kind = self.steps[pivot].kind
        return kind, sum(step.most for step in self.steps[: pivot + (kind == "[]")])

    def _starts(self, scope: Scope) -> Iterable[int]:
        """The words at which the first step may begin, the nearest first."""
        head = self.steps[0]
        kind, reach = self._pivot
        at = scope.candidate if kind == "$" else scope.anchor
        if at is None:
            return ()
        if head.kind in ("@", "$"):
            return (at.first,)
        first = max(scope.sentence.first, at.first - reach)
        if head.roles:
            return reversed(scope.words.where(first, at.first, *head.roles))
        if head.kind == "^":
            return (first,) if first == scope.sentence.first else ()
        return range(at.first, first - 1, -1)

    def _fits(self, scope: Scope, step: int, at: int) -> bool:
        """Whether the steps from one on fit from a word on."""
        if step == len(self.steps):
            return True
        return any(self._fits(scope, step + 1, end) for end in self.steps[step].match(scope, at))


def read_pattern(source: str, phrases: Sequence[str] = ()) -> Pattern:
    """Read a pattern. ``phrases`` are the kinds of phrase that it may name.

    Raises:
        PatternError: for a step that is not of the language, or names what no lexicon declares.
    """
    steps: list[_Step] = []
    loose = True  # whether punctuation may stand before the next step
    for token in source.split():
        step = _read_step(token, source, phrases)
        if step.kind in ("step", *_PIVOTS) and not loose:
            step = replace(step, match=_unparted(step.match))
        steps.append(step)
        loose = step.kind in ("gap", ",", "^") or (step.kind in ("not", "maybe") and loose)
    if not any(step.kind in _PIVOTS for step in steps):
        raise PatternError(f"{source!r}: it must say where @ stands, the word in question, or $")
    if steps[0].kind in ("gap", "near", "not", "maybe"):
        raise PatternError(f"{source!r}: it must begin with something that is there")
    return Pattern(source, tuple(steps))


def tag_of(span: Span) -> Tag | None:
    """The tag that a span is, or that stands at the head of a phrase."""
    tag = span if isinstance(span, Tag) else getattr(span, "head", None)
    return tag if isinstance(tag, Tag) else None


def parted(words: Words, at: int) -> bool:
    """Whether punctuation other than quotation marks stands before a word."""
    return words.breaks[at] and words.gap(at).strip() not in QUOTES


def _unparted(match: _Match) -> _Match:
    return lambda scope, at: () if parted(scope.words, at) else match(scope, at)


def _read_step(step: str, source: str, phrases: Sequence[str]) -> _Step:
    if step == "^":
        return _Step(lambda s, at: (at,) if at == s.sentence.first else (), 0, "^")
    if step == "^^":
        return _Step(lambda s, at: (at,) if at == 0 else (), 0, "^")
    if gap := _GAP.fullmatch(step):
        return _gap(gap[1] == "~~", int(gap[2]), [_one(t, source, phrases) for t in _NEVER.split(gap[3])[1:]])
    if step.startswith("!"):
        never = _one(step[1:], source, phrases)
        return _Step(lambda s, at: () if any(True for _ in never.match(s, at)) else (at,), 0, "not")
    if step.endswith("?"):
        maybe = _one(step[:-1], source, phrases)
        there = _unparted(maybe.match)
        return _Step(lambda s, at: (*there(s, at), at), maybe.most, "maybe")
    if step.startswith("[") and step.endswith("]"):
        return _around(_single(step[1:-1], source, phrases))
    return _one(step, source, phrases)


def _around(inside: _Step) -> _Step:
    """The step of words that begin before the anchor and take it in."""

    def match(scope: Scope, at: int) -> Iterator[int]:
        for end in inside.match(scope, at):
            if at < scope.anchor.first < end:
                yield max(end, scope.anchor.last)

    return replace(inside, match=match, kind="[]", most=inside.most if inside.roles else _WIDEST)


def _one(step: str, source: str, phrases: Sequence[str]) -> _Step:
    """A step of one or more alternatives."""
    parts = [_single(part, source, phrases) for part in step.split("|")]
    if len(parts) == 1:
        return parts[0]
    return _Step(
        lambda s, at: [e for part in parts for e in part.match(s, at)],
        max(part.most for part in parts),
        there=frozenset[str]().union(*(p.there for p in parts))
        if all(p.there for p in parts)
        else frozenset(),
        roles=tuple(r for p in parts for r in p.roles) if all(p.roles for p in parts) else (),
    )


def _single(step: str, source: str, phrases: Sequence[str]) -> _Step:
    if step == ",":
        return _Step(lambda s, at: (at,) if parted(s.words, at) else (), 0, ",")
    if step == ":":
        return _Step(lambda s, at: (at,) if ":" in s.words.gap(at) else (), 0, ",")
    if step.split("/")[0] in ("*", "#"):
        return _any_word(step, source)
    if step == ".":
        return _Step(lambda s, at: (at,) if at == s.sentence.last else (), 0, ",")
    if step.startswith("<") and step.endswith(">"):
        try:
            known = particles(*step[1:-1].split("+"))
        except KeyError as error:
            raise PatternError(f"{source!r}: no particle is called {error}") from error
        return _Step(lambda s, at: (at + 1,) if s.words.words[at] in known else (), 1, there=known)
    if _PHRASE.fullmatch(step):
        if step not in phrases:
            raise PatternError(f"{source!r}: no phrase is called {step}{nearest(step, tuple(phrases))}")
        return _Step(lambda s, at: s.phrases(step, at), _LONGEST)
    read = _STEP.fullmatch(step)
    if read is None:
        raise PatternError(
            f"{source!r}: {step!r} is no step of a pattern (see extraction/reading/pattern.py)"
        )
    fits = _condition(read[1], (read[2] or "")[1:], read[3], read[4], source)
    if read[1][0] in "@$":
        return replace(_pivot(read[1][0], fits), source=step)
    role = read[1]
    return _Step(
        lambda s, at: [tag.last for tag in s.words.tags_at(at) if tag.entry.role == role and fits(tag)],
        _LONGEST,
        there=frozenset({role}),
        roles=(role,),
    )


def _any_word(step: str, source: str) -> _Step:
    """The step of any word or figure, with what must cling to it."""
    kind, *clings = step.split("/")
    if strange := [shape for shape in clings if shape not in WORD_SHAPES]:
        raise PatternError(
            f"{source!r}: no word is asked for {strange[0]}{nearest(strange[0], tuple(WORD_SHAPES))}"
        )
    letters = tuple(letter for shape in clings for letter in WORD_SHAPES[shape])

    def match(scope: Scope, at: int) -> Sequence[int]:
        word = scope.words.words[at]
        fits = at < scope.sentence.last and (not letters or word.startswith(letters))
        return (at + 1,) if fits and (kind == "*" or is_figure(word.removeprefix(AND))) else ()

    return _Step(match, 1)


def _pivot(name: str, fits: Callable[[Tag], bool]) -> _Step:
    """The step of the anchor or of the candidate; a phrase is asked by the tag at its head."""

    def match(scope: Scope, at: int) -> Sequence[int]:
        meant = scope.anchor if name == "@" else scope.candidate
        return (meant.last,) if meant is not None and meant.first == at else ()

    def asked(meant: Span) -> bool:
        tag = tag_of(meant)
        return tag is None or fits(tag)

    return _Step(match, _LONGEST, name, fits=asked)


def _condition(name: str, codes: str, flags: str, shapes: str, source: str) -> Callable[[Tag], bool]:
    """What a tag must be, checked against what the lexicon declares."""
    one_of = frozenset(codes.split("+")) if codes else frozenset[str]()
    wanted = tuple((flag.removeprefix("!"), flag[0] != "!") for flag in flags.split(":")[1:])
    asked = tuple((shape.removeprefix("!"), shape[0] != "!") for shape in shapes.split("/")[1:])
    asked_role = name.lstrip("@$")
    if asked_role:
        role = roles().get(asked_role)
        if role is None:
            raise PatternError(
                f"{source!r}: no role is called {asked_role}{nearest(asked_role, tuple(roles()))}"
            )
        if unknown := sorted(code for code in one_of if not role.code or not is_known(code, role.code)):
            raise PatternError(f"{source!r}: {name} has no code {unknown[0]}")
        known = (*any_flags(), *role.flags)
        if strange := [flag for flag, _ in wanted if flag not in known]:
            raise PatternError(f"{source!r}: {name} has no flag {strange[0]}{nearest(strange[0], known)}")
    for shape, _ in asked:
        if shape not in SHAPES:
            raise PatternError(f"{source!r}: no shape is called {shape}{nearest(shape, tuple(SHAPES))}")
    clings = tuple((SHAPES[shape], there) for shape, there in asked)
    with_flags = frozenset(flag for flag, there in wanted if there)
    without = frozenset(flag for flag, there in wanted if not there)

    def fits(tag: Tag) -> bool:
        entry = tag.entry
        if asked_role and asked_role != entry.role:
            return False
        if one_of and entry.code not in one_of and one_of.isdisjoint(entry.code.split()):
            return False
        if not (with_flags <= entry.flags and without.isdisjoint(entry.flags)):
            return False
        return not clings or all(shape(tag) is there for shape, there in clings)

    return fits


def _gap(loose: bool, most: int, never: Sequence[_Step]) -> _Step:
    def match(scope: Scope, at: int) -> Iterator[int]:
        for end in range(at, min(at + most, scope.sentence.last) + 1):
            yield end
            if not loose and parted(scope.words, end):
                return  # the next step says whether it stands behind punctuation
            if never and any(True for step in never for _ in step.match(scope, end)):
                return

    return _Step(match, most, "gap" if loose else "near")
