"""What is said of a text beside the text: in its header, in a line of JSON, in a row of metadata.csv."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from gazetteer.orthography import fold

#: Where the war begins: nothing published before tells of it.
EARLIEST: Final = date(2011, 1, 1)

#: A longer title is cut (characters); a longer address is none.
LINE_LIMIT: Final = 500
_ADDRESS_LIMIT: Final = 2000

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
    written = fold(value[:LINE_LIMIT]).upper() if isinstance(value, str) else ""
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
    line, halves = _HALF_CHARACTERS.subn("\ufffd", value[: 10 * LINE_LIMIT])
    line = " ".join(line.translate(_CONTROLS).split())
    limit = _ADDRESS_LIMIT if name.endswith("url") else LINE_LIMIT
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
