"""One claim as a row: the sentence and its verdict, its chart beside them, its readings below."""

import streamlit as st

from answers.surfaces.claim import OneClaim
from answers.surfaces.claims import Claims
from pages.shared.escape import markdown, plain, quoted
from pages.shared.sections import chapter
from pages.shared.show import chart, line, link, notes


def in_short(answer: Claims) -> None:
    """Show each claim with its verdict, and lead to its readings; nothing where there are none."""
    if not answer.rows:
        return
    st.header(plain(answer.t("What others say changed")))
    said = (f"**{plain(each.verdict)}**\n\n{_quoted(each)}" for each in answer.rows.values())
    st.markdown("\n\n".join(said))
    link(answer.every_reading)


def _quoted(shown: OneClaim) -> str:
    sentence, origin = shown.quoted
    return quoted(markdown(sentence), markdown(origin))


def row(shown: OneClaim) -> None:
    """Show a claim; on a narrow screen its parts stand under each other."""
    with st.container(key=shown.key, border=True):
        words, drawing = st.columns((2, 3), gap="medium")
        words.markdown(_quoted(shown))
        words.markdown(f"**{plain(shown.verdict)}**  \n{plain(shown.counted)}")
        with drawing:
            chart(shown)
            notes(shown)
            line(shown)
        chapter(shown.asked, shown.readings)
