"""What stays in memory for as long as the process runs."""

import gc
import sys

import streamlit as st

from loaders.memory import be_sparing, give_back
from pages.shared import data

be_sparing()


def settle() -> None:
    """Let garbage collection pass over the modules and the data that are there to stay.

    What reading them took beside is given back.

    Streamlit collects garbage after every run, and its last message waits until that is over
    (1.67). Going through 200,000 objects that never die made half of a filter change.
    """
    _freeze(len(sys.modules), hash(data.shelf().signature))


@st.cache_resource(show_spinner=False, max_entries=1)
def _freeze(modules: int, data_files: int) -> None:
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_back()
