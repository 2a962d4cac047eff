"""The codes of the archive and its export, and those that only the lexicon uses: read from one file.

``lexicon/schema/codes.toml`` declares each code with what it means, where it is shown and exported, and what
ACLED and UCDP GED call it. ``docs/codes.md`` is made from it (``python -m extraction.codebook``).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from rapidfuzz import process

SCHEMA: Final = Path(__file__).parent / "lexicon" / "schema"

_Record = TypeVar("_Record")

_ALIKE: Final = 70  # of 100: a wrong name this much like a known one may be a slip of it


class LexiconError(ValueError):
    """A file of the lexicon that cannot be read; the message names file and line, and what to do."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it ``says``; ``acled`` and ``ucdp`` are what those call it (empty: nothing).

    ``since`` and ``until`` are the first and the last day (YYYY-MM-DD) on which it can be meant, or empty.
    """

    code: str
    says: str
    acled: tuple[str, ...] = ()
    ucdp: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes of one kind.

    ``codes`` are its own, ``includes`` the lists whose codes count among them; a list too long to write out
    has a ``pattern`` (a regular expression for a whole code), and is coined in the ``blocks`` of the lexicon
    where that is told. ``many``: several codes stand in one field, a space between them. ``words`` are the
    tables of ``dashboard/words`` that name each code.
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
        name: record(
            CodeList,
            table | {"codes": [record(Code, code, path) for code in table.get("codes", [])]},
            path,
            name=name,
        )
        for name, table in read(path).items()
    }


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
