"""The exported page: opened from a file with every request refused, it shows, chooses and drags."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from extraction.keeping.archive import Archive
from extraction.keeping.corpus import extract_folder
from extraction.keeping.export import export
from extraction.records import ClaimPlace
from gazetteer.sources import load

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
HOSTILE = "</script><script>window.ran=1</script><img src=x onerror='window.ran=1'>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that gets nothing but files, and at whose end nothing has failed or was asked for."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    failed: list[str] = []
    page.route(
        lambda url: not url.startswith("file:"),
        lambda route: (asked.append(route.request.url), route.abort()),
    )
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda told: failed.append(told.text) if told.type == "error" else None)
    yield page
    assert len([url for url in asked if not url.startswith("data:")]) == 1
    assert failed == []
    page.close()


@pytest.fixture
def three(tmp_path: Path, made: Any) -> Path:
    """Claims of three days in Qara and Adra, one of them hostile, and one without a day."""
    archive = Archive(tmp_path / "a.sqlite")
    base = made.reading()
    adra = replace(base.mentions[0], start=1, end=4, name_ar="عدرا", name_en="Adra", place_id="adra")
    places = {
        "qara": ClaimPlace("qara", 34.155, 36.743, 36, 40),
        "adra": ClaimPlace("adra", 33.6, 36.5, 1, 4),
    }
    for number, (day, place, words) in enumerate(
        [(1, "qara", "أول"), (11, "adra", HOSTILE), (21, "qara", "ثالث"), (None, "qara", "رابع")]
    ):
        reading = made.reading(
            replace(made.document(f"d{number}"), title=HOSTILE, url="https://news.example/1")
        )
        when = date(2013, 11, day) if day else None
        claim = replace(reading.claims[0], date_start=when, date_end=when)
        claim = replace(claim, evidence=words, places=(places[place],))
        mentions = (*reading.mentions, replace(adra, doc_id=f"d{number}"))
        archive.put([replace(reading, claims=(claim,), mentions=mentions)])
    export(archive, tmp_path / "out", names=["html"])
    return tmp_path / "out" / "claims.html"


def cards(page: Page) -> list[str]:
    return page.locator("article").evaluate_all("found => found.map(one => one.dataset.claim)")


def drag(page: Page, part: str, share: float) -> None:
    """Drag a part of the timeline by a share of its width."""
    box = page.locator(part).bounding_box()
    wide = page.locator("#time svg").bounding_box()
    assert box
    assert wide
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + share * wide["width"], y, steps=5)
    page.mouse.up()


def test_the_window_is_dragged_and_the_claims_follow(page: Page, three: Path) -> None:
    page.goto(three.as_uri())
    expect(page.locator("article")).to_have_count(4)
    assert page.evaluate("window.ran") is None
    expect(page.locator("article", has_text="window.ran")).not_to_have_count(0)
    drag(page, ".handle >> nth=1", -0.5)
    expect(page.locator("article")).to_have_count(2)
    assert cards(page) == ["d0:1", "d1:1"]
    drag(page, ".window", 0.5)
    expect(page.locator("#span output").nth(1)).to_have_text("2013-11-21")
    assert cards(page) == ["d1:1", "d2:1"]
    page.locator(".handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("path.leaflet-interactive")).to_have_count(1)


def test_a_place_is_chosen_on_the_map_and_let_go(page: Page, three: Path) -> None:
    page.goto(three.as_uri())
    expect(page.locator("path.leaflet-interactive")).to_have_count(2)
    page.locator("path.leaflet-interactive").nth(1).click()
    expect(page.locator("h2")).to_have_text("1 claim · عدرا")
    assert cards(page) == ["d1:1"]
    page.get_by_role("button", name="all places").click()
    expect(page.locator("article")).to_have_count(4)


def test_the_samples_are_under_three_megabytes_and_nothing_is_wider_than_a_telephone(
    page: Page, tmp_path: Path
) -> None:
    archive = Archive(tmp_path / "a.sqlite")
    extract_folder(ROOT / "samples", archive, load(), progress=False, jobs=1)
    export(archive, tmp_path, load(), names=["html"])
    assert (tmp_path / "claims.html").stat().st_size < 3_000_000
    page.goto((tmp_path / "claims.html").as_uri())
    expect(page.locator("article")).not_to_have_count(0)
    for fact in ("GeoNames", "version", "filters: none: all claims"):
        expect(page.locator("footer")).to_contain_text(fact)
    expect(page.locator("header")).to_contain_text("no established fact")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_empty_archive_gives_a_page_that_says_so(page: Page, tmp_path: Path) -> None:
    export(Archive(tmp_path / "a.sqlite"), tmp_path, names=["html"])
    page.goto((tmp_path / "claims.html").as_uri())
    expect(page.locator("h2")).to_have_text("0 claims")
