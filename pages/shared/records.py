"""Records on screen: the list, one record, its sources, and the file to take away."""

import pandas as pd
import streamlit as st

from incidents import citation, listing
from incidents.table import Subset
from loaders import files
from loaders.settings import Settings
from pages.shared import address, cite, codebook, figures, frame, widgets, words
from pages.shared.address import State

WIDTHS = (1.5, 1.3, 4.2, 1.5)
BESIDE_AT_MOST = 50


def when(now: State, record: pd.Series) -> str:
    """Write a date as precisely as it is known."""
    t, precision = now.t, record["date_precision"]
    if precision == "unknown":
        return t("undated")
    day = record["first_day"]
    text = {"day": t.day, "month": t.month}.get(precision, lambda d: str(d.year))(day)
    if record["date_end"]:
        text += " – " + t.day(pd.Timestamp(record["date_end"]))
    return text


def where(now: State, record: pd.Series) -> str:
    """Write a place as precisely as it is published."""
    if pd.notna(record["place"]):
        return words.code_label(now.package, "place", record["place"], now.t)
    return words.code_label(now.package, "region", record["region"], now.t)


def what(now: State, record: pd.Series) -> str:
    """Say what happened: the record's summary, or for protected records a sentence from codes."""
    return str(record["summary"]) or words.record_sentence(record, now.package.codebook, now.t)


def labels(now: State, name: str, cell: object) -> str:
    """Word one cell of codes."""
    if pd.isna(cell):
        return ""
    return ", ".join(now.package.codebook.label(name, c, now.t.code) for c in str(cell).split(";"))


def controls(now: State) -> None:
    """Offer the order of the list and the file of all its records."""
    t = now.t
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        widgets.choice(
            now, "sort", t("Order"), {"newest": t("newest first"), "oldest": t("oldest first")}
        )
        n = now.subset.n
        st.download_button(
            t("Download {n} records (CSV)", n=n),
            data=lambda: files.as_csv(now.subset.records(), cite.link_of_file(now)),
            file_name=files.file_name(now.selection, n, now.package.release),
            mime="text/csv",
            on_click="ignore",
            disabled=not n,
        )


def list_page(now: State) -> None:
    """Show one page of the list."""
    t = now.t
    page = listing.page(now.subset, now.display.page, now.display.sort)
    if page.records.empty:
        st.info(t("No record fits all filters. Take one of them away, or clear them all above."))
        return
    for _, record in page.records.iterrows():
        row(now, record)
    if page.of > 1:
        _pager(now, page)


def row(now: State, record: pd.Series) -> None:
    """Show one record in the list: date and place, what, against whom and by whom, response."""
    t = now.t
    with st.container(border=True):
        dated, placed, told, answered = st.columns(WIDTHS, gap="medium")
        with dated:
            open_record(now, record, when(now, record))
        placed.markdown(words.plain(where(now, record)))
        told.markdown(words.plain(what(now, record)))
        groups, by = (
            words.plain(labels(now, name, record[column]))
            for name, column in (("groups", "groups"), ("perpetrators", "perpetrator"))
        )
        against = t("{groups} · by {perpetrator}", groups=groups, perpetrator=by)
        told.caption(against + cautions(now, record))
        answered.markdown(words.plain(labels(now, "responses", record["response"])))
        answered.caption(words.plain(labels(now, "checks", record["checked"])))


def line(now: State, record: pd.Series) -> None:
    """Show one record as a line: its date leads to it."""
    dated, told = st.columns((1.3, 4), gap="medium")
    with dated:
        open_record(now, record, when(now, record))
    told.markdown(words.plain(what(now, record)))


def open_record(now: State, record: pd.Series, text: str) -> None:
    """Offer a record's own page."""
    query = {**now.query(sort=now.display.sort, page=now.display.page), "id": record["incident_id"]}
    frame.link("records", text, query)


def cautions(now: State, record: pd.Series) -> str:
    """Say the caution that stands beside a record."""
    flag = record["flag"]
    return f" · :orange-badge[{words.plain(labels(now, 'flags', flag))}]" if flag else ""


