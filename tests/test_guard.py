"""Who is answered by the dashboard's server, and what its pages may do."""

import asyncio
from typing import Any

import pytest

from dashboard.guard import Guard, names

Headers = dict[str, str]


async def _app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"page"})


def ask(
    headers: Headers, kind: str = "http", path: str = "/", hosts: tuple[str, ...] = ("localhost",)
) -> Any:
    """The messages with which a server on port 8501 answers."""
    sent: list[dict[str, Any]] = []

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request" if kind == "http" else "websocket.connect"}

        async def send(message: Any) -> None:
            sent.append(message)

        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": kind, "path": path, "method": "GET", "headers": raw, "query_string": b""}
        await Guard(_app, names(hosts, 8501))(scope, receive, send)

    asyncio.run(run())
    return sent


def accepted(headers: Headers, kind: str = "http", hosts: tuple[str, ...] = ("localhost",)) -> bool:
    first = ask(headers, kind, hosts=hosts)[0]
    return bool(first.get("status") == 200 or first["type"] == "websocket.accept")


OURS = {"host": "localhost:8501"}


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("origin", [{}, {"origin": "http://localhost:8501"}], ids=["none", "own"])
def test_our_own_pages_are_answered(kind: str, origin: Headers) -> None:
    assert accepted(OURS | origin, kind)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "evil.example:8501"},
        {"host": "localhost"},
        {"host": "localhost:80"},
        {"host": "localhost.:8501"},
        {"host": "localhost:8501@evil.example"},
        OURS | {"origin": "http://evil.example"},
        OURS | {"origin": "http://localhost"},
        OURS | {"origin": "http://localhost:3000"},
        OURS | {"origin": "http://127.0.0.1:8501"},
        OURS | {"origin": "http://localhost:8501.evil.example"},
        OURS | {"origin": "null"},
    ],
    ids=str,
)
def test_a_foreign_name_port_or_page_is_refused(kind: str, headers: Headers) -> None:
    first = ask(headers, kind)[0]
    assert first.get("status") == 403 or first["type"] == "websocket.close"


def test_a_refused_request_reaches_nothing_else_and_is_told_the_right_name() -> None:
    _, body = ask({"host": "evil.example"})
    assert b"localhost:8501" in body["body"]
    assert body["body"] != b"page"


def test_behind_a_proxy_the_name_goes_without_or_with_its_own_port() -> None:
    assert accepted({"host": "map.example", "origin": "https://map.example"}, hosts=("map.example:443",))
    assert accepted({"host": "map.example:8443"}, hosts=("map.example:8443",))
    assert not accepted({"host": "map.example:8501"}, hosts=("map.example:443",))
    assert accepted({"host": "[::1]:8501"}, hosts=("[::1]",))


def policy(headers: Headers, path: str = "/") -> dict[str, str]:
    sent = dict(ask(headers, path=path)[0]["headers"])
    assert sent[b"x-content-type-options"] == b"nosniff"
    assert sent[b"referrer-policy"] == b"same-origin"
    rules = sent[b"content-security-policy"].decode().split("; ")
    return dict(rule.split(" ", 1) for rule in rules)


@pytest.mark.parametrize("headers", [OURS, {"host": "evil.example"}], ids=["answer", "refusal"])
def test_every_answer_says_what_its_page_may_do(headers: Headers) -> None:
    rules = policy(headers)
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["connect-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert rules["img-src"] == "'self' data: blob:"
    assert "'unsafe-inline'" not in rules["script-src"]


def test_only_the_frame_of_the_map_may_show_online_tiles() -> None:
    frame = policy(OURS, "/component/streamlit_folium.st_folium/index.html")
    assert frame["img-src"].endswith("https://tile.openstreetmap.org")
    assert frame["connect-src"] == "'self'"
