"""The XLSX of an answer: its numbers or records, and a sheet that says what they are.

The same view gives the same bytes: a workbook bears the day of its release, not of its making.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

import pandas as pd

from answers import citing
from answers.answer import Answer, Table
from answers.files import harmless

WIDE, NARROW, WIDEST = 24, 14, 80
"""Widths of columns, in letters."""
NOTE = {"width": 320, "height": 150}
"""The size of a note, in pixels: it holds the longest meaning of a column."""


def as_xlsx(answer: Answer) -> bytes:
    """Write a table as XLSX: a sheet of its rows, and one that says how to read and cite them.

    It is the form for people: columns are headed as people read them, and the second sheet names
    them as CSV and JSON do. What is published keeps its name here too, for programs, with a note.
    Numbers are numbers, whole dates are dates, and nothing is nothing. Every text is a text:
    nothing becomes a formula or a link, and what a spreadsheet would run once it is saved as CSV
    is neutralised.
    """
    import xlsxwriter

    out, t, rows = io.BytesIO(), answer.t, answer.table.rows
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    released = datetime.combine(answer.citation.released, time())
    book.set_properties({"created": released, "title": harmless(answer.title)})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    data, read_me = book.add_worksheet(t("data")), book.add_worksheet(t("read me"))
    _write(data, [answer.table.heads.values(), *rows.itertuples(index=False)], day)
    data.set_row(0, None, bold)
    data.freeze_panes(1, 0)
    data.autofilter(0, 0, len(rows), len(rows.columns) - 1)
    _columns(data, answer.table)
    _write(read_me, _read_me(answer), day)
    read_me.set_column(0, 0, WIDE, bold)
    read_me.set_column(1, 1, WIDEST, wrapped)
    book.close()
    return out.getvalue()


def _columns(sheet: Any, table: Table) -> None:
    """Make columns of words wide; on a head that is a name for programs note what it means."""
    for at, (name, head) in enumerate(table.heads.items()):
        in_words = head != name and not pd.api.types.is_numeric_dtype(table.rows[name])
        sheet.set_column(at, at, WIDE if in_words else NARROW)
        if head == name and (meaning := table.fields.get(name)):
            sheet.write_comment(0, at, meaning, NOTE)


def _read_me(answer: Answer) -> Iterator[tuple[str, object]]:
    t, cited = answer.t, answer.citation
    said = {
        t("Title"): answer.title,
        t("Filters"): cited.filters,
        "n": answer.amount.n,
        "N": answer.amount.of,
        t("Amount"): answer.amount.text,
        t("Unit"): answer.amount.unit,
        t("Note"): " ".join(answer.taken_along),
        t("Release"): cited.release,
        t("Citation (APA)"): citing.apa(cited, t),
        t("Permanent link"): cited.link,
        t("Fingerprint of the rows (SHA-256)"): cited.fingerprint,
        t("Licence"): cited.licence,
    }
    yield from ((name, value) for name, value in said.items() if value != "")
    if answer.quality:
        yield from [("", ""), (t("How good it is"), ""), *(("", s) for s in answer.quality)]
    yield from [("", ""), (t("Fields"), "")]
    yield from _fields(answer)


def _fields(answer: Answer) -> Iterator[tuple[str, str]]:
    """Say what each column means, by its head, and how other files name it where they differ."""
    for name, head in answer.table.heads.items():
        meaning = answer.table.fields.get(name, "")
        if head != name:
            meaning = answer.t("{meaning} (in CSV and JSON: {name})", meaning=meaning, name=name)
        yield head, meaning


def _write(sheet: Any, rows: Iterable[Iterable[object]], day: Any) -> None:
    """Write rows of texts, numbers and days; what is empty leaves its cell empty."""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(at, column, harmless(cell))
            elif isinstance(cell, date) and not pd.isna(cell):
                sheet.write_datetime(at, column, cell, day)
            elif not pd.isna(cell):
                sheet.write_number(at, column, cell)
