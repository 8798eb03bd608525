"""The answer first: what may be said and what may not, as sentences to copy."""

import streamlit as st

from answers.question import Question
from answers.surfaces import verdict
from pages.shared.escape import plain
from pages.shared.show import folded


def show(asked: Question) -> None:
    """Show the sentences in a box, and behind a fold how this is known."""
    t, found = asked.t, verdict.verdict(asked)
    with st.container(key="verdict", border=True):
        _sentences(t("What may be said"), found.may)
        _sentences(t("What cannot be told"), found.may_not)
        if box := folded(t("How we know"), "known"):
            with box:
                st.markdown("\n".join(f"- {plain(line)}" for line in verdict.known(asked)))


def _sentences(head: str, said: tuple[str, ...]) -> None:
    if said:
        st.markdown(f"**{head}**")
    for sentence in said:
        st.code(sentence, language=None, wrap_lines=True)
