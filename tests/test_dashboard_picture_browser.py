"""The picture of a view: taken from the bar, and opened by what others open pictures with."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import dashboard_world as world
import pytest
from dashboard_visit import MAP, Visit
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import expect

from dashboard.wording import load

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
NOT_A_FACT = "A claim is not a fact."

#: Buttons lie on the map and are no part of it; what a colour of the picture may differ by, of 255.
ON_TOP = ".cm-buttons, .cm-switch, .cm-corner { display: none !important }"
ALIKE = 3.0


def taken(seen: Visit, kind: str, folder: Path) -> Path:
    """The picture of a kind, as a reader takes it, under the name that the page gives it."""
    page = seen.page
    menu = page.locator(".topbar .tool.menu")
    if menu.is_visible():
        menu.click()
    page.locator(".topbar .picture summary").click()
    button = page.locator(".topbar .picture .save").filter(has_text=kind.upper())
    expect(button).to_be_in_viewport(ratio=1)
    with page.expect_download() as begun:
        button.click()
    path = folder / begun.value.suggested_filename
    begun.value.save_as(path)
    expect(page.locator(".topbar .picture .popover")).to_be_hidden()
    return path


def drawing(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 - ours, and without a document type


def texts(root: ElementTree.Element) -> list[str]:
    """What the drawing says, without the rims of its letters."""
    return [text.text or "" for text in root.iter(f"{SVG}text") if not text.get("aria-hidden")]


def colours(image: Image.Image) -> dict[str, int]:
    """How many pixels each colour has, as #RRGGBB."""
    found = image.convert("RGB").getcolors(image.width * image.height) or []
    return {"#{:02X}{:02X}{:02X}".format(*colour): count for count, colour in found}


def size_of_map(seen: Visit) -> tuple[int, int]:
    width, height = seen.frame.evaluate("Object.values(window.map.getSize()).slice(0, 2)")
    return width, height


def map_of(image: Image.Image, root: ElementTree.Element, size: tuple[int, int]) -> Image.Image:
    """The part of the picture that is the map; the drawing of the same view says from where on."""
    clip = root.find(f"{SVG}clipPath/{SVG}path")
    assert clip is not None
    top = float(clip.get("transform", "").removeprefix("translate(0 ").removesuffix(")"))
    width, height = size
    return image.crop((0, round(2 * top), 2 * width, round(2 * (top + height))))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_image_is_the_map_at_twice_its_pixels(
    visit: Callable[..., Visit], tmp_path: Path, theme: str
) -> None:
    seen = visit("small", "?layer=takeovers&layer=strikes&layer=governorates&layer=casualties", theme=theme)
    seen.frame.wait_for_function("conflictmap.names().length > 5")
    image = Image.open(taken(seen, "png", tmp_path)).convert("RGB")
    root = drawing(taken(seen, "svg", tmp_path))
    width, height = size_of_map(seen)
    assert image.width == 2 * width
    assert image.height > 2 * (height + 100), "map, and what is said above and below it"
    assert root.get("viewBox") == f"0 0 {width} {image.height // 2}"
    there = colours(image)
    for mark in seen.drawn().values():
        assert all(there.get(colour.upper(), 0) > 20 for colour in mark["colours"])  # type: ignore[union-attr]
    ground = image.getpixel((3, 3))
    assert isinstance(ground, tuple)
    assert (sum(ground) < 200) is (theme == "dark")

    seen.frame.add_style_tag(content=ON_TOP)
    shot = tmp_path / "shot.png"
    seen.page.frame_locator(MAP).locator("#map_div").screenshot(path=shot)
    small = map_of(image, root, (width, height)).resize((width, height), Image.Resampling.BOX)
    apart = ImageStat.Stat(ImageChops.difference(small, Image.open(shot).convert("RGB"))).mean
    assert max(apart) < ALIKE, "what stands in the picture is what stands on the screen"


