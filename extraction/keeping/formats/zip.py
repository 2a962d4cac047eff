"""A zip file with any of the other kinds in it, read where it lies."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast
from zipfile import ZipInfo

from extraction.keeping import formats
from extraction.keeping.formats.format import Article, Fault, Format, Source, Unreadable
from extraction.keeping.formats.packed import BROKEN, opened, refused

_METADATA: Final = "metadata.csv"


def _read(source: Source) -> Iterator[Article | Fault]:
    """The articles of every file in it; one that is refused or broken is a fault, and the rest is read."""
    with opened(source) as packed:
        size = 0
        passed: list[str] = []
        for member in sorted(packed.infolist(), key=lambda member: member.filename):
            name = PurePosixPath(member.filename).name
            if member.is_dir() or member.filename.startswith("__MACOSX/") or formats.is_left_alone(name):
                continue
            if reason := refused(member, size) or _not_read(name):
                yield Fault(member.filename, reason)
                continue
            if (kind := formats.reader(name)) is None:
                passed.append(member.filename)
                continue
            size += member.file_size
            try:
                with packed.open(member) as file:
                    yield from _member(Source(name, cast(BinaryIO, file), source.columns), kind, member)
            except (Unreadable, *BROKEN) as error:
                yield Fault(member.filename, str(error) or "damaged")
        if passed:
            told = passed[0] if len(passed) == 1 else f"{passed[0]} and {len(passed) - 1} more"
            yield Fault("", f"of a kind that is not read: {told}", warning=True)


def _not_read(name: str) -> str:
    """Why a file within a zip is not read though one beside it is; "" where it is, or needs no word."""
    if name == _METADATA:
        return "it is read beside texts in a folder, not within a zip; unpack it"
    if name.lower().endswith(FORMAT.endings):
        return "a zip within a zip is not opened; unpack it"
    return "of a kind that is not read; save it as .txt" if formats.may_hold_texts(name) else ""


def _member(source: Source, kind: Format, member: ZipInfo) -> Iterator[Article | Fault]:
    for item in kind.articles(source):
        yield replace(item, at=f"{member.filename}:{item.at}" if item.at else member.filename)


FORMAT: Final = Format(
    "zip",
    reads="any of the others, packed",
    endings=(".zip",),
    read=_read,
    several=True,
)
