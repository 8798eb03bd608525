"""A package counted a second, plain way: its files read as text, and loops over their rows.

Nothing here uses pandas or the product's own counts; what a number should be is read off the
design.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from incidents import search
from incidents.filters import FACETS
from incidents.selection import Selection, Span
from tests import plain
from tests.conftest import DATA
from tests.plain import Row

ENOUGH = {"year": ("year", "month", "day"), "quarter": ("month", "day"), "month": ("month", "day")}
"""How precise a date must be to be counted by a period."""
ANSWERED = ("investigation", "charges", "conviction", "acquittal", "case_dropped")
THEIRS = ("authorities", "mixed")


@dataclass(frozen=True)
class Files:
    """The files of one package."""

    folder: Path = DATA

    def table(self, name: str) -> list[Row]:
        """Read one table."""
        with (self.folder / name).open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))

    @cached_property
    def described(self) -> dict[str, Row]:
        """Give what the package says of the file of each dataset."""
        about = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        named = {path: dataset for dataset, path in plain.FILES.items()}  # once not told
        return {
            file.get("dataset") or named[file["path"]]: file
            for file in about["resources"]
            if "collected_from" in file
        }

    @cached_property
    def rows(self) -> list[Row]:
        """Give every record, newest first and those of one day by identifier."""
        found = [
            {**row, "dataset": dataset}
            for dataset, file in self.described.items()
            for row in self.table(file["path"])
        ]
        found.sort(key=lambda row: row["incident_id"])
        return sorted(found, key=lambda row: plain.span(row)[0], reverse=True)

    @cached_property
    def counted(self) -> list[Row]:
        """Give the records that are in the figures."""
        return [row for row in self.rows if plain.counted(row)]

    def codes(self, facet: str) -> list[str]:
        """List the codes that a filter may hold."""
        listed = FACETS[facet].listed
        if listed == "places":
            return [row["geonameid"] for row in self.table("places.csv")]
        return [row["code"] for row in self.table(f"codebook/{listed}.csv")]

    def found(self, selection: Selection) -> list[Row]:
        """Give the counted records of a selection."""
        asked = search.wanted(selection.q)
        return [
            row
            for row in self.counted
            if plain.fits(row, selection)
            and all(_says(self._texts[row["incident_id"]], ways) for ways in asked)
        ]

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        """Give, by record, all that a search by words looks at, each text as it is searched."""
        return {row["incident_id"]: self._text(row) for row in self.rows}

    def _text(self, row: Row) -> list[str]:
        parts = [row["incident_id"].replace("-", "")]
        for text in (row["summary"], row["source_name"]):
            parts += [text, *self._translated.get(text, ())]
        for facet in (each for each in FACETS.values() if each.searched):
            for code in row[facet.column].split(";"):
                parts += self._labels[facet.listed, code].split("\n")
        lines = [line for part in parts for line in _lines(part)]
        more = []
        for place, names in self._names.items():
            name = search.Words(search.written(names[0]))
            if place == row["place"] or _says(lines, (name,)):
                more += [line for each in names for line in _lines(each)]
        for spelled, spellings in self._spellings:
            if any(spelling in line for spelling in spelled for line in lines) and _says(
                lines, [way for each in spellings for way in search.ways(each, whole=True)]
            ):
                more += [line for each in spellings for line in _lines(each)]
        return lines + more

    @cached_property
    def _translated(self) -> dict[str, list[str]]:
        if not (self.folder / "translations.csv").exists():
            return {}
        rows = self.table("translations.csv")
        return {row["text_en"]: [row["text_ru"], row["text_ky"]] for row in rows}

    @cached_property
    def _spellings(self) -> list[tuple[list[str], list[str]]]:
        """Give the spellings of every name, each also as it is searched, letters and sounds."""
        if not (self.folder / "names.csv").exists():
            return []
        found = [
            list(
                filter(
                    None, (row["name_en"], row["name_ru"], row["name_ky"], *row["also"].split(";"))
                )
            )
            for row in self.table("names.csv")
        ]
        return [([line for each in names for line in _lines(each)], names) for names in found]

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        listed = [facet.listed for facet in FACETS.values() if facet.searched]
        return {
            (name, row["code"]): "\n".join(row[f"label_{lang}"] for lang in ("en", "ru", "ky"))
            for name in listed
            for row in self.table(f"codebook/{name}.csv")
        }

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Give, by place, its names and those aliases that hold no other place's name."""
        rows = self.table("places.csv")
        own = {
            row["geonameid"]: [row[f"name_{lang}"] for lang in ("en", "ru", "ky")] for row in rows
        }
        every = {f" {search.written(name)} " for names in own.values() for name in names}
        for row in rows:
            names = own[row["geonameid"]]
            others = every - {f" {search.written(name)} " for name in names[:3]}
            for alias in row["aliases"].split(";"):
                padded = f" {search.written(alias)} "
                if not any(other in padded and other != padded for other in others):
                    names.append(alias)
        return own

    def datasets(self, selection: Selection) -> list[str]:
        """Name the datasets that the chosen ones and the chosen categories leave."""
        chosen = [name for name in self.described if name in (selection.data or self.described)]
        of_category = {row["code"]: row["dataset"] for row in self.table("codebook/categories.csv")}
        told = {of_category[code] for code in selection.category} or set(chosen)
        return [name for name in chosen if name in told] or chosen

    def collected(self, selection: Selection) -> tuple[set[str], set[str]]:
        """Give the months in which any, and in which every dataset of a selection was collected."""
        spans = [
            set(
                months(
                    self.described[d]["collected_from"][:7], self.described[d]["collected_to"][:7]
                )
            )
            for d in self.datasets(selection)
        ]
        return set.union(*spans), set.intersection(*spans)

    def axis(self, selection: Selection, per: str, *, opening: bool) -> list[str]:
        """List the periods of a chart: as collected and asked for, or the last five whole years."""
        some, every = self.collected(selection)
        shown = {month for month in some if inside(month, selection)}
        if opening and not (selection.start or selection.end):
            years = Counter(month[:4] for month in every)
            whole = sorted(year for year, n in years.items() if n == 12)[-5:]
            shown = {month for month in shown if month[:4] in whole} if whole else shown
        return sorted({period_of(month, per) for month in shown})


