"""The code lists: folded away under their names, or what a search finds in them."""

import streamlit as st

from answers import codebook
from answers.codebook import Entry
from answers.question import Question
from pages.shared.escape import plain, small
from pages.shared.show import folded
from pages.shared.tables import table

LONGEST, WIDTH = 100, 480
LONG = 14
"""A list of more codes than this scrolls."""


def search(asked: Question) -> str:
    """Draw the search field; give what is typed."""
    t = asked.t
    typed = st.text_input(
        t("Search the codes"),
        key="search-codes",
        placeholder=t("A word or a code"),
        autocomplete="off",
        width=WIDTH,
    )
    return typed.strip()[:LONGEST]


def lists(asked: Question, text: str) -> None:
    """Show all lists, or those that have what a reader searches for."""
    with st.container(key="code-lists"):
        st.caption(plain(codebook.made_up(asked.t)))
        if text:
            _found(asked, text)
        else:
            _folded(asked)


def _found(asked: Question, text: str) -> None:
    hits, titles = codebook.found(asked, text), codebook.names(asked.t)
    st.markdown(plain(codebook.how_many(hits, asked.t)))
    for name, entries in hits.items():
        st.subheader(plain(f"{titles[name]} ({len(entries)})"))
        _entries(entries)


def _folded(asked: Question) -> None:
    """Offer every list: as entries where codes have examples, else as a table."""
    for name, title in codebook.names(asked.t).items():
        n = len(asked.package.codebook.codes(name))
        if box := folded(f"{title} ({n})", f"list-{name}", opened=asked.part == f"list-{name}"):
            with box:
                _list(asked, name)


def _list(asked: Question, name: str) -> None:
    if not codebook.is_illustrated(name):
        table(codebook.definitions(asked, name))
        return
    found = codebook.entries(asked, name)
    with st.container(height=420 if len(found) > LONG else "content", border=False):
        _entries(found)


def _entries(found: list[Entry]) -> None:
    st.markdown("\n\n".join(f"{entry(each)}  \n`{each.code}`" for each in found))


def entry(found: Entry) -> str:
    """Write one code: label, definition, examples, equivalents."""
    taker = plain(found.taker)
    counter = f"*{taker}*".join(plain(found.counter).rsplit(taker, 1)) if taker else ""
    lines = (plain(found.example), counter, plain(found.elsewhere))
    head = f"**{plain(found.label)}**: {plain(found.meaning)}"
    return "  \n".join([head, *(small(line) for line in lines if line)])
