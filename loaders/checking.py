"""A keeper's rows held against the rules of the package: every cell, every row, and the release."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from incidents import likeness, protection, screening
from incidents.protection import Circumstances
from incidents.schema import COLUMNS, Context
from incidents.screening import Cell, Found, Watch
from loaders.descriptor import Resource
from loaders.package import Package
from loaders.sources import Cases
from loaders.tables import Codes, Table, broken_cells

PLACED = ("region", "place", "place_precision")
READ_FROM = {
    "date": ("date_precision", "date_end"),
    **dict.fromkeys((*PLACED, "latitude", "longitude"), PLACED),
}
"""What a column is read for, beside itself: what cannot be read leaves these open, too."""
COLUMN_WIDE = ("date_order",)
"""Questions of reading that are asked once and leave a whole column unread."""
MADE = ("incident_id", "date_precision", "place_precision")
"""Columns that a file may lack: identifiers are given later, precisions read from the others."""
NEEDED = ("date", "summary", "source_url")
"""Columns that cells may leave empty and a file may not lack."""


@dataclass(frozen=True, eq=False)
class Checked:
    """A file that was read and held against the rules.

    `found` is in the order of rows; `protected` are the rows that the codebook protects. Of the
    `hidden` rows nothing may be repeated, nor what it may have been meant for: it could be what
    must not be known.
    """

    cases: Cases
    found: tuple[Found, ...] = ()
    hidden: frozenset[int] = field(default=frozenset(), repr=False)
    protected: frozenset[int] = field(default=frozenset(), repr=False)


def check(cases: Cases, package: Package, today: date, watch: Watch = list) -> Checked:
    """Find everything that is wrong with the rows of a file, or may be."""
    if cases.rows.empty:
        return Checked(cases)
    rows = cases.rows.astype(object).reindex(columns=["dataset", *COLUMNS], fill_value="")
    rows["dataset"] = _datasets(rows, package)
    bad = _unread(cases)
    told = list(screening.told_of_people(rows, watch))
    found = [*_missing(cases, package), *told, *_against(rows, package)]
    hidden = {each.row for each in told if each.rule == "personal_data"} | _doubtful(rows, bad)
    hidden.update(_sensitive(cases))
    coarse: set[int] = set()
    for dataset, part in rows.groupby("dataset", sort=False):
        judged = screening.meant(part, _about(str(dataset), package, today))
        coarse.update(part.index[protection.is_protected(judged)])
        found += _of_dataset(part, cases, package, today, bad)
    known = [each for each in found if (each.row, each.column) not in bad]
    known += _alike(rows, package, watch)
    order = {name: at for at, name in enumerate(rows.columns)}
    known.sort(key=lambda each: (each.row, order[each.column], each.at))
    return Checked(cases, tuple(known), frozenset(hidden | coarse), frozenset(coarse))


def _against(rows: pd.DataFrame, package: Package) -> Iterator[Found]:
    """Hold rows against the release."""
    records = _listed(package)
    closed = package.once(
        ("publishers known only withheld",), lambda: screening.known_only_withheld(records)
    )
    withdrawn = set(package.withdrawn["incident_id"])
    return screening.against(rows, closed, withdrawn, set(records["incident_id"]))


def _listed(package: Package) -> pd.DataFrame:
    """Give the records that rows are compared with: of a cube none, which has too many for it."""
    held = package.incidents
    return held.rows.bearing("incident_id", "") if held.rows else held.frame


def _alike(rows: pd.DataFrame, package: Package, watch: Watch) -> Iterator[Found]:
    """Find rows that may be the same case as another, or as a record that is not protected."""
    frame = _listed(package)
    records = frame[~frame["protected"]].set_index("incident_id")[list(likeness.USED)]
    records = records.astype(object).fillna("")
    texts = rows["summary"].to_dict()
    for each in likeness.pairs(rows, records, package.codebook.unplaced, watch):
        text = texts[each.row]
        yield Found("alike", each.row, "summary", text, score=each.score, other=each.other)


def _datasets(rows: pd.DataFrame, package: Package) -> pd.Series:
    """Say of which dataset each row is: as it says, or as its category does; else empty."""
    of = rows["category"].map(package.codebook.column("categories", "dataset")).fillna("")
    return rows["dataset"].where(rows["dataset"] != "", of)


def _unread(cases: Cases) -> set[Cell]:
    """Name the cells that reading asks about, and those that are open because of it."""
    bad: set[Cell] = set()
    for problem in cases.problems:
        columns = (problem.column, *READ_FROM.get(problem.column, ()))
        wide = problem.rule in COLUMN_WIDE
        numbers = cases.rows.index if wide else (cases.row(problem),)
        bad.update((int(row), column) for row in numbers for column in columns)
    return bad


def _doubtful(rows: pd.DataFrame, bad: set[Cell]) -> set[int]:
    """Name the rows that may be about somebody protected: what would tell it could not be read."""
    persons = set(rows.index[rows["target"].isin(("", "person"))])
    unread = {row for row, column in bad if column in ("groups", "violations")}
    return unread & persons | {row for row, column in bad if column == "protected"}


def _sensitive(cases: Cases) -> pd.Index:
    """Name the rows of which whoever told them says that they could harm somebody."""
    answered = cases.rows.get("sensitive", pd.Series("", index=cases.rows.index))
    return cases.rows.index[answered == "yes"]


def _missing(cases: Cases, package: Package) -> Iterator[Found]:
    """Name the columns that no case can do without and the file lacks."""
    records = next(iter(package.descriptor.files.values()))
    needed = [name for name, each in records.fields.items() if each.required or name in NEEDED]
    for column in needed:
        if column not in cases.rows.columns and column not in MADE:
            yield Found("no_column", cases.decided.header[-1], column)


def _about(dataset: str, package: Package, today: date) -> Circumstances:
    """Say what protection needs to know; where the dataset is not told, acts protect as well."""
    book, now = package.codebook, pd.Timestamp(today)
    protecting = sorted(book.marked("datasets", "acts_protect"))
    return Circumstances(dataset or next(iter(protecting), ""), book, now, now)


def _of_dataset(
    part: pd.DataFrame, cases: Cases, package: Package, today: date, bad: set[Cell]
) -> list[Found]:
    """Check cells, then rows, of one dataset; a cell is named for the first rule it breaks."""
    dataset = str(part["dataset"].iloc[0])
    if not dataset:
        return [Found("required", int(row), "dataset") for row in part.index]
    resource = package.descriptor.files[dataset]
    has = [name for name in COLUMNS if name in cases.rows.columns]
    cells = _cells(part[has], resource, codes_of(package))
    found = [each for each in cells if (each.row, each.column) not in bad]
    context = Context(
        dataset,
        package.codebook,
        package.incidents.places,
        package.incidents.collection[dataset],
        package.released,
    )
    known = bad | {(each.row, each.column) for each in found}
    rows = screening.screened(part, context, today, known)
    return found + [each for each in rows if each.column in has]


def _cells(rows: pd.DataFrame, resource: Resource, codes: Codes) -> Iterator[Found]:
    """Check cells as the package describes them; a keeper's own number may have any form."""
    fields = {name: resource.fields[name] for name in rows.columns}
    if "incident_id" in fields:
        fields["incident_id"] = replace(fields["incident_id"], required=False, pattern="")
    table = Table(rows.reset_index(drop=True))
    for fault in broken_cells(table, replace(resource, fields=fields), codes):
        yield Found(fault.rule, int(rows.index[fault.line - 2]), fault.column, fault.value)


def codes_of(package: Package) -> Codes:
    """Give what cells may name."""
    lists = {name: frozenset(package.codebook.codes(name)) for name in package.codebook.lists}
    return {**lists, "places": frozenset(package.incidents.places.index)}
