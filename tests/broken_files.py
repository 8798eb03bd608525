"""Files that cannot be read, or not wholly, made here: what each holds, and what must be said.

Every one is harmless, those just past a bound too. None of their cases is true of anybody.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from loaders.sources.cases import (
    CELLS,
    LONGEST,
    PARTS,
    ROWS,
    ROWS_OF_BOOK,
    SHEETS,
    TAGS,
    UNPACKED,
    WIDTH,
)
from loaders.sources.workbook import COMPOUND, ENCRYPTED

HEAD = ("date", "region", "summary")
ROW = ("2022-03-05", "KG-C", "Canary")
SHEET = "xl/worksheets/sheet1.xml"


def csv_of(*rows: Iterable[str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """Write rows as a file of text, as they are."""
    return "".join(separator.join(row) + "\n" for row in rows).encode(encoding)


def book_of(*rows: Iterable[Any], fill: Callable[[Any, Any], None] | None = None) -> bytes:
    """Write rows as a workbook of one sheet; days are dates there, and `fill` may do more."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2022, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Cases")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            else:
                sheet.write(number, column, cell)
    if fill:
        fill(book, sheet)
    book.close()
    return out.getvalue()


def with_parts(book: bytes, parts: dict[str, bytes]) -> bytes:
    """Add parts to a workbook, or put them in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part_of(book: bytes, name: str) -> bytes:
    """Take a part out of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name)


def png() -> bytes:
    """Draw one white pixel."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return (
            struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def sheets(count: int, *, recognised: int) -> bytes:
    """Make a workbook of many sheets, some of which have a header of ours."""

    def fill(book: Any, _: Any) -> None:
        for number in range(1, count):
            sheet = book.add_worksheet(f"Sheet {number}")
            sheet.write_row(0, 0, HEAD if number < recognised else ("a", "b"))
            sheet.write_row(1, 0, ROW)

    return book_of(HEAD, ROW, fill=fill)


def far() -> bytes:
    """Put a letter into the first column too many."""
    return book_of(HEAD, ROW, fill=lambda _, sheet: sheet.write(1, WIDTH, "x"))


def low() -> bytes:
    """Put a letter into the first row too many."""
    return book_of(HEAD, ROW, fill=lambda _, sheet: sheet.write(ROWS_OF_BOOK, 0, "x"))


def expanding(size: int) -> bytes:
    """Add a part of nothing but blanks: it is packed a thousand times smaller."""
    return with_parts(book_of(HEAD, ROW), {"xl/blank.xml": b" " * size})


def lying() -> bytes:
    """Let a workbook say that a part is smaller than it is."""
    book = expanding(2**20)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        part = archive.getinfo("xl/blank.xml")
    true = struct.pack("<I", part.file_size)
    return book.replace(true, struct.pack("<I", 10))


def declaring(encoding: str = "utf-8") -> bytes:
    """Let the texts of a workbook declare a word that stands for others, as what expands does."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE sst [<!ENTITY a "Canary">]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>&a;&a;</t></si></sst>"
    )
    return with_parts(book_of(HEAD, ROW), {"xl/sharedStrings.xml": text.encode(encoding)})


def merged_too_often() -> bytes:
    """Merge so many cells that a few more than a million would be filled."""
    book = book_of(HEAD, *([ROW] * 900), fill=lambda _, s: s.merge_range(1, 5, 2, 6, "x"))
    many = b'<mergeCells count="43">' + b'<mergeCell ref="A2:Z901"/>' * 43
    part = part_of(book, SHEET).replace(b'<mergeCells count="1">', many)
    return with_parts(book, {SHEET: part})


