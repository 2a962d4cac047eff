"""How a page is opened.

The name of a page stands in the path of the address; what is chosen stands behind it, the same on every
page, and every link carries it along.
"""

import streamlit as st

from dashboard import pages
from dashboard.selection import Selection, write
from dashboard.visit import visit
from dashboard.wording import Wording


def opened(selection: Selection, words: Wording) -> str:
    """The name of the page that was last gone to, by the address or by ``go``; to be called once in a run.

    What the reader did on a page before it was left can arrive after that, and asks for the page that was
    left: it brings none back.
    """
    names = pages.names()
    here = st.navigation([_page(name, words) for name in names], position="hidden").url_path or pages.MAP
    wanted = visit().page = visit().page or here
    if wanted != here:
        st.switch_page(_page(wanted, words), query_params=write(selection))
    return here


def _page(name: str, words: Wording) -> st.Page:
    return st.Page(lambda: None, title=words(f"menu.{name}"), url_path=name, default=name == pages.MAP)
