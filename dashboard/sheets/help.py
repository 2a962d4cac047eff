"""How to read the map and the claims, with an example each: the page behind the question mark."""

from dashboard.frames import Frames, View
from dashboard.selection import Selection
from dashboard.wording import Words


def show(_frames: Frames, _seen: View, selection: Selection, words: Words) -> None:
    """The page."""
