"""The drawer of filters that all pages share; what each option would find stands inside it."""

from dataclasses import replace
from typing import Any

import streamlit as st

from answers import filters
from answers.question import Question
from incidents.filters import FACETS
from pages.shared import address
from pages.shared.escape import plain
from pages.shared.show import folded
from pages.shared.widgets import follow

FILTERED = ("overview", "map", "trends", "records", "impact")
OFTEN = ("data", "from", "group", "violation")
"""The filters that stand open; the rest are folded away until one of them is set."""
REST = tuple(name for name in filters.MENU if name in FACETS and name not in OFTEN)


def draw(asked: Question, page: str) -> None:
    """Draw the filters for what the address says, on the pages that they touch."""
    if page not in FILTERED:
        return
    t = asked.t
    with st.sidebar:
        for name in OFTEN:
            if name in FACETS:
                _facet(asked, name)
            else:
                _period(asked)
        if page != "records":  # which has a search field of its own
            text_filter(asked, "side")
        chosen = [name for name in REST if getattr(asked.selection, name)]
        if box := folded(t("More filters"), "more-filters", opened=bool(chosen)):
            with box:
                for name in REST:
                    _facet(asked, name)
        st.caption(plain(filters.combined(t)))
        n = asked.subset.n
        label = t.plural("Show {n} record", "Show {n} records", n)
        st.button(label, key="close-filters", width="stretch")


def text_filter(asked: Question, where: str) -> None:
    """Draw a search field; each place that has one needs a name of its own."""
    key = f"filter-q-{where}-{asked.t.code}"
    follow(key, asked.selection.q)
    st.text_input(
        filters.label("q", asked.t),
        asked.selection.q,
        key=key,
        placeholder=asked.t("Words in the record, a place, a source"),
        on_change=_search,
        args=(key,),
    )


def _facet(asked: Question, facet: str) -> None:
    """Offer the options of a filter, each with its number under the other filters.

    The numbers change with every other filter, and the labels with them. The browser knows what is
    chosen by its label, so the choice is told again wherever labels changed.
    """
    labels = filters.counted(asked, facet)
    key, chosen = f"filter-{facet}-{asked.t.code}", list(getattr(asked.selection, facet))
    said: dict[str, list[str]] = st.session_state.setdefault("_said", {})
    if said.get(key) != list(labels.values()):
        said[key] = list(labels.values())
        if chosen:  # a widget that is told its value draws itself twice
            st.session_state[key] = chosen
    follow(key, chosen)
    st.multiselect(
        filters.label(facet, asked.t),
        list(labels),
        chosen,
        key=key,
        format_func=labels.__getitem__,
        placeholder=asked.t("All"),
        select_all=False,
        on_change=_collect,
    )


def _period(asked: Question) -> None:
    years = filters.years(asked)
    for column, name, field in zip(st.columns(2), ("from", "to"), ("start", "end"), strict=True):
        value, key = getattr(asked.selection, field), f"filter-{field}-{asked.t.code}"
        offered = years if not value or value in years else [*years, value]
        follow(key, value or None)
        column.selectbox(
            filters.label(name, asked.t),
            offered,
            key=key,
            index=offered.index(value) if value else None,
            placeholder=asked.t("any"),
            accept_new_options=True,
            on_change=_collect,
        )
    st.caption(asked.t("A year (2021) or a month (2021-03)."))


def _search(key: str) -> None:
    address.select(replace(address.asked().selection, q=st.session_state[key].strip()))


def _collect() -> None:
    """Write what all filter widgets say into the address.

    All of them, not the changed one alone: after two quick changes the browser may still send the
    address from before the first. What is folded away stays as it is.
    """
    now, state = address.asked(), st.session_state
    keys = {name: f"filter-{name}-{now.t.code}" for name in (*OFTEN, *REST) if name in FACETS}
    chosen: dict[str, Any] = {
        name: tuple(filters.code(now, name, said) for said in state[key])
        for name, key in keys.items()
        if key in state
    }
    start, end = (state[f"filter-{name}-{now.t.code}"] or "" for name in ("start", "end"))
    address.select(replace(now.selection, start=start, end=end, **chosen))
