"""Why a keeper's file or one of its cells could not be read, and what to do."""

from loaders.language import Language
from loaders.settings import LARGEST
from loaders.sources.cases import (
    LARGEST_TEXT,
    LONGEST,
    QUESTIONS,
    ROWS,
    ROWS_OF_BOOK,
    SHEETS,
    UNPACKED,
    WIDTH,
    Problem,
)

MEGABYTE = 2**20


def problem(found: Problem, t: Language) -> tuple[str, str]:
    """Say why something could not be read, and what to do."""
    return problem_rules(t)[found.rule]


def problem_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word every rule: why what breaks it cannot be read, and what to do."""
    return {
        **_file_rules(t),
        **_table_rules(t),
        **_cell_rules(t),
        **_place_rules(t),
        **_source_rules(t),
    }


def _file_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules about a file as a whole."""
    as_xlsx = t("Open it in a spreadsheet and save it as XLSX.")
    parts = t("Keep only the rows that are needed, or divide it into several files.")
    return {
        "unreadable": (
            t("There is no such file, or it may not be opened."),
            t("Look at its name and at who may read it."),
        ),
        "failed": (
            t("The program failed at this file, and the fault is ours."),
            t("Tell us, without the file."),
        ),
        "empty": (t("The file is empty."), t("Save it again; see that it holds the rows.")),
        "too_large": (
            t(
                "The file is too large: a workbook, an archive or JSON of more than {packed} "
                "MB, a workbook of more than {unpacked} MB once unpacked, a text of more than "
                "{text} MB.",
                packed=LARGEST // MEGABYTE,
                unpacked=UNPACKED // MEGABYTE,
                text=LARGEST_TEXT // MEGABYTE,
            ),
            t("Copy the rows into a new workbook, without pictures and empty formatted cells."),
        ),
        "not_a_table": (
            t("The file is no table in any form that is read here, whatever its name says."),
            as_xlsx,
        ),
        "encrypted": (
            t("The workbook is closed by a password."),
            t("Open it with the password and save it without; delete that copy afterwards."),
        ),
        "old_workbook": (t("The workbook has the form of Excel before 2007 (XLS)."), as_xlsx),
        "macros": (
            t("The workbook holds macros, small programs that could do harm."),
            t("Save it as XLSX, which cannot hold any."),
        ),
        "broken_workbook": (t("The workbook is damaged."), as_xlsx),
        "broken_archive": (
            t("The archive is damaged, or closed by a password."),
            t("Take it again from its source, without a password."),
        ),
        "broken_json": (
            t("The file is no JSON of records, or ends too early."),
            t("Take it again from its source, or as XLSX or CSV."),
        ),
        "several_sheets": (
            t("Several sheets could be the one with the cases."),
            t("Say which one is meant."),
        ),
        "too_many_sheets": (
            t("The workbook has more than {n} sheets.", n=SHEETS),
            t("Copy the sheet with the cases into a workbook of its own."),
        ),
        "too_many_rows": (t("There are more than {n} rows.", n=ROWS), parts),
        "sheet_too_long": (
            t("The sheet has more than {n} rows.", n=ROWS_OF_BOOK),
            t("Save it as CSV UTF-8, of which {n} rows are read.", n=ROWS),
        ),
        "too_many_questions": (
            t("More than {n} cells cannot be read; the others are not listed.", n=QUESTIONS),
            t("Answer the first ones: most will be alike. Then read the file again."),
        ),
        "too_many_columns": (
            t("There are more than {n} columns.", n=WIDTH),
            t("Take out what stands far to the right of the cases."),
        ),
        "mixed_encodings": (
            t("Some lines are in UTF-8 and others in another encoding."),
            t("Put the parts together in a spreadsheet, and save it as XLSX or CSV UTF-8."),
        ),
        "wrong_encoding": (
            t("The file is not in the encoding that was told."),
            t("Leave the encoding open, or tell another."),
        ),
    }


