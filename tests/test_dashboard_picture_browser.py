"""The picture of what the map shows: made in the page, opened here by libraries that are not ours."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import dashboard_world as world
import pytest
from dashboard_visit import Visit
from PIL import Image
from playwright.sync_api import expect

from dashboard import wording

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def saved(seen: Visit, kind: str, folder: Path) -> Path:
    """The picture that the menu of the bar saves, under the name that the page gives it."""
    page = seen.page
    seen.frame.wait_for_function("conflictmap.names().length > 3")
    page.locator("details.picture summary").click()
    with page.expect_download() as download:
        page.locator("details.picture button", has_text=kind.upper()).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    expect(page.locator("details.picture summary")).to_be_focused()
    return path


def sentence(seen: Visit) -> str:
    """What the page says of the view, up to its days and numbers."""
    said = seen.page.locator(".saying").inner_text().replace("\n", " ").split(":")[0]
    return re.split("[,،]", said[::-1], maxsplit=1)[1][::-1].strip()


def said(path: Path) -> list[str]:
    """The texts of a drawing, from above to below."""
    return ["".join(text.itertext()) for text in drawing(path).iter(f"{SVG}text")]


def drawing(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314  the page made it


def test_the_image_has_the_map_at_twice_its_size_in_the_colours_of_the_sides(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    seen = visit("told")
    path = saved(seen, "png", tmp_path)
    assert path.name.startswith("conflictmap-2015-05-02-")
    with Image.open(path) as image:
        image.load()
        size = seen.frame.evaluate("window.map.getSize()")
        assert image.width == 2 * size["x"]
        assert image.height > 2 * size["y"], "what it is, and what it means, stand above and below the map"
        colours = {colour[:3] for _, colour in image.convert("RGB").getcolors(10**7) or []}
    drawn = {colour for mark in seen.drawn().values() for colour in mark["colours"]}  # type: ignore[attr-defined]
    sides = {tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5)) for colour in drawn}
    assert sides <= colours
    seen.unharmed()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_drawing_says_days_filters_legend_and_that_a_claim_is_not_a_fact(
    visit: Callable[..., Visit], tmp_path: Path, language: str
) -> None:
    words = wording.load(language)
    seen = visit("told", f"?lang={language}&side=government&from=2015-05-05")
    path = saved(seen, "svg", tmp_path)
    assert path.name.startswith("conflictmap-2015-05-05-")
    root = drawing(path)
    assert root.get("direction") == words.direction
    assert root.get("lang") == language
    texts = said(path)
    whole = " ".join(texts)
    assert words("page.subtitle").split(".")[-2].strip() in whole, "a claim is not a fact"
    assert sentence(seen) in whole
    assert words("page.title") in texts[0]
    assert ("2015" if language == "en" else "٢٠١٥") in texts[1]
    named = seen.frame.evaluate("conflictmap.names().map(({ text }) => text)")
    assert set(named) <= set(texts), "the names on the map are those in the drawing"
    others = [words.code("side", side) for side in ("turkey", "kurdish") if side in words.codes("side")]
    assert not [side for side in others if side in texts], "the legend tells what is on the map alone"
    assert not root.findall(f".//{SVG}image"), "nothing is fetched"
    seen.unharmed()


def test_marks_stand_in_the_drawing_where_they_stand_on_the_map(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    seen = visit("told", "?at=36.1,37.1,10")
    texts = said(saved(seen, "svg", tmp_path))
    numbers = seen.frame.evaluate(
        """[...conflictmap.groups()].filter((group) => window.map.getBounds().contains(group.getLatLng()))
        .map((group) => group.options.mark.label).filter(Boolean)"""
    )
    assert set(numbers) <= set(texts)


def test_names_that_are_hostile_are_text_in_a_drawing(visit: Callable[..., Visit], tmp_path: Path) -> None:
    seen = visit("hostile")
    root = drawing(saved(seen, "svg", tmp_path))
    kinds = {element.tag for element in root.iter()}
    assert not kinds & {f"{SVG}script", f"{SVG}foreignObject", f"{SVG}image", f"{SVG}a"}
    assert not [name for element in root.iter() for name in element.attrib if name.lower().startswith("on")]
    assert world.HOSTILE
    seen.unharmed()
