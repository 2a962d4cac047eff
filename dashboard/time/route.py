"""The address from which the page fetches the columns of claims (``columns``), and what answers there.

The address says which filters it is asked for in the same words as the page's own, so that any answer can
be given anew at any time; a browser that has it already is told so (by its ETag, the digest of the content).
"""

import base64
import hashlib
import os
from dataclasses import replace
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import ARCHIVE, wording
from dashboard.frames import Frames, load
from dashboard.selection import Selection, read, write
from dashboard.time import columns
from extraction.keeping.archive import ArchiveError

_PATH: Final = "columns"

#: Whether somebody answers at the address; else the page gets the columns with the timeline's own data.
_served = False


def serve() -> Route:
    """The route, to be given to the server's application."""
    global _served
    _served = True
    return Route(f"/{_PATH}", _answer)


def source(frames: Frames, selection: Selection) -> str:
    """Where the page finds the columns for the filters of a selection: an address, or ``data:`` and the
    columns themselves in base 64 where nobody serves them.
    """
    asked = _asked(selection)
    if _served:
        query = write(asked) | {"v": [str(frames.version)]}
        return f"{_PATH}?{urlencode(query, doseq=True)}"
    return "data:" + base64.b64encode(_file(frames, asked)).decode("ascii")


def _answer(request: Request) -> Response:
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    try:
        frames = load(os.environ[ARCHIVE])
    except (KeyError, ArchiveError):
        return Response(status_code=404)
    selection, _ = read(query, frames.choices)
    data = _file(frames, _asked(selection))
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="application/octet-stream", headers=headers)


def _asked(selection: Selection) -> Selection:
    """What of a selection changes the columns: the filters, the kinds of marks, the language."""
    opening = Selection()
    return replace(
        selection,
        since=None,
        until=None,
        place="",
        claim="",
        at=None,
        picked=selection.picked if selection.only_picked else (),
        colours=opening.colours,
    )


# The days change at every move of a hand, the columns do not.
@lru_cache(maxsize=4)
def _file(frames: Frames, selection: Selection) -> bytes:
    return columns.file(frames, selection, wording.load(selection.language))
