"""Counts of a selection: by period, by code, and of the options of a filter."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

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


@dataclass(frozen=True)
class PeriodCounts:
    """Counts of a selection over time.

    `table` has one row per period of collection ("2021", "2021-Q2", "2021-03"), one column per
    code (or `n` alone). `left_out` counts the records whose date is too vague for the period,
    `outside` those whose period the axis does not show. `provisional` names the periods that
    reach into the last three months of a dataset's collection, `incomplete` those that collection
    covers only in part.
    """

    table: pd.DataFrame
    per: str
    unit: str
    left_out: int
    outside: int
    provisional: frozenset[str]
    incomplete: frozenset[str]


def by_code(subset: Subset, facet: str, unit: str = "incidents") -> pd.Series:
    """Count a selection under each code of a facet, in codebook order, zeros included.

    A record with several codes counts under each, so the counts may add up to more than n.
    """
    index = subset.incidents.facets[facet]
    counts = index.count(subset.rows, _weights(subset, unit))
    return pd.Series(counts.astype(int), index=list(index.codes), name=unit)


def options(subset: Subset, facet: str) -> dict[str, int]:
    """Count the incidents each option of a filter would find under the other filters."""
    index = subset.incidents.facets[facet]
    counts = index.count(subset.under_the_others(facet), None)
    return dict(zip(index.codes, counts.astype(int).tolist(), strict=True))


def total(subset: Subset, unit: str = "incidents") -> int:
    """Count a selection in incidents, or in people named per incident."""
    return subset.n if unit == "incidents" else int(subset.persons.sum())


def naming_persons(subset: Subset) -> int:
    """Count the incidents of a selection whose source gives a number of persons."""
    return int((subset.incidents.frame["persons"].notna().to_numpy() & subset.rows).sum())


def checked_twice(subset: Subset) -> int:
    """Count the incidents of a selection that two readers checked."""
    return int(by_code(subset, "checked").get("twice", 0))


AUTHORITIES = ("authorities", "mixed")
"""Perpetrators of whom the authorities are one: to these no response of theirs can be expected."""


@dataclass(frozen=True)
class Responses:
    """How the authorities responded, in incidents; apart for what they committed themselves.

    `by_others` incidents were committed by others or by unknown persons; `answered` of them have
    a response named in the source, `which` counts these. `by_authorities` were committed by the
    authorities, alone or with others; `outcomes` counts what the sources name there.
    """

    by_others: int
    answered: int
    which: pd.Series
    by_authorities: int
    outcomes: pd.Series


def responses(subset: Subset) -> Responses:
    """Count the responses of the authorities that the cited sources name."""
    facets = subset.incidents.facets
    theirs = subset.rows & facets["perpetrator"].wanted(AUTHORITIES)
    others = subset.rows & ~theirs
    named = sorted(subset.incidents.codebook.marked("responses", "named"))
    per_code = [
        pd.Series(facets["response"].count(rows, None), index=list(facets["response"].codes))
        for rows in (others, theirs)
    ]
    which, outcomes = (s[[c for c in s.index if c in named]].astype(int) for s in per_code)
    return Responses(int(others.sum()), int(which.sum()), which, int(theirs.sum()), outcomes)


def collection(incidents: Incidents, selection: Selection) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Give the first and the last day of collection of the datasets a selection may find."""
    spans = [incidents.collection[d] for d in selection.data or incidents.collection]
    return min(start for start, _ in spans), max(end for _, end in spans)


