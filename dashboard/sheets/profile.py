"""Everything about one thing on a page of its own, which prints on two sheets: a place, a side or group, a
voice or outlet."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard import sayline, session
from dashboard.component import declare
from dashboard.frames import Frames, View
from dashboard.pages import PROFILE, Page
from dashboard.profiles import blocks, party, place, voice
from dashboard.selection import Selection
from dashboard.sheets import bar
from dashboard.visit import visit
from dashboard.wording import Wording

#: Claims are sent so many at a time; the reader asks for more.
LIMIT: Final = 40

_KEY: Final = "profile"
_MOST: Final = "profile.most"
_component = declare("profile")


def show(frames: Frames, seen: View, selection: Selection, words: Wording) -> None:
    """What the address asks for, or that there is no such thing."""
    notes = visit().notes
    about = selection.about
    if notes.get("profile.about") != about:
        notes["profile.about"], notes[_MOST] = about, LIMIT

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"about": str(other)}:
                session.go(PROFILE, other)
            case {"claim": str(claim)}:
                session.open_article(claim)
            case {"more": True}:
                notes[_MOST] = notes.get(_MOST, LIMIT) + LIMIT
            case {"map": True}:
                bar.open_found(frames, *about.split(":", 1))

    _component(_KEY, content(frames, seen, selection, words, notes.get(_MOST, LIMIT)), hear)


def content(
    frames: Frames, seen: View, selection: Selection, words: Wording, most: int = LIMIT
) -> dict[str, Any]:
    """What the page says; plain text throughout."""
    if not selection.about:
        return {"direction": words.direction, "none": words("profile.none")}
    kind, _, value = selection.about.partition(":")
    told: pd.DataFrame
    if kind == "place":
        told = place.claims(frames, seen, value)
        said = place.content(frames, seen, told, value, selection, words)
    else:
        of = party if kind in ("side", "group") else voice
        told = of.claims(seen, kind, value)
        said = of.content(frames, told, kind, value, selection, words)
    return said | {
        "direction": words.direction,
        "none": "",
        "note": words("profile.nothing") if told.empty else "",
        "scope": words("profile.scope", said=sayline.sentence(frames, selection, words).rstrip(":")),
        "words": words.codes("profile"),
        "days": blocks.days(told, selection, words),
        "claims": blocks.listed(frames, told, selection, most, words),
    }


PAGE: Final = Page(PROFILE, show, order=90, bar="")
