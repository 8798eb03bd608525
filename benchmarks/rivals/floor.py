"""The floor: an empty Streamlit page with the widgets of our frame, and nothing else of ours.

FRAME names a file that lists these widgets with their labels and options, as our page draws them.
"""

import json
import os
from pathlib import Path

import streamlit as st

WIDGETS = json.loads(Path(os.environ["FRAME"]).read_text(encoding="utf-8"))


def write(key: str) -> None:
    """Write a choice into the address."""
    st.query_params[key] = st.session_state[key]


place = st.sidebar
for number, widget in enumerate(WIDGETS):
    kind, label, options, key = widget["kind"], widget["label"], widget["options"], f"w{number}"
    if kind == "multiselect":
        place.multiselect(label, options, key=key, on_change=write, args=(key,), select_all=False)
    elif kind == "selectbox":
        place.selectbox(label, options, index=None, key=key, accept_new_options=True)
    elif kind == "text_input":
        place.text_input(label, key=key)
    elif kind == "expander":
        place.expander(label, key=key, on_change="rerun")
    else:
        place.button(label, key=key)
chosen = sum(len(value) for value in st.session_state.values() if isinstance(value, list))
st.container(key="count").write(f"{chosen} chosen")
