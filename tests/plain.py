"""The published files read a second, plain way: loops over rows of text."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta

from incidents.selection import Selection
from incidents.table import FACETS
from tests.conftest import DATA

FILES = {"media": "media_attacks.csv", "rights": "rights_incidents.csv"}
Row = dict[str, str]


def rows() -> Iterator[Row]:
    """Give every record of the bundled release."""
    for dataset, file in FILES.items():
        with (DATA / file).open(encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                yield {**row, "dataset": dataset}


def span(row: Row) -> tuple[date, date]:
    """Give the first and the last day on which a record may have happened."""
    first = date.fromisoformat(row["date"])
    last = {
        "day": first,
        "month": (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1),
        "year": first.replace(month=12, day=31),
    }[row["date_precision"]]
    ended = date.fromisoformat(row["date_end"]) if row["date_end"] else last
    return first, max(last, ended)


def fits(row: Row, selection: Selection) -> bool:
    """Say whether a record belongs to a selection without words to search for."""
    for name, column in FACETS.items():
        wanted = set(getattr(selection, name))
        if wanted and not wanted & set(row[column].split(";")):
            return False
    first, last = span(row)
    if selection.start and f"{last:%Y-%m}"[: len(selection.start)] < selection.start:
        return False
    return not (selection.end and f"{first:%Y-%m}"[: len(selection.end)] > selection.end)


def counted(row: Row) -> bool:
    """Say whether a record is in the figures."""
    return row["kind"] in ("incident", "series") and row["flag"] != "contested"
