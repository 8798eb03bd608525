"""What others can know of a reader, what helps against it, and how to leave quickly.

The file is called like its path: the first session of a process finds it by its file.
"""

from pages import shared

shared.require_frame()

import streamlit as st

from answers import safety
from pages.shared.safety import following, steps
from pages.shared.sections import chapter, section

now = shared.asked()

st.title(safety.title(now.t))
st.markdown(shared.plain(safety.introduction(now.t)))
section(safety.short(now.t))
for each in safety.chapters(now.t):
    chapter(now, each)
steps(now.t)
if not now.package.reader_risks.empty:
    st.header(shared.plain(safety.risks_heading(now.t)))
    following(now)
