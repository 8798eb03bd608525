"""Verification: whether a file holds the rows that the view named in it holds, and what differs.

A file is the cited one only letter by letter: its fingerprint is that of the view. One in which a
spreadsheet wrote dates or numbers anew is another file with the same facts, and is told apart from
one in which a fact differs.

Labels and links beside the codes are no part of the fingerprint, and a file may lack them, as those
of earlier versions do. Where they stand in it they must say what the release says of the record, in
one of the languages: people read them, and a false one beside a true code is no file of ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from answers.labels import SUFFIX
from incidents.citation import PUBLISHED, fingerprint, published
from incidents.selection import Selection, known_codes
from keeper import beside
from keeper.closing import CHANGED, WITHHELD
from keeper.spreadsheet import wrote_anew
from keeper.withdrawal import LINKS
from loaders.downloads import CITED, NotTable, from_csv
from loaders.package import Faults, Package, load
from loaders.releases import kept, release

LOOSENED = {"episode": "", "same_event": "", "place_precision": "country"}
"""What a withdrawal leaves in the cells that it changes in other records, beside the region."""


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
    """A cell that differs: what the file says and what the release says, empty if protected.

    `anew`: it says the same fact, as a spreadsheet writes it.
    """

    incident_id: str
    column: str
    in_file: str = ""
    in_release: str = ""
    anew: bool = False


@dataclass
class Comparison:
    """How a file's rows differ from those of the view it names, by the identifiers of records.

    `cited` is the fingerprint of the view; `mislabelled` are labels and links that are not those of
    the release; `rewritten` are cells that say the same in another way, `withdrawn` were taken out
    since; `loosened` are cells that differ as a withdrawal changes them, `closed` records that
    differ by a link that was closed since; `found_in` are other
    releases in which the view holds exactly these rows.
    """

    release: str
    present: str
    n: int
    fingerprint: str
    cited: str
    twice: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[Cell] = field(default_factory=list)
    mislabelled: list[Cell] = field(default_factory=list)
    rewritten: list[Cell] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    loosened: list[Cell] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    found_in: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Say whether the file is the cited one, letter by letter, and no label beside it lies."""
        return self.holds_the_cited and not self.mislabelled

    @property
    def holds_the_cited(self) -> bool:
        """Say whether the published columns are the cited ones, letter by letter."""
        return self.fingerprint == self.cited

    @property
    def by_spreadsheet(self) -> bool:
        """Say whether no fact differs: a spreadsheet wrote cells anew, and that is all."""
        return bool(self.rewritten) and not (self._differs or self._since)

    @property
    def by_withdrawal(self) -> bool:
        """Say whether what was withdrawn or closed since explains every difference of facts."""
        return self._since and not self._differs

    @property
    def _since(self) -> bool:
        return bool(self.withdrawn or self.loosened or self.closed)

    @property
    def _differs(self) -> bool:
        differs = self.twice or self.missing or self.added or self.changed or self.mislabelled
        return bool(differs)


def verify(path: Path, directory: Path) -> Comparison:
    """Compare a file with the release and selection that it names.

    Raises `NotComparable`, `Faults` of the release, and `OSError`.
    """
    whole = _rows(path)
    view = _named(whole)
    query = parse_qs(urlsplit(view).query, keep_blank_values=True)
    rows = whole[PUBLISHED]
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
        fingerprint(expected),
    )
    found.mislabelled += _mislabelled(whole, view, package)
    if not found.holds_the_cited:
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
    known = {*wanted, *beside.COLUMNS}
    strange = [
        column
        for place, column in enumerate(columns)
        if column not in known or column in columns[:place]
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
    left = {**LOOSENED, "region": package.codebook.unplaced}
    for row in rows.drop_duplicates("incident_id").to_dict("records"):
        name = row["incident_id"]
        differing = list(_cells(row, every.loc[name])) if name in every.index else []
        closed = [c for c in differing if _is_closed(every.loc[name], c.column, package)]
        found.closed += [name] if closed else []
        cells = [cell for cell in differing if not cell.anew and cell not in closed]
        loosened = [c for c in cells if withdrawn and _is_loosened(every.loc[name], c.column, left)]
        if name in withdrawn:
            found.withdrawn.append(name)
        elif name in wanted:
            found.rewritten += [cell for cell in differing if cell.anew]
            found.changed += [cell for cell in cells if cell not in loosened]
            found.loosened += loosened
        elif loosened:  # it no longer fits the filter for its region
            found.loosened += loosened
        else:
            found.added.append(name)
    for name in sorted(wanted - set(ids)):
        moved = filtered and withdrawn and _is_loosened(every.loc[name], "region", left)
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
            anew = wrote_anew(str(column), *values)
            in_file, stored = ("", "") if hidden else values
            yield Cell(row["incident_id"], str(column), in_file, stored, anew)


def _mislabelled(whole: pd.DataFrame, view: str, package: Package) -> Iterator[Cell]:
    """Give the labels and links that are not those of the release; of protected records no values.

    That of a code which differs itself says nothing more.
    """
    every = published(package.incidents.frame).set_index("incident_id", drop=False)
    rows = whole[whole["incident_id"].isin(every.index)].reset_index(drop=True)
    stored = every.loc[rows["incident_id"]].reset_index(drop=True)
    for at, column, value in beside.differing(rows, stored, package, view):
        code = column.removesuffix(SUFFIX)
        row, record = rows.loc[at], stored.loc[at]
        told = code not in PUBLISHED or row[code] == record[code]
        if told or wrote_anew(code, row[code], record[code]):
            hidden = row["protected"] or record["protected"]
            in_file, in_release = ("", "") if hidden else (row[column], value)
            yield Cell(record["incident_id"], column, in_file, in_release)


def _is_loosened(in_release: pd.Series, column: str, left: Mapping[str, str]) -> bool:
    return column in left and bool(in_release[column] == left[column])


def _is_closed(in_release: pd.Series, column: str, package: Package) -> bool:
    """Say whether a cell was emptied because the page behind a link must not be shown."""
    if not package.closed_since:
        return False
    withheld = bool(in_release["link"] == WITHHELD and column in CHANGED)
    return withheld or (column == LINKS[1] and not in_release[column])


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
