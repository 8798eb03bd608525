"""Is it getting worse: what others published, and what is recorded here, over time."""

from pages import shared

shared.require_frame()

import streamlit as st

from pages.shared import change, cite, claims, trend

now = shared.state()
found = trend.counted(now)
title = trend.title(now, found)

st.title(now.t("Trends"))
trend.published_panel(now)
with st.container(key="trend"):
    st.header(shared.plain(title))
    trend.controls(now)
    shown = trend.draw(now, found, title)
    trend.notes(now, found)
    trend.event_list(now)
    cite.selection(now, "trend", title)
    trend.take_away(now, found, title, shown)
with st.container(key="trend-table"):
    trend.table(now, found)
    cite.selection(now, "trend-table", title)
with st.container(key="change"):
    change.compare(now)
claims.block(now)
