"""Two periods compared: counts, what chance may do, a sentence, and what no interval covers."""

import math
from functools import lru_cache

import pandas as pd
import streamlit as st

from incidents import change, counts
from incidents.chance import Interval
from incidents.change import REFUSED, Breakdown, Change, Comparison, Side
from incidents.selection import Selection, Span
from loaders import Package
from loaders.files import Table
from loaders.language import Language
from pages.shared import cite, figures, take, widgets, words
from pages.shared.address import State

NO_NUMBERS = ("same_period", "overlapping", "outside", "no_records")
FACETS = ("region", "group", "violation")
SAME_LENGTH = 0.02
"""Periods that differ by less, as leap years do, are not said to differ in length."""


def compare(now: State) -> None:
    """Compare two periods of the reader's choice."""
    t, (a, b) = now.t, compared(now)
    found = _found(now.package, now.selection, a, b)
    sentence = worded(found, t)
    st.header(words.plain(sentence))
    with st.container(horizontal=True, gap="medium"):
        widgets.periods(now, (t("Compare"), t("with")), (a, b))
    st.caption(t("A year from the list. Or type a month (2021-03) or a longer period (2018–2019)."))
    if found.change.verdict not in ("same_period", "overlapping"):
        _sides(found, t)
    if lines := _intervals(found.change, t):
        st.markdown("\n".join(f"- {line}" for line in lines))
    notes = " ".join(_notes(now, found))
    figures.source_line(now, notes)
    if box := figures.folded(t("The same by region, group and violation"), "change-by"):
        with box:
            _breakdowns(now, a, b)
    if box := figures.folded(t("A steady change through all months"), "change-steady"):
        with box:
            st.markdown(_through_months(now))
    cite.selection(now, "change", sentence)
    if found.change.verdict not in NO_NUMBERS and (box := take.folded(now, "change")):
        with box:
            take.comparison(now, sentence, notes, _as_table(now, found))


@lru_cache(maxsize=256)
def _found(package: Package, selection: Selection, a: Span, b: Span) -> Comparison:
    """Compare two periods; kept, because a page's title and its comparison are mostly the same."""
    return change.compare(package.incidents.select(selection), a, b)


def compared(now: State) -> tuple[Span, Span]:
    """Give the periods to compare: the reader's, or the ends of what the chart shows."""
    last = counts.collection(now.package.incidents, now.selection)[1].year
    ends = change.first_and_last(now.subset, opening(now))
    a, b = ends or (Span.of(str(last - 1)), Span.of(str(last)))
    return now.display.a or a, now.display.b or b


def opening(now: State) -> Span:
    """Give the years or months the chart of the trends opens with."""
    start, end = counts.opening_period(now.package.incidents, now.selection)
    everything = all_years(now)
    return Span(start or everything.start, end or everything.end)


def all_years(now: State) -> Span:
    """Give the years in which the selected datasets were collected."""
    first, last = counts.collection(now.package.incidents, now.selection)
    return Span(str(first.year), str(last.year))


def clause(now: State, shown: Span) -> str:
    """Say in a few words how the first and last complete year of a chart differ, if known."""
    ends = change.first_and_last(now.subset, shown)
    if not ends:
        return ""
    found, t = _found(now.package, now.selection, *ends), now.t
    first, last = (words.span(side.span, t) for side in (found.earlier, found.later))
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
    return words.plain(f"{ratio} ({low}–{high})")


def factor(value: float, t: Language) -> str:
    """Write a ratio with two decimals; smaller ones with two digits, larger ones with fewer."""
    if math.isinf(value):
        return "∞"
    if 0 < value < 0.1:
        return t.number(value, min(1 - math.floor(math.log10(value)), 6))
    return t.number(value, 2 if value < 10 else 1 if value < 100 else 0)


def worded(found: Comparison, t: Language) -> str:
    """Say what a comparison found, in one sentence that can be quoted."""
    a, b = found.change.n
    first, last = (words.span(side.span, t) for side in (found.earlier, found.later))
    said = {"a": a, "b": b, "first": first, "last": last}
    verdicts = {
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
    text = verdicts[found.change.verdict]
    if found.change.widened and found.change.verdict not in REFUSED:
        return t("{sentence}; {times}", sentence=text, times=times(found.change.widened, t))
    return text


def _sides(found: Comparison, t: Language) -> None:
    """Show what was counted in the two periods; episodes stand beside incidents."""
    sides = (found.earlier, found.later)
    columns = {
        t("Recorded incidents"): [t.number(side.n) for side in sides],
        t("Episodes (records of one story count once)"): [t.number(s.episodes) for s in sides],
        t("Days counted"): [t.number(side.days) for side in sides],
    }
    table = pd.DataFrame(columns, index=[words.plain(words.span(s.span, t)) for s in sides])
    figures.table(table.T)


def _intervals(found: Change, t: Language) -> list[str]:
    if found.verdict in REFUSED or not found.independent:
        return []
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
                "interval. Counts of months scatter {dispersion} times as widely as independent "
                "incidents would (dispersion; degrees of freedom: {freedom}).",
                times=times(found.widened, t),
                dispersion=t.number(found.dispersion, 1),
                freedom=found.freedom,
            )
        )
    return [words.plain(line) for line in lines]


