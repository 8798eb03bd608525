"""An empty Streamlit page with one filter that writes the address: what every change costs."""

import streamlit as st

GROUPS = ["journalists", "women", "children"]


def write() -> None:
    """Write the choice into the address."""
    st.query_params.from_dict({"group": st.session_state["group"]})


st.session_state["group"] = st.query_params.get_all("group")
st.sidebar.multiselect("Group", GROUPS, key="group", on_change=write)
st.write(f"{len(st.session_state['group'])} chosen")
