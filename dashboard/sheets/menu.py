"""The pages by name, the bar that leads from one to the other, and the way into an article.

The name of a page stands in the path of the address; what is chosen stands behind it, the same on every
page, and every link carries it along.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import session
from dashboard.selection import Selection, write
from dashboard.wording import Words

#: The map first: it is what opens.
PAGES: Final = ("map", "claims", "incidents", "contradictions", "casualties", "voices", "articles", "methods")

#: Pages that the days and filters say nothing about.
UNTIMED: Final = ("methods",)

_CSS: Final = Path(__file__).parents[1] / "assets" / "menu.css"


def opened(words: Words) -> str:
    """The name of the page that the address asks for; to be called once in a run."""
    return st.navigation([_page(name, words) for name in PAGES], position="hidden").url_path or PAGES[0]


def show(current: str, selection: Selection, words: Words) -> None:
    """The bar of links to every page."""
    if current != PAGES[0]:
        st.set_page_config(page_title=f"{words(f'menu.{current}')} · {words('page.title')}")
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


def open_article(claim: str, selection: Selection, words: Words) -> None:
    """Leave this page for the article of a claim."""
    session.choose(claim=claim)
    st.switch_page(_page("articles", words), query_params=_query(replace(selection, claim=claim)))


def choose_claim(claim: str) -> None:
    """In a callback: the claim that the next run shows, or none."""
    session.choose(claim=claim)


def _query(selection: Selection) -> dict[str, list[str]]:
    return write(selection)


def _page(name: str, words: Words) -> st.Page:
    return st.Page(lambda: None, title=words(f"menu.{name}"), url_path=name, default=name == PAGES[0])
