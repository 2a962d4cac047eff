"""How quick the map is, in Chromium, against the plain way: one folium.CircleMarker for each claim.

    python benchmarks/dashboard.py [--changes 500] [--plain 3] [--claims 100000]

Needs the development requirements and a Chromium. The archive is made up: 1,000 places, 2,000 claims; a
second one, for dragging and playing, has 2,000 places and 100,000 claims. Times are taken in the page: from
the change of a control to the frame after the new marks were drawn.
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
MANY_PLACES = 2000

#: The plain way. It takes Leaflet from our own files too: from the usual addresses it shows nothing offline.
PLAIN = """
import folium, pandas as pd, streamlit as st
from streamlit_folium import st_folium
from dashboard.frames import load
from dashboard.files import files
from pathlib import Path
from xstatic.pkg import leaflet
import os
names = ("leaflet.js", "leaflet.css")
served = files("plain", {name: (Path(leaflet.BASE_DIR) / name).read_bytes() for name in names})
served.serve()
folium.Map.default_js = [("leaflet", f"../../{served.address}leaflet.js")]
folium.Map.default_css = [("leaflet_css", f"../../{served.address}leaflet.css")]
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

#: In the frame: note which days were drawn when, after the browser has painted them.
NOTE = """() => {
    window.neverReloaded = true;
    window.drawnAt = [];
    for (const name of ["draw", "walk"]) {
        const drawing = conflictmap[name];
        conflictmap[name] = (...told) => {
            drawing(...told);
            const days = conflictmap.window().join();
            requestAnimationFrame(() => setTimeout(() => window.drawnAt.push([Date.now(), days, name])));
        };
    }
}"""

#: In the page: note when the claims beside the map were drawn anew.
CARDS = """() => {
    window.cardsAt = 0;
    const panel = document.querySelector(".st-key-panel");
    const watch = new MutationObserver(() => { window.cardsAt = Date.now(); });
    const shadows = [...panel.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
    for (const root of [panel, ...shadows]) {
        watch.observe(root, { childList: true, subtree: true, characterData: true });
    }
}"""

#: In the page: drag the window back and forth for so many frames; how long each frame took.
DRAG = """(count) => new Promise((done) => {
    const canvas = document.querySelector(".timeline") ?? [...document.querySelectorAll("*")]
        .map((e) => e.shadowRoot?.querySelector(".timeline")).find(Boolean);
    const chart = canvas.querySelector("canvas"), box = chart.getBoundingClientRect();
    const [y, middle] = [box.top + 60, box.left + box.width / 2];
    const send = (type, x) => chart.dispatchEvent(new PointerEvent(type, {
        clientX: x, clientY: y, pointerId: 1, bubbles: true, isPrimary: true }));
    chart.setPointerCapture = () => {};
    send("pointerdown", middle);
    const took = [];
    let before = 0, frame = 0;
    const next = (now) => {
        if (before) took.push(now - before);
        before = now;
        if (frame++ === count) {
            send("pointerup", middle);
            return done(took);
        }
        send("pointermove", middle + 60 * Math.sin(frame / 9));
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
})"""

#: In the frame: milliseconds for the names after each of some moves around a point.
NAMES = """async ([lat, lon, zoom]) => {
    map.setView([lat, lon], zoom, { animate: false });
    await new Promise((go) => setTimeout(go, 500));
    const took = [];
    for (let n = 0; n < 25; n++) {
        map.panBy([n % 2 ? 37 : -37, n % 3 ? 11 : -22], { animate: false });
        const start = performance.now();
        conflictmap.names();
        took.push(performance.now() - start);
        await new Promise((go) => setTimeout(go, 30));
    }
    return took;
}"""