def formulas() -> bytes:
    """Write formulas with their values: a text, a blank one, and an error."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("A2", '="2022"&"-03-05"', None, "2022-03-05")
        sheet.write_formula("B2", '=""', None, "x")
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")

    book = book_of(HEAD, fill=fill)
    return with_parts(book, {SHEET: part_of(book, SHEET).replace(b"<v>x</v>", b"<v></v>")})


def unstored() -> bytes:
    """Write a formula as a program does that works nothing out: without a value."""
    book = book_of(HEAD, ROW, fill=lambda _, sheet: sheet.write_formula("C2", "=1+1", None, 2))
    part = part_of(book, SHEET).replace(b"<f>1+1</f><v>2</v>", b"<f>1+1</f>")
    return with_parts(book, {SHEET: part})


@dataclass(frozen=True)
class Broken:
    """A file: what it is, what it holds, the rules that must be named, each with its cell."""

    name: str
    make: Callable[[], bytes]
    asked: tuple[tuple[str, str], ...]
    """Rule and cell: "C2", or "" where no single one is meant."""

    def __str__(self) -> str:
        return self.name


def _all(rule: str, *cells: str) -> tuple[tuple[str, str], ...]:
    return tuple((rule, cell) for cell in cells or ("",))


REFUSED = [
    Broken("nothing at all", lambda: b"", _all("empty")),
    Broken("blanks alone", lambda: b"\n \n\t\n", _all("empty")),
    Broken("a picture called csv", png, _all("not_a_table")),
    Broken("an archive of something else", lambda: with_parts(png_zip(), {}), _all("not_a_table")),
    Broken("nothing but zero bytes", lambda: bytes(1000), _all("not_a_table")),
    Broken("behind a password", lambda: COMPOUND + bytes(512) + ENCRYPTED, _all("encrypted")),
    Broken("a workbook of 1997", lambda: COMPOUND + bytes(1024), _all("old_workbook")),
    Broken(
        "macros",
        lambda: with_parts(book_of(HEAD, ROW), {"xl/vbaProject.bin": COMPOUND}),
        _all("macros"),
    ),
    Broken("half a list of records", lambda: b'[{"date": "2022"}, {"date', _all("broken_json")),
    Broken("records too deep", lambda: b'[{"a":' + b"[" * 99_999, _all("broken_json")),
    Broken("values too many", lambda: b'[{"a":1' + b"," * TAGS, _all("too_large")),
    Broken("half a workbook", lambda: book_of(HEAD, ROW)[:3000], _all("broken_workbook")),
    Broken("a sheet that is no XML", lambda: _with_sheet(b"<sheet"), _all("broken_workbook")),
    Broken("50 sheets, two of them ours", lambda: sheets(50, recognised=2), _all("several_sheets")),
    Broken("101 sheets", lambda: sheets(SHEETS + 1, recognised=1), _all("too_many_sheets")),
    Broken("a workbook that expands", lambda: expanding(UNPACKED + 1), _all("too_large")),
    Broken("a part of short tags", lambda: _tags(TAGS + 1), _all("too_large")),
    Broken("a part that lies about its size", lying, _all("broken_workbook")),
    Broken("many small parts", lambda: _parts(PARTS + 1), _all("too_large")),
    Broken("XML that could expand", declaring, _all("broken_workbook")),
    Broken("the same in UTF-16", lambda: declaring("utf-16"), _all("broken_workbook")),
    Broken("a cell in a column too many", far, _all("too_many_columns", "SG2")),
    Broken("a cell in a row too many", low, _all("sheet_too_long", f"A{ROWS_OF_BOOK + 1}")),
    Broken("merged too often", merged_too_often, _all("too_large")),
    Broken(
        "a row too many",
        lambda: csv_of(HEAD, *[ROW] * ROWS),
        _all("too_many_rows", str(ROWS + 1)),
    ),
    Broken(
        "cells too many",
        lambda: csv_of(HEAD, *[[""] * (WIDTH - 1) + ["x"]] * (CELLS // WIDTH + 1)),
        _all("too_large", str(CELLS // WIDTH + 1)),
    ),
    Broken(
        "a column too many",
        lambda: csv_of(HEAD, [*ROW, *["x"] * WIDTH]),
        _all("too_many_columns", "SG2"),
    ),
    Broken("no header", lambda: csv_of(ROW, ROW), _all("no_header")),
    Broken("a header alone", lambda: csv_of(HEAD), _all("no_rows", "1")),
    Broken(
        "lines of two encodings",
        lambda: csv_of(HEAD, ("2022", "", "Кара-Суу")) + "2022,,Баткен\n".encode("cp1251"),
        _all("mixed_encodings", "3"),
    ),
    Broken(
        "a quotation mark that is never closed",
        lambda: csv_of(HEAD, ROW, ("2022", "KG-C", '"Canary'), ROW),
        _all("quotation_marks", "3"),
    ),
    Broken(
        "a quotation mark inside a word",
        lambda: csv_of(HEAD, ("2022", "KG-C", '"Can"ary'), ROW),
        _all("quotation_marks", "2"),
    ),
]
"""Files of which nothing can be read."""


def png_zip() -> bytes:
    """Pack a picture."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.png", png())
    return out.getvalue()


