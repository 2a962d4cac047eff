"""The pages: what each declares of itself in its own file, and all that are declared.

A module of ``dashboard/sheets`` that is a page has one ``PAGE``; whoever needs a list of pages asks here.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from dashboard import sheets
from dashboard.frames import Frames, View
from dashboard.selection import Selection
from dashboard.wording import Wording

#: The page that opens first. It is no sheet: ``app.py`` draws it.
MAP: Final = "map"

#: The page of everything about one thing, to which names lead from everywhere.
PROFILE: Final = "profile"

Show = Callable[[Frames, View, Selection, Wording], None]


@dataclass(frozen=True, slots=True)
class Page:
    """A page beside the map.

    ``name`` is its path in the address, and the key of its title in the words' table ``[menu]``; ``show``
    draws it. Pages stand in the bar by ``order``, each as a ``word``, as a ``sign`` (``ICONS`` of
    ``assets/bar.js``), or not at all (an empty ``bar``). ``timed`` says of a selection whether the days
    change what the page shows: then they stand below it.
    """

    name: str
    show: Show
    order: int
    bar: Literal["word", "sign", ""] = "word"
    timed: Callable[[Selection], bool] = lambda _: True


@cache
def beside() -> tuple[Page, ...]:
    """The pages beside the map, in the order of the bar.

    Not to be asked for while a module is imported: that module may be one of them. Raises ``ValueError``
    where two have one name or one order.
    """
    modules = [importlib.import_module(f"{sheets.__name__}.{name}") for name in modules_of_sheets()]
    found = sorted(
        (page for module in modules if isinstance(page := getattr(module, "PAGE", None), Page)),
        key=lambda page: page.order,
    )
    for what in ("name", "order"):
        values = [getattr(page, what) for page in found]
        if twice := {str(value) for value in values if values.count(value) > 1}:
            raise ValueError(f"several pages of {what} {', '.join(sorted(twice))}")
    return tuple(found)


def modules_of_sheets() -> tuple[str, ...]:
    """The modules of ``dashboard/sheets``, pages or not, by name."""
    return tuple(found.name for found in pkgutil.iter_modules(sheets.__path__))


def names() -> tuple[str, ...]:
    """The names of all pages, the map first."""
    return (MAP, *(page.name for page in beside()))


def named(name: str) -> Page:
    """The page beside the map of a name. Raises ``KeyError`` where there is none."""
    return {page.name: page for page in beside()}[name]
