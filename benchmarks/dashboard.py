"""How quick the map is, in Chromium, against the plain way: one folium.CircleMarker for each claim.

    python benchmarks/dashboard.py [--changes 500] [--plain 3]

Needs the development requirements and a Chromium. The archive is made up: 1,000 places, 2,000 claims. Times
are taken in the page: from the change of a control to the frame after the new marks were drawn.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
# In place of this file's folder, where "dashboard" would be this file.
sys.path[:1] = [str(ROOT), str(ROOT / "tests")]

import dashboard_world as world  # noqa: E402

PLACES, CLAIMS = 1000, 2000

#: The plain way. It takes Leaflet from our own files too: from the usual addresses it shows nothing offline.
PLAIN = """
import folium, pandas as pd, streamlit as st
from streamlit_folium import st_folium
from dashboard.frames import load
from dashboard.space import basemap
import os
basemap.serve()
folium.Map.default_js = [("leaflet", basemap._address("leaflet", "leaflet.js"))]
folium.Map.default_css = [("leaflet_css", basemap._address("leaflet", "leaflet.css"))]
st.set_page_config(layout="wide")
frames = load(os.environ["CONFLICTMAP_ARCHIVE"])
days = frames.choices.first, frames.choices.last
first, last = st.slider("days", *days, days)
claims = frames.claims
shown = claims[(claims["first"] <= pd.Timestamp(last)) & (claims["last"] >= pd.Timestamp(first))]
ground = folium.Map(location=(35.0, 38.9), zoom_start=7, tiles=None, prefer_canvas=True)
for claim in shown.itertuples():
    for place in frames.places_of[claim.claim_id]:
        at = frames.places.loc[place]
        folium.CircleMarker((at["lat"], at["lon"]), radius=5, tooltip=at["name_en"]).add_to(ground)
st_folium(ground, key="map", height=620, use_container_width=True, returned_objects=[])
"""

#: In the page: change a control, and note when.
CHANGE = """(control, value) => {
    const at = Date.now();
    control.value = value;
    control.dispatchEvent(new Event("input"));
    control.dispatchEvent(new Event("change"));
    return at;
}"""

#: In the frame: note when marks were drawn, after the browser has painted them.
NOTE = """() => {
    window.neverReloaded = true;
    window.drawnAt = [];
    const { draw } = conflictmap;
    conflictmap.draw = (...told) => {
        draw(...told);
        requestAnimationFrame(() => setTimeout(() => window.drawnAt.push(Date.now())));
    };
}"""

#: How many nodes a document has, those of its shadow trees included.
NODES = """() => {
    const count = (node) => 1 + (node.shadowRoot ? count(node.shadowRoot) : 0)
        + [...node.childNodes].reduce((sum, child) => sum + count(child), 0);
    return count(document);
}"""

#: In the frame: note when each step of playing began and how long it took.
STEPS = """() => {
    window.steps = [];
    const { walk } = conflictmap;
    conflictmap.walk = (since, until) => {
        const start = performance.now();
        walk(since, until);
        window.steps.push([start, performance.now() - start]);
    };
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=500, help="changes over which memory is watched")
    parser.add_argument("--plain", type=int, default=3, help="changes of the plain way that are timed")
    asked = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        archive = Path(folder) / "archive.sqlite"
        world.large(archive, places=PLACES, claims=CLAIMS).close()
        plain = Path(folder) / "plain.py"
        plain.write_text(PLAIN, encoding="utf-8")
        args = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
        with playwright.chromium.launch(executable_path=chromium, args=args) as browser:
            with serving(ROOT / "dashboard" / "app.py", archive) as address:
                measure_ours(browser, address, asked.changes)
            if asked.plain:
                with serving(plain, archive) as address:
                    measure_plain(browser, address, asked.plain)


@contextmanager
def serving(app: Path, archive: Path) -> Iterator[str]:
    """A server of one app on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}"]
    server = subprocess.Popen(
        [*command, "--server.headless=true", "--server.fileWatcherType=none"],
        env=os.environ | {"CONFLICTMAP_ARCHIVE": str(archive), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310
                    break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def frame_of(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def opened(browser: Browser, address: str, ready: str) -> tuple[Page, float]:
    """A page in which ``ready`` holds in the map's frame, and the seconds until then."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(120_000)
    start = time.perf_counter()
    page.goto(address)
    page.frame_locator('iframe[title="streamlit_folium.st_folium"]').locator(".leaflet-container").wait_for()
    frame_of(page).wait_for_function(ready)
    return page, time.perf_counter() - start


