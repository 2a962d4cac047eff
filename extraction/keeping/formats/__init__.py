"""Files that are read or written: each kind is a module here, which declares itself (``format.py``)."""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import PurePath
from typing import Final

from extraction.keeping.formats.format import Format

#: Modules of this package that are no format.
_OTHERS: Final = ("columns", "format", "packed")

#: Kinds of file that no format reads, but which may hold a text: what is in them is lost.
_MAY_HOLD_TEXTS: Final = frozenset(
    {
        *("", ".doc", ".docm", ".odt", ".ods", ".rtf", ".pdf", ".epub", ".mhtml", ".xls", ".xlsm"),
        *(".eml", ".msg", ".tar", ".7z", ".rar"),
    }
)


def modules() -> tuple[str, ...]:
    """The names of the modules that each are a format."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in _OTHERS))


@cache
def formats() -> tuple[Format, ...]:
    """Every format, as its module declares it, by name.

    Raises ``ValueError`` where two have one name, read one ending or write one file.
    """
    found = [import_module(f"{__name__}.{name}").FORMAT for name in modules()]
    for what in ("name", "ending", "file"):
        values = [value for format in found for value in _values(format, what)]
        if twice := {value for value in values if values.count(value) > 1}:
            raise ValueError(f"several formats of {what} {', '.join(sorted(twice))}")
    return tuple(sorted(found, key=lambda format: format.name))


def _values(format: Format, what: str) -> tuple[str, ...]:
    return {"name": (format.name,), "ending": format.endings, "file": tuple(format.files)}[what]


def written() -> dict[str, Format]:
    """The formats that are written, by name."""
    return {format.name: format for format in formats() if format.files}


def reader(name: str) -> Format | None:
    """The format that reads files called so; None where none does."""
    return _readers().get(PurePath(name).suffix.lower())


@cache
def _readers() -> dict[str, Format]:
    return {ending: format for format in formats() for ending in format.endings}


def may_hold_texts(name: str) -> bool:
    """Whether a file called so, which no format reads, may hold a text all the same."""
    return PurePath(name).suffix.lower() in _MAY_HOLD_TEXTS


def is_left_alone(name: str) -> bool:
    """Whether a file called so is no text of a folder: a hidden one, or one that speaks of the folder."""
    return name.startswith(".") or PurePath(name).stem.lower() == "readme"


def endings() -> tuple[str, ...]:
    """The endings of all files that are read."""
    return tuple(_readers())
