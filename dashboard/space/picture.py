"""What stands around the map in a picture of it; ``assets/map/picture.js`` draws the picture."""

from dataclasses import replace

from dashboard import sayline
from dashboard.frames import Frames, View
from dashboard.selection import Selection
from dashboard.wording import Wording


def caption(frames: Frames, view: View, selection: Selection, words: Wording) -> dict[str, str]:
    """What the page itself does not know of the view; plain text throughout. Its days are not among it: the
    page is ahead of Python while they are dragged or played. What is counted holds for the days chosen alone.
    """
    always = replace(selection, since=None, until=None)
    what = sayline.phrase(frames, always, words)
    first, last = frames.choices.first, frames.choices.last
    holds = (sayline.holds(frames, words), words.days(first, last) if first else "")
    counted = f"{words.count('claims', view.counts.shown)} {sayline.rest(view, selection, words)}".strip()
    return {
        "what": what,
        "counted": f"{words('say.sentence', what=what)} {counted}",
        "filters": words("list.clauses").join(sayline.unsaid(frames, always, words)),
        "holds": words("list.between").join(filter(None, holds)),
        "sides": words("head.who"),
        "title": words("page.title"),
    }
