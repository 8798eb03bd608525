"""What people have, read as cases: a file in, rows in columns of ours out, with every question.

A source is a module with a `NAME` and `names()`, what its heads and values mean (a CSV beside it);
`read` takes the one whose heads a file has most of. What only one partner writes is a mapping that
the keeper tells (`Told.names`), and no code. Nothing is written, and no cell is in any exception.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from loaders.package import Package
from loaders.sources import filling, own, text, workbook
from loaders.sources.cases import (
    LARGEST,
    Cases,
    Decided,
    Order,
    Problem,
    Told,
    Unreadable,
    Where,
)
from loaders.sources.heading import LOOKED, Table, found
from loaders.sources.names import BadMapping, Names
from loaders.sources.sheets import Sheet

__all__ = [
    "BadMapping",
    "Cases",
    "Decided",
    "Names",
    "Order",
    "Problem",
    "Told",
    "Where",
    "read",
]

SOURCES = (own,)


def read(path: Path, package: Package, told: Told | None = None) -> Cases:
    """Read a file of cases, by what it holds and not by its name.

    A file that cannot be read at all gives no rows and one problem. Never raises for what is in it.
    """
    told = told or Told()
    try:
        content = _content(path)
        if workbook.is_workbook(content):
            return _of_workbook(content, path.name, package, told)
        return _of_text(content, path.name, package, told)
    except Unreadable as error:
        return Cases(path.name, problems=(error.problem,))


def _content(path: Path) -> bytes:
    """Take a file, if it is not too large; its size is looked at before and while it is read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise Unreadable(Problem("unreadable", Where(path.name))) from None
    if len(content) > LARGEST:
        raise Unreadable(Problem("too_large", Where(path.name)))
    if not content.strip():
        raise Unreadable(Problem("empty", Where(path.name)))
    return content


def _of_text(content: bytes, file: str, package: Package, told: Told) -> Cases:
    whole, encoding = text.decoded(content, file, package, told.encoding)
    names = _named(told)
    separators = (told.separator,) if told.separator else text.SEPARATORS

    def known(separator: str) -> int:
        tables = _tables([text.beginning(whole, separator, file, LOOKED)], names, told)
        return max((table.known for _, table in tables), default=0)

    separator = max(separators, key=known)
    cases = _filled([text.sheet(whole, separator, file)], file, package, told)
    said = replace(cases.decided, form="csv", encoding=encoding, separator=separator)
    return replace(cases, decided=said)


def _of_workbook(content: bytes, file: str, package: Package, told: Told) -> Cases:
    sheets = workbook.sheets(content, file)
    if told.sheet:
        sheets = [sheet for sheet in sheets if sheet.name == told.sheet]
    cases = _filled(sheets, file, package, told)
    return replace(cases, decided=replace(cases.decided, form="xlsx"))


def _named(told: Told) -> dict[str, Names]:
    """Give what heads and values mean in each source, and to the keeper before all."""
    sources = [each for each in SOURCES if told.source in ("", each.NAME)]
    return {each.NAME: each.names() | told.names for each in sources}


def _tables(
    sheets: list[Sheet], names: dict[str, Names], told: Told
) -> Iterator[tuple[str, Table]]:
    for sheet in sheets:
        for source, its in names.items():
            if table := found(sheet, its, told.header):
                yield source, table


def _filled(sheets: list[Sheet], file: str, package: Package, told: Told) -> Cases:
    """Fill the columns from the only sheet with a header of ours. Raises `Unreadable`."""
    names = _named(told)
    tables = list(_tables(sheets, names, told))
    if not tables:
        raise Unreadable(Problem("no_header", Where(file)))
    among = tuple(dict.fromkeys(table.sheet.name for _, table in tables))
    if len(among) > 1:
        raise Unreadable(Problem("several_sheets", Where(file), among=among))
    source, table = max(tables, key=lambda pair: pair[1].known)
    cases = filling.cases(table, package, names[source], told, file)
    if cases.rows.empty:
        raise Unreadable(Problem("no_rows", Where(file, table.sheet.name, table.header[-1] + 1)))
    return replace(cases, decided=replace(cases.decided, source=source))
