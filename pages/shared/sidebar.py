"""The one sidebar all pages share: menu, filters with their counts, language."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from incidents import counts
from incidents.codebook import LANGUAGES
from incidents.selection import CODED, Selection
from loaders.language import NAMES, Language
from pages.shared import address, figures, registry, widgets, words

FACETS = ("data", "group", "category", "violation", "region", "perpetrator", "response")


def draw(now: address.State) -> None:
    """Draw the sidebar for what the address says."""
    t = now.t
    with st.sidebar:
        name = t("Incidents in Kyrgyzstan")
        st.markdown(f"**{name}**")
        for page in registry.pages().values():
            st.page_link(page, query_params=dict(now.query()))
        st.divider()
        st.caption(t("Within a filter: any of. Across filters: all of."))
        _facet(now, "data", t("Dataset"))
        _period(now)
        _facet(now, "group", t("Group"))
        _facet(now, "category", t("Category"))
        _facet(now, "violation", t("Violation"))
        _facet(now, "region", t("Region"))
        _facet(now, "perpetrator", t("Perpetrator"))
        _facet(now, "response", t("Response of the authorities"))
        text_filter(now, "side")
        _language(now)


def text_filter(now: address.State, where: str) -> None:
    """Draw a search field; each place that has one needs a name of its own."""
    key = f"filter-q-{where}-{now.t.code}"
    widgets.follow(key, now.selection.q)
    st.text_input(
        now.t("Text"),
        now.selection.q,
        key=key,
        placeholder=now.t("Words in the record, a place, a source"),
        on_change=_search,
        args=(key,),
    )


def option_labels(now: address.State, facet: str) -> dict[str, str]:
    """Word the options of a filter in the order of the codebook, violations by category."""
    t, book = now.t, now.package.codebook
    labels = book.labels(CODED[facet], t.code)
    if facet == "data":
        return book.column("datasets", f"short_{t.code}")
    if facet == "category":
        datasets = book.column("categories", "dataset")
        kept = [c for c in labels if not now.selection.data or datasets[c] in now.selection.data]
        chosen = [c for c in now.selection.category if c not in kept]
        return {code: labels[code] for code in (*kept, *chosen)}
    if facet == "violation":
        return {code: labels[code] for code in _violations(now)}
    return labels


def _violations(now: address.State) -> list[str]:
    """List the violations under the categories that are set, or under all; the chosen ones too."""
    book = now.package.codebook
    categories = now.selection.category or tuple(option_labels(now, "category"))
    found = [v for c in categories for v in book.violations_under(c)]
    return list(dict.fromkeys((*found, *now.selection.violation)))


def _facet(now: address.State, facet: str, label: str) -> None:
    labels = option_labels(now, facet)
    key = f"filter-{facet}-{now.t.code}"
    chosen = list(getattr(now.selection, facet))
    widgets.follow(key, chosen)
    st.multiselect(
        label,
        list(labels),
        chosen,
        key=key,
        format_func=labels.__getitem__,
        placeholder=now.t("All"),
        select_all=False,
        on_change=_collect,
    )
    _option_counts(now, facet, labels)


def _option_counts(now: address.State, facet: str, labels: dict[str, str]) -> None:
    """Say beside a filter how many incidents each option would find under the other filters."""
    every = counts.options(now.subset, facet)
    found = {code: every[code] for code in labels if every[code]}
    if facet == "violation":
        _violation_counts(now, found, labels)
        return
    listed = [_option(labels[code], n, now.t) for code, n in found.items()]
    st.caption(" · ".join(listed) or now.t("No incidents under the other filters."))


def _violation_counts(now: address.State, found: dict[str, int], labels: dict[str, str]) -> None:
    book, t = now.package.codebook, now.t
    lines = []
    for category in option_labels(now, "category"):
        under = [v for v in book.violations_under(category) if v in found]
        if under:
            listed = " · ".join(_option(labels[v], found[v], t) for v in under)
            heading = words.plain(book.label("categories", category, t.code))
            lines.append(f"**{heading}**  \n{listed}")
    if box := figures.folded(t("Incidents by violation"), "by-violation"):
        with box:
            st.caption("\n\n".join(lines) or t("No incidents under the other filters."))


def _option(label: str, n: int, t: Language) -> str:
    return f"{words.plain(label)} {t.number(n)}"


def _period(now: address.State) -> None:
    start, end = counts.collection(now.package.incidents, Selection())
    years = [str(year) for year in range(start.year, end.year + 1)]
    columns = st.columns(2)
    for column, name, label in (
        (columns[0], "start", now.t("From")),
        (columns[1], "end", now.t("To")),
    ):
        value = getattr(now.selection, name)
        key = f"filter-{name}-{now.t.code}"
        offered = years if not value or value in years else [*years, value]
        widgets.follow(key, value or None)
        column.selectbox(
            label,
            offered,
            key=key,
            index=offered.index(value) if value else None,
            placeholder=now.t("any"),
            accept_new_options=True,
            on_change=_collect,
        )
    st.caption(now.t("A year (2021) or a month (2021-03)."))


def _language(now: address.State) -> None:
    """Offer the languages as buttons: they hold no value that could disagree with the address."""
    with st.container(horizontal=True, gap="small", key="languages"):
        for code in LANGUAGES:
            st.button(
                NAMES[code],
                key=f"language-{code}",
                type="tertiary",
                disabled=code == now.t.code,
                on_click=address.show,
                kwargs={"lang": code},
            )


def _search(key: str) -> None:
    now = address.state()
    address.go(
        replace(now.selection, q=st.session_state[key].strip()), replace(now.display, page=1)
    )


def _collect() -> None:
    """Write what all filter widgets say into the address.

    All of them, not the changed one alone: after two quick changes the browser may still send the
    address from before the first.
    """
    now = address.state()
    chosen: dict[str, Sequence[str]] = {
        facet: tuple(st.session_state[f"filter-{facet}-{now.t.code}"]) for facet in FACETS
    }
    start, end = (st.session_state[f"filter-{n}-{now.t.code}"] or "" for n in ("start", "end"))
    selection = replace(now.selection, start=start, end=end, **chosen)
    address.go(selection, replace(now.display, page=1))
