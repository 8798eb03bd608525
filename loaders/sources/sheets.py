"""A sheet as text: every cell as it stands, in rows and columns as a spreadsheet counts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from loaders.sources.cases import CELLS, LONGEST, ROWS, WIDTH, Problem, Unreadable, Where

REMEMBERED = 2**18
"""Texts of a sheet that are kept in mind, so that the same one is not kept again."""


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet; `rows[0]` is row 1, and a row is as long as what stands in it.

    True dates are written as 2022-12-31, or as 2022-12 or 2022 where the sheet shows no more.
    Cells are named by row and column, both from 0: `dates` are the true ones, `faults` those whose
    value cannot be had, each with its rule. The columns of a `keyed` one are called by their heads
    in row 1, since they come from no spreadsheet.
    """

    name: str
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    dates: frozenset[tuple[int, int]] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    keyed: bool = False

    def letter(self, column: int) -> str:
        """Name a column, counted from 0."""
        return self.rows[0][column] if self.keyed else letters(column)


def letters(column: int) -> str:
    """Name a column, counted from 0, as spreadsheets do: A, Z, AA."""
    named = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named


def checked(rows: Iterable[tuple[str, ...]], where: Where) -> tuple[tuple[str, ...], ...]:
    """Take the blank ends off, and hold the bounds of a sheet. Raises `Unreadable`.

    What is said again, cell by cell, is kept once: 100,000 rows hold few different words.
    """
    shorn: list[tuple[str, ...]] = []
    room, said = CELLS, dict[str, str]()
    for number, row in enumerate(rows, start=1):
        end = _end(row)
        if end or number <= ROWS:
            shorn.append(tuple(map(said.setdefault, row[:end], row[:end])))
        if len(said) > REMEMBERED:
            said.clear()
        room -= end
        rule = "too_many_columns" if end > WIDTH else "too_large" if room < 0 else ""
        rule = rule or ("too_many_rows" if number > ROWS and end else "")
        if rule:
            letter = letters(WIDTH) if end > WIDTH else ""
            raise Unreadable(Problem(rule, Where(where.file, where.sheet, number, letter)))
    while shorn and not shorn[-1]:
        shorn.pop()
    return tuple(shorn)


def too_long(cell: str) -> bool:
    """Say whether a cell holds more than a cell may."""
    return len(cell) > LONGEST


def _end(row: tuple[str, ...]) -> int:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return end
