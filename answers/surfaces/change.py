"""Two periods compared: counts, what chance may do, a sentence, and what no interval covers."""

import math
from functools import cached_property

import pandas as pd

from answers.amounts import Amount, drawn
from answers.answer import Answer, Column, Section, Table
from answers.question import Question
from answers.words import code_label, span
from incidents import change, counts
from incidents.chance import Interval
from incidents.change import REFUSED, Breakdown, Comparison, Side
from incidents.change import Change as Found
from incidents.filters import PARAMETERS
from incidents.selection import Selection, Span
from loaders import Package
from loaders.language import Language

SHARED = ("same_period", "overlapping")
NO_NUMBERS = (*SHARED, "outside", "no_records")
BROKEN_DOWN = ("region", "group", "violation")
SAME_LENGTH = 0.02
"""Periods that differ by less, as leap years do, are not said to differ in length."""


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
        t, sides = self.t, (self.found.earlier, self.found.later)
        rows = {
            t("Recorded incidents"): [t.number(side.n) for side in sides],
            t("Episodes (records of one story count once)"): [t.number(s.episodes) for s in sides],
            t("Days counted"): [t.number(side.days) for side in sides],
        }
        return pd.DataFrame(rows, index=[span(side.span, t) for side in sides]).T.rename_axis(
            t("Period")
        )

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
    def limits(self) -> tuple[str, ...]:
        """Say where a period is not counted whole, is not final, or is longer than the other."""
        t, sides = self.t, (self.found.earlier, self.found.later)
        said = [note for side in sides if side.days for note in _of_side(side, t)]
        told = self.found.change.verdict not in SHARED and all(side.days for side in sides)
        if told and _unlike(*(side.days for side in sides)):
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
                _briefly(one.widened if one.verdict not in REFUSED else None, t),
                verdicts(t)[one.verdict],
            ]
            for code, one in found.changes.items()
        }
        head = [first, last, t("Ratio (95% interval)"), t("Recorded")]
        corrected = t.plural(
            "{n} was compared.",
            "{n} were compared at once, so the words are corrected: of those that say "
            "more or fewer, 5% are expected to be wrong (Benjamini and Hochberg 1995). "
            "The intervals are not corrected.",
            found.compared,
        )
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
        return through_months(self.asked)

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
        first, last = (span(side.span, t) for side in (self.found.earlier, self.found.later))
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
    """Say in a few words how the first and last complete year of a chart differ, if known."""
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
    text = said.get(found.change.verdict, "")
    if text and found.change.widened:
        return f"{text}, {times(found.change.widened, t)}"
    return text


def times(found: Interval, t: Language) -> str:
    """Write a ratio with its interval, its sign on one line with it: "× 3 (95% interval: 2–5)"."""
    ratio, low, high = (factor(x, t) for x in (found.ratio, found.low, found.high))
    if math.isinf(found.ratio):
        said = t("× at least {low} (95% interval, without an upper end)", low=low)
    elif math.isinf(found.high):
        said = t("× {ratio} (95% interval: from {low}, no upper end)", ratio=ratio, low=low)
    else:
        said = t("× {ratio} (95% interval: {low}–{high})", ratio=ratio, low=low, high=high)
    return said.replace("× ", "×\u00a0")


def _briefly(found: Interval | None, t: Language) -> str:
    if not found:
        return "–"
    ratio, low, high = (factor(x, t) for x in (found.ratio, found.low, found.high))
    return f"{ratio} ({low}–{high})"


def factor(value: float, t: Language) -> str:
    """Write a ratio with two decimals; smaller ones with two digits, larger ones with fewer."""
    if math.isinf(value):
        return "∞"
    if 0 < value < 0.1:
        return t.number(value, min(1 - math.floor(math.log10(value)), 6))
    return t.number(value, 2 if value < 10 else 1 if value < 100 else 0)


def worded(found: Comparison, t: Language) -> str:
    """Say what a comparison found, in one sentence that can be quoted, with its interval."""
    text = counted(found, t)
    if found.change.widened and found.change.verdict not in REFUSED:
        return t("{sentence}; {times}", sentence=text, times=times(found.change.widened, t))
    return text


