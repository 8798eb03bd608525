"""What chance does to counts: intervals, dispersion, and whether months hang together.

Numbers in, numbers out; no incident is known here. Two ways of reading chance stand side by side.
If incidents came independently of each other, counts are Poisson and everything is exact. They
rarely do: one protest brings ten of them. Counts of months then scatter more than Poisson counts,
by a factor called the dispersion, and intervals widen with it (quasi-likelihood: Wedderburn,
"Quasi-likelihood functions", Biometrika 61, 1974; McCullagh and Nelder, Generalized Linear Models,
2nd edition, 1989, sections 4.5 and 6.2). `benchmarks/false_alarms.py` measures what each costs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # of which `special` alone is loaded, when it is first used: scipy.stats holds 60 MB

ALPHA = 0.05
"""One less the level of every interval: they are 95 % intervals."""
HANGING = 0.1
"""Months are said to hang together if chance gives so strong a link less often than this.

Larger than 0.05, because the two errors differ: a verdict refused for nothing costs little, while
of the verdicts given where months hang together 13 to 20 % would be false alarms.
"""


@dataclass(frozen=True)
class Interval:
    """A ratio of two rates with a 95 % interval; infinite where nothing bounds it from above."""

    ratio: float
    low: float
    high: float


def ratio(first: int, second: int, exposure: tuple[float, float]) -> float:
    """Give the ratio of the second rate to the first; infinite after nothing."""
    return math.inf if not first else second / first * exposure[0] / exposure[1]


def exact(first: int, second: int, exposure: tuple[float, float]) -> Interval:
    """Give the ratio of two rates with its exact interval, if incidents came independently.

    Of n incidents in both periods, the second period then has a binomial share p (Przyborowski and
    Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31, 1940),
    whose interval is that of Clopper and Pearson (Biometrika 26, 1934); p / (1 - p), over the
    ratio of the exposures, is the ratio of the rates. R's `poisson.test` does the same.
    Limits: one incident must not bring another. n must not be 0.
    """
    return _as_ratio(first, second, exposure, *share(second, first + second))


def share(hits: int, n: int) -> tuple[float, float]:
    """Give the ends of the exact 95 % interval of a share (Clopper and Pearson 1934)."""
    if not n:
        return 0.0, 1.0
    low = scipy.special.betaincinv(hits, n - hits + 1, ALPHA / 2) if hits else 0.0
    high = scipy.special.betaincinv(hits + 1, n - hits, 1 - ALPHA / 2) if hits < n else 1.0
    return float(low), float(high)


def exact_p(first: np.ndarray, second: np.ndarray, exposure: tuple[float, float]) -> np.ndarray:
    """Give the two-sided probability that belongs to `exact`: twice the smaller binomial tail."""
    even = exposure[1] / sum(exposure)
    # the tails of the binomial distribution, as incomplete beta functions
    so_few = np.where(
        first > 0, scipy.special.betaincc(second + 1, np.maximum(first, 1), even), 1.0
    )
    so_many = np.where(
        second > 0, scipy.special.betainc(np.maximum(second, 1), first + 1, even), 1.0
    )
    return np.minimum(1, 2 * np.minimum(so_few, so_many))


def widened(
    first: int, second: int, exposure: tuple[float, float], dispersion: float, freedom: int
) -> Interval:
    """Give the ratio of two rates with an interval in which the measured dispersion is counted.

    Both counts are divided by the dispersion (Rao and Scott, "A simple method for analysing
    overdispersion in clustered Poisson data", Statistics in Medicine 18, 1999), the share of the
    second gets Jeffreys' interval, which takes fractions (Brown, Cai and DasGupta, "Interval
    estimation for a binomial proportion", Statistical Science 16, 2001), and Student's t stands for
    the normal quantile, because the dispersion is itself an estimate (as Korn and Graubard do for
    surveys, Survey Methodology 24, 1998). A dispersion below 1 counts as 1, which is no estimate:
    the normal quantile stays. The result is never narrower than `exact`.
    Limits: few months say little about dispersion; it is taken as the same in both periods.
    """
    hits, total = (n / max(dispersion, 1) for n in (second, first + second))
    tail = ALPHA / 2
    if dispersion > 1:
        tail = scipy.special.ndtr(scipy.special.stdtrit(freedom, tail))
    # a tail may be so thin that one less it is one
    low, high = (
        end(hits + 0.5, total - hits + 0.5, tail)
        for end in (scipy.special.betaincinv, scipy.special.betainccinv)
    )
    alone = exact(first, second, exposure)
    wide = _as_ratio(first, second, exposure, low, high)
    return Interval(alone.ratio, min(alone.low, wide.low), max(alone.high, wide.high))


def widened_p(
    first: np.ndarray,
    second: np.ndarray,
    exposure: tuple[float, float],
    dispersion: np.ndarray,
    freedom: np.ndarray,
) -> np.ndarray:
    """Give the two-sided probability that belongs to `widened`: below 0.05 where that leaves 1."""
    estimated = (dispersion > 1) & np.isfinite(freedom)
    dispersion = np.maximum(dispersion, 1)
    shapes = second / dispersion + 0.5, first / dispersion + 0.5
    even = exposure[1] / sum(exposure)
    tail = np.minimum(scipy.special.betainc(*shapes, even), scipy.special.betaincc(*shapes, even))
    normal = np.minimum(scipy.special.ndtri(tail), 0)
    of_t = scipy.special.stdtr(np.where(estimated, freedom, 1), normal)
    p = 2 * np.where(estimated, of_t, scipy.special.ndtr(normal))
    return np.maximum(p, exact_p(first, second, exposure))


def corrected(p: np.ndarray) -> np.ndarray:
    """Correct the probabilities of the last axis for being many.

    Of those below a level, that share is expected to be wrong (Benjamini and Hochberg, "Controlling
    the false discovery rate", Journal of the Royal Statistical Society B 57, 1995).
    """
    order = np.argsort(p, axis=-1)
    ranked = np.take_along_axis(p, order, axis=-1) * p.shape[-1] / np.arange(1, p.shape[-1] + 1)
    least = np.minimum.accumulate(ranked[..., ::-1], axis=-1)[..., ::-1]
    found = np.empty_like(least)
    np.put_along_axis(found, order, np.minimum(least, 1), axis=-1)
    return found


def _as_ratio(
    first: int, second: int, exposure: tuple[float, float], low: float, high: float
) -> Interval:
    scale = exposure[0] / exposure[1]
    upper = high / (1 - high) * scale if high < 1 else math.inf
    return Interval(ratio(first, second, exposure), float(low / (1 - low) * scale), float(upper))


Stretch = tuple[np.ndarray, np.ndarray]
"""The counts of some months in a row (the last axis), and what was expected of each."""


def steady(counts: np.ndarray, days: np.ndarray) -> Stretch:
    """Expect the same rate of every day of a stretch of months."""
    return counts, counts.sum(axis=-1, keepdims=True) * days / days.sum()


def scatter(stretches: Sequence[Stretch]) -> tuple[np.ndarray, np.ndarray]:
    """Measure the dispersion of counts of months around one rate a stretch, and its freedom.

    The dispersion is Pearson's X², the sum of (count - expected)² / expected, over the degrees of
    freedom: the months less one a stretch (McCullagh and Nelder 1989, section 4.5.2). A stretch
    without an incident says nothing and is left out; where nothing is left, the freedom is 0 and
    the dispersion 1.
    """
    squares = np.sum([(_residuals(*stretch) ** 2).sum(axis=-1) for stretch in stretches], axis=0)
    telling = [np.where(n.sum(axis=-1) > 0, n.shape[-1] - 1, 0) for n, _ in stretches]
    freedom = np.sum(telling, axis=0)
    return np.where(freedom > 0, squares / np.maximum(freedom, 1), 1.0), freedom


def link(stretches: Sequence[Stretch]) -> tuple[np.ndarray, np.ndarray]:
    """Give the correlation of neighbouring months, and how often chance makes so strong a one.

    The correlation is that of Pearson's residuals with those of the month before, inside each
    stretch. Shuffled, n months give -1/n on average with variance about (n - 1) / n² (Wald and
    Wolfowitz, "An exact test for randomness in the non-parametric case based on serial
    correlation", Annals of Mathematical Statistics 14, 1943); the distance from there is taken as
    normal, and one-sided: months that alternate make no false alarms.
    Limits: a correlation of a half in what drives incidents is noticed in 22 to 39 % of cases
    with two years of months, in 53 to 79 % with five; longer links, such as seasons, are not
    looked for.
    """
    residuals = [_residuals(*stretch) for stretch in stretches]
    squares = np.array([(r**2).sum(axis=-1) for r in residuals])
    products = np.array([(r[..., 1:] * r[..., :-1]).sum(axis=-1) for r in residuals])
    lengths = np.array([max(r.shape[-1], 1) for r in residuals]).reshape(-1, *[1] * squares[0].ndim)
    whole = np.where(squares.sum(axis=0) > 0, squares.sum(axis=0), 1)
    correlation = products.sum(axis=0) / whole
    by_chance = -(squares / lengths).sum(axis=0) / whole
    months = np.where(squares > 0, lengths, 0).sum(axis=0)
    pairs = np.where(squares > 0, lengths - 1, 0).sum(axis=0)
    spread = np.sqrt(np.maximum(pairs, 1)) / np.maximum(months, 1)
    return correlation, scipy.special.ndtr((by_chance - correlation) / spread)


def _residuals(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return (counts - expected) / np.sqrt(np.where(expected > 0, expected, 1))


@dataclass(frozen=True)
class Line:
    """A steady change through counts: the ratio of one year to the year before.

    `independent` is its interval if incidents came independently, `widened` the one with the
    measured dispersion, `p` the two-sided probability that belongs to the latter; `correlation` and
    `linked` are what `link` says of the months around the line.
    """

    independent: Interval
    widened: Interval
    p: float
    dispersion: float
    correlation: float
    linked: float


def line(counts: np.ndarray, days: np.ndarray, years: np.ndarray) -> Line | None:
    """Lay a steady change through counts: log-linear quasi-Poisson regression on time in years.

    The dispersion is Pearson's X² over n - 2, taken as 1 where it is less; the widened interval is
    the estimate plus or minus Student's t with n - 2 degrees of freedom times its standard error
    (McCullagh and Nelder 1989, section 6.2). None where no line can be laid:
    fewer than three counts, or nearly every incident at one end of them.
    Limits: the change is taken as steady and the counts as independent of each other; see `link`.
    """
    if len(counts) < 3 or counts.sum() in (counts[0], counts[-1]):
        return None
    fitted = _fit(counts, days, years)
    if fitted is None:
        return None
    slope, error, expected = fitted
    freedom = len(counts) - 2
    dispersion = float((_residuals(counts, expected) ** 2).sum() / freedom)
    wide = error * math.sqrt(max(dispersion, 1))
    correlation, linked = link([(counts, expected)])
    return Line(
        independent=_per_year(slope, error * -scipy.special.ndtri(ALPHA / 2)),
        widened=_per_year(slope, wide * -scipy.special.stdtrit(freedom, ALPHA / 2)),
        p=float(2 * scipy.special.stdtr(freedom, -abs(slope) / wide)),
        dispersion=dispersion,
        correlation=float(correlation),
        linked=float(linked),
    )


STEPS, TOLERANCE = 100, 1e-8
"""How many steps a fit may take, and by how little the deviance must move for the last one."""


def _fit(
    counts: np.ndarray, days: np.ndarray, years: np.ndarray
) -> tuple[float, float, np.ndarray] | None:
    """Fit a log-linear Poisson regression: its slope, the slope's standard error, what it expects.

    Iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5), as statsmodels'
    GLM does. None where the steps run away.
    """
    design = np.column_stack([np.ones(len(years)), years - years.mean()])
    expected, before = (counts + counts.mean()) / 2, math.inf
    with np.errstate(all="ignore"):  # steps that run away end in one of the exits below
        for _ in range(STEPS):
            weighted = design * expected[:, None]
            working = np.log(expected / days) + (counts - expected) / expected
            try:
                covariance = np.linalg.inv(design.T @ weighted)
            except np.linalg.LinAlgError:
                return None
            fitted = covariance @ (weighted.T @ working)
            expected = np.exp(design @ fitted) * days
            deviance = (
                2 * (scipy.special.xlogy(counts, counts / expected) - counts + expected).sum()
            )
            if not np.isfinite(deviance):
                return None
            if abs(deviance - before) <= TOLERANCE:
                return float(fitted[1]), math.sqrt(covariance[1, 1]), expected
            before = deviance
    return None


def _per_year(slope: float, margin: float) -> Interval:
    with np.errstate(over="ignore"):  # a hopelessly wide interval has no upper end
        return Interval(*(float(np.exp(x)) for x in (slope, slope - margin, slope + margin)))
