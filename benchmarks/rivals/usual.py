"""What the usual Streamlit pages have in common: cached rows, and the filters in the sidebar."""

import os

import pandas as pd
import streamlit as st


@st.cache_data
def load() -> pd.DataFrame:
    """Read all rows, once for all readers."""
    return pd.read_csv(os.environ["ROWS"], parse_dates=["first_day", "last_day"])


@st.cache_data
def codes(column: str) -> list[str]:
    """List what stands in a column, whose cells may hold several codes."""
    return sorted(load()[column].dropna().str.split(";").explode().unique())


def filtered() -> pd.DataFrame:
    """Draw the filters; give the rows that they find, and say how many these are."""
    found = load()
    years = range(found["first_day"].min().year, found["last_day"].max().year + 1)
    with st.sidebar:
        data = st.multiselect("Dataset", codes("dataset"))
        start = st.selectbox("From", years, index=None)
        end = st.selectbox("To", years, index=None)
        groups = st.multiselect("Group", codes("groups"))
        violations = st.multiselect("Violation", codes("violations"))
        text = st.text_input("Text")
    if data:
        found = found[found["dataset"].isin(data)]
    if start:
        found = found[found["last_day"].dt.year >= start]
    if end:
        found = found[found["first_day"].dt.year <= end]
    for column, chosen in (("groups", groups), ("violations", violations)):
        if chosen:
            found = found[found[column].str.contains(rf"\b(?:{'|'.join(chosen)})\b", na=False)]
    if text:
        found = found[found["summary"].str.contains(text, case=False, regex=False)]
    st.container(key="count").markdown(f"**{len(found):,}** records")
    return found.dropna(subset=["latitude", "longitude"])
