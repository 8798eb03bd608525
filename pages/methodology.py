"""What is in here, how it got here, how good it is, and how people are protected."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers import handed, methodology
from answers.in_short import in_short
from loaders.settings import Settings
from pages.shared import show
from pages.shared.sections import changelog, chapter, section

now = shared.asked()

st.title(now.t("Methodology"))
short, own = st.columns([3, 2], gap="large")
with short:
    section(in_short(now))
    show.line_of_package(now)
with own:
    section(methodology.correction(now))
    if Settings().check:
        show.link(handed.onward(now.t))
st.header(now.t("In full"))
for each in methodology.chapters(now):
    chapter(now, each)
changelog(now)
