"""Tables of our own columns: the files of a package, our downloads, a keeper's spreadsheet."""

from functools import cache
from pathlib import Path

from incidents.schema import WORDED
from incidents.wording import BESIDE
from loaders.sources import heading
from loaders.sources.heading import Table
from loaders.sources.names import Names, plain
from loaders.sources.sheets import Sheet
from loaders.sources.source import Arranged, Given

NAME = "own"


@cache
def names() -> Names:
    """Give what heads and values mean, beside the names of columns and what the codebook says.

    Our downloads have labels beside codes, in columns of their own, and translations, which are not
    read.
    """
    labels = {plain(f"{column}_label"): column for column in WORDED}
    labels |= {plain(column): "" for column in BESIDE}
    return Names(labels) | Names.read(Path(__file__).with_suffix(".csv"))


def found(sheet: Sheet, names: Names, told: int = 0) -> Table | None:
    """Find the row that names most of our columns."""
    return heading.found(sheet, names, told)


def arranged(table: Table, given: Given) -> Arranged:
    """Leave a table as it is."""
    return Arranged(table)
