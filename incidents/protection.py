"""Do no harm: what a protected record may show, as checks that a file must pass.

A protected record is about a private person whom a closer look could expose. It shows year,
country (or a region that several such records of the year share), groups, one act, perpetrator
and response; its sentence is made from these.
"""

from collections.abc import Callable

import pandas as pd

from incidents.codebook import ONLINE, UNPLACED

K = 3
"""How many protected records of a year must share a region before it may be named."""

WITHHELD = (
    "date_end",
    "place",
    "persons",
    "summary",
    "source_url",
    "second_source_url",
    "episode",
    "same_event",
)
"""The columns that stay empty in a protected record."""


def region_is_shared(rows: pd.DataFrame) -> pd.Series:
    """Hold that a protected record names no region that fewer than K of its year share."""
    protected = rows["protected"] == "yes"
    sharing = protected.groupby([rows["date"].str[:4], rows["region"]]).transform("sum")
    return ~protected | rows["region"].isin([UNPLACED, ONLINE]) | (sharing >= K)


def _if_protected(holds: Callable[[pd.DataFrame], pd.Series]) -> Callable[..., pd.Series]:
    return lambda rows: (rows["protected"] != "yes") | holds(rows)


def _is_empty(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: rows[column] == ""


RULES: list[tuple[str, str, Callable[[pd.DataFrame], pd.Series]]] = [
    *((column, "protected", _if_protected(_is_empty(column))) for column in WITHHELD),
    ("date_precision", "protected", _if_protected(lambda f: f["date_precision"] == "year")),
    ("link", "protected", _if_protected(lambda f: f["link"] == "withheld")),
    ("source_published", "protected", _if_protected(lambda f: f["source_published"].str.len() < 5)),
    ("violations", "protected", _if_protected(lambda f: ~f["violations"].str.contains(";"))),
    ("region", "protected_region", region_is_shared),
]
"""The checks of a file: column to name, rule, and what must hold for each row."""
