"""The frame around every page: menu, filters, chips, count line, problems and notices."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from incidents.selection import Selection
from loaders import Package
from loaders.language import Language
from loaders.settings import HOME, Settings
from pages.shared import address, data, registry, sidebar, words

ICON = str(HOME / "static" / "favicon.png")


def open_frame(page: StreamlitPage) -> None:
    """Draw everything around a page."""
    st.session_state["in_frame"] = True
    address.confirm(page.url_path)
    t = address.current_language()
    shelf = data.shelf()
    st.set_page_config(page_title=_title(page, t, shelf.package), page_icon=ICON, layout="wide")
    _say_language(t)
    if shelf.faults:
        _data_problem(shelf.faults, t, kept=shelf.package is not None)
    now = address.state()
    sidebar.draw(now)
    _filters_button(now)
    _chips(now)
    _count_line(now)
    _pinned(now, page)
    _problems(now)


def _title(page: StreamlitPage, t: Language, package: Package | None) -> str:
    """Name the browser's tab for the view: page, record, selection."""
    view = [st.query_params.get("id", ""), page.title]
    if package:
        view.append(words.in_words(address.state().selection, package, t))
    name = t("Incidents in Kyrgyzstan")
    return f"{' · '.join(part for part in view if part)} — {name}"


def link(page: str, label: str, query: Mapping[str, object], **options: object) -> None:
    """Link to a page of the dashboard with the parameters of its address."""
    st.page_link(registry.pages()[page], label=label, query_params=dict(query), **options)


def _say_language(t: Language) -> None:
    """Tell browsers and screen readers which language the page is in."""
    st.html(
        f"<script>document.documentElement.lang='{t.code}'</script>",
        unsafe_allow_javascript=True,
    )


def _filters_button(now: address.State) -> None:
    """On a phone, where the sidebar is folded away, offer it by name."""
    if "Mobi" not in (st.context.headers.get("User-Agent") or ""):
        return
    label = now.t("Filters · {n}", n=now.subset.n)
    if st.button(label, key="open-filters", icon=":material/tune:"):
        # Streamlit opens its sidebar only at the start; the number makes each press a new script
        times = st.session_state["filters_opened"] = st.session_state.get("filters_opened", 0) + 1
        opener = "document.querySelector('[data-testid=stExpandSidebarButton]')?.click()"
        st.html(f"<script>{opener} // {times}</script>", unsafe_allow_javascript=True)


def _chips(now: address.State) -> None:
    found = words.chips(now.selection, now.package, now.t)
    with st.container(key="chips", horizontal=True, gap="small"):
        for text, left in found:
            st.button(
                f"{words.plain(text)} ✕",
                key=f"chip-{text}",
                on_click=_select,
                args=(left,),
            )
        if found:
            st.button(
                now.t("Clear all"),
                key="clear-all",
                type="tertiary",
                on_click=_select,
                args=(Selection(),),
            )


def _select(selection: Selection) -> None:
    now = address.state()
    address.go(selection, now.display)


def _count_line(now: address.State) -> None:
    with st.container(key="count"):
        st.markdown(
            now.t(
                "**{n}** of {total} recorded incidents · release {release}",
                n=now.subset.n,
                total=now.package.incidents.total,
                release=now.package.release,
            )
        )


def _pinned(now: address.State, page: StreamlitPage) -> None:
    """Say where a link shows an earlier release, and what was withdrawn since its numbers."""
    t, present, since = now.t, data.package(), now.package.withdrawn_since
    earlier = now.package is not present
    said = []
    if earlier:
        said.append(
            t(
                "This link is pinned to release {release} of {day}, and shows its numbers. The "
                "present release is {present}.",
                release=now.package.release,
                day=t.day(now.package.released),
                present=present.release,
            )
        )
    if since and now.display.release:
        said.append(
            t.plural(
                "{n} record was withdrawn since this release.",
                "{n} records were withdrawn since this release.",
                since,
            )
        )
    if not said:
        return
    with st.container(key="pinned"):
        st.info(" ".join(said))
        if earlier:
            unpinned = {k: v for k, v in address.asked().items() if k != "release"}
            label = t("Show the numbers of release {release} →", release=present.release)
            st.page_link(page, label=label, query_params=unpinned)


def _problems(now: address.State) -> None:
    if not now.problems:
        return
    with st.container(key="problems"):
        lines = "\n".join(f"- {words.problem(p, now.t)}" for p in now.problems[:10])
        st.warning(now.t("Left out of this view:") + "\n" + lines)


def _data_problem(faults: list, t: Language, *, kept: bool) -> None:
    with st.container(key="notice"):
        st.error(
            t("The data files have problems. The last good release stays on show.")
            if kept
            else t("The data files have problems, so nothing can be shown yet.")
        )
        rows = [
            (
                f.file,
                str(f.line or ""),
                words.plain(f.column),
                words.plain(f.value[:80]),
                *words.fault(f, t),
            )
            for f in faults[:200]
        ]
        head = [t("File"), t("Row"), t("Column"), t("Value"), t("Why"), t("What to do")]
        st.table(pd.DataFrame(rows, columns=head).set_index(t("File")))
        st.caption(t("{n} problems in {directory}", n=len(faults), directory=Settings().data.name))
