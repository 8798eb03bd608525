"""Cases that are counted and never listed: which cells of their tables may be published.

Where the codebook marks a code `aggregate_only`, its cases are in no file of records and in no
count of them. What is published is one small table per code: a total, and rows of cells by year,
region, perpetrator and response, each of which adds up to the total. A cell of fewer than K cases
says no more than that. Where adding and subtracting would tell more, the largest cell of the row
is withheld as well, and where that does not help, the whole row (complementary suppression:
Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4).

What is withheld depends on published numbers alone, never on a small cell. Otherwise the pattern
itself would tell (the minimality attack: Wong, Fu, Wang and Pei, VLDB 2007).
"""

from collections.abc import Mapping

import pandas as pd

from incidents.protection import DELAY, Circumstances, K, is_aggregate_only
from incidents.schema import SEVERAL

FEW = f"<{K}"
WITHHELD = "withheld"
TOTAL = "total"
ROWS = {"year": "", "region": "regions", "perpetrator": "perpetrators", "response": "responses"}
"""What is counted by, and the code list its cells come from; every case is in one cell of each."""

KEY = ["list", "code", "by", "cell"]
"""The columns that name a cell of the published table; `count` holds its number or word."""

Row = Mapping[str, int | str]
"""One published row of a table: by cell, its number, `FEW` or `WITHHELD`."""


def years(about: Circumstances, collected_from: pd.Timestamp) -> list[str]:
    """List the years whose cases may be counted: collected whole, and over for DELAY days."""
    last = min(about.released - pd.Timedelta(days=DELAY), about.collected_to)
    over = (last + pd.Timedelta(days=1)).year - 1
    first = (collected_from - pd.Timedelta(days=1)).year + 1
    return [str(year) for year in range(first, over + 1)]


def countable(cases: pd.DataFrame, about: Circumstances, of_years: list[str]) -> pd.DataFrame:
    """Choose the cases (rows as text) that some code asks to be counted only, of these years."""
    cases = cases.assign(year=cases["date"].str[:4])
    return cases[is_aggregate_only(cases, about) & cases["year"].isin(of_years)]


def counted(cases: pd.DataFrame, about: Circumstances, of_years: list[str]) -> pd.Series:
    """Count countable cases by code and cell, zeros included.

    Gives a number per `KEY`: the true ones, which stay with the keeper.
    """
    numbers: dict[tuple[str, ...], int] = {}
    for name in SEVERAL:
        for code in sorted(about.codebook.marked(name, "protected", "aggregate_only")):
            under = cases[cases[name].map(lambda cell, c=code: c in cell.split(";")).astype(bool)]
            numbers[name, code, TOTAL, ""] = len(under)
            for by, listed in ROWS.items():
                for cell in about.codebook.codes(listed) if listed else of_years:
                    numbers[name, code, by, cell] = int((under[by] == cell).sum())
    index = pd.MultiIndex.from_tuples(list(numbers), names=KEY)
    return pd.Series(list(numbers.values()), index=index, name="count", dtype=int)


def publishable(numbers: pd.Series, before: pd.Series) -> pd.Series:
    """Word the cells of every code for publication: a number, `FEW` or `WITHHELD`, as text.

    `before` holds the words of the last release. A number stays as it was until it has moved by
    K or more, so that two releases together tell of no group of fewer than K cases.
    """
    kept = [steady(before.get(key, ""), number) for key, number in numbers.items()]
    words: list[str] = []
    for _, code in pd.Series(kept, index=numbers.index).groupby(level=KEY[:2], sort=False):
        total = int(code.xs(TOTAL, level="by").iloc[0])
        for _, row in code.groupby(level="by", sort=False):
            words += map(str, worded(row.tolist(), total))
    return pd.Series(words, index=numbers.index, name="count", dtype=str)


def worded(row: list[int], total: int) -> list[int | str]:
    """Word one row of cells beside its total."""
    shown: list[int | str] = [number if number >= K else FEW for number in row]
    if FEW in shown and max(row) >= K:
        shown[row.index(max(row))] = WITHHELD
    return [WITHHELD] * len(row) if _tells(shown, total) else shown


def gives_away(words: pd.Series) -> pd.Series:
    """Mark the cells of those rows of a published table that tell more than their words say.

    A row whose total is not there beside it is marked as well.
    """
    marked = pd.Series(False, index=words.index)
    for (name, code, _), row in words.groupby(level=KEY[:3], sort=False):
        cells = [int(word) if word.isdecimal() else word for word in row]
        total = words.get((name, code, TOTAL, ""), WITHHELD)
        several = 1 < cells.count(WITHHELD) < len(cells)
        marked[row.index] = (
            total == WITHHELD or several or _tells(cells, int(total) if total.isdecimal() else 0)
        )
    return marked


def steady(before: str, number: int) -> int:
    """Keep the number of the last release where the new one is near it."""
    near = before.isdecimal() and number >= K and abs(int(before) - number) < K
    return int(before) if near else number


def _tells(row: list[int | str], total: int) -> bool:
    """Tell whether the total narrows a `FEW` of a row to less than every number below K.

    A withheld cell is the largest of its row. It is the largest by K or more where the last
    release showed it, since numbers move in such steps.
    """
    numbers = [cell for cell in row if isinstance(cell, int)]
    rest = total - sum(numbers)
    if total < K:
        return False
    if FEW not in row:
        return WITHHELD in row and rest < K
    if WITHHELD in row:
        return rest - max([*numbers, K - 1]) < 2 * K - 1
    return not K - 1 <= rest <= (row.count(FEW) - 1) * (K - 1)
