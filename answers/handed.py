"""A keeper's file handed to a page: what the page says, what is found, the sheet back with marks.

All of it stays in memory, and what fails is told without a cell of the file.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from answers.answer import Link
from answers.checking import Report, report
from answers.marked import as_marked
from loaders import sources
from loaders.checking import Checked, check
from loaders.language import Language
from loaders.package import Package
from loaders.settings import LARGEST
from loaders.sources import Told, again
from loaders.sources.cases import Cases, Problem, Where

MEGABYTE = 2**20
SHOWN = 200
"""How many problems a page lists; the marked sheet and the command hold all."""
LONGEST = 200_000
"""Characters that may be pasted."""
PASTED = "pasted.csv"
"""What pasted rows are called."""
ENDINGS = ("csv", "tsv", "txt", "xlsx", "json", "zip")
COMMAND = "python -m keeper check FILE"


@dataclass(frozen=True)
class Asking:
    """What stands around the question: what happens with a file, and what is asked."""

    introduction: str
    kept: str
    file: str
    of_file: str
    pasted: str


@dataclass(frozen=True, eq=False)
class Handed:
    """A file as it was handed over, read and checked once; its words come in any language."""

    content: bytes
    checked: Checked
    package: Package

    def told(self, t: Language) -> Report:
        """Put into words what was found."""
        return report(self.checked, self.package, t)

    @cached_property
    def sheet(self) -> bool:
        """Whether there is a sheet to give back."""
        return not self.checked.cases.rows.empty

    def marked(self, t: Language) -> bytes:
        """Write the sheet again as a workbook, with what was found marked in its cells."""
        held = again.sheet(self.content, self.checked.cases, self.package)
        return as_marked(held, self.told(t))


def handed(content: bytes, name: str, package: Package, today: date) -> Handed:
    """Read and check a file, as of a day. What the program fails at is a problem of the file."""
    try:
        cases = sources.taken(content, name, package, Told())
        return Handed(content, check(cases, package, today), package)
    except Exception:  # its words could repeat a cell
        cases = Cases(name, problems=(Problem("failed", Where(name)),))
        return Handed(content, Checked(cases), package)


def title(t: Language) -> str:
    """Name the page."""
    return t("Check a file")


def onward(t: Language) -> Link:
    """Lead to the page."""
    return Link(t("Check a file →"), "check", {"lang": t.code})


def asking(t: Language) -> Asking:
    """Say what the page is for, and what becomes of a file."""
    return Asking(
        t("Which cells of a table of cases cannot be published as they are, and what to do."),
        t(
            "The file is read in the memory of this machine and written nowhere; it goes with this "
            "tab. Nothing is published."
        ),
        t("A table of cases: CSV, XLSX, or an export of KoboToolbox or ODK"),
        t("At most {n} MB.", n=LARGEST // MEGABYTE),
        t("Or paste rows, with their heads"),
    )


def elsewhere(t: Language) -> tuple[str, ...]:
    """Say why this copy takes no files, and what to do instead."""
    return (
        t(
            "This copy takes no files: what has not been made safe to publish must not leave your "
            "machine."
        ),
        t("With a copy of the program of your own, run:"),
    )


def others(n: int, t: Language) -> str:
    """Say how many problems are not listed; nothing where all are."""
    if n <= SHOWN:
        return ""
    more = t.plural("{n} more problem", "{n} more problems", n - SHOWN)
    return t("{more} in the marked sheet.", more=more)


def back(t: Language) -> tuple[str, str]:
    """Name the marked sheet: on the button, and as a file."""
    return t("The sheet with its problems marked"), "checked.xlsx"
