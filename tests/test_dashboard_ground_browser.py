"""The base map as it is seen: drawn from our own files, its names free of each other and of the marks."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from dashboard_visit import Visit

pytestmark = pytest.mark.browser

#: What is asked of the frame: the names that found room, and the marks as discs (their rims included).
SEEN = """() => ({
    names: conflictmap.names(),
    marks: conflictmap.dots().map((layer) => {
        const point = window.map.latLngToContainerPoint(layer.getLatLng());
        return [point.x, point.y, layer.options.radius + 2];
    }),
})"""


def look(seen: Visit, zoom: float, lat: float, lon: float) -> dict[str, Any]:
    """The names and marks at a view; waits until the shapes and the list of places are there."""
    seen.frame.wait_for_function("conflictmap.names().length > 5")
    seen.frame.evaluate(f"void window.map.setView([{lat}, {lon}], {zoom}, {{ animate: false }})")
    return dict(seen.frame.evaluate(SEEN))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_name_lies_on_another_or_on_a_mark(visit: Callable[..., Visit], language: str) -> None:
    seen = visit("many", f"?lang={language}")
    for zoom, lat, lon, least in (
        (6, 35.0, 38.5, 5),
        (8, 36.0, 37.2, 5),
        (11, 36.2, 37.1, 5),
        (13, 36.2, 37.14, 3),
    ):
        view = look(seen, zoom, lat, lon)
        boxes = [(name["text"], box) for name in view["names"] for box in name["boxes"]]
        assert len(view["names"]) >= least, zoom
        for (one, a), (other, b) in combinations(boxes, 2):
            apart = (
                a["right"] <= b["left"]
                or b["right"] <= a["left"]
                or a["bottom"] <= b["top"]
                or b["bottom"] <= a["top"]
            )
            assert apart or one == other, (zoom, one, other)
        for text, box in boxes:
            for x, y, radius in view["marks"]:
                dx = max(box["left"] - x, 0, x - box["right"])
                dy = max(box["top"] - y, 0, y - box["bottom"])
                assert dx * dx + dy * dy >= radius * radius, (zoom, text)


def test_the_country_is_named_in_the_language_of_the_page(visit: Callable[..., Visit]) -> None:
    def names(language: str, *view: float) -> set[str]:
        return {n["text"] for n in look(visit("small", f"?lang={language}"), *view)["names"]}

    english = names("en", 7, 35.2, 38.4)
    assert {"IRAQ", "Euphrates", "M5", "Raqqa", "Hama"} <= english
    arabic = names("ar", 7, 35.2, 38.4)
    assert {"العراق", "الفرات", "M5", "الرقة", "حماة"} <= arabic
    near = names("en", 12, 36.2, 37.14)
    assert {"Salah al-Din", "Quweiq"} & near, near


def test_the_ground_is_drawn_in_order_from_our_own_files(visit: Callable[..., Visit]) -> None:
    frame = visit("small").frame
    frame.locator(".cm-road").first.wait_for(state="attached")
    order = frame.evaluate(
        "() => { const paths = [...document.querySelectorAll('.leaflet-cm-ground-pane path')];"
        " return ['.cm-sea', '.cm-land', '.cm-lake', '.cm-river', '.cm-road'].map((of) =>"
        " paths.findIndex((path) => path.matches(of))); }"
    )
    assert order == sorted(order)
    assert order[0] >= 0
    assert frame.locator(".cm-land").count() == 14


def test_without_the_layer_of_governorates_their_names_go(visit: Callable[..., Visit]) -> None:
    seen = visit("small")
    look(seen, 7, 35.2, 38.4)
    sorts = "conflictmap.names().some((name) => name.sort === 'governorate')"
    assert seen.frame.evaluate(sorts)
    seen.frame.locator(".cm-menu summary").click()
    seen.frame.locator(".cm-menu input[value=governorates]").uncheck()
    seen.frame.wait_for_function(f"!({sorts})")
