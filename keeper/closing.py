"""Closing: an address leads to nobody any more, from the package and every kept release.

A page that names or describes a private person is not linked. Whatever it was read for stays; a
record whose first source it was keeps publisher and year alone. The descriptor of a release counts
the records that were changed so; which they were stands nowhere.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from keeper.describing import as_text, with_descriptors
from keeper.withdrawal import LINKS, Refused, Row, rows_of, without_idle_words, without_publishers
from keeper.writing import read, replace
from loaders.descriptor import CLOSED as MARK
from loaders.descriptor import NAME
from loaders.package import PUBLISHERS, SNAPSHOT, load
from loaders.releases import kept

CHANGED = ("link", *LINKS, "source_published", "reader_risk")
"""The columns that closing changes."""
WITHHELD = "withheld"


@dataclass
class Closing:
    """What was done: how many rows led there, the records of them, and the releases."""

    rows: int = 0
    records: set[str] = field(default_factory=set)
    releases: list[str] = field(default_factory=list)


def close(directory: Path, addresses: Iterable[str]) -> Closing:
    """Close addresses in a package and its kept releases.

    Copies as files, packed beside the data, hold them too: they are deleted first. Nothing is
    written unless the package loads before and afterwards. Raises `Refused`, `Faults`.
    """
    wanted = {*addresses} - {""}
    done = Closing()
    texts: dict[Path, str] = {}
    for version, folder in {load(directory).release: directory, **kept(directory)}.items():
        files = {path: rows_of(read(path)) for path in _linking(folder)}
        every = [row for rows in files.values() for row in rows[1:]]
        led = [row for row in every if any(row.cells.get(name) in wanted for name in LINKS)]
        if not led:
            continue
        before = [Row(row.text, {**row.cells}) for row in led]
        for row in led:
            _close(row, wanted)
        done.releases.append(version)
        records = {name for row in led if (name := row.cells.get("incident_id"))}
        done.records |= records
        done.rows += len(led)
        texts |= {path: "".join(row.text for row in rows) for path, rows in files.items()}
        if (path := folder / PUBLISHERS).exists():
            texts[path] = without_publishers(path, before, every)
        texts |= without_idle_words(folder, texts)
        described = json.loads(read(folder / NAME))
        described[MARK] = described.get(MARK, 0) + len(records)
        texts[folder / NAME] = as_text(described)
    if not done.releases:
        raise Refused("unknown_address")
    for path in directory.glob(SNAPSHOT):
        path.unlink()
    changed = {path: text for path, text in texts.items() if text != read(path)}
    replace(directory, with_descriptors(changed))
    return done


def _linking(directory: Path) -> list[Path]:
    """Find the files whose rows lead to pages: records, totals of others, events, claims."""
    every = {path: rows_of(read(path))[0].cells for path in sorted(directory.glob("*.csv"))}
    return [path for path, columns in every.items() if LINKS[0] in columns]


def _close(row: Row, wanted: set[str]) -> None:
    if row.cells[LINKS[0]] in wanted:
        left = {"link": WITHHELD, "source_published": row.cells.get("source_published", "")[:4]}
        row.write(**{name: left.get(name, "") for name in CHANGED if name in row.cells})
    else:
        row.write(second_source_url="")
