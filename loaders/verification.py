"""Verification: whether a file holds the rows that the view named in it holds, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from incidents.citation import PUBLISHED, fingerprint, published
from incidents.codebook import UNPLACED
from incidents.selection import Selection, known_codes
from loaders.files import CITED, NotTable, from_csv
from loaders.package import Faults, Package, load
from loaders.releases import kept, release

LOOSENED = {"episode": "", "same_event": "", "region": UNPLACED, "place_precision": "country"}
"""What a withdrawal leaves in the cells that it changes in other records."""


class NotComparable(Exception):
    """A file whose rows cannot be compared. Only what is `tampered` is known to be another file.

    `why` is no_table, not_ours, no_rows, not_kept, columns, links, no_release or filters; `values`
    are what its sentence names.
    """

    def __init__(self, why: str, *, tampered: bool = False, **values: str) -> None:
        """Keep why, and what to name."""
        super().__init__(why)
        self.why, self.tampered, self.values = why, tampered, values


@dataclass(frozen=True)
class Cell:
    """A cell that differs: what the file says and what the release says, empty if protected."""

    incident_id: str
    column: str
    in_file: str = ""
    in_release: str = ""


@dataclass
class Comparison:
    """How a file's rows differ from those of the view it names, by the identifiers of records.

    `withdrawn` were taken out since; `loosened` are cells that differ as a withdrawal changes
    them; `found_in` are other releases in which the view holds exactly these rows.
    """

    release: str
    present: str
    n: int
    fingerprint: str
    same: bool
    twice: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[Cell] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    loosened: list[Cell] = field(default_factory=list)
    found_in: list[str] = field(default_factory=list)

    @property
    def by_withdrawal(self) -> bool:
        """Say whether withdrawals since the release explain every difference."""
        others = self.twice or self.missing or self.added or self.changed
        return not self.same and not others


def verify(path: Path, directory: Path) -> Comparison:
    """Compare a file with the release and selection that it names.

    Raises `NotComparable`, `Faults` of the release, and `OSError`.
    """
    rows = _rows(path)
    query = parse_qs(urlsplit(_named(rows)).query, keep_blank_values=True)
    rows = rows[PUBLISHED]
    version = query.pop("release", [""])[-1]
    if not version:
        raise NotComparable("no_release", tampered=True)
    present = load(directory)
    package = release(version, present)
    if package is None:
        raise NotComparable("not_kept", release=version, fingerprint=fingerprint(rows))
    expected = _expected(package, query)
    if expected is None:
        raise NotComparable("filters", tampered=True, release=version)
    found = Comparison(
        version,
        present.release,
        len(rows),
        fingerprint(rows),
        fingerprint(rows) == fingerprint(expected),
    )
    if not found.same:
        filtered = bool(query.keys() & {"region", "q"})
        _differences(found, rows, expected, package, filtered=filtered)
        found.found_in += _found_in(found, present, query)
    return found


def _rows(path: Path) -> pd.DataFrame:
    """Read a file that must have our columns, each once."""
    try:
        rows = from_csv(path.read_bytes())
    except NotTable as problem:
        raise NotComparable("no_table", row=str(problem.line)) from problem
    columns = list(rows.columns)
    if CITED not in columns:
        raise NotComparable("not_ours")
    wanted = [*PUBLISHED, CITED]
    missing = [column for column in wanted if column not in columns]
    strange = [
        column
        for place, column in enumerate(columns)
        if column not in wanted or column in columns[:place]
    ]
    if missing or strange:
        named = {"missing": ", ".join(missing) or "–", "strange": ", ".join(strange) or "–"}
        raise NotComparable("columns", tampered=True, **named)
    return rows


def _named(rows: pd.DataFrame) -> str:
    """Give the one view that all rows name."""
    links = list(rows[CITED].unique())
    if not links:
        raise NotComparable("no_rows")
    if len(links) > 1:
        raise NotComparable("links", tampered=True, n=str(len(links)))
    return str(links[0])


def _expected(package: Package, query: dict[str, list[str]]) -> pd.DataFrame | None:
    """Give the rows of a view; None if the release knows no such view."""
    codes = known_codes(package.codebook, list(package.incidents.places.index))
    selection, problems = Selection.from_query(query, codes)
    if problems or set(query) != set(selection.to_query()):
        return None
    return published(package.incidents.select(selection).records())


def _differences(
    found: Comparison,
    rows: pd.DataFrame,
    expected: pd.DataFrame,
    package: Package,
    *,
    filtered: bool,
) -> None:
    """Sort every difference by what it is."""
    ids = rows["incident_id"]
    found.twice = sorted(set(ids[ids.duplicated()]))
    every = published(package.incidents.frame).set_index("incident_id")
    wanted = set(expected["incident_id"])
    withdrawn = package.withdrawn_ids
    for row in rows.drop_duplicates("incident_id").to_dict("records"):
        name = row["incident_id"]
        cells = list(_cells(row, every.loc[name])) if name in every.index else []
        loosened = [c for c in cells if withdrawn and _is_loosened(every.loc[name], c.column)]
        if name in withdrawn:
            found.withdrawn.append(name)
        elif name in wanted:
            found.changed += [cell for cell in cells if cell not in loosened]
            found.loosened += loosened
        elif loosened:  # it no longer fits the filter for its region
            found.loosened += loosened
        else:
            found.added.append(name)
    for name in sorted(wanted - set(ids)):
        moved = filtered and withdrawn and _is_loosened(every.loc[name], "region")
        if moved and every.at[name, "protected"]:  # it fits the filter only since
            found.loosened.append(Cell(name, "region"))
        else:
            found.missing.append(name)


def _cells(row: dict[str, str], in_release: pd.Series) -> Iterator[Cell]:
    """Give the cells that differ; of protected records no values."""
    hidden = row["protected"] or in_release["protected"]
    for column in in_release.index:
        values = row[column], in_release[column]
        if values[0] != values[1]:
            yield Cell(row["incident_id"], column, *(("", "") if hidden else values))


def _is_loosened(in_release: pd.Series, column: str) -> bool:
    return column in LOOSENED and in_release[column] == LOOSENED[column]


def _found_in(found: Comparison, present: Package, query: dict[str, list[str]]) -> Iterator[str]:
    """Name the other releases in which the view holds exactly the rows of the file."""
    for version in dict.fromkeys([present.release, *kept(present.directory)]):
        try:
            package = release(version, present)
        except Faults:
            continue
        expected = _expected(package, query) if package and version != found.release else None
        if expected is not None and fingerprint(expected) == found.fingerprint:
            yield version