def test_a_drawing_says_days_filters_signs_source_and_that_a_claim_is_no_fact(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    seen = visit("small", "?status=contested&to=2013-12-31")
    seen.frame.wait_for_function("conflictmap.names().some((name) => name.text === 'Qara')")
    path = taken(seen, "svg", tmp_path)
    assert path.name == "conflictmap-2013-11-18-2013-12-31.svg"
    root = drawing(path)
    said = texts(root)
    assert "18 November – 31 December 2013" in said
    assert any(line.startswith("Fighting, strikes and takeovers: 2 claims at 1 place") for line in said)
    assert {"Contested", "Government", "Takeover", "Some deny it", "Qara"} <= set(said)
    assert not {"Russia", "Opposition", "Several places", "Area only", "Air strike"} & set(said)
    whole = " ".join(said)
    assert NOT_A_FACT in whole
    assert "an archive of 6 claims, 5 articles" in whole
    assert "Natural Earth" in whole
    told = root.find(f"{SVG}desc")
    assert told is not None
    assert NOT_A_FACT in (told.text or "")


def test_an_arabic_picture_runs_from_right_to_left(visit: Callable[..., Visit], tmp_path: Path) -> None:
    seen = visit("small", "?lang=ar")
    root = drawing(taken(seen, "svg", tmp_path))
    assert root.get("direction") == "rtl"
    width, _ = size_of_map(seen)
    claim = next(text for text in root.iter(f"{SVG}text") if "الادعاء ليس حقيقة ثابتة" in (text.text or ""))
    assert (claim.get("direction"), claim.get("text-anchor", "start")) == ("rtl", "start")
    assert float(claim.get("x", 0)) == width - 16
    assert "الحكومة" in texts(root)
    assert not any("fact" in text for text in texts(root))
    image = Image.open(taken(seen, "png", tmp_path)).convert("RGB")
    title = image.crop((0, 0, image.width, 70))
    begins, _, ends, _ = (
        ImageChops.invert(title).point(lambda light: 255 * (light > 60)).getbbox() or (0,) * 4
    )
    assert begins > image.width / 2
    assert image.width - ends < 40


def test_names_from_outside_stay_text_in_a_drawing(visit: Callable[..., Visit], tmp_path: Path) -> None:
    seen = visit("hostile", "?word=%3Cscript%3E%26%00")
    everything = drawing(taken(seen, "svg", tmp_path))
    seen.open("?at=35.2,38.2,8.5")
    seen.frame.wait_for_function("conflictmap.names().some((name) => name.sort === 'mark')")
    root = drawing(taken(seen, "svg", tmp_path))
    shown = [name for name in (f"name {payload}" for payload in world.HOSTILE) if name in texts(root)]
    assert len(shown) > 3, texts(root)
    plain = {SVG + tag for tag in ("svg", "title", "desc", "g", "path", "text", "clipPath", "pattern")}
    for made in (root, everything):
        assert {element.tag for element in made.iter()} <= plain
        assert not any(name.startswith("on") or "href" in name for e in made.iter() for name in e.attrib)


def test_a_telephone_takes_a_picture_too(visit: Callable[..., Visit], tmp_path: Path) -> None:
    for language in ("en", "ar"):
        seen = visit("small", f"?lang={language}", width=390, height=844)
        image = Image.open(taken(seen, "png", tmp_path))
        assert image.width == 2 * 390
        assert len(colours(image)) > 100


def test_a_picture_of_days_that_are_being_dragged_tells_these(visit: Callable[..., Visit]) -> None:
    """The page is ahead of what Python has counted."""
    seen = visit("many", "?from=2014-01-01&to=2014-12-31")
    page, frame = seen.page, seen.frame
    page.locator(".timeline .news li").first.wait_for()
    box = page.locator(".timeline canvas").bounding_box()
    assert box is not None
    middle, high = box["x"] + box["width"] / 2, box["y"] + 0.35 * box["height"]
    page.mouse.move(middle, high)
    page.mouse.down()
    page.mouse.move(middle + 0.1 * box["width"], high, steps=4)
    frame.wait_for_function("conflictmap.window()[0] > 16071 + 10")
    name, written, window = frame.evaluate(
        """async () => {
            const { name, blob } = await conflictmap.picture('svg');
            return [name, await blob.text(), conflictmap.window()];
        }"""
    )
    since, until = (date(1970, 1, 1) + timedelta(day) for day in window)
    assert name == f"conflictmap-{since}-{until}.svg"
    said = texts(ElementTree.fromstring(written.encode()))  # noqa: S314
    assert load("en").days(since, until) in said
    assert "Fighting, strikes and takeovers" in said, "no number of claims is said"
    page.mouse.up()


def test_the_sheet_of_pictures_stands_by_the_map_alone(visit: Callable[..., Visit]) -> None:
    page = visit("small", "claims").page
    expect(page.locator(".topbar .language")).to_be_visible()
    expect(page.locator(".topbar .picture")).to_have_count(0)
