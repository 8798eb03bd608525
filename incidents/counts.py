"""Counts of a selection: by period, by code, and of the options of a filter.

Zero means that nothing was recorded. What the filters took away is missing (`pd.NA`), and what
collection did not cover is not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from incidents.periods import Days, both, days_of, span_of, within
from incidents.search import Mask
from incidents.selection import Selection, Span, first_day, last_day
from incidents.table import Incidents, Subset

PERIODS = {"year": "Y", "quarter": "Q", "month": "M"}
FINE_ENOUGH = {
    "year": ("year", "month", "day"),
    "quarter": ("month", "day"),
    "month": ("month", "day"),
}
"""The date precisions that can be counted by each period."""
PROVISIONAL_MONTHS = 3
OPENING_YEARS = 5


@dataclass(frozen=True)
class PeriodCounts:
    """Counts of a selection over time.

    `table` has one row per period of the subset's window ("2021", "2021-Q2", "2021-03"), one column
    per code (or `n` alone). `n` counts the records that are drawn, each once and in incidents,
    `left_out` those whose date is too vague for the period, `outside` those that began in no period
    of the axis. `provisional` names the periods that reach into the last three months of a
    dataset's collection. `cut` holds the periods that the dates asked for or the collection of a
    dataset cover only in part, with the months that all cover; where no month is, with those that
    some dataset covers.
    """

    table: pd.DataFrame
    per: str
    unit: str
    n: int
    left_out: int
    outside: int
    provisional: frozenset[str]
    cut: Mapping[str, Span]

    @property
    def incomplete(self) -> frozenset[str]:
        """Name the periods that are covered only in part."""
        return frozenset(self.cut)


def asked(subset: Subset, facet: str) -> frozenset[str]:
    """Give the codes of a facet that the filters of a selection leave possible.

    A filter leaves its chosen codes. Others decide as well: a place lies in one region, a category
    belongs to one dataset, and a dataset has a menu of violations. A record of several codes may
    still be found under others of them.
    """
    chosen = getattr(subset.selection, facet) or subset.incidents.facets[facet].codes
    implied = _implied(subset, facet)
    return frozenset(chosen) if implied is None else implied.intersection(chosen)


def _implied(subset: Subset, facet: str) -> frozenset[str] | None:
    """Give the codes that the filters on other facets leave possible; None where these are all."""
    selection, book = subset.selection, subset.incidents.codebook
    region_of, dataset_of = subset.incidents.places["region"], book.column("categories", "dataset")
    if facet == "region" and selection.place:
        return frozenset(region_of[list(selection.place)])
    if facet == "place" and selection.region:
        return frozenset(region_of.index[region_of.isin(selection.region)])
    if facet == "data" and selection.category:
        return frozenset(dataset_of[category] for category in selection.category)
    if facet in ("category", "violation") and (selection.data or selection.category):
        datasets = asked(subset, "data")
        menu = [category for category, dataset in dataset_of.items() if dataset in datasets]
        if facet == "category":
            return frozenset(menu)
        return frozenset(code for category in menu for code in book.violations_under(category))
    return None


def by_code(subset: Subset, facet: str, unit: str = "incidents") -> pd.Series:
    """Count a selection under each code of a facet, in codebook order; see `asked` for what is NA.

    A record with several codes counts under each, so the counts may add up to more than n.
    """
    return _under(subset, facet, subset.rows, unit)


def _under(subset: Subset, facet: str, rows: Mask, unit: str = "incidents") -> pd.Series:
    """Count marked rows under each code: NA where no filter asked for it and no record bears it."""
    index = subset.incidents.facets[facet]
    recorded = index.count(rows, subset.weights)
    numbers = recorded if unit == "incidents" else index.count(rows, _weights(subset, unit))
    possible = asked(subset, facet)
    away = np.array([code not in possible for code in index.codes], dtype=bool) & (recorded == 0)
    values = pd.arrays.IntegerArray(numbers.astype(np.int64), away)
    return pd.Series(values, index=list(index.codes), name=unit)


def options(subset: Subset, facet: str) -> dict[str, int]:
    """Count the incidents each option of a filter would find under the other filters."""
    index = subset.incidents.facets[facet]
    counts = index.count(subset.under_the_others(facet), subset.weights)
    return dict(zip(index.codes, counts.astype(int).tolist(), strict=True))


THIN = 20
"""A group with fewer records than this in the whole release is thinly held: see docs/decisions."""


def thinly_held(incidents: Incidents, facet: str) -> dict[str, int]:
    """Give the codes of a facet with fewer than `THIN` records in the whole release, none included.

    No filter changes them: what a filter made small is not thinly held.
    """
    every = options(incidents.select(Selection()), facet)
    return {code: n for code, n in every.items() if n < THIN}


def total(subset: Subset, unit: str = "incidents") -> int:
    """Count a selection in incidents, or in people named per incident."""
    return subset.n if unit == "incidents" else int(subset.persons.sum())


def naming_persons(subset: Subset) -> int:
    """Count the incidents of a selection whose source gives a number of persons."""
    return int(subset.naming[subset.rows].sum())


TWICE = ("twice",)
"""The code of records that two readers checked."""


def checked_twice(subset: Subset) -> int:
    """Count the incidents of a selection that two readers checked."""
    checks = subset.incidents.facets["checked"]
    return subset.amount(checks.wanted(TWICE) & subset.rows) if TWICE[0] in checks.codes else 0


def vague(subset: Subset) -> int:
    """Count the incidents that the dates of a selection find and that may lie outside them.

    They are known only to the year or month, undated, or lasted longer than that.
    """
    selection = subset.selection
    first = first_day(selection.start) if selection.start else None
    last = last_day(selection.end) if selection.end else None
    return subset.amount(subset.rows & ~wholly_inside(subset.incidents, first, last))


AUTHORITIES = ("authorities", "mixed")
"""Perpetrators of whom the authorities are one: to these no response of theirs can be expected."""
UNKNOWN = "unknown"
"""The code of perpetrators whom the source does not name."""


@dataclass(frozen=True)
class Responses:
    """How the authorities responded, in incidents; apart for what they committed themselves.

    `by_others` incidents were committed by others or by unknown persons; `answered` of them have
    a response named in the source, `which` counts these. `by_authorities` were committed by the
    authorities, alone or with others; `outcomes` counts what the sources name there. NA where the
    filters leave no such response; throughout where they leave no such perpetrator.
    """

    by_others: int
    answered: int
    which: pd.Series
    by_authorities: int
    outcomes: pd.Series


def responses(subset: Subset) -> Responses:
    """Count the responses of the authorities that the cited sources name."""
    theirs = subset.rows & subset.incidents.facets["perpetrator"].wanted(AUTHORITIES)
    others = subset.rows & ~theirs
    perpetrators = asked(subset, "perpetrator")
    which = _named(subset, others, bool(perpetrators.difference(AUTHORITIES)))
    outcomes = _named(subset, theirs, bool(perpetrators.intersection(AUTHORITIES)))
    n = subset.amount
    return Responses(n(others), int(which.sum()), which, n(theirs), outcomes)


def _named(subset: Subset, rows: Mask, possible: bool) -> pd.Series:
    found = _under(subset, "response", rows)
    named = subset.incidents.codebook.marked("responses", "named")
    return _missing_if(not possible, found[found.index.isin(named)])


def _missing_if(away: bool, found: pd.Series) -> pd.Series:
    return found.mask(np.full(len(found), away))


def collection(incidents: Incidents, selection: Selection) -> Days:
    """Give the first and the last day of collection of the datasets a selection may find."""
    return incidents.window(selection.without("start", "end"))


def common_collection(incidents: Incidents, selection: Selection) -> Days:
    """Give the first and the last day on which all datasets of a selection were collected."""
    spans = [incidents.collection[name] for name in incidents.datasets(selection)]
    return max(start for start, _ in spans), min(end for _, end in spans)


def complete_years(incidents: Incidents, selection: Selection) -> list[int]:
    """List the years that the collection of every dataset of a selection covers whole."""
    return whole_years(common_collection(incidents, selection))


def whole_years(days: Days) -> list[int]:
    """List the years of which every day is among the days."""
    first, last = days
    day = pd.Timedelta(days=1)
    return list(range((first - day).year + 1, (last + day).year))


def opening_period(incidents: Incidents, selection: Selection) -> Span | None:
    """Give the period a chart over time opens with: the reader's, or five complete years.

    Without a complete year it is all of collection; None where the reader's dates lie outside.
    """
    years = complete_years(incidents, selection)[-OPENING_YEARS:]
    if years and not (selection.start or selection.end):
        return Span(str(years[0]), str(years[-1]))
    first, last = incidents.window(selection)
    return span_of((first, last)) if first <= last else None


def covered(subset: Subset, span: Span) -> Days:
    """Give the days of a span on which every dataset was collected, within the selection's own."""
    collected = common_collection(subset.incidents, subset.selection)
    return both(within(subset.selection, collected), span.days)