#: In the page, from its beginning: note when something first held in the map's frame, seen frame by frame.
FIRST = """{
    const ready = (window) => READY;
    const look = () => {
        try {
            if ([...document.querySelectorAll("iframe")].some((frame) => ready(frame.contentWindow))) {
                window.firstAt = Date.now();
                return;
            }
        } catch {}
        requestAnimationFrame(look);
    };
    if (window === top) requestAnimationFrame(look);
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
    conflictmap.walk = (...told) => {
        const start = performance.now();
        walk(...told);
        window.steps.push([start, performance.now() - start, told[1]]);
    };
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=500, help="changes over which memory is watched")
    parser.add_argument("--plain", type=int, default=3, help="changes of the plain way that are timed")
    parser.add_argument("--claims", type=int, default=100_000, help="claims of the archive that is dragged")
    asked = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        archive = Path(folder) / "archive.sqlite"
        world.large(archive, places=PLACES, claims=CLAIMS).close()
        plain = Path(folder) / "plain.py"
        plain.write_text(PLAIN, encoding="utf-8")
        args = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
        with playwright.chromium.launch(executable_path=chromium, args=args) as browser:
            with world.serving(archive) as address:
                first, released = measure_ours(browser, address, asked.changes)
            if asked.plain:
                with serving(plain, archive) as address:
                    plain_first, plain_moved = measure_plain(browser, address, asked.plain)
                print(f"first map: {first / plain_first:.2f} of the plain way's")
                print(f"release to marks: 1/{plain_moved / released:.0f} of the plain way's")
            if asked.claims:
                crowd = Path(folder) / "crowd.sqlite"
                world.large(crowd, places=MANY_PLACES, claims=asked.claims).close()
                # Else a frame takes as long as the screen's, or twice that, whatever is done in it.
                free = [*args, "--disable-frame-rate-limit", "--disable-gpu-vsync"]
                with (
                    playwright.chromium.launch(executable_path=chromium, args=free) as unbound,
                    world.serving(crowd) as address,
                ):
                    measure_drag(unbound, address)


@contextmanager
def serving(app: Path, archive: Path) -> Iterator[str]:
    """A server of a script on a free port."""
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


#: Milliseconds that a new window is left alone: Chromium loads some sixty files of its own into it.
SETTLE = 2000


def opened(browser: Browser, address: str, ready: str) -> tuple[Page, float]:
    """A page in which ``ready`` holds in the map's frame, and the seconds until then."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(120_000)
    page.add_init_script(FIRST.replace("READY", ready))
    page.wait_for_timeout(SETTLE)
    start = time.time()
    page.goto(address)
    page.frame_locator('iframe[title="streamlit_folium.st_folium"]').locator(".leaflet-container").wait_for()
    page.wait_for_function("window.firstAt")
    return page, page.evaluate("window.firstAt") / 1000 - start


def measure_ours(browser: Browser, address: str, changes: int) -> tuple[float, float]:
    """Median seconds to the first map, and milliseconds from the release of a handle to the marks."""
    ready = "window.conflictmap?.layers?.().size > 900"
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
    page.locator(".timeline .news li").first.wait_for()
    page.evaluate(CARDS)
    slid, followed = [], []
    for n in range(25):  # each to days that were not in view before, which the server cannot know yet
        marks, cards = changed(page, frame, ".timeline input.low", low + 10 + 10 * n)
        slid.append(marks)
        followed.append(cards)
    report("handle released to new marks", slid, "ms")
    report("handle released to the claims beside the map", followed, "ms")
    boxes = ".filters [data-name=events] .row"
    filtered = [ticked(page, frame, f"{boxes} >> nth={n % 4}") for n in range(25)]
    report("filter changed to new marks", filtered, "ms")
    kept = frame.evaluate("[window.map.getZoom(), window.map.getCenter()]") == view
    print(
        f"view kept: {kept}; frame reloads in 50 changes: {0 if frame.evaluate('neverReloaded') else 'some'}"
    )

    naming(frame)
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
            changed(page, frame, ".timeline input.low", low + 1 + n % 2)
    page.close()
    return statistics.median(firsts), statistics.median(slid)


def naming(frame: Frame) -> None:
    """What the names on the map cost a move: placed and drawn anew. Lines cost nothing until a move leaves
    what is drawn (``assets/map/ground.js``).
    """
    frame.evaluate("window.before = [map.getCenter(), map.getZoom()]; 0")
    for where in ((35, 38, 6), (35, 38, 8), (36.2, 37.15, 11), (36.2, 37.15, 13)):
        report(f"names after a move, at zoom {where[2]}", frame.evaluate(NAMES, where), "ms")
    frame.evaluate("map.setView(...window.before, { animate: false }); 0")


