"""“Take it away” beside charts, the map and the records: pictures, numbers and records as files.

What is folded costs nothing, and a file is made when its button is pressed, not before. What draws
is imported only then: it takes a quarter of a second that no first page should wait for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from incidents.citation import published as as_published
from incidents.counts import PeriodCounts
from incidents.schema import visible
from incidents.selection import Selection
from loaders import archive, files, quality, workbook
from loaders.files import About, Table
from loaders.typeface import typeface
from pages.shared import cite, figures
from pages.shared.address import State
from pages.shared.figures import Shown

if TYPE_CHECKING:
    from charts.sheet import Sheet, Words

Draw = Callable[["Words"], "Sheet"]
Make = Callable[[], bytes]
MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
    "zip": "application/zip",
}
LABELS = {"geojson": "GeoJSON"}
MARK = 12
"""How many digits of the fingerprint a picture bears."""


@dataclass(frozen=True)
class View:
    """What can be taken away of one chart, map or list.

    `named` says in the names of its files what it is and how it is shown; `alt` says in words
    what is drawn.
    """

    surface: str
    named: Sequence[str]
    selection: Selection | None
    about: About
    table: Table
    alt: str = ""


def periods(
    now: State,
    surface: str,
    title: str,
    shown: Shown | None,
    found: PeriodCounts,
    labels: Mapping[str, str],
    note: str,
) -> None:
    """Offer a chart of counts over time."""
    if shown and (box := folded(now, surface)):
        t, unit = now.t, "people" if found.unit == "people" else ""
        table = found.table[list(labels)].rename_axis(found.per).reset_index()
        for name in ("provisional", "incomplete"):
            held = table[found.per].isin(getattr(found, name))
            table[name] = held.map({True: "yes", False: ""})
        fields = {
            found.per: {"year": t("Year"), "quarter": t("Quarter"), "month": t("Month")}[found.per],
            **labels,
            "provisional": t("yes: within three months of the end of collection"),
            "incomplete": t("yes: not collected for the whole period"),
        }
        split = now.display.split if surface == "trend" and now.display.split != "none" else ""
        named = (surface, found.per if surface == "trend" else "", split, unit)
        about = of_selection(now, title, note, unit)
        with box:
            view = View(surface, named, now.selection, about, Table(table, fields), shown.alt)
            offer(now, view, _drawing(now, shown))


def codes(
    now: State, surface: str, title: str, shown: Shown, found: pd.Series, labels: Sequence[str]
) -> None:
    """Offer a chart of counts by code."""
    if box := folded(now, surface):
        t = now.t
        table = pd.DataFrame({"code": found.index, "label": labels, "incidents": found.to_numpy()})
        fields = {"code": t("Code"), "label": t("Label"), "incidents": t("incidents")}
        about = of_selection(now, title, t("A record with several groups counts under each."))
        view = View(surface, (surface,), now.selection, about, Table(table, fields), shown.alt)
        with box:
            offer(now, view, _drawing(now, shown))


def published(now: State, title: str, shown: Shown, held: pd.Series, note: str) -> None:
    """Offer the chart of the totals that somebody else published."""
    if box := folded(now, "published"):
        t, totals = now.t, now.package.published
        table = pd.DataFrame(
            {"year": totals.index, "published": totals.to_numpy(), "held": held.to_numpy()}
        )
        fields = {
            "year": t("Year"),
            "published": t("published total"),
            "held": t("records held here"),
        }
        unit, n = t("attacks on media, as published"), len(totals)
        amount = t.plural("{n} published total", "{n} published totals", n)
        name, url = now.package.published_source
        source = t("Source: {name}, {url}", name=name, url=url)
        cited = cite.of_published(now, title)
        apa = cite.apa(cited, t)
        good = quality.caveats(now.package, t)
        about = About(title, "", n, amount, unit, f"{note} {source}", cited, apa, good)
        view = View("published", ("published",), None, about, Table(table, fields), shown.alt)
        with box:
            offer(now, view, _drawing(now, shown))


def comparison(now: State, title: str, note: str, table: Table) -> None:
    """Offer the numbers of two periods compared."""
    about = of_selection(now, title, note)
    offer(now, View("change", ("change",), now.selection, about, table))


def records(now: State) -> None:
    """Offer the records of the selection, and the whole package."""
    if box := folded(now, "records"):
        t, n = now.t, now.subset.n
        title = t.plural("{n} recorded incident", "{n} recorded incidents", n)
        fields = {"dataset": t("Dataset"), **now.package.fields}
        table = Table(as_published(now.subset.records()), fields)
        note, _ = figures.sources(now)
        view = View("records", (), now.selection, of_selection(now, title, note), table)
        with box:
            offer(now, view)
            _package(now)


def package(now: State) -> None:
    """Offer the whole package."""
    if box := folded(now, "package"):
        with box:
            _package(now)


def folded(now: State, surface: str) -> DeltaGenerator | None:
    """Fold away what can be taken of a surface. None until a reader opens it."""
    return figures.folded(now.t("Take it away"), f"take-{surface}")


def of_selection(now: State, title: str, note: str, unit: str = "") -> About:
    """Say what a file of the selection is; `unit` is "people" or nothing, for incidents."""
    t, n = now.t, now.subset.n
    amount = t.plural("{n} recorded incident", "{n} recorded incidents", n)
    counted = t("people named in recorded incidents") if unit else t("incidents")
    cited = cite.of_selection(now, title)
    good = quality.caveats(now.package, t, now.subset)
    return About(title, cited.filters, n, amount, counted, note, cited, cite.apa(cited, t), good)


def offer(
    now: State, view: View, draw: Draw | None = None, more: Mapping[str, Make] | None = None
) -> None:
    """Show a button for each file: pictures if there is something to `draw`, then the numbers."""
    t, about, table = now.t, view.about, view.table
    makes: dict[str, Make] = {}
    if draw:
        st.caption(
            t(
                "Pictures hold title, filters, number, source and permanent link; tables hold the "
                "same numbers."
            )
        )
        makes = {kind: lambda kind=kind: _picture(now, view, draw, kind) for kind in ("png", "svg")}
    if view.surface != "records":  # their CSV has its own button
        makes["csv"] = lambda: files.rows_as_csv(table.rows, about.cited.link)
    makes["xlsx"] = lambda: workbook.as_xlsx(table, about, t)
    makes["json"] = lambda: files.as_json(table, about)
    release = now.package.release
    with st.container(horizontal=True, gap="small"):
        for kind, make in {**makes, **(more or {})}.items():
            ending = f"{t.code}.{kind}"
            name = files.file_name(view.selection, about.n, release, ending, view.named)
            _button(f"{view.surface}-{kind}", LABELS.get(kind, kind.upper()), make, name, kind)


def _button(key: str, label: str, make: Make, name: str, kind: str) -> None:
    st.download_button(
        label,
        data=make,
        file_name=name,
        mime=MIME[kind],
        key=f"file-{key}",
        on_click="ignore",
    )


def _package(now: State) -> None:
    """Offer the package as one file."""
    t, found = now.t, now.package
    st.caption(
        t(
            "The whole data package of release {release}: records, code lists, outlines, "
            "descriptions and licence.",
            release=found.release,
        )
    )
    name = archive.zip_name(found)
    label = t("Data package (ZIP)")
    _button("package", label, lambda: archive.as_zip(found), name, "zip")


def _drawing(now: State, shown: Shown) -> Draw:
    """Draw the figure that is shown, and name its numbered lines below it."""

    def draw(words: "Words") -> "Sheet":
        from charts.picture import numbered, of_figure

        if lines := numbered(shown.figure):
            named = now.t("Laws and events: {events}.", events="; ".join(lines))
            words = replace(words, foot=(named, *words.foot))
        return of_figure(shown.figure, words, now.t, typeface())

    return draw


def _picture(now: State, view: View, draw: Draw, kind: str) -> bytes:
    """Make a picture, with what it must say around what it shows."""
    from charts.sheet import Words

    t, about = now.t, view.about
    counted = t("n = {amount}. Unit: {unit}.", amount=about.amount, unit=about.unit)
    filters = [t("Filters: {filters}.", filters=about.filters)] if about.filters else []
    sample, source = figures.sources(now)
    marked = f"{about.cited.link} · SHA-256 {about.cited.fingerprint[:MARK]}…"
    foot = [about.note, " ".join((sample, source, t("Licence: CC BY 4.0."))), marked]
    said = Words(
        visible(about.title),
        [visible(text) for text in (*filters, counted)],
        [visible(text) for text in foot],
        visible(view.alt),
        about.cited.link,
    )
    return draw(said).picture(kind)
