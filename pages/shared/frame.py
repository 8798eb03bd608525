"""The frame around every page: top bar, filters, chips, count line, problems and notices."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from answers import faults, files, safety, words
from answers.question import Question
from answers.surfaces.brief import Brief
from incidents.selection import Selection
from loaders.language import Language
from loaders.settings import HOME, Settings
from loaders.shelf import Shelf
from pages.shared import address, data, edges, meanings, sidebar
from pages.shared.assets import stylesheet
from pages.shared.escape import as_script, plain, quoting
from pages.shared.show import download
from pages.shared.tables import table

ICON = str(HOME / "static" / "favicon.png")
BRIEFED = ("overview", "trends", "impact")
"""The pages that offer a brief."""
SCRIPT = "\n".join(
    (HOME / "static" / name).read_text(encoding="utf-8")
    for name in (
        *("place.js", "connection.js", "leaving.js", "menu.js", "paper.js", "meaning.js"),
        *("edges.js", "frame.js"),
    )
)


def open_frame(page: StreamlitPage) -> None:
    """Draw everything around a page."""
    st.session_state["in_frame"] = True
    address.confirm(page.url_path)
    t, shelf = address.current_language(), data.look()
    now = address.asked() if shelf.package else None
    name = "" if now is None else words.site_name(now.package, t)
    st.set_page_config(page_title=_title(page, now, name), page_icon=ICON, layout="wide")
    st.html(f"<style>{stylesheet()}</style>")
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
    call = f"<script>frame({as_script(_told(page, now, t))});</script>"
    if shelf.faults or shelf.away:
        _data_problem(shelf, t)
    if now is None:
        st.html(call, unsafe_allow_javascript=True)
        st.stop()
    # with the bar, which changes as often: what never changes is sent and run once
    st.html(edges.bar(now, page.url_path, name) + call, unsafe_allow_javascript=True)
    sidebar.draw(now, _key(page))
    with st.container(key="filtered", horizontal=True, vertical_alignment="center", gap="small"):
        _count_line(now)
        _chips(now)
        if _key(page) in BRIEFED:
            _brief(now)
    _pinned(now, page)
    _problems(now)


def close_frame(page: StreamlitPage) -> None:
    """End a page: where it leads on, its citation, what codes mean."""
    asked = address.asked()
    meanings.deliver(asked)
    st.html(edges.foot(asked, page.title, filtered=_key(page) in sidebar.FILTERED))


def _title(page: StreamlitPage, asked: Question | None, name: str) -> str:
    """Name the browser's tab for the page or record; what is filtered stands on the page."""
    view = (asked.record if asked else "") or page.title
    return " — ".join(part for part in (view, name) if part)


def _told(page: StreamlitPage, asked: Question | None, t: Language) -> dict[str, object]:
    """Say what a script tells the browser: the language, and the names of Streamlit's parts."""
    settings = Settings()
    return {
        "lang": t.code,
        "filters": t("Filters · {n}", n=asked.subset.n) if asked else "",
        "close": t("Close the filters"),
        "pages": t("Pages"),
        "choose": t("Choose a file"),
        "view": [page.url_path, asked.record, asked.part, asked.display.page] if asked else [],
        "part": asked.part if asked else "",
        "skip": t("To the content"),
        "own": {
            "Sidebar": t("Filters"),
            "Copy to clipboard": t("Copy"),
            "Link to heading": t("Link to this heading"),
            "Help for ": t("Help: {name}", name=""),
            "Fullscreen: ": t("Full screen: {name}", name=""),
        },
        "lost": t("The connection is lost. Trying again …"),
        "leave": safety.leave(t),
        "stays": safety.stays(t),
        "exit": settings.exit(address.base(), beside=settings.beside),
        "history": settings.history,
        "steps": safety.words_of_steps(t),
    }


def _key(page: StreamlitPage) -> str:
    """Give the name of a page in the registry."""
    return page.url_path or "overview"


def _chips(asked: Question) -> None:
    found = words.chips(asked.selection, asked.package, asked.t)
    with st.container(key="chips", horizontal=True, gap="xsmall"):
        for chip in found:
            st.button(
                f"{plain(chip.told)} ✕",
                key=f"chip-{chip.parameter}-{chip.code}",
                on_click=address.select,
                args=(chip.left,),
            )
        if found:
            st.button(
                asked.t("Clear all"),
                key="clear-all",
                type="tertiary",
                on_click=address.select,
                args=(Selection(),),
            )


def _brief(asked: Question) -> None:
    """Offer a brief of what is seen; it is made when its button is pressed."""
    answer = asked.answer(Brief)
    with st.container(key="brief", width="content"):
        download(files.of(answer)["pdf"], answer.label, key="file-brief", type="tertiary")


def _count_line(asked: Question) -> None:
    before, n, after = words.count_line(asked)
    gaps = (" " if before.endswith(" ") else "", " " if after.startswith(" ") else "")
    with st.container(key="count", width="content"):
        st.markdown(f"{plain(before)}{gaps[0]}**{plain(n)}**{gaps[1]}{plain(after)}")


def _pinned(asked: Question, page: StreamlitPage) -> None:
    """Say where a link shows an earlier release, and lead to the present one."""
    present = data.package()
    said = words.pinned(asked, present)
    if not said:
        return
    with st.container(key="pinned"):
        st.info(plain(" ".join(said)))
        if asked.package is not present:
            unpinned = {k: v for k, v in address.query().items() if k != "release"}
            label = asked.t("Show the numbers of release {release} →", release=present.release)
            st.page_link(page, label=label, query_params=unpinned)


def _problems(asked: Question) -> None:
    if not asked.problems:
        return
    told = [words.problem(each, asked.t) for each in asked.problems]
    with st.container(key="problems"):
        lines = "\n".join(f"- {quoting(each.parts)}" for each in told)
        st.warning(asked.t("Left out of this view:") + "\n" + lines)


def _data_problem(shelf: Shelf, t: Language) -> None:
    found = shelf.faults
    with st.container(key="notice"):
        for said in faults.notices(shelf, t):
            st.error(plain(said))
        if away := shelf.away:
            st.caption(plain(faults.unusable(away.why, t)))
        if found:
            table(faults.table(found, t))
            directory = Settings().data.name
            st.caption(plain(t("{n} problems in {directory}", n=len(found), directory=directory)))
