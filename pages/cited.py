"""Whether a citation is still current, and what to write instead."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers import cited
from pages.shared.cited import judged

now = shared.asked()

st.title(now.t("Is a citation current?"))
st.markdown(shared.plain(cited.asking(now.t).introduction))
judged(now)
