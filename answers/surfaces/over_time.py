"""Counts over time: the trend of a selection, and its years by dataset."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from answers.amounts import Amount, amount, no_people, over_time
from answers.answer import Answer, Column, Link, Said, Table
from answers.surfaces import change
from answers.words import begun, code_label, collected, each, short_dataset, span
from charts import palette, trend
from incidents import counts
from incidents.counts import PeriodCounts
from incidents.filters import FACETS
from incidents.selection import Span

STACKS = ("data", "category", "perpetrator")
"""What each record has exactly one of; only such layers may be stacked and added up."""
DRAWN = 7
FIRST = ("law", "court", "government", "unrest", "emergency", "armed_conflict", "election")
"""The kinds of events that are drawn before others, where not all can be."""


class OverTime(Answer):
    """A chart of counts over time."""

    unit = "incidents"
    per = "year"
    split = ""

    @cached_property
    def shown(self) -> Span:
        """Give the reader's own dates, or the last five complete years: the same on every page."""
        return change.opening(self.asked)

    @property
    def opened(self) -> bool:
        """Say whether the period is ours, the reader having asked for none."""
        return not (self.asked.selection.start or self.asked.selection.end)

    @cached_property
    def whole(self) -> Link | None:
        """Lead to all years, where the chart opened with five."""
        if not self.opened:
            return None
        every, display = change.all_years(self.asked), self.asked.display
        text = self.t("All years, {first}–{last}", first=every.start, last=every.end)
        chosen = self.asked.selection.within(every)
        page = self.page or "overview"
        return Link(text, page, self.asked.query(chosen, per=display.per, split=display.split))

    @property
    def _outside(self) -> list[str]:
        """Say how many records lie outside the years that are shown."""
        if not self.found.outside:
            return []
        return [
            self.t.plural(
                "{n} incident lies outside these years.",
                "{n} incidents lie outside these years.",
                self.found.outside,
            )
        ]

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say which period the chart opened with, and what the hatching means."""
        opened = self.t(
            "Last whole years of collection: {period}.", period=span(self.shown, self.t)
        )
        return (*([opened] if self.opened else []), *self.hatched)

    @cached_property
    def found(self) -> PeriodCounts:
        """Count the selection by period."""
        return counts.by_period(self.asked.subset, self.per, self.unit, self.split, self.shown)

    @cached_property
    def totals(self) -> pd.Series:
        """Give each period's total: a sum over groups would count some records several times."""
        if self.split != "group":
            return self.found.table.sum(axis=1)
        return counts.by_period(self.asked.subset, self.per, self.unit, "", self.shown).table["n"]

    @cached_property
    def labels(self) -> dict[str, str]:
        """Word the columns that hold anything."""
        t, table = self.t, self.found.table
        if "n" in table:
            return {"n": t("People") if self.unit == "people" else t("Incidents")}
        held = [code for code in table if table[code].sum()]
        package = self.asked.package
        if self.split == "data":  # the legend of a phone has no room for more
            return {code: short_dataset(package, code, t) for code in held}
        return {code: code_label(package, self.split, code, t) for code in held}

    def period(self, period: str) -> str:
        """Word a period, or the part of it that lies within the filter by date."""
        return span(counts.overlap(period, self.asked.selection), self.t)

    def _where(self, n: int) -> str:
        """Name the period that holds so many, or the periods that do."""
        held = [self.period(str(period)) for period in self.totals.index[self.totals == n]]
        return each(held, self.t.plural("{n} period", "{n} periods", len(held)), self.t)

    @cached_property
    def title(self) -> str:
        """Say where most of the selection falls, and what can be told of its change."""
        t, totals = self.t, self.totals
        if not totals.sum():
            return no_people(t) if self.found.n else t("No recorded incidents in this period")
        n, total = int(totals.max()), int(totals.sum())
        most = {"total": total, "period": self._where(n)}
        if self.unit == "people":
            return begun(
                t(
                    "{n} of {total} people named in recorded incidents are from {period}",
                    n=n,
                    **most,
                )
            )
        if n == total:
            counted = amount(n, "incidents", t)
            said = t("{amount}, in {period}", amount=counted, period=most["period"])
        else:
            said = t.plural(
                "{n} of {total} recorded incidents is from {period}",
                "{n} of {total} recorded incidents are from {period}",
                n,
                **most,
            )
        changed = change.clause(self.asked, self.shown)
        said = begun(said)
        return t("{most}. {changed}", most=said, changed=changed) if changed else said

    @cached_property
    def amount(self) -> Amount:
        """Say how many records are drawn, and why others are not."""
        people = int(self.totals.sum()) if self.unit == "people" else None
        return over_time(self.asked, self.found, self.shown, people)

    @cached_property
    def empty(self) -> str:
        """Say that nothing falls into this period."""
        if self.totals.sum():
            return ""
        if self.found.n:
            return f"{no_people(self.t)}."
        return self.t(
            "There is nothing to draw: no incident of this selection falls in this period. "
            "Take a filter away, or choose other years."
        )

    @cached_property
    def table(self) -> Table:
        """Give a row per period, with what is not final about it."""
        t, found = self.t, self.found
        rows = found.table[list(self.labels)].rename_axis(found.per).reset_index()
        for name, periods in (("provisional", found.provisional), ("incomplete", found.incomplete)):
            rows[name] = rows[found.per].isin(periods).map({True: "yes", False: ""})
        heads = {"year": t("Year"), "quarter": t("Quarter"), "month": t("Month")}
        columns = {found.per: Column(heads[found.per], heads[found.per], t.period)}
        columns |= {c: Column(label, label, t.number) for c, label in self.labels.items()}
        if self.split in STACKS and len(self.labels) > 1:
            rows.insert(len(columns), "total", self.totals.to_numpy())
            columns["total"] = Column(t("Total"), t("Total"), t.number)
        columns["provisional"] = Column(t("yes: with months that are not yet well covered"))
        columns["incomplete"] = Column(
            t("yes: filter or collection covers only a part of the period")
        )
        if found.per == "year":
            rows["year"] = rows["year"].astype(int)
            columns["year"] = Column(heads["year"], heads["year"], str)
        return Table(rows, columns)

    @cached_property
    def figure(self) -> go.Figure | None:
        """Draw the counts, stacked or as small multiples; nothing where there are none."""
        if self.empty:
            return None
        found = PeriodCounts(**{**vars(self.found), "table": self.found.table[list(self.labels)]})
        if not self._on_one_axis:
            return trend.multiples(found, self.labels, self.t)
        return trend.stacked(found, self.labels, self._colours, self.events, self.t)

    @cached_property
    def measured(self) -> Table:
        """Give the counts that are drawn, without their total."""
        shown = [self.found.per, *self.labels]
        return Table(self.table.rows[shown], self.table.columns)

    @property
    def stacked(self) -> bool:
        """Say whether parts of a total are drawn on each other."""
        return bool(self.split) and self._on_one_axis

    @property
    def hues(self) -> Mapping[str, str]:
        """Give each part the colour that it has in the chart."""
        return self._colours if self._on_one_axis else {}

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what a bar is, what else is drawn, and what more records do not mean."""
        return (f"{self._bar} {self._height}", *self._beside, self._more)

    @property
    def _bar(self) -> str:
        t = self.t
        return {
            "year": t("Each bar is a year."),
            "quarter": t("Each bar is a quarter."),
            "month": t("Each bar is a month."),
        }[self.per]

    @property
    def _height(self) -> str:
        t = self.t
        if self.unit == "people":
            return t("Its height: how many people are named in incidents recorded for it.")
        return t("Its height: how many incidents are recorded for it.")

    @property
    def _beside(self) -> list[str]:
        t = self.t
        if not self._on_one_axis:
            return [t("There is a small chart for each, all on one scale.")]
        if len(self.labels) > 1:
            return [t("Colours divide a bar into its parts.")]
        return [t("The thin lines are laws and events.")] if self.events else []

    @property
    def _more(self) -> str:
        return self.t("More recorded does not mean that more happened.")

    @property
    def _on_one_axis(self) -> bool:
        """Say whether all is drawn on one pair of axes, and not as small multiples."""
        fits = self.split in STACKS and len(self.labels) <= trend.STACKED_AT_MOST
        return not self.split or fits

    @cached_property
    def events(self) -> list[trend.Event]:
        """Give the laws and events to mark, numbered."""
        return []

    @property
    def _colours(self) -> Mapping[str, str]:
        if not self.split:
            return {"n": palette.ACCENT}
        book = self.asked.package.codebook
        listed = book.codes(FACETS[self.split].listed)
        if self.split != "category":
            return palette.colours(list(self.labels), listed)
        datasets = book.column("categories", "dataset")
        return {
            code: palette.colours([code], [k for k in listed if datasets[k] == datasets[code]])[
                code
            ]
            for code in self.labels
        }

    @cached_property
    def hatched(self) -> tuple[str, ...]:
        """Say what the hatching means, where there is some."""
        whole = self.t("Hatched: provisional, with months that are not yet well covered.")
        return (*self._cut, *([whole] if self.found.provisional else []))

    @property
    def _cut(self) -> list[str]:
        cut = self.t("Hatched: filter or collection covers only a part of the period.")
        return [cut] if self.found.incomplete else []

    @property
    def _hatched_in_short(self) -> list[str]:
        """Say it in the words that a page has room for; it is told whole among the notes."""
        return [*self._cut, *([self.t("Hatched: provisional.")] if self.found.provisional else [])]


class Trend(OverTime):
    """The selection over time, by the reader's period and split, within the opening period."""

    surface, key, page = "trend", "trend", "trends"

    def __init__(self, asked: Any) -> None:
        """Count as the display says."""
        super().__init__(asked)
        self.unit, self.per = asked.display.unit, asked.display.per
        self.split = "" if asked.display.split == "none" else asked.display.split

    @property
    def at_a_glance(self) -> Answer:
        """Give the totals alone where there is a chart for every group."""
        if self._on_one_axis:
            return self
        return Trend(replace(self.asked, display=replace(self.asked.display, split="none")))

    @cached_property
    def alt(self) -> str:
        """Say the title, the most and the fewest."""
        t, totals = self.t, self.totals
        if totals.empty:
            return self.title
        a, b = int(totals.max()), int(totals.min())
        said = t(
            "Most: {most} ({a}). Fewest: {fewest} ({b}).",
            most=self._where(a),
            a=a,
            fewest=self._where(b),
            b=b,
        )
        return f"{self.title}. {said}"

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Name files for period, split and unit."""
        return (self.key, self.per, self.split, "people" if self.unit == "people" else "")

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what the chart leaves out, and what of it is not final."""
        t, found, said = self.t, self.found, self._outside
        if found.left_out:
            said.append(
                t.plural(
                    "{n} incident is left out: its date is not precise enough.",
                    "{n} incidents are left out: their dates are not precise enough.",
                    found.left_out,
                )
            )
        if found.incomplete:
            said.append(collected(self.asked.package, t))
        said += self._hatched_in_short
        if self.unit == "people":
            said.append(
                t("People: as named per incident; an episode counts its largest number once.")
            )
        if self.split == "group":
            said.append(t("A record with several groups counts under each."))
        return tuple(said)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Lead to all years, where the chart opened with five."""
        return (self.whole,) if self.whole else ()

    @cached_property
    def every_event(self) -> list[dict[str, Any]]:
        """Give the laws and events of the time that is shown, and of the datasets."""
        package, (first, last) = self.asked.package, self.asked.subset.window
        wanted = set(self.asked.selection.data or package.incidents.collection)
        start, end = self.shown.days
        return [
            event
            for event in package.events
            if wanted & set(event["datasets"].split(";"))
            and max(first, start) <= event["day"] <= min(last, end)
        ]

    @cached_property
    def _chosen(self) -> list[dict[str, Any]]:
        """Choose the events to draw, at most `DRAWN`: none where there is no axis for them all.

        First come those of exactly the selected datasets, then laws and rulings, then the others;
        one that would stand too near to a chosen one is left to the list.
        """
        if not self._on_one_axis or self.empty:
            return []
        wanted = set(self.asked.selection.data or self.asked.package.incidents.collection)
        kinds = {kind: rank for rank, kind in enumerate(FIRST)}
        found: list[dict[str, Any]] = []
        for event in sorted(
            self.every_event,
            key=lambda e: (
                set(e["datasets"].split(";")) != wanted,
                kinds.get(e["kind"], len(kinds)),
            ),
        ):
            near = [e for e in found if abs(self._at(e) - self._at(event)) < trend.TOO_CLOSE]
            if not near and 0 <= self._at(event) <= 1:
                found.append(event)
        return sorted(found[:DRAWN], key=lambda event: event["day"])

    def _at(self, event: Mapping[str, Any]) -> float:
        """Give where an event stands on the axis, from its begin (0) to its end (1)."""
        periods = self.found.table.index
        return (trend.event_position(event["day"], periods[0], self.per) + 0.5) / len(periods)

    @cached_property
    def events(self) -> list[trend.Event]:
        """Give the laws and events that are drawn, numbered."""
        return [
            trend.Event(place, row["day"], row[f"label_{self.t.code}"])
            for place, row in enumerate(self._chosen, start=1)
        ]

    @property
    def named_events(self) -> str:
        """Name the events that are drawn in one line, for screens too narrow for their names."""
        return " · ".join(f"{event.number} {event.label}" for event in self.events)

    @property
    def of_events(self) -> str:
        """Say what an event beside a bar does not say."""
        return self.t(
            "They stand here to help reading. A line beside a bar does not say that "
            "one caused the other."
        )

    @cached_property
    def told_events(self) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
        """Tell of the laws and events that are drawn, in order, and of the others."""
        drawn = {row["event_id"] for row in self._chosen}
        rest = [row for row in self.every_event if row["event_id"] not in drawn]
        return tuple(map(self._told, self._chosen)), tuple(map(self._told, rest))

    def _told(self, row: Mapping[str, Any]) -> Said:
        t = self.t
        source = self.asked.package.named(row["source_name"], t.code)
        return Said(
            f"{row[f'label_{t.code}']}, "
            f"{t.day(row['day']) if row['date_precision'] == 'day' else t.month(row['day'])}. "
            f"{row[f'summary_{t.code}']} {source}",
            strong=row[f"label_{t.code}"],
            links=(Link(source, url=row["source_url"]),),
        )


class Years(OverTime):
    """The recorded incidents of every year, by dataset, within the opening period."""

    surface, key, page = "years", "by-year", ""
    split = "data"

    @cached_property
    def alt(self) -> str:
        """Say the title, and the number of every year."""
        said = (f"{self.period(str(y))}: {self.t.number(n)}" for y, n in self.totals.items())
        return f"{self.title}. {', '.join(said)}"

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what lies outside, and what the hatching means."""
        return (*self._outside, *self._hatched_in_short)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Lead to the records of every year, with the number that stands there."""
        asked, found = self.asked, []
        for year in map(str, self.totals.index[self.totals > 0]):
            chosen = asked.selection.within(counts.overlap(year, asked.selection))
            n = counts.found_by(asked.subset, year)
            found.append(Link(f"{year}: {self.t.number(n)}", "records", asked.query(chosen)))
        return tuple(found)
