"""The US Press Freedom Tracker: attacks on the press in another country, CSV.

What is joined with commas there may hold commas itself. A list of names is counted where it is one.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from loaders.sources import heading
from loaders.sources.cases import Problem
from loaders.sources.heading import Table
from loaders.sources.names import Names
from loaders.sources.sheets import Sheet
from loaders.sources.source import Arranged, Given

NAME = "uspft"
MARKS = ("exact_date_unknown",)
LINK = re.compile(r"\((https?://[^\s()]+)\)")
"""An address in the list of further sources, each behind its title."""


@cache
def names() -> Names:
    """Give what heads and values mean; a day that is not exactly known is a month."""
    return Names.read(Path(__file__).with_suffix(".csv"))


def found(sheet: Sheet, names: Names, told: int = 0) -> Table | None:
    """Find the row of heads; where columns were chosen, the one that names most of them."""
    return heading.marked(sheet, names, MARKS, told)


def arranged(table: Table, given: Given) -> Arranged:
    """Take a second source and the number of people where there is one; ask about lists."""
    links = {row: LINK.findall(cell) for row, cell in table.below("links").items()}
    people = table.below("targeted_journalists")
    second = {row: found[0] for row, found in links.items() if len(found) == 1}
    one = {row: "1" for row, cell in people.items() if "," not in cell}
    table = table.beside("second_source_url", "links", second)
    table = table.beside("persons", "targeted_journalists", one)
    several = [row for row, found in links.items() if len(found) > 1]
    many = [row for row in people if row not in one]
    problems = (
        *_joined(table, given.file, "links", "second_source_url", several),
        *_joined(table, given.file, "targeted_journalists", "persons", many),
    )
    return Arranged(table, problems)


def _joined(table: Table, file: str, head: str, column: str, rows: list[int]) -> Iterator[Problem]:
    """Ask about lists; what stands in them is not repeated, since they name people."""
    where = table.origin(head).where
    return (Problem("joined_list", where(file, row + 1), column) for row in rows)
