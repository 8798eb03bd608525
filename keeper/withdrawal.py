"""Withdrawal: a record leaves the package and every kept release, a line without content stays.

Files are changed as text, row by row, so that a row nobody touches keeps every byte and the
difference shows nothing but what was taken out.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from incidents import protection
from incidents.codebook import Codebook
from incidents.schema import IDENTIFIER
from incidents.wording import NAMING, OF_RECORDS, TRANSLATED, stands_in
from keeper.describing import with_descriptors
from keeper.writing import read, replace
from loaders import wordings
from loaders.package import PUBLISHERS, SNAPSHOT, Package, listed, load
from loaders.releases import kept

TOMBSTONES = "withdrawn.csv"
LINKS = ("source_url", "second_source_url")
"""The columns of a record that lead to a publisher."""


class Refused(Exception):
    """A withdrawal that cannot be, or a closing.

    `why` is unknown_record, already_withdrawn, unknown_reason or unknown_address.
    """

    def __init__(self, why: str, known: Iterable[str] = ()) -> None:
        """Keep why, and the codes that could have been given."""
        super().__init__(why)
        self.why, self.known = why, list(known)


@dataclass
class Row:
    """One row of a CSV file: its cells by column, and its text as it stands in the file."""

    text: str
    cells: dict[str, str]

    def write(self, **cells: str) -> None:
        """Change cells; only then is the text of the row made anew."""
        self.cells |= cells
        ending = self.text[len(self.text.rstrip("\r\n")) :]
        self.text = line(self.cells.values(), ending)


@dataclass
class Withdrawal:
    """What was done: the releases that held the record, and the other records it changed.

    `changed` names records by the column that was emptied or coarsened in them, `unlisted` the
    releases in which no other record led to a publisher of the record any more.
    """

    releases: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    dataset: str = ""
    changed: dict[str, set[str]] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)

    def change(self, row: Row, column: str, **cells: str) -> None:
        """Change another record, and remember which."""
        row.write(**cells)
        self.changed.setdefault(column, set()).add(row.cells["incident_id"])

    def rewrite(self, path: Path, text: str) -> bool:
        """Give a file a new text; say whether that changes it."""
        changed = text != read(path)
        if changed:
            self.texts[path] = text
        return changed


def withdraw(directory: Path, incident_id: str, reason: str, month: str) -> Withdrawal:
    """Take a record out of a package and of its kept releases, and leave a tombstone.

    Copies as files, packed beside the data, hold it too: they are deleted first.
    The row of a publisher goes with the last record that leads there: it may name one page. So do
    translations and names that stand in no other text.
    Nothing is written unless the package loads before and afterwards. Raises `Refused`, `Faults`.
    A withdrawn record that came back with a kept release is taken out without a second tombstone:
    the one there is names that release too.
    """
    package = load(directory)
    reasons = package.codebook.codes("withdrawal_reasons")
    if reason not in reasons:
        raise Refused("unknown_reason", reasons)
    if not re.fullmatch(IDENTIFIER, incident_id):
        raise Refused("unknown_record")
    done = Withdrawal()
    _take_out(directory, package.release, incident_id, done, package)
    for version, folder in kept(directory).items():
        _take_out(folder, version, incident_id, done, package)
    if not done.releases:
        buried = package.tombstone(incident_id) is not None
        raise Refused("already_withdrawn" if buried else "unknown_record")
    texts, coarser = without_lonely_regions(directory, done.texts, package.codebook)
    done.texts |= texts
    if coarser:
        done.changed["region"] = coarser
    tombstone = {
        "incident_id": incident_id,
        "dataset": done.dataset,
        "release": "",
        "withdrawn": month,
        "reason": reason,
    }
    path = directory / TOMBSTONES
    done.texts[path] = _with_tombstone(path, tombstone, done.releases)
    for path in directory.glob(SNAPSHOT):
        path.unlink()
    replace(directory, with_descriptors(done.texts))
    return done


def rows_of(text: str) -> list[Row]:
    """Cut a CSV file into its rows, header included; joined, their texts are the file again."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    rows: list[Row] = []
    columns: list[str] = []
    start = 0
    for cells in reader:
        columns = columns or cells
        raw = "".join(lines[start : reader.line_num])
        rows.append(Row(raw, dict(zip(columns, cells, strict=False))))
        start = reader.line_num
    return rows


def _take_out(
    directory: Path, release: str, incident_id: str, done: Withdrawal, package: Package
) -> None:
    """Make the new texts of one release's files: without the record and what leads to it."""
    named = {table.path: name for name, table in package.descriptor.files.items()}
    paths = {named.get(path.name, path.stem): path for path in _record_files(directory)}
    files = {name: rows_of(read(path)) for name, path in paths.items()}
    gone = [(name, row) for name, rows in files.items() for row in rows if _id(row) == incident_id]
    if not gone:
        return
    if release not in done.releases:
        done.releases.append(release)
    done.dataset = done.dataset or gone[0][0]
    left = {name: [r for r in rows if _id(r) != incident_id] for name, rows in files.items()}
    others = [row for rows in left.values() for row in rows[1:]]
    _cut_loose(gone[0][1], others, done)
    for name, rows in left.items():
        done.rewrite(paths[name], "".join(row.text for row in rows))
    path = directory / PUBLISHERS
    if path.exists():
        text = without_publishers(path, [row for _, row in gone], others)
        if done.rewrite(path, text):
            done.unlisted.append(release)
    done.texts |= without_idle_words(directory, done.texts)