def _table_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules about rows, columns and their heads."""
    return {
        "no_header": (
            t("No row names columns that are known here."),
            t("Head the columns as the template does, or tell which row heads them."),
        ),
        "no_rows": (t("Nothing stands below the heads."), t("Save it again with its rows.")),
        "quotation_marks": (
            t("A quotation mark is opened here and not closed, or stands inside a word."),
            t("Save it as XLSX, or double the marks within a cell."),
        ),
        "unknown_header": (
            t("The column may be one of ours, with another name."),
            t("Say which one it is, or that it is to stay unread."),
        ),
        "two_headers": (
            t("Two heads, one above the other, name different columns."),
            t("Take one of them out."),
        ),
        "column_twice": (
            t("Two columns are the same one here, and differ from this row on."),
            t("Take one of them out."),
        ),
        "row_too_long": (
            t("The row goes on to the right of the last head, so its cells may be shifted."),
            t("Put the cells below their heads, or head the column."),
        ),
    }


def _cell_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules about cells."""
    choose = t("Choose one of those offered, or write a code or a label of the list.")
    order = t("Say whether day or month comes first.")
    return {
        "too_long": (
            t("The cell holds more than {n} characters.", n=LONGEST),
            t("Shorten it; a document belongs elsewhere."),
        ),
        "formula_error": (
            t("The formula here gives an error."),
            t("Write the value in place of the formula."),
        ),
        "formula_without_value": (
            t("The value of the formula here was never worked out."),
            t("Open the workbook in a spreadsheet and save it, or write the value."),
        ),
        "swapped_dates": (
            t("The spreadsheet may have taken days for months from this row on."),
            order,
        ),
        "date_order": (t("The column does not say which number is the day."), order),
        "not_a_date": (
            t("Not a date that can be read."),
            t("Write it as 31.12.2022, 2022-12-31, March 2022 or 2022."),
        ),
        "date_precision": (
            t("The date is vaguer than its precision says."),
            t("Correct one of the two."),
        ),
        "unknown_code": (t("The word is no code or label of the list."), choose),
        "ambiguous_code": (t("The word may mean several codes."), choose),
        "lost_letters": (
            t("Letters were lost here, as ң, ө and ү are in Windows-1251."),
            t("Take the file again from its source, as XLSX or CSV UTF-8."),
        ),
        "not_a_number": (t("Not a whole number."), t("Write digits only, or leave it empty.")),
        "yes_or_empty": (t("Neither yes nor no."), t("Write yes or leave it empty.")),
    }


def _place_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules about places."""
    which = t("Say which one is meant, or give the region.")
    return {
        "ambiguous_place": (t("Several settlements bear this name."), which),
        "place_outside_region": (
            t("The place lies in another region."),
            t("Correct the place or the region."),
        ),
        "point_outside_region": (t("The point lies in another region than the place."), which),
        "place_not_known": (
            t("The settlement is not in the gazetteer."),
            t("Choose one of those offered, add it to places.csv, or leave it empty."),
        ),
        "unknown_point": (
            t("The point lies further than 10 km from every region."),
            t("Correct latitude and longitude, or give the region."),
        ),
        "not_a_point": (
            t("Not a latitude or longitude."),
            t("Write degrees with decimals, or leave it empty."),
        ),
    }


def _source_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules about files of other programs and publishers."""
    return {
        "more_pages": (
            t("The file is one page of several: other records are not in it."),
            t("Take all pages from the server, or export the whole as CSV or XLSX."),
        ),
        "answer_gone": (
            t("From this row on, rows end with answers that no exported version of the form has."),
            t("Export again with all versions of the form."),
        ),
        "refused_there": (
            t("The case was rejected where it was collected."),
            t("Take the row out, or approve the case there."),
        ),
        "not_decrypted": (
            t("The answers of this case are encrypted, or did not all arrive."),
            t("Export again with the passphrase."),
        ),
        "no_parent": (
            t("The row belongs to no case of the file."),
            t("Export both tables again, at the same time and with the same filter."),
        ),
        "repeat_left": (
            t("This is not read: a record holds one source, and the address of a second."),
            t("Write down elsewhere what has to be kept."),
        ),
        "not_redistributable": (
            t("The publisher of these rows does not allow them to be passed on."),
            t("Count them on this computer only: they are never published."),
        ),
        "joined_list": (
            t("Several values are joined here, and may hold the mark between them themselves."),
            t("Write into the table what is meant, or leave the column unread."),
        ),
    }
