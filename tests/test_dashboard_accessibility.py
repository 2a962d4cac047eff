"""For every eye and every hand: axe-core finds nothing serious, and a keyboard reaches everything."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from dashboard_visit import MAP, Visit, settled
from playwright.sync_api import Frame, JSHandle, Page, expect

from dashboard import pages

pytestmark = pytest.mark.browser

ADDRESSES = tuple("" if name == pages.MAP else name for name in pages.names())


def serious(frame: Page | Frame) -> list[str]:
    """What axe-core finds serious or critical in a document, its shadow trees included."""
    frame.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = frame.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{violation['id']}: {node['html'][:150]} {node['failureSummary'][:300]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def ready(page: Page, address: str) -> None:
    settled(page)
    page.locator("section.filters").wait_for(state="attached")
    if address not in ("", "contradictions", "methods", "help", "profile"):
        page.locator(".grid tbody, .article").first.wait_for()


@pytest.mark.parametrize("address", ADDRESSES, ids=pages.names())
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ar", "dark")])
def test_axe_finds_nothing_serious(
    visit: Callable[..., Visit],
    address: str,
    language: str,
    theme: str,
) -> None:
    page = visit("told", f"{address}?claim=t-46&lang={language}", theme=theme).page
    ready(page, address)
    assert serious(page) == []
    for frame in page.frames:
        if "streamlit_folium" in frame.url:
            assert serious(frame) == []


@pytest.mark.parametrize("address", ["", "claims", "casualties"])
def test_axe_finds_nothing_serious_on_a_telephone(visit: Callable[..., Visit], address: str) -> None:
    page = visit("told", f"{address}?claim=t-46&lang=ar", width=390, height=844).page
    ready(page, address)
    assert serious(page) == []


def play(page: Page) -> None:
    page.locator(".timeline button.play").click()
    page.locator(".timeline button.play[aria-label=Pause]").wait_for()


def open_menus(page: Page) -> None:
    folded = page.locator(".filters .toggle[aria-expanded=false]")
    while folded.count():
        folded.first.click()
    frame = page.frame_locator(MAP)
    closed = frame.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()


@pytest.mark.parametrize("about", ["place:p-nasib", "side:government", "voice:sana", "outlet:Alpha"])
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ar", "dark")])
def test_axe_finds_nothing_serious_in_everything_about_one_thing(
    visit: Callable[..., Visit], about: str, language: str, theme: str
) -> None:
    page = visit("told", f"profile?about={about}&lang={language}", theme=theme).page
    settled(page)
    page.locator(".profile .claims").wait_for()
    assert serious(page) == []


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "a place open": ("?place=p-nasib", lambda page: page.locator(".panel .strip").wait_for()),
    "every menu open": ("", open_menus),
    "nothing in view": ("?words=zzz", lambda page: page.locator(".timeline .empty button").first.wait_for()),
    "walking": ("", play),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_whatever_the_map_shows(
    visit: Callable[..., Visit],
    state: str,
    theme: str,
) -> None:
    address, enter = STATES[state]
    page = visit("told", address, theme=theme).page
    ready(page, "")
    enter(page)
    for document in (page, *(frame for frame in page.frames if "streamlit_folium" in frame.url)):
        assert serious(document) == []


# Every control of our own that can be seen, those in shadow trees included; of a list whose items the arrow
# keys walk (a roving tabindex) the one that Tab comes to.
_CONTROLS = """() => {
    const found = [];
    const look = (root) => {
        for (const e of root.querySelectorAll('*')) {
            if (e.shadowRoot) look(e.shadowRoot);
            if (!e.matches('button, input, select, summary, a[href], [tabindex="0"]')) continue;
            if (e.tabIndex < 0) continue;
            const ours = e.closest('.filters, .timeline, .topbar, .panel, .grid, .leaflet-container');
            if (ours && !e.disabled && e.checkVisibility({ visibilityProperty: true })) found.push(e);
        }
    };
    look(document);
    return found;
}"""


# Notes which element of a document has the focus, and counts the controls that never had it.
_LEFT = """all => {
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    window.focused = (window.focused ?? new Set()).add(e);
    return all.filter((control) => !window.focused.has(control)).length;
}"""


@pytest.mark.parametrize("state", ["a place open", "every menu open", "nothing in view"])
def test_a_keyboard_reaches_every_control_of_the_map(visit: Callable[..., Visit], state: str) -> None:
    address, enter = STATES[state]
    page = visit("told", address).page
    ready(page, "")
    enter(page)
    settled(page)
    documents = [page, *(frame for frame in page.frames if "streamlit_folium" in frame.url)]
    wanted = [document.evaluate_handle(_CONTROLS) for document in documents]
    assert sum(found.evaluate("all => all.length") for found in wanted) > 30
    page.evaluate("document.activeElement?.blur()")
    for _ in range(300):
        page.keyboard.press("Tab")
        if sum([found.evaluate(_LEFT) for found in wanted]) == 0:
            return
    assert missed(wanted) == []


def missed(wanted: list[JSHandle]) -> list[str]:
    """The controls that had no focus yet."""
    return [
        html
        for found in wanted
        for html in found.evaluate(
            "all => all.filter((e) => !window.focused?.has(e)).map((e) => e.outerHTML.slice(0, 120))"
        )
    ]


def test_every_control_is_within_fifteen_tabs_of_the_top(visit: Callable[..., Visit]) -> None:
    """With the links that skip to the parts of the page: one stop, which the arrow keys walk."""
    page = visit("told").page
    ready(page, "")
    settled(page)
    documents = [page, *(frame for frame in page.frames if "streamlit_folium" in frame.url)]
    wanted = [document.evaluate_handle(_CONTROLS) for document in documents]
    skips = page.locator(".skips a")
    count = skips.count()
    for n in range(count + 1):
        page.evaluate("document.querySelector('[data-testid=stMain]').focus()")
        for tabs in range(1, 16):  # the page itself is the first
            if tabs > 1:
                page.keyboard.press("Tab")
            for found in wanted:
                found.evaluate(_LEFT)
            if tabs == 2 and n < count:
                page.keyboard.press("Home")
                for _ in range(n):
                    page.keyboard.press("ArrowDown")
                expect(skips.nth(n)).to_be_focused()
                page.keyboard.press("Enter")
                for found in wanted:
                    found.evaluate(_LEFT)
    assert missed(wanted) == []


@pytest.mark.parametrize(
    ("language", "on", "back"), [("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")]
)
def test_the_tools_of_the_bar_are_one_stop_that_the_arrow_keys_walk(
    visit: Callable[..., Visit], language: str, on: str, back: str
) -> None:
    page = visit("told", f"?lang={language}").page
    ready(page, "")
    settled(page)
    tools = page.locator(".topbar [role=toolbar] .tool")
    assert [tools.nth(n).get_attribute("tabindex") for n in range(tools.count())].count("0") == 1
    tools.first.focus()
    page.keyboard.press(on)
    expect(tools.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("details.picture[open] button").first).to_be_visible()
    page.keyboard.press(back)
    page.keyboard.press("End")
    expect(tools.last).to_be_focused()


def test_the_arrow_keys_walk_the_list_of_claims(visit: Callable[..., Visit]) -> None:
    page = visit("told", "?place=p-nasib").page
    ready(page, "")
    heads = page.locator("article.card button.head")
    heads.first.focus()
    page.keyboard.press("ArrowDown")
    expect(heads.nth(1)).to_be_focused()


#: Whether the focused element, looked for through shadow trees, fits a selector.
_FOCUSED = """stop => {
    let e = document.activeElement;
    while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
    return e !== null && e.matches(stop);
}"""


def walk(page: Page, stop: str, key: str = "Tab", most: int = 150) -> None:
    """Press a key until the focused element fits a selector."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(_FOCUSED, stop):
            return
    raise AssertionError(f"{key} never came to {stop}")


