"""How the page is shown: its language, its colours, and light or dark."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from dashboard import session, wording
from dashboard.component import declare
from dashboard.selection import LANGUAGES, Selection
from dashboard.sheets.menu import PAGES
from dashboard.symbols import palettes
from dashboard.wording import Words

#: The names that Streamlit gives its themes, and the keys of their words.
_THEMES: Final = {"System": "theme.system", "Light": "theme.light", "Dark": "theme.dark"}
_component = declare("display")


def show(selection: Selection, words: Words) -> None:
    """The choices. Streamlit keeps the theme in the browser, page by page; here it is set for all."""
    st.subheader(words("filter.display"), anchor=False)
    data = {
        "direction": words.direction,
        "language": words.language,
        "choices": [
            {
                "name": "language",
                "label": words("filter.language"),
                "options": [[code, wording.load(code)("page.name")] for code in LANGUAGES],
                "chosen": selection.language,
            },
            {
                "name": "colours",
                "label": words("filter.colours"),
                "options": [[name, words.code("colours", name)] for name in palettes()],
                "chosen": selection.colours,
            },
        ],
        "theme": {
            "name": "theme",
            "label": words("theme.label"),
            "options": [[name, words(key)] for name, key in _THEMES.items()],
        },
        "pages": list(PAGES),
    }
    _component("display", data, hear)


def hear(message: Mapping[str, Any]) -> None:
    """Do what a message asks for: ``{"language": code}``, ``{"colours": name}``."""
    match message:
        case {"language": str(code)} if code in LANGUAGES:
            session.choose(language=code)
        case {"colours": str(name)} if name in palettes():
            session.choose(colours=name)
