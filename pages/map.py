"""Where: a fill per region, a circle per place, and the table of the same numbers."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers.surfaces.map import Map
from pages.shared import map as kg_map
from pages.shared.show import line, notes, title

answer = shared.asked().answer(Map)

title(answer.asked, answer.title)
kg_map.controls(answer)
left, right = st.columns([2, 1], gap="medium")
with left:
    kg_map.draw(answer)
    line(answer, tabled=True)
with right, st.container(key="map-table"):
    kg_map.tables(answer)
kg_map.clicks(answer)
notes(answer)
