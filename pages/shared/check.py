"""A table of cases, given as file or text, and what is wrong with it. Neither reaches the address.

What is handed over stays with the session, in memory alone.
"""

from datetime import UTC, datetime

import streamlit as st
from starlette.formparsers import MultiPartParser

from answers import handed
from answers.checking import decided
from answers.handed import Handed
from answers.question import Question
from loaders.language import Language
from loaders.settings import LARGEST
from pages.shared.escape import plain

MultiPartParser.spool_max_size = 2 * LARGEST  # of 1 MB and more Starlette writes files on the disk
KEPT = "_handed"


def checked(asked: Question) -> None:
    """Ask for a table of cases, and say what is wrong with it; a file goes before pasted rows."""
    said = handed.asking(asked.t)
    st.markdown(plain(said.introduction))
    st.caption(plain(said.kept))
    held = st.file_uploader(
        said.file,
        list(handed.ENDINGS),
        key="check-file",
        help=said.of_file,
        max_upload_size=LARGEST // handed.MEGABYTE,
    )
    typed = st.text_area(said.pasted, key="check-pasted", max_chars=handed.LONGEST, height=110)
    if held is not None:
        _show(_once(held.getvalue(), held.name, held.file_id, asked), asked.t)
    elif typed.strip():
        _show(_once(typed.encode(), handed.PASTED, typed, asked), asked.t)
    else:
        st.session_state.pop(KEPT, None)


def _once(content: bytes, name: str, mark: str, asked: Question) -> Handed:
    """Check what is handed over, once as long as it stays the same."""
    key = mark, asked.package.mark
    if st.session_state.get(KEPT, (None,))[0] != key:
        with st.spinner(asked.t("Reading the file …")):
            today = datetime.now(UTC).astimezone().date()
            st.session_state[KEPT] = key, handed.handed(content, name, asked.package, today)
    found: Handed = st.session_state[KEPT][1]
    return found


def _show(found: Handed, t: Language) -> None:
    told = found.told(t)
    with st.container(border=True, key="checked"):
        st.header(plain(told.lines[-1]))
        for each in decided(told.cases, t):
            st.caption(plain(each))
        if found.sheet and told.problems:
            label, name = handed.back(t)
            st.download_button(
                label, lambda: found.marked(t), name, key="check-marked", on_click="ignore"
            )
        said = (told.said(each) for each in told.problems[: handed.SHOWN])
        st.markdown("\n".join(f"- **{plain(where)}**: {plain(what)}" for where, what in said))
        if more := handed.others(len(told.problems), t):
            st.caption(plain(more))
