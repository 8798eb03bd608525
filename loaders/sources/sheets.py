"""A sheet as text: every cell as it stands, in rows and columns as a spreadsheet counts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from loaders.sources.cases import LONGEST, ROWS, WIDTH, Problem, Unreadable, Where


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet; `rows[0]` is row 1, and a row is as long as what stands in it.

    True dates are written as 2022-12-31, or as 2022-12 or 2022 where the sheet shows no more.
    Cells are named by row and column, both from 0: `dates` are the true ones, `faults` those whose
    value cannot be had, each with its rule.
    """

    name: str
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    dates: frozenset[tuple[int, int]] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[str, ...] = ()


def letters(column: int) -> str:
    """Name a column, counted from 0, as spreadsheets do: A, Z, AA."""
    named = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named


def checked(rows: Iterable[tuple[str, ...]], where: Where) -> tuple[tuple[str, ...], ...]:
    """Take the blank ends off, and hold the bounds of a sheet. Raises `Unreadable`."""
    shorn = [_shorn(row) for row in rows]
    while shorn and not shorn[-1]:
        shorn.pop()
    if len(shorn) > ROWS:
        raise Unreadable(Problem("too_many_rows", Where(where.file, where.sheet, ROWS + 1)))
    for number, row in enumerate(shorn, start=1):
        if len(row) > WIDTH:
            place = Where(where.file, where.sheet, number, letters(WIDTH))
            raise Unreadable(Problem("too_many_columns", place))
    return tuple(shorn)


def too_long(cell: str) -> bool:
    """Say whether a cell holds more than a cell may."""
    return len(cell) > LONGEST


def _shorn(row: tuple[str, ...]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]
