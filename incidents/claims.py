"""Published sentences about change, and what the data say under every way to read them.

A sentence such as "almost three times in the last five years" does not say which numbers it
compares. Each way to read it is a reading; all are checked by one rule (`holds`). Outcomes and
reasons are codes; the sentences are worded above. No outcome says that attacks rose or fell.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from incidents.selection import Selection, Span
from incidents.table import Incidents

if TYPE_CHECKING:
    from incidents.chance import Interval
    from incidents.change import Comparison, Side

Manner = Literal["almost", "about", "more_than"]
MANNERS = get_args(Manner)
"""How a sentence says its number; `about` is also a number said without such a word."""

Outcome = Literal["holds", "does_not_hold", "cannot_be_checked"]
OUTCOMES = get_args(Outcome)

Verdict = Literal[
    "holds",
    "holds_where_checked",  # other readings cannot be checked
    "depends",  # on the reading: it holds under one and not under another
    "does_not_hold",
    "does_not_hold_where_checked",
    "cannot_be_checked",
]

Reason = Literal[
    "no_total",  # a year for which no published total is known
    "not_collected",  # a period that collection does not cover whole
    "nothing_before",  # nothing in the earlier period, so nothing to be a multiple of
]


@dataclass(frozen=True)
class Reading:
    """One way to read a claim: an earlier and a later period, and what is counted in them.

    Without a selection, the published totals of `series`, by year. With one, the records that it
    finds; `series` then says of which totals they are a sample, if any are known. `why` is a code
    of the list `claim_reasons`.
    """

    series: str
    selection: Selection | None
    earlier: Span
    later: Span
    why: str


@dataclass(frozen=True, eq=False)
class Claim:
    """A published sentence: when it was said, its number, how it says it, and its readings.

    `factor` keeps the decimals of the sentence: 3 and 3.0 round differently. `texts` holds the
    other columns of `claims.csv`.
    """

    claim_id: str
    said: pd.Timestamp
    factor: Decimal
    manner: Manner
    texts: Mapping[str, str]
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Checked:
    """What the data say of one reading.

    `independent` is the ratio with what chance leaves open if incidents came independently,
    `widened` the interval that counts the measured dispersion in (records alone). `withheld`: the
    comparison refuses a verdict, and no interval may be shown. `reason` says why the reading cannot
    be checked, `missing` for which years there is no total. `unfinished`: the later period was not
    over when the sentence was said. Of records, `vague` may have happened inside or outside a
    period and are left out, and `coverage` gives the share of the published total that is held of
    each of two years, None for a year without a total. `dispersion` says how far all `years` totals
    scatter around a steady change (1: as chance does).
    """

    reading: Reading
    outcome: Outcome
    unfinished: bool
    n: tuple[int, int] | None = None
    independent: "Interval | None" = None
    widened: "Interval | None" = None
    withheld: bool = False
    reason: Reason | None = None
    missing: tuple[int, ...] = ()
    vague: int = 0
    coverage: tuple[float | None, float | None] | None = None
    years: int = 0
    dispersion: float | None = None


def holds(manner: Manner, factor: Decimal, ratio: float) -> bool:
    """Say whether a ratio is what the sentence says.

    The ratio, rounded (halves up) to as many decimals as the sentence gives, must be its number.
    "Almost" is also not beyond the number; "more than" is beyond it, by however much. Beyond is
    above for a rise, below for a fall ("almost halved").
    """
    exact = Decimal(str(ratio))
    rounds = exact.quantize(factor, ROUND_HALF_UP) == factor
    beyond = exact > factor if factor > 1 else exact < factor
    return {"almost": rounds and not beyond, "about": rounds, "more_than": beyond}[manner]


def allowed(manner: Manner, factor: Decimal) -> tuple[float, float]:
    """Give the ends of the ratios that `holds` lets through; infinite where nothing ends them."""
    number, half = float(factor), float(Decimal(5).scaleb(int(factor.as_tuple().exponent) - 1))
    rises = factor > 1
    return {
        "almost": (number - half, number) if rises else (number, number + half),
        "about": (number - half, number + half),
        "more_than": (number, math.inf) if rises else (0.0, number),
    }[manner]


def check(claim: Claim, incidents: Incidents, totals: Mapping[str, pd.Series]) -> list[Checked]:
    """Check every reading of a claim; `totals` gives the published totals of a series by year."""
    found = []
    for reading in claim.readings:
        of_series = totals.get(reading.series, pd.Series(dtype=int))
        if reading.selection is None:
            found.append(_published(claim, reading, of_series))
        else:
            found.append(_recorded(claim, reading, incidents, of_series))
    return found


def tally(found: Iterable[Checked]) -> dict[Outcome, int]:
    """Count readings by outcome, in the order of `OUTCOMES`."""
    outcomes = [checked.outcome for checked in found]
    return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}


def apart(found: Iterable[Checked]) -> tuple[list[Checked], list[Checked]]:
    """Keep the readings of published totals apart from those of records."""
    every = list(found)
    published = [checked for checked in every if checked.reading.selection is None]
    return published, [checked for checked in every if checked.reading.selection is not None]


def verdict(found: Iterable[Checked]) -> Verdict:
    """Sum up the readings of published totals: records are a sample, and settle nothing."""
    n = tally(apart(found)[0])
    if n["holds"] and n["does_not_hold"]:
        return "depends"
    if n["holds"]:
        return "holds_where_checked" if n["cannot_be_checked"] else "holds"
    if n["does_not_hold"]:
        return "does_not_hold_where_checked" if n["cannot_be_checked"] else "does_not_hold"
    return "cannot_be_checked"


def _published(claim: Claim, reading: Reading, totals: pd.Series) -> Checked:
    from incidents import change  # its statistics take seconds to import: only who asks pays

    found = change.published(totals, int(reading.earlier.start), int(reading.later.start))
    reason: Reason | None = "no_total" if found.missing else None
    return Checked(
        reading,
        _outcome(claim, found.n, found.independent, reason),
        _unfinished(claim, reading),
        n=found.n,
        independent=found.independent,
        reason=reason or _nothing_before(found.n),
        missing=found.missing,
        years=found.years,
        dispersion=found.dispersion,
    )


def _recorded(claim: Claim, reading: Reading, incidents: Incidents, totals: pd.Series) -> Checked:
    from incidents import change  # as above

    subset = incidents.select(reading.selection or Selection())
    found = change.compare(subset, reading.earlier, reading.later)
    whole = found.earlier.whole and found.later.whole
    reason: Reason | None = None if whole else "not_collected"
    n = found.earlier.n, found.later.n
    return Checked(
        reading,
        _outcome(claim, n, found.change.independent, reason),
        _unfinished(claim, reading),
        n=n if whole else None,
        independent=found.change.independent if whole else None,
        widened=found.change.widened if whole else None,
        withheld=found.change.verdict in change.REFUSED,
        reason=reason or _nothing_before(n),
        vague=found.left_out.vague,
        coverage=_coverage(found, totals) if whole else None,
    )


def _outcome(
    claim: Claim,
    n: tuple[int, int] | None,
    independent: "Interval | None",
    reason: Reason | None,
) -> Outcome:
    if reason or _nothing_before(n) or independent is None:
        return "cannot_be_checked"
    return "holds" if holds(claim.manner, claim.factor, independent.ratio) else "does_not_hold"


def _nothing_before(n: tuple[int, int] | None) -> Reason | None:
    return "nothing_before" if n is not None and not n[0] else None


def _unfinished(claim: Claim, reading: Reading) -> bool:
    return bool(reading.later.days[1] >= claim.said)


def _coverage(found: "Comparison", totals: pd.Series) -> tuple[float | None, float | None] | None:
    """Give the share held of the published total of each of two years; None for other periods."""
    earlier, later = found.earlier, found.later
    spans = (earlier.span, later.span)
    if totals.empty or any(span.start != span.end or len(span.start) > 4 for span in spans):
        return None
    return _share(earlier, totals), _share(later, totals)


def _share(side: "Side", totals: pd.Series) -> float | None:
    total = totals.get(int(side.span.start))
    return side.n / int(total) if total else None
