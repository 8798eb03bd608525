"""The rows of a table put into the columns of a file of incidents: what, when, and where."""

from collections.abc import Callable, Sequence
from functools import cache

import pandas as pd

from incidents.item import STAYS
from incidents.schema import CODES, COLUMNS
from loaders.package import Package
from loaders.sources import dates
from loaders.sources.cases import Cases, Decided, Order, Told
from loaders.sources.columns import (
    BLANK,
    Columns,
    Read,
    as_degrees,
    as_text,
    as_whole,
    as_yes,
)
from loaders.sources.dates import SHOWN, Day
from loaders.sources.heading import Table, problems
from loaders.sources.names import SUBMISSION, Names, Words
from loaders.sources.places import Gazetteer, Placed

GIVEN = ("dataset", *COLUMNS, *STAYS, SUBMISSION)
"""The columns that are given, in order."""
WHEN = ("date", "date_precision", "date_end", "source_published")
WHERE = ("region", "place", "latitude", "longitude", "place_precision")
"""The columns that are not read each by itself."""
YES = ("protected", "reader_risk", "sensitive")
PRECISIONS = ("year", "month", "day")
"""From coarse to fine."""
FEWEST_SWAPPED = 3
"""True dates of a column at least, all of days up to 12, beside texts all of days after 12, until
it is asked whether a spreadsheet took days for months."""

Filled = dict[str, list[str]]


def cases(table: Table, package: Package, names: Names, told: Told, file: str) -> Cases:
    """Fill every column of ours that a table has."""
    columns = Columns(table, package.codebook, names, file)
    orders: dict[str, Order] = {}
    filled = {name: _plain(columns, name) for name in columns.named if name not in WHEN + WHERE}
    filled |= _when(columns, told, orders)
    filled |= _where(columns, Gazetteer.of(package))
    given = {name: filled[name] for name in GIVEN if name in filled}
    stands = {name: columns.first(name, *FROM.get(name, ())) for name in given}
    found = [*problems(table, file, names), *columns.problems]
    return Cases(
        file,
        Decided(
            sheet=table.sheet.name,
            header=tuple(number + 1 for number in table.header) or (0,),
            dates=orders,
            unread=columns.unread(),
            skipped=columns.skipped,
            merged=table.sheet.merged,
        ),
        pd.DataFrame(given, index=columns.numbers, dtype=object),
        {name: origin.letter for name, origin in stands.items()},
        tuple(sorted(found, key=lambda problem: problem.where.row)),
        {name: at for name, at in stands.items() if at.rows or at.sheet != table.sheet.name},
    )


FROM = {
    "date_precision": ("date",),
    "date_end": ("date",),
    "region": ("place", "latitude"),
    "place": ("region", "latitude"),
    "place_precision": ("place", "region", "latitude"),
}
"""What a column is read from where the file does not have it."""


def _plain(columns: Columns, name: str) -> list[str]:
    """Read a column that says all by itself."""
    if name in CODES or name == "dataset":
        return _text(columns.coded(name))
    return _text(columns.read(name, _READ.get(name, as_text)))


_READ: dict[str, Callable[[str], Read]] = {"persons": as_whole, **dict.fromkeys(YES, as_yes)}


def _text(values: Sequence[str | None]) -> list[str]:
    return [value or "" for value in values]


def _when(columns: Columns, told: Told, orders: dict[str, Order]) -> Filled:
    """Read dates: the day, how precisely it is known, and the last one where it lasted longer."""
    found = {
        name: _dated(columns, name, told, orders)
        for name in WHEN
        if name in columns.named and name != "date_precision"
    }
    filled: Filled = {}
    if "date_precision" in columns.named or "date" in found:
        filled["date_precision"] = _text(columns.coded("date_precision"))
    if "source_published" in found:
        filled["source_published"] = [day.period for day in found["source_published"]]
    ends = [day.end for day in found.get("date_end", ())]
    if "date" in found:
        days = found["date"]
        _compare(columns, days, filled["date_precision"])
        asked = {row for row, name in columns.asked if name == "date_precision"}
        pairs = enumerate(zip(days, filled["date_precision"], strict=True))
        filled["date_precision"] = [
            given or ("" if row in asked else day.precision) for row, (day, given) in pairs
        ]
        filled["date"] = list(map(_no_finer, days, filled["date_precision"]))
        ends = [end or day.last for end, day in zip(ends or [""] * len(days), days, strict=True)]
    if "date_end" in found or any(ends):
        filled["date_end"] = ends
    return filled