def beside(now: State) -> None:
    """Show the records that fit the filters but stand outside every figure."""
    t, found = now.t, now.subset.beside()
    if found.empty:
        return
    if box := figures.folded(
        t("Not counted: {n} contested or not single incidents", n=len(found)), "beside"
    ):
        with box:
            st.caption(
                t(
                    "Contested accounts, patterns, lasting conditions and border fighting are "
                    "shown for completeness and are in no figure."
                )
            )
            for _, record in found.head(BESIDE_AT_MOST).iterrows():
                kind = words.plain(labels(now, "kinds", record["kind"]))
                place = words.plain(where(now, record))
                head = f"**{when(now, record)}**, {place} · {kind}{cautions(now, record)}"
                st.markdown(f"{head}  \n{words.plain(what(now, record))}")


def one(now: State, record: pd.Series) -> None:
    """Show everything public about one record."""
    t, name = now.t, record["incident_id"]
    st.title(f"{when(now, record)}, {words.plain(where(now, record))}")
    st.markdown(f"#### {words.plain(what(now, record))}")
    if record["summary"] and t.code != "en":
        st.caption(t("The summary is in English, the language in which the record was written."))
    _status(now, record)
    _facts(now, record)
    _sources(now, record)
    _codes(now, record)
    _story(now, record)
    st.subheader(t("Permanent link"))
    st.code(citation.link(Settings().public_url, "records", {"id": name}), language=None)
    cite.record(now, record, f"{when(now, record)}, {where(now, record)}")


def missing(now: State, incident_id: str) -> None:
    """Say that there is no such record."""
    t = now.t
    st.title(t("No such record"))
    st.markdown(
        t(
            "There is no record {id} in release {release}. The address may have been cut.",
            id=words.verbatim(incident_id, 20),
            release=now.package.release,
        )
    )


def withdrawn(now: State, tombstone: pd.Series) -> None:
    """Say that a record was withdrawn, when and why, and nothing of what it said."""
    t, book, why = now.t, now.package.codebook, tombstone["reason"]
    month = t.period(tombstone["withdrawn"])
    st.title(t("This record was withdrawn in {month}", month=month))
    reason = words.plain(book.label("withdrawal_reasons", why, t.code))
    meaning = words.plain(book.definition("withdrawal_reasons", why, t.code))
    st.markdown(" ".join((t("Reason: {reason}.", reason=reason), meaning)))
    st.markdown(t("Nothing of what it said is shown any more."))


def _status(now: State, record: pd.Series) -> None:
    """Say what limits a record: not counted, protected, cautioned."""
    t, book = now.t, now.package.codebook
    counted = record["kind"] in book.marked("kinds", "counted")
    if not counted:
        st.info(
            t(
                "This is not a single incident ({kind}) and is in no figure.",
                kind=words.plain(labels(now, "kinds", record["kind"])),
            )
        )
    if record["flag"]:
        label = words.plain(labels(now, "flags", record["flag"]))
        meaning = words.plain(book.definition("flags", record["flag"], t.code))
        st.warning(f"**{label}.** {meaning}")
    if record["protected"]:
        st.info(
            t(
                "A protected record: it shows no more than year, country or shared region, "
                "groups, one act, perpetrator and response, so that nobody can be recognised. The "
                "source is named, not linked."
            )
        )


def _facts(now: State, record: pd.Series) -> None:
    t = now.t
    persons = "" if pd.isna(record["persons"]) else t.number(int(record["persons"]))
    facts = {
        t("Dataset"): labels(now, "datasets", record["dataset"]),
        t(
            "Date"
        ): f"{when(now, record)} ({labels(now, 'date_precisions', record['date_precision'])})",
        t(
            "Place"
        ): f"{where(now, record)} ({labels(now, 'place_precisions', record['place_precision'])})",
        t("Region"): labels(now, "regions", record["region"]),
        t("Group"): labels(now, "groups", record["groups"]),
        t("Affected"): labels(now, "targets", record["target"]),
        t("People named"): persons,
        t("Category"): labels(now, "categories", record["category"]),
        t("Violation"): labels(now, "violations", record["violations"]),
        t("Perpetrator"): labels(now, "perpetrators", record["perpetrator"]),
        t("Response of the authorities"): labels(now, "responses", record["response"]),
        t("Checked"): labels(now, "checks", record["checked"]),
        t("Project"): "" if pd.isna(record["project"]) else str(record["project"]),
        t("Identifier"): record["incident_id"],
    }
    kept = {words.plain(k): words.plain(v) for k, v in facts.items() if v}
    st.table(pd.Series(kept, name=""), border="horizontal")


