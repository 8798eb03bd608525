"""The loaded data, one shelf for all readers."""

import streamlit as st

from loaders import Package
from loaders.shelf import Shelf, Standing, common


def shelf() -> Shelf:
    """Give the shelf as it stands, which other readers may have changed a moment ago."""
    return common()


def look() -> Shelf:
    """Look at the files, once in every run: what is on show now is so until the run is over."""
    found = common().look()
    st.session_state["_package"] = found.package
    return found


def package() -> Package:
    """Give the package of this run. Ends the run where none could ever be loaded."""
    found: Package | None = st.session_state.get("_package") or shelf().package
    found = found or look().package
    if found is None:
        st.stop()
    return found


def standing() -> Standing:
    """Give the shelf as it stood when this run looked at it."""
    return Standing(shelf(), package())


def pinned(version: str) -> tuple[Package, str]:
    """Give the release a link is pinned to; the one on show, and why, where that cannot be."""
    return standing().pinned(version)
