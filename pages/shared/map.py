"""The map's component: what it draws, its legend, and where a click leads."""

from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import Any

import streamlit as st
import streamlit.components.v1 as components
import streamlit_folium

from answers.surfaces.map import Map
from charts import map as chart
from loaders import Package
from pages.shared import address, assets
from pages.shared.drawn import legend
from pages.shared.escape import plain
from pages.shared.show import folded, links
from pages.shared.tables import table
from pages.shared.widgets import choice, periods

HEADER = """<style>
html, body { width: 100%; height: 100%; margin: 0; padding: 0; }
#map_div { position: relative; width: 100%; height: 100%; }
.leaflet-container { font-size: 1rem; }
</style>"""
COMPONENT = components.declare_component(
    "map", path=str(Path(streamlit_folium.__file__).parent / "frontend" / "build")
)
"""The browser's side of streamlit-folium. Its Python side has folium write the whole map anew at
every run, which is a quarter of what a filter change costs on the server."""


def controls(answer: Map) -> None:
    """Choose what fills the regions, and what is counted."""
    t, asked = answer.t, answer.asked
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        choice(asked, "fill")
        if answer.fill == "change" and answer.periods:
            periods(asked, (t("From"), t("To")), answer.periods)
        choice(asked, "unit")


def draw(answer: Map) -> None:
    """Draw the map; a click filters everything."""
    fixed = _fixed(answer.asked.package)
    key = f"map-of-{fixed['js_links'][-1]}"  # of a release with other outlines the map is another
    with st.container(key="map"):
        COMPONENT(
            **fixed,
            key=key,
            feature_group=chart.layers(answer.areas, answer.circles, answer.most, answer.words),
            on_change=partial(_clicked, key),
        )
    legend(answer.keys)
    if answer.links:
        with st.container(key="off-map", horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(plain(answer.t("Not on this map:")), width="content")
            links(answer.links)


def _fixed(package: Package) -> dict[str, Any]:
    """Give what never changes of the map, as the component takes it; folium writes it once."""
    leaflet, outlines = assets.leaflet(), assets.outlines(package)

    def write() -> str:
        drawn = chart.base_map(package.bounds)
        return dedent(streamlit_folium.generate_leaflet_string(drawn)) + "\nvar drawnItems = [];"

    return {
        "script": package.once("map", write),
        "header": HEADER,
        "html": "",
        "id": "map_div",
        "js_links": [f"{leaflet}/leaflet.js", outlines],
        "css_links": [f"{leaflet}/leaflet.css"],
        **dict.fromkeys(("width", "zoom", "center", "layer_control")),
        "height": chart.HEIGHT,
        "returned_objects": ["last_active_drawing"],
        "default": {"last_active_drawing": None},
    }


def tables(answer: Map) -> None:
    """Show the numbers of the map: regions, then settlements."""
    t = answer.t
    table(answer.told_regions)
    st.caption(plain(answer.thin_note))
    label = t("Settlements ({n})", n=len(answer.places))
    if len(answer.places) and (box := folded(label, "settlements")):
        with box:
            table(answer.told_places)


def clicks(answer: Map) -> None:
    """Say what a click does, and how to zoom; not on paper."""
    said = answer.t(
        "A click on a region or circle filters everything; Escape or the chip above takes it back. "
        "Zoom with Ctrl and the wheel, two fingers or the buttons."
    )
    with st.container(key="on-screen"):
        st.caption(plain(said))


def _clicked(key: str) -> None:
    """Set the filter that was clicked on, or take it away if it was set."""
    found: dict[str, Any] = (st.session_state.get(key) or {}).get("last_active_drawing") or {}
    clicked = found.get("properties", {})
    name, code = clicked.get("parameter"), clicked.get("code")
    if name not in ("region", "place") or not code:
        return
    selection = address.asked().selection
    chosen = code in getattr(selection, name)
    address.select(selection.less(name, code) if chosen else selection.more(name, code))
