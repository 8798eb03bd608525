"""Two periods compared: counts, what chance may do, a sentence, and what no interval covers."""

import math
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from answers.amounts import Amount, drawn
from answers.answer import Answer, Column, Section, Table
from answers.changes import (
    briefly,
    of_side,
    through_months,
    times,
    unlike,
    verdicts,
    worded,
)
from answers.question import Question
from answers.words import begun, code_label, span
from charts import bars
from incidents import change, counts
from incidents.change import REFUSED, Breakdown, Comparison, Side
from incidents.change import Change as Found
from incidents.filters import PARAMETERS
from incidents.selection import Selection, Span
from loaders import Package

SHARED = ("same_period", "overlapping")
NO_NUMBERS = (*SHARED, "outside", "no_records")
BROKEN_DOWN = ("region", "group", "violation")


class Change(Answer):
    """Two periods of the selection compared: the reader's, or the ends of what Trends shows."""

    surface, key, page = "change", "change", "trends"

    @cached_property
    def periods(self) -> tuple[Span, Span]:
        """Give the periods compared."""
        asked = self.asked
        ends = change.first_and_last(asked.subset, opening(asked))
        a, b = ends or _last_years(asked)
        return asked.display.a or a, asked.display.b or b

    @cached_property
    def found(self) -> Comparison:
        """Compare them."""
        return compared(self.asked.package, self.asked.selection, *self.periods)

    @cached_property
    def title(self) -> str:
        """Say what was found, in one sentence that can be quoted."""
        return worded(self.found, self.t)

    @cached_property
    def amount(self) -> Amount:
        """Say how many records lie in the two periods; none where these share days."""
        if self.found.change.verdict in SHARED:
            return drawn(self.asked, 0)
        n = sum(self.found.change.n)
        return drawn(self.asked, n, [] if n == self.asked.subset.n else [self._others(n)])

    def _others(self, n: int) -> str:
        return self.t("{n} in neither period, or not surely", n=self.asked.subset.n - n)

    @property
    def offers_files(self) -> bool:
        """Say whether there are numbers to take away."""
        return self.found.change.verdict not in NO_NUMBERS

    @cached_property
    def sides(self) -> pd.DataFrame | None:
        """Tell what was counted in the two periods; episodes stand beside incidents."""
        if self.found.change.verdict in SHARED:
            return None
        t, sides = self.t, self._sides
        rows = {
            t("Recorded incidents"): [t.number(side.n) for side in sides],
            t("Episodes (records of one story count once)"): [t.number(s.episodes) for s in sides],
            t("Days counted"): [t.number(side.days) for side in sides],
        }
        return pd.DataFrame(rows, index=self._spans).T.rename_axis(t("Period"))

    @cached_property
    def empty(self) -> str:
        """Say that there are no two numbers to draw; the title says why."""
        return "" if self.offers_files else self.t("There is nothing to compare.")

    @cached_property
    def figure(self) -> go.Figure | None:
        """Draw what was counted in the two periods, the earlier one pale."""
        if not self.offers_files:
            return None
        counted = pd.Series([side.n for side in self._sides])
        return bars.bars(counted, self._spans, self.t, (True, False))

    @cached_property
    def alt(self) -> str:
        """Say the title, and what was counted in each period."""
        told = zip(self._spans, self._sides, strict=True)
        said = ", ".join(f"{at}: {self.t.number(side.n)}" for at, side in told)
        return f"{self.title.rstrip('.')}. {said}"

    @cached_property
    def measured(self) -> Table:
        """Give what was counted in the two periods."""
        t = self.t
        rows = {"period": self._spans, "incidents": [side.n for side in self._sides]}
        columns = {
            "period": Column(t("Period"), t("Period")),
            "incidents": Column(t("incidents"), t("Incidents"), t.number),
        }
        return Table(pd.DataFrame(rows), columns)

    @property
    def _sides(self) -> tuple[Side, Side]:
        return self.found.earlier, self.found.later

    @property
    def _spans(self) -> list[str]:
        return [span(side.span, self.t) for side in self._sides]

    @cached_property
    def intervals(self) -> tuple[str, ...]:
        """Say what chance may do, in two ways."""
        t, found = self.t, self.found.change
        if found.verdict in REFUSED or not found.independent:
            return ()
        lines = [
            t(
                "If incidents came independently of each other: {times}.",
                times=times(found.independent, t),
            )
        ]
        if found.widened and found.dispersion is not None:
            lines.append(
                t(
                    "Counting in that they come in clusters: {times}. The words above follow this "
                    "interval. Counts of months scatter {dispersion} times as widely as "
                    "independent incidents would (dispersion; degrees of freedom: {freedom}).",
                    times=times(found.widened, t),
                    dispersion=t.number(found.dispersion, 1),
                    freedom=found.freedom,
                )
            )
        return tuple(lines)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what the comparison leaves out."""
        t, said = self.t, [*self.limits, *self._left_out]
        if self.asked.display.unit == "people":
            said.append(t("Change is told in incidents, not in people."))
        return tuple(said)

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say what no interval covers."""
        uncovered = self.t(
            "No interval covers whether monitoring, reporting or the law changed: “more” means "
            "more recorded."
        )
        return (uncovered,)

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what the ratio and its interval mean."""
        t = self.t
        return (
            t("The table counts the incidents recorded in each of the two periods."),
            t("× 2 means twice as many in the later one."),
            t(
                "The interval says between which ratios the true one may lie: where it reaches "
                "from below 1 to above 1, more and fewer are both possible."
            ),
        )

    @cached_property
    def limits(self) -> tuple[str, ...]:
        """Say where a period is not counted whole, is not final, or is longer than the other."""
        t, sides = self.t, self._sides
        said = [note for side in sides if side.days for note in of_side(side, t)]
        told = self.found.change.verdict not in SHARED and all(side.days for side in sides)
        if told and unlike(*(side.days for side in sides)):
            said.append(t("The periods differ in length: the ratio is one of incidents per day."))
        return tuple(said)

    @property
    def _left_out(self) -> list[str]:
        t, left, said = self.t, self.found.left_out, []
        if left.vague:
            said.append(
                t.plural(
                    "{n} incident is left out: its date is too vague for these periods.",
                    "{n} incidents are left out: their dates are too vague for these periods.",
                    left.vague,
                )
            )
        if left.uncollected:
            said.append(
                t.plural(
                    "{n} incident is left out: not every dataset was collected when it happened.",
                    "{n} incidents are left out: not every dataset was collected when they "
                    "happened.",
                    left.uncollected,
                )
            )
        return said

    @cached_property
    def breakdowns(self) -> tuple[Section, ...]:
        """Compare the periods for every code of three filters, corrected for their number."""
        t = self.t
        names = (t("Regions"), t("Groups"), t("Violations"))
        return tuple(
            self._breakdown(name, facet) for name, facet in zip(names, BROKEN_DOWN, strict=True)
        )

    def _breakdown(self, name: str, facet: str) -> Section:
        t, found = self.t, self._by(facet)
        if not found.compared:
            return Section(name, caption=t("There is nothing to compare."))
        first, last = (span(found, t) for found in self._in_order)
        rows = {
            code_label(self.asked.package, facet, code, t): [
                *map(t.number, one.n),
                briefly(one.widened if one.verdict not in REFUSED else None, t),
                verdicts(t)[one.verdict],
            ]
            for code, one in found.changes.items()
        }
        head = [first, last, t("Ratio (95% interval)"), t("Recorded")]
        corrected = t(
            "{n} were compared at once, so the words are corrected: of those that say "
            "more or fewer, 5% are expected to be wrong (Benjamini and Hochberg 1995). "
            "The intervals are not corrected.",
            n=found.compared,
        )
        # no plural message: in Russian 21 would take the words of 1
        if found.compared == 1:
            corrected = t("One was compared.")
        several = t("A record with several codes counts under each.")
        table = pd.DataFrame.from_dict(rows, orient="index", columns=head).rename_axis(name)
        return Section(name, table=table, caption=f"{corrected} {several}")

    @property
    def _in_order(self) -> tuple[Span, Span]:
        first, last = sorted(self.periods, key=lambda period: period.days)
        return first, last

    def _by(self, facet: str) -> Breakdown:
        return change.breakdown(self.asked.subset, facet, *self.periods)

    @cached_property
    def steady(self) -> str:
        """Say what a steady change through all months of the chart amounts to."""
        return through_months(self.asked, opening(self.asked))

    @cached_property
    def table(self) -> Table:
        """Give the comparison and its breakdowns as rows, with intervals."""
        t = self.t
        told = {("all", t("All"), "", t("All")): self.found.change}
        for facet in BROKEN_DOWN:
            by = t(PARAMETERS[facet].label)
            for code, one in self._by(facet).changes.items():
                told[facet, by, code, code_label(self.asked.package, facet, code, t)] = one
        rows = [[*key, *_numbers(one), verdicts(t)[one.verdict]] for key, one in told.items()]
        first, last = self._spans
        no_end = t("empty: no upper end, or no verdict")
        meanings = {
            "by": t("What is compared: everything, or one code of a list"),
            "by_label": t("The same as {column}, in words", column="by"),
            "code": t("Code"),
            "label": t("Label"),
            "earlier": t("Recorded in {period}", period=first),
            "later": t("Recorded in {period}", period=last),
            "ratio": t("Ratio of the rates per day, later to earlier"),
            "low": t("Lower end of the 95% interval that counts clusters in"),
            "high": t("Upper end of the same ({note})", note=no_end),
            "exact_low": t("Lower end of the 95% interval if incidents came independently"),
            "exact_high": t("Upper end of the same ({note})", note=no_end),
            "recorded": t("What can be told; for the codes of one list corrected for their number"),
        }
        heads = {"label": t("Label"), "earlier": first, "later": last}
        columns = {name: Column(said, heads.get(name, "")) for name, said in meanings.items()}
        return Table(pd.DataFrame(rows, columns=list(columns)), columns)


def compared(package: Package, selection: Selection, a: Span, b: Span) -> Comparison:
    """Compare two periods of a selection of a release; kept as long as the release is."""
    return package.once(
        ("compared", selection, a, b),
        lambda: change.compare(package.incidents.select(selection), a, b),
    )


def _last_years(asked: Question) -> tuple[Span, Span]:
    """Give the last two years of which filter and collection cover any day."""
    first, last = counts.covered(asked.subset, opening(asked))
    if first > last:
        last = counts.collection(asked.package.incidents, asked.selection)[1]
    return Span.of(str(last.year - 1)), Span.of(str(last.year))


def opening(asked: Question) -> Span:
    """Give the years or months that Trends shows: the reader's, or the last five complete years."""
    found = counts.opening_period(asked.package.incidents, asked.selection)
    everything = all_years(asked)
    if found is None:
        return everything
    return Span(found.start or everything.start, found.end or everything.end)