def measure_ours(browser: Browser, address: str, changes: int) -> None:
    ready = "window.conflictmap?.layers().size > 900"
    opened(browser, address, ready)[0].close()  # warms the server
    firsts = []
    for _ in range(5):
        page, seconds = opened(browser, address, ready)
        firsts.append(seconds)
        if len(firsts) < 5:
            page.close()
    report("first map on a warm server", firsts, "s")
    frame = frame_of(page)
    page.wait_for_timeout(2000)
    frame.evaluate(NOTE)
    frame.evaluate("() => { window.map.setView([34.9, 38.1], 7.5, { animate: false }); }")
    view = frame.evaluate("[window.map.getZoom(), window.map.getCenter()]")
    low = int(page.locator(".timeline input.low").input_value())
    slid = [changed(page, frame, ".timeline input.low", str(low + 1 + n % 2)) for n in range(25)]
    report("slider released to new marks", slid, "ms")
    boxes = ".filters [data-name=events] .row"
    filtered = [ticked(page, frame, f"{boxes} >> nth={n % 4}") for n in range(25)]
    report("filter changed to new marks", filtered, "ms")
    kept = frame.evaluate("[window.map.getZoom(), window.map.getCenter()]") == view
    print(
        f"view kept: {kept}; frame reloads in 50 changes: {0 if frame.evaluate('neverReloaded') else 'some'}"
    )

    walking(page, frame)
    heap = page.context.new_cdp_session(page)
    heap.send("HeapProfiler.enable")
    for n in range(changes + 1):
        if n in (0, changes // 10, changes):
            heap.send("HeapProfiler.collectGarbage")
            used = heap.send("Runtime.getHeapUsage")["usedSize"] / 1e6
            layers = frame.evaluate("Object.keys(window.map._layers).length")
            nodes = sum(at.evaluate(NODES) for at in (page, frame))
            print(f"after {n} changes: heap {used:.1f} MB, {layers} Leaflet layers, {nodes} DOM nodes")
        if n < changes:
            changed(page, frame, ".timeline input.low", str(low + 1 + n % 2))
    page.close()


def changed(page: Page, frame: Frame, selector: str, value: str) -> float:
    before = frame.evaluate("window.drawnAt.length")
    start = page.locator(selector).evaluate(CHANGE, value)
    return _drawn(frame, before) - start


def ticked(page: Page, frame: Frame, selector: str) -> float:
    """A filter on and, unmeasured, off again: the next is measured from all marks."""
    took = []
    for _ in range(2):
        before = frame.evaluate("window.drawnAt.length")
        start = page.locator(selector).evaluate("box => { const at = Date.now(); box.click(); return at; }")
        took.append(_drawn(frame, before) - start)
        page.wait_for_timeout(50)
    return took[1]


def _drawn(frame: Frame, before: int) -> float:
    frame.wait_for_function(f"window.drawnAt.length > {before}", polling=20)
    return float(frame.evaluate("window.drawnAt.at(-1)"))


def walking(page: Page, frame: Frame) -> None:
    frame.evaluate(STEPS)
    page.get_by_label("Steps a second").select_option("10")
    page.get_by_role("button", name="365 days").click()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Play: let the days walk").click()
    frame.wait_for_function("window.steps.length > 30")
    page.get_by_role("button", name="Pause").click()
    steps = frame.evaluate("window.steps")
    rate = (len(steps) - 1) / (steps[-1][0] - steps[0][0]) * 1000
    report(
        f"playing, {rate:.1f} steps a second of 10 asked for; a step takes", [took for _, took in steps], "ms"
    )
    page.get_by_role("button", name="All", exact=True).click()
    page.wait_for_timeout(1500)


def measure_plain(browser: Browser, address: str, changes: int) -> None:
    count = (
        "Object.values(window.map?._layers ?? {}).filter((layer) => layer instanceof L.CircleMarker).length"
    )
    opened(browser, address, f"{count} > 900")[0].close()
    page, seconds = opened(browser, address, f"{count} > 900")
    print(f"plain way, first map: {seconds:.1f} s")
    thumb = page.locator(
        "[data-testid=stSlider] [role=slider], [data-testid=stSlider] input[type=range]"
    ).first
    took, reloads = [], 0
    for _ in range(changes):
        frame_of(page).evaluate("window.before = true")
        box = thumb.bounding_box()
        if box is None:
            raise RuntimeError("the plain way's slider is not to be seen")
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 12, y, steps=3)
        page.mouse.up()
        start = time.perf_counter()
        while True:
            page.wait_for_timeout(50)
            frame = next((frame for frame in page.frames if "streamlit_folium" in frame.url), None)
            try:
                if frame and not frame.evaluate("window.before") and frame.evaluate(count) > 900:
                    reloads += 1
                    break
            except Exception as error:  # noqa: BLE001  (the frame is being replaced)
                del error
            if time.perf_counter() - start > 120:
                break
        took.append((time.perf_counter() - start) * 1000)
    report("plain way, slider moved to new marks", took, "ms")
    print(f"plain way, frame reloads in {changes} changes: {reloads}")
    page.close()


def report(what: str, values: list[float], unit: str) -> None:
    digits = 2 if unit == "s" else 0
    worst = max(values)
    print(f"{what}: median {statistics.median(values):.{digits}f} {unit}, worst {worst:.{digits}f} {unit}")


if __name__ == "__main__":
    main()
