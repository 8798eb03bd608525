"""The usual map: streamlit-folium with a marker for each row; in clusters if CLUSTERS is set."""

import os

import folium
import streamlit as st
from folium.plugins import MarkerCluster
from streamlit_folium import st_folium
from usual import filtered

st.set_page_config(layout="wide")
st.title("Map")
found = filtered()
drawn = folium.Map(location=[41.3, 74.7], zoom_start=7)
onto = MarkerCluster().add_to(drawn) if os.environ.get("CLUSTERS") else drawn
for row in found.itertuples():
    folium.Marker([row.latitude, row.longitude], tooltip=row.incident_id, popup=row.summary).add_to(
        onto
    )
st_folium(drawn, use_container_width=True, height=520, returned_objects=[])