def all_years(asked: Question) -> Span:
    """Give the years in which the selected datasets were collected."""
    first, last = counts.collection(asked.package.incidents, asked.selection)
    return Span(str(first.year), str(last.year))


def clause(asked: Question, shown: Span) -> str:
    """Say in a few words how the first and last complete year of a chart differ, if known.

    Where no change can be told, no ratio is: it would be carried away alone.
    """
    ends, t = change.first_and_last(asked.subset, shown), asked.t
    if not ends:
        return ""
    found = compared(asked.package, asked.selection, *ends)
    first, last = (span(side.span, t) for side in (found.earlier, found.later))
    said = {
        "rose": t("{first} to {last}: more recorded", first=first, last=last),
        "fell": t("{first} to {last}: fewer recorded", first=first, last=last),
        "equal": t("{first} and {last}: as many recorded", first=first, last=last),
        "too_few": t("{first} to {last}: no change can be told", first=first, last=last),
    }
    text = begun(said.get(found.change.verdict, ""))
    if text and found.change.widened and found.change.verdict != "too_few":
        return f"{text}, {times(found.change.widened, t)}"
    return text


def _numbers(found: Found) -> list[float | None]:
    """Give the counts of a change, its ratio and both intervals; None for what cannot be told."""
    refused = found.verdict in REFUSED
    wide = None if refused else found.widened
    alone = None if refused else found.independent
    ends = [x for one in (wide, alone) for x in ((one.low, one.high) if one else (None, None))]
    ratio = alone.ratio if alone else None
    return [*found.n, *(x if x is not None and math.isfinite(x) else None for x in (ratio, *ends))]
