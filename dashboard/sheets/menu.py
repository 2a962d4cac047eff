"""How a page is opened.

The name of a page stands in the path of the address; what is chosen stands behind it, the same on every
page, and every link carries it along.
"""

import streamlit as st

from dashboard import pages
from dashboard.selection import Selection, write
from dashboard.session import WANTED
from dashboard.visit import visit
from dashboard.wording import Words


def opened(selection: Selection, words: Words) -> str:
    """The name of the page that the address asks for; to be called once in a run. A page that was asked for
    since is gone to.
    """
    names = pages.names()
    here = st.navigation([_page(name, words) for name in names], position="hidden").url_path or pages.MAP
    wanted = visit().notes.get(WANTED, here)
    if wanted != here:
        st.switch_page(_page(wanted, words), query_params=_query(selection))
    visit().notes.pop(WANTED, None)
    return here


def _query(selection: Selection) -> dict[str, list[str]]:
    return write(selection)


def _page(name: str, words: Words) -> st.Page:
    return st.Page(lambda: None, title=words(f"menu.{name}"), url_path=name, default=name == pages.MAP)
