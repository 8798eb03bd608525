"""The loaded data, kept for all readers and read again when a file changes."""

from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from incidents.schema import Fault
from loaders import Faults, Package, load, release
from loaders.settings import Settings


@dataclass
class Shelf:
    """The last good package, what is wrong with the files since, and earlier releases in use."""

    signature: tuple[tuple[str, int, int], ...] = ()
    package: Package | None = None
    faults: list[Fault] | None = None
    earlier: dict[str, Package] = field(default_factory=dict)


@st.cache_resource(show_spinner=False)
def kept() -> Shelf:
    """Give what is on the shelf, without a look at the files."""
    return Shelf()


def shelf() -> Shelf:
    """Look at the files, load them if they changed, and keep the last good release."""
    found = kept()
    directory = Settings().data
    signature = _signature(directory)
    if signature != found.signature:
        found.signature = signature
        try:
            found.package, found.faults = load(directory), None
            found.earlier.clear()
        except Faults as problem:
            found.faults = problem.faults
    return found


def package() -> Package:
    """Give the package that is on show. Ends the run where none could ever be loaded."""
    found = kept().package or shelf().package
    if found is None:
        st.stop()
    return found


def pinned(version: str) -> tuple[Package, str]:
    """Give the release a link is pinned to; the one on show, and why, where that cannot be."""
    present, known = package(), kept().earlier
    if not version or version == present.release:
        return present, ""
    if version not in known:
        try:
            found = release(version, present)
        except Faults:
            return present, "broken_release"
        if found is None:
            return present, "no_such_release"
        known[version] = found
    return known[version], ""


def _signature(directory: Path) -> tuple[tuple[str, int, int], ...]:
    """Tell one state of the present release's files from another; kept ones change with it."""
    folders = (directory, directory / "codebook", directory / "checking")
    files = sorted(path for folder in folders for path in folder.glob("*") if path.is_file())
    stats = [(str(path), path.stat()) for path in files]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
