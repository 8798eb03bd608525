"""A file as sheets of text, by what it holds and not by its name: what it is, and where it ends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.package import Package
from loaders.settings import LARGEST
from loaders.sources import archive, records, text, workbook
from loaders.sources.cases import (
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


def opened(content: bytes, file: str, package: Package, told: Told, known: Known) -> Opened:
    """Open what a file holds. Raises `Unreadable`."""
    _bounded(content, Where(file))
    if archive.is_archive(content):
        sheets = [
            _in_archive(held, Where(file, name), package, told, known)
            for name, held in archive.tables(content, file).items()
        ]
        return Opened(sheets, Decided(form="zip"))
    if workbook.is_workbook(content):
        return Opened(workbook.sheets(content, file), Decided(form="xlsx"))
    whole, encoding = text.decoded(content, file, package, told.encoding)
    del content  # as large as the text, which is needed until its rows are made
    if records.is_json(whole):
        sheets, more = records.sheets(whole, file)
        return Opened(sheets, Decided(form="json", encoding=encoding), tuple(more))
    separator = told.separator or _separator(whole, known)
    decided = Decided(form="csv", encoding=encoding, separator=separator)
    return Opened([text.sheet(whole, separator, file)], decided)


def held(path: Path) -> bytes:
    """Take what a file holds, as far as it may be so large. Raises `Unreadable`."""
    where = Where(path.name)
    try:
        with path.open("rb") as file:
            begins = file.read(len(workbook.COMPOUND))
            if path.stat().st_size > _most(begins):
                raise Unreadable(Problem("too_large", where))
            return begins + file.read(_most(begins) + 1 - len(begins))
    except OSError:
        raise Unreadable(Problem("unreadable", where)) from None


def _most(content: bytes) -> int:
    """Give how many bytes a file that begins so may have."""
    return LARGEST if workbook.is_workbook(content) else LARGEST_TEXT


def _bounded(content: bytes, where: Where) -> None:
    if len(content) > _most(content):
        raise Unreadable(Problem("too_large", where))
    if not content.strip():
        raise Unreadable(Problem("empty", where))


def _in_archive(content: bytes, where: Where, package: Package, told: Told, known: Known) -> Sheet:
    """Read a table of an archive, called by its name there."""
    try:
        whole, _ = text.decoded(content, where.file, package, told.encoding)
        sheet = text.sheet(whole, told.separator or _separator(whole, known), where.file)
    except Unreadable as error:
        raise Unreadable(at(error.problem, sheet=where.sheet)) from None
    return replace(sheet, name=where.sheet)


def _separator(whole: str, known: Known) -> str:
    """Find the separator with which most heads are known; a comma, where they all are alike."""
    return max(text.SEPARATORS, key=lambda each: known(text.beginning(whole, each, LOOKED)))