def months(first: str, last: str) -> Iterable[str]:
    """Name the months from one to another."""
    for year in range(int(first[:4]), int(last[:4]) + 1):
        yield from (m for m in (f"{year}-{at:02}" for at in range(1, 13)) if first <= m <= last)


def inside(month: str, dates: Selection | Span) -> bool:
    """Say whether a month lies inside the dates of a selection or a span."""
    begun = not dates.start or month[: len(dates.start)] >= dates.start
    return begun and (not dates.end or month[: len(dates.end)] <= dates.end)


def period_of(month: str, per: str) -> str:
    """Name the year, quarter or month that a month lies in."""
    year, number = month.split("-")
    return {"year": year, "quarter": f"{year}-Q{(int(number) + 2) // 3}", "month": month}[per]


def drawn(rows: Iterable[Row], per: str, axis: list[str]) -> dict[str, list[Row]]:
    """Put records under the period of an axis in which they began, if their dates say which."""
    under: dict[str, list[Row]] = {period: [] for period in axis}
    for row in rows:
        if row["date_precision"] in ENOUGH[per]:
            under.get(period_of(row["date"][:7], per), []).append(row)
    return under


def wholly(row: Row, dates: Selection | Span) -> bool:
    """Say whether a record cannot have happened outside the dates."""
    return all(inside(f"{day:%Y-%m}", dates) for day in plain.span(row))


def people(rows: list[Row]) -> dict[str, int]:
    """Count the people named by record; of one story only where it names most, first told first."""
    named = {row["incident_id"]: int(row["persons"] or 0) for row in rows}
    stories: dict[str, list[str]] = {}
    for row in rows:
        if row["episode"]:
            stories.setdefault(row["episode"], []).append(row["incident_id"])
    for steps in stories.values():
        most = max(steps, key=named.__getitem__)
        named.update((step, 0) for step in steps if step != most)
    return named


def weights(rows: list[Row], unit: str) -> dict[str, int]:
    """Say how much each record counts in a unit."""
    return people(rows) if unit == "people" else {row["incident_id"]: 1 for row in rows}


def under(rows: list[Row], facet: str, unit: str) -> Counter[str]:
    """Add up records under each code they bear."""
    found: Counter[str] = Counter()
    weight = weights(rows, unit)
    for row in rows:
        for code in filter(None, set(row[FACETS[facet].column].split(";"))):
            found[code] += weight[row["incident_id"]]
    return found


def _lines(text: str) -> list[str]:
    written = [search.written(text), search.joined(text)]
    return [line for line in (*written, *map(search.sounding, written)) if line]


def _says(lines: list[str], ways: search.Wanted) -> bool:
    """Say whether a line holds one of the ways, by a pattern over each line."""
    patterns = [
        rf"\b{spelt}" + ("" if way.begins else r"\b")
        for way in ways
        for spelt in (way.text, search.sounding(way.text))
    ]
    return any(re.search(pattern, line) for line in lines for pattern in patterns)
