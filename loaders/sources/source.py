"""What a source is: whose files these are, what their heads mean, how their tables are joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from loaders.sources.cases import Problem
from loaders.sources.heading import Table
from loaders.sources.names import Names
from loaders.sources.sheets import Sheet


@dataclass(frozen=True)
class Given:
    """What a source may look at beside its table: all sheets of the file, and what names mean."""

    file: str
    sheets: Sequence[Sheet]
    names: Names


@dataclass(frozen=True)
class Arranged:
    """A table with the columns that its source puts beside it, and what is asked about them.

    `unread` are the heads of other sheets that stay unread, by sheet and letter.
    """

    table: Table
    problems: tuple[Problem, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)
    redistributable: bool = True


class Source(Protocol):
    """A module that knows the files of one program or publisher."""

    NAME: str

    def names(self) -> Names:
        """Give what heads and values mean in its files: a CSV beside it, and what it works out."""

    def found(self, sheet: Sheet, names: Names, told: int = 0) -> Table | None:
        """Find the header of a sheet, or take the row that is told (from 1)."""

    def arranged(self, table: Table, given: Given) -> Arranged:
        """Put beside a table what no column of it says by itself."""
