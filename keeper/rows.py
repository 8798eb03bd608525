"""The rows of a package's files of records: read as text, and changed where a record changes."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from incidents.publishing import Decision
from incidents.schema import COLUMNS
from keeper.withdrawal import Row, line, rows_of, without_publishers
from keeper.writing import read
from loaders.package import PUBLISHERS, Package, record_files
from loaders.releases import kept


@dataclass
class Changes:
    """What differs from the present release: new texts of files by name, and the records.

    `before` are the rows of those that were corrected, as they were; `protected` are those of both
    that are.
    """

    texts: dict[str, str] = field(default_factory=dict, repr=False)
    added: list[str] = field(default_factory=list, repr=False)
    corrected: list[str] = field(default_factory=list, repr=False)
    protected: set[str] = field(default_factory=set, repr=False)
    before: list[Row] = field(default_factory=list, repr=False)

    @property
    def listed(self) -> tuple[int, int]:
        """Count those added and those corrected that are not protected."""
        added, corrected = (
            sum(name not in self.protected for name in names)
            for names in (self.added, self.corrected)
        )
        return added, corrected


def published(package: Package, dataset: str) -> pd.DataFrame:
    """Give the records of a dataset as text, by identifier."""
    content = package.files[package.descriptor.files[dataset].path]
    rows = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return rows.reindex(columns=COLUMNS, fill_value="").set_index("incident_id", drop=False)


def taken(package: Package) -> set[str]:
    """Name every identifier that a record has or had."""
    held = {*package.incidents.frame["incident_id"], *package.withdrawn["incident_id"]}
    for folder in kept(package.directory).values():
        for path in record_files(folder).values():
            held |= set(pd.read_csv(folder / path, usecols=["incident_id"])["incident_id"])
    return held


def changes(package: Package, decisions: Mapping[str, Decision], ids: Mapping[str, str]) -> Changes:
    """Make the new texts of the files of records, in order of identifier.

    A row that nobody touches keeps every byte. `ids` are identifiers by the keeper's number.
    """
    found = Changes()
    listed = _listed(package, decisions)
    for dataset, decision in decisions.items():
        path = package.descriptor.files[dataset].path
        head, *rows = rows_of(package.files[path].decode("utf-8"))
        known = {row.cells["incident_id"]: row for row in rows}
        found.protected |= {*decision.rows.index[decision.rows["protected"] == "yes"]}
        for case in decision.rows.to_dict("records"):
            event = ids.get(case["same_event"], case["same_event"])
            case["same_event"] = event if event in listed else ""
            _put(known, {column: case[column] for column in head.cells}, head, found)
        text = "".join(row.text for row in (head, *(known[key] for key in sorted(known))))
        if text.encode("utf-8") != package.files[path]:
            found.texts[path] = text
    if found.before:
        found.texts |= _publishers(package, found)
    return found


def _listed(package: Package, decisions: Mapping[str, Decision]) -> set[str]:
    """Name the records that another one may point to: those that are not protected."""
    frame = package.incidents.frame
    listed = {*frame.loc[~frame["protected"], "incident_id"]}
    for each in decisions.values():
        protected = each.rows["protected"] == "yes"
        listed = listed - {*each.rows.index[protected]} | {*each.rows.index[~protected]}
    return listed


def _put(known: dict[str, Row], cells: dict[str, str], head: Row, found: Changes) -> None:
    """Add a row to those of a file, or change the one that is known."""
    name = cells["incident_id"]
    row = known.get(name)
    if row is None:
        ending = head.text[len(head.text.rstrip("\r\n")) :]
        known[name] = Row(line(cells.values(), ending), cells)
        found.added.append(name)
    elif row.cells != cells:
        found.before.append(Row(row.text, {**row.cells}))
        row.write(**cells)
        found.corrected.append(name)


def _publishers(package: Package, found: Changes) -> dict[str, str]:
    """Take out publishers to whom only rows led that do no longer."""
    left = [
        row
        for table in package.descriptor.files.values()
        for row in rows_of(found.texts.get(table.path) or package.files[table.path].decode("utf-8"))
    ]
    text = without_publishers(package.directory / PUBLISHERS, found.before, left)
    return {PUBLISHERS: text} if text != read(package.directory / PUBLISHERS) else {}
