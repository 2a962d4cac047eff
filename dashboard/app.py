"""The page: one selection, and what each part of the screen makes of it.

Streamlit runs this file from top to bottom at every change. What is chosen is one ``Selection``, kept by
``session`` and in the page's address; everything else follows from it.
"""

import logging
import os
from dataclasses import replace

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard import ARCHIVE, downloads, filters, head, pages, session, wording
from dashboard import sayline as saying
from dashboard.claims import panel
from dashboard.frames import Frames, View, load, view
from dashboard.selection import Selection
from dashboard.sheets import (
    bar,
    menu,
    news,
)
from dashboard.space import basemap, markers
from dashboard.time import timeline
from dashboard.visit import visit
from dashboard.wording import Wording
from extraction.keeping.archive import ArchiveError

_log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page for the archive that the environment names."""
    words = wording.load(session.kept().language)
    st.set_page_config(page_title=words("page.title"), layout="wide")
    if styles := head.styles():
        st.html(styles)
    location = os.environ.get(ARCHIVE)
    if not location:
        st.info(words("page.no_archive"))
        return
    try:
        frames = load(location)
    except (ArchiveError, SQLAlchemyError) as error:
        _log.error("%s", error)
        st.error(words("page.bad_archive"))
        return
    selection = session.current(frames.choices, frames.trace)
    opened = menu.opened(selection, words)
    page(location, frames, opened, selection)


def page(location: str, frames: Frames, opened: str, selection: Selection) -> None:
    """Everything below the archive: header, filters, and the page that is opened, by its name."""
    words = wording.load(selection.language)
    seen = view(frames, selection)
    with st.container(key="screen"):
        top = st.container(key="bar")
        if frames.claims.empty:
            with top:
                bar.show(frames, opened, selection, words)
            with st.container(key="body"):
                st.info(words("page.empty"))
            return
        # The places of the page in the order that Tab walks them; page.css says where each stands.
        rail, sayline = st.container(key="rail"), st.container(key="sayline")
        # What stands on top is drawn last: whoever waits, waits for the map.
        if opened == pages.MAP:
            _map(frames, seen, selection, words)
        else:
            _sheet(opened, frames, seen, selection, words)
        with top:
            bar.show(frames, opened, selection, words)
        with rail:
            filters.show(frames, seen, selection, words)
        with sayline:
            saying.show(frames, seen, selection, words)
        wrong, reread = session.wrong(), session.reread()
        if wrong or reread:
            with st.container(key="notices"):
                if wrong:
                    st.warning(words("page.wrong_address", names=words("list.between").join(wrong)))
                if reread:
                    st.info(words(f"page.reread_{reread}"))
        news.show(location, frames, words)
        session.keep_in_address()


def _sheet(opened: str, frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """A page beside the map, and below it the days in view, where these change what it shows."""
    sheet = pages.named(opened)
    with st.container(key="body"):
        sheet.show(frames, seen, selection, words)
    if sheet.timed(selection):
        with st.container(key="timeline"):
            timeline.show(frames, seen, selection, words, playable=False)


def _map(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """The page that opens first: the map, the claims beside it, and the timeline below."""
    space, beside, below = (st.container(key=key) for key in ("space", "panel", "timeline"))

    def ground() -> None:
        chosen = dict.fromkeys(filter(None, (selection.place, *frames.places_of.get(selection.claim, ()))))
        with space:
            basemap.show(markers.layer(frames, seen, selection, chosen, words))

    def days() -> None:
        with below:
            timeline.show(frames, seen, selection, words, playable=True)

    def claims() -> None:
        with beside:
            panel.show(frames, seen, selection, words)
            if panel.tab() == "totals" and not (selection.place or selection.claim):
                with st.container(key="downloads", horizontal=True):
                    downloads.show(frames, seen, words)

    # What is waited for comes first: the map; but the page draws that by itself where only the days changed.
    notes, still = visit().notes, replace(selection, since=None, until=None, at=None)
    order = (claims, days, ground) if notes.get("mapped") == still else (ground, days, claims)
    notes["mapped"] = still
    for show in order:
        show()


if __name__ == "__main__":
    main()
