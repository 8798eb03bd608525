"""The loaded data, kept for all readers and read again when a file changes."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from incidents.schema import Fault
from loaders import Faults, Package, load
from loaders.settings import Settings


@dataclass
class Shelf:
    """The last good package, and what is wrong with the files since."""

    signature: tuple[tuple[str, int, int], ...] = ()
    package: Package | None = None
    faults: list[Fault] | None = None


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf:
    return Shelf()


def shelf() -> Shelf:
    """Look at the files, load them if they changed, and keep the last good release."""
    kept = _shelf()
    directory = Settings().data
    signature = _signature(directory)
    if signature != kept.signature:
        kept.signature = signature
        try:
            kept.package, kept.faults = load(directory), None
        except Faults as problem:
            kept.faults = problem.faults
    return kept


def package() -> Package:
    """Give the package that is on show. Ends the run where none could ever be loaded."""
    found = _shelf().package or shelf().package
    if found is None:
        st.stop()
    return found


def _signature(directory: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    stats = [(str(path), path.stat()) for path in files]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
