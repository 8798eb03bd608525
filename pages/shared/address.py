"""The address is the state: read from it, write to it, and let the widgets follow."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from incidents.selection import Display, Problem, Selection, known_codes, unknown_parameters
from incidents.table import Subset
from loaders import Package
from loaders.language import Language, best, language
from pages.shared import data

Query = dict[str, list[str]]


@dataclass(frozen=True)
class State:
    """What the address says, and the records it selects."""

    package: Package
    selection: Selection
    display: Display
    problems: list[Problem]
    subset: Subset
    t: Language

    def query(self, selection: Selection | None = None, **display: object) -> Mapping[str, object]:
        """Write an address for another selection, shown in the same language and unit."""
        shown_as = self.display
        kept = Display(lang=shown_as.lang, unit=shown_as.unit, release=shown_as.release)
        shown = replace(kept, **display)
        chosen = self.selection if selection is None else selection
        return {**chosen.to_query(), **shown.to_query()}


def asked() -> Query:
    """Read the parameters of the address."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def confirm(path: str) -> None:
    """Send the address back to the browser after a link to the page one was on already.

    Such a link changes the session's parameters but not the browser's address (seen in Streamlit
    1.67); said again, the address follows.
    """
    here, query = st.session_state.get("_here", (None, None))
    if here == path and query != asked():
        st.query_params.from_dict(asked())
    st.session_state["_here"] = (path, asked())


def state() -> State:
    """Read the address once per run."""
    query = asked()
    kept = st.session_state.get("_state")
    version = query.get("release", [""])[-1]
    package, why = data.pinned(version)
    if kept is None or kept[0] != (query, package.release, id(package)):
        problems = [Problem("release", version, why)] if why else []
        release = "" if why else version
        kept = ((query, package.release, id(package)), _read(query, package, release, problems))
        st.session_state["_state"] = kept
    found: State = kept[1]
    return found


def current_language() -> Language:
    """Say in which language to speak, before any data are read."""
    wanted = Display.from_query(asked())[0].lang
    return language(wanted or best(st.context.locale))


def go(selection: Selection, display: Display, **others: str) -> None:
    """Write the address; one call makes one step in the browser's history."""
    st.query_params.from_dict({**selection.to_query(), **display.to_query(), **others})
    here, _ = st.session_state.get("_here", (None, None))
    st.session_state["_here"] = (here, asked())


def show(**changed: object) -> None:
    """Change how things are shown, and keep what is selected."""
    now = state()
    go(now.selection, replace(now.display, **changed))


def here() -> str:
    """Give the path of the page one is on."""
    path, _ = st.session_state.get("_here", ("", None))
    return str(path or "")


def _read(query: Query, package: Package, release: str, found: list[Problem]) -> State:
    incidents = package.incidents
    codes = known_codes(package.codebook, list(incidents.places.index))
    selection, problems = Selection.from_query(query, codes)
    display, more = Display.from_query(query)
    return State(
        package=package,
        selection=selection,
        display=replace(display, release=release),
        problems=[*problems, *more, *found, *unknown_parameters(query)],
        subset=incidents.select(selection),
        t=language(display.lang or best(st.context.locale)),
    )
