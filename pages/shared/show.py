"""One way to put any answer on a page: heading, chart, notes, and one line with the rest."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answers import archive, cited, citing, files, words
from answers.answer import Answer, Link
from answers.files import File
from answers.pages import figured
from answers.question import Question
from answers.surfaces.record import Told
from charts.style import CONFIG
from loaders.language import Language
from loaders.settings import Settings
from pages.shared import registry
from pages.shared.escape import aloud, markdown, plain, small
from pages.shared.tables import table

LABELS = {"geojson": "GeoJSON"}


def title(asked: Question, text: str) -> None:
    """Head a page: what it says, and what of everything it says it of."""
    only = words.in_words(asked.selection, asked.package, asked.t)
    st.title(f"{plain(text)} {small(plain(only))}" if only else plain(text))


def spoken(lang: str, key: str) -> DeltaGenerator:
    """Hold what is in another language than the page; `static/frame.js` marks it so."""
    return st.container(key=f"lang-{lang}-{key}", gap=None)


def chart(answer: Answer) -> None:
    """Show the figure, with its words for those who cannot see it; or why there is none."""
    if answer.empty:
        st.info(plain(answer.empty))
        return
    st.plotly_chart(
        answer.figure, key=f"{answer.key}-figure", theme=None, config=CONFIG, alt=answer.alt
    )


def notes(answer: Answer) -> None:
    """Say what is left out and what is not final; what the numbers rest on stands in the line."""
    if said := [plain(text) for text in answer.notes]:
        st.caption(" ".join(said))


def line(
    answer: Answer,
    without: Iterable[str] = (),
    *,
    tabled: bool = False,
    filed: bool = True,
    and_package: bool = False,
) -> None:
    """Offer what belongs to an answer in one line: its table, its files, its citation, its links.

    The table is left out where the page has the numbers `tabled` already; of nothing there is
    nothing to take, but perhaps the whole package.
    """
    parts: dict[str, Callable[[], object]] = {}
    if not tabled and not answer.empty:
        parts["table"] = lambda: table(answer.table.told())
    if filed and (and_package or not answer.empty):
        parts["take"] = lambda: _take(answer, without, and_package=and_package)
    parts |= _cited(answer)
    if answer.how_to_read and not answer.empty:
        parts["read"] = lambda: st.markdown(plain(" ".join(answer.how_to_read)))
    if answer.grounds or answer.sources:
        parts["grounds"] = lambda: _grounds(answer)
    _line(answer.key, answer.title, parts, answer.t)


def line_of_record(told: Told) -> None:
    """Offer the citation and the links of one record."""
    _line(told.key, told.title, _cited(told), told.t)


def line_of_package(asked: Question) -> None:
    """Offer the whole package."""
    title = archive.label(asked.t)
    _line("package", title, {"take": lambda: _package(asked)}, asked.t)


def _line(key: str, title: str, parts: Mapping[str, Callable[[], object]], t: Language) -> None:
    """Offer parts by name, side by side; each opens below. What is closed costs nothing."""
    names = {
        "table": t("Table"),
        "take": t("Download"),
        "cite": t("Cite"),
        "share": t("Share"),
        "read": t("How to read"),
        "grounds": t("Notes"),
    }
    opened = st.pills(
        aloud(title),
        list(parts),
        selection_mode="multi",
        wrap=True,
        format_func=names.__getitem__,
        key=f"line-{key}",
        label_visibility="collapsed",
    )
    for part, draw in parts.items():
        if part in opened:
            with st.container(key=f"{part}-{key}", border=True):
                draw()


def _cited(answer: Answer | Told) -> dict[str, Callable[[], object]]:
    return {"cite": lambda: _cite(answer), "share": lambda: _share(answer)}


def _cite(answer: Answer | Told) -> None:
    """Show the citation in every form, each to be copied."""
    found = answer.citation
    _copied(citing.texts(found, answer.t))
    forms = citing.for_programs(found)
    for tab, text in zip(st.tabs(list(forms)), forms.values(), strict=True):
        tab.code(text, language=None, wrap_lines=True)
    if Settings().beside and isinstance(answer, Answer) and figured(answer.surface):
        _copied(citing.frames(answer.asked, found, answer.name))
    _without_host(answer)
    link(cited.onward(answer.asked))


def _grounds(answer: Answer) -> None:
    """Say what the numbers rest on, and where they come from."""
    st.markdown(" ".join((*map(plain, answer.grounds), *map(markdown, answer.sources))))


def _share(answer: Answer | Told) -> None:
    _copied(citing.links(answer.citation, answer.t))
    _without_host(answer)


def _copied(texts: Mapping[str, str]) -> None:
    """Show texts to be copied, each under what it is."""
    for label, text in texts.items():
        st.caption(plain(label))
        st.code(text, language=None, wrap_lines=True)


def _without_host(answer: Answer | Told) -> None:
    if said := citing.without_host(answer.citation, answer.t):
        st.caption(plain(said))


def _take(answer: Answer, without: Iterable[str], *, and_package: bool) -> None:
    """Offer an answer as files, and perhaps the package they are from."""
    if answer.drawn:
        st.caption(plain(files.caption(answer.t)))
    with st.container(horizontal=True, gap="small"):
        for kind, file in files.of(answer).items():
            if kind not in without:
                label = LABELS.get(kind, kind.upper())
                download(file, label, key=f"file-{answer.key}-{kind}")
    if and_package:
        _package(answer.asked)


def _package(asked: Question) -> None:
    st.caption(plain(archive.caption(asked)))
    download(archive.of(asked), archive.label(asked.t), key="file-package")
    if (copied := archive.copied(asked)) is not None:
        link(copied)


def download(file: File, label: str, **options: Any) -> None:
    """Offer a file; it is made when its button is pressed."""
    st.download_button(
        label, data=file.make, file_name=file.name, mime=file.mime, on_click="ignore", **options
    )


def folded(label: str, key: str, *, opened: bool = False) -> DeltaGenerator | None:
    """Offer something folded away. None until a reader opens it: what is hidden costs nothing."""
    box = st.expander(label, key=key, on_change="rerun", expanded=opened)
    return box if box.open else None


def link(to: Link | None) -> None:
    """Link to a page of the dashboard with the parameters of its address."""
    if to:
        st.page_link(registry.pages()[to.page], label=plain(to.text), query_params=to.query)


def links(found: Iterable[Link]) -> None:
    """Offer links side by side."""
    with st.container(horizontal=True, gap="small"):
        for each in found:
            link(each)
