"""Records on a page: the list, and one record with its sources."""

from collections.abc import Iterable
from contextlib import nullcontext

import streamlit as st

from answers import codebook, files, safety
from answers.history import Past
from answers.surfaces.record import Absent, Original, Source, Told
from answers.surfaces.records import Records, Row
from answers.words import parted
from incidents.listing import Page
from incidents.wording import WRITTEN
from loaders.language import Language
from pages.shared import address, registry, widgets
from pages.shared.codes import entry
from pages.shared.escape import linked, markdown, plain, quoting, small
from pages.shared.safety import following
from pages.shared.show import download, folded, line_of_record, link, spoken
from pages.shared.tables import facts


def controls(answer: Records) -> None:
    """Offer the order of the list and the files of all its records."""
    t, n, offered = answer.t, answer.asked.subset.n, files.of(answer)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        widgets.choice(answer.asked, "sort")
        label = t("Download {n} records (XLSX)", n=n)
        with st.container(horizontal=True, gap="small", width="content"):
            download(offered["xlsx"], label, key="file-records-xlsx", disabled=not n)
            download(offered["csv"], "CSV", key="file-records-csv", disabled=not n)


def page(answer: Records) -> None:
    """Show one page of the list."""
    if answer.empty:
        st.info(plain(answer.empty))
        return
    if answer.language_note:
        st.caption(plain(answer.language_note))
    rows(answer.rows, "listed")
    if answer.listed.of > 1:
        _pager(answer.listed, answer.t)


def rows(found: Iterable[Row], key: str) -> None:
    """Show records one below the other, each as one link: every element costs a browser 5 ms."""
    with st.container(key=f"rows-{key}", gap=None):
        for each in found:
            to = each.link
            # what is in another language says so: a screen reader speaks it as it is written
            with spoken(each.lang, str(to.query["id"])) if each.lang else nullcontext():
                st.page_link(
                    registry.pages()[to.page],
                    label=f"{plain(to.text)} {small(_facts(each))}",
                    query_params=to.query,
                    width="stretch",
                )


def _facts(found: Row) -> str:
    caution = f" · :orange-badge[{plain(found.caution)}]" if found.caution else ""
    return " · ".join(map(plain, found.facts)) + caution


def beside(answer: Records) -> None:
    """Show the records that fit the filters but stand outside every figure."""
    t, n = answer.t, len(answer.asked.subset.beside())
    label = t("Not counted: {n} contested or not single incidents", n=n)
    if not n or not (box := folded(label, "beside")):
        return
    with box:
        st.caption(plain(answer.of_those_beside))
        rows(answer.beside, "beside")


def one(told: Told) -> None:
    """Show everything public about one record."""
    t = told.t
    with spoken(told.lang, "title") if told.lang else nullcontext():
        st.title(plain(told.title))
    st.caption(plain(told.dated))
    if told.original:
        _original(told.original)
    elif told.language_note:
        st.caption(plain(told.language_note))
    for notice in told.notices:
        (st.warning if notice.warning else st.info)(markdown(notice.said))
    facts(told.facts)
    st.header(t("Sources"))
    for source in told.sources:
        _source(source, told)
    if told.past:
        _past(told.past)
    if box := folded(t("What these codes mean"), "codes"):
        with box:
            for found in told.codes:
                st.markdown(entry(found))
            st.caption(plain(codebook.made_up(t)))
            link(told.all_codes)
    for at, (heading, others) in enumerate(told.story.items()):
        st.header(heading)
        rows(others, f"story-{at}")
    line_of_record(told)


def _original(found: Original) -> None:
    """Say how a sentence came into the reader's language, and show the one that was written."""
    st.caption(plain(found.said))
    with st.expander(found.fold):
        with spoken(WRITTEN, "original"):
            st.markdown(plain(found.text))
        link(found.onward)


def _past(found: Past) -> None:
    """Say since when a record is in the data; what was corrected opens below."""
    corrected = len(found.steps) > 1
    with st.expander(found.line, key="past") if corrected else nullcontext():
        if corrected:
            st.caption(plain(found.note))
        with st.container(key="rows-past", gap=None):
            for step in found.steps:
                to = registry.pages()[step.page]
                st.page_link(to, label=plain(step.text), query_params=step.query, width="stretch")


def absent(found: Absent) -> None:
    """Say why there is no record."""
    st.title(plain(found.title))
    for said in found.said:
        st.markdown(quoting(parted(said, found.verbatim)))


def _source(found: Source, told: Told) -> None:
    text = plain(found.text)
    if found.link:
        text = text.replace(plain(found.link.text), linked(found.link), 1)
    st.markdown(" · ".join((text, *map(linked, found.copies))))
    if found.caution:
        (st.warning if found.warning else st.caption)(plain(found.caution))
    if found.hidden:
        with st.expander(told.t("Show the address all the same")):
            for url in found.hidden:
                st.code(url, language=None)
        if not told.asked.package.reader_risks.empty:
            st.markdown(plain(safety.risks_heading(told.t)))
            following(told.asked)
        link(safety.onward(told.asked))


def _pager(found: Page, t: Language) -> None:
    number, of = found.number, found.of
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(t("← Previous"), disabled=number == 1, on_click=_turn, args=(number - 1,))
        st.markdown(plain(t("Page {number} of {of}", number=number, of=of)), width="content")
        st.button(t("Next →"), disabled=number == of, on_click=_turn, args=(number + 1,))


def _turn(number: int) -> None:
    address.show(page=number)
