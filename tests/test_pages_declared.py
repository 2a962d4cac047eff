"""A page declares itself in its file and nowhere else; what it lacks is said in words."""

import importlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from inspect import signature
from pathlib import Path
from types import ModuleType

import pytest

from dashboard import pages, sheets, wording
from dashboard.frames import Frames, View
from dashboard.pages import Page
from dashboard.selection import LANGUAGES, Selection
from dashboard.sheets import bar, help
from dashboard.wording import Wording

ROOM = Path(wording.__file__).parent
TABLES = {name: tomllib.loads((ROOM / "words" / f"{name}.toml").read_text("utf-8")) for name in LANGUAGES}
BAR = (ROOM / "assets" / "bar.js").read_text("utf-8")
SHOWN = [Frames, View, Selection, Wording]
MODULES = [importlib.import_module(f"{sheets.__name__}.{name}") for name in pages.modules_of_sheets()]


def takes(show: object) -> list[object]:
    return [parameter.annotation for parameter in signature(show).parameters.values()]  # type: ignore[arg-type]


def lacks(page: Page) -> Iterator[str]:
    """What a page still needs, each as a sentence."""
    for language, table in TABLES.items():
        if not table["menu"].get(page.name):
            yield f"its title: {page.name} in [menu] of dashboard/words/{language}.toml"
    if not re.fullmatch("[a-z][a-z_]*", page.name) or page.name == pages.MAP:
        yield f"a name that can stand in an address, and is no other's: {page.name!r} cannot"
    if takes(page.show) != SHOWN:
        yield "a show(frames, view, selection, words) with the types of the other pages"
    signs = BAR.partition("const ICONS = {")[2].partition("};")[0]
    if page.bar == "sign" and not re.search(rf"^  {page.name}: ", signs, re.MULTILINE):
        yield f"its sign: {page.name} in ICONS of dashboard/assets/bar.js"


def undeclared(module: ModuleType) -> bool:
    """Whether a module shows what a page shows, and is not known as one."""
    show = getattr(module, "show", None)
    return bool(show and takes(show) == SHOWN and show not in [page.show for page in pages.beside()])


@pytest.mark.parametrize("page", pages.beside(), ids=lambda page: page.name)
def test_a_page_has_all_that_it_needs(page: Page) -> None:
    assert list(lacks(page)) == []


def test_what_a_page_lacks_is_said_in_words() -> None:
    bare = Page("newly", bar.show, order=1, bar="sign")  # type: ignore[arg-type]
    assert list(lacks(bare)) == [
        "its title: newly in [menu] of dashboard/words/en.toml",
        "its title: newly in [menu] of dashboard/words/ar.toml",
        "a show(frames, view, selection, words) with the types of the other pages",
        "its sign: newly in ICONS of dashboard/assets/bar.js",
    ]
    assert "no other's" in " ".join(lacks(replace(help.PAGE, name=pages.MAP)))


def test_a_module_that_shows_a_page_declares_it() -> None:
    forgotten = [module.__name__ for module in MODULES if undeclared(module)]
    assert forgotten == [], "a PAGE = Page(name, show, order=…) is missing"
    stray = ModuleType("stray")
    stray.show = lambda frames, view, selection, words: None  # type: ignore[attr-defined]
    stray.show.__annotations__ = dict(zip(("frames", "view", "selection", "words"), SHOWN, strict=True))
    assert undeclared(stray)


def test_pages_are_found_in_their_files_in_the_order_that_they_declare() -> None:
    assert pages.names()[0] == pages.MAP
    orders = [page.order for page in pages.beside()]
    assert orders == sorted(orders)
    declared = [page for module in MODULES if isinstance(page := getattr(module, "PAGE", None), Page)]
    assert sorted(declared, key=lambda page: page.order) == list(pages.beside())


def test_two_pages_of_one_name_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(help, "PAGE", replace(help.PAGE, name="voices"))
    with pytest.raises(ValueError, match="several pages of name voices"):
        pages.beside.__wrapped__()
