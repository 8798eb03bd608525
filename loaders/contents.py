"""What checked tables say together: faults between rows and files, and the typed values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from incidents import cells, schema
from incidents.codebook import Codebook
from incidents.schema import SEVERAL, Fault
from loaders.descriptor import NAME, Descriptor
from loaders.needs import LIST
from loaders.reading import Reading

REGIONS = LIST.format("regions")
AGGREGATES = "aggregates.csv"
TOTALS = "published_totals.csv"
WHOLE_YEAR, WHOLE = re.compile("[0-9]{4}"), re.compile("[0-9]+")


@dataclass(frozen=True, eq=False)
class Census:
    """The inhabitants by which rates are taken: `population` by region, as of one `day`.

    `basis` says in English what kind of number it is, `counted` whether a census is.
    """

    population: pd.Series
    day: pd.Timestamp
    basis: str
    counted: bool


def region_faults(book: Codebook, country: str) -> Iterator[Fault]:
    """Find what is wrong with the list of regions: those of another country, or no "elsewhere"."""
    kinds = book.column("regions", "kind")
    elsewhere = {kind: list(kinds.values()).count(kind) for kind in ("unplaced", "online")}
    for kind, times in elsewhere.items():
        if times != 1:
            yield Fault(REGIONS, 0, "kind", kind, "no_such_kind")
    if set(elsewhere.values()) != {1}:
        return
    for row, (code, kind) in enumerate(kinds.items(), start=2):
        if kind not in elsewhere and not code.startswith(f"{country}-"):
            yield Fault(REGIONS, row, "code", code, "other_country")


def dataset_faults(book: Codebook, about: Descriptor) -> Iterator[Fault]:
    """Find the datasets without a file, and the files of no dataset."""
    listed = book.codes("datasets")
    for code in listed:
        if code not in about.files:
            yield Fault(NAME, 0, code, "", "missing_resource")
    for dataset, table in about.files.items():
        if dataset not in listed:
            yield Fault(NAME, 0, table.path, dataset, "unknown_code")


def places(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the settlements by their GeoNames id."""
    numbers = {name: pd.to_numeric(rows[name]) for name in ("lat", "lon")}
    return rows.assign(**numbers).set_index("geonameid")


def records(found: Reading, contexts: Sequence[schema.Context]) -> dict[str, pd.DataFrame]:
    """Give the files of incidents as text, by name, cells and rows checked.

    One whose columns are not those that are read is left out.
    """
    frames = {}
    for context in contexts:
        path = found.about.files[context.dataset].path
        bad = found.cell_faults(path)
        if path in found.tables and all(fault.line > 1 for fault in bad):
            frames[path] = found.frame(path)
            bad = schema.faults_of(frames[path], path, context, bad)
        found.faults.extend(bad)
    return frames


def across(
    frames: Mapping[str, pd.DataFrame], withdrawn: set[str], found: Sequence[Fault]
) -> Iterator[Fault]:
    """Check what needs several files: no id twice or withdrawn, no pointer to a missing record.

    `frames` are the files of incidents by name, `found` the faults known already.
    """
    ids = {found for frame in frames.values() for found in frame["incident_id"].tolist()}
    known = {(fault.file, fault.line) for fault in found}
    seen: set[str] = set()
    for file, frame in frames.items():
        own, same = frame["incident_id"].tolist(), frame["same_event"]
        lost = set(same.unique()) - {""} - ids
        for given, bad, column, rule in (
            (own, seen, "incident_id", "duplicate_id"),
            (own, withdrawn, "incident_id", "withdrawn"),
            (same, lost, "same_event", "unknown_record"),
        ):
            for row in [row for row, cell in enumerate(given) if cell in bad] if bad else ():
                if (file, row + 2) not in known:
                    known.add((file, row + 2))
                    yield Fault(file, row + 2, column, frame.at[row, column], rule)
        seen.update(own)


