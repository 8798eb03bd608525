"""Citations: what each says, in one language, and the forms in which it can be copied."""

import html
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote_plus

import pandas as pd

from answers.amounts import Amount
from answers.question import Address, Question
from answers.words import filters, organisation
from incidents import citation
from incidents.citation import Citation
from incidents.schema import visible
from loaders.language import Language


def of_selection(asked: Question, title: str, amount: Amount, page: str) -> Citation:
    """Cite what a surface shows of the selection."""
    shown = replace(asked.display, page=1, release="")
    query = {**asked.selection.to_query(), **shown.to_query()}
    mark, chosen = asked.subset.fingerprint, filters(asked)
    return cite(asked, title, amount.text, mark, page, query, chosen)


def of_record(asked: Question, found: pd.Series, title: str) -> Citation:
    """Cite one record."""
    name, t = found["incident_id"], asked.t
    mark = asked.package.incidents.fingerprint_of(name)
    view = t("Record {id}: {view}", id=name, view=title)
    query = _query_of_record(asked, name)
    return cite(asked, view, t("one record"), mark, "records", query)


def of_rows(
    asked: Question, title: str, amount: str, rows: pd.DataFrame, page: str, source: str = ""
) -> Citation:
    """Cite rows that no selection changes.

    `source` says who published them, if not who publishes this copy, and after a comma in what.
    """
    mark, by = citation.fingerprint(rows.astype(str)), source.partition(", ")[0]
    return cite(asked, title, amount, mark, page, _language(asked), source, by)


def of_package(asked: Question) -> str:
    """Cite the dashboard as a whole, in one line."""
    package, t = asked.package, asked.t
    release = t("Release {release}", release=package.release)
    where = f" {asked.origin}/" if "://" in asked.origin else ""
    return f"{organisation(package, t)}. {package.title(t.code)}. {release}.{where}"


def of_page(asked: Question, title: str, *, filtered: bool) -> str:
    """Cite a page as it stands, or its record, in one line: what a printed page ends with.

    A page that no filter touches is not `filtered`.
    """
    package, t = asked.package, asked.t
    query: Address = {**_language(asked), "release": package.release}
    chosen = ""
    if asked.record:
        query = {"id": asked.record, **query}
    elif filtered:
        query = {**asked.selection.to_query(), **asked.display.to_query(), **query}
        chosen = filters(asked)
    return t(
        "{organisation}: {title}. {about}. {day}, {link}",
        organisation=organisation(package, t),
        title=f"{package.title(t.code)}. {asked.record or title}",
        about="; ".join(filter(None, (t("Release {release}", release=package.release), chosen))),
        day=t.day(package.released),
        link=citation.link(asked.origin, asked.path, query),
    )


def link_of_file(asked: Question) -> str:
    """Give the address that a file of the selection's records bears: what it holds, and of when."""
    query = {**asked.selection.to_query(), "release": asked.package.release}
    return citation.link(asked.origin, "records", query)


def links_of_records(asked: Question, names: Sequence[str]) -> list[str]:
    """Give the permanent link of each record: the one that its page offers to share."""
    shared = {**_language(asked), "release": asked.package.release}
    page, _, rest = citation.link(asked.origin, "records", shared).partition("?")
    return [f"{page}?id={quote_plus(name)}&{rest}" for name in names]


def cite(
    asked: Question,
    title: str,
    amount: str,
    fingerprint: str,
    page: str,
    query: Address,
    chosen: str = "",
    by: str = "",
) -> Citation:
    """Cite something of the package; `query` is that of its page, without a release.

    `by` names who counted, if not who publishes this copy.
    """
    package, t = asked.package, asked.t
    pinned = {**query, "release": package.release}
    return Citation(
        name=package.name,
        package=package.title(t.code),
        title=title.rstrip("."),
        organisation=by or organisation(package, t),
        released=package.released,
        release=package.release,
        edition=t("Release {release}", release=package.release),
        amount=amount,
        filters=chosen,
        link=citation.link(asked.origin, page, pinned),
        fingerprint=fingerprint,
        language=t.code,
        licence=", ".join(filter(None, package.licence)),
        current=citation.link(asked.origin, page, pinned if asked.display.release else query),
    )


def footnote(cited: Citation, t: Language) -> str:
    """Word a citation in a line: who counted, what, how many, when, and where it stands."""
    return t(
        "{organisation}: {title}. {about}. {day}, {link}",
        organisation=cited.organisation,
        title=cited.title,
        about=cited.about,
        day=t.day(cited.released),
        link=cited.link,
    )


def apa(cited: Citation, t: Language) -> str:
    """Word a citation in the manner of the APA."""
    return t(
        "{organisation}. ({year}). {title} (Release {release}, {day}) [Data set]. {about}. {link}",
        organisation=cited.organisation,
        year=f"{cited.released:%Y}",
        title=cited.whole_title,
        release=cited.release,
        day=t.day(cited.released),
        about=cited.about,
        link=cited.link,
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


def texts(cited: Citation, t: Language) -> dict[str, str]:
    """Give a citation in every form that people read, by the form's name."""
    said = {
        t("Footnote"): footnote(cited, t),
        t("Citation (APA)"): apa(cited, t),
        t("In the text"): in_text(cited, t),
        t("Fingerprint (SHA-256): tells whether the rows are still the same"): cited.fingerprint,
    }
    return {form: visible(text) for form, text in said.items()}


def links(cited: Citation, t: Language) -> dict[str, str]:
    """Give the links to what is cited, each by the numbers that it will show."""
    kept = {t("Always with the numbers of release {release}", release=cited.release): cited.link}
    if cited.current == cited.link:
        return kept  # the view is an earlier release's
    return {t("With the newest numbers"): cited.current, **kept}


def frames(asked: Question, cited: Citation, name: str) -> dict[str, str]:
    """Write what puts a figure into a page of somebody else's, to be copied, by what it shows."""
    frame = '<iframe src="{}" title="{}" width="100%" height="560" loading="lazy"></iframe>'
    title = html.escape(visible(cited.title))
    found = embeds(asked, cited, name)
    return {label: frame.format(html.escape(to), title) for label, to in found.items()}


def embeds(asked: Question, cited: Citation, name: str) -> dict[str, str]:
    """Give the addresses at which a figure stands alone, for a frame on another page."""
    t, query = asked.t, {**asked.whole(), "lang": asked.t.code, "release": ""}
    plain = {name: value for name, value in query.items() if value}
    pinned = {**plain, "release": cited.release}
    newest = t("For a page of yours, with the newest numbers")
    kept = t("For a page of yours, with the numbers of release {release}", release=cited.release)
    found = {kept: citation.link(asked.origin, f"embed/{name}", pinned)}
    if cited.current == cited.link:
        return found
    return {newest: citation.link(asked.origin, f"embed/{name}", plain), **found}


def without_host(cited: Citation, t: Language) -> str:
    """Say to whoever runs this copy that links name no host; nothing where they do."""
    if "://" in cited.link:
        return ""
    return t("Links name no host: whoever runs this copy must set PUBLIC_URL.")


def for_programs(cited: Citation) -> dict[str, str]:
    """Give a citation in every form that programs read, by the form's name."""
    return {
        "BibTeX": citation.bibtex(cited),
        "RIS": citation.ris(cited),
        "CSL-JSON": citation.csl_json(cited),
    }


def _query_of_record(asked: Question, name: str) -> Address:
    return {"id": name, **_language(asked)}


def _language(asked: Question) -> Address:
    return {"lang": asked.display.lang} if asked.display.lang else {}