def comparable(
    subset: Subset, one: Span, other: Span
) -> Literal["", "same_period", "overlapping", "cut"]:
    """Say why two periods cannot be compared day for day; empty where they can.

    `cut`: the filter by date or the collection of a dataset does not cover one of them whole.
    """
    first, second = sorted((one, other), key=lambda span: span.days)
    if first.days == second.days:
        return "same_period"
    if second.days[0] <= first.days[1]:
        return "overlapping"
    whole = all(covered(subset, span) == span.days for span in (first, second))
    return "" if whole else "cut"


def default_periods(subset: Subset) -> tuple[Span, Span] | None:
    """Give the last two years that filter and collection cover whole; None if there are none."""
    collected = common_collection(subset.incidents, subset.selection)
    years = whole_years(within(subset.selection, collected))[-2:]
    return (Span.of(str(years[0])), Span.of(str(years[1]))) if len(years) == 2 else None


def overlap(period: str, selection: Selection) -> Span:
    """Give the part of a year, quarter or month that lies inside the dates of a selection.

    Raises ValueError where there is none.
    """
    first, last = within(selection, days_of(period))
    if first > last:
        raise ValueError(f"{period} lies outside the dates of the selection")
    return span_of((first, last))


def found_by(subset: Subset, period: str) -> int:
    """Count what a list shows that is filtered by a period as well, as far as `overlap` lets it.

    It may be more than is counted in the period, since vague dates are found wherever they may lie.
    """
    days = overlap(period, subset.selection).days
    return subset.amount(subset.rows & subset.incidents.may_have_happened(*days))


