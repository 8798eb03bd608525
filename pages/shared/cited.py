"""A citation, given as text or file, and what is said of it. Neither reaches the address."""

import streamlit as st

from answers import cited, reading
from answers.cited import Verdict
from answers.question import Question
from pages.shared import data
from pages.shared.escape import plain
from pages.shared.show import link

ENDINGS = ("csv", "json", "geojson", "xlsx", "svg", "txt", "bib", "ris")


def judged(asked: Question) -> None:
    """Ask for a citation, and judge it; a file goes before what is typed."""
    said = cited.asking(asked.t)
    typed = st.text_area(said.citation, key="citation", max_chars=reading.LONGEST, height=110)
    held = st.file_uploader(said.file, list(ENDINGS), key="cited-file", help=said.of_file)
    if held is not None:
        _show(cited.judge(reading.file(held.getvalue()), asked, data.shelf()), said.instead)
    elif typed.strip():
        _show(cited.judge(reading.text(typed), asked, data.shelf()), said.instead)


def _show(verdict: Verdict, instead: str) -> None:
    with st.container(border=True):
        st.header(plain(verdict.title))
        for each in verdict.said:
            st.markdown(plain(each))
        if verdict.correct:
            st.caption(plain(instead))
            st.code(verdict.correct, language=None, wrap_lines=True)
        link(verdict.link)
