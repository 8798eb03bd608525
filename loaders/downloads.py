"""Files that readers took away, read back as text: the one form in which `verify` compares them."""

import codecs
import csv
import io
import re

import pandas as pd

FORMULA = re.compile(r"'*([\t\r\n]|[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff]*[=+\-@＝＋－＠])")
"""How a cell begins that a spreadsheet may run, whatever blanks it would skip first; and how one
begins that could be taken for such a cell made harmless."""
CITED = "cited_as"
"""The last column of a file: the address of the view it holds, release included, in every row."""
SEPARATORS = (",", ";", "\t")
"""What stands between cells: ours first, then those of spreadsheets."""


class NotTable(Exception):
    """A text that is no table: the line where that shows."""

    def __init__(self, line: int) -> None:
        """Keep the line."""
        super().__init__(f"no table, line {line}")
        self.line = line


def from_csv(content: bytes) -> pd.DataFrame:
    """Read a CSV that was taken away, as text, before it was neutralised. Raises `NotTable`.

    A spreadsheet may have saved it with its own separators, or in UTF-16.
    """
    text = _decoded(content)
    separator = _separator(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        header, *rows = [row for row in reader if row] or [[]]
    except csv.Error as error:
        raise NotTable(reader.line_num) from error
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise NotTable(line)
    return pd.DataFrame(rows, columns=header, dtype="object").map(as_it_was)


def _separator(head: str) -> str:
    """Give what stands between the names of the columns: one of them is ours."""
    for separator in SEPARATORS:
        if CITED in [name.strip('"\r') for name in head.split(separator)]:
            return separator
    return SEPARATORS[0]


def _decoded(content: bytes) -> str:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTable(content.count(b"\n", 0, error.start) + 1) from error


def as_it_was(cell: str) -> str:
    """Give a cell as it was before it was made harmless."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
