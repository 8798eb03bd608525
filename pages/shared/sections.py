"""How parts of a text stand on a page: headings, points, tables, and what is folded away."""

import streamlit as st

from answers import methodology
from answers.answer import Chapter, Section
from answers.question import Question
from pages.shared.escape import markdown, plain, points
from pages.shared.show import folded, link, spoken
from pages.shared.tables import table

HEADINGS = {1: st.header, 2: st.subheader, 3: lambda text: st.markdown(f"**{text}**")}


def section(found: Section | None) -> None:
    """Show a part of a text."""
    if found is None:
        return
    if found.title:
        HEADINGS[found.level](plain(found.title))
    _body(found)


def chapter(asked: Question, found: Chapter) -> None:
    """Show a part of a text folded away under its title."""
    if box := folded(found.title, found.key, opened=found.key == asked.part):
        with box:
            _body(found.make(asked))


def _body(found: Section) -> None:
    if found.said and found.bullets:
        st.markdown(points(found.said))
    elif found.said:
        st.markdown("\n\n".join(map(markdown, found.said)))
    if found.literal:
        st.code(found.literal, language=None, wrap_lines=True)
    if found.table is not None:
        table(found.table)
    for part in found.parts:
        section(part)
    if found.caption:
        st.caption(plain(found.caption))
    for onward in found.links:
        link(onward)


def changelog(asked: Question) -> None:
    """Show the list of changes of the data, folded away."""
    told = methodology.changes(asked)
    if box := folded(told.title, "changes", opened=asked.part == "changes"):
        with box:
            _body(told)
            # a picture would be fetched from wherever it lies, and tell who reads
            written = asked.package.changelog(asked.t.code)
            with spoken(written.lang, "changes"):
                st.markdown(written.text.replace("![", "&#33;["))
