"""What following a link can mean where a reader is, and whether their steps replace each other."""

import streamlit as st

from answers import safety
from answers.question import Question
from loaders.language import Language
from pages.shared.escape import plain
from pages.shared.sections import section

CHOSEN = "_country"
"""Where a session keeps the country: in no address, which others are sent, and in no cookie."""
STEPS = '<p id="steps-now" role="status"></p><button type="button" id="steps-other"></button>'
"""What static/leaving.js fills: the browser alone knows the choice."""


def following(asked: Question) -> None:
    """Ask for a country, and say what following a link to an outlet ruled extremist can mean."""
    named, key = safety.countries(asked), f"country-{asked.t.code}"
    kept = st.session_state.get(CHOSEN)
    country = st.selectbox(
        safety.where(asked.t),
        list(named),
        index=list(named).index(kept) if kept in named else None,
        key=key,
        format_func=named.__getitem__,
        placeholder="…",
        help=plain(safety.kept_nowhere(asked.t)),
        on_change=_keep,
        args=(key,),
        width=300,
    )
    if country is not None:
        with st.container(key="following"):
            section(safety.risks(asked, country))


def _keep(key: str) -> None:
    """Remember the country on other pages: a widget's own value goes with its page."""
    st.session_state[CHOSEN] = st.session_state[key]


def steps(t: Language) -> None:
    """Say what becomes of a reader's steps in this tab, and offer the other way."""
    with st.container(key="steps"):
        section(safety.steps(t))
        st.html(STEPS)
