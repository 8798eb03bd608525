"""An XLSX workbook as sheets of text.

openpyxl reads it, row by row: it tells how a date is shown, and a cell far away costs nothing. What
it is given was unpacked here, within bounds, and holds no macros, pictures or embedded files.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from itertools import product
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from loaders.sources.archive import BOOK, ZIP, unpacked
from loaders.sources.cases import (
    ROWS_OF_BOOK,
    SHEETS,
    TAGS,
    UNPACKED,
    WIDTH,
    Problem,
    Unreadable,
    Where,
)
from loaders.sources.sheets import Sheet, checked, letters

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of old Office programs begin, and those that a password closes."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = "vbaproject.bin"
READ = re.compile(r"(\[Content_Types\]|(_rels|xl)/.*)\.(xml|rels)", re.IGNORECASE)
UNREAD = re.compile(r"xl/(drawings|charts|comments|externalLinks|embeddings|media|ctrlProps)")
FILLED = 10**6
"""Cells that merged ranges of a sheet may cover, all of them together."""
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What stands in a format of numbers without being one of its letters."""


def is_workbook(content: bytes) -> bool:
    """Say whether a file begins as a workbook does, readable or not."""
    return content.startswith((ZIP, COMPOUND))


def sheets(content: bytes, file: str) -> list[Sheet]:
    """Read every sheet that is shown. Raises `Unreadable`."""
    if content.startswith(COMPOUND):
        rule = "encrypted" if ENCRYPTED in content else "old_workbook"
        raise Unreadable(Problem(rule, Where(file)))
    try:
        parts = _unpacked(content, file)
        return _sheets(_packed(parts), file)
    except Unreadable:
        raise
    except MemoryError:
        raise
    except Exception:  # openpyxl raises what it meets: whatever it is, the file cannot be read
        raise Unreadable(Problem("broken_workbook", Where(file))) from None


def _unpacked(content: bytes, file: str) -> dict[str, bytes]:
    """Unpack the parts that are read, and not a byte more than is allowed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if BOOK not in names:
            raise Unreadable(Problem("not_a_table", Where(file)))
        if any(name.lower().endswith(MACROS) for name in names):
            raise Unreadable(Problem("macros", Where(file)))
        read = [m for m in members if READ.fullmatch(m.filename) and not UNREAD.match(m.filename)]
        found = unpacked(archive, read, UNPACKED, file)
    if sum(part.count(b"<") for part in found.values()) > TAGS:
        raise Unreadable(Problem("too_large", Where(file)))
    if any(map(_declares, found.values())):
        raise Unreadable(Problem("broken_workbook", Where(file)))
    return found


def _declares(part: bytes) -> bool:
    """Say whether a part of XML declares a document type: no workbook does, and it can expand."""
    return b"<!DOCTYPE" in part.replace(b"\0", b"")


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    """Pack the parts again, so that nothing else is unpacked later."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed


def _sheets(packed: io.BytesIO, file: str) -> list[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not know and nobody here needs
        book = load_workbook(packed, read_only=True, keep_links=False)
        shown = [each for each in book.worksheets if each.sheet_state == "visible"]
        if len(shown) > SHEETS:
            raise Unreadable(Problem("too_many_sheets", Where(file)))
        return [_sheet(each, Where(file, each.title)) for each in shown]


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """What openpyxl reads a sheet with, telling formulas too; its sheets pad rows without end."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Read a cell, and say whether a formula gave its value."""
        return {**super().parse_cell(element), "formula": element.find(FORMULA_TAG) is not None}


def _sheet(read: Any, where: Where) -> Sheet:
    book = read.parent
    rows: dict[int, dict[int, str]] = {}
    dates, faults = set(), {}
    with read._get_source() as part:
        kinds = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
        parser = _Parser(part, read._shared_strings, data_only=True, epoch=book.epoch, **kinds)
        for _, cells in parser.parse():
            for cell in cells:
                at, value = (cell["row"] - 1, cell["column"] - 1), cell["value"]
                if value is None and not (cell["formula"] and cell["data_type"] == "n"):
                    continue
                _hold_bounds(at, where)
                rows.setdefault(at[0], {})[at[1]] = _text(value, read, cell["style_id"])
                if value is None:
                    faults[at] = "formula_without_value"
                elif cell["data_type"] == "e":
                    faults[at] = "formula_error"
                elif isinstance(value, date):
                    dates.add(at)
    grid = [_row(rows.get(number, {})) for number in range(max(rows, default=-1) + 1)]
    ranges = parser.merged_cells.mergeCell if parser.merged_cells else ()
    taken = _fill(grid, [range_boundaries(each.ref) for each in ranges], where)
    return Sheet(read.title, checked(map(tuple, grid), where), frozenset(dates), faults, taken)


def _hold_bounds(at: tuple[int, int], where: Where) -> None:
    row, column = at
    rule = (
        "too_many_columns" if column >= WIDTH else "sheet_too_long" if row >= ROWS_OF_BOOK else ""
    )
    if rule:
        raise Unreadable(Problem(rule, replace(where, row=row + 1, column=letters(column))))


def _row(cells: dict[int, str]) -> list[str]:
    return [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


def _text(value: object, read: Any, style: int) -> str:
    """Write a value as text: a date as no more than the sheet shows of it, 3.0 as 3."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return _shown(value, ReadOnlyCell(read, 0, 0, None, style_id=style).number_format)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _shown(value: date, form: str) -> str:
    """Write a date; "март 2022" is kept as the 1st of March, and shown without its day."""
    shown = LITERAL.sub("", form.lower())
    text = value.isoformat()
    if "y" in shown and "d" not in shown:
        return text[:7] if "m" in shown else text[:4]
    at_midnight = not isinstance(value, datetime) or value.time() == time()
    return text[:10] if at_midnight else text


def _fill(
    grid: list[list[str]], merged: Iterable[tuple[int, int, int, int]], where: Where
) -> tuple[str, ...]:
    """Write the value of a merged range into each of its cells: the sheet shows it over all.

    Ranges are columns and rows, from 1; those with a value are named.
    """
    taken, room = [], FILLED
    for west, north, east, south in merged:
        value = _at(grid, north - 1, west - 1)
        if not value:
            continue
        taken.append(f"{letters(west - 1)}{north}:{letters(east - 1)}{south}")
        south, east = min(south, len(grid)), min(east, WIDTH)
        room -= (south - north + 1) * (east - west + 1)
        if room < 0:
            raise Unreadable(Problem("too_large", where))
        for row, column in product(range(north - 1, south), range(west - 1, east)):
            grid[row].extend([""] * (column + 1 - len(grid[row])))
            grid[row][column] = grid[row][column] or value
    return tuple(taken)


def _at(grid: list[list[str]], row: int, column: int) -> str:
    return grid[row][column] if row < len(grid) and column < len(grid[row]) else ""
