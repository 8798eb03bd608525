"""The workbook for cases: a sheet to fill in, with drop-downs, and one of definitions.

Columns are headed, and answers worded, in the language of the workbook; definitions stand in all
three. Drop-downs take their answers from named ranges on the sheet of definitions: a list inside a
validation may not pass 255 characters.
"""

import io
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from answers import intake
from answers.intake import spoken
from answers.workbook import NOTE, WIDE, WIDEST
from incidents.codebook import LANGUAGES
from incidents.intake import PARTS, columns
from incidents.item import Item
from incidents.schema import SEVERAL, WORDED
from loaders.language import Language
from loaders.package import Package

CASES = 2_000
"""How many rows have drop-downs."""
EARLIEST = date(1950, 1, 1)
"""The first day that is taken: a year alone in a cell for days would be a day of 1905."""
LAST = 16_383
"""The last column of a sheet."""
UNDER = 2
"""The column of the definitions that says under which other answer a code stands."""
WIDTHS = (WIDE, WIDE, WIDE, *(2 * WIDE,) * len(LANGUAGES), *(WIDEST,) * len(LANGUAGES))
"""Their widths, in letters: list, code, under; label and definition in every language."""
HEIGHT = 15
"""The height of a line, in points."""

Rows = list[tuple[str, ...]]


def as_template(package: Package, t: Language) -> bytes:
    """Write the workbook as XLSX. The same package and language give the same bytes.

    Only the head is locked, without a password: it keeps from a slip of the hand, nothing more.
    """
    import xlsxwriter
    from xlsxwriter.utility import xl_range_abs

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    book.set_properties({"created": datetime.combine(package.released, time())})
    cases, told = book.add_worksheet(t("Cases")), book.add_worksheet(t("Definitions"))
    listed = {item.listed: _codes(package, item.listed, t) for item in columns() if item.listed}
    lists = {name: rows for name, rows in listed.items() if rows}
    _cases(book, cases, package, t, lists)
    for name, (first, last) in _definitions(book, told, package, t, lists).items():
        worded = UNDER + 1 + LANGUAGES.index(t.code)
        for column, suffix in [(worded, ""), (UNDER, "_under")][: 1 + (name in intake.WITHIN)]:
            cells = xl_range_abs(first, column, last, column)
            book.define_name(name + suffix, f"='{told.name}'!{cells}")
    book.close()
    return out.getvalue()


def _cases(book: Any, sheet: Any, package: Package, t: Language, lists: Mapping[str, Rows]) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    written = {
        kind: book.add_format({"locked": False, "num_format": form, "text_wrap": True})
        for kind, form in (("date", "yyyy-mm-dd"), ("integer", "0"), ("string", "@"))
    }
    sheet.set_column(0, LAST, None, written["string"])
    for at, item in enumerate(columns()):
        kind = intake.limits(package, item).type
        sheet.set_column(at, at, WIDEST if item.name == "summary" else WIDE, written[kind])
        sheet.write_string(0, at, t(item.label), head)
        sheet.write_comment(0, at, intake.hint(package, item, t) or t(item.label), NOTE)
        allowed = _chosen(item, t) if item.listed in lists else _limited(package, item, t)
        if allowed:
            sheet.data_validation(1, at, CASES, at, allowed)
    sheet.freeze_panes(1, 1)
    may = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort")
    sheet.protect("", dict.fromkeys((*may, "autofilter"), True))


def _chosen(item: Item, t: Language) -> dict[str, Any]:
    """Offer a list; nothing is refused where several codes, or a settlement it lacks, are typed."""
    return {
        "validate": "list",
        "source": _offered(item),
        "show_error": item.name not in (*SEVERAL, "place"),
        "error_title": t("Not in the list"),
        "error_message": t("Choose from the list; the other sheet says what each answer means."),
    }


def _offered(item: Item) -> str:
    """Name the range of a list; of a list under another answer, the rows that stand under it."""
    from xlsxwriter.utility import xl_col_to_name

    listed = item.listed
    if listed not in intake.WITHIN:
        return f"={listed}"
    above = [each.name for each in columns()].index(intake.WITHIN[listed])
    cell, under = f"{xl_col_to_name(above, True)}2", f"{listed}_under"
    return f"=OFFSET({listed},MATCH({cell},{under},0)-1,0,COUNTIF({under},{cell}),1)"


def _limited(package: Package, item: Item, t: Language) -> dict[str, Any]:
    """Say what a day or a number may be; a text may be any."""
    field = intake.limits(package, item)
    if field.type == "date":
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": EARLIEST,
            "maximum": "=TODAY()",
            "error_title": t("Not a day"),
            "error_message": t(
                "Write a whole day that is not in the future, such as 2022-03-05; of a month or a "
                "year, its first day."
            ),
        }
    if field.minimum is None or field.maximum is None:
        return {}
    least, most = int(field.minimum), int(field.maximum)
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": t("Not a number"),
        "error_message": t("A whole number from {least} to {most}.", least=least, most=most),
    }


def _definitions(
    book: Any, sheet: Any, package: Package, t: Language, lists: Mapping[str, Rows]
) -> dict[str, tuple[int, int]]:
    """Write columns and codes with their meaning; give the first and last row of each list."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    for line, each in enumerate(spoken()):
        sheet.merge_range(line, 0, line, len(WIDTHS) - 1, each(PARTS[0].items[0].label), wrapped)
    _write(sheet, len(LANGUAGES), _head(t), bold)
    found, at = {}, len(LANGUAGES) + 1
    for name, rows in {"": _columns(package, t), **lists}.items():
        for line, row in enumerate(rows, start=at):
            _write(sheet, line, row, wrapped)
        found[name] = at, at + len(rows) - 1
        at += len(rows)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return {name: ends for name, ends in found.items() if name}


def _write(sheet: Any, line: int, row: tuple[str, ...], form: Any) -> None:
    """Write a row as high as its longest text needs it."""
    for at, cell in enumerate(row):
        sheet.write_string(line, at, cell, form)
    lines = (math.ceil(len(cell) / width) for cell, width in zip(row, WIDTHS, strict=True))
    sheet.set_row(line, HEIGHT * max(1, *lines))


def _head(t: Language) -> tuple[str, ...]:
    labels, meanings = (tuple(each(word) for each in spoken()) for word in ("Label", "Definition"))
    return (t("List"), t("Code"), t("Under"), *labels, *meanings)


def _columns(package: Package, t: Language) -> Rows:
    """Word the columns of the other sheet."""
    return [
        (
            *(t("column"), item.name, ""),
            *(each(item.label) for each in spoken()),
            *(intake.hint(package, item, each) for each in spoken()),
        )
        for item in columns()
    ]


def _codes(package: Package, listed: str, t: Language) -> Rows:
    """Word the codes of a list; those that stand under the same answer stand together."""
    labels = [intake.choices(package, listed, each) for each in spoken()]
    defined = [intake.definitions(package, listed, each) for each in spoken()]
    answers = t.joined([t(item.label) for item in columns() if item.listed == listed])
    above, order = intake.within(package, listed), {"": ""}
    if above:
        order |= intake.choices(package, WORDED[intake.WITHIN[listed]], t)
    return [
        (
            *(answers, code, order[above.get(code, "")]),
            *(words[code] for words in labels),
            *(words.get(code, "") for words in defined),
        )
        for code in sorted(labels[0], key=lambda code: [*order].index(above.get(code, "")))
    ]
