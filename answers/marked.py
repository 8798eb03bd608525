"""A keeper's sheet back as a workbook: faulty cells coloured, each with a note of what to do.

Cells hold what was read there, as text: nothing becomes a formula, a link or a number.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping

from answers.checking import ERROR, Problem, Report, headed
from answers.intake import LONGEST
from answers.workbook import NOTE, WIDE
from loaders.language import Language
from loaders.sources.sheets import Sheet

COLOURS = {True: "#F8CBAD", False: "#FFE699"}
"""What is filled in: a cell with an error, and one with questions alone."""
CELL = re.compile(r"(?:.*!)?([A-Z]+)(\d+)$", re.DOTALL)
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
"""What the name of a sheet may not hold, and how many characters it may have."""

Marks = Mapping[tuple[int, int], list[Problem]]


def as_marked(sheet: Sheet, report: Report) -> bytes:
    """Write the workbook.

    What is wrong with a whole row, or with what belongs to it on another sheet, is noted in its
    first cell, and in the first of all what belongs to no row.
    """
    import xlsxwriter

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    written = book.add_worksheet(_allowed(sheet.name) or report.t("Cases"))
    written.set_column(0, max(map(len, sheet.rows), default=1) - 1, WIDE)
    colours = {grave: book.add_format({"bg_color": each}) for grave, each in COLOURS.items()}
    marks = _marks(report.problems, sheet.name)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell and (row, column) not in marks:
                written.write_string(row, column, cell[:LONGEST])
    for (row, column), found in marks.items():
        colour = colours[any(each.severity == ERROR for each in found)]
        written.write_string(row, column, _at(sheet, row, column)[:LONGEST], colour)
        written.write_comment(
            row, column, "\n\n".join(_noted(found, sheet.name, report.t))[:LONGEST], NOTE
        )
    book.close()
    return out.getvalue()


def _marks(problems: Iterable[Problem], name: str) -> Marks:
    """Gather the problems of a sheet by cell, by row and column from 0."""
    from xlsxwriter.utility import xl_cell_to_rowcol

    marks: dict[tuple[int, int], list[Problem]] = {}
    for each in problems:
        found = _stands(each, name)
        at = xl_cell_to_rowcol(found[1] + found[2]) if found else (max(each.row, 1) - 1, 0)
        marks.setdefault(at, []).append(each)
    return marks


def _stands(problem: Problem, name: str) -> re.Match[str] | None:
    """Find the letter and the number of a cell, if it is a single one of the sheet."""
    return CELL.match(problem.cell) if problem.sheet in ("", name) else None


def _noted(found: list[Problem], name: str, t: Language) -> Iterator[str]:
    """Word the notes of a cell; what stands elsewhere is named."""
    for each in found:
        where = ", ".join(filter(None, (each.cell, headed(each.column, t))))
        elsewhere = f"{where}:" if where and not _stands(each, name) else ""
        among = ", ".join(each.among)
        yield " ".join(filter(None, (elsewhere, each.why, each.remedy, among, each.other)))


def _allowed(name: str) -> str:
    """Turn the name of a table into one that a sheet may have."""
    return NOT_IN_NAMES.sub(" ", name)[:LONGEST_NAME].strip("' ")


def _at(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    return cells[column] if column < len(cells) else ""
