"""ODK Central: an archive of tables, one for the answers and one for every repeat."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from loaders.sources import forms, heading
from loaders.sources.forms import Manner
from loaders.sources.heading import Table
from loaders.sources.names import Names
from loaders.sources.sheets import Sheet
from loaders.sources.source import Arranged, Given

NAME = "odk"
MARKS = ("SubmissionDate", "KEY")
MANNER = Manner(paths=("-",), answers=("/",), key="KEY", parent="PARENT_KEY")


@cache
def names() -> Names:
    """Give what heads and values mean: our form, and what Central adds to every one."""
    return forms.names() | Names.read(Path(__file__).with_suffix(".csv"))


def found(sheet: Sheet, names: Names, told: int = 0) -> Table | None:
    """Find the row with Central's own heads."""
    return heading.marked(sheet, names, MARKS, told)


def arranged(table: Table, given: Given) -> Arranged:
    """Read groups, answers and repeats; ask about what was rejected, and what stays encrypted."""
    read = forms.arranged(forms.submitted(table, MANNER.key), given, MANNER)
    rejected = forms.asked(table, given.file, "ReviewState", ("rejected",), "refused_there")
    closed = ("not decrypted", "missing encrypted form data")
    encrypted = forms.asked(table, given.file, "Status", closed, "not_decrypted")
    return replace(read, problems=(*rejected, *encrypted, *read.problems))
