"""Change of a selection over time: counts first, then what chance may do, then a verdict.

A verdict is a code; the sentence is worded above. It follows the wider of two intervals (see
`incidents.chance`). What no interval covers: whether monitoring, reporting or the law changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from incidents import chance, counts
from incidents.chance import ALPHA, HANGING, Interval, Line
from incidents.periods import span_of
from incidents.selection import Span
from incidents.table import Subset

Verdict = Literal[
    "same_period",  # the two periods are one
    "overlapping",  # they share days
    "outside",  # a period has no day within collection, or within the selection's own dates
    "no_records",  # nothing was recorded in either
    "too_short",  # fewer months than dispersion can be measured from
    "too_vague",  # too few records say in which month they happened
    "hang_together",  # one month's incidents go with the next one's: no interval here holds
    "rose",
    "fell",
    "equal",  # the same rate in both
    "too_few",  # the interval holds both a rise and a fall: too few to say
]

REFUSED = ("too_short", "too_vague", "hang_together")
"""Verdicts that are withheld although both periods could be counted: their intervals are, too."""

MONTHS_A_PERIOD = 2
"""The months of which a period must have as many, for dispersion to be measured in it."""
MONTHS_A_TREND = 12
"""A trend through fewer months is one through a season."""
MONTH_KNOWN = 0.5
"""The share of records that must be dated to the month, for dispersion to be measured by month."""


@dataclass(frozen=True)
class Side:
    """One period of a comparison.

    `n` counts the records wholly inside it, `episodes` the stories they belong to (records of one
    episode count once, a record without one counts as its own), `days` its days within collection
    and within the selection's own dates; `whole` says whether these are all, `covered` in which
    months they lie (None if there are none), `provisional` whether it reaches into the last months
    of collection.
    """

    span: Span
    n: int
    episodes: int
    days: int
    whole: bool
    covered: Span | None
    provisional: bool


@dataclass(frozen=True)
class LeftOut:
    """The records of the selection that a comparison leaves out, by reason.

    `vague`: may have happened on a day that counts (see `Side.days`), but also on another.
    `uncollected`: in a period, but on no day that counts. `elsewhere`: in neither period.
    """

    vague: int
    uncollected: int
    elsewhere: int


@dataclass(frozen=True)
class Change:
    """From one number to another: the ratio, what chance may do, the verdict.

    `independent` holds if incidents came independently, `widened` counts the dispersion in and
    decides. `p` is the two-sided probability that belongs to `widened`. `dispersion` rests on
    `freedom` months (less one a period); `correlation` is that of neighbouring months and `linked`
    how often chance makes so strong a one. None where there is nothing to compute it from.
    """

    verdict: Verdict
    n: tuple[int, int]
    independent: Interval | None = None
    widened: Interval | None = None
    p: float | None = None
    dispersion: float | None = None
    freedom: int = 0
    correlation: float | None = None
    linked: float | None = None


@dataclass(frozen=True)
class Comparison:
    """Two periods of a selection, in order of time."""

    earlier: Side
    later: Side
    left_out: LeftOut
    change: Change


@dataclass(frozen=True)
class Breakdown:
    """Two periods of a selection compared for each code of a facet.

    `earlier` and `later` are those of the whole selection, as in `Comparison`. `verdict` says why
    nothing could be compared, and is None otherwise. `compared` counts the codes with a record in
    either period; `changes` holds them in codebook order, each verdict corrected for their number,
    and `corrected` the probabilities after correction.
    """

    earlier: Side
    later: Side
    verdict: Verdict | None
    compared: int
    changes: dict[str, Change]
    corrected: dict[str, float]


@dataclass(frozen=True)
class Trend:
    """A steady change through the months of a span, as a ratio per year.

    `n` records in `months` whole months; `left_out` are dated too vaguely for a month, `outside`
    happened in no month of the span. `whole` says whether filter and collection cover every month
    of the span, `first` and `last` name those that they do.
    """

    verdict: Verdict
    first: str
    last: str
    months: int
    whole: bool
    n: int
    left_out: int
    outside: int
    line: Line | None


@dataclass(frozen=True)
class PublishedChange:
    """Two totals that somebody else published: no verdict, because a few numbers bear none.

    `independent` is what chance alone would leave open; `dispersion` says how far all `years`
    totals scatter around a steady change (1: as far as chance), None for fewer than three.
    `missing` names the years for which no total is known; then there is nothing else.
    """

    n: tuple[int, int] | None
    missing: tuple[int, ...]
    independent: Interval | None
    years: int
    dispersion: float | None


@dataclass(frozen=True)
class Tally:
    """What was counted in one period, for one or for many codes at once (the first axis).

    `n` records in `days` days; of those dated well enough, `months` counts each of the whole months
    (the last axis), which have `lengths` days.
    """

    n: np.ndarray
    days: float
    months: np.ndarray
    lengths: np.ndarray

    def only(self, codes: np.ndarray) -> "Tally":
        """Keep some of the codes."""
        return Tally(self.n[codes], self.days, self.months[codes], self.lengths)


@dataclass(frozen=True)
class Judged:
    """The verdicts over two tallies and what they rest on, one value per code."""

    verdicts: np.ndarray
    p: np.ndarray
    dispersion: np.ndarray
    freedom: np.ndarray
    correlation: np.ndarray
    linked: np.ndarray


def judge(earlier: Tally, later: Tally) -> Judged:
    """Give the verdict for every code of two tallies.

    The dispersion is measured over the months of both periods, each around its own rate. Where only
    a share s of the records names its month, the dispersion D of these is taken as 1 + (D - 1) / s
    for all: counts of mean m and variance D m, of which a share s is kept at random, have the
    variance (1 + s (D - 1)) s m. Rose or fell means that the widened interval leaves out 1.
    Limits: see `chance.widened`. Months that hang together give false alarms where the link is too
    weak for the test: the fewer months, the more of them.
    """
    exposure = (earlier.days, later.days)
    stretches = [chance.steady(side.months, side.lengths) for side in (earlier, later)]
    measured, freedom = chance.scatter(stretches)
    correlation, linked = chance.link(stretches)
    total = earlier.n + later.n
    dated = earlier.months.sum(axis=-1) + later.months.sum(axis=-1)
    share = np.minimum(dated / np.maximum(total, 1), 1)
    dispersion = 1 + (measured - 1) / np.where((measured > 1) & (share > 0), share, 1)
    p = chance.widened_p(
        earlier.n, later.n, exposure, dispersion, np.where(freedom, freedom, np.inf)
    )
    more = later.n * earlier.days - earlier.n * later.days
    short = min(side.months.shape[-1] for side in (earlier, later)) < MONTHS_A_PERIOD
    reasons: dict[Verdict, np.ndarray] = {
        "no_records": total == 0,
        "equal": more == 0,
        "too_few": p >= ALPHA,
        "too_short": np.full(total.shape, short),
        "too_vague": share < MONTH_KNOWN,
        "hang_together": linked < HANGING,
        "rose": more > 0,
    }
    verdicts = np.select(list(reasons.values()), list(reasons), "fell")
    return Judged(verdicts, p, dispersion, freedom, correlation, linked)


def correct(judged: Judged) -> tuple[Judged, np.ndarray]:
    """Correct verdicts for being many; give them with the corrected probabilities.

    Of the changes called rose or fell, 5 % are expected to be none (Benjamini and Hochberg,
    "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57, 1995). A
    code whose verdict is refused stays among the compared with probability 1.
    Limits: the codes must be independent or rise and fall together, as incidents with several
    codes do (Benjamini and Yekutieli, Annals of Statistics 29, 2001).
    """
    called = np.isin(judged.verdicts, ("rose", "fell"))
    settled = called | np.isin(judged.verdicts, ("equal", "too_few"))
    corrected = chance.corrected(np.where(settled, judged.p, 1.0))
    verdicts = np.where(called & (corrected >= ALPHA), "too_few", judged.verdicts)
    return replace(judged, verdicts=verdicts), corrected


def compare(subset: Subset, one: Span, other: Span) -> Comparison:
    """Compare two periods of a selection; the earlier one is put first.

    Only records wholly inside one period are counted. Exposure is in days on which every selected
    dataset was collected; without such a day there is no verdict. See `judge` for the verdict,
    `chance.exact` and `chance.widened` for the intervals.
    Limits: periods of different seasons differ by season.
    """
    first, second = sorted((one, other), key=lambda span: span.days)
    earlier, later = _side(subset, first), _side(subset, second)
    why = _not_comparable(subset, earlier, later)
    if why:
        change = Change(why, (earlier.n, later.n))
    else:
        tallies = _tally(subset, first), _tally(subset, second)
        change = _changes(*tallies, judge(*tallies))[0]
    return Comparison(earlier, later, _left_out(subset, (first, second)), change)


def breakdown(subset: Subset, facet: str, one: Span, other: Span) -> Breakdown:
    """Compare two periods of a selection for each code of a facet, corrected for being many.

    A record with several codes counts under each. Methods and limits: see `compare` and `correct`.
    """
    first, second = sorted((one, other), key=lambda span: span.days)
    sides = _side(subset, first), _side(subset, second)
    why = _not_comparable(subset, *sides)
    earlier, later = _tally(subset, first, facet), _tally(subset, second, facet)
    held = np.flatnonzero(earlier.n + later.n)
    if why or not len(held):
        return Breakdown(*sides, why or "no_records", 0, {}, {})
    earlier, later = earlier.only(held), later.only(held)
    judged, corrected = correct(judge(earlier, later))
    names = [subset.incidents.facets[facet].codes[i] for i in held]
    return Breakdown(
        *sides,
        verdict=None,
        compared=len(held),
        changes=dict(zip(names, _changes(earlier, later, judged), strict=True)),
        corrected=dict(zip(names, corrected.tolist(), strict=True)),
    )


def _not_comparable(subset: Subset, earlier: Side, later: Side) -> Verdict | None:
    """Say why there is no verdict; a period covered in part is compared for its days."""
    why = counts.comparable(subset, earlier.span, later.span)
    if why == "same_period" or why == "overlapping":
        return why
    return None if earlier.days and later.days else "outside"


def _changes(earlier: Tally, later: Tally, judged: Judged) -> list[Change]:
    """Put the intervals beside the verdicts; a code without records has none."""
    exposure = (earlier.days, later.days)
    changes = []
    for i, verdict in enumerate(judged.verdicts.tolist()):
        n = int(earlier.n[i]), int(later.n[i])
        dispersion, freedom = float(judged.dispersion[i]), int(judged.freedom[i])
        measured = sum(n) and freedom
        changes.append(
            Change(
                verdict=verdict,
                n=n,
                independent=chance.exact(*n, exposure) if sum(n) else None,
                widened=chance.widened(*n, exposure, dispersion, freedom) if measured else None,
                p=float(judged.p[i]) if measured else None,
                dispersion=dispersion if measured else None,
                freedom=freedom,
                correlation=float(judged.correlation[i]) if measured else None,
                linked=float(judged.linked[i]) if measured else None,
            )
        )
    return changes


def _counted(subset: Subset, span: Span) -> np.ndarray:
    return subset.rows & counts.wholly_inside(subset.incidents, *counts.covered(subset, span))


def _side(subset: Subset, span: Span) -> Side:
    first, last = window = counts.covered(subset, span)
    rows = _counted(subset, span)
    stories = subset.incidents.frame["episode"].cat.codes.to_numpy()
    told = len(np.unique(stories[rows & (stories >= 0)]))
    return Side(
        span=span,
        n=subset.amount(rows),
        episodes=subset.amount(rows & (stories < 0)) + told,
        days=max((last - first).days + 1, 0),
        whole=window == span.days,
        covered=span_of(window) if first <= last else None,
        provisional=last > counts.settled(subset.incidents, subset.selection),
    )


def _tally(subset: Subset, span: Span, facet: str = "") -> Tally:
    first, last = counts.covered(subset, span)
    rows = _counted(subset, span)
    index = subset.incidents.facets.get(facet)
    months = _whole(_months(subset, first, last, facet))
    return Tally(
        n=index.count(rows, subset.weights) if index else np.array([subset.amount(rows)]),
        days=max((last - first).days + 1, 0),
        months=months.to_numpy().T,
        lengths=_lengths(months),
    )


def _months(
    subset: Subset, first: pd.Timestamp, last: pd.Timestamp, facet: str = ""
) -> counts.PeriodCounts:
    days = Span(f"{first:%Y-%m}", f"{last:%Y-%m}")
    return counts.by_period(subset, "month", split=facet, span=days)


def _whole(found: counts.PeriodCounts) -> pd.DataFrame:
    return found.table[~found.table.index.isin(found.incomplete)]


def _lengths(months: pd.DataFrame) -> np.ndarray:
    return np.asarray(pd.PeriodIndex(months.index, freq="M").days_in_month, dtype=float)


def _left_out(subset: Subset, spans: Sequence[Span]) -> LeftOut:
    may = subset.incidents.may_have_happened
    counted = np.logical_or.reduce([_counted(subset, span) for span in spans])
    vague = np.logical_or.reduce([may(*counts.covered(subset, span)) for span in spans])
    inside = np.logical_or.reduce([may(*span.days) for span in spans])
    rest = subset.rows & ~counted
    return LeftOut(
        vague=subset.amount(rest & vague),
        uncollected=subset.amount(rest & inside & ~vague),
        elsewhere=subset.amount(rest & ~inside & ~vague),
    )


def first_and_last(subset: Subset, span: Span) -> tuple[Span, Span] | None:
    """Give the first and the last complete year of a span, to be compared; None if there are none.

    Complete are the years that filter and the collection of every selected dataset cover whole.
    """
    years = counts.whole_years(counts.covered(subset, span))
    return (Span.of(str(years[0])), Span.of(str(years[-1]))) if len(years) > 1 else None


def trend(subset: Subset, span: Span) -> Trend:
    """Lay a steady change through all whole months of a span; a record counts where it began.

    Quasi-Poisson regression (`chance.line`). Where neighbouring months hang together (`chance.link`
    below `HANGING`) the verdict is refused: with a correlation of a half, intervals widened after
    Newey and West (Econometrica 55, 1987) still gave false alarms in 12 to 15 % of trends through
    five years, refusing in 5 to 8 %.
    Limits: a steady change is assumed, seasons and breaks are not modelled, records dated only to a
    year take no part.
    """
    first, last = counts.covered(subset, span)
    found = _months(subset, first, last)
    months = _whole(found)
    numbers = months["n"].to_numpy()
    lengths = _lengths(months)
    n = int(numbers.sum())
    line = chance.line(numbers, lengths, (lengths.cumsum() - lengths / 2) / 365.25)
    return Trend(
        verdict=_trend_verdict(len(numbers), n, line),
        first=months.index[0] if len(months) else "",
        last=months.index[-1] if len(months) else "",
        months=len(numbers),
        whole=(first, last) == span.days,
        n=n,
        left_out=found.left_out,
        outside=subset.n - found.left_out - n,
        line=line,
    )


def _trend_verdict(months: int, n: int, line: Line | None) -> Verdict:
    if not months:
        return "outside"
    if not n:
        return "no_records"
    if months < MONTHS_A_TREND:
        return "too_short"
    return "too_few" if line is None else line_verdict(line)


def line_verdict(line: Line) -> Verdict:
    """Say what a line through months shows."""
    if line.p >= ALPHA:
        return "too_few"
    if line.linked < HANGING:
        return "hang_together"
    return "rose" if line.widened.ratio > 1 else "fell"


def published(totals: pd.Series, earlier: int, later: int) -> PublishedChange:
    """Compare two yearly totals that somebody else published; never gives a verdict.

    The interval is `chance.exact` with years of one length; the dispersion is that of all totals
    around a steady change (`chance.line`). Limits: a handful of numbers from one monitor, whose
    dispersion is itself known only to a factor of three downwards and ten upwards.
    """
    years = totals.index.to_numpy(dtype=float)
    numbers = totals.to_numpy()
    line = chance.line(numbers, np.ones(len(years)), years)
    dispersion = line.dispersion if line else None
    missing = tuple(year for year in (earlier, later) if year not in totals.index)
    if missing:
        return PublishedChange(None, missing, None, len(years), dispersion)
    n = (int(totals[earlier]), int(totals[later]))
    alone = chance.exact(*n, (1, 1)) if sum(n) and earlier != later else None
    return PublishedChange(n, (), alone, len(years), dispersion)
