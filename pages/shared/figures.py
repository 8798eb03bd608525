"""How every chart, table and source line is put on a page."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.style import CONFIG
from pages.shared.address import State


@dataclass(frozen=True)
class Shown:
    """A figure that is shown, and its words."""

    figure: go.Figure
    alt: str


GROUPED_FROM = 1000
LONG = 14
"""A table of more rows than this scrolls."""


def chart(figure: go.Figure, key: str, alt: str) -> Shown:
    """Show a figure, with its words for those who cannot see it; give both, to be taken away."""
    st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt)
    return Shown(figure, alt)


def table(frame: pd.DataFrame, number: Callable[[int], str] | None = None) -> None:
    """Show a table of the same numbers as the chart or map beside it.

    Whole numbers stand as they are until some need grouping, which `number` writes.
    """
    if number and frame.size and frame.to_numpy().max() >= GROUPED_FROM:
        frame = frame.style.format(number)
    with scrolling(len(frame.index)):
        st.table(frame)


def scrolling(rows: int) -> AbstractContextManager[object]:
    """Give a place for so many rows: more than `LONG` scroll."""
    return st.container(height=420, border=False) if rows > LONG else nullcontext()


def folded(label: str, key: str) -> DeltaGenerator | None:
    """Offer something folded away. None until a reader opens it: what is hidden costs nothing."""
    box = st.expander(label, key=key, on_change="rerun")
    return box if box.open else None


def source_line(now: State, text: str = "") -> None:
    """Say what is counted, and where the numbers come from."""
    st.caption(" ".join(part for part in (text, *sources(now)) if part))


def sources(now: State) -> tuple[str, str]:
    """Say that it is a sample, and where the numbers come from."""
    t = now.t
    source = t(
        "Source: {organisation}, release {release}.",
        organisation=t("Incidents in Kyrgyzstan"),
        release=now.package.release,
    )
    return t("Recorded incidents are a sample of what happened, not a count of it."), source