def counted(found: Comparison, t: Language) -> str:
    """Say what a comparison found: the two numbers, and the verdict in words."""
    a, b = found.change.n
    first, last = (span(side.span, t) for side in (found.earlier, found.later))
    said = {"a": a, "b": b, "first": first, "last": last}
    sentences = {
        "same_period": t("Choose two different periods: both are {first}.", first=first),
        "overlapping": t("Choose two periods that share no day: {first} and {last} do.", **said),
        "outside": t(
            "{first} and {last} cannot be compared: one of them has no day within collection "
            "and the filter by date.",
            **said,
        ),
        "no_records": t("Nothing of this selection was recorded in {first} or in {last}.", **said),
        "too_short": t(
            "{a} recorded in {first}, {b} in {last}: periods of one month are too short to tell "
            "a change.",
            **said,
        ),
        "too_vague": t(
            "{a} recorded in {first}, {b} in {last}: too few of them say in which month, so no "
            "change can be told.",
            **said,
        ),
        "hang_together": t(
            "{a} recorded in {first}, {b} in {last}: one month brings the next one’s, so no "
            "change can be told.",
            **said,
        ),
        "rose": t("More recorded: {a} in {first}, {b} in {last}", **said),
        "fell": t("Fewer recorded: {a} in {first}, {b} in {last}", **said),
        "equal": t("As many recorded: {a} in {first}, {b} in {last}", **said),
        "too_few": t(
            "{a} recorded in {first}, {b} in {last}: too few, or too uneven, to tell a change",
            **said,
        ),
    }
    return sentences[found.change.verdict]


def verdicts(t: Language) -> dict[str, str]:
    """Word every verdict in a word or two."""
    refused = t("cannot be compared")
    return {
        **dict.fromkeys(("same_period", "overlapping", "outside"), refused),
        "no_records": t("none recorded"),
        "rose": t("more"),
        "fell": t("fewer"),
        "equal": t("as many"),
        "too_few": t("cannot be told"),
        "too_short": t("period too short"),
        "too_vague": t("dates too vague"),
        "hang_together": t("months hang together"),
    }


def _of_side(side: Side, t: Language) -> list[str]:
    period, said = span(side.span, t), []
    if not side.whole:
        said.append(t("Of {period} only {days} days count.", period=period, days=side.days))
    if side.provisional:
        said.append(t("{period} is provisional: collection ended soon after.", period=period))
    return said


def differ(one: Span, other: Span) -> bool:
    """Say whether two periods are of different length."""
    return _unlike(*((last - first).days + 1 for first, last in (one.days, other.days)))


def _unlike(one: int, other: int) -> bool:
    return abs(one - other) > SAME_LENGTH * max(one, other)


def _numbers(found: Found) -> list[float | None]:
    """Give the counts of a change, its ratio and both intervals; None for what cannot be told."""
    refused = found.verdict in REFUSED
    wide = None if refused else found.widened
    alone = None if refused else found.independent
    ends = [x for one in (wide, alone) for x in ((one.low, one.high) if one else (None, None))]
    ratio = alone.ratio if alone else None
    return [*found.n, *(x if x is not None and math.isfinite(x) else None for x in (ratio, *ends))]


def through_months(asked: Question) -> str:
    """Say what a steady change through all months of the chart amounts to."""
    t, found = asked.t, change.trend(asked.subset, opening(asked))
    if found.verdict == "outside":
        return t("No whole month of these years lies within collection and the filter by date.")
    first, last = t.period(found.first), t.period(found.last)
    counted = t(
        "{n} incidents in {months} whole months, {first} to {last}; {left_out} left out, because "
        "no month is known of them.",
        n=found.n,
        months=found.months,
        first=first,
        last=last,
        left_out=found.left_out,
    )
    sentences = {
        "no_records": t("Nothing of this selection was recorded in these months."),
        "too_short": t("Fewer than twelve months are too short for a trend."),
        "hang_together": t(
            "No verdict: what happens in one month goes with the next (correlation of "
            "neighbouring months {correlation}, tested against all orders of the months).",
            correlation=t.number(found.line.correlation, 2) if found.line else "",
        ),
        "rose": t("More recorded from year to year."),
        "fell": t("Fewer recorded from year to year."),
        "too_few": t("Too few, or too uneven, to tell a change from year to year."),
    }
    said = [sentences[found.verdict], counted]
    if found.line and found.verdict not in ("hang_together", "too_short"):
        said.append(
            t(
                "Each year {widened} the year before; if incidents came independently, "
                "{independent}. Dispersion {dispersion}; correlation of neighbouring months "
                "{correlation}.",
                widened=times(found.line.widened, t),
                independent=times(found.line.independent, t),
                dispersion=t.number(found.line.dispersion, 1),
                correlation=t.number(found.line.correlation, 2),
            )
        )
    return " ".join(said)
