"""The one selection of a visit, kept between the runs of the page and in its address.

Every part of the page that changes what is chosen calls ``choose`` before the next run; nothing else does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import component
from dashboard.frames import Frames
from dashboard.selection import Choices, Selection, box_of, read, spot_of, write
from dashboard.visit import Visit, visit

_component = component.declare("address")
_HOME: Final = "map.home"


def current(choices: Choices, trace: Callable[[str], str | None] = lambda _: None) -> Selection:
    """The selection of this run, to be asked for once: the one kept, or that of the address where the page is
    new or the user went back or forward; with what was said in the page since the last run.

    ``trace`` says what became of a claim that is not there (``Archive.trace``): a link to a claim that a
    later reading of the text gives under another id leads to that.
    """
    here, address, heed = visit(), _address(), component.listen()
    context = get_script_run_ctx()
    with here.turn:
        st.session_state.get("visit")  # a run that is to be broken off goes no further
        if here.selection is None or (context and context.is_history_navigation):
            here.selection, here.wrong = _read(address, choices, trace)
            here.page = ""
            here.notes["read"] = here.selection
        heed()
        _follow(here, address)
        # Of an archive that was written to, a choice may be gone.
        before = here.selection
        here.selection, _ = _read(write(before), choices, trace)
        if here.selection != before:
            here.wrong, here.notes["read"] = (), here.selection
        return here.selection


def _follow(here: Visit, address: Mapping[str, Sequence[str]]) -> None:
    """Take over where the map stands, which its frame writes into the address by itself."""
    now = here.selection
    at = None if here.notes.pop(_HOME, False) else spot_of("".join(address.get("at", ())[-1:]))
    if now and at != now.at:
        here.selection = replace(now, at=at)
        if here.notes.get("read") == now:
            here.notes["read"] = here.selection


def _read(
    address: Mapping[str, Sequence[str]], choices: Choices, trace: Callable[[str], str | None]
) -> tuple[Selection, tuple[str, ...]]:
    selection, wrong = read(address, choices)
    if "claim" not in wrong or (now := trace(address["claim"][-1])) is None:
        return selection, wrong
    visit().notes["reread"] = "later" if now in choices.claims else "gone"
    if now in choices.claims:
        selection = replace(selection, claim=now)
    return selection, tuple(name for name in wrong if name != "claim")


def reread() -> str:
    """What became of the claim that was asked for, where its text was read anew: "later" where the page shows
    what the same words are read as now, "gone" where they are no claim any more, else ""."""
    return str(visit().notes.get("reread", "")) if _as_read() else ""


def kept() -> Selection:
    """The selection as it stands; the opening one before the first run."""
    return visit().selection or Selection()


def wrong() -> tuple[str, ...]:
    """The names of the parameters of the address that had a wrong value."""
    return visit().wrong if _as_read() else ()


def _as_read() -> bool:
    """Whether nobody has chosen anything since the address was read: until then its faults are told."""
    return visit().notes.get("read") == kept()


def choose(**changes: Any) -> None:
    """Change some attributes of the selection."""
    choose_all(replace(kept(), **changes))


def choose_all(selection: Selection) -> None:
    """Put another selection in place of the kept one."""
    visit().selection = selection


def go_home() -> None:
    """The map opens on the whole country, wherever it stood: to be called where a page with it is gone to."""
    visit().notes[_HOME] = True


def choose_place(place: str) -> None:
    """Open a place."""
    choose(place=place, claim="")


def choose_box(edges: Sequence[object]) -> None:
    """Narrow what is in view to a rectangle of the map (south, west, north, east); no other is heeded."""
    if box := box_of(edges):
        choose(box=box)


def choose_claim(frames: Frames, claim: str) -> None:
    """Open a claim and its place, unless the open place is one of its places already."""
    places = frames.places_of.get(claim, ())
    here = kept().place
    choose(claim=claim, place=here if here in places else next(iter(places), ""))


def open_claim(claim: str) -> None:
    """Open a claim, or none, and leave the place as it is."""
    choose(claim=claim)


def go(page: str, about: str = "") -> None:
    """Open a page (a name of ``dashboard.pages``) in the next run; that of everything about one thing tells
    of ``about``.
    """
    choose(about=about)
    visit().page = page


def open_article(claim: str) -> None:
    """Leave this page for the article of a claim."""
    choose(claim=claim)
    go("articles")


def hear_article(message: Mapping[str, Any]) -> None:
    """Open the article of the claim that a component's message names."""
    match message:
        case {"claim": str(claim)}:
            open_article(claim)


def close() -> None:
    """Open no place and no claim."""
    choose(place="", claim="")


def keep_in_address() -> None:
    """Write the selection to the address; to be called at the end of a run.

    Streamlit makes each change of the address a step that "back" undoes. Only a page, a place or a claim
    shall be one: ``address.js`` sees to it that all else takes the place of the address before.
    """
    _component("steps")
    query = write(kept())
    # Compared with what the browser has: a run that was broken off here has not told it.
    if query != _address():
        st.query_params.from_dict(query)


def _address() -> dict[str, list[str]]:
    # Its own iterator would break where another run changes the address meanwhile.
    return {name: st.query_params.get_all(name) for name in st.query_params.to_dict()}
