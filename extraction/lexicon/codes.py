"""The codes of the archive and its export, and those that only the lexicon uses: read from one file.

``lexicon/schema/codes.toml`` declares each code with what it means, where it is shown and exported, and what
ACLED and UCDP GED call it. ``docs/codes.md`` is made from it (``python -m extraction.lexicon.codebook``).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from rapidfuzz import process

SCHEMA: Final = Path(__file__).parent / "schema"

_Record = TypeVar("_Record")

_ALIKE: Final = 70  # of 100: a wrong name this much like a known one may be a slip of it


class LexiconError(ValueError):
    """A file of the lexicon that cannot be read; the message names file and line, and what to do."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it ``says``; ``acled`` and ``ucdp`` are what those call it (empty: nothing).

    ``since`` and ``until`` are the first and the last day (YYYY-MM-DD) on which it can be meant, or empty.
    ``speaks_with`` is the code of the list whose word its own counts as (empty: its own); ``flags`` are those
    of the list's that hold for it.
    """

    code: str
    says: str
    acled: tuple[str, ...] = ()
    ucdp: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    speaks_with: str = ""
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes of one kind.

    ``codes`` are its own, ``includes`` the lists whose codes count among them; a list too long to write out
    has a ``pattern`` (a regular expression for a whole code), and is coined in the ``blocks`` of the lexicon
    where that is told. ``many``: several codes stand in one field, a space between them. ``words`` are the
    tables of ``dashboard/words`` that name each code; ``flags`` what its codes may be, each with its meaning.
    """

    name: str
    says: str
    codes: tuple[Code, ...] = ()
    includes: tuple[str, ...] = ()
    pattern: str = ""
    blocks: str = ""
    many: bool = False
    shown: str = ""
    exported: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    note: str = ""
    flags: Mapping[str, str] = field(default_factory=dict)


def read(path: Path) -> dict[str, Any]:
    """The tables of a file of the lexicon. Raises LexiconError, naming it, where it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read: {error}") from error


def record(kind: type[_Record], table: Mapping[str, Any], path: Path, **more: Any) -> _Record:
    """A frozen record of a table, its lists as tuples. Raises LexiconError for keys that do not fit."""
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    try:
        return kind(**values, **more)
    except TypeError as error:
        named = more.get("name") or table.get("code", "")
        raise LexiconError(f"{path.name}: {named}: {str(error).partition(' ')[2]}") from error


@cache
def lists(schema: Path = SCHEMA) -> Mapping[str, CodeList]:
    """Every list of codes by its name, in the order of the file."""
    path = schema / "codes.toml"
    return {
        name: record(CodeList, table | {"codes": _codes(table, path)}, path, name=name)
        for name, table in read(path).items()
    }


def _codes(table: Mapping[str, Any], path: Path) -> list[Code]:
    """The codes that a list writes out, their flags and what they speak with looked at."""
    flags, found = table.get("flags", {}), []
    for row in table.get("codes", []):
        held = frozenset(key for key, value in row.items() if key in flags and value is True)
        found.append(record(Code, {k: v for k, v in row.items() if k not in held}, path, flags=held))
    names = {code.code for code in found}
    for code in found:
        if code.speaks_with and code.speaks_with not in names:
            near = nearest(code.speaks_with, frozenset(names))
            raise LexiconError(f"{path.name}: {code.code}: speaks_with {code.speaks_with!r} is no code{near}")
    return found


def flagged(name: str, flag: str) -> frozenset[str]:
    """The codes of a list for which a flag holds. Raises KeyError for a flag that it does not declare."""
    listed = lists()[name]
    listed.flags[flag]
    return frozenset(code.code for code in listed.codes if flag in code.flags)


def known(name: str, schema: Path = SCHEMA) -> tuple[str, ...]:
    """The codes that a list writes out, in order, those of the lists that it includes first."""
    listed = lists(schema)[name]
    included = (code for other in listed.includes for code in known(other, schema))
    return (*included, *(code.code for code in listed.codes))


def is_known(code: str, name: str, schema: Path = SCHEMA) -> bool:
    """Whether a list has a code: written out, or of its pattern."""
    listed = lists(schema)[name]
    if any(code == one.code for one in listed.codes):
        return True
    if listed.pattern and re.fullmatch(listed.pattern, code):
        return True
    return any(is_known(code, other, schema) for other in listed.includes)


def nearest(word: str, names: tuple[str, ...] | frozenset[str]) -> str:
    """The name that a wrong one may be a slip of, as the end of a message; empty where none is near."""
    found = process.extractOne(word, sorted(names), score_cutoff=_ALIKE)
    return f"; did you mean {found[0]!r}?" if found else ""
