"""The pages by name, the bar that leads from one to the other, and the way into an article.

The name of a page stands in the path of the address; what is chosen stands behind it, the same on every
page, and every link carries it along.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard import session
from dashboard.selection import Selection, write
from dashboard.visit import visit
from dashboard.wording import Words

#: The map first: it is what opens.
PAGES: Final = ("map", "claims", "incidents", "contradictions", "casualties", "voices", "articles", "methods")

#: Pages that the days and filters say nothing about.
UNTIMED: Final = ("methods",)

_WANTED: Final = "menu.wanted"
_CSS: Final = Path(__file__).parents[1] / "assets" / "menu.css"


def opened(selection: Selection, words: Words) -> str:
    """The name of the page that the address asks for; to be called once in a run. A page that was asked for
    since is gone to.
    """
    here = st.navigation([_page(name, words) for name in PAGES], position="hidden").url_path or PAGES[0]
    wanted = visit().notes.get(_WANTED, here)
    if wanted != here:
        st.switch_page(_page(wanted, words), query_params=_query(selection))
    visit().notes.pop(_WANTED, None)
    return here


def show(current: str, selection: Selection, words: Words) -> None:
    """The bar of links to every page."""
    title = words("page.title")
    st.set_page_config(page_title=title if current == PAGES[0] else f"{words(f'menu.{current}')} · {title}")
    st.html(_CSS)
    with st.container(key="menu", horizontal=True, gap="small"):
        for name in PAGES:
            with st.container(key="menu_here" if name == current else f"menu_{name}", width="content"):
                st.page_link(_page(name, words), query_params=_query(selection))


def link_article(selection: Selection, words: Words) -> None:
    """A link to the article of the chosen claim, opened at its words."""
    st.page_link(
        _page("articles", words),
        label=words("article.open_chosen"),
        icon=":material/article:",
        query_params=_query(selection),
    )


def open_article(claim: str) -> None:
    """In a callback: leave this page for the article of a claim; the next run does."""
    session.choose(claim=claim)
    visit().notes[_WANTED] = "articles"


def hear_article(message: Mapping[str, Any]) -> None:
    """Open the article of the claim that a component's message names."""
    match message:
        case {"claim": str(claim)}:
            open_article(claim)


def choose_claim(claim: str) -> None:
    """In a callback: the claim that the next run shows, or none."""
    session.choose(claim=claim)


def _query(selection: Selection) -> dict[str, list[str]]:
    return write(selection)


def _page(name: str, words: Words) -> st.Page:
    return st.Page(lambda: None, title=words(f"menu.{name}"), url_path=name, default=name == PAGES[0])
