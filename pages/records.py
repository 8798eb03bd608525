"""What happened, where, to whom, says who: the list, and one record with its sources."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers.surfaces import record
from answers.surfaces.cells import Cells
from answers.surfaces.records import Records
from pages.shared import records, sidebar
from pages.shared.sections import section
from pages.shared.show import line, link, title

now = shared.asked()

if now.record:
    with st.container(key="back"):
        link(record.back(now))
    with st.container(key="record"):
        told = record.record(now)
        if isinstance(told, record.Absent):
            records.absent(told)
        else:
            records.one(told)
else:
    answer = now.answer(Records)
    title(now, answer.title)
    sidebar.text_filter(now, "page")
    records.controls(answer)
    with st.container(key="records"):
        records.page(answer)
    # XLSX and CSV have buttons of their own
    line(answer, ("xlsx", "csv"), tabled=True, and_package=True)
    records.beside(answer)
    if counted := now.answer(Cells).section:
        with st.container(key="aggregates"):
            section(counted)
