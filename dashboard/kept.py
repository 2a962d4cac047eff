"""Streamlit's own scripts and fonts, kept in memory: a page that is opened asks for sixty of them at once."""

import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_FRONTEND: Final = Path(streamlit.__file__).parent / "static"


class Kept:
    """ASGI middleware that answers for the files whose names change with their content; all else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        files = (_FRONTEND / "static").rglob("*.*")
        self._files = {f"/{file.relative_to(_FRONTEND).as_posix()}": file for file in files}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] == "GET"
        file = self._files.get(scope["path"]) if asked else None
        await (_answer(file) if file else self._app)(scope, receive, send)


@lru_cache(maxsize=256)
def _answer(file: Path) -> Response:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    forever = {"cache-control": "public, immutable, max-age=31536000"}
    return Response(file.read_bytes(), media_type=kind, headers=forever)
