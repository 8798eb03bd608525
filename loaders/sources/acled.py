"""ACLED: events of conflict and protest, CSV, in either form of date. It may not be passed on.

Its rows are for the keeper's own counting: whatever is made of them says so.
"""

from functools import cache
from pathlib import Path

from loaders.sources import heading
from loaders.sources.cases import Problem, Where
from loaders.sources.heading import Table
from loaders.sources.names import Names
from loaders.sources.sheets import Sheet
from loaders.sources.source import Arranged, Given

NAME = "acled"
MARKS = ("event_id_cnty",)
EXACT = "1"
"""The precision (`geo_precision`) of an event that happened in the place it is given."""


@cache
def names() -> Names:
    """Give what heads and values mean; a date that is known to its week is asked about."""
    return Names.read(Path(__file__).with_suffix(".csv"))


def found(sheet: Sheet, names: Names, told: int = 0) -> Table | None:
    """Find the row of heads."""
    return heading.marked(sheet, names, MARKS, told)


def arranged(table: Table, given: Given) -> Arranged:
    """Take places as far as they are exact, and say that the rows may not be passed on."""
    exact = {row for row, cell in table.below("geo_precision").items() if cell == EXACT}
    cells = {row: cell for row, cell in table.below("location").items() if row in exact}
    kept = Problem("not_redistributable", Where(given.file, table.sheet.name))
    table = table.beside("place", "location", cells)
    return Arranged(table, (kept,), redistributable=False)