def common_collection(
    incidents: Incidents, selection: Selection
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Give the first and the last day on which all datasets of a selection were collected."""
    spans = [incidents.collection[d] for d in selection.data or incidents.collection]
    return max(start for start, _ in spans), min(end for _, end in spans)


def complete_years(incidents: Incidents, selection: Selection) -> list[int]:
    """List the years that the collection of every dataset of a selection covers whole."""
    first, last = common_collection(incidents, selection)
    day = pd.Timedelta(days=1)
    return list(range((first - day).year + 1, (last + day).year))


def opening_period(incidents: Incidents, selection: Selection) -> tuple[str, str]:
    """Give the period a chart over time opens with: the reader's, or five complete years."""
    years = complete_years(incidents, selection)[-5:]
    if selection.start or selection.end or not years:
        return selection.start, selection.end
    return str(years[0]), str(years[-1])


def by_period(
    subset: Subset,
    per: str = "year",
    unit: str = "incidents",
    split: str = "",
    span: tuple[str, str] = ("", ""),
) -> PeriodCounts:
    """Count a selection by year, quarter or month, within `span` and within collection.

    A record counts in the period in which it began, if its date is precise enough to say; the
    others are left out and counted as such.
    """
    incidents, frame = subset.incidents, subset.incidents.frame
    periods = _axis(incidents, subset.selection, per, span)
    dated = frame["date_precision"].isin(FINE_ENOUGH[per]).to_numpy() & subset.rows
    at = _period_numbers(frame["first_day"], per) - (periods[0].ordinal if len(periods) else 0)
    shown = dated & (at >= 0) & (at < len(periods))
    weights = _weights(subset, unit)
    table = _tabulate(subset, split, shown, at, weights, len(periods))
    labels = [_label(p) for p in periods]
    table.index = pd.Index(labels, name=per)
    spans = [incidents.collection[d] for d in subset.selection.data or incidents.collection]
    until = settled(incidents, subset.selection) + pd.Timedelta(days=1)
    return PeriodCounts(
        table=table,
        per=per,
        unit=unit,
        left_out=int((subset.rows & ~dated).sum()),
        outside=int((dated & ~shown).sum()),
        provisional=frozenset(_label(p) for p in periods[periods.end_time > until]),
        incomplete=frozenset(_label(p) for p in periods if _incomplete(p, spans)),
    )


def _weights(subset: Subset, unit: str) -> np.ndarray | None:
    return subset.persons if unit == "people" else None


def _axis(
    incidents: Incidents, selection: Selection, per: str, span: tuple[str, str]
) -> pd.PeriodIndex:
    start, end = collection(incidents, selection)
    start = max(start, first_day(span[0])) if span[0] else start
    end = min(end, last_day(span[1])) if span[1] else end
    if end < start:
        return pd.PeriodIndex([], freq=PERIODS[per])
    return pd.period_range(start, end, freq=PERIODS[per])


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
    """Give the last day before the last three months of collection, which are provisional."""
    last = min(incidents.collection[d][1] for d in selection.data or incidents.collection)
    return last - pd.DateOffset(months=PROVISIONAL_MONTHS) + pd.offsets.MonthEnd(0)


def _incomplete(period: pd.Period, spans: list[tuple[pd.Timestamp, pd.Timestamp]]) -> bool:
    return any(
        period.start_time.normalize() < start or period.end_time.normalize() > end
        for start, end in spans
    )


def region_only(subset: Subset) -> pd.Series:
    """Count, per region, the incidents of which the region is known and the settlement is not."""
    region = subset.incidents.facets["region"]
    unplaced = subset.rows & (subset.incidents.facets["place"].rows < 0)
    return pd.Series(region.count(unplaced, None).astype(int), index=list(region.codes))


def rates(by_region: pd.Series, population: pd.Series) -> pd.Series:
    """Give counts per 100,000 inhabitants, for the regions that have a population."""
    return by_region[population.index] / population * 100_000


RELIABLE = 5
"""A rate of fewer incidents than this says little: one more or less changes it by a fifth."""


def change(subset: Subset, earlier: Span, later: Span) -> pd.Series:
    """Count, per region, the incidents of one period more than of another.

    Only records that lie wholly inside one of them are compared.
    """
    incidents = subset.incidents
    index = incidents.facets["region"]
    counts = [
        index.count(subset.rows & wholly_inside(incidents, *span.days), None)
        for span in (earlier, later)
    ]
    return pd.Series((counts[1] - counts[0]).astype(int), index=list(index.codes))


def wholly_inside(incidents: Incidents, first: pd.Timestamp, last: pd.Timestamp) -> np.ndarray:
    """Mark the records that cannot have happened outside the days from first to last."""
    start, end = (np.datetime64(day, "D").astype(int) for day in (first, last))
    return (incidents.first_days >= start) & (incidents.last_days <= end)
