"""The loaded data, one shelf for all readers."""

import streamlit as st

from loaders import Package
from loaders.shelf import Shelf, common


def shelf() -> Shelf:
    """Give the shelf as it stands. The frame has it look at the files, once in every run."""
    return common()


def package() -> Package:
    """Give the package that is on show. Ends the run where none could ever be loaded."""
    found = shelf().package or shelf().look().package
    if found is None:
        st.stop()
    return found


def pinned(version: str) -> tuple[Package, str]:
    """Give the release a link is pinned to; the one on show, and why, where that cannot be."""
    package()
    return shelf().pinned(version)
