"""Lines of JSON, an article each: id, text, and what is said of it."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from extraction.keeping.formats.format import (
    TEXT_LIMIT,
    Article,
    Fault,
    Format,
    Source,
    Unreadable,
    count_lines,
    decoded,
)

#: A line of JSON may write each letter as an escape of six bytes, where UTF-8 has two.
_LINE_LIMIT: Final = 4 * TEXT_LIMIT


def _read(source: Source) -> Iterator[Article | Fault]:
    """A broken line is a fault, and the next one is read."""
    number = 0
    while line := source.file.readline(_LINE_LIMIT):
        number += 1
        try:
            if not line.endswith(b"\n") and len(line) == _LINE_LIMIT:
                _skip_line(source.file)
                raise Unreadable("a line of over 20 MB: no single article")
            if line.strip():
                fields = _parse(decoded(line, f"{source.name}:{number}"))
                yield Article(str(fields["text"]), fields, str(number), fields.get("id"))
        except Unreadable as error:
            yield Fault(str(number), str(error))


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(_LINE_LIMIT)) and not rest.endswith(b"\n"):
        pass


def _parse(line: str) -> Mapping[str, object]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"broken JSON: {error}") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise Unreadable('no article: the line is to be {"id": …, "text": "…", "published": …}')
    return fields


FORMAT: Final = Format(
    "jsonl",
    reads="an article a line: id, text, title, published, outlet, url, archived_url",
    endings=(".jsonl",),
    read=_read,
    several=True,
    count=count_lines,
)
