"""Class limits that a reader can read: 1, 5, 10, 20, 100 rather than 1, 37, 74."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from charts.palette import CHANGE, PAPER, SEQUENCE


@dataclass(frozen=True)
class Step:
    """One class of a scale: from `low` (included) to `high` (excluded; None: no limit)."""

    low: float
    high: float | None
    colour: str


def _round_numbers(least: float, most: float) -> list[float]:
    exponents = range(math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 1)
    numbers = [m * 10.0**e for e in exponents for m in (1, 2, 5)]
    below = [n for n in numbers if n <= least][-1:]
    return below + [n for n in numbers if least < n <= most]


def sizes(most: int) -> list[int]:
    """Choose the counts whose circles a legend shows: a round number up to `most`, and parts."""
    if most < 1:
        return []
    largest = int(_round_numbers(1, most)[-1])
    return [n for n in dict.fromkeys((largest, largest // 5, largest // 20)) if n]


def sequential(values: Sequence[float]) -> list[Step]:
    """Divide positive values into at most five classes with round limits.

    Zero and what is missing have no class.
    """
    positive = [v for v in values if not pd.isna(v) and v > 0]
    if not positive:
        return []
    limits = _round_numbers(min(positive), max(positive))
    most = len(SEQUENCE)
    if len(limits) > most:
        limits = [limits[round(i * (len(limits) - 1) / (most - 1))] for i in range(most)]
    colours = SEQUENCE[most - len(limits) :] if len(limits) > 1 else (SEQUENCE[2],)
    return [
        Step(low, high, colour)
        for low, high, colour in zip(limits, [*limits[1:], None], colours, strict=True)
    ]


def diverging(values: Sequence[float]) -> list[Step]:
    """Divide whole-number changes into five classes around "no change".

    What is missing has no class.
    """
    known = [abs(v) for v in values if not pd.isna(v)]
    if values and not known:
        return []
    most = max(known, default=0)
    if most == 0:
        return [Step(0, 1, CHANGE[2])]
    middle = max(2, int(_round_numbers(1, max(most / 2, 1))[-1])) if most > 1 else 1
    if middle == 1:
        return [Step(-math.inf, 0, CHANGE[1]), Step(0, 1, CHANGE[2]), Step(1, None, CHANGE[3])]
    return [
        Step(-math.inf, 1 - middle, CHANGE[0]),
        Step(1 - middle, 0, CHANGE[1]),
        Step(0, 1, CHANGE[2]),
        Step(1, middle, CHANGE[3]),
        Step(middle, None, CHANGE[4]),
    ]


def colour(value: float, steps: Sequence[Step]) -> str | None:
    """Give the colour of a value; paper where it has no class, None where it is missing."""
    if pd.isna(value):
        return None
    for step in steps:
        if step.low <= value and (step.high is None or value < step.high):
            return step.colour
    return PAPER
