"""What a keeper's file was read as: rows in our columns, where each cell stands, and what to ask.

Nothing here is worded. What may say more than may be published is left out of every `repr`, so that
no log and no traceback can repeat it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from loaders.sources.names import Names

LARGEST_TEXT = 64 * 2**20
"""Bytes that a file of text may have: 100,000 records of ours take some 50 million."""
UNPACKED = 32 * 2**20
"""Bytes that the parts of a workbook may have once they are unpacked, all of them together."""
TAGS = 3_000_000
"""Tags that these parts may have, and values a file of JSON: a short one takes a hundred times its
bytes in memory."""
PARTS = 1000
"""Parts that a workbook or an archive may have."""
SHEETS = 100
"""Sheets that a workbook may have, and tables an archive."""
ROWS = 100_050
"""Rows that a table may have: 100,000 cases, their header, and what stands above it."""
ROWS_OF_BOOK = 20_000
"""Rows that a sheet of a workbook may have: openpyxl takes five times as long as all the rest."""
WIDTH = 500
"""Columns that a sheet may have."""
CELLS = 5_000_000
"""Cells that a sheet may have, blank ones between others included."""
LONGEST = 5_000
"""Characters that a cell may have."""
QUESTIONS = 20_000
"""Cells of a file that are asked about one by one."""
REPEATED = 200
"""Characters of a cell that a problem repeats."""


@dataclass(frozen=True)
class Where:
    """Where something stands, as a spreadsheet shows it: file, sheet, row from 1, column A to ZZ.

    What is unknown, or no single one, is empty or 0.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class Problem:
    """What keeps a file or a cell from being read: the rule, where, the column of ours, the value.

    `among` are the codes, columns, orders or sheets that may be meant. It is a question to the
    keeper: none of them is taken. `case` is the row of the case that a cell on another sheet
    belongs to.
    """

    rule: str
    where: Where = Where()
    column: str = ""
    value: str = field(default="", repr=False)
    among: tuple[str, ...] = ()
    case: int = 0


class Unreadable(Exception):
    """A file that cannot be read at all, and why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem; the message names its rule alone."""
        super().__init__(problem.rule)
        self.problem = problem


@dataclass(frozen=True)
class Order:
    """How the numbers of a column of dates are read: `dmy`, `mdy`, or empty where nobody can say.

    `proven` says that some cell of the column can be read in no other way, or that it was told.
    """

    order: str = ""
    proven: bool = False


@dataclass(frozen=True)
class Origin:
    """Where a column stands that is not one of the sheet which is read: its sheet, its letter.

    `rows` are its rows by those of the cases, both from 1; where it names none, they are the same.
    """

    sheet: str
    letter: str
    rows: Mapping[int, int] = field(default_factory=dict)

    def where(self, file: str, row: int) -> Where:
        """Say where the cell of a case stands."""
        return Where(file, self.sheet, self.rows.get(row, row), self.letter)


@dataclass(frozen=True)
class Decided:
    """What was found out about a file by looking at all of it, to be told to the keeper.

    `form` is `csv`, `xlsx`, `zip` or `json`, `source` whose columns these are, `header` the rows
    that name them (0 where the file has no heads), `dates` the order of each column of dates,
    `unread` the heads of columns that stay unread by their letters, `skipped` the rows between
    header and end that are blank, repeat the header or hold hashtags, `merged` the ranges whose
    value was taken for each of their cells. What is not `redistributable` must not be published.
    """

    form: str = ""
    source: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header: tuple[int, ...] = ()
    dates: Mapping[str, Order] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict, repr=False)
    skipped: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    redistributable: bool = True


@dataclass(frozen=True)
class Told:
    """What the keeper says of a file, where it was found out wrongly or not at all.

    `dates` gives an order (`dmy`, `mdy`, or `serial` for days counted by a spreadsheet) by column
    of ours, `names` what heads and values mean: answers to the questions of an earlier reading, or
    the mapping of a partner.
    """

    source: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header: int = 0
    dates: Mapping[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)


@dataclass(frozen=True, eq=False)
class Cases:
    """The rows of a file in columns of ours, as far as it has them, as text.

    The index of `rows` is the number of the row in the file (of JSON, 2 is the first record);
    `letters` say from which of its columns each of ours was read, and `origins` where those stand
    that are on another sheet. A cell with a problem is empty.
    """

    file: str
    decided: Decided = Decided()
    rows: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    letters: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def where(self, row: int, column: str) -> Where:
        """Say where a cell stands in the file."""
        here = Origin(self.decided.sheet, self.letters.get(column, ""))
        return self.origins.get(column, here).where(self.file, row)

    def row(self, problem: Problem) -> int:
        """Say in the row of which case a problem is; 0 where it is in none."""
        here = problem.where.sheet in ("", self.decided.sheet)
        return problem.case or (problem.where.row if here else 0)


def at(problem: Problem, **where: str | int) -> Problem:
    """Say more of where a problem is."""
    return replace(problem, where=replace(problem.where, **where))  # type: ignore[arg-type]
