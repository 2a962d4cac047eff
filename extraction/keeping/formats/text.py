"""Plain text, an article a file, with or without a header.

A header (front matter) stands between two lines of dashes at the very beginning, a ``key: value`` a line.
It is read as people write it and not as YAML, to which ``title: حلب: سقوط خان طومان`` is an error and
``*a`` a command: the value is whatever stands behind the first colon.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extraction.keeping.facts import FACTS, LINE_LIMIT
from extraction.keeping.formats.format import Article, Format, Source, decoded, whole

#: A longer header is told: more likely its end is missing (characters).
_HEADER_LIMIT: Final = 4000
#: So many lines of a header may be none of its own before it is taken for text (the first of them).
_FEW_STRANGE: Final = 3

_OPENING: Final = re.compile(r"---[ \t]*\r?\n")
_LINE: Final = re.compile(r"[^\n]+\n?|\n")
_CLOSING: Final = re.compile(r"(?:---|\.\.\.)[ \t\r]*\n?")
_FIELD: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_ -]{0,40}?)[ \t]*:(?!//)[ \t]*([^\r\n]*)")
#: YAML's marks for "the lines below".
_BELOW: Final = frozenset({">", "|", ">-", "|-", ">+", "|+"})


def _read(source: Source) -> Iterator[Article]:
    header = split_header(decoded(whole(source), source.name))
    yield Article(header.text, header.fields, complaints=header.complaints)


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a text's header by their names in lower case, the text behind it, and what is wrong with
    the header, each with its line."""

    fields: Mapping[str, str]
    text: str
    complaints: tuple[str, ...] = ()


def split_header(text: str) -> Header:
    """A text without its header, and the header; dashes that a headline stands under are no header.

    Nothing of a header is ever left in the text: one whose end is missing ends before the first line that
    cannot belong to it.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return Header({}, text)
    lines = list(_header_lines(text, opening.end()))
    closed = _CLOSING.fullmatch(lines[-1].text) is not None if lines else False
    if not _is_meant(lines, closed):
        return Header({}, text)
    # Without its end, or with many lines that are none of its own, a header ends before the first of these.
    strange = _strange(lines)
    empty = max((line.number for line in lines if not line.text.strip()), default=0)
    few = closed and len(strange) <= _FEW_STRANGE and lines[-1].start <= _HEADER_LIMIT
    broken = [line for line in strange if few and line.number > empty]
    complaints = [
        f"line {line.number}: not `key: value`; it is passed over, the rest of the header read"
        for line in broken
    ]
    stop = next((line for line in strange if line not in broken), None)
    end = stop.start if stop else lines[-1].start + len(lines[-1].text)
    if stop or not closed:
        complaints.append(
            "the header that begins on line 1 is not closed by a line of ---; it is taken to end before line "
            f"{stop.number if stop else lines[-1].number + 1}"
        )
    elif end > _HEADER_LIMIT:
        complaints.append(f"its header has {end} characters: is a line of --- missing?")
    found = _fields([line.text for line in lines if line.start < end and line not in broken])
    return Header(found, text[end:], tuple(complaints))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of what may be a header: its number, where it begins, and its letters."""

    number: int
    start: int
    text: str


def _header_lines(text: str, at: int) -> Iterator[_Line]:
    """The lines behind the first, down to the one that closes a header, or to the text's end."""
    for number, found in enumerate(_LINE.finditer(text, at), 2):
        yield _Line(number, found.start(), found[0])
        if _CLOSING.fullmatch(found[0]):
            return


def _is_meant(lines: Sequence[_Line], closed: bool) -> bool:
    """Whether lines behind dashes are meant for a header: the first is a field, or one that is closed is a
    fact that we read."""
    told = [line.text for line in lines if line.text.strip() and not line.text.startswith("#")]
    known = (field[1].lower() in FACTS for line in told if (field := _FIELD.match(line)) is not None)
    return bool(told and _FIELD.match(told[0])) or (closed and any(known))


def _strange(lines: Sequence[_Line]) -> list[_Line]:
    """The lines that cannot belong to a header: no fields, nor going on with one, nor notes."""
    found: list[_Line] = []
    goes_on = False
    for line in lines:
        if _FIELD.match(line.text):
            goes_on = True
        elif not line.text.strip():
            goes_on = False
        elif not (
            line.text.startswith("#") or _CLOSING.fullmatch(line.text) or (goes_on and _is_inner(line.text))
        ):
            found.append(line)
    return found


def _is_inner(line: str) -> bool:
    """Whether a line goes on with the field above it."""
    return line[0] in " \t" or line.startswith("- ")


def _fields(lines: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    key = ""
    for line in lines:
        if field := _FIELD.match(line):
            key, value = field[1].lower(), field[2].strip()
            found[key] = "" if value in _BELOW else value
        elif key and _is_inner(line) and len(found[key]) < 10 * LINE_LIMIT:
            found[key] = f"{found[key]} {line.strip()}".lstrip()
    return {name: _unquoted(value) for name, value in found.items()}


def _unquoted(value: str) -> str:
    for quote, escaped in (("'", "''"), ('"', '\\"')):
        if (
            len(value) > 1
            and value[0] == value[-1] == quote
            and quote not in value[1:-1].replace(escaped, "")
        ):
            return value[1:-1].replace(escaped, quote)
    return value


FORMAT: Final = Format(
    "text",
    reads="an article a file, with or without a header between lines of ---",
    endings=(".txt", ".md"),
    read=_read,
)
