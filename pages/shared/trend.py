"""The trends' widgets: the published totals, the counts over time, and the events beside them."""

from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import palette, trend
from incidents import counts
from incidents.change import PublishedChange
from incidents.change import published as published_change
from incidents.counts import PeriodCounts
from incidents.selection import CODED, Selection, Span
from loaders import Package
from loaders.language import Language
from pages.shared import change, cite, figures, frame, take, widgets, words
from pages.shared.address import State

SPLIT_STACKS = ("data", "category", "perpetrator")
"""What each record has exactly one of; only such layers may be stacked."""


def published_panel(now: State, *, small: bool = False) -> None:
    """Show the totals that others published, the media trend that may be cited."""
    t, totals = now.t, now.package.published
    if totals.empty or (now.selection.data and "media" not in now.selection.data):
        return
    first, last = totals.index[0], totals.index[-1]
    changed = _published_change(now.package)
    heading = st.subheader if small else st.header
    title = t(
        "Attacks on media, as published: {a} in {first}, {b} in {last}, × {ratio}",
        a=int(totals.iloc[0]),
        b=int(totals.iloc[-1]),
        first=str(first),
        last=str(last),
        ratio=change.factor(changed.independent.ratio, t) if changed.independent else "–",
    )
    heading(title)
    alt = t("{title}. By year: {values}.", title=title, values=_listed(totals, now))
    shown = figures.chart(_published(now.package, t), "published", alt)
    publisher, url = now.package.published_source
    held = now.package.held
    note = " ".join(
        (
            _published_verdict(now, changed),
            t(
                "They are never mixed with our records, of which we hold {share} of the "
                "published total: a trend drawn from records can follow what was collected.",
                share=t.percent(held.sum() / totals.sum()),
            ),
        )
    )
    source = t("Source: [{name}]({url}).", name=words.plain(publisher), url=f"<{url}>")
    st.caption(f"{words.plain(note)} {source}")
    cite.published(now, title)
    take.published(now, title, shown, held, note)


def _published_verdict(now: State, found: PublishedChange) -> str:
    """Say why published totals get no verdict, and what chance alone would leave open."""
    t = now.t
    said = t("{n} numbers from one monitor, counted by itself, bear no verdict.", n=found.years)
    if found.independent and found.dispersion is not None:
        said += " " + t(
            "Chance alone, if attacks came independently of each other, would leave {times}; but "
            "the numbers scatter {dispersion} times as widely around a steady change as chance "
            "would.",
            times=change.times(found.independent, t),
            dispersion=t.number(found.dispersion),
        )
    return said


@lru_cache(maxsize=8)
def _published_change(package: Package) -> PublishedChange:
    """Compare the first and the last published total: no selection changes them."""
    totals = package.published
    return published_change(totals, totals.index[0], totals.index[-1])


@lru_cache(maxsize=8)
@lru_cache(maxsize=8)
def _published_change(package: Package) -> PublishedChange:
    """Compare the first and the last published total: no selection changes them."""
    totals = package.published
    return published_change(totals, totals.index[0], totals.index[-1])


@lru_cache(maxsize=8)
def held_by_year(package: Package) -> pd.Series:
    """Count the attacks on media held here, by year of the published totals."""
    media = package.incidents.select(Selection(data=("media",)))
    table = counts.by_period(media, "year").table["n"]
    return table.reindex([str(year) for year in package.published.index], fill_value=0)


@lru_cache(maxsize=8)
def _published(package: Package, t: Language) -> go.Figure:
    """Draw the published totals once: no selection changes them."""
    names = (t("published total"), t("records held here"))
    return trend.published(package.published, package.held, names, t)


def controls(now: State) -> None:
    """Choose how the counts are cut: period, split, unit."""
    t = now.t
    with st.container(horizontal=True, gap="medium"):
        widgets.choice(
            now, "per", t("By"), {"year": t("year"), "quarter": t("quarter"), "month": t("month")}
        )
        widgets.choice(
            now,
            "split",
            t("Split by"),
            {
                "none": t("nothing"),
                "data": t("dataset"),
                "category": t("category"),
                "group": t("group"),
                "perpetrator": t("perpetrator"),
            },
        )
        widgets.unit(now)


