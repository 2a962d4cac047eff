"""How to read the map and the claims, with an example each: the page behind the question mark."""

from typing import Any, Final

from dashboard.component import declare
from dashboard.frames import Frames, View
from dashboard.pages import Page
from dashboard.selection import Selection
from dashboard.symbols import events, palette
from dashboard.wording import Wording

#: The sections in their order, with their entries; each has a title, a text and an example in the words, and
#: a drawing in ``assets/help.js`` by its name.
_SECTIONS: Final = {
    "claim": ("claim", "denial", "incident", "figures", "total"),
    "mark": ("side", "sign", "group"),
    "ring": ("corroborated", "claimed", "contested", "denied"),
    "place": ("point", "area", "unplaced"),
    "day": ("day", "undated"),
    "keys": ("search", "help", "play", "step", "ends", "lists", "pick", "close"),
}

#: What is written on the keys, where it is the same in every language.
_CAPS: Final = {
    "search": "/", "help": "?", "step": "← →", "ends": "Home, End", "lists": "↑ ↓",
    "pick": "Shift ↑ ↓", "close": "Esc"
}  # fmt: skip

_component = declare("help")


def show(_frames: Frames, _seen: View, selection: Selection, words: Wording) -> None:
    """The page."""
    _component("help.page", content(selection, words))


def content(selection: Selection, words: Wording) -> dict[str, Any]:
    """What the page says; plain text throughout."""
    told = words.codes("help")
    return {
        "direction": words.direction,
        "intro": told["intro"],
        "sections": [
            [section, told[section], [_entry(section, name, told) for name in entries]]
            for section, entries in _SECTIONS.items()
        ],
        "colours": palette(selection.colours),
        "glyphs": events(),
    }


def _entry(section: str, name: str, told: dict[str, Any]) -> list[str]:
    """Its name, its title, its text and its example."""
    entry = list(told[f"{section}_{name}"])
    return [name, _CAPS.get(name, told["space"]), *entry] if section == "keys" else [name, *entry]


PAGE: Final = Page("help", show, order=80, bar="sign", timed=lambda _: False)
