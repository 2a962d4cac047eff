"""The bar along the top: what this is and holds, the pages, the search, how the page is shown.

It also puts up the links that skip to each part of the page, and names these parts for those who listen.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from dashboard import filters, pages, sayline, search, session, wording
from dashboard.component import Hear, declare
from dashboard.frames import Frames
from dashboard.selection import LANGUAGES, Selection, write
from dashboard.symbols import palettes
from dashboard.wording import Wording

#: The names that Streamlit gives its themes, and the keys of their words.
_THEMES: Final = {"System": "theme.system", "Light": "theme.light", "Dark": "theme.dark"}

#: The parts of the page that can be skipped to, by the key of their container, in the order of the links.
_PARTS: Final = ("sayline", "space", "body", "timeline", "panel", "rail")

#: Controls inside a part that can be skipped to, too: where they stand (a selector in its component), and the
#: key of their name. No control of the page is more than fifteen presses of Tab away.
_INSIDE: Final = {"timeline": ((".chart .low", "days"), (".news button", "news"))}

_KEY: Final = "topbar"
_component = declare("bar")


def show(frames: Frames, opened: str, selection: Selection, words: Wording) -> None:
    """The bar above the page ``opened``, one of ``pages.names()``."""
    title = words("page.title")
    name = (
        title if opened == pages.MAP else words("bar.page_title", page=words(f"menu.{opened}"), title=title)
    )
    st.set_page_config(page_title=name)
    _component(_KEY, content(frames, opened, selection, words), hear(frames, opened))


def content(frames: Frames, opened: str, selection: Selection, words: Wording) -> dict[str, Any]:
    """What the bar says; plain text throughout."""
    first, last = frames.choices.first, frames.choices.last
    absent = ("body",) if opened == pages.MAP else ("space", "panel")
    return {
        "direction": words.direction,
        "language": words.language,
        "title": words("page.title"),
        "short": words("page.short"),
        "subtitle": words("page.subtitle"),
        "holds": sayline.holds(frames, words),
        "span": words.days(first, last) if first else "",
        "pages": [[pages.MAP, words(f"menu.{pages.MAP}")], *_links("word", words)],
        "signs": _links("sign", words),
        "every_page": list(pages.names()),
        "opened": opened,
        "query": urlencode(write(selection), doseq=True),
        "search": {
            "label": words("found.search"),
            "hint": words("filter.place_hint"),
            "none": words("filter.unknown"),
            "kinds": words.codes("found"),
        },
        "languages": [
            [code, wording.load(code)("page.name"), wording.load(code)("page.sign")]
            for code in LANGUAGES
            if code != words.language
        ],
        "colours": {
            "label": words("filter.colours"),
            "options": [[name, words.code("colours", name)] for name in palettes()],
            "chosen": selection.colours,
        },
        "themes": {
            "label": words("theme.label"),
            "options": [[name, words(key)] for name, key in _THEMES.items()],
        },
        "pictures": words.codes("picture_as"),
        "filters_set": words.number(n) if (n := len(filters.set_filters(selection))) else "",
        "parts": [part for name in _PARTS if name not in absent for part in _parts(name, words)],
        "words": words.codes("bar"),
    }


def _links(kind: str, words: Wording) -> list[list[str]]:
    """The pages that stand in the bar as words, or as signs: name and title."""
    return [[page.name, words(f"menu.{page.name}")] for page in pages.beside() if page.bar == kind]


def _parts(name: str, words: Wording) -> list[list[Any]]:
    """A part of the page, its name, and what can be skipped to inside: a selector, and the how manieth."""
    label = words(f"part.{name}")
    inside = [[name, words(f"part.{key}"), selector, 0] for selector, key in _INSIDE.get(name, ())]
    if name == "rail":
        inside = [
            [name, words("part.filter", head=words(f"head.{head}")), ".head .toggle", n]
            for n, head in enumerate(filters.HEADS)
        ]
    return [[name, label], *inside]


def hear(frames: Frames, opened: str) -> Hear:
    """What heeds the bar's messages: ``{"page": name}``, ``{"found": [kind, value]}`` (a suggestion of
    ``dashboard.search``), ``{"language": code}``, ``{"colours": name}``.

    On the page of everything about one thing, what was found is told of there.
    """

    def heed(message: Mapping[str, Any]) -> None:
        match message:
            case {"page": str(name)} if name in pages.names():
                session.go(name)
            case {"found": [str(kind), str(value)]}:
                if opened == pages.PROFILE and (about := f"{kind}:{value}") in frames.choices.profiles:
                    session.go(pages.PROFILE, about)
                else:
                    open_found(frames, kind, value)
            case {"language": str(code)} if code in LANGUAGES:
                session.choose(language=code)
            case {"colours": str(name)} if name in palettes():
                session.choose(colours=name)

    return heed


def open_found(frames: Frames, kind: str, value: str) -> None:
    """Show on the map what was found: a place with its claims, the days, what a group does, a voice says."""
    now = session.kept()
    choices = frames.choices
    attribute = next((name for name, of in search.KINDS.items() if of == kind), "")
    if kind == "place" and value in choices.places:
        session.choose_place(value)
    elif kind == "place" and value in frames.gazetteer:
        session.close()  # nothing is told of it: the page shows where it is
    elif kind == "days" and (days := search.days(value)) and choices.first and choices.last:
        since, until = max(days[0], choices.first), min(days[1], choices.last)
        if since <= until:
            session.choose(since=since, until=until)
    elif attribute and value in choices.lists[attribute]:
        session.choose(**{attribute: tuple(dict.fromkeys((*getattr(now, attribute), value)))})
    else:
        return
    session.go(pages.MAP)