def counted(now: State) -> PeriodCounts:
    """Count the selection over time, as the controls say, within the opening period."""
    span = counts.opening_period(now.package.incidents, now.selection)
    split = "" if now.display.split == "none" else now.display.split
    return counts.by_period(now.subset, now.display.per, now.display.unit, split, span)


def title(now: State, found: PeriodCounts) -> str:
    """Say what is seen: where most of the selection's incidents fall."""
    t = now.t
    totals = _totals(now, found)
    if not totals.sum():
        return t("No recorded incidents in this period")
    top = totals.idxmax()
    most = {"n": int(totals[top]), "total": int(totals.sum()), "period": t.period(str(top))}
    if now.display.unit == "people":
        return t("{n} of {total} people named in recorded incidents fall in {period}", **most)
    said = t("{n} of {total} recorded incidents fall in {period}", **most)
    return headline(now, said, change.opening(now))


def headline(now: State, most: str, shown: Span) -> str:
    """Put beside where most of a chart over time falls what can be told of its change."""
    changed = change.clause(now, shown)
    return now.t("{most}. {changed}", most=most, changed=changed) if changed else most


def draw(now: State, found: PeriodCounts, title: str) -> figures.Shown | None:
    """Draw the counts over time, stacked or as small multiples; give what is shown, if anything."""
    t = now.t
    shown = _with_columns(found, [c for c in found.table if found.table[c].sum()])
    if shown.table.empty or not shown.table.to_numpy().sum():
        st.info(
            t(
                "There is nothing to draw: no incident of this selection falls in this period. "
                "Take a filter away, or choose other years."
            )
        )
        return None
    labels = _labels(now, list(shown.table))
    alt = f"{title}. {extremes(now, found)}"
    split = now.display.split
    if split == "none" or (split in SPLIT_STACKS and len(labels) <= trend.STACKED_AT_MOST):
        return figures.chart(
            trend.stacked(shown, labels, _colours(now, list(labels)), events(now), t),
            "trend-figure",
            alt,
        )
    return figures.chart(trend.multiples(shown, labels, t), "trend-figure", alt)


def said(now: State, found: PeriodCounts) -> str:
    """Say what the chart leaves out and what of it is not final."""
    t = now.t
    start, end = counts.opening_period(now.package.incidents, now.selection)
    said = []
    if not (now.selection.start or now.selection.end) and start:
        said.append(
            t(
                "Opening period: the last five complete years, {period}.",
                period=words.period_words(start, end, t),
            )
        )
    if found.outside:
        said.append(
            t.plural(
                "{n} incident lies outside these years.",
                "{n} incidents lie outside these years.",
                found.outside,
            )
        )
    if found.left_out:
        said.append(
            t.plural(
                "{n} incident is left out: its date is not precise enough.",
                "{n} incidents are left out: their dates are not precise enough.",
                found.left_out,
            )
        )
    if found.incomplete:
        said.append(words.collected(now.package, t))
    if found.provisional:
        said.append(t("Hatched: provisional, within three months of the end of collection."))
    if now.display.unit == "people":
        said.append(t("People: as named per incident; an episode counts its largest number once."))
    if now.display.split == "group":
        said.append(t("A record with several groups counts under each."))
    return " ".join(said)


def notes(now: State, found: PeriodCounts) -> None:
    """Say what there is to note under the chart, and offer all years."""
    t = now.t
    start, _ = counts.opening_period(now.package.incidents, now.selection)
    figures.source_line(now, said(now, found))
    if not (now.selection.start or now.selection.end) and start:
        first, last = counts.collection(now.package.incidents, now.selection)
        every = Selection(
            **{**vars(now.selection), "start": str(first.year), "end": str(last.year)}
        )
        query = now.query(every, per=now.display.per, split=now.display.split)
        frame.link(
            "trends",
            t("Show all years, {first} to {last}", first=str(first.year), last=str(last.year)),
            query,
        )


