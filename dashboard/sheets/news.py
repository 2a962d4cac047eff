"""What the archive has gained: since this browser last looked, and while the page stands open.

The browser remembers which texts it has seen, as a number for each (``assets/news.js``); it alone knows when
it was here last. An open page asks the archive every few seconds whether it was written to.
"""

import hashlib
import logging
import zlib
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard import pages, session
from dashboard.claims import panel
from dashboard.component import declare, unheard
from dashboard.frames import Frames, load
from dashboard.visit import visit
from dashboard.wording import Wording
from extraction.keeping.archive import ArchiveError

#: Seconds between two looks at the archive.
EVERY: Final = 10

#: Of an archive with more texts than this the browser remembers none: they would be too many to send.
MOST: Final = 20_000

_KEY: Final = "news"
_SHOWN: Final = "news.shown"
_ASKED: Final = "news.asked"
_TOLD: Final = "news.told"
_log = logging.getLogger(__name__)
_component = declare("news")


def show(location: str, frames: Frames, words: Wording) -> None:
    """A line that says what is new, where anything is, and opens it; quiet otherwise."""
    visit().notes[_SHOWN] = frames
    _watch(location, words)


@st.fragment(run_every=EVERY)
def _watch(location: str, words: Wording) -> None:
    shown: Frames = visit().notes[_SHOWN]
    try:
        now = load(location)
    except (ArchiveError, SQLAlchemyError) as error:
        _log.warning("the archive cannot be looked at: %s", error)
        now = shown

    def hear(message: Mapping[str, Any]) -> None:
        match message:
            case {"unknown": list(unknown)}:
                visit().notes[_ASKED] = shown.version
                texts = numbers(shown)
                wanted = {texts[n] for n in unknown if isinstance(n, int) and 0 <= n < len(texts)}
                of_these = [number in wanted for number in _of_claims(shown, texts)]
                visit().notes[panel.FRESH] = frozenset(shown.claims.index[of_these])
            case {"show": True}:
                visit().notes[panel.FRESH] = frozenset(fresh() | gained(shown, now))
                visit().notes[_TOLD] = fresh()
                panel.open_tab("fresh")
                session.go(pages.MAP)

    # What is said here asks for a run of this part alone; what it changes is the whole page's.
    if any(unheard(_KEY, (st.session_state.get(_KEY) or {}).get("said"))):
        st.rerun()
    _component(_KEY, content(location, shown, now, words), hear)


def fresh() -> frozenset[str]:
    """The ids of the claims that are new to this browser."""
    found: frozenset[str] = visit().notes.get(panel.FRESH, frozenset())
    return found


def gained(before: Frames, after: Frames) -> frozenset[str]:
    """The ids of the claims that one state of the archive has and an earlier one had not."""
    return frozenset(after.claims.index.difference(before.claims.index))


def content(location: str, shown: Frames, now: Frames, words: Wording) -> dict[str, Any]:
    """What the line says; of the texts the numbers, until the browser has said which it knows."""
    new = len(gained(shown, now)) if now.version != shown.version else 0
    untold = fresh() and fresh() != visit().notes.get(_TOLD)
    texts = numbers(shown) if visit().notes.get(_ASKED) != shown.version else []
    return {
        "direction": words.direction,
        "now": words("news.now", claims=words.count("new_claims", new)) if new else "",
        "since": words("news.since", claims=words.count("new_claims", len(fresh()))) if untold else "",
        "show": words("news.show"),
        "close": words("place.close"),
        "texts": texts,
        "archive": hashlib.sha256(location.encode()).hexdigest()[:8],
    }


def numbers(frames: Frames) -> list[int]:
    """A number for each text as it stands: another text under the same name has another."""
    documents = frames.documents
    if len(documents) > MOST:
        return []
    pairs = zip(documents["doc_id"], documents["sha256"], strict=True)
    return [zlib.crc32(f"{name}\0{digest}".encode()) for name, digest in pairs]


def _of_claims(frames: Frames, texts: list[int]) -> list[int]:
    of_text = dict(zip(frames.documents["doc_id"], texts, strict=True))
    return [of_text[doc_id] for doc_id in frames.claims["doc_id"]]
