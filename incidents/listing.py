"""Records as a reader meets them: sorted, in pages, with what stands before and after each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

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
    return subset.incidents.frame.iloc[ordered(subset, begin, end, sort)]


def ordered(
    subset: Subset, begin: int = 0, end: int | None = None, sort: str = "newest"
) -> np.ndarray:
    """Give the numbers of these rows."""
    rows = np.flatnonzero(subset.rows)  # they stand newest first
    return (rows[::-1] if sort == "oldest" else rows)[begin:end]


def record(incidents: Incidents, incident_id: str) -> pd.Series | None:
    """Find one record by its id."""
    found = incidents.frame[incidents.frame["incident_id"] == incident_id]
    return None if found.empty else found.iloc[0]


def episode(incidents: Incidents, of: pd.Series) -> pd.DataFrame:
    """Give the other records of the story a record belongs to, oldest first."""
    frame = incidents.frame
    if pd.isna(of["episode"]):
        return frame.iloc[:0]
    same = (frame["episode"] == of["episode"]) & (frame["incident_id"] != of["incident_id"])
    return frame[same].iloc[::-1]


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
        & (frame["incident_id"] != of["incident_id"])
        & incidents.counted
    )
    distance = (frame.loc[alike, "first_day"] - of["first_day"]).abs()
    nearest = distance.sort_values(kind="stable").index[: 2 * NEIGHBOURS]
    return frame.loc[sorted(nearest, reverse=True)]
