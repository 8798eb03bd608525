"""The front door: the pages, the language, the one shared sidebar."""

import streamlit as st

from pages import shared

page = st.navigation(list(shared.pages().values()), position="hidden")
shared.open_frame(page)
page.run()
shared.close_frame(page)
shared.settle()