def _sources(now: State, record: pd.Series) -> None:
    t = now.t
    st.subheader(t("Sources"))
    told = (record["source_name"], record["source_published"], _tongue(now, record["source_url"]))
    name = words.plain(", ".join(part for part in told if part))
    urls = [u for u in (record["source_url"], record["second_source_url"]) if u]
    if record["link"] == "withheld":
        st.markdown(name)
        st.caption(t("Not linked: the page names or describes a private person."))
    elif record["link"] == "mirror":
        st.markdown(name)
        st.caption(t("Not linked: it was read on a copy of the publisher's page."))
    elif record["reader_risk"]:
        st.markdown(name)
        st.warning(
            t(
                "Courts in Kyrgyzstan ruled this outlet “extremist” in October 2025. Opening or "
                "sharing the link can be held against you there."
            )
        )
        with st.expander(t("Show the address all the same")):
            for url in urls:
                st.code(url, language=None)
    else:
        st.markdown(_linked(now, name, urls[0]) if urls else name)
        for url in urls[1:]:
            publisher, _ = now.package.publisher(url)
            told = (publisher or url, _tongue(now, url))
            second = words.plain(", ".join(part for part in told if part))
            st.markdown(t("Second source:") + " " + _linked(now, second, url))


def _linked(now: State, name: str, url: str) -> str:
    """Link to a page, and to an archived copy of it where one was seen."""
    link, copy = f"[{name}](<{url}>)", now.package.archived(url)
    if not copy:
        return link
    return link + " · [" + now.t("archived copy") + f"](<{copy}>)"


def _tongue(now: State, url: str) -> str:
    """Name the language of a page, where it is known."""
    _, code = now.package.publisher(url)
    return now.t.tongue(code) if code else ""


def _codes(now: State, record: pd.Series) -> None:
    """Define the codes of a record, with examples and their equivalents elsewhere."""
    t = now.t
    if box := figures.folded(t("What these codes mean"), "codes"):
        with box:
            for name, column in (
                ("categories", "category"),
                ("violations", "violations"),
                ("groups", "groups"),
                ("perpetrators", "perpetrator"),
                ("responses", "response"),
                ("checks", "checked"),
            ):
                for code in str(record[column]).split(";"):
                    st.markdown(codebook.entry(now, name, code))
            st.caption(codebook.made_up(t))


def _story(now: State, record: pd.Series) -> None:
    t, incidents = now.t, now.package.incidents
    same = listing.record(incidents, record["same_event"]) if record["same_event"] else None
    for heading, found in (
        (t("The same event in the other dataset"), pd.DataFrame([] if same is None else [same])),
        (t("Other steps of the same story"), listing.episode(incidents, record)),
        (t("Near in time and kind"), listing.neighbours(incidents, record)),
    ):
        if len(found):
            st.subheader(heading)
            for _, other in found.iterrows():
                line(now, other)


def _pager(now: State, page: listing.Page) -> None:
    t = now.t
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(
            t("← Previous"), disabled=page.number == 1, on_click=_turn, args=(page.number - 1,)
        )
        st.markdown(t("Page {number} of {of}", number=page.number, of=page.of), width="content")
        st.button(
            t("Next →"), disabled=page.number == page.of, on_click=_turn, args=(page.number + 1,)
        )


def _turn(number: int) -> None:
    address.show(page=number)


def newest(now: State, subset: Subset, n: int) -> None:
    """Show the newest records of a selection."""
    for _, record in subset.records().head(n).iterrows():
        row(now, record)