def table(now: State, found: PeriodCounts) -> None:
    """Show the same numbers as a table."""
    t = now.t
    shown = found.table[[c for c in found.table if found.table[c].sum() or c == "n"]]
    labels = {c: words.plain(label) for c, label in _labels(now, list(shown)).items()}
    named = shown.rename(index=t.period, columns=labels)
    named.index.name = None
    if now.display.split in SPLIT_STACKS and len(named.columns) > 1:
        named = named.assign(**{t("Total"): named.sum(axis=1)})
    figures.table(named, t.number)


def events(now: State) -> list[trend.Event]:
    """Give the laws and events that help to read the selected datasets, numbered."""
    return [
        trend.Event(place, row["day"], row[f"label_{now.t.code}"])
        for place, row in enumerate(_events(now), start=1)
    ]


def event_list(now: State) -> None:
    """List the events that stand as numbered lines in the chart, with their sources."""
    t, found = now.t, _events(now)
    if not found:
        return
    if box := figures.folded(
        t("Laws and events marked in the chart ({n})", n=len(found)), "events"
    ):
        with box:
            st.caption(
                t(
                    "They stand here to help reading. A line beside a bar does not say that one "
                    "caused the other."
                )
            )
            lines = []
            for place, row in enumerate(found, start=1):
                when = t.day(row["day"]) if row["date_precision"] == "day" else t.month(row["day"])
                label, summary = (
                    words.plain(row[f"{part}_{t.code}"]) for part in ("label", "summary")
                )
                source = f"[{words.plain(row['source_name'])}](<{row['source_url']}>)"
                lines.append(f"{place}. **{label}**, {when}. {summary} {source}")
            st.markdown("\n".join(lines))


def extremes(now: State, found: PeriodCounts) -> str:
    """Say the most and the fewest, for those who hear a chart."""
    totals = _totals(now, found)
    if totals.empty:
        return ""
    t = now.t
    return t(
        "Most: {most} ({a}). Fewest: {fewest} ({b}).",
        most=t.period(str(totals.idxmax())),
        a=int(totals.max()),
        fewest=t.period(str(totals.idxmin())),
        b=int(totals.min()),
    )


def _events(now: State) -> list[dict[str, Any]]:
    wanted = set(now.selection.data or ("media", "rights"))
    start, end = counts.opening_period(now.package.incidents, now.selection)
    first, last = counts.collection(now.package.incidents, now.selection)
    return [
        event
        for event in now.package.events
        if wanted & set(event["datasets"].split(";"))
        and first <= event["day"] <= last
        and event["date"][: len(start)] >= start
        and (not end or event["date"][: len(end)] <= end)
    ]


def _totals(now: State, found: PeriodCounts) -> pd.Series:
    """Give each period's total: a sum over groups would count some records several times."""
    if now.display.split != "group":
        return found.table.sum(axis=1)
    span = counts.opening_period(now.package.incidents, now.selection)
    return counts.by_period(now.subset, now.display.per, now.display.unit, "", span).table["n"]


def _with_columns(found: PeriodCounts, columns: list[str]) -> PeriodCounts:
    return PeriodCounts(**{**vars(found), "table": found.table[columns]})


def _labels(now: State, codes: list[str]) -> dict[str, str]:
    unit = now.t("People") if now.display.unit == "people" else now.t("Incidents")
    split = now.display.split
    return {c: unit if c == "n" else words.code_label(now.package, split, c, now.t) for c in codes}


def _colours(now: State, codes: list[str]) -> dict[str, str]:
    if now.display.split == "none":
        return {"n": palette.ACCENT}
    book, split = now.package.codebook, now.display.split
    listed = book.codes(CODED[split])
    if split == "category":
        datasets = book.column("categories", "dataset")
        return {
            c: palette.colours([c], [k for k in listed if datasets[k] == datasets[c]])[c]
            for c in codes
        }
    return palette.colours(codes, listed)


def _listed(values: pd.Series, now: State) -> str:
    return ", ".join(f"{period}: {now.t.number(value)}" for period, value in values.items())


def take_away(now: State, found: PeriodCounts, view: str, shown: figures.Shown | None) -> None:
    """Offer the chart as files; `view` is its title."""
    labels = _labels(now, [c for c in found.table if found.table[c].sum() or c == "n"])
    take.periods(now, "trend", view, shown, found, labels, said(now, found))
