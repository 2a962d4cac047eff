"""The ground of the map: Leaflet served by ourselves, and the Folium map that every run builds anew.

streamlit-folium names its frame after the base map's script, so that script never changes; all that
does change goes through the marker layer. The shapes of the governorates are fetched by the page.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import folium
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

import gazetteer
from dashboard import session
from dashboard.component import ASSETS, expect, unheard
from dashboard.selection import LAYERS
from dashboard.space.markers import MarkerLayer

HEIGHT: Final = 620
_KEY: Final = "map"

_MODULES: Final = ASSETS / "map"


@cache
def _stamp(*files: Path) -> str:
    """A mark of the content of files, so that a browser does not keep old ones."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


#: Folders that the page may fetch files from, by the name they have in the address. The name of the map's
#: modules has their stamp in it: they ask for each other by relative addresses.
_SERVED: Final = {
    "leaflet": Path(leaflet.BASE_DIR),
    "assets": ASSETS,
    "geography": Path(gazetteer.__file__).parent / "data",
    f"map-{_stamp(*sorted(_MODULES.iterdir()))}": _MODULES,
}
_MAP: Final = next(name for name, path in _SERVED.items() if path == _MODULES)


def _address(folder: str, name: str) -> str:
    # Relative to the frame of streamlit-folium, /component/streamlit_folium.st_folium/index.html.
    return f"../{__name__}.{folder}/{name}?v={_stamp(_SERVED[folder] / name)}"


class _Ground(folium.Map):
    """A Folium map that takes Leaflet, and our layer's script, from this server instead of the network."""

    default_js = [  # noqa: RUF012
        ("leaflet", _address("leaflet", "leaflet.js")),
        ("shared", _address("assets", "shared.js")),
        ("layer", _address(_MAP, "load.js")),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", _address("leaflet", "leaflet.css")),
        ("layer_css", _address(_MAP, "map.css")),
    ]


def serve() -> None:
    """Let the page fetch our files and Leaflet's."""
    for folder, path in _SERVED.items():
        components.declare_component(folder, path=str(path))


def show(layer: MarkerLayer) -> None:
    """Draw the map with this layer. A click on a place opens it, the map's menu chooses its layers."""
    serve()
    ground = _Ground(
        location=(35.0, 38.9),
        zoom_start=7,
        min_zoom=5,
        max_zoom=18,
        tiles=None,
        prefer_canvas=True,
        zoom_snap=0.25,
        font_size="12px",
    )
    layer.heard = expect(_KEY, _hear)
    group = folium.FeatureGroup()
    layer.add_to(group)

    said = st_folium(
        ground,
        key=_KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
    )
    # streamlit-folium puts what was said under our key in a callback, which may have been broken off.
    if any(unheard(_KEY, said)):
        st.session_state[_KEY] = said
        st.rerun()


def _hear(message: Mapping[str, Any]) -> None:
    match message:
        case {"place": str(place)}:
            session.choose_place(place)
        case {"rectangle": list(edges)}:
            session.choose_box(edges)
        case {"layers": list(layers)}:
            session.choose(layers=tuple(layer for layer in LAYERS if layer in layers))