def aggregates(found: Reading, rows: pd.DataFrame, book: Codebook) -> pd.Series:
    """Read what is said of cases that are never listed; no fault repeats a value."""
    said = rows.set_index(cells.KEY)["count"]
    if not found.sound(AGGREGATES):
        return said
    known = {
        (name, code)
        for name in SEVERAL
        for code in book.marked(name, "protected", "aggregate_only")
    }
    twice = said.index.duplicated()
    checks = (
        ("code", "unknown_code", [key[:2] not in known for key in said.index]),
        ("cell", "unknown_code", [not _is_cell(key[2], key[3], book) for key in said.index]),
        ("cell", "duplicate_id", twice),
        ("count", "gives_away", [] if twice.any() else cells.gives_away(said)),
    )
    found.faults.extend(
        Fault(AGGREGATES, row + 2, column, "", rule)
        for column, rule, wrong in checks
        for row, is_wrong in enumerate(wrong)
        if is_wrong
    )
    return said


def _is_cell(by: str, cell: str, book: Codebook) -> bool:
    if by == cells.TOTAL:
        return cell == ""
    listed = cells.ROWS.get(by)
    return cell in book.codes(listed) if listed else WHOLE_YEAR.fullmatch(cell) is not None


def events(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the events in order of time, each with its columns and its `day`."""
    days = pd.to_datetime(rows["date"], format="ISO8601")
    return rows.assign(day=days).sort_values("day").to_dict("records")


def population_faults(rows: pd.DataFrame) -> Iterator[Fault]:
    """Find the regions that have two numbers for one year."""
    for row in rows.index[rows.duplicated(["region", "year"])]:
        yield Fault("population.csv", int(row) + 2, "year", rows.at[row, "year"], "duplicate_id")


def census(rows: pd.DataFrame) -> Census:
    """Choose the newest year that covers every region that any year covers.

    Where no year does, the newest of those that cover most regions.
    """
    covered = rows.groupby("year")["region"].nunique()
    chosen = max(covered.items(), key=lambda each: (each[1], each[0]), default=("", 0))[0]
    counted = rows[rows["year"] == chosen]
    basis = str(counted["basis"].mode().iloc[0]) if len(counted) else ""
    return Census(
        population=pd.to_numeric(counted.set_index("region")["population"]),
        day=pd.to_datetime(counted["as_of"], format="ISO8601").max(),
        basis=basis,
        counted=basis.startswith("census"),
    )


def yearly(totals: pd.DataFrame) -> set[str]:
    """Name the series that count: one whole number a year, and no rank or score of an index."""
    series: dict[str, dict[str, str]] = {}
    others = set()
    columns = (totals[name].tolist() for name in ("series", "year", "count", "category"))
    for name, year, count, category in zip(*columns, strict=True):
        counts = WHOLE_YEAR.fullmatch(year) and WHOLE.fullmatch(count)
        if not counts or category.startswith("index_") or year in series.get(name, {}):
            others.add(name)
        series.setdefault(name, {})[year] = count
    return set(series) - others


def series_faults(totals: pd.DataFrame, about: Descriptor) -> Iterator[Fault]:
    """Find that the series which is drawn beside the records has no number a year."""
    name = about.published_series
    if (totals["series"] == name).any() and name not in yearly(totals):
        yield Fault(NAME, 0, "published_series", name, "unknown_series")


def outline_faults(areas: Mapping[str, Any], book: Codebook) -> Iterator[Fault]:
    """Find the regions of the codebook that have no outline."""
    features = [feature.get("properties") for feature in areas.get("features", [])]
    drawn = {found.get("region") for found in features if isinstance(found, dict)}
    for code in sorted(set(book.codes("regions")) - {book.unplaced, book.online} - drawn):
        yield Fault("regions.geojson", 0, "region", code, "no_outline")
    for found in (found for found in features if isinstance(found, dict)):
        for name in ("label_lat", "label_lon"):
            if not isinstance(found.get(name), int | float):
                yield Fault("regions.geojson", 0, name, str(found.get("region")), "no_label")


def joined(frames: Mapping[str, pd.DataFrame], contexts: Sequence[schema.Context]) -> pd.DataFrame:
    """Put the faultless files of incidents into one typed frame."""
    both = zip(frames.values(), contexts, strict=True)
    frame = schema.joined([schema.typed(rows, context) for rows, context in both])
    frame["place"] = frame["place"].cat.set_categories(list(contexts[0].places.index))
    return frame
