"""A file as sheets of text, by what it holds and not by its name: what it is, and where it ends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.package import Package
from loaders.sources import archive, records, text, workbook
from loaders.sources.cases import (
    LARGEST,
    LARGEST_TEXT,
    Decided,
    Problem,
    Told,
    Unreadable,
    Where,
    at,
)
from loaders.sources.heading import LOOKED
from loaders.sources.sheets import Sheet

Known = Callable[[Sheet], tuple[bool, int]]
"""Says how well the heads of a sheet are known: the more, the better its separator."""


@dataclass(frozen=True)
class Opened:
    """The sheets of a file, what was decided in opening it, and what is asked already."""

    sheets: list[Sheet]
    decided: Decided
    problems: tuple[Problem, ...] = ()


def opened(path: Path, package: Package, told: Told, known: Known) -> Opened:
    """Open a file. Raises `Unreadable`."""
    content, file = _content(path), path.name
    if archive.is_archive(content):
        tables = archive.tables(content, file).items()
        each = [_table(held, Where(file, name), package, told, known) for name, held in tables]
        return Opened([sheet for table in each for sheet in table.sheets], Decided(form="zip"))
    if workbook.is_workbook(content):
        return Opened(workbook.sheets(content, file), Decided(form="xlsx"))
    return _table(content, Where(file), package, told, known)


def _content(path: Path) -> bytes:
    """Take a file, if it is not too large; its size is looked at before and while it is read."""
    where = Where(path.name)
    try:
        with path.open("rb") as file:
            begins = file.read(len(workbook.COMPOUND))
            most = LARGEST if workbook.is_workbook(begins) else LARGEST_TEXT
            if path.stat().st_size > most:
                raise Unreadable(Problem("too_large", where))
            content = begins + file.read(most + 1 - len(begins))
    except OSError:
        raise Unreadable(Problem("unreadable", where)) from None
    if len(content) > most:
        raise Unreadable(Problem("too_large", where))
    if not content.strip():
        raise Unreadable(Problem("empty", where))
    return content


def _table(content: bytes, where: Where, package: Package, told: Told, known: Known) -> Opened:
    """Read a file of text, or one in an archive, which `where` names as its sheet."""
    try:
        whole, encoding = text.decoded(content, where.file, package, told.encoding)
        if records.is_json(whole):
            sheets, more = records.sheets(whole, where.file)
            return Opened(sheets, Decided(form="json", encoding=encoding), tuple(more))
        separator = told.separator or _separator(whole, known)
        sheet = replace(text.sheet(whole, separator, where.file), name=where.sheet)
    except Unreadable as error:
        raise Unreadable(at(error.problem, sheet=where.sheet)) from None
    return Opened([sheet], Decided(form="csv", encoding=encoding, separator=separator))


def _separator(whole: str, known: Known) -> str:
    """Find the separator with which most heads are known; a comma, where they all are alike."""
    return max(text.SEPARATORS, key=lambda each: known(text.beginning(whole, each, LOOKED)))
