"""The components of the page that are our own: how their scripts are put together, and how they are heard.

What a reader does in one is a numbered message. The script (``assets/shared.js``) tells, as a state of the
component, all messages that Python has not yet answered; every run begins with hearing them, and answers with
the number it last heard. So none is lost and none done twice, however quickly they come. Streamlit's own ways
would lose some: a trigger value that waits to be sent when a run ends (streamlit issue 16732), and a callback
while yet another run is asked for.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.files import bundle, files
from dashboard.visit import visit

ASSETS: Final = Path(__file__).with_name("assets")

#: Does what a message asks for, without touching ``st``; one that makes no sense changes nothing.
Hear = Callable[[Mapping[str, Any]], None]


def declare(name: str) -> Callable[..., None]:
    """The component of ``assets/<name>.js`` and ``assets/<name>.css``, with what all share: a function of its
    ``key``, of the ``data`` its script gets, and of what hears its messages.

    Where there is a folder ``assets/<name>``, its modules are one file at the address ``MODULES``, which the
    script imports by itself: what a component is given here is sent with every run.
    """
    style = ASSETS / f"{name}.css"
    folder = ASSETS / name
    modules = files(name, {"entry.js": _module(folder)}) if folder.is_dir() else None
    address = modules.address + "entry.js" if modules else ""
    mount = st.components.v2.component(
        f"conflictmap.{name}",
        css=(ASSETS / "shared.css").read_text("utf-8") + (style.read_text("utf-8") if style.exists() else ""),
        js=f"const MODULES = {json.dumps(address)};\n"
        + (ASSETS / "shared.js").read_text("utf-8")
        + (ASSETS / f"{name}.js").read_text("utf-8"),
    )

    def show(key: str, data: Mapping[str, Any] | None = None, hear: Hear | None = None) -> None:
        if modules:
            modules.serve()
        answer = {**(data or {}), "key": key, "heard": expect(key, hear)}
        mount(key=key, data=answer, on_said_change=lambda: None)

    return show


def _module(folder: Path) -> bytes:
    return f"export default {bundle(folder)};\n".encode()


def expect(key: str, hear: Hear | None) -> int:
    """From the next run on, hear what the component of a key says. Gives the number last heard."""
    if hear:
        visit().hear[key] = hear
    return visit().heard.get(key, 0)


def listen() -> Callable[[], None]:
    """What was said since the last run, to be heeded by calling the result; that does not touch ``st``."""
    states = {key: st.session_state.get(key) for key in list(visit().hear)}

    def heed() -> None:
        for key, state in states.items():
            said = state.get("said") if isinstance(state, Mapping) else state
            for number, message in unheard(key, said):
                visit().heard[key] = number
                visit().hear[key](message)

    return heed


def unheard(key: str, said: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The messages of ``said`` (``[[number, message], …]``) that were not heard before; what has another
    shape is passed over.
    """
    for one in said if isinstance(said, list) else ():
        match one:
            case [int(number), dict(message)] if number > visit().heard.get(key, 0):
                yield number, message
