"""The map that Streamlit's guide advises: pydeck with a point for each row, no base map."""

import pydeck
import streamlit as st
from usual import filtered

st.set_page_config(layout="wide")
st.title("Map")
found = filtered()
layer = pydeck.Layer(
    "ScatterplotLayer",
    found[["longitude", "latitude", "incident_id", "summary"]],
    get_position=["longitude", "latitude"],
    get_fill_color=[11, 93, 122, 140],
    get_radius=4000,
    radius_min_pixels=3,
    pickable=True,
)
view = pydeck.ViewState(latitude=41.3, longitude=74.7, zoom=5.6)
deck = pydeck.Deck(
    [layer], initial_view_state=view, map_provider=None, tooltip={"text": "{summary}"}
)
st.pydeck_chart(deck, height=520)
