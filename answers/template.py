"""The workbook for cases: a sheet to fill in, with drop-downs, and one of definitions.

Columns are headed, and answers worded, in the language of the workbook; definitions stand in all
three. Drop-downs take their answers from named ranges on the sheet of definitions: a list inside a
validation may not pass 255 characters.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from answers import intake
from answers.intake import spoken
from answers.workbook import NOTE, WIDE, WIDEST
from incidents.codebook import LANGUAGES
from incidents.intake import PARTS, Item, columns
from incidents.schema import SEVERAL, WORDED
from loaders.language import Language
from loaders.package import Package

CASES = 2_000
"""How many rows have drop-downs."""
EARLIEST = date(1950, 1, 1)
"""The first day that is taken: a year alone in a cell for days would be a day of 1905."""
LAST = 16_383
"""The last column of a sheet."""


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
    _cases(book, cases, package, t)
    for listed, (first, last) in _definitions(book, told, package, t).items():
        for name, column in ((listed, 3 + LANGUAGES.index(t.code)), (f"{listed}_under", 2)):
            cells = xl_range_abs(first, column, last, column)
            book.define_name(name, f"='{told.name}'!{cells}")
    book.close()
    return out.getvalue()


def _cases(book: Any, sheet: Any, package: Package, t: Language) -> None:
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
        if allowed := _allowed(package, item, t):
            sheet.data_validation(1, at, CASES, at, allowed)
    sheet.freeze_panes(1, 1)
    may = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort")
    sheet.protect("", dict.fromkeys((*may, "autofilter"), True))


def _allowed(package: Package, item: Item, t: Language) -> dict[str, Any]:
    """Say what a cell may hold; nothing where it may hold any text.

    Several codes in one cell and settlements that the gazetteer lacks are typed: there the list is
    an offer, and nothing is refused.
    """
    field = intake.limits(package, item)
    if item.listed:
        return {
            "validate": "list",
            "source": _offered(item),
            "show_error": item.name not in (*SEVERAL, "place"),
            "error_title": t("Not in the list"),
            "error_message": t(
                "Choose from the list; the other sheet says what each answer means."
            ),
        }
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
    if field.minimum is not None and field.maximum is not None:
        least, most = int(field.minimum), int(field.maximum)
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": least,
            "maximum": most,
            "error_title": t("Not a number"),
            "error_message": t("A whole number from {least} to {most}.", least=least, most=most),
        }
    return {}


def _offered(item: Item) -> str:
    """Name the range of a list; of a list under another answer, the rows that stand under it."""
    from xlsxwriter.utility import xl_col_to_name

    listed = item.listed
    if listed not in intake.WITHIN:
        return f"={listed}"
    above = [each.name for each in columns()].index(intake.WITHIN[listed])
    cell, under = f"{xl_col_to_name(above, True)}2", f"{listed}_under"
    return f"=OFFSET({listed},MATCH({cell},{under},0)-1,0,COUNTIF({under},{cell}),1)"


def _definitions(
    book: Any, sheet: Any, package: Package, t: Language
) -> dict[str, tuple[int, int]]:
    """Write columns and codes with their meaning; give the first and last row of each list."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    about = PARTS[0].items[0]
    for line, each in enumerate(spoken()):
        sheet.merge_range(line, 0, line, 8, each(about.label), wrapped)
        sheet.set_row(line, 48)
    rows = list(_rows(package, t))
    for line, row in enumerate(rows, start=len(LANGUAGES)):
        for at, cell in enumerate(row):
            sheet.write_string(line, at, cell, wrapped if line > len(LANGUAGES) else bold)
    sheet.set_column(0, 2, WIDE)
    sheet.set_column(3, 5, 2 * WIDE)
    sheet.set_column(6, 8, WIDEST)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    lists, found = _lists(), dict[str, tuple[int, int]]()
    for line, (listed, *_) in enumerate(rows, start=len(LANGUAGES)):
        if listed in lists:
            found[listed] = found.get(listed, (line, line))[0], line
    return found


def _rows(package: Package, t: Language) -> Iterator[tuple[str, ...]]:
    yield (
        *(t("List"), t("Code"), t("Under")),
        *(each("Label") for each in spoken()),
        *(each("Definition") for each in spoken()),
    )
    for item in columns():
        labels = (each(item.label) for each in spoken())
        yield (
            t("column"),
            item.name,
            "",
            *labels,
            *(intake.hint(package, item, each) for each in spoken()),
        )
    for listed in _lists():
        yield from _codes(package, listed, t)


def _lists() -> list[str]:
    return list(dict.fromkeys(item.listed for item in columns() if item.listed))


def _codes(package: Package, listed: str, t: Language) -> Iterable[tuple[str, ...]]:
    """Word the codes of a list; those under one answer stand together."""
    labels = [intake.choices(package, listed, each) for each in spoken()]
    defined = [intake.definitions(package, listed, each) for each in spoken()]
    above, order = intake.within(package, listed), {"": ""}
    if above:
        order |= intake.choices(package, WORDED[intake.WITHIN[listed]], t)
    return [
        (
            *(listed, code, order[above.get(code, "")]),
            *(words[code] for words in labels),
            *(words.get(code, "") for words in defined),
        )
        for code in sorted(labels[0], key=lambda code: [*order].index(above.get(code, "")))
    ]
