"""What is said of a text beside the text: in its header, in a line of JSON, in a row of metadata.csv.

A header (front matter) stands between two lines of dashes at the very beginning, a ``key: value`` a line.
It is read as people write it and not as YAML, to which ``title: حلب: سقوط خان طومان`` is an error and
``*a`` a command: the value is whatever stands behind the first colon.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from gazetteer.orthography import fold

#: Where the war begins: nothing published before tells of it.
EARLIEST: Final = date(2011, 1, 1)

#: A longer header is told: more likely its end is missing (characters).
_HEADER_LIMIT: Final = 4000
#: So many lines of a header may be none of its own before it is taken for text (the first of them).
_FEW_STRANGE: Final = 3
#: A longer title is cut (characters); a longer address is none.
_LINE_LIMIT: Final = 500
_ADDRESS_LIMIT: Final = 2000

_OPENING: Final = re.compile(r"---[ \t]*\r?\n")
_LINE: Final = re.compile(r"[^\n]+\n?|\n")
_CLOSING: Final = re.compile(r"(?:---|\.\.\.)[ \t\r]*\n?")
_FIELD: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_ -]{0,40}?)[ \t]*:(?!//)[ \t]*([^\r\n]*)")
#: YAML's marks for "the lines below".
_BELOW: Final = frozenset({">", "|", ">-", "|-", ">+", "|+"})
_CONTROLS: Final = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
_HALF_CHARACTERS: Final = re.compile("[\ud800-\udfff]")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a text; empty strings and None where nothing is. Addresses are http or https."""

    published: date | None = None
    outlet: str = ""
    title: str = ""
    url: str = ""
    archived_url: str = ""


#: The names of the facts, as headers, lines and columns give them.
FACTS: Final = tuple(field.name for field in fields(Facts))


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
        elif key and _is_inner(line) and len(found[key]) < 10 * _LINE_LIMIT:
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


def read_facts(given: Mapping[str, object]) -> tuple[Facts, tuple[str, ...]]:
    """The facts among some fields, and a complaint about each that is none."""
    published, told = read_date(given.get("published"))
    complaints = [told]
    lines = {}
    for name in FACTS[1:]:
        lines[name], told = _one_line(name, given.get(name))
        complaints.append(told)
        if name.endswith("url") and lines[name] and not _is_address(lines[name]):
            complaints.append(f'{name} "{lines[name][:60]}" is no http or https address; it is left out')
            lines[name] = ""
    return Facts(published, **lines), tuple(filter(None, complaints))


def read_date(value: object) -> tuple[date | None, str]:
    """A date written as 2013-11-20, with or without a time behind it, of the war and not to come; else None
    and the complaint."""
    if value is None or value == "":
        return None, ""
    written = fold(value[:_LINE_LIMIT]).upper() if isinstance(value, str) else ""
    shown = f'published "{str(value)[:40]}"'
    if not _DATE.fullmatch(written):
        return None, f"{shown} is no date (write it as 2013-11-20); the text is kept undated"
    try:
        day = datetime.fromisoformat(written).date()
    except ValueError:
        return None, f"{shown} is no date (write it as 2013-11-20); the text is kept undated"
    if not EARLIEST <= day <= date.today() + timedelta(days=1):
        return None, f"{shown} is before {EARLIEST} or still to come; the text is kept undated"
    return day, ""


def _one_line(name: str, value: object) -> tuple[str, str]:
    """A value on one line, without control characters, and a complaint about it."""
    if value is None:
        return "", ""
    if not isinstance(value, str):
        return "", f"{name} is no text; it is left out"
    line, halves = _HALF_CHARACTERS.subn("\ufffd", value[: 10 * _LINE_LIMIT])
    line = " ".join(line.translate(_CONTROLS).split())
    limit = _ADDRESS_LIMIT if name.endswith("url") else _LINE_LIMIT
    if len(line) > limit:
        return line[: limit - 1] + "…", f"{name} is longer than {limit} characters; it is cut"
    return line, f"{name} has broken characters, shown as \ufffd" if halves else ""


def _is_address(line: str) -> bool:
    try:
        parts = urlsplit(line)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    return known and line.isprintable() and not any(c in ' "<>\\^`{|}…' for c in line)
