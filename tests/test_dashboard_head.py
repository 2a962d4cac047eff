"""The page has its styles from the first moment: they stand in the head of what the server sends."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from dashboard_visit import Visit
from playwright.sync_api import expect
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message

from dashboard.head import Head


def asked(app: ASGIApp, path: str, query: bytes = b"") -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body of an answer."""
    sent: list[Any] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query,
        "headers": [(b"accept-encoding", b"gzip"), (b"if-none-match", b"old")],
    }
    asyncio.run(Head(app)(scope, receive, send))
    return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_a_page_bears_its_styles_and_its_language() -> None:
    text = '<html lang="en"><head><title>x</title></head><body></body></html>'
    page = HTMLResponse(text, headers={"etag": "old"})
    headers, body = asked(page, "/claims")
    assert b"--cm-ink" in body.split(b"</head>")[0]
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers, "a browser would keep it after the styles have changed"
    assert b'lang="en"' in body
    assert b'lang="ar"' in asked(page, "/", b"lang=ar")[1]
    assert b'lang="en"' in asked(page, "/", b'lang="><b>')[1]


@pytest.mark.parametrize("answer", [JSONResponse({"a": "</head>"}), Response(status_code=304)])
def test_what_is_no_page_passes_as_it_is(answer: Response) -> None:
    assert asked(answer, "/names")[1] == answer.body
    assert asked(HTMLResponse("<head></head>"), "/component/x/index.html")[1] == b"<head></head>"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "width", "height"), [("", 1440, 900), ("?lang=ar", 1366, 768), ("", 390, 844)]
)
def test_nothing_jumps_while_the_page_loads(
    visit: Callable[..., Visit], address: str, width: int, height: int
) -> None:
    page = visit("small", address, width=width, height=height).page
    page.locator("article.card").first.wait_for()
    page.locator(".timeline").first.wait_for()
    moved = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) =>
            done(list.getEntries().reduce((sum, e) => sum + (e.hadRecentInput ? 0 : e.value), 0)))
            .observe({ type: "layout-shift", buffered: true }) || setTimeout(done, 500, 0))"""
    )
    assert moved < 0.1


@pytest.mark.browser
def test_the_page_turns_round_with_its_language(visit: Callable[..., Visit]) -> None:
    page = visit("small", "?lang=ar").page
    main = page.get_by_test_id("stMain")
    expect(main).to_have_css("direction", "rtl")
    page.get_by_role("button", name="English").click()
    page.wait_for_url(lambda address: "lang=" not in address)
    expect(main).to_have_css("direction", "ltr")
    page.get_by_role("button", name="العربية").click()
    expect(main).to_have_css("direction", "rtl")
