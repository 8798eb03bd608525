"""What others say changed: each published sentence under every way to read it."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers.surfaces.claims import Claims
from pages.shared.claims import row
from pages.shared.sections import chapter
from pages.shared.show import line

answer = shared.asked().answer(Claims)

st.title(answer.title)
st.markdown(shared.plain(answer.introduction))
if answer.empty:
    st.info(shared.plain(answer.empty))
for each in answer.rows.values():
    row(each)
chapter(answer.asked, answer.about)
line(answer)
