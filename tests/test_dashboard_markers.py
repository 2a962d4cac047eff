"""No text from outside reaches Folium as it is: not on the server, not in the page's script."""

import json
import re
from pathlib import Path

import dashboard_world as world
import folium
import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import frames as room
from dashboard.selection import Selection
from dashboard.space.basemap import _Ground
from dashboard.space.markers import MarkerLayer, layer, literal
from dashboard.wording import load

texts = st.text() | st.sampled_from(world.HOSTILE)


def decoded(expression: str) -> object:
    """What a browser makes of the expression: a script's \\u escapes are those of JSON."""
    found = re.fullmatch(r"JSON\.parse\((.*)\)", expression, re.DOTALL)
    assert found
    return json.loads(json.loads(found[1]))


@given(
    st.recursive(
        texts | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(texts, inner)
    )
)
def test_the_payload_is_inert_and_comes_back_whole(data: object) -> None:
    expression = literal(data)
    assert not set("{}<>&'`$%#_\u2028\u2029\n") & set(expression)
    assert decoded(expression) == data
    assert jinja2.Template(expression).render() == expression


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> room.Frames:
    archive = world.hostile(tmp_path_factory.mktemp("hostile") / "a.sqlite")
    return room.build(archive.frames(), archive.version, archive.text, {})


def test_an_archive_of_hostile_names_renders_through_folium_untouched(hostile: room.Frames) -> None:
    from streamlit_folium import _get_feature_group_string

    made = layer(hostile, room.view(hostile, Selection()), Selection(), [], load("en"))
    ground, group = _Ground(tiles=None), folium.FeatureGroup()
    made.add_to(group)
    ground.render()
    script = _get_feature_group_string(group, ground)
    expression = re.search(r"JSON\.parse\(.*\)(?=, 0\);)", script)
    assert expression
    data = decoded(expression[0])
    assert isinstance(data, dict)
    name = data["places"]["columns"].index("name")
    names = [row[name] for row in data["places"]["rows"]]
    assert set(names) == {f"name {payload}" for payload in world.HOSTILE}
    assert "49" not in "".join(names)


def test_each_update_lets_go_of_the_one_before() -> None:
    made = MarkerLayer({"places": []})
    script = made._template.module.script(made)
    assert script.startswith("window.feature_group = [];")


def test_the_base_map_asks_nothing_of_the_network_and_never_changes() -> None:
    from streamlit_folium import _get_map_string, generate_js_hash

    addresses = [address for _, address in (*_Ground.default_js, *_Ground.default_css)]
    assert all(address.startswith("../../component/dashboard.files.map-") for address in addresses)
    scripts = []
    for _ in range(2):
        ground = _Ground(tiles=None)
        ground.render()
        scripts.append(generate_js_hash(_get_map_string(ground), "map"))
    assert scripts[0] == scripts[1]


def test_no_code_of_others_lies_in_the_assets() -> None:
    assets = Path(room.__file__).parent / "assets"
    files = [path for path in assets.rglob("*") if path.is_file()]
    assert all(path.stat().st_size < 50_000 for path in files)
    assert not any("leaflet" in path.name for path in files)
