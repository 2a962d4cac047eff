"""What one visit keeps between the runs of the page, in a plain object.

A run that is asked for while another goes on breaks that one off where it next touches ``st``; until then
both go on, each in a thread. What a run changes because of what the user did, it changes under ``turn``.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Final

import streamlit as st

from dashboard.selection import Selection


@dataclass
class Visit:
    """``selection``: what is chosen, once the address was read; ``wrong``: the parameters of the address that
    had a wrong value; ``page``: the page that was last gone to, none until the address was asked.
    ``heard``: the number of the last message heard of each component, by its key, and ``hear`` what heeds its
    messages. ``notes``: what else a part of the page keeps, by a name of its own.
    """

    selection: Selection | None = None
    wrong: tuple[str, ...] = ()
    page: str = ""
    heard: dict[str, int] = field(default_factory=dict)
    hear: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    turn: RLock = field(default_factory=RLock)


#: A thread runs the page for one visit only.
_here: Final[ContextVar[Visit]] = ContextVar("visit")


def visit() -> Visit:
    """The visit that the page is run for."""
    found = _here.get(None)
    if found is None:
        found = st.session_state.setdefault("visit", Visit())
        _here.set(found)
    return found
