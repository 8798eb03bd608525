"""The donor's figures: large, each with its sentence and one link."""

from collections.abc import Iterable

import streamlit as st

from answers.surfaces.overview import Figure, Numbers
from pages.shared.escape import plain
from pages.shared.show import link, links


def figures(found: tuple[Figure, ...]) -> None:
    """Show figures side by side, as cards."""
    with st.container(key="figures"):
        places = st.columns(len(found), gap="small", border=True)
        for place, each in zip(places, found, strict=True):
            with place:
                st.markdown(f"**{plain(each.value)}** {plain(each.sentence)}")
                link(each.link)


def numbers(found: Iterable[Numbers]) -> None:
    """Show what lies behind them."""
    for each in found:
        if each.sentence:
            st.caption(plain(each.sentence))
        if each.links:
            links(each.links)
