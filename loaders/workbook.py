"""The XLSX of a view: its numbers or records, and a sheet that says what they are.

The same view gives the same bytes: a workbook bears the day of its release, not of its making.
"""

import io
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import pandas as pd

from loaders.files import LICENCE, About, Table, harmless
from loaders.language import Language

WIDE, NARROW, WIDEST = 24, 14, 80
"""Widths of columns, in letters."""


def as_xlsx(table: Table, about: About, t: Language) -> bytes:
    """Write a table as XLSX: a sheet of its rows, and one that says how to read and cite them.

    Every text is a text: nothing becomes a formula or a link, and what a spreadsheet would run
    once it is saved as CSV is neutralised.
    """
    import xlsxwriter

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    released = datetime.combine(about.cited.released, time())
    book.set_properties({"created": released, "title": harmless(about.title)})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    data, read_me = book.add_worksheet(t("data")), book.add_worksheet(t("read me"))
    _write(data, [list(table.rows.columns), *table.rows.itertuples(index=False)])
    data.set_row(0, None, bold)
    data.freeze_panes(1, 0)
    data.set_column(0, len(table.rows.columns) - 1, NARROW)
    _write(read_me, _read_me(table, about, t))
    read_me.set_column(0, 0, WIDE, bold)
    read_me.set_column(1, 1, WIDEST, wrapped)
    book.close()
    return out.getvalue()


def _read_me(table: Table, about: About, t: Language) -> list[tuple[str, object]]:
    cited = about.cited
    said = {
        t("Title"): about.title,
        t("Filters"): about.filters,
        "n": about.n,
        t("Unit"): about.unit,
        t("Note"): about.note,
        t("Release"): cited.release,
        t("Citation (APA)"): about.citation,
        t("Permanent link"): cited.link,
        t("Fingerprint of the rows (SHA-256)"): cited.fingerprint,
        t("Licence"): LICENCE,
    }
    good = [("", ""), (t("How good it is"), ""), *(("", sentence) for sentence in about.quality)]
    fields = [(name, table.fields.get(name, "")) for name in table.rows.columns]
    return [
        *((k, v) for k, v in said.items() if v != ""),
        *(good if about.quality else ()),
        ("", ""),
        (t("Fields"), ""),
        *fields,
    ]


def _write(sheet: Any, rows: Iterable[Iterable[object]]) -> None:
    """Write rows of texts and numbers; what is empty leaves its cell empty."""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, column, harmless(cell))
            elif not pd.isna(cell):
                sheet.write_number(at, column, cell)
