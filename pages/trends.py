"""Is it getting worse: what others published, and what is recorded here, over time."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers.surfaces.change import Change
from answers.surfaces.claims import Claims
from answers.surfaces.over_time import Trend
from answers.surfaces.published import Published
from pages.shared import change, claims, trend, verdict
from pages.shared.show import chart, line, notes, title

now = shared.asked()
answer = now.answer(Trend)

title(now, now.t("Trends"))
verdict.show(now)
if (published := now.answer(Published)).applies:
    st.header(shared.plain(published.title))
    chart(published)  # its note stands in the box above
    line(published)
with st.container(key="trend"):
    st.header(shared.plain(answer.title))
    trend.controls(answer)
    chart(answer)
    notes(answer)
    trend.beside(answer)
    line(answer, tabled=True)
with st.container(key="trend-table"):
    trend.numbers(answer)
with st.container(key="change"):
    change.show(now.answer(Change))
with st.container(key="trend-claims"):
    claims.in_short(now.answer(Claims))
