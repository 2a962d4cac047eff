"""Light or dark: as the system is, or as the reader chooses for this browser."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.sheets.menu import PAGES
from dashboard.wording import Words

#: The names that Streamlit gives its themes, and the keys of their words.
_THEMES: Final = {"System": "theme.system", "Light": "theme.light", "Dark": "theme.dark"}
_ASSETS: Final = Path(__file__).parents[1] / "assets"
_component = st.components.v2.component(
    "conflictmap.theme",
    css=(_ASSETS / "theme.css").read_text("utf-8"),
    js=(_ASSETS / "theme.js").read_text("utf-8"),
)


def show(words: Words) -> None:
    """The choice of the theme. Streamlit keeps it in the browser, page by page; here it is set for all."""
    data = {
        "direction": words.direction,
        "language": words.language,
        "label": words("theme.label"),
        "themes": [[name, words(key)] for name, key in _THEMES.items()],
        "pages": list(PAGES),
    }
    _component(key="theme", data=data)
