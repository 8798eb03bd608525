"""Two periods compared: the pickers, and what is folded away below the sentence."""

import streamlit as st

from answers.surfaces import verdict
from answers.surfaces.change import Change
from pages.shared.escape import plain
from pages.shared.show import folded, line
from pages.shared.tables import table
from pages.shared.widgets import periods


def show(answer: Change) -> None:
    """Compare two periods of the reader's choice."""
    t = answer.t
    st.header(plain(answer.title))
    with st.container(horizontal=True, gap="medium"):
        periods(answer.asked, (t("Compare"), t("with")), answer.periods)
    if answer.sides is not None:
        table(answer.sides)
    if said := verdict.unsaid(answer.asked):
        st.caption(plain(" ".join(said)))
    if box := folded(t("By region, group, violation"), "change-by"):
        with box:
            _breakdowns(answer)
    line(answer, tabled=True, filed=answer.offers_files)


def _breakdowns(answer: Change) -> None:
    found = answer.breakdowns
    for tab, section in zip(st.tabs([each.title for each in found]), found, strict=True):
        with tab:
            if section.table is not None:
                table(section.table)
            st.caption(plain(section.caption))