def _no_finer(day: Day, precision: str) -> str:
    """Give the first day of what is known: of a month, its first one."""
    known = SHOWN.get(precision, 10)
    return day.first[:known] + "0000-01-01"[known:] if day.first else ""


def _compare(columns: Columns, days: list[Day], given: list[str]) -> None:
    """Ask where a precision is told that is finer than the date beside it."""
    for row, (day, told) in enumerate(zip(days, given, strict=True)):
        both = {day.precision, told} <= set(PRECISIONS)
        if both and PRECISIONS.index(told) > PRECISIONS.index(day.precision):
            columns.ask(row, columns.positions("date")[0], "date", Read(rule="date_precision"))


def _dated(columns: Columns, name: str, told: Told, orders: dict[str, Order]) -> list[Day]:
    """Read a column of dates, once all of it has told in which order its numbers stand."""
    at = columns.positions(name)[0]
    cells = columns.texts(at)
    order, doubtful = dates.order_of(cells, told.dates.get(name, ""))
    if doubtful is not None:
        columns.ask(doubtful, at, name, Read(rule="date_order", among=dates.ORDERS))
    elif order.order:
        orders[name] = order
    swapped = None if name in told.dates else _swapped(columns, at, cells)
    if swapped is not None:
        columns.ask(swapped, at, name, Read(rule="swapped_dates", among=dates.ORDERS))
    unknown = Words.of("date_precision", columns.book, columns.names)

    def convert(text: str) -> Read:
        if day := dates.read(text, order.order):
            return Read(day)
        if unknown.code(text) == ("unknown",):
            return Read(Day("", "unknown"))
        if not order.order and dates.numbers(text):
            return BLANK  # the column is asked about, not each of its cells
        counted = dates.serial(text)
        return Read(rule="not_a_date", among=(counted.first,) if counted else ())

    return [day or Day("", "") for day in columns.read(name, convert)]


def _swapped(columns: Columns, at: int, cells: list[str]) -> int | None:
    """Give the first true date of a column in which days may have been taken for months."""
    numbers = enumerate(columns.numbers)
    true = [row for row, number in numbers if (number - 1, at) in columns.table.sheet.dates]
    if len(true) < FEWEST_SWAPPED:
        return None
    texts = [pair for cell in set(cells) for pair in dates.numbers(cell)]
    low = all(cells[row][8:10] <= "12" for row in true)
    high = bool(texts) and all(first > 12 or second > 12 for first, _, second in texts)
    return true[0] if low and high else None


def _where(columns: Columns, gazetteer: Gazetteer) -> Filled:
    """Place every row by what it tells of region, settlement and point; a point goes no further."""
    has = [name for name in WHERE if name in columns.named]
    if not has:
        return {}
    given = _text(columns.coded("place_precision"))
    if has == ["place_precision"]:
        return {"place_precision": given}
    regions, names = columns.coded("region"), columns.read("place", as_text, gazetteer.same)
    north, east = (columns.read(name, as_degrees) for name in ("latitude", "longitude"))
    asked = {row for row, column in columns.asked if column in ("region", "place")}
    placed, place = [], cache(gazetteer.place)
    for row, (region, name, y, x) in enumerate(zip(regions, names, north, east, strict=True)):
        point = None if y is None or x is None else (y, x)
        found = Placed(region or "") if row in asked else place(region or "", name or "", point)
        if found.rule:
            at = (columns.positions(found.column) or columns.positions(has[0]))[0]
            columns.ask(row, at, found.column, Read(None, found.rule, found.among))
        placed.append(found)
    return {
        "region": [each.region for each in placed],
        "place": [each.place for each in placed],
        "place_precision": [own or each.precision for own, each in zip(given, placed, strict=True)],
    }
