"""The published files read a second, plain way: loops over rows of text."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from incidents.filters import FACETS
from incidents.selection import Selection
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
    if row["date_precision"] == "unknown":
        return date(1900, 1, 1), date(2199, 12, 31)
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
    for name, facet in FACETS.items():
        wanted = set(getattr(selection, name))
        if wanted and not wanted & set(row[facet.column].split(";")):
            return False
    first, last = span(row)
    if selection.start and f"{last:%Y-%m}"[: len(selection.start)] < selection.start:
        return False
    return not (selection.end and f"{first:%Y-%m}"[: len(selection.end)] > selection.end)


@lru_cache
def table(file: str) -> list[Row]:
    """Read another file of the bundled release."""
    with (DATA / file).open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def possible(selection: Selection, facet: str, code: str) -> bool:
    """Say whether the filters leave a code to be asked for, as the published tables tell it."""
    chosen = getattr(selection, facet)
    if chosen and code not in chosen:
        return False
    if facet == "region" and selection.place:
        places = table("places.csv")
        return any(p["geonameid"] in selection.place and p["region"] == code for p in places)
    if facet == "place" and selection.region:
        place = next(p for p in table("places.csv") if p["geonameid"] == code)
        return place["region"] in selection.region
    if facet == "data":
        return code in datasets(selection)
    if facet == "category":
        categories = table("codebook/categories.csv")
        return any(c["code"] == code and c["dataset"] in datasets(selection) for c in categories)
    if facet == "violation" and (selection.data or selection.category):
        violation = next(v for v in table("codebook/violations.csv") if v["code"] == code)
        return any(violation[f"{dataset}_category"] for dataset in datasets(selection))
    return True


def datasets(selection: Selection) -> set[str]:
    """Give the datasets that a selection's datasets and categories leave."""
    chosen = set(selection.data or FILES)
    if selection.category:
        categories = table("codebook/categories.csv")
        chosen &= {c["dataset"] for c in categories if c["code"] in selection.category}
    return chosen


def counted(row: Row) -> bool:
    """Say whether a record is in the figures."""
    return row["kind"] in ("incident", "series") and row["flag"] != "contested"
