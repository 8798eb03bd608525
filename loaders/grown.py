"""A release that is one which was checked, and rows that were added: whether it is sound, too.

What stands in the files byte for byte as it did was held to the rules then, by this program and
with the same codes, so that it need not be again. What was added is held to all of them, and what
rows say together is looked at over the whole. Where anything else changed nothing is said here:
such a release is loaded.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from incidents import protection, schema
from incidents.schema import COLUMNS, Fault
from loaders import contents, reading
from loaders.checking import codes_of
from loaders.descriptor import NAME, Descriptor
from loaders.package import Package
from loaders.reading import CHANGELOGS, Faults, Files, Reading
from loaders.tables import Table, parsed

ANEW = ("version", "created", "drawn")
"""What a descriptor says anew of each release."""
MEASURED = ("bytes", "hash")
"""What it says of a file, and changes with it."""
TOGETHER = [rule for rule in protection.RULES if rule.name == "protected_region"]
"""The rule of protection that a row keeps or breaks by what the others say."""


def sound(directory: Path, before: Package) -> bool:
    """Say whether a release is one that was loaded with rows added, and keeps to every rule."""
    faults: list[Fault] = []
    try:
        found = reading.files(directory)
    except Faults:
        return False
    if not _same_but_records(found, before):
        return False
    paths = [each.path for each in found.descriptor.files.values()]
    tables = {path: parsed(found.contents[path], path, faults) for path in paths}
    added = {path: _added(before.files[path], table) for path, table in tables.items()}
    whole = [table for table in tables.values() if table]
    if faults or None in added.values() or not _fit_together(whole, before):
        return False
    contexts = [
        schema.Context(
            dataset,
            before.codebook,
            before.incidents.places,
            before.incidents.collection[dataset],
            found.descriptor.released,
        )
        for dataset in found.descriptor.files
    ]
    fresh = {path: table for path, table in added.items() if table and len(table.frame)}
    contents.records(Reading(found, fresh, codes_of(before), faults), contexts)
    lonely = [
        protection.broken(_frame(table), context.circumstances, TOGETHER)
        for context, table in zip(contexts, whole, strict=True)
    ]
    return not faults and not any(lonely)


def _same_but_records(found: Files, before: Package) -> bool:
    """Say whether no other file changed, and the descriptor says the same of the release."""
    names = found.contents.keys() | before.files.keys()
    changed = {name for name in names if found.contents.get(name) != before.files.get(name)}
    records = {each.path for each in found.descriptor.files.values()}
    return (
        changed <= records | {NAME, *CHANGELOGS.values()}
        and records <= before.files.keys() & found.contents.keys()
        and found.descriptor.released >= before.released
        and _told(found.descriptor, records) == _told(before.descriptor, records)
    )


def _told(about: Descriptor, records: set[str]) -> dict[str, Any]:
    """Give what a descriptor says, but for what each release says anew."""
    described = {key: value for key, value in about.described.items() if key not in ANEW}
    return described | {"resources": [_lasting(each, records) for each in described["resources"]]}


def _lasting(resource: Mapping[str, Any], records: set[str]) -> dict[str, Any]:
    anew = MEASURED if resource.get("path") in {*records, *CHANGELOGS.values()} else ()
    return {key: value for key, value in resource.items() if key not in anew}


def _added(before: bytes, table: Table | None) -> Table | None:
    """Give the rows that a file did not hold; None where it lost any, or has other columns."""
    old = parsed(before, "", [])
    if table is None or old is None or table.columns != old.columns:
        return None
    if {*COLUMNS} - {*table.columns}:  # of an older form
        return None
    held = set(_rows(old))
    fresh = [row not in held for row in _rows(table)]
    lost = len(table.frame) - sum(fresh) != len(old.frame)
    return None if lost else Table(table.frame[fresh].reset_index(drop=True))


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    return table.frame.itertuples(index=False, name=None)


def _frame(table: Table) -> pd.DataFrame:
    """Give what decides on regions."""
    return table.frame[["date", "region", "protected"]]


def _fit_together(tables: list[Table], before: Package) -> bool:
    """Say whether no identifier stands twice or was withdrawn, and none leads nowhere."""
    ids = [name for table in tables for name in table.column("incident_id")]
    known = set(ids)
    led = {name for table in tables for name in table.column("same_event")} - {""}
    return (
        len(ids) == len(known) and led <= known and not known & {*before.withdrawn["incident_id"]}
    )
