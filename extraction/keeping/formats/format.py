"""What a format is, and what its module and the rest of the program hand each other.

A module of this package declares one, as ``FORMAT``: that is all it takes to be read, written and offered.
"""

import logging
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final

from extraction.keeping.contents import Contents
from extraction.keeping.printable import printable
from gazetteer.encoding import NotArabic, decode

#: What goes wrong with the file itself, or with the packed one that it stands in.
_DAMAGED: Final = (OSError, EOFError, zipfile.BadZipFile, zlib.error)

_LOG = logging.getLogger(__name__)

#: A longer text is no article. In bytes of the file, or of an article within it as UTF-8.
TEXT_LIMIT: Final = 5 * 1024 * 1024


class Unreadable(Exception):
    """Why a file, or a part of one, gives no article: in words for its owner."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read: its name, and its bytes from the beginning. ``columns`` are those that its owner
    named of a table: by a fact, ``text`` or ``id`` the title that the column of it has."""

    name: str
    file: BinaryIO
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a file holds it: its text, and what is said of it by the names of ``facts.FACTS``.

    ``at`` says where in a file of several articles it stands, a line or a number that stays when more are
    added; ``id`` is a name of its own that the file gives it. ``complaints`` are what is to be looked at.
    """

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)
    at: str = ""
    id: object = None
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a file that cannot be read, while the rest is: where it stands, and why. A ``warning``
    where nothing is lost by it."""

    at: str
    reason: str
    warning: bool = False


def write_about(contents: Contents, path: Path) -> None:
    """What is to be told beside a file that has no room for it."""
    lines = (f"{name}: {told}\n" for name, told in contents.about.items())
    path.write_text("".join(lines), encoding="utf-8")


def whole(source: Source, limit: int = TEXT_LIMIT) -> bytes:
    """All bytes of a file that is one article, or as many more as ``limit`` says. Raises ``Unreadable``
    where there are more than that."""
    data = source.file.read(limit + 1)
    if len(data) > limit:
        several = "" if limit > TEXT_LIMIT else ": no single article"
        raise Unreadable(f"over {limit >> 20} MB{several}")
    return data


def count_lines(source: Source) -> int:
    """How many lines a file has."""
    return sum(chunk.count(b"\n") for chunk in iter(lambda: source.file.read(1 << 20), b""))


def decoded(data: bytes, name: str) -> str:
    """The letters of a file, or of a part of one that is called ``name``. Raises ``Unreadable``."""
    try:
        found = decode(data)
    except NotArabic as error:
        raise Unreadable(str(error)) from None
    if found.encoding:
        _LOG.info("%s: read as %s", printable(name), found.encoding)
    return found.text


Read = Callable[[Source], Iterator[Article | Fault]]
Write = Callable[[Contents, Path], None]


def _one(source: Source) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: ``name`` is what it is called in commands, ``reads`` and ``writes`` what it is.

    One that is read has ``endings`` (in lower case, with the dot) and ``read``; ``several`` where a file
    holds more than one article, and ``count`` tells about how many. One that is written has ``files``: by
    their names what writes each, in the order in which they are put in place. ``reads_with`` and
    ``writes_with`` are modules that a plain installation lacks, ``install`` what brings them.
    """

    name: str
    reads: str = ""
    writes: str = ""
    endings: tuple[str, ...] = ()
    read: Read | None = None
    several: bool = False
    count: Callable[[Source], int] = _one
    files: Mapping[str, Write] = field(default_factory=dict)
    reads_with: tuple[str, ...] = ()
    writes_with: tuple[str, ...] = ()
    install: str = "'conflictmap[formats]'"

    def articles(self, source: Source) -> Iterator[Article | Fault]:
        """What a file holds. Raises ``Unreadable``, also where something is to be installed first, or a
        library fails on what is in it: the other files are to be read all the same."""
        if lacking := self.lacking(self.reads_with):
            raise Unreadable(lacking)
        if self.read is None:
            raise Unreadable(f"{self.name} is not read")
        try:
            yield from self.read(source)
        except (Unreadable, *_DAMAGED):
            raise
        except Exception as error:
            raise Unreadable(f"the program failed on it ({error!r}); please report it") from error

    def lacking(self, modules: Sequence[str]) -> str:
        """What to install first, in words, of what it reads or writes with; "" where nothing is."""
        if all(find_spec(module) for module in modules):
            return ""
        return f"{self.name} needs what is not installed: python3 -m pip install {self.install}"
