"""How every chart, table and source line is put on a page."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.style import CONFIG
from pages.shared.address import State

LONG = 14
"""A table of more rows than this scrolls."""


def chart(figure: go.Figure, key: str, alt: str) -> None:
    """Show a figure, with its words for those who cannot see it."""
    st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt)


def table(frame: pd.DataFrame, formats: Mapping[str, object] | None = None) -> None:
    """Show a table of the same numbers as the chart or map beside it."""
    height = 420 if len(frame) > LONG else "content"
    with st.container(height=height, border=False):
        st.table(frame.style.format(formats or {}))


def source_line(now: State, text: str = "") -> None:
    """Say what is counted, and where the numbers come from."""
    t = now.t
    source = t(
        "Source: {organisation}, release {release}.",
        organisation=t("Incidents in Kyrgyzstan"),
        release=now.package.release,
    )
    sample = t("Recorded incidents are a sample of what happened, not a count of it.")
    st.caption(" ".join(part for part in (text, sample, source) if part))
