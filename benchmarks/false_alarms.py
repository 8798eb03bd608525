"""How often a change is called where there is none: the false alarms of every verdict.

Months are drawn without any trend, and judged by what the pages judge by. Three kinds of months,
of three to eight incidents each:

- independent incidents (Poisson), and clustered ones (negative binomial, whose variance is the
  dispersion times the mean), every month by itself;
- linked months: what drives the incidents follows its own past with a correlation of 0.5 (a log
  rate that is AR(1)), to the same dispersion;
- linked counts: a half of a month's incidents go on into the next (INAR(1), dispersion 1).

5 % is what a 95 % interval allows. Exact is the interval if incidents came independently, widened
the one that decides, of the verdicts given; refused are those that are withheld because months hang
together. For the breakdown, an alarm is any code of ten that is called.
"""

import math
from collections.abc import Callable

import numpy as np

from incidents import chance, change

SEED = 20261124
DRAWS, LINES = 20000, 800
PERIOD, SPAN = 12, 60
CODES = 1 / np.arange(1, 11)
"""The codes of a breakdown: the second has half the incidents of the first, and so on."""
CORRELATION = 0.5
MEANS, DISPERSIONS = (3, 5, 8), (2, 3, 4)

Draw = Callable[[np.random.Generator, np.ndarray, int], np.ndarray]
"""Draws so many months a row of the given means."""


def alone(dispersion: float) -> Draw:
    """Draw every month by itself."""

    def draw(random: np.random.Generator, means: np.ndarray, months: int) -> np.ndarray:
        means = np.repeat(means[..., None], months, axis=-1)
        if dispersion == 1:
            return random.poisson(means)
        return random.negative_binomial(means / (dispersion - 1), 1 / dispersion)

    return draw


def driven(dispersion: float) -> Draw:
    """Draw months whose log rate remembers the month before."""

    def draw(random: np.random.Generator, means: np.ndarray, months: int) -> np.ndarray:
        noise = random.normal(size=(*means.shape, months))
        for month in range(1, months):
            fresh = math.sqrt(1 - CORRELATION**2) * noise[..., month]
            noise[..., month] = CORRELATION * noise[..., month - 1] + fresh
        variance = np.log(1 + (dispersion - 1) / means[..., None])
        return random.poisson(means[..., None] * np.exp(np.sqrt(variance) * noise - variance / 2))

    return draw


def lasting(random: np.random.Generator, means: np.ndarray, months: int) -> np.ndarray:
    """Draw months of which a half goes on into the next."""
    drawn = random.poisson(np.repeat(means[..., None], months, axis=-1))
    for month in range(1, months):
        new = random.poisson((1 - CORRELATION) * means)
        drawn[..., month] = new + random.binomial(drawn[..., month - 1], CORRELATION)
    return drawn


KINDS: dict[str, Draw] = {
    "independent incidents": alone(1),
    **{f"clustered, dispersion {d}": alone(d) for d in DISPERSIONS},
    **{f"linked months, dispersion {d}": driven(d) for d in DISPERSIONS},
    "linked counts, dispersion 1": lasting,
}


def called(verdicts: np.ndarray) -> np.ndarray:
    """Mark the verdicts that call a change."""
    return np.isin(verdicts, ("rose", "fell"))


def periods(months: np.ndarray) -> tuple[change.Tally, change.Tally]:
    """Cut months into two periods of one length."""
    length = months.shape[-1] // 2
    days = np.full(length, 30.0)
    earlier, later = (
        change.Tally(half.sum(axis=-1), days.sum(), half, days)
        for half in (months[..., :length], months[..., length:])
    )
    return earlier, later


def of_periods(months: np.ndarray) -> list[float]:
    """Give the shares of false alarms of two periods: exact, widened; and of refused verdicts."""
    earlier, later = periods(months)
    verdicts = change.judge(earlier, later).verdicts
    exact = chance.exact_p(earlier.n, later.n, (earlier.days, later.days)) < chance.ALPHA
    return [exact.mean(), *_given_and_refused(verdicts)]


def _given_and_refused(verdicts: np.ndarray) -> list[float]:
    """Give the share of false alarms among the verdicts given, and that of the refused ones."""
    refused = verdicts == "hang_together"
    return [called(verdicts[~refused]).mean(), refused.mean()]


def of_breakdown(months: np.ndarray) -> list[float]:
    """Give the shares of breakdowns with a false alarm: exact, widened, widened and corrected."""
    earlier, later = periods(months)
    judged = change.judge(earlier, later)
    exact = chance.exact_p(earlier.n, later.n, (earlier.days, later.days)) < chance.ALPHA
    corrected, _ = change.correct(judged)
    each = (exact, called(judged.verdicts), called(corrected.verdicts))
    return [alarms.any(axis=-1).mean() for alarms in each]


def of_lines(months: np.ndarray) -> list[float]:
    """Give the shares of false alarms of a trend: Poisson, widened; and of refused verdicts."""
    days = np.full(months.shape[-1], 30.0)
    years = np.arange(months.shape[-1]) / 12
    lines = [line for line in (chance.line(row, days, years) for row in months) if line]
    verdicts = np.array([change.line_verdict(line) for line in lines])
    plain = [not line.independent.low <= 1 <= line.independent.high for line in lines]
    return [np.mean(plain), *_given_and_refused(verdicts)]


def of_vague(months: np.ndarray, random: np.random.Generator) -> float:
    """Give the share of false alarms of two periods where a half of the records name no month."""
    named = periods(random.binomial(months, change.MONTH_KNOWN))
    earlier, later = (
        change.Tally(whole.n, whole.days, part.months, part.lengths)
        for whole, part in zip(periods(months), named, strict=True)
    )
    enough = named[0].n + named[1].n >= change.MONTH_KNOWN * (earlier.n + later.n)
    return called(change.judge(earlier, later).verdicts)[enough].mean()


def main() -> None:
    """Print the false alarms."""
    random = np.random.default_rng(SEED)
    print(f"False alarms in percent, no true change; {DRAWS} draws ({LINES} for trends) a row:")
    print(f"  two periods of {PERIOD} months | trend of {SPAN} months | any of {len(CODES)} codes")
    print("  exact widened refused | Poisson widened refused | exact widened corrected")
    for kind, draw in KINDS.items():
        for mean in MEANS:
            alike = np.full(DRAWS, float(mean))
            rows = [
                of_periods(draw(random, alike, 2 * PERIOD)),
                of_lines(draw(random, alike[:LINES], SPAN)),
                of_breakdown(draw(random, alike[:, None] * CODES, 2 * PERIOD)),
            ]
            cells = " | ".join(" ".join(f"{100 * x:5.1f}" for x in row) for row in rows)
            print(f"  {cells} | {kind}, {mean} a month", flush=True)
    print("Two periods, half of the records dated only to the year, widened:")
    for kind, draw in KINDS.items():
        alarms = [
            of_vague(draw(random, np.full(DRAWS, float(m)), 2 * PERIOD), random) for m in MEANS
        ]
        print("  " + " ".join(f"{100 * x:5.1f}" for x in alarms) + f" | {kind}, {MEANS} a month")


if __name__ == "__main__":
    main()
