"""The one selection of a visit, kept between the runs of the page and in its address.

Every part of the page that changes what is chosen calls ``choose`` before the next run; nothing else does.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.frames import Frames
from dashboard.selection import Choices, Selection, read, write

_ASSETS: Final = Path(__file__).with_name("assets")
_component = st.components.v2.component("conflictmap.address", js=(_ASSETS / "address.js").read_text("utf-8"))


def current(choices: Choices) -> Selection:
    """The selection of this run: the one kept, or the one of the address where that is not the one last
    written (the page is new, or the user went back).

    An address alone proves nothing: a quick second change arrives with the address of before the first.
    """
    state = st.session_state
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    if "selection" not in state or (query != state["address"] and not state["chosen"]):
        state["selection"], state["wrong"] = read(query, choices)
        state["address"] = query
    else:  # of an archive that was written to, a choice may be gone
        state["selection"], _ = read(write(state["selection"]), choices)
    state["chosen"] = True  # until this run has reached its end
    return kept()


def kept() -> Selection:
    """The selection as it stands; the opening one before the first run."""
    selection: Selection = st.session_state.get("selection", Selection())
    return selection


def wrong() -> tuple[str, ...]:
    """The names of the parameters of the address that had a wrong value."""
    return tuple(st.session_state.get("wrong", ()))


def choose(**changes: Any) -> None:
    """Change some attributes of the selection."""
    choose_all(replace(kept(), **changes))


def choose_all(selection: Selection) -> None:
    """Put another selection in place of the kept one."""
    st.session_state["selection"], st.session_state["chosen"] = selection, True


def choose_place(place: str) -> None:
    """Open a place."""
    choose(place=place, claim="")


def choose_claim(frames: Frames, claim: str) -> None:
    """Open a claim and its place, unless the open place is one of its places already."""
    places = frames.places_of.get(claim, ())
    here = kept().place
    choose(claim=claim, place=here if here in places else next(iter(places), ""))


def close() -> None:
    """Open no place and no claim."""
    choose(place="", claim="")


def keep_in_address() -> None:
    """Write the selection to the address; to be called at the end of a run.

    Streamlit makes each change of the address a step that "back" undoes. Only a page, a place or a claim
    shall be one: ``address.js`` sees to it that all else takes the place of the address before.
    """
    _component(key="steps")
    state, query = st.session_state, write(kept())
    state["chosen"] = False
    if state["address"] != query:
        state["address"], state["wrong"] = query, ()
        st.query_params.from_dict(query)
