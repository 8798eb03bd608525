"""Records as a reader meets them: sorted, in pages, with what stands before and after each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from incidents.citation import published
from incidents.table import Incidents, Subset

PAGE_SIZE = 20
NEIGHBOURS = 3
REPEATED = "possible_duplicate"
"""The flag of records that may tell of one event; they stand in one story then."""


@dataclass(frozen=True)
class Page:
    """One page of a list: its records, its number and how many pages there are."""

    records: pd.DataFrame
    number: int
    of: int


def page(subset: Subset, number: int, sort: str = "newest") -> Page:
    """Give one page of a selection's counted records. A number too high gives the last page."""
    of = max(1, -(-subset.n // PAGE_SIZE))
    number = min(number, of)
    return Page(part(subset, (number - 1) * PAGE_SIZE, number * PAGE_SIZE, sort), number, of)


def part(
    subset: Subset, begin: int = 0, end: int | None = None, sort: str = "newest"
) -> pd.DataFrame:
    """Give a selection's counted records, or some of them, in the order asked for."""
    if held := subset.incidents.rows:
        return held.part(subset.rows, subset.selection.q, begin, end, sort)
    return subset.incidents.frame.iloc[ordered(subset, begin, end, sort)]


def texts(
    subset: Subset, begin: int = 0, end: int | None = None, sort: str = "newest"
) -> dict[str, list[str]]:
    """Give them as published, column by column."""
    if subset.incidents.rows:
        return published(part(subset, begin, end, sort)).to_dict("list")
    return subset.incidents.lines.cells(ordered(subset, begin, end, sort))


def ordered(
    subset: Subset, begin: int = 0, end: int | None = None, sort: str = "newest"
) -> np.ndarray:
    """Give the numbers of these rows."""
    rows = np.flatnonzero(subset.rows)  # they stand newest first
    return (rows[::-1] if sort == "oldest" else rows)[begin:end]


def record(incidents: Incidents, incident_id: str) -> pd.Series | None:
    """Find one record by its id."""
    found = bearing(incidents, "incident_id", incident_id)
    return None if found.empty else found.iloc[0]


def bearing(incidents: Incidents, column: str, value: str) -> pd.DataFrame:
    """Give the records with a value in a column, newest first."""
    if incidents.rows:
        return incidents.rows.bearing(column, value)
    return incidents.frame[incidents.frame[column] == value]


def episode(incidents: Incidents, of: pd.Series) -> pd.DataFrame:
    """Give the other records of the story a record belongs to, oldest first."""
    if pd.isna(of["episode"]):
        return incidents.frame.iloc[:0]
    story = bearing(incidents, "episode", of["episode"])
    return story[story["incident_id"] != of["incident_id"]].iloc[::-1]


def repetitions(incidents: Incidents, of: pd.Series) -> pd.DataFrame:
    """Give the records that may tell of the same event as a record does, oldest first."""
    story = episode(incidents, of)
    return story[(story["flag"] == REPEATED) & (of["flag"] == REPEATED)]


def neighbours(incidents: Incidents, of: pd.Series) -> pd.DataFrame:
    """Give the records nearest in time that share dataset and category, oldest first.

    A protected record has none and is nobody's: a place in a sequence would tell more than the
    record may.
    """
    frame = incidents.frame
    if of["protected"]:
        return frame.iloc[:0]
    alike = (
        (frame["dataset"] == of["dataset"])
        & (frame["category"] == of["category"])
        & ~frame["protected"]
        & incidents.counted
    )
    if incidents.rows:
        return incidents.rows.nearest(alike.to_numpy(), of, 2 * NEIGHBOURS).iloc[::-1]
    alike &= frame["incident_id"] != of["incident_id"]
    distance = (frame.loc[alike, "first_day"] - of["first_day"]).abs()
    nearest = distance.sort_values(kind="stable").index[: 2 * NEIGHBOURS]
    return frame.loc[sorted(nearest, reverse=True)]
