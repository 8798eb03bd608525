"""Where: a fill per region, a circle per place, and the table of the same numbers."""

from pages import shared

shared.require_frame()

import streamlit as st

from pages.shared import cite
from pages.shared import map as kg_map

now = shared.state()
table = kg_map.regions_table(now)
title = kg_map.title(now, table)

st.title(shared.plain(title))
kg_map.controls(now)
left, right = st.columns([2, 1], gap="medium")
with left:
    kg_map.draw(now, table)
    kg_map.legend(now, table)
    kg_map.off_map(now)
    cite.selection(now, "map", title)
    kg_map.take_away(now, table, title)
with right, st.container(key="map-table"):
    kg_map.show_table(now, table)
    cite.selection(now, "map-table", title)
kg_map.notes(now)