def _with_sheet(part: bytes) -> bytes:
    return with_parts(book_of(HEAD, ROW), {SHEET: part})


def _tags(count: int) -> bytes:
    return with_parts(book_of(HEAD, ROW), {"xl/tags.xml": b"<c/>" * count})


def _parts(count: int) -> bytes:
    return with_parts(book_of(HEAD, ROW), {f"xl/{n}.xml": b"" for n in range(count)})


ASKED = [
    Broken(
        "a column twice, not the same",
        lambda: csv_of(("date", "summary", "summary"), ("2022", "a", "a"), ("2022", "a", "b")),
        _all("column_twice", "C3"),
    ),
    Broken(
        "two headers that disagree",
        lambda: csv_of(("date", "region", "place"), ("Дата", "Место", "Аймак"), ROW),
        (("two_headers", "B2"), ("two_headers", "C2"), ("place_not_known", "C3")),
    ),
    Broken(
        "10,000 characters in a cell",
        lambda: csv_of(HEAD, ("2022", "KG-C", "x" * LONGEST), ("2022", "KG-C", "x" * 10_000)),
        _all("too_long", "C3"),
    ),
    Broken(
        "rows longer than the header",
        lambda: csv_of(HEAD, ROW, [*ROW, "", "1"], [*ROW, ""]),
        _all("row_too_long", "E3"),
    ),
    Broken("errors of formulas", formulas, _all("formula_error", "C2")),
    Broken("a formula nobody worked out", unstored, _all("formula_without_value", "C2")),
    Broken(
        "days that a spreadsheet took for months",
        lambda: book_of(
            HEAD,
            *[(date(2022, month, 5), "KG-C", "Canary") for month in (1, 2, 3)],
            ("31/12/2022", "KG-C", "Canary"),
        ),
        _all("swapped_dates", "A2"),
    ),
    Broken(
        "slashes that do not say what the day is",
        lambda: csv_of(
            HEAD, ("2022-03-05", "", ""), ("05/03/2022", "", ""), ("06/03/2022", "", "")
        ),
        _all("date_order", "A3"),
    ),
    Broken(
        "days and months in both orders",
        lambda: csv_of(HEAD, ("13/03/2022", "", ""), ("03/14/2022", "", "")),
        _all("date_order", "A3"),
    ),
    Broken(
        "no dates",
        lambda: csv_of(HEAD, ("30.02.2022", "", ""), ("44926", "", ""), ("спустя год", "", "")),
        _all("not_a_date", "A2", "A3", "A4"),
    ),
    Broken(
        "a date vaguer than it is said to be",
        lambda: csv_of(("date", "date_precision"), ("март 2022", "day"), ("март 2022", "year")),
        _all("date_precision", "A2"),
    ),
    Broken(
        "letters that an encoding lost",
        lambda: csv_of(("Дата", "Кыскача баяны"), ("2022", "Ысык-К?л"), ("2022", "Кайда? Ошто")),
        _all("lost_letters", "B2"),
    ),
    Broken(
        "slips of heads and codes",
        lambda: csv_of(("date", "Регеон", "groups"), ("2022", "Талас", "womon"), ("2022", "", "x")),
        (("unknown_header", "B1"), ("unknown_code", "C2"), ("unknown_code", "C3")),
    ),
    Broken(
        "places that are not one",
        lambda: csv_of(
            ("region", "place", "latitude", "longitude"),
            ("", "Покровка", "", ""),
            ("KG-O", "Ош шаары", "", ""),
            ("KG-C", "Нигдеево", "", ""),
            ("", "", "0", "0"),
            ("", "", "x", "74"),
            ("Ош", "", "", ""),
            ("", "Кант", "42.7362", "71.60982"),
        ),
        (
            ("ambiguous_place", "B2"),
            ("place_outside_region", "B3"),
            ("place_not_known", "B4"),
            ("unknown_point", "A5"),
            ("not_a_point", "C6"),
            ("unknown_code", "A7"),
            ("point_outside_region", "B8"),
        ),
    ),
    Broken(
        "no numbers, no yes",
        lambda: csv_of(("persons", "protected"), ("three", "maybe"), ("3.0", "да"), ("1e3", "нет")),
        (("not_a_number", "A2"), ("yes_or_empty", "B2"), ("not_a_number", "A4")),
    ),
]
"""Files whose rows are read, with a question about some cells."""
