"""A layer of the map declares itself in its file and nowhere else; what it lacks is said in words."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from dashboard import layers, wording
from dashboard.layers import Layer, tiles
from dashboard.selection import LANGUAGES
from extraction.records import EVENT_TYPES

ROOM = Path(wording.__file__).parent
TABLES = {name: tomllib.loads((ROOM / "words" / f"{name}.toml").read_text("utf-8")) for name in LANGUAGES}
SCRIPTS = {path.name: path.read_text("utf-8") for path in (ROOM / "assets" / "map").glob("*.js")}


def lacks(layer: Layer) -> Iterator[str]:
    """What a layer still needs, each as a sentence."""
    for language, table in TABLES.items():
        if not table["layer"].get(layer.name):
            yield f"its word: {layer.name} in [layer] of dashboard/words/{language}.toml"
        if layer.kind == "instead" and not table["map"].get(f"show_{layer.name}"):
            yield f"its button: show_{layer.name} in [map] of dashboard/words/{language}.toml"
    if not re.fullmatch("[a-z][a-z_]*", layer.name):
        yield f"a name that can stand in an address: {layer.name!r} cannot"
    if strange := sorted(layer.events - set(EVENT_TYPES)):
        yield f"event types that are declared: {strange[0]} is none"
    drawn = any(f'on.has("{layer.name}")' in s or f"tables.{layer.name}" in s for s in SCRIPTS.values())
    if layer.kind != "mark" and not drawn:
        yield f"a script of dashboard/assets/map that draws it: none asks for {layer.name}"
    if layer.kind == "instead" and not re.search(rf"^    {layer.name}: \(\) =>", SCRIPTS["legend.js"], re.M):
        yield f"what its signs mean: {layer.name} in signs of dashboard/assets/map/legend.js"
    if layer.kind == "instead" and layer.table is None:
        yield "a table: what the page is sent to draw it"


@pytest.mark.parametrize("layer", layers.declared(), ids=lambda layer: layer.name)
def test_a_layer_has_all_that_it_needs(layer: Layer) -> None:
    assert list(lacks(layer)) == []


def test_what_a_layer_lacks_is_said_in_words() -> None:
    bare = Layer("newly", order=9, kind="instead", events=frozenset({"prisoner_exchange"}))
    assert list(lacks(bare)) == [
        "its word: newly in [layer] of dashboard/words/en.toml",
        "its button: show_newly in [map] of dashboard/words/en.toml",
        "its word: newly in [layer] of dashboard/words/ar.toml",
        "its button: show_newly in [map] of dashboard/words/ar.toml",
        "event types that are declared: prisoner_exchange is none",
        "a script of dashboard/assets/map that draws it: none asks for newly",
        "what its signs mean: newly in signs of dashboard/assets/map/legend.js",
        "a table: what the page is sent to draw it",
    ]


def test_every_event_type_is_shown_by_one_layer_of_marks() -> None:
    assert {layers.mark_of(event) for event in EVENT_TYPES} == set(layers.marks())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "clashes"}, "several layers of name clashes"),
        ({"order": 1}, "several layers of order 1"),
        ({"events": frozenset({"shelling"})}, "several layers of event shelling"),
        ({"kind": "mark"}, "one layer of marks, and only one"),
    ],
)
def test_two_layers_that_cannot_stand_together_are_told(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], told: str
) -> None:
    module: ModuleType = tiles
    monkeypatch.setattr(module, "LAYER", replace(tiles.LAYER, **changed))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=told):
        layers.declared.__wrapped__()
