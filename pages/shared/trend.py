"""The trend's controls, and the laws and events beside it."""

import streamlit as st

from answers.surfaces.over_time import Trend
from pages.shared.escape import markdown, plain, points
from pages.shared.show import folded, link
from pages.shared.tables import table
from pages.shared.widgets import choice


def controls(answer: Trend) -> None:
    """Choose how the counts are cut: period, split, unit."""
    with st.container(horizontal=True, gap="medium"):
        for name in ("per", "split", "unit"):
            choice(answer.asked, name)


def beside(answer: Trend) -> None:
    """Name the events that are drawn, offer all years, and tell of every event."""
    if answer.events:
        with st.container(key="event-names"):
            st.caption(plain(answer.named_events))
    for each in answer.links:
        link(each)
    drawn, rest = answer.told_events
    label = answer.t("Laws and events ({n})", n=len(drawn) + len(rest))
    if (drawn or rest) and (box := folded(label, "events")):
        with box:
            st.caption(plain(answer.of_events))
            if drawn:
                st.markdown("\n".join(f"{n}. {markdown(s)}" for n, s in enumerate(drawn, start=1)))
            if rest:
                st.caption(plain(answer.t("Not drawn in the chart:")))
                st.markdown(points(rest))


def numbers(answer: Trend) -> None:
    """Show the same numbers as a table."""
    table(answer.table.told())
