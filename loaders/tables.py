"""Tables of text: a file in, its cells checked as the descriptor says, a frame out."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from incidents.schema import INVISIBLE, Fault
from loaders.descriptor import Field, Resource
from loaders.needs import TABLES

__all__ = ["TABLES", "Codes", "Table", "broken_cells", "parsed", "read_text"]

Codes = Mapping[str, Collection[str]]
"""The codes of each list by its name, and what else a cell may name: places, schemes, lists."""

FORMS = {
    "integer": (r"-?[0-9]+", "not_a_number"),
    "number": (r"-?[0-9]+(\.[0-9]+)?", "not_a_number"),
    "date": (r"(19|20)[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "not_a_date"),
    "year": (r"(19|20)[0-9][0-9]", "not_a_period"),
    "yearmonth": (r"(19|20)[0-9][0-9]-(0[1-9]|1[0-2])", "not_a_period"),
}
"""What a cell of each type looks like, and the rule that one breaks which does not."""


LARGE = 1_000_000
"""Bytes from which on a file is read by Arrow, which takes a tenth of the time."""


@dataclass(frozen=True, eq=False)
class Table:
    """A file as text: a frame of cells, every one a string."""

    frame: pd.DataFrame

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns."""
        return tuple(self.frame.columns)

    def column(self, name: str) -> list[str]:
        """Give the cells of one column."""
        return self.frame[name].tolist()


