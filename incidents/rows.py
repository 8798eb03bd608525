"""What is asked of records that are kept on a disk, beside a table of their cells."""

from typing import Protocol

import pandas as pd

from incidents.search import Mask


class Rows(Protocol):
    """The records of a release that are kept on a disk; `marked` are rows of the frame of cells.

    A `text` leaves only those that a search finds.
    """

    def weighed(self, text: str) -> pd.DataFrame:
        """Give n, naming and persons of each row of the frame, of what a search finds."""
        ...

    def part(
        self, marked: Mask, text: str = "", begin: int = 0, end: int | None = None, sort: str = ""
    ) -> pd.DataFrame:
        """Give the typed records of marked cells, or some of them, newest first or oldest first."""
        ...

    def bearing(self, column: str, value: str) -> pd.DataFrame:
        """Give the typed records with a value in a column, newest first."""
        ...

    def nearest(self, marked: Mask, of: pd.Series, n: int) -> pd.DataFrame:
        """Give the n typed records of marked cells that are nearest in time to a record."""
        ...

    def fingerprint(self, marked: Mask, text: str = "") -> str:
        """Give the fingerprint of the records of marked cells."""
        ...

    def publishers(self) -> pd.Series:
        """Count the records by the name of their source, most first."""
        ...
