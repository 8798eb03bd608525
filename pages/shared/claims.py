"""One claim as a row: the sentence and its verdict, its chart beside them, its readings below."""

import streamlit as st

from answers.question import Question
from answers.surfaces.claims import Claims, Judged, Row
from charts.style import CONFIG
from pages.shared.escape import markdown, plain, quoted
from pages.shared.sections import chapter
from pages.shared.show import link


def in_short(answer: Claims) -> None:
    """Show each claim with its verdict, and lead to its readings; nothing where there are none."""
    if not answer.in_short:
        return
    st.header(plain(answer.t("What others say has changed")))
    st.markdown(
        "\n\n".join(f"**{plain(each.verdict)}**\n\n{_quoted(each)}" for each in answer.in_short)
    )
    link(answer.every_reading)


def _quoted(shown: Judged) -> str:
    sentence, origin = shown.quoted
    return quoted(markdown(sentence), markdown(origin))


def row(asked: Question, name: str, shown: Row) -> None:
    """Show a claim; on a narrow screen its parts stand under each other."""
    with st.container(key=f"claim-{name}", border=True):
        words, drawing = st.columns((2, 3), gap="medium")
        words.markdown(_quoted(shown))
        words.markdown(f"**{plain(shown.verdict)}**  \n{plain(shown.counted)}")
        drawing.plotly_chart(
            shown.figure, key=f"figure-{name}", theme=None, config=CONFIG, alt=shown.alt
        )
        chapter(asked, shown.readings)
