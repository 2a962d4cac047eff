"""The pages by name, how one is opened, and the way into an article.

The name of a page stands in the path of the address; what is chosen stands behind it, the same on every
page, and every link carries it along.
"""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from dashboard import session
from dashboard.selection import Selection, write
from dashboard.visit import visit
from dashboard.wording import Words

#: The map first: it is what opens.
PAGES: Final = (
    *("map", "claims", "incidents", "contradictions", "casualties", "voices", "articles", "methods"),
    "help",
)

#: Pages that the days and filters say nothing about.
UNTIMED: Final = ("methods", "help")


def opened(selection: Selection, words: Words) -> str:
    """The name of the page that was last gone to, by the address or by ``go``; to be called once in a run.

    What the reader did on a page before it was left can arrive after that, and asks for the page that was
    left: it brings none back.
    """
    here = st.navigation([_page(name, words) for name in PAGES], position="hidden").url_path or PAGES[0]
    wanted = visit().page = visit().page or here
    if wanted != here:
        st.switch_page(_page(wanted, words), query_params=_query(selection))
    return here


def go(name: str) -> None:
    """In a callback: the page that the next run opens."""
    visit().page = name


def open_article(claim: str) -> None:
    """In a callback: leave this page for the article of a claim; the next run does."""
    session.choose(claim=claim)
    go("articles")


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