def parsed(content: bytes, name: str, faults: list[Fault]) -> Table | None:
    """Read a CSV file, every cell a string. One that cannot be read is a fault."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        value = repr(error.object[error.start : error.end])
        faults.append(Fault(name, content.count(b"\n", 0, error.start) + 1, "", value, "not_utf8"))
        return None
    if len(content) >= LARGE and (quick := quickly(content)) is not None:
        return Table(quick)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head, *rows = [tuple(row) for row in reader if row]
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, "", str(error), "not_csv"))
        return None
    except ValueError:
        faults.append(Fault(name, 0, "", "", "not_csv"))
        return None
    odd = next((at for at, row in enumerate(rows) if len(row) != len(head)), None)
    if odd is not None or len(set(head)) < len(head):
        faults.append(Fault(name, 1 if odd is None else odd + 2, "", "", "not_csv"))
        return None
    return Table(pd.DataFrame(rows, columns=list(head), dtype=str))


def quickly(content: bytes) -> pd.DataFrame | None:
    """Read a large CSV file by Arrow; None where that might differ from Python's strict reading.

    So it is where a quotation mark stands anywhere but around a whole cell, doubled within it, or a
    line ends in another way; also where anything is wrong: the other way says what.
    """
    if not _quotes_cells(content) or content.count(b"\r") != content.count(b"\r\n"):
        return None
    head = next(csv.reader(io.StringIO(content[:LARGE].decode("utf-8-sig", "ignore"), newline="")))
    try:
        read = arrow_csv.read_csv(
            pa.BufferReader(content),
            arrow_csv.ReadOptions(block_size=2**24),
            arrow_csv.ParseOptions(newlines_in_values=b'"' in content),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(head, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    longest = [pc.max(pc.binary_length(column)).as_py() or 0 for column in read.columns]
    if len(set(head)) < len(head) or len(head) < 2 or max(longest) > csv.field_size_limit():
        return None
    return read.combine_chunks().to_pandas()


def _quotes_cells(content: bytes) -> bool:
    """Say whether quotation marks stand around whole cells, doubled within them, nowhere else."""
    text = np.frombuffer(b"\n" + content.removeprefix(codecs.BOM_UTF8) + b"\n", np.uint8)
    marks = np.flatnonzero(text == ord('"'))
    if len(marks) % 2:
        return False
    before, after = text[marks[::2] - 1], text[marks[1::2] + 1]
    return bool(np.isin(before, [*b',\n"']).all() and np.isin(after, [*b',\r\n"']).all())


def read_text(directory: Path, name: str, faults: list[Fault]) -> pd.DataFrame | None:
    """Read a CSV file as a frame of text; None where it cannot be read, which is a fault."""
    try:
        table = parsed((directory / name).read_bytes(), name, faults)
    except FileNotFoundError:
        faults.append(Fault(name, 0, "", "", "missing_file"))
        return None
    return table.frame if table else None


def broken_cells(table: Table, resource: Resource, codes: Codes) -> list[Fault]:
    """Find the cells that break a rule, in order, each with the first rule it breaks.

    No cell may hold an invisible character, which makes a text look like another. A table must
    have the columns that are described, and no others.
    """
    path, known = resource.path, resource.fields
    shape = [Fault(path, 1, c, "", "missing_column") for c in known if c not in table.columns]
    shape += [Fault(path, 1, c, c, "unknown_column") for c in table.columns if c not in known]
    if shape:
        return shape
    found: dict[tuple[int, str], str] = {}
    for name in table.columns:
        for bad, rule in _rules(table.frame[name], known[name], table, codes):
            for row in bad:
                found.setdefault((row, name), rule)
    return [
        Fault(path, row + 2, name, "" if resource.untold else table.frame[name].iloc[row], rule)
        for (row, name), rule in sorted(found.items())
    ]


def _rules(
    cells: pd.Series, field: Field, table: Table, codes: Codes
) -> Iterator[tuple[list[int], str]]:
    """Give for each rule of a column the rows that break it; each distinct cell is looked at once.

    An empty cell breaks no rule but that it may not be empty.
    """
    distinct = set(cells.unique().tolist())
    hidden = {cell for cell in distinct if INVISIBLE.search(cell)} if _hides(distinct) else set()
    yield _rows_of(cells, hidden), "control_character"
    if field.required and "" in distinct:
        yield _rows_of(cells, {""}), "required"
    distinct.discard("")
    for holds, rule in _checks(field, table, codes):
        yield _rows_of(cells, {cell for cell in distinct if not holds(cell)}), rule
    if field.codes_of:
        pairs = enumerate(zip(table.column(field.codes_of), cells, strict=True))
        yield (
            [row for row, (name, cell) in pairs if cell and cell not in codes.get(name, ())],
            "unknown_code",
        )
    if field.unique and len(distinct) < len(cells):
        yield [*np.flatnonzero(cells.duplicated() & (cells != ""))], "duplicate_id"


def _hides(cells: Collection[str]) -> bool:
    """Say whether any cell holds an invisible character: one search for all of them."""
    return INVISIBLE.search("".join(cells)) is not None


def _rows_of(cells: pd.Series, bad: Collection[str]) -> list[int]:
    return [row for row, cell in enumerate(cells) if cell in bad] if bad else []


Check = tuple[Callable[[str], bool], str]
"""What must hold for a cell that is not empty, and the rule it breaks otherwise."""


def _checks(field: Field, table: Table, codes: Codes) -> Iterator[Check]:
    if field.type in FORMS:
        form, rule = FORMS[field.type]
        yield (_is_day if field.type == "date" else _fits(form)), rule
    if field.minimum is not None or field.maximum is not None:
        yield (lambda cell: _within(cell, field.minimum, field.maximum)), "not_a_number"
    if field.pattern:
        yield _fits(field.pattern), field.fault
    if field.one_of:
        rule = "yes_or_empty" if field.one_of == ("yes",) else "unknown_code"
        yield field.one_of.__contains__, rule
    if field.codes:
        known = {*codes.get(field.codes, ()), *field.also}
        rule = "unknown_place" if field.codes == "places" else "unknown_code"
        yield (_all_in(known) if field.several else known.__contains__), rule
        if field.several:
            yield (lambda cell: not _repeats(cell)), "repeated_code"
    if field.same_table:
        yield set(table.column(field.same_table)).__contains__, "unknown_code"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _fits(pattern: str) -> Callable[[str], bool]:
    fits = _compiled(pattern).fullmatch
    return lambda cell: fits(cell) is not None


def _all_in(known: Collection[str]) -> Callable[[str], bool]:
    return lambda cell: all(code in known for code in cell.split(";"))


def _repeats(cell: str) -> bool:
    codes = cell.split(";")
    return len(codes) != len(set(codes))


def _is_day(cell: str) -> bool:
    """Say whether a cell is a day of the calendar, in the form 2021-03-17."""
    if not _compiled(FORMS["date"][0]).fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _within(cell: str, least: float | None, most: float | None) -> bool:
    """Hold that a number lies within its limits; what is none breaks another rule."""
    try:
        number = float(cell)
    except ValueError:
        return True
    return (least is None or number >= least) and (most is None or number <= most)
