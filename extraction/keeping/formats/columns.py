"""Tables with an article a row: which column is what, by its usual name or as the owner says."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from extraction.keeping.formats.format import Article, Source, Unreadable


@cache
def usual() -> Mapping[str, Sequence[str]]:
    """By fact, ``text`` and ``id``, the titles that columns of it have."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def articles(
    source: Source, header: Sequence[object], rows: Iterable[tuple[str, Sequence[object]]]
) -> Iterator[Article]:
    """The articles of the rows of a table, each with where it stands.

    Raises ``Unreadable`` where no column holds texts, or one that the owner named is not there.
    """
    at = _columns(source, [str(title or "").strip().lower() for title in header])
    for where, cells in rows:
        found = {what: cells[column] for what, column in at.items() if column < len(cells)}
        text = found.pop("text", None)
        if text is None and not any(cell not in (None, "") for cell in cells):
            continue
        facts = {what: _written(cell) for what, cell in found.items() if cell not in (None, "")}
        yield Article(str(text or ""), facts, where, facts.pop("id", None))


def _columns(source: Source, header: Sequence[str]) -> dict[str, int]:
    """Which column is what."""
    found: dict[str, int] = {}
    for what, titles in usual().items():
        told = source.columns.get(what)
        names = titles if told is None else [told.strip().lower()]
        column = next((header.index(name) for name in names if name in header), None)
        if column is not None:
            found[what] = column
        elif told is not None:
            raise Unreadable(f"it has no column {told}, which --column {what}={told} names")
    if "text" not in found:
        raise Unreadable(
            "no column holds texts: call it text, or say which it is (--column text=TITLE); "
            f"its columns are {', '.join(filter(None, header))[:200] or 'without titles'}"
        )
    return found


def _written(cell: object) -> object:
    """A cell as it would stand in a header."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, str) else str(cell)
