"""Files a reader takes away: the records of a selection as published, named for what they hold."""

import csv
import io
import re

import pandas as pd

from incidents.citation import published
from incidents.selection import Selection

FORMULA = re.compile(r"'*([\t\r\n]|[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff]*[=+\-@＝＋－＠])")
"""How a cell begins that a spreadsheet may run, whatever blanks it would skip first; and how one
begins that could be taken for such a cell made harmless."""
CITED = "cited_as"
"""The last column of a file: the address of the view it holds, release included, in every row."""


class NotTable(Exception):
    """A text that is no table: the line where that shows."""

    def __init__(self, line: int) -> None:
        """Keep the line."""
        super().__init__(f"no table, line {line}")
        self.line = line


def as_csv(records: pd.DataFrame, link: str) -> bytes:
    """Write records as CSV in published columns, each with the address of the view they are.

    Cells that a spreadsheet would run are neutralised.
    """
    out = io.StringIO()
    text = published(records).assign(**{CITED: link})
    text.map(_harmless).to_csv(out, index=False, lineterminator="\n")
    return out.getvalue().encode("utf-8-sig")


def from_csv(content: bytes) -> pd.DataFrame:
    """Read what `as_csv` wrote, as text, before it was neutralised. Raises `NotTable`."""
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        header, *rows = [row for row in reader if row] or [[]]
    except csv.Error as error:
        raise NotTable(reader.line_num) from error
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise NotTable(line)
    return pd.DataFrame(rows, columns=header, dtype="object").map(_as_it_was)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTable(content.count(b"\n", 0, error.start) + 1) from error


def file_name(selection: Selection, n: int, release: str) -> str:
    """Name a file for its selection, its number of records and its release."""
    parts = [
        "-".join(value) if isinstance(value, list) else re.sub(r"\W+", "-", value)
        for value in selection.to_query().values()
    ]
    chosen = "_".join(part for part in parts if part)[:80] or "all"
    return f"kyrgyzstan-incidents_{chosen}_n{n}_{release}.csv"


def _harmless(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
