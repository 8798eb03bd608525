"""Is it getting worse: what others published, and what is recorded here, over time."""

from pages import shared

shared.require_frame()

import streamlit as st

from pages.shared import trend

now = shared.state()
found = trend.counted(now)

st.title(now.t("Trends"))
trend.published_panel(now)
with st.container(key="trend"):
    st.header(trend.title(now, found))
    trend.controls(now)
    trend.draw(now, found)
    trend.notes(now, found)
    trend.event_list(now)
with st.container(key="trend-table"):
    trend.table(now, found)