def changed(page: Page, frame: Frame, selector: str, value: int) -> tuple[float, float]:
    """The first day set with a handle: milliseconds until the marks and until the cards are those of it."""
    start = page.locator(selector).evaluate(CHANGE, str(value))
    frame.wait_for_function(f"window.drawnAt.at(-1)?.[1].startsWith('{value},')", polling=20)
    drawn = frame.evaluate(
        f"start => window.drawnAt.find((one) => one[0] >= start && one[1].startsWith('{value},'))[0]", start
    )
    page.wait_for_function("start => window.cardsAt >= start", arg=start, polling=20)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return drawn - start, float(page.evaluate("window.cardsAt")) - start


def ticked(page: Page, frame: Frame, selector: str) -> float:
    """A filter on and, unmeasured, off again: the next is measured from all marks."""
    took = []
    for _ in range(2):
        before = frame.evaluate("window.drawnAt.length")
        start = page.locator(selector).evaluate("box => { const at = Date.now(); box.click(); return at; }")
        frame.wait_for_function(f"window.drawnAt.length > {before}", polling=20)
        took.append(float(frame.evaluate("window.drawnAt.at(-1)[0]")) - start)
        page.wait_for_timeout(50)
    return took[1]


def measure_drag(browser: Browser, address: str) -> None:
    """Frames while the window is dragged, and steps while it walks, with many places and claims."""
    page, seconds = opened(
        browser, f"{address}/?from=2014-06-01&to=2015-06-01", "window.conflictmap?.layers?.().size > 900"
    )
    report(f"{MANY_PLACES} places: first map", [seconds], "s")
    frame = frame_of(page)
    page.locator(".timeline .news li").first.wait_for()
    page.wait_for_timeout(3000)
    took = page.evaluate(DRAG, 120)
    report("a frame while the window is dragged", took, "ms")
    page.wait_for_timeout(3000)
    frame.evaluate(STEPS)
    page.locator(".timeline select.speed").select_option("30")
    page.locator(".timeline button.play").click()
    frame.wait_for_function("window.steps.length > 90")
    page.locator(".timeline button.play").click()
    _played(frame, 30)
    page.close()


def walking(page: Page, frame: Frame) -> None:
    frame.evaluate(STEPS)
    page.locator(".timeline select.speed").select_option("30")
    low = page.locator(".timeline input.high")
    low.evaluate(CHANGE, str(int(low.input_value()) - 1100))
    page.wait_for_timeout(1000)
    page.locator(".timeline button.play").click()
    frame.wait_for_function("window.steps.length > 60")
    page.locator(".timeline button.play").click()
    _played(frame, 30)
    page.locator(".timeline .pill").click()
    page.locator(".timeline .dates .presets button").first.click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(1500)


def _played(frame: Frame, asked: int) -> None:
    steps = frame.evaluate("window.steps")[1:-1]
    seconds = (steps[-1][0] - steps[0][0]) / 1000
    days, frames = (steps[-1][2] - steps[0][2]) / seconds, (len(steps) - 1) / seconds
    took = [took for _, took, _ in steps]
    report(
        f"playing, {days:.1f} steps a second of {asked} asked for, in {frames:.1f} frames; one", took, "ms"
    )


def measure_plain(browser: Browser, address: str, changes: int) -> tuple[float, float]:
    """Seconds to the first map, and the median milliseconds from a move of the slider to the marks."""
    layers = "Object.values(window.map?._layers ?? {})"
    count = f"{layers}.filter((layer) => layer instanceof window.L.CircleMarker).length"
    opened(browser, address, f"{count} > 900")[0].close()
    firsts = []
    for _ in range(3):
        page, seconds = opened(browser, address, f"{count} > 900")
        firsts.append(seconds)
        if len(firsts) < 3:
            page.close()
    report("plain way, first map", firsts, "s")
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
    return statistics.median(firsts), statistics.median(took)


def report(what: str, values: list[float], unit: str) -> None:
    digits = 2 if unit == "s" else 0
    worst = max(values)
    print(f"{what}: median {statistics.median(values):.{digits}f} {unit}, worst {worst:.{digits}f} {unit}")


if __name__ == "__main__":
    main()
