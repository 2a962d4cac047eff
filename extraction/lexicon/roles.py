"""What may stand in the lexicon: each role with its meaning, its flags and the codes it takes; and the check.

``lexicon/schema/roles.toml`` declares them. A block, key, flag or code that is not declared is an error that
names file, line and the nearest declared one: a slip must not pass for a word that means nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from extraction.lexicon.codes import SCHEMA, LexiconError, is_known, known, lists, nearest, read, record

#: The keys of a block that list phrases, and the form in which they are matched.
FORMS: Final = {"nouns": "noun", "past": "verb", "present": "present", "names": "name", "words": "word"}

_ANY: Final = "any"  # the table of the flags that the matcher itself understands


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of block: ``file`` is where it stands, without its ending; ``flags`` tells each flag's meaning.

    ``code`` names the list from which its code is taken (empty: it has none). ``needs`` are the keys that
    every block has beside its words, ``may`` those that it may have.
    """

    name: str
    file: str
    says: str
    code: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    flags: Mapping[str, str]


@cache
def roles(schema: Path = SCHEMA) -> Mapping[str, Role]:
    """Every role by its name, in the order of the file."""
    path = schema / "roles.toml"
    return {
        name: record(
            Role, {"code": "", "needs": [], "may": [], "flags": {}, **table}, path, name=name, file=file
        )
        for file, tables in read(path).items()
        if file != _ANY
        for name, table in tables.items()
    }


@cache
def any_flags(schema: Path = SCHEMA) -> Mapping[str, str]:
    """The flags that every block may bear, with their meanings."""
    return dict(read(schema / "roles.toml")[_ANY]["flags"])


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a file of the lexicon, and where it stands: the ``number``-th [[role]] of ``text``."""

    file: str
    text: str
    role: str
    number: int
    table: Mapping[str, Any]

    def line(self, key: str = "") -> int:
        """The line of a key of the block, or of its head."""
        head = re.compile(rf"""\s*\[\[\s*["']?{re.escape(self.role)}["']?\s*\]\]""")
        lines = self.text.splitlines()
        heads = [at for at, line in enumerate(lines) if head.match(line)]
        if len(heads) < self.number:
            return 1  # the block is written in some other way of TOML's
        at = heads[self.number - 1]
        for behind in range(at + 1, len(lines) if key else at):
            if re.match(r"\s*\[\[?\s*[\w\"']+\s*\]", lines[behind]):
                break
            if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", lines[behind]):
                return behind + 1
        return at + 1

    def error(self, told: str, key: str = "") -> LexiconError:
        """The error to raise for a key of the block."""
        where = f"{self.file}, line {self.line(key)}: [[{self.role}]] number {self.number}"
        return LexiconError(f"{where}: {told}")


def check(block: Block, schema: Path = SCHEMA) -> None:
    """Raise LexiconError for the first thing of a block that is not declared, or is not as declared."""
    for told, key in _faults(block, schema):
        raise block.error(told, key)


def check_names(blocks: list[Block], schema: Path = SCHEMA) -> None:
    """Raise LexiconError for a code that is coined twice, or that names a block which is not there."""
    coined: dict[str, dict[str, Block]] = {}
    for block in blocks:
        listed = lists(schema).get(roles(schema)[block.role].code)
        if listed is None or listed.blocks != block.role:
            continue
        code = str(block.table["code"])
        first = coined.setdefault(listed.name, {}).setdefault(code, block)
        if first is not block:
            raise block.error(f"code {code!r} stands in line {first.line('code')} already", "code")
    for block in blocks:
        listed = lists(schema).get(roles(schema)[block.role].code)
        for name in listed.includes if listed is not None else ():
            code = str(block.table.get("code", ""))
            if name in coined and code not in coined[name]:
                near = nearest(code, tuple(coined[name]))
                raise block.error(f"code {code!r} is that of no [[{name}]]{near}", "code")


def _faults(block: Block, schema: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with a block, each with the key that it stands in."""
    role = roles(schema).get(block.role)
    if role is None:
        near = nearest(block.role, tuple(roles(schema)))
        yield f"no such kind of block is declared in {schema.name}/roles.toml{near}", ""
        return
    if block.file != f"{role.file}.toml":
        yield f"this kind of block belongs in {role.file}.toml", ""
    flags = {**any_flags(schema), **role.flags}
    keys = (*FORMS, *role.needs, *role.may)
    for key, value in block.table.items():
        if key in FORMS:
            if not isinstance(value, list) or not all(isinstance(p, str) and p.strip() for p in value):
                yield f'{key} must be a list of phrases, as in {key} = ["قصف"]', key
        elif key in flags:
            if not isinstance(value, bool):
                yield f"{key} must be true, without quotation marks, or be left out", key
        elif key in keys:
            if wrong := _wrong_value(role, key, value, schema):
                yield wrong, key
        else:
            kind = "flag" if isinstance(value, bool) else "key"
            near = nearest(key, (*keys, *flags)) or f"; it may have {', '.join(sorted({*keys, *flags}))}"
            yield f"unknown {kind} {key!r}{near}", key
    for key in role.needs:
        if block.table.get(key, "") == "" and key != "bloc":
            yield f"{key} is missing", ""
    if not any(key in block.table for key in FORMS):
        yield f"it lists no words; write them under one of {', '.join(FORMS)}", ""


def _wrong_value(role: Role, key: str, value: object, schema: Path) -> str:
    """What is wrong with the value of a key that is neither words nor a flag; empty where nothing is."""
    if key in ("min", "max"):
        whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return "" if whole else f"{key} must be a whole number, as in {key} = 20"
    if not isinstance(value, str):
        return f'{key} must be text between quotation marks, as in {key} = "…"'
    if key in ("since", "until"):
        return "" if _is_day(value) else f'{key} must be a day, as in {key} = "2016-07-28"'
    if key in ("en", "ar") or not value:
        return ""
    name = role.code if key == "code" else key
    listed = lists(schema)[name]
    for code in value.split(" ") if listed.many else [value]:
        if not is_known(code, name, schema):
            names = known(name, schema)
            one_of = f": one of {', '.join(names)}" if names else f": it must be like {listed.pattern}"
            return f"{key} {code!r} is no {name}{nearest(code, names) or one_of} ({schema.name}/codes.toml)"
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