def _notes(now: State, found: Comparison) -> list[str]:
    """Say what the comparison leaves out, and what no interval covers."""
    t, sides = now.t, (found.earlier, found.later)
    said = [note for side in sides if side.days for note in _of_side(side, t)]
    if all(side.days for side in sides) and _unlike(*(side.days for side in sides)):
        said.append(t("The periods differ in length: the ratio is one of incidents per day."))
    if found.left_out.vague:
        said.append(
            t.plural(
                "{n} incident is left out: its date is too vague for these periods.",
                "{n} incidents are left out: their dates are too vague for these periods.",
                found.left_out.vague,
            )
        )
    if found.left_out.uncollected:
        said.append(
            t.plural(
                "{n} incident is left out: not every dataset was collected when it happened.",
                "{n} incidents are left out: not every dataset was collected when they happened.",
                found.left_out.uncollected,
            )
        )
    if now.display.unit == "people":
        said.append(t("Change is told in incidents, not in people."))
    said.append(
        t(
            "No interval covers whether monitoring, reporting or the law changed: “more” means "
            "more recorded."
        )
    )
    return said


def _of_side(side: Side, t: Language) -> list[str]:
    period = words.plain(words.span(side.span, t))
    said = []
    if not side.whole:
        said.append(t("Of {period} only {days} days count.", period=period, days=side.days))
    if side.provisional:
        said.append(t("{period} is provisional: collection ended soon after.", period=period))
    return said


def differ(one: Span, other: Span) -> bool:
    """Say whether two periods are of different length."""
    lengths = [(last - first).days + 1 for first, last in (one.days, other.days)]
    return _unlike(*lengths)


def _unlike(one: int, other: int) -> bool:
    return abs(one - other) > SAME_LENGTH * max(one, other)


def _breakdowns(now: State, a: Span, b: Span) -> None:
    """Compare the periods for every code of three facets, corrected for their number."""
    t = now.t
    names = (t("Regions"), t("Groups"), t("Violations"))
    for tab, facet in zip(st.tabs(names), FACETS, strict=True):
        with tab:
            found = change.breakdown(now.subset, facet, a, b)
            if not found.compared:
                st.caption(t("There is nothing to compare."))
                continue
            figures.table(_by_code(now, facet, found, (a, b)))
            st.caption(
                t.plural(
                    "{n} was compared.",
                    "{n} were compared at once, so the words are corrected: of those that say "
                    "more or fewer, 5% are expected to be wrong (Benjamini and Hochberg 1995). "
                    "The intervals are not corrected.",
                    found.compared,
                )
                + " "
                + t("A record with several codes counts under each.")
            )


def _by_code(now: State, facet: str, found: Breakdown, spans: tuple[Span, Span]) -> pd.DataFrame:
    t, rows, verdicts = now.t, {}, _verdicts(now.t)
    first, last = (words.span(span, t) for span in sorted(spans, key=lambda span: span.days))
    for code, one in found.changes.items():
        label = words.plain(words.code_label(now.package, facet, code, t))
        told = one.widened if one.verdict not in REFUSED else None
        rows[label] = [*map(t.number, one.n), _briefly(told, t), verdicts[one.verdict]]
    columns = [words.plain(first), words.plain(last), t("Ratio (95% interval)"), t("Recorded")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _verdicts(t: Language) -> dict[str, str]:
    return {
        "rose": t("more"),
        "fell": t("fewer"),
        "equal": t("as many"),
        "too_few": t("cannot be told"),
        "too_short": t("period too short"),
        "too_vague": t("dates too vague"),
        "hang_together": t("months hang together"),
    }


def _as_table(now: State, found: Comparison) -> Table:
    """Give the comparison and its breakdowns as rows, with intervals, and what each column is."""
    t = now.t
    spans = found.earlier.span, found.later.span
    told = {("all", "", t("All")): found.change}
    for facet in FACETS:
        for code, one in change.breakdown(now.subset, facet, *spans).changes.items():
            told[facet, code, words.code_label(now.package, facet, code, t)] = one
    rows = [[*key, *_numbers(one), _verdicts(t)[one.verdict]] for key, one in told.items()]
    first, last = (words.span(span, t) for span in spans)
    no_end = t("empty: no upper end, or no verdict")
    fields = {
        "by": t("What is compared: everything, or one code of a list"),
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
    return Table(pd.DataFrame(rows, columns=list(fields)), fields)


def _numbers(found: Change) -> list[float | None]:
    """Give the counts of a change, its ratio and both intervals; None for what cannot be told."""
    refused = found.verdict in REFUSED
    wide = None if refused else found.widened
    alone = None if refused else found.independent
    ends = [x for one in (wide, alone) for x in ((one.low, one.high) if one else (None, None))]
    ratio = alone.ratio if alone else None
    return [*found.n, *(x if x is not None and math.isfinite(x) else None for x in (ratio, *ends))]


def _through_months(now: State) -> str:
    """Say what a steady change through all months of the chart amounts to."""
    t, found = now.t, change.trend(now.subset, opening(now))
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
    verdicts = {
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
    said = [verdicts[found.verdict], counted]
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
    return words.plain(" ".join(said))
