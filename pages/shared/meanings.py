"""What codes mean, for the script that shows it where their labels stand (static/meaning.js)."""

import streamlit as st

from answers.meanings import meanings
from answers.question import Question
from pages.shared.escape import as_script


def deliver(asked: Question) -> None:
    """Hand the browser all meanings as one element, which Streamlit sends once in a language."""
    told = f"window.meanings = {as_script(meanings(asked))}; meaning.mark();"
    st.html(f"<script>{told}</script>", unsafe_allow_javascript=True)
