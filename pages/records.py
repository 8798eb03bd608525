"""What happened, where, to whom, says who: the list, and one record with its sources."""

from pages import shared

shared.require_frame()

import streamlit as st

from incidents import listing
from pages.shared import cells, cite, records, sidebar, take

now = shared.state()
t = now.t
asked = st.query_params.get("id")

if asked:
    shared.link("records", t("← All records of this selection"), now.query(page=now.display.page))
    found = listing.record(now.package.incidents, asked)
    tombstone = now.package.tombstone(asked)
    with st.container(key="record"):
        if found is not None:
            records.one(now, found)
        elif tombstone is not None:
            records.withdrawn(now, tombstone)
        else:
            records.missing(now, asked)
else:
    st.title(t.plural("{n} recorded incident", "{n} recorded incidents", now.subset.n))
    sidebar.text_filter(now, "page")
    records.controls(now)
    with st.container(key="records"):
        records.list_page(now)
    cite.selection(now, "records")
    take.records(now)
    records.beside(now)
    cells.tables(now)
