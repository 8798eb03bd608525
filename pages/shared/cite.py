"""The citation under every chart, map, table and record: its words, its forms, its fingerprint."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from incidents import citation, counts
from incidents.citation import Citation
from incidents.schema import visible
from incidents.selection import CODED
from loaders.language import Language
from loaders.settings import Settings
from pages.shared import address, figures, words
from pages.shared.address import State


def selection(now: State, surface: str, view: str = "") -> None:
    """Offer the citation of what a chart, map, table or list shows; `view` is its title, if any."""
    if box := _folded(now, surface):
        with box:
            _texts(of_selection(now, view), now.t)


def record(now: State, found: pd.Series, view: str) -> None:
    """Offer the citation of one record."""
    if box := _folded(now, "record"):
        name = found["incident_id"]
        rows = now.package.incidents.frame
        rows = citation.published(rows[rows["incident_id"] == name])
        view = now.t("Record {id}: {view}", id=name, view=view)
        link = _link("records", {"id": name, **_pin(now)})
        with box:
            _texts(_cited(now, view, now.t("one record"), citation.fingerprint(rows), link), now.t)


def published(now: State, view: str) -> None:
    """Offer the citation of the totals that somebody else published."""
    if box := _folded(now, "published"):
        with box:
            _texts(of_published(now, view), now.t)


def of_selection(now: State, view: str) -> Citation:
    """Cite what the selection holds."""
    t, n = now.t, now.subset.n
    amount = t.plural("{n} recorded incident", "{n} recorded incidents", n)
    if now.display.unit == "people":
        people = counts.total(now.subset, "people")
        amount = t("{people} people named in {amount}", people=people, amount=amount)
    return _cited(now, view, amount, now.subset.fingerprint, _view(now), filters(now))


def of_published(now: State, view: str) -> Citation:
    """Cite the totals that somebody else published."""
    rows = now.package.published_rows.astype(str)
    publisher, _ = now.package.published_source
    amount = now.t.plural("{n} published total", "{n} published totals", len(rows))
    link = _link(address.here(), _pin(now))
    return _cited(now, view, amount, citation.fingerprint(rows), link, publisher)


def claims(now: State, view: str) -> None:
    """Offer the citation of the claims and their readings."""
    if box := _folded(now, "claims"):
        rows = now.package.claim_rows
        amount = now.t.plural("{n} claim", "{n} claims", len(now.package.claims))
        with box:
            link = _link(address.here(), _pin(now))
            _texts(_cited(now, view, amount, citation.fingerprint(rows), link), now.t)


def link_of_file(now: State) -> str:
    """Give the address that a file of the selection's records bears: what it holds, and of when."""
    pin = {"release": now.package.release}
    return _link("records", {**now.selection.to_query(), **pin})


def filters(now: State) -> str:
    """Name every filter that is set, with what it lets through."""
    t, chosen = now.t, now.selection
    names = {
        "data": t("Dataset"),
        "group": t("Group"),
        "violation": t("Violation"),
        "category": t("Category"),
        "region": t("Region"),
        "perpetrator": t("Perpetrator"),
        "response": t("Response of the authorities"),
        "place": t("Place"),
        "checked": t("Checked"),
    }
    either = t(" or ")
    said = [
        (names[name], either.join(words.code_label(now.package, name, c, t) for c in codes))
        for name in CODED
        if (codes := getattr(chosen, name))
    ]
    if chosen.start or chosen.end:
        said.append((t("Date"), words.period_words(chosen.start, chosen.end, t)))
    if chosen.q:
        said.append((t("Text"), t("“{text}”", text=chosen.q)))
    return "; ".join(f"{name}: {value}" for name, value in said) or t("no filter")


def apa(cited: Citation, t: Language) -> str:
    """Word a citation in the manner of the APA."""
    about = "; ".join(filter(None, (cited.amount, cited.filters)))
    return t(
        "{organisation}. ({year}). {title} (Release {release}, {day}) [Data set]. {about}. {link} "
        "SHA-256: {fingerprint}",
        organisation=cited.organisation,
        year=f"{cited.released:%Y}",
        title=cited.title,
        release=cited.release,
        day=t.day(cited.released),
        about=about,
        link=cited.link,
        fingerprint=cited.fingerprint,
    )


def in_text(cited: Citation, t: Language) -> str:
    """Word a citation as it stands in a sentence."""
    return t(
        "({organisation}, {year}, release {release}: {amount})",
        organisation=cited.organisation,
        year=f"{cited.released:%Y}",
        release=cited.release,
        amount=cited.amount,
    )


def _folded(now: State, surface: str) -> DeltaGenerator | None:
    return figures.folded(now.t("Cite"), f"cite-{surface}")


def _view(now: State) -> str:
    """Give the address of the view one is on, pinned to its release."""
    shown = replace(now.display, page=1, release=now.package.release)
    return _link(address.here(), {**now.selection.to_query(), **shown.to_query()})


def _pin(now: State) -> dict[str, str]:
    lang = {"lang": now.display.lang} if now.display.lang else {}
    return {**lang, "release": now.package.release}


def _link(path: str, query: Mapping[str, object]) -> str:
    return citation.link(Settings().public_url, path, query)


def _cited(
    now: State, view: str, amount: str, fingerprint: str, link: str, chosen: str = ""
) -> Citation:
    t, package = now.t, now.package
    work = t("Documented attacks on the media and violations against minorities in Kyrgyzstan")
    return Citation(
        title=". ".join(part for part in (work, view.rstrip(".")) if part),
        organisation=Settings().organisation,
        released=package.released,
        release=package.release,
        amount=amount,
        filters=chosen,
        link=link,
        fingerprint=fingerprint,
        language=t.code,
    )


def _texts(cited: Citation, t: Language) -> None:
    """Show one citation in every form, each to be copied."""
    for label, text in (
        (t("Citation (APA)"), apa(cited, t)),
        (t("In the text"), in_text(cited, t)),
        (t("Permanent link"), cited.link),
        (t("Fingerprint of the rows (SHA-256)"), cited.fingerprint),
    ):
        st.caption(label)
        st.code(visible(text), language=None, wrap_lines=True)
    forms = {
        "BibTeX": citation.bibtex(cited),
        "RIS": citation.ris(cited),
        "CSL-JSON": citation.csl_json(cited),
    }
    for tab, text in zip(st.tabs(list(forms)), forms.values(), strict=True):
        tab.code(text, language=None, wrap_lines=True)
