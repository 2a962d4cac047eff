"""The server: Streamlit's app with our settings, our guard and our routes, run by uvicorn in this process.

A part of the page that its script asks for bytes of its own adds a route: an endpoint that takes a Starlette
``Request`` and returns a ``Response``, in a module of that part, and a line in ``ROUTES``::

    def steps(request: Request) -> Response:             # a plain function runs in a thread of its own
        body = ...                                       # of request.query_params, which are hostile
        mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers={"etag": mark})
        return Response(body, media_type="application/octet-stream", headers={"etag": mark})

    ROUTES = (Route("/steps", steps),)

The page asks for it relative to itself, ``fetch("steps?day=2013-11-20")``; a frame of a component, which lies
two folders deeper, for ``../../steps``. Names that begin with ``/_stcore``, ``/media``, ``/component`` or
``/static`` are Streamlit's. ``os.environ[dashboard.ARCHIVE]`` names the archive, as for the page. The module
must load nothing that declares a component (``dashboard.component``, ``streamlit_folium``): Streamlit forgets
those that are declared before it runs.
"""

import logging
import os
import socket
import sys
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route
from streamlit import config

from dashboard import search
from dashboard.guard import Guard, names, split
from dashboard.head import Head
from dashboard.kept import Kept
from dashboard.space import names as place_names
from dashboard.time import route
from extraction.keeping.archive import ArchiveError

_LOG = logging.getLogger(__name__)

#: Our own routes; see above.
ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/names", place_names.names),
    Route("/search", search.search),
    route.serve(),
)

#: This machine, which nobody else reaches.
LOOPBACK: Final = "127.0.0.1"
_LOCAL: Final = ("localhost", LOOPBACK)

_HERE: Final = Path(__file__).parent

#: How long a reader's connection may take to end with the server, in seconds.
_FAREWELL: Final = 3


def listen(address: str, port: int) -> socket.socket:
    """A socket that listens at an address of this machine. Raises ``OSError`` where nothing can."""
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        if os.name == "posix":  # else a port that was let go of just now would count as taken
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((address, port))
        sock.listen()
    except BaseException:
        sock.close()
        raise
    return sock


def serve(sock: socket.socket, host: str = "") -> None:
    """Serve the app on a listening socket until Ctrl+C, also under ``host`` (``NAME`` or ``NAME:PORT``)."""
    address, port = sock.getsockname()[:2]
    hosts = (host, *_LOCAL) if host else _LOCAL
    _configure(address, port, hosts)
    known = names(hosts, port)
    name, seen = split(host or _LOCAL[0])
    shown = f"http://{name}:{seen or port}"

    @asynccontextmanager
    async def told(_: st.App) -> AsyncIterator[None]:
        sys.stdout.write(f"The map is at {shown} (Ctrl+C ends it)\n")
        sys.stdout.flush()
        if _has_screen():
            webbrowser.open(shown)
        yield

    app = st.App(
        _HERE / "app.py",
        routes=ROUTES,
        middleware=[Middleware(Guard, names=known), Middleware(Kept), Middleware(Head)],
        lifespan=told,
        on_script_error=_tell,
    )
    uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level=logging.WARNING,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # nobody's word counts on where a request came from
            ws="websockets-sansio",
            ws_max_size=config.get_option("server.maxMessageSize") * 2**20,
            timeout_graceful_shutdown=_FAREWELL,
        )
    ).run(sockets=[sock])


def _configure(address: str, port: int, hosts: Sequence[str]) -> None:
    """Give Streamlit our settings and no others: neither a file in the home folder or the one where this was
    started, secrets included, nor a variable STREAMLIT_… changes anything.
    """
    settings = dict(_flat(tomllib.loads((_HERE / ".streamlit/config.toml").read_text("utf-8"))))
    settings |= {
        "server.address": address,
        "server.port": port,
        "server.allowedHosts": [split(host)[0] for host in hosts],
        # The one that Streamlit compares with before it asks outside for this machine's own address.
        "browser.serverAddress": split(hosts[0])[0],
    }
    config.get_config_files = lambda file_name: []
    config.get_config_options(force_reparse=True, options_from_flags=settings)


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in settings.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def _has_screen() -> bool:
    """Whether a person with a screen started this, so that a browser can be opened for them."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def _tell(error: Exception) -> bool:
    """Say in words that the page failed; what happened stands in the terminal, where Streamlit logs it."""
    # Loaded with the page: had they been before the server ran, Streamlit would not know their components.
    from dashboard import session, wording

    words = wording.load(session.kept().language)
    of_archive = isinstance(error, ArchiveError | SQLAlchemyError)
    st.error(words("page.bad_archive" if of_archive else "page.failed"))
    return True
