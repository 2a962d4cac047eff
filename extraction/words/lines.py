"""Lines of a text: which line breaks a reader reads over.

Text that was wrapped at some column breaks in the midst of a sentence; many an outlet writes a paragraph a
line and no full stop behind it. A wrapped line is known by what it leaves open (a preposition, a comma), or
by its company: lines of one width, of which only the last is closed by a mark.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from extraction.lexicon.clitics import THE
from extraction.lexicon.particles import particles
from extraction.lexicon.vocabulary import load
from gazetteer.index import words as place_words
from gazetteer.orthography import Normalised, is_figure

_LINE: Final = re.compile(r"[^\s][^\n\r]*")
_WORD: Final = re.compile(r"[^\W_]+")
_CLOSED: Final = re.compile(r"[.!?؟؛:…|][\s»”\"')\]]*$")
_COMMA: Final = re.compile(r"[،,]\s*$")
#: How a line begins that is a point of a list, a dateline, or has a heading of its own.
_POINT: Final = re.compile(r"[^\w«“\"(\[]\s*|\d{1,2}\s*[-.)–]\s")
_HEADED: Final = re.compile(r"[^\W_]+(?: [^\W_]+){0,4} ?(?::|[-–—/] | [-–—/])")
#: A line longer than this was never wrapped (characters).
_WIDEST: Final = 130
#: Wrapped lines are filled to so much of the widest.
_FILLED: Final = 0.9
#: So many lines show a width.
_SHOWN: Final = 3
#: A line of so many words may be a name, one of a list.
_NAME: Final = 3
_YEAR: Final = 4  # digits

#: Behind these something must come.
_OPEN: Final = particles(
    "in", "and_in", "inside", "within", "from", "to", "towards", "on", "and_on", "about", "with", "between",
    "and_between", "against", "near", "at", "beside", "in_front_of", "amid", "despite", "without", "since",
    "after", "following", "upon", "before", "until", "during", "amidst", "owing_to", "as_a_result_of",
    "because_of", "that", "by_that", "and_that", "or", "which", "not", "had",
)  # fmt: skip
#: Before these something must have been.
_BOUND: Final = particles("which", "about", "that", "by_that")
#: ... and before these, if they lead to a place.
_TO_PLACE: Final = particles("on", "to", "from")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that is not blank: where it begins and ends, and its words."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]

    @property
    def closed(self) -> bool:
        """Whether a mark ends it that ends a sentence or announces one."""
        return _CLOSED.search(self.text) is not None

    @property
    def heads(self) -> bool:
        """Whether it announces what is below it: it ends in a colon, or in "villages"."""
        return self.text.endswith(":") or (self.words[-1:] != () and self.words[-1] in place_words().several)

    @property
    def apart(self) -> bool:
        """Whether it begins something new: a point of a list, a dateline, a heading."""
        return _POINT.match(self.text) is not None or _HEADED.match(self.text) is not None

    @property
    def is_name(self) -> bool:
        """Whether it may be a name alone."""
        return 0 < len(self.words) <= _NAME


def unwrapped(normalised: Normalised) -> Normalised:
    """The text with a blank for every line break inside a sentence, and a comma for those of a list of names
    below its heading. As long as it was, so that offsets stay."""
    if "\n" not in normalised.text:
        return normalised
    text = list(normalised.text)
    for block in _blocks(normalised.text):
        for one, other, mark in _joined(block):
            gap = other.start - one.end
            text[one.end : other.start] = mark.ljust(gap)
            if mark.strip() and (point := _POINT.match(other.text)):
                text[other.start : other.start + point.end()] = " " * point.end()
    return replace(normalised, text="".join(text))


def _blocks(text: str) -> Iterator[list[_Line]]:
    """The lines between which no blank line stands."""
    block: list[_Line] = []
    for found in _LINE.finditer(text):
        stripped = found.group().rstrip()
        line = _Line(found.start(), found.start() + len(stripped), stripped, tuple(_WORD.findall(stripped)))
        if block and text.count("\n", block[-1].end, line.start) > 1:
            yield block
            block = []
        block.append(line)
    yield block


def _joined(block: Sequence[_Line]) -> Iterator[tuple[_Line, _Line, str]]:
    """The neighbouring lines of a block that are one, and what is to stand between them."""
    if len(block) < 2 or min(len(line.text) for line in block[:-1]) > _WIDEST:
        return
    narrow = max(len(line.text) for line in block) <= _WIDEST
    wrapped = narrow and _is_wrapped(block)
    names = _names(block)
    for one, other in pairwise(block):
        if other.start in names:
            yield one, other, " " if one.heads else "،"
        elif one.closed or other.apart or len(one.text) > _WIDEST:
            continue
        elif _leads_on(one, other) or (wrapped and not _both_tell(one, other)):
            yield one, other, " "


def _names(block: Sequence[_Line]) -> set[int]:
    """Where the lines begin that are names of a list below its heading."""
    found: set[int] = set()
    for at, line in enumerate(block):
        if not line.heads:
            continue
        below = at + 1
        while below < len(block) and block[below].is_name and not block[below].heads:
            below += 1
            if block[below - 1].closed:
                break
        if below - at > 2:
            found.update(name.start for name in block[at + 1 : below])
    return found


def _is_wrapped(block: Sequence[_Line]) -> bool:
    """Whether the lines of a block are one text that was wrapped: by a line that is left open, by their
    width, or because the last alone is closed and is no longer than the others."""
    if any(_leads_on(one, other) for one, other in pairwise(block)):
        return True
    inner = block[:-1]
    widest = max(len(line.text) for line in block)
    if len(block) >= _SHOWN and all(
        len(one.text) + 1 + len(other.words[0] if other.words else "") > _FILLED * widest
        for one, other in pairwise(block)
    ):
        return True
    only_last = block[-1].closed and not any(line.closed for line in inner)
    if not only_last or len(block[-1].text) > max(len(line.text) for line in inner):
        return False
    # Of two lines the first may be a headline; but hardly does news begin with a definite noun or "town".
    first = (*block[1].words, "")[0]
    return len(block) >= _SHOWN or first.startswith(THE) or first in place_words().kinds


def _leads_on(one: _Line, other: _Line) -> bool:
    """Whether a line must go on in the next."""
    if one.closed:
        return False
    first, second = (*other.words, "", "")[:2]
    return _is_open(one) or first in _BOUND or (first in _TO_PLACE and second in place_words().kinds)


def _is_open(line: _Line) -> bool:
    """Whether a line ends where no sentence can."""
    if line.closed or not line.words:
        return False
    last, known = line.words[-1], place_words()
    figure = is_figure(last) and len(last) < _YEAR
    number = any(tag.entry.role == "number" and not tag.definite for tag in load().tag((last,)))
    noun = not last.startswith(THE) and (last in known.kinds or last in known.name_heads)
    return last in _OPEN or figure or number or noun or _COMMA.search(line.text) is not None


def _both_tell(one: _Line, other: _Line) -> bool:
    """Whether two lines are two headlines: both tell an event, and the second begins with one."""
    first = [tag for tag in load().tag(other.words) if tag.first == 0 and tag.entry.role == "event"]
    opens = any(not tag.definite and not tag.prefix for tag in first)
    return opens and any(tag.entry.role == "event" for tag in load().tag(one.words))
