"""UCDP GED: events of organised violence, CSV; one of its candidate files has no header.

The span in which an event lies stands in its two dates, whatever `date_prec` calls it. The point of
an event that is known to its country or a line alone is the middle of that, and is not taken.
"""

import csv
import re
from functools import cache
from pathlib import Path

from loaders.sources import heading
from loaders.sources.cases import Problem
from loaders.sources.heading import Table, known_heads
from loaders.sources.names import Names, plain
from loaders.sources.sheets import Sheet
from loaders.sources.source import Arranged, Given

NAME = "ucdp"
MARKS = ("relid", "date_prec", "where_prec")
MAPPING = Path(__file__).with_suffix(".csv")
RELID = re.compile(r"[A-Z]{3}-\d{4}-\d-\S+")
DAY = re.compile(r"\d{4}-\d\d-\d\d.*")
AT_PLACE = ("1",)
"""The precisions (`where_prec`) of an event that happened in the place it is given."""
IN_REGION = (*AT_PLACE, "2", "3", "4")
"""Those of one whose point lies in the right region."""
BETWEEN = ";"
"""What stands between several sources."""


@cache
def names() -> Names:
    """Give what heads and values mean."""
    return Names.read(MAPPING)


@cache
def heads() -> tuple[str, ...]:
    """Give the heads of a file in their order."""
    with MAPPING.open(encoding="utf-8", newline="") as file:
        return tuple(row["header"] for row in csv.DictReader(file) if row["header"])


def found(sheet: Sheet, names: Names, told: int = 0) -> Table | None:
    """Find the row of heads; a file without one is known by its cells."""
    if not told and sheet.rows and _is_event(sheet.rows[0]):
        known = known_heads(names)
        columns = tuple(known.get(plain(head)) for head in heads())
        return Table(sheet, (), heads(), columns, marked=True)
    return heading.marked(sheet, names, MARKS, told)


def _is_event(row: tuple[str, ...]) -> bool:
    cells = dict(zip(heads(), row, strict=False))
    dates = all(DAY.fullmatch(cells.get(name, "")) for name in ("date_start", "date_end"))
    return len(row) <= len(heads()) and bool(RELID.fullmatch(cells.get("relid", ""))) and dates


def arranged(table: Table, given: Given) -> Arranged:
    """Take the last day where it is another, and places and points as far as they are exact."""
    first, dates = table.below("date_start"), table.below("source_date")
    last = {row: day for row, day in table.below("date_end").items() if day != first.get(row)}
    one = {row: day for row, day in dates.items() if BETWEEN not in day}
    table = table.beside("date_end", "date_end", last)
    table = table.beside("place", "where_coordinates", _exact(table, "where_coordinates", AT_PLACE))
    for head in ("latitude", "longitude"):
        table = table.beside(head, head, _exact(table, head, IN_REGION))
    table = table.beside("source_name", "source_office", table.below("source_office"))
    table = table.beside("source_published", "source_date", one)
    where = table.origin("source_date").where
    several = (
        Problem("joined_list", where(given.file, row + 1), "source_published", day)
        for row, day in dates.items()
        if row not in one
    )
    return Arranged(table, tuple(several))


def _exact(table: Table, head: str, precisions: tuple[str, ...]) -> dict[int, str]:
    """Give what stands below a head where the place is as precise as needed."""
    known = table.below("where_prec")
    return {row: cell for row, cell in table.below(head).items() if known.get(row) in precisions}
