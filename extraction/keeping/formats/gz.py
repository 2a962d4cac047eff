"""A file of another kind packed by gzip, such as news.jsonl.gz."""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, Final, cast

from extraction.keeping import formats
from extraction.keeping.formats.format import Article, Fault, Format, Source, Unreadable
from extraction.keeping.formats.packed import Bounded


def _read(source: Source) -> Iterator[Article | Fault]:
    name = PurePath(source.name).stem
    kind = formats.reader(name)
    if kind is None or kind.name in (FORMAT.name, "zip"):
        raise Unreadable(f"it holds {name}, a file of a kind that is not read; unpack it")
    packed = source.file.seek(0, os.SEEK_END)
    source.file.seek(0)
    try:
        with gzip.GzipFile(fileobj=source.file) as file:
            unpacked = io.BufferedReader(Bounded(cast(BinaryIO, file), packed))
            yield from kind.articles(Source(name, unpacked, source.columns))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Unreadable(f"no .gz file, or a damaged one: {error}") from None


FORMAT: Final = Format(
    "gz",
    reads="a file of another kind, packed, as news.jsonl.gz",
    endings=(".gz",),
    read=_read,
    several=True,
)
