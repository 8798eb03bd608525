"""What people have, read as cases: a file in, rows in columns of ours out, with every question.

A source is a module (see `loaders.sources.source`) with what its heads and values mean in a CSV
beside it; `read` takes the one whose marks a file bears, or else whose heads it has most of. What
only one partner writes is a mapping that the keeper tells (`Told.names`), and no code. Nothing is
written, and no cell is in any exception.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from loaders.package import Package
from loaders.sources import acled, filling, kobo, odk, own, ucdp, uspft
from loaders.sources.cases import (
    Cases,
    Decided,
    Order,
    Origin,
    Problem,
    Told,
    Unreadable,
    Where,
)
from loaders.sources.heading import Table
from loaders.sources.names import BadMapping, Names
from loaders.sources.opening import Known, Opened, held, opened
from loaders.sources.sheets import Sheet
from loaders.sources.source import Given, Source

__all__ = [
    "BadMapping",
    "Cases",
    "Decided",
    "Names",
    "Order",
    "Origin",
    "Problem",
    "Told",
    "Where",
    "read",
    "taken",
]

SOURCES: tuple[Source, ...] = (own, kobo, odk, ucdp, acled, uspft)


def read(path: Path, package: Package, told: Told | None = None) -> Cases:
    """Read a file of cases, by what it holds and not by its name.

    A file that cannot be read at all gives no rows and one problem. Never raises for what is in it.
    """
    try:
        return taken(held(path), path.name, package, told)
    except Unreadable as error:
        return Cases(path.name, problems=(error.problem,))


def taken(content: bytes, file: str, package: Package, told: Told | None = None) -> Cases:
    """Read cases from what a file holds, which may lie nowhere. See `read`."""
    told = told or Told()
    try:
        return _filled(opened(content, file, package, told, _known(told)), file, package, told)
    except Unreadable as error:
        return Cases(file, problems=(error.problem,))


def _known(told: Told) -> Known:
    def known(sheet: Sheet) -> tuple[bool, int]:
        found = (_rank(table) for _, table in _tables([sheet], told))
        return max(found, default=(False, 0))

    return known


def _rank(table: Table) -> tuple[bool, int]:
    return table.marked, table.known


def _tables(sheets: Sequence[Sheet], told: Told) -> Iterator[tuple[Source, Table]]:
    """Find the header of every sheet, in the names of every source that may be meant."""
    for source in SOURCES:
        if told.source in ("", source.NAME):
            names = source.names() | told.names
            for sheet in sheets:
                if table := source.found(sheet, names, told.header):
                    yield source, table


def _chosen(opened: Opened, file: str, told: Told) -> tuple[Source, Table]:
    """Choose the only sheet with a header that is known, and its source. Raises `Unreadable`."""
    sheets = [s for s in opened.sheets if not s.name or told.sheet in ("", s.name)]
    tables = list(_tables(sheets, told))
    tables = [pair for pair in tables if pair[1].marked] or tables
    if not tables:
        raise Unreadable(Problem("no_header", Where(file)))
    among = tuple(dict.fromkeys(table.sheet.name for _, table in tables))
    if len(among) > 1:
        raise Unreadable(Problem("several_sheets", Where(file), among=among))
    return max(tables, key=lambda pair: _rank(pair[1]))


def _filled(opened: Opened, file: str, package: Package, told: Told) -> Cases:
    """Fill our columns from a file, and tell what was decided. Raises `Unreadable`."""
    source, table = _chosen(opened, file, told)
    names = source.names() | told.names
    arranged = source.arranged(table, Given(file, opened.sheets, names))
    cases = filling.cases(arranged.table, package, names, told, file)
    if not cases.rows.columns.size:
        raise Unreadable(Problem("no_header", Where(file, table.sheet.name)))
    if cases.rows.empty:
        raise Unreadable(Problem("no_rows", Where(file, table.sheet.name, table.start)))
    decided = replace(
        cases.decided,
        form=opened.decided.form,
        source=source.NAME,
        encoding=opened.decided.encoding,
        separator=opened.decided.separator,
        unread={**cases.decided.unread, **arranged.unread},
        redistributable=arranged.redistributable,
    )
    problems = (*opened.problems, *arranged.problems, *cases.problems)
    return replace(cases, decided=decided, problems=problems)
