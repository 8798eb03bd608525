"""Small widgets that change how things are shown; the address remembers what was chosen."""

from functools import partial

import streamlit as st

from answers import filters, words
from answers.question import Question
from incidents.selection import Span
from loaders.language import Language
from pages.shared import address
from pages.shared.escape import plain


def follow(key: str, value: object) -> None:
    """Let a widget show what the address says.

    Written only where the two disagree: a widget that is told its value draws itself twice. The
    same value must stand as the widget's default, since the browser forgets a widget's value when
    one walks quickly between pages, shows the default, and reports that as a choice.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def choice(asked: Question, name: str) -> None:
    """Offer the values of one display parameter side by side."""
    options = filters.choices(name, asked.t)
    key, value = f"show-{name}-{asked.t.code}", getattr(asked.display, name)
    follow(key, value)
    st.segmented_control(
        filters.label(name, asked.t),
        list(options),
        key=key,
        default=value,
        format_func=options.__getitem__,
        required=True,
        wrap=True,
        on_change=_chosen,
        args=(name, key),
    )


def _chosen(name: str, key: str) -> None:
    address.show(**{name: st.session_state[key]})


def periods(asked: Question, labels: tuple[str, str], shown: tuple[Span, Span]) -> None:
    """Offer two periods to compare: a year of collection, or whatever span a reader types."""
    years = filters.years(asked)
    for name, label, value in zip("ab", labels, map(str, shown), strict=True):
        key = f"show-{name}-{asked.t.code}"
        offered = years if value in years else [*years, value]
        follow(key, value)
        st.selectbox(
            label,
            offered,
            key=key,
            index=offered.index(value),
            format_func=partial(_span_text, t=asked.t),
            placeholder=asked.t("any"),
            accept_new_options=True,
            width=150,
            help=plain(filters.of_periods(asked.t)) if name == "a" else None,
            on_change=_chosen_period,
            args=(name, key),
        )


def _span_text(text: str, t: Language) -> str:
    return words.span(Span.of(text), t)


def _chosen_period(name: str, key: str) -> None:
    """Write the period into the address; what is none goes there, too, to be named as such."""
    try:
        address.show(**{name: Span.of(st.session_state[key])})
    except ValueError:
        now = address.asked()
        address.go(now.selection, now.display, **{name: st.session_state[key]})
