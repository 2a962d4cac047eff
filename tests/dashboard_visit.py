"""What the browser tests share: a visit to a page of the dashboard."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Frame, Page, expect

#: Milliseconds: nothing here is asserted to be quick, and the machine may be busy.
PATIENCE = 60_000
#: The frame that the map stands in.
MAP = 'iframe[title="streamlit_folium.st_folium"]'
expect.set_options(timeout=PATIENCE)


class Visit:
    """One page of the dashboard in a browser without a network, and what it tried and said."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        page.route("**/*", self._route)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._listen)
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def _listen(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:  # what the server's guard does not let a page do
            self.errors.append(message.text)

    def _route(self, route) -> None:  # type: ignore[no-untyped-def]
        if urlsplit(route.request.url).hostname in ("127.0.0.1", None):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def open(self, path: str = "") -> "Visit":
        """Go to a page, and its query, and wait until it is there; the map's frame is marked once loaded."""
        self.page.goto(f"{self.address}/{path}")
        self.page.locator(".topbar h1").wait_for()
        if not urlsplit(path).path:
            self.page.frame_locator(MAP).locator(".cm-legend").wait_for()
            self.frame.evaluate("window.neverReloaded = true")
        return self

    @property
    def frame(self) -> Frame:
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    def drawn(self) -> dict[str, dict[str, object]]:
        """What the map draws: the mark of each place, asked of the Leaflet layers themselves."""
        script = """() => [...conflictmap.layers()].map(([id, layer]) => [id, {
            dot: layer.place.radius === 0, km: layer.place.radius,
            on_map: window.map.hasLayer(layer), claims: layer.place.claims,
            denied: layer.options.mark.denied, status: layer.options.mark.status,
            colours: layer.options.mark.slices.map((slice) => slice.colour),
            selected: layer.options.mark.selected,
        }])"""
        return dict(self.frame.evaluate(script))

    def wait_drawn(self, condition: str) -> None:
        """Wait until a condition on ``at``, the map of places to their layers, holds in the frame."""
        self.frame.wait_for_function(f"(() => {{ const at = conflictmap.layers(); return {condition}; }})()")

    def click(self, place: str) -> None:
        """Click where the place is drawn, with the mouse, as a user would: once the map stands still."""
        where = (
            "id => { const layer = conflictmap.layers().get(id);"
            " const point = window.map.latLngToContainerPoint(layer.getLatLng());"
            " const box = window.map.getContainer().getBoundingClientRect();"
            " return [point.x + box.left, point.y + box.top]; }"
        )
        self.frame.wait_for_function("conflictmap.names().length > 0")
        at, before = self.frame.evaluate(where, place), None
        while at != before:
            self.page.wait_for_timeout(150)
            at, before = self.frame.evaluate(where, place), at
        box = self.page.locator(MAP).bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + at[0] - 3, box["y"] + at[1] - 3)
        self.page.mouse.click(box["x"] + at[0], box["y"] + at[1])

    def unharmed(self) -> None:
        """Nothing from outside ran, nothing outside was asked for, and no script failed."""
        assert self.outside == [], self.outside
        assert self.dialogs == [], self.dialogs
        assert self.errors == [], self.errors
        for frame in self.page.frames:
            assert frame.evaluate("window.pwned === undefined && window.top.pwned === undefined")


def settled(page: Page) -> None:
    """Wait until the page stands still: no run of it goes on."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