def by_period(
    subset: Subset,
    per: str = "year",
    unit: str = "incidents",
    split: str = "",
    span: Span | None = None,
) -> PeriodCounts:
    """Count a selection by year, quarter or month, within its window and within a span.

    A record counts in the period in which it began, if its date is precise enough to say; the
    others are left out and counted as such.
    """
    incidents, frame = subset.incidents, subset.incidents.frame
    days = both(subset.window, span.days) if span else subset.window
    axis = _axis(*days, per)
    periods = axis.periods
    dated = frame["date_precision"].isin(FINE_ENOUGH[per]).to_numpy() & subset.rows
    at = _period_numbers(frame["first_day"], per) - (periods[0].ordinal if len(periods) else 0)
    shown = dated & (at >= 0) & (at < len(periods)) & incidents.may_have_happened(*days)
    table = _tabulate(subset, split, shown, at, _weights(subset, unit), len(periods))
    table.index = axis.labels
    until = settled(incidents, subset.selection) + pd.Timedelta(days=1)
    return PeriodCounts(
        table=table,
        per=per,
        unit=unit,
        n=subset.amount(shown),
        left_out=subset.amount(subset.rows & ~dated),
        outside=subset.amount(dated & ~shown),
        provisional=frozenset(axis.labels[axis.ends >= until]),
        cut=_cut(subset, axis, days),
    )


def _weights(subset: Subset, unit: str) -> np.ndarray | None:
    return subset.persons if unit == "people" else subset.weights


@dataclass(frozen=True)
class _Axis:
    """Periods with their labels, first and last days."""

    periods: pd.PeriodIndex
    labels: pd.Index
    starts: pd.DatetimeIndex
    ends: pd.DatetimeIndex


@lru_cache(256)
def _axis(first: pd.Timestamp, last: pd.Timestamp, per: str) -> _Axis:
    """Lay out the periods that two days lie in and those between; none where there are none."""
    ends = {"periods": 0} if last < first else {"end": last}
    periods = pd.period_range(first, freq=PERIODS[per], **ends)
    labels = pd.Index([_label(period) for period in periods], name=per)
    return _Axis(periods, labels, periods.start_time, periods.end_time.normalize())


