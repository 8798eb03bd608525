"""The pages of the dashboard: which there are, and how each is called."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from answers.pages import PATHS, titles
from loaders.language import Language
from pages.shared import address


def pages() -> dict[str, StreamlitPage]:
    """Give every page, titled in the reader's language: declared once, for each link asks."""
    t = address.current_language()
    kept: dict[str, dict[str, StreamlitPage]] = st.session_state.setdefault("_pages", {})
    if t.code not in kept:
        kept[t.code] = _declared(t)
    return kept[t.code]


def _declared(t: Language) -> dict[str, StreamlitPage]:
    return {
        name: st.Page(
            f"pages/{name}.py", title=title, url_path=PATHS[name] or None, default=not PATHS[name]
        )
        for name, title in titles(t).items()
    }


def require_frame() -> None:
    """Put the page into its frame.

    Streamlit finds the folder `pages/` and, in the first session of a process, runs a page on its
    own where its address is opened first. Declaring the pages ends that.
    """
    if "in_frame" not in st.session_state:
        st.navigation(list(pages().values()), position="hidden")
        st.rerun()
