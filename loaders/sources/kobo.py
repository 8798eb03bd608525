"""KoboToolbox: CSV, XLSX and JSON, with names or labels as heads, groups in them or not."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from loaders.sources import forms, heading
from loaders.sources.cases import Problem, Where
from loaders.sources.forms import Manner
from loaders.sources.heading import Table
from loaders.sources.names import Names
from loaders.sources.sheets import Sheet, letters
from loaders.sources.source import Arranged, Given

NAME = "kobo"
MARKS = ("_uuid",)
"""What every export heads, the one with chosen questions alone too."""
BETWEEN = ("/", " > ")
"""What whoever exports may put between group, question and answer."""
MANNER = Manner(BETWEEN, BETWEEN, key="_index", parent="_parent_index")
REFUSED = ("validation_status_not_approved", "Not approved")


@cache
def names() -> Names:
    """Give what heads and values mean: our form, and what Kobo adds to every one."""
    return forms.names() | Names.read(Path(__file__).with_suffix(".csv"))


def found(sheet: Sheet, names: Names, told: int = 0) -> Table | None:
    """Find the row with Kobo's own heads."""
    return heading.marked(sheet, names, MARKS, told)


def arranged(table: Table, given: Given) -> Arranged:
    """Read groups, answers and repeats; a row may end with an answer that is in no version."""
    table, gone = _without_gone(table, given.file)
    asked = forms.asked(table, given.file, "_validation_status", REFUSED, "refused_there")
    read = forms.arranged(forms.submitted(table, "_uuid"), given, MANNER)
    return replace(read, problems=(*gone, *asked, *read.problems))


def _without_gone(table: Table, file: str) -> tuple[Table, list[Problem]]:
    """Take off what Kobo writes behind the last head: a tick for an answer no version has.

    It writes it again in the rows below, so only the first is asked about.
    """
    width = len(table.heads)
    gone = [n for n, row in table.body() if len(row) > width and set(row[width:]) <= {"", "1"}]
    if not gone:
        return table, []
    rows = list(table.sheet.rows)
    for number in gone:
        rows[number] = rows[number][:width]
    where = Where(file, table.sheet.name, gone[0] + 1, letters(width))
    sheet = replace(table.sheet, rows=tuple(rows))
    return replace(table, sheet=sheet), [Problem("answer_gone", where, value="1")]
