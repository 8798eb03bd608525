"""How good the records are: what second readers found wrong, and how far coders agree."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from incidents.schema import SEVERAL

DRAWN = ("random", "all", "either")
"""How records came into a reading: as a random sample, or all that one reader had checked.

`either` is no reading: it counts what at least one of two readers found, of the sample of this
reading and the one before, which read the same records apart.
"""
OUTCOMES = ("confirmed", "wording", "grave", "not_reached")
"""What a reading of a record found; the worst of its fields counts."""
WRONG = ("wording", "grave")
CODERS = ("record", "first", "second")
"""Who gave codes: the record as published at that time, and two coders who did not see it."""
CODED = ("category", "target", "groups", "violations", "perpetrator", "response", "kind")
"""The columns that were coded again."""
ASPECTS = ("meaning", "register", "grammar")
"""What a translation was judged for."""
GRADES = ("right", "small", "wrong")
"""How a translation was judged: a native editor would leave it, mend a word, or write it anew."""
RESAMPLED = 1000


def errors(readings: pd.DataFrame) -> pd.DataFrame:
    """Count by reading and dataset the records that were read, and those with a wrong field.

    A record that could not be reached was not read. `grave` is part of `wrong`: more than the
    wording of the summary. The columns `…_low` and `…_high` are the ends of the exact 95 % interval
    of the share among what was read.
    """
    from incidents import chance  # its statistics take seconds to import: only who asks pays

    keys = ["reading", "drawn", "dataset"]
    numbered = readings.assign(reading=readings["reading"].astype(int))
    found = pd.crosstab([numbered[key] for key in keys], numbered["outcome"])
    found = found.reindex(columns=list(OUTCOMES), fill_value=0)
    table = pd.DataFrame(
        {
            "read": found.drop(columns="not_reached").sum(axis=1),
            "wrong": found[list(WRONG)].sum(axis=1),
            "grave": found["grave"],
            "not_reached": found["not_reached"],
        }
    )
    for name in ("wrong", "grave"):
        ends = [chance.share(*pair) for pair in zip(table[name], table["read"], strict=True)]
        table[f"{name}_low"], table[f"{name}_high"] = ([e[at] for e in ends] for at in (0, 1))
    order = {"by": ["reading", "drawn", "dataset"], "ascending": [True, False, True]}
    return table.reset_index().sort_values(**order, ignore_index=True)


def last_sample(found: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the latest random sample; none where none was ever drawn.

    Where two readers read it apart, these count what either found.
    """
    samples = found[found["drawn"] != "all"]
    last = samples[samples["reading"] == samples["reading"].max()]
    by_either = last["drawn"] == "either"
    return last[by_either] if by_either.any() else last


@dataclass(frozen=True)
class Apart:
    """What two readers of the same `n` records found wrong: each, both, either; Cohen's kappa."""

    n: int
    one: int
    other: int
    both: int
    either: int

    @property
    def kappa(self) -> float:
        """Agreement on which records are wrong, less that by chance."""
        ways = [(1, 1), (1, 0), (0, 1), (0, 0)]
        only = self.one - self.both, self.other - self.both
        found = np.repeat(ways, [self.both, *only, self.n - self.either], axis=0)
        one, other = (np.column_stack([wrong, 1 - wrong]) for wrong in found.T)
        return float(kappa((one == other).all(axis=1).astype(int), one, other))


def read_apart(found: pd.DataFrame) -> Apart | None:
    """Compare the two readers of the latest sample; None where only one read it."""
    last = last_sample(found)
    if not (last["drawn"] == "either").any():
        return None
    number = last["reading"].max()
    each = [
        found[(found["reading"] == n) & (found["drawn"] == "random")] for n in (number - 1, number)
    ]
    one, other = (int(rows["wrong"].sum()) for rows in each)
    either = int(last["wrong"].sum())
    return Apart(int(last["read"].sum()), one, other, one + other - either, either)


def agreement(codings: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """Compare two of the `CODERS`, column by column.

    `same` of `n` items got the same codes. `kappa` is Cohen's, of the code, or of each code's being
    there or not where there may be several; `low` and `high` are the 2.5 and 97.5 % quantiles over
    items drawn again with replacement, as far as these have a kappa; missing where they are one.
    """
    by_coder = [codings[codings["coder"] == coder] for coder in pair]
    coders = [rows.set_index(["field", "item"])["codes"] for rows in by_coder]
    wide = pd.concat(coders, axis=1, join="inner", keys=pair)
    rows = {}
    for field in (field for field in CODED if field in wide.index):
        one, other = (wide.loc[field, coder].str.split(";").map(set) for coder in pair)
        decided = _several(one, other) if field in SEVERAL else _single(one, other)
        drawn = kappa(*decided, _drawn_again(len(one)))
        ends = np.nanquantile(drawn, [0.025, 0.975])
        told = ends if ends[0] < ends[1] else (np.nan, np.nan)
        rows[field] = (int((one == other).sum()), len(one), float(kappa(*decided)), *told)
    columns = ["same", "n", "kappa", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def kappa(
    same: np.ndarray, one: np.ndarray, other: np.ndarray, weights: np.ndarray | None = None
) -> np.ndarray:
    """Give Cohen's kappa: agreement less that by chance, over what chance leaves to agree on.

    `same` counts the agreements of each item, `one` and `other` how often it got each class
    (Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20, 1960). `weights` say how often each item counts, once per row of them. Missing
    where both coders gave one class alone.
    """
    weights = np.ones(len(same)) if weights is None else weights
    n = weights @ one.sum(axis=1)
    agreed = weights @ same / n
    chance_alone = ((weights @ one) * (weights @ other)).sum(axis=-1) / n**2
    with np.errstate(invalid="ignore"):
        return (agreed - chance_alone) / (1 - chance_alone)


Decisions = tuple[np.ndarray, np.ndarray, np.ndarray]
"""What `kappa` compares: agreements by item, and both coders' classes by item."""


def _single(one: pd.Series, other: pd.Series) -> Decisions:
    a, b = _holds(one, other)
    return (one == other).to_numpy().astype(int), a, b


def _several(one: pd.Series, other: pd.Series) -> Decisions:
    """Make a decision of every code that either coder used: there, or not."""
    a, b = _holds(one, other)
    counts = [np.column_stack([h.sum(axis=1), (1 - h).sum(axis=1)]) for h in (a, b)]
    return (a == b).sum(axis=1), counts[0], counts[1]


def _holds(one: pd.Series, other: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    codes = sorted(set().union(*one, *other))
    a, b = (np.array([[code in held for code in codes] for held in s], int) for s in (one, other))
    return a, b


def _drawn_again(items: int) -> np.ndarray:
    """Draw items with replacement, the same draws every time: how often each came, per draw."""
    return np.random.default_rng(1).multinomial(items, np.full(items, 1 / items), RESAMPLED)
