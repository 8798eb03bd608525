"""Checking: a keeper's files in, what is wrong with them out. Published files are only read."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from answers.checking import NOTE, Report, report
from answers.marked import as_marked
from keeper.withdrawal import Refused
from loaders import sources
from loaders.checking import check
from loaders.language import Language
from loaders.package import Package
from loaders.sources import BadMapping, Names, Told, again
from loaders.sources.dates import ORDERS, SERIAL
from loaders.sources.text import SEPARATORS

NOTHING, FOUND, NOT_READ = 0, 1, 2
"""What the command ends with; of several files, the highest."""
DATED = ("date", "date_end", "source_published")
"""The columns of which an order may be told."""
PATIENCE = 2.0
"""Seconds after which a bar shows how far it has come."""
MADE = 100_000
"""Objects that are made before those of no more use are looked for: looking through millions of
them again and again, as is usual, takes a tenth of the time, and finds few."""
T = TypeVar("T")


def separator(text: str) -> str:
    """Read what stands between cells; tab is written as a word. Raises ValueError."""
    found = "\t" if text == "tab" else text
    if found not in SEPARATORS:
        raise ValueError(text)
    return found


def order(text: str) -> tuple[str, str]:
    """Read the order of a column of dates: date=dmy. Raises ValueError."""
    column, _, told = text.partition("=")
    if column not in DATED or told not in (*ORDERS, SERIAL):
        raise ValueError(text)
    return column, told


def collected(text: str) -> tuple[str, date]:
    """Read the last day of collection of a dataset: media=2026-05-31. Raises ValueError."""
    dataset, _, day = text.partition("=")
    return dataset, date.fromisoformat(day)


def mapping(path: Path | None) -> Names:
    """Read a mapping of heads and values. Raises `Refused`, and `OSError`."""
    try:
        return Names.read(path) if path else Names()
    except BadMapping as problem:
        raise Refused("bad_mapping", [str(problem.row)]) from None
    except UnicodeDecodeError:
        raise Refused("bad_mapping", ["1"]) from None


def checked(path: Path, package: Package, told: Told, t: Language) -> Report:
    """Read a file and put into words what is wrong with it, as of today.

    Raises `Refused` where the program itself fails: what it failed at could repeat a cell.
    """
    today = datetime.now(UTC).astimezone().date()
    try:
        cases = sources.read(path, package, told)
        return report(check(cases, package, today, _watched), package, t)
    except Exception as problem:
        raise Refused("failed", [type(problem).__name__]) from None


def marked(path: Path, package: Package, told: Report) -> bytes:
    """Write the sheet of a file again, with its problems marked."""
    try:
        return as_marked(again.sheet(path.read_bytes(), told.cases, package), told)
    except Exception as problem:
        raise Refused("failed", [type(problem).__name__]) from None


def ends_with(reports: Iterable[Report]) -> int:
    """Say what the command ends with."""
    return max(map(_ends_with, reports), default=NOTHING)


def _ends_with(told: Report) -> int:
    """Say whether something of a file is left to do; what publishing mends is not."""
    if not told.readable:
        return NOT_READ
    return FOUND if any(each.severity != NOTE for each in told.problems) else NOTHING


def as_json(told: Report) -> str:
    """Write a report for programs, in one line."""
    return json.dumps(told.told, ensure_ascii=False)


def _watched(items: list[T]) -> Iterable[T]:
    """Show on a terminal how far a long file has come."""
    bar: Iterable[T] = tqdm(items, disable=None, delay=PATIENCE, leave=False, file=sys.stderr)
    return bar
