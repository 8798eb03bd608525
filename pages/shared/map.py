"""The map's component: what it draws, its legend, and where a click leads."""

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from answers.surfaces.map import Map
from charts import map as chart
from pages.shared import address, assets
from pages.shared.drawn import legend
from pages.shared.escape import plain
from pages.shared.show import folded, links, table
from pages.shared.widgets import choice, periods

KEY = "map-widget"


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
    package = answer.asked.package
    fixed = chart.base_map(assets.leaflet(), assets.outlines(package), package.bounds)
    with st.container(key="map"):
        st_folium(
            fixed,
            key=KEY,
            height=chart.HEIGHT,
            use_container_width=True,
            render=False,  # the whole figure, which is not shown; the map itself is rendered
            feature_group_to_add=chart.layers(
                answer.areas, answer.circles, answer.most, answer.words
            ),
            returned_objects=["last_active_drawing"],
            on_change=_clicked,
        )
    legend(answer.keys)
    if answer.links:
        with st.container(key="off-map", horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(plain(answer.t("Not on this map:")), width="content")
            links(answer.links)


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


def _clicked() -> None:
    """Set the filter that was clicked on, or take it away if it was set."""
    found: dict[str, Any] = (st.session_state.get(KEY) or {}).get("last_active_drawing") or {}
    clicked = found.get("properties", {})
    name, code = clicked.get("parameter"), clicked.get("code")
    if name not in ("region", "place") or not code:
        return
    selection = address.asked().selection
    chosen = code in getattr(selection, name)
    address.select(selection.less(name, code) if chosen else selection.more(name, code))
