"""The address is the state: read from it, write to it, and let the widgets follow."""

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from answers.question import Lately, Question, ask, spoken
from incidents.selection import Display, Selection
from loaders.language import Language
from loaders.settings import Settings
from pages.shared import data

Query = dict[str, list[str]]


def query() -> Query:
    """Read the parameters of the address."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def confirm(path: str) -> None:
    """Send the address back to the browser after a link to the page one was on already.

    Such a link changes the session's parameters but not the browser's address (seen in Streamlit
    1.67); said again, the address follows.
    """
    before, asked = st.session_state.get("_here", (None, None))
    if before == path and asked != query() and not walked():
        st.query_params.from_dict(query())
    st.session_state["_here"] = (path, query())


def walked() -> bool:
    """Say whether Back or Forward led here: the browser's address is then right as it is.

    It may be further already than this run; and what widgets report with it is what they showed
    before, not a choice (seen in Streamlit 1.67).
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def asked() -> Question:
    """Read the address once per run: as long as it and the data stay, so does the answer.

    Readers who see the same share it.
    """
    now, path, begin, locale = query(), here(), origin(), st.context.locale
    package, _ = data.pinned(now.get("release", [""])[-1])
    said = tuple((name, *values) for name, values in now.items())
    key = (said, path, id(package), spoken(now, locale).code, begin)
    kept: tuple[object, Question] | None = st.session_state.get("_asked")
    if kept is None or kept[0] != key:
        lately = package.once(Lately, Lately)
        question = lately.question(key, lambda: ask(now, path, data.standing(), locale, begin))
        st.session_state["_asked"] = kept = (key, question)
    return kept[1]


def origin() -> str:
    """Give what the addresses of this copy begin with, as this reader may be told them."""
    headers = st.context.headers
    secure = headers.get("X-Forwarded-Proto") == "https"
    return Settings().origin(headers.get("Host", ""), base(), secure=secure)


def base() -> str:
    """Give the path before every address of this copy: empty, or "/incidents"."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def current_language() -> Language:
    """Say in which language to speak, before any data are read."""
    return spoken(query(), st.context.locale)


def go(selection: Selection, display: Display, **others: str) -> None:
    """Write the address; one call makes one step in the browser's history."""
    if walked():
        return
    st.query_params.from_dict({**selection.to_query(), **display.to_query(), **others})
    st.session_state["_here"] = (here(), query())


def select(selection: Selection) -> None:
    """Change what is selected, and keep how it is shown, from its first page on."""
    go(selection, replace(asked().display, page=1))


def show(**changed: Any) -> None:
    """Change how things are shown, and keep what is selected."""
    now = asked()
    go(now.selection, replace(now.display, **changed))


def here() -> str:
    """Give the path of the page one is on."""
    path, _ = st.session_state.get("_here", ("", None))
    return str(path or "")