def walk_tools(page: Page, stop: str) -> None:
    """Come to a tool of the bar: by Tab to the tools, by the arrow keys to the one."""
    walk(page, "[role=toolbar] .tool")
    if not page.evaluate(_FOCUSED, stop):
        walk(page, stop, "ArrowRight", 10)


def test_a_keyboard_opens_every_page(visit: Callable[..., Visit]) -> None:
    page = visit("told").page
    for name, kind in ((page.name, page.bar) for page in pages.beside() if page.bar):
        (walk if kind == "word" else walk_tools)(page, f".topbar a[data-page={name}]")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{name}*")
        settled(page)


def test_a_keyboard_opens_the_place_of_a_mark(visit: Callable[..., Visit]) -> None:
    """The list says all that the map says: each card opens the place of its claim, and its article."""
    page = visit("told").page
    ready(page, "")
    walk(page, ".card .head")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**claim=**")
    expect(page.locator(".panel .close")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles?*")
    expect(page.locator(".article .text")).to_be_visible()
    settled(page)


def test_a_keyboard_scrolls_through_an_article(visit: Callable[..., Visit]) -> None:
    page = visit("lengthy", "articles?claim=c-far").page
    expect(page.locator(".article .text .said").first).to_be_in_viewport()
    settled(page)
    walk(page, ".text")
    text = page.locator(".article .text").element_handle()
    before = text.evaluate("e => e.scrollTop")
    page.keyboard.press("PageUp")
    page.wait_for_function("([e, before]) => e.scrollTop < before - 100", arg=[text, before])


def test_a_keyboard_opens_a_statement_and_the_theme(visit: Callable[..., Visit]) -> None:
    page = visit("told", "contradictions").page
    page.locator(".statement").first.wait_for()
    walk(page, ".statement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles?*")
    walk_tools(page, ".display summary")
    page.keyboard.press("Enter")
    walk(page, ".theme button")


def test_marks_tell_without_colour_what_they_tell_with_it(visit: Callable[..., Visit]) -> None:
    """Each role of words has a sign of its own, in the text and in the legend."""
    page = visit("told", "articles?claim=t-46").page
    page.locator(".article .legend").wait_for()
    signs = page.locator(".article .legend .role .role-sign").evaluate_all(
        "all => all.map((e) => e.dataset.sign)"
    )
    assert len(signs) >= 5
    assert len(set(signs)) == len(signs)
    assert all(signs)
    inside = page.locator(".article .text mark.role .role-sign").evaluate_all(
        "all => all.map((e) => e.dataset.sign)"
    )
    assert set(inside) <= set(signs)
