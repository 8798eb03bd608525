"""Small widgets that change how things are shown; the address remembers what was chosen."""

from collections.abc import Mapping

import streamlit as st

from pages.shared import address
from pages.shared.address import State


def follow(key: str, value: object) -> None:
    """Let a widget show what the address says.

    Written only where the two disagree: a widget that is told its value draws itself twice. The
    same value must stand as the widget's default, since the browser forgets a widget's value when
    one walks quickly between pages, shows the default, and reports that as a choice.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def choice(now: State, name: str, label: str, options: Mapping[str, str]) -> None:
    """Offer the values of one display parameter side by side."""
    key = f"show-{name}-{now.t.code}"
    value = getattr(now.display, name)
    follow(key, value)
    st.segmented_control(
        label,
        list(options),
        key=key,
        default=value,
        format_func=options.__getitem__,
        required=True,
        wrap=True,
        on_change=_chosen,
        args=(name, key),
    )


def unit(now: State) -> None:
    """Offer to count incidents or the people named in them."""
    t = now.t
    choice(now, "unit", t("Count"), {"incidents": t("incidents"), "people": t("people named")})


def _chosen(name: str, key: str) -> None:
    address.show(**{name: st.session_state[key]})


def pick(now: State, name: str, label: str, options: list[str], value: str) -> None:
    """Offer one of many values of a display parameter."""
    key = f"show-{name}-{now.t.code}"
    offered = options if value in options else [*options, value]
    follow(key, value)
    st.selectbox(
        label,
        offered,
        key=key,
        index=offered.index(value),
        width=110,
        on_change=_chosen,
        args=(name, key),
    )
