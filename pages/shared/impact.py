"""What was documented and what followed: a table or a drawing each, and the records behind."""

import streamlit as st

from answers.answer import Answer
from answers.surfaces.steps import Steps
from pages.shared.drawn import drawing
from pages.shared.escape import plain
from pages.shared.show import folded, line, links, notes
from pages.shared.tables import table


def tabled(answer: Answer) -> None:
    """Show an answer as its table."""
    st.header(plain(answer.title))
    if answer.empty:
        st.info(plain(answer.empty))
    else:
        for column, part in zip(st.columns(len(answer.parts)), answer.parts, strict=True):
            with column:
                table(part)
        notes(answer)
    line(answer, tabled=True)


def figure(answer: Answer) -> None:
    """Show an answer as its drawing."""
    st.header(plain(answer.title))
    if answer.empty:
        st.info(plain(answer.empty))
    else:
        drawing(answer)
        notes(answer)
    line(answer)


def behind(*answers: Answer) -> None:
    """Lead to the records behind each, and to the first record of every prosecution."""
    t = answers[0].t
    if box := folded(t("Behind these figures"), "behind"):
        with box:
            for each in answers:
                if each.links:
                    st.caption(plain(each.title))
                    links(each.links)
                if isinstance(each, Steps):
                    links(each.stories)