def _record_files(directory: Path) -> list[Path]:
    """Find the files of records of a release by their columns: its descriptor may be broken."""
    every = [path for path in sorted(directory.glob("*.csv")) if path.name != TOMBSTONES]
    return [path for path in every if "incident_id" in _columns(path)]


def _columns(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])


def _cut_loose(gone: Row, rows: list[Row], done: Withdrawal) -> None:
    """Empty what pointed to the record, and its episode where one record is left in it."""
    episode = gone.cells.get("episode")
    steps = [row for row in rows if episode and row.cells.get("episode") == episode]
    if len(steps) == 1:
        done.change(steps[0], "episode", episode="")
    for row in rows:
        if row.cells.get("same_event") == _id(gone):
            done.change(row, "same_event", same_event="")


def without_publishers(path: Path, gone: list[Row], left: list[Row]) -> str:
    """Make the text of the publishers without those to whom only what is gone led."""
    rows = rows_of(read(path))
    addresses = [row.cells.get("address", "") for row in rows[1:]]
    led, leads = ({listed(url, addresses) for url in _links(records)} for records in (gone, left))
    only = led - leads - {""}
    return "".join(row.text for row in rows if row.cells.get("address") not in only)


def without_idle_words(directory: Path, texts: Mapping[Path, str]) -> dict[Path, str]:
    """Make the texts of the tables of translations and names without what stands nowhere any more.

    `texts` are the new texts of a release's files. What changes is given.
    """
    said = _texts(texts, dict.fromkeys(_record_files(directory), OF_RECORDS))
    known, naming = (
        said | _texts(texts, {directory / path: its for path, its in columns.items()})
        for columns in (TRANSLATED, NAMING)
    )
    holds: dict[str, Callable[[Row], bool]] = {
        wordings.TRANSLATIONS: lambda row: row.cells["text_en"] in known,
        wordings.NAMES: lambda row: stands_in(row.cells, naming),
    }
    found = {}
    for path in filter(Path.exists, map(directory.joinpath, holds)):
        head, *rows = rows_of(read(path))
        left = [row for row in rows if holds[path.name](row)]
        if len(left) < len(rows):
            found[path] = "".join(row.text for row in (head, *left))
    return found


def _texts(texts: Mapping[Path, str], columns: Mapping[Path, Iterable[str]]) -> set[str]:
    """Collect the English texts of columns of files, with the new texts of these."""
    return {
        text
        for path, names in columns.items()
        if path.exists()
        for text in _cells(texts.get(path) or read(path), names)
        if text
    }


def _cells(text: str, names: Iterable[str]) -> Iterator[str]:
    """Give the cells of some columns of a CSV file, as far as it has them."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    head = next(reader, [])
    columns = [head.index(name) for name in names if name in head]
    for row in reader:
        yield from (row[at] for at in columns if at < len(row))


def _links(records: Iterable[Row]) -> Iterable[str]:
    return (url for row in records for column in LINKS if (url := row.cells.get(column)))


def without_lonely_regions(
    directory: Path, texts: Mapping[Path, str], book: Codebook
) -> tuple[dict[Path, str], set[str]]:
    """Take the region from protected records that too few share it with, in every release alike.

    `texts` are the new texts of files. What changes is given, and the identifiers of the records.
    """
    paths = [
        path for each in (directory, *kept(directory).values()) for path in _record_files(each)
    ]
    anywhere = (book.unplaced, book.online)
    frames = {path: _protection_of(texts.get(path) or read(path)) for path in paths}
    lost = protection.regions_to_take(frames.values(), anywhere)
    found, changed = {}, set()
    for path, frame in frames.items():
        named = frame["incident_id"].isin(lost) & ~frame["region"].isin(anywhere)
        if not named.any():
            continue
        rows = rows_of(texts.get(path) or read(path))
        for row in rows[1:]:
            if _id(row) in lost and row.cells["region"] not in anywhere:
                row.write(region=book.unplaced, place_precision="country")
                changed.add(_id(row))
        found[path] = "".join(row.text for row in rows)
    return found, changed


def _protection_of(text: str) -> pd.DataFrame:
    """Read of a file of records what decides on regions."""
    columns = ["incident_id", "date", "region", "protected"]
    frame = pd.read_csv(
        io.StringIO(text), dtype=str, keep_default_na=False, usecols=columns.__contains__
    )
    return frame.reindex(columns=columns, fill_value="")


def _with_tombstone(path: Path, tombstone: dict[str, str], releases: list[str]) -> str:
    """Make the text of the tombstones with one more, or with more releases in the one there is."""
    text = read(path)
    rows = rows_of(text if text.endswith("\n") else f"{text}\n")
    row = next((row for row in rows if _id(row) == tombstone["incident_id"]), None)
    if row is None:
        row = Row("\n", {column: tombstone.get(column, "") for column in rows[0].cells})
        rows.append(row)
    held = [*filter(None, row.cells["release"].split(";")), *releases]
    row.write(release=";".join(dict.fromkeys(held)))
    return "".join(row.text for row in rows)


def _id(row: Row) -> str:
    return row.cells.get("incident_id", "")


def line(cells: Iterable[str], ending: str) -> str:
    """Write one row of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator=ending).writerow(cells)
    return out.getvalue()
