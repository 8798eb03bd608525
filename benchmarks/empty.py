"""An empty Streamlit page with the same control as the dashboard's filter, and nothing else."""

import csv
from pathlib import Path

import streamlit as st

LIST = Path(__file__).parent.parent / "data" / "codebook" / "groups.csv"
LABELS = {row["code"]: row["label_en"] for row in csv.DictReader(LIST.open(encoding="utf-8"))}


def write() -> None:
    """Write the choice into the address."""
    st.query_params.from_dict({"group": st.session_state["group"]})


asked = st.query_params.get_all("group")
if st.session_state.get("group", []) != asked:
    st.session_state["group"] = asked
st.sidebar.multiselect(
    "Group", list(LABELS), asked, key="group", format_func=LABELS.__getitem__, on_change=write
)
st.write(f"{len(st.session_state['group'])} chosen")
