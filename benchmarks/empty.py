"""An empty Streamlit page with one filter: what every change costs at least."""

import streamlit as st

chosen = st.sidebar.multiselect("Group", ["journalists", "women", "children"], key="group")
st.write(f"{len(chosen)} chosen")
