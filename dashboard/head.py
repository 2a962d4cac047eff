"""Our style sheets in the head of the page, so that nothing stands elsewhere first and is moved by them.

They are those of both directions: which one holds hangs on the language of the document, which is told with
the page and changed by the bar's script.
"""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ASSETS: Final = Path(__file__).with_name("assets")

#: What would make a browser keep a page with old styles, or give us one that we cannot read.
_ASKED: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since")
_TOLD: Final = (b"content-length", b"etag", b"last-modified")


#: Whether somebody puts them there; else the page has to.
_served = False


def styles() -> str:
    """What the page has to load by itself: our style sheets where no ``Head`` puts them up, else nothing."""
    return "" if _served else _styles()


class Head:
    """Puts ``assets/page.css`` and ``assets/rtl.css`` at the end of the head of each page that the app inside
    serves, and the language of the page; what is no page passes as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        global _served
        _served = True
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "." in scope["path"].rsplit("/", 1)[-1] or "/_stcore" in scope["path"]:
            await self.app(scope, receive, send)
            return
        asked = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in _ASKED]}
        start: MutableMapping[str, Any] = {}
        body = b""

        async def hold(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                start.update(message)
                if not _is_page(message):
                    await send(message)
            elif not _is_page(start):
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    whole = body.replace(b"</head>", _styles().encode() + b"</head>", 1)
                    if _arabic(scope):
                        whole = whole.replace(b'<html lang="en"', b'<html lang="ar"', 1)
                    headers = [pair for pair in start["headers"] if pair[0] not in _TOLD]
                    start["headers"] = [*headers, (b"content-length", str(len(whole)).encode())]
                    await send(start)
                    await send({"type": "http.response.body", "body": whole})

        await self.app(asked, receive, hold)


def _is_page(start: MutableMapping[str, Any]) -> bool:
    return any(name == b"content-type" and kind.startswith(b"text/html") for name, kind in start["headers"])


def _arabic(scope: Scope) -> bool:
    query: str = scope["query_string"].decode("latin-1")
    return parse_qs(query).get("lang", [""])[-1] == "ar"


def _styles() -> str:
    sheets = ((_ASSETS / name).read_text("utf-8") for name in ("page.css", "rtl.css"))
    return "".join(f"<style>{sheet}</style>" for sheet in sheets)
