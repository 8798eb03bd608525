"""A package with its kept releases as plain files: what a folder and a database both can hold.

What is held is the files as they were checked, byte for byte; nothing else that lies in a folder
comes along. The same files have the same mark, wherever they are.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from incidents.schema import Fault
from loaders.descriptor import CLOSED, NAME
from loaders.package import RELEASE, Faults, load
from loaders.reading import marked
from loaders.releases import FOLDER, kept, release

PATH = re.compile(r"\w[\w-]*(\.[\w-]+)*(/\w[\w-]*(\.[\w-]+)*){0,3}", re.ASCII)
"""What a file of a package may be called: nothing that leads out of its folder, nothing hidden."""
TOMBSTONES = "withdrawn.csv"


class Unusable(Exception):
    """A database that cannot be used as it is.

    `why` is address, away, busy, refused, read_only, empty, older, newer, foreign or damaged.
    """

    def __init__(self, why: str) -> None:
        """Keep why; nothing of the address."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Held:
    """All releases of a package: the content of every file by path, by version.

    `present` is the version on show; the others are kept.
    """

    present: str
    releases: Mapping[str, Mapping[str, bytes]]

    @cached_property
    def marks(self) -> dict[str, str]:
        """Mark what each release holds, as `Package.mark` does."""
        return {version: marked(files) for version, files in self.releases.items()}

    @property
    def mark(self) -> str:
        """Mark what all of them hold, and which is on show: the same files, the same mark."""
        return mark_of(self.present, self.marks)

    def paths(self) -> Iterator[tuple[str, bytes]]:
        """Give every file by its path in the folder of the package."""
        for version, files in self.releases.items():
            before = "" if version == self.present else f"{FOLDER}/{version}/"
            yield from ((f"{before}{path}", content) for path, content in files.items())

    def write(self, folder: Path) -> None:
        """Write every file below a folder. Raises `OSError`."""
        for path, content in self.paths():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def identifiers(self, version: str) -> set[str]:
        """Name the records of a release: what its tables of records list."""
        tables = {p: c for p, c in self.releases[version].items() if p.endswith(".csv")}
        return {
            row["incident_id"]
            for path, content in tables.items()
            if path != TOMBSTONES and "/" not in path
            for row in _rows(content)
            if row.get("incident_id")
        }

    def withdrawn(self) -> set[str]:
        """Name the records that were withdrawn."""
        tombstones = self.releases[self.present].get(TOMBSTONES, b"")
        return {row["incident_id"] for row in _rows(tombstones) if row.get("incident_id")}

    def closed(self, version: str) -> int:
        """Count the records of a release in which a link was closed."""
        described = json.loads(self.releases[version].get(NAME, b"{}"))
        return int(described.get(CLOSED, 0))


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))


def mark_of(present: str, marks: Mapping[str, str]) -> str:
    """Mark releases by the marks of each, and by which of them is on show."""
    told = "".join(f"{version} {mark}\n" for version, mark in sorted(marks.items()))
    return hashlib.sha256(f"{present}\n{told}".encode()).hexdigest()


def of_folder(directory: Path) -> Held:
    """Read a package and its kept releases, if all of them may be shown as they are.

    Raises `Faults`: of the present release, or of a kept one, which is refused too where it says
    more of a record than may be said today.
    """
    present = load(directory)
    found = {present.release: present.files}
    for version in kept(directory):
        try:
            package = release(version, present)
        except Faults as problem:
            raise Faults([_inside(version, fault) for fault in problem.faults]) from None
        if package is None:
            raise Faults([_inside(version, Fault("", 0, "protected", "", "unprotected"))])
        found[version] = package.files
    return Held(present.release, found)


def in_order(version: str) -> list[int]:
    """Give the numbers of a version, by which releases follow each other."""
    return [int(number) for number in re.findall(r"\d+", version)]


def sound(version: str, path: str) -> bool:
    """Say whether these are a version and a path of a package."""
    return bool(RELEASE.fullmatch(version) and PATH.fullmatch(path))


def _inside(version: str, fault: Fault) -> Fault:
    path = "/".join(filter(None, (FOLDER, version, fault.file)))
    return Fault(path, fault.line, fault.column, fault.value, fault.rule)
