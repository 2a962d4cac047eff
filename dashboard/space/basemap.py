"""The ground of the map: Leaflet served by ourselves, and the Folium map that every run builds anew.

streamlit-folium names its frame after the base map's script, so that script never changes; all that
does change goes through the marker layer. The shapes of the governorates are fetched by the page.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import folium
import streamlit as st
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

import gazetteer
from dashboard import layers, session
from dashboard.component import ASSETS, expect, unheard
from dashboard.files import bundle, files
from dashboard.selection import ZOOMS
from dashboard.space.markers import MarkerLayer

HEIGHT: Final = 620
_KEY: Final = "map"

_leaflet: Final = Path(leaflet.BASE_DIR)
_geography: Final = Path(gazetteer.__file__).parent / "data"

_FILES: Final = files(
    "map",
    {
        # One script: the frame of streamlit-folium waits for each before it asks for the next.
        "map.js": "\n".join(
            [
                (_leaflet / "leaflet.js").read_text("utf-8"),
                (ASSETS / "shared.js").read_text("utf-8"),
                bundle(ASSETS / "map") + ";",
            ]
        ).encode(),
        "leaflet.css": (_leaflet / "leaflet.css").read_bytes(),
        "map.css": (ASSETS / "map/map.css").read_bytes(),
        **{name: (_geography / name).read_bytes() for name in ("governorates.geojson", "ground.geojson")},
    },
)

#: The frame of streamlit-folium stands at /component/streamlit_folium.st_folium/index.html.
_FROM_FRAME: Final = "../../" + _FILES.address


class _Ground(folium.Map):
    """A Folium map that takes Leaflet, and our layer's script, from this server instead of the network."""

    default_js = [("map", _FROM_FRAME + "map.js")]  # noqa: RUF012
    default_css = [  # noqa: RUF012
        ("leaflet_css", _FROM_FRAME + "leaflet.css"),
        ("map_css", _FROM_FRAME + "map.css"),
    ]


def show(layer: MarkerLayer) -> None:
    """Draw the map with this layer. A click on a place opens it, the map's menu chooses its layers."""
    _FILES.serve()
    ground = _Ground(
        location=(35.0, 38.9),
        zoom_start=7,
        min_zoom=ZOOMS[0],
        max_zoom=ZOOMS[1],
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
        case {"layers": list(on)}:
            session.choose(layers=tuple(layer for layer in layers.names() if layer in on))
