"""A keeper's file, checked before anything of it is published, on the keeper's own machine."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers import handed
from loaders.settings import Settings
from pages.shared.check import checked

now = shared.asked()

st.title(handed.title(now.t))
if Settings().check:
    checked(now)
else:
    why, what = handed.elsewhere(now.t)
    st.markdown(f"{shared.plain(why)} {shared.plain(what)}")
    st.code(handed.COMMAND, language=None)
