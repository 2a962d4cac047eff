"""Who is answered, and what an answered page may do: the outermost layer of the server.

A page of the web that a reader has open beside the map may send requests to this machine too, and may point
a name of its own at it (DNS rebinding). So a request counts only under a name of ours, port included, and
only from a page of ours. Streamlit checks this for its websocket alone, without the port, and asks an outside
service for the machine's own address first; here a foreign request ends before Streamlit sees it.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

#: Where streamlit-folium's frame stands, which the map is drawn in.
_FRAME: Final = "/component/streamlit_folium."

#: Where the map's background comes from if the reader switches it on (assets/map/ground.js).
_TILES: Final = "https://tile.openstreetmap.org"

#: The ports that a browser leaves out of an address.
_UNWRITTEN: Final = ("80", "443")


def split(host: str) -> tuple[str, str]:
    """The name and the port of ``NAME`` or ``NAME:PORT``; of the first, the port is empty."""
    name, colon, port = host.rpartition(":")
    return (name, port) if colon and port.isdecimal() else (host, "")


def names(hosts: Iterable[str], port: int) -> frozenset[str]:
    """The values of the header Host that mean this server, for each ``NAME`` by which it is called, or
    ``NAME:PORT`` behind a proxy.
    """
    found = set()
    for host in hosts:
        name, own = split(host.lower())
        seen = own or str(port)
        found.add(f"{name}:{seen}")
        if seen in _UNWRITTEN:
            found.add(name)
    return frozenset(found)


class Guard:
    """ASGI middleware that refuses foreign requests (403) and says with each answer what its page may do."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app, self._names = app, names
        # The inline script of the page is named by its content: one that came in with a text does not run.
        self._page = _policy(_scripts(Path(streamlit.__file__).parent / "static/index.html"))
        # The frame writes the script of the base map, which Folium made, into itself.
        self._frame = _policy(["'unsafe-inline'"], _TILES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        policy = self._frame if scope["path"].startswith(_FRAME) else self._page

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = policy
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["cross-origin-resource-policy"] = "same-origin"
            await send(message)

        if not self._foreign(Headers(scope=scope)):
            await self._app(scope, receive, send_marked)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008)(scope, receive, send)
        else:
            known = ", ".join(sorted(self._names))
            refusal = PlainTextResponse(f"Only {known} is answered here, and only to its own pages.\n", 403)
            await refusal(scope, receive, send_marked)

    def _foreign(self, headers: Headers) -> bool:
        host, origin = headers.getlist("host"), headers.getlist("origin")
        if len(host) != 1 or host[0].lower() not in self._names:
            return True
        # No origin: typed in, followed from a link, or no browser at all.
        return bool(origin) and origin not in ([f"http://{host[0]}"], [f"https://{host[0]}"])


def _policy(scripts: Iterable[str], *images: str) -> str:
    """What a page may load and run (Content-Security-Policy), where everything comes from this server.

    Beside our files, ``scripts`` may run; and 'unsafe-eval': streamlit-folium draws the map's layers by
    running the text of a script, and Vega (the charts) makes functions of expressions; and blob: Streamlit
    loads the scripts of our components (st.components.v2) so.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "'unsafe-eval'", "blob:", *scripts]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(["'self'", "data:", "blob:", *images]),
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _scripts(page: Path) -> list[str]:
    """The inline scripts of a page, each as the source that allows it."""
    written = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in written)
    return [f"'sha256-{digest}'" for digest in digests]