def _cut(subset: Subset, axis: _Axis, some: Days) -> dict[str, Span]:
    """Give the periods that are covered in part, and which part; `some` dataset covers the axis."""
    every = both(some, common_collection(subset.incidents, subset.selection))
    starts, ends = axis.starts, axis.ends
    found = {}
    for at in np.flatnonzero((starts < every[0]) | (ends > every[1])):
        whole = starts[at], ends[at]
        first, last = both(whole, every)
        found[str(axis.labels[at])] = span_of((first, last) if first <= last else both(whole, some))
    return found


def _period_numbers(days: pd.Series, per: str) -> np.ndarray:
    """Give the period of each day as a number, as pandas does: years, quarters, months of 1970."""
    months = days.to_numpy().astype("datetime64[M]").astype(np.int64)
    return months // {"year": 12, "quarter": 3, "month": 1}[per]


def _tabulate(
    subset: Subset,
    split: str,
    shown: np.ndarray,
    at: np.ndarray,
    weights: np.ndarray | None,
    length: int,
) -> pd.DataFrame:
    amounts = None if weights is None else weights[shown]
    if not split or split == "none":
        counts = np.bincount(at[shown], amounts, length)[:length]
        return pd.DataFrame({"n": counts.astype(int)})
    index = subset.incidents.facets[split]
    size = len(index.holds)
    categories = np.where(index.rows[shown] < 0, size - 1, index.rows[shown])
    cells = np.bincount(at[shown] * size + categories, amounts, length * size)
    counts = cells.reshape(length, size) @ index.holds
    return pd.DataFrame(counts.astype(int), columns=list(index.codes))


def _label(period: pd.Period) -> str:
    return str(period).replace("Q", "-Q") if period.freqstr.startswith("Q") else str(period)


def settled(incidents: Incidents, selection: Selection) -> pd.Timestamp:
    """Give the last day before what is provisional.

    That are the last three months of collection, and those that a dataset covers less well.
    """
    last = common_collection(incidents, selection)[1]
    before = last - pd.DateOffset(months=PROVISIONAL_MONTHS) + pd.offsets.MonthEnd(0)
    thin = incidents.less_covered
    thinner = [thin[name] for name in incidents.datasets(selection) if name in thin]
    return min([before, *(first - pd.Timedelta(days=1) for first in thinner)])


def region_only(subset: Subset, unit: str = "incidents") -> pd.Series:
    """Count, per region, what is recorded where the region is known and the settlement is not.

    NA as in `by_code`, and throughout where settlements are chosen: those filters leave none.
    """
    unplaced = subset.rows & (subset.incidents.facets["place"].rows < 0)
    return _missing_if(bool(subset.selection.place), _under(subset, "region", unplaced, unit))


def rates(by_region: pd.Series, population: pd.Series) -> pd.Series:
    """Give counts per 100,000 inhabitants, for the regions that have a population."""
    return by_region.reindex(population.index) / population * 100_000


RELIABLE = 5
"""A rate of fewer incidents than this says little: one more or less changes it by a fifth."""


def change(subset: Subset, earlier: Span, later: Span) -> pd.Series:
    """Count, per region, the incidents of one period more than of another.

    Only records that lie wholly inside one of them are compared. NA as in `by_code`, and throughout
    where the periods cannot be compared (see `comparable`).
    """
    incidents = subset.incidents
    before, after = (
        _under(subset, "region", subset.rows & wholly_inside(incidents, *span.days))
        for span in (earlier, later)
    )
    return _missing_if(comparable(subset, earlier, later) != "", after - before)


def wholly_inside(
    incidents: Incidents, first: pd.Timestamp | None, last: pd.Timestamp | None
) -> Mask:
    """Mark the records that cannot have happened outside the days from first to last."""
    inside = np.ones(len(incidents.frame), dtype=bool)
    if first is not None:
        inside &= incidents.first_days >= np.datetime64(first, "D").astype(int)
    if last is not None:
        inside &= incidents.last_days <= np.datetime64(last, "D").astype(int)
    return inside
