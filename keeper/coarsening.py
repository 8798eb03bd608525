"""Whether a release only tells less: regions of protected records that too few share are taken."""

import csv
import io
import json
from collections.abc import Collection, Mapping
from typing import Any

from incidents.codebook import ONLINE, UNPLACED
from keeper.withdrawal import Row, rows_of
from loaders.descriptor import NAME
from loaders.grown import MEASURED
from loaders.needs import LIST


def only_coarser(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> bool:
    """Say whether the files of a release differ in nothing but regions that are told no more.

    Only protected records lose them, and their place is the whole country then.
    """
    if before.keys() != after.keys():
        return False
    changed = {path for path in before if before[path] != after[path]} - {NAME}
    unplaced, online = _anywhere(after)
    less = {"region": unplaced, "place_precision": "country"}
    return _same_but_measures(before, after, changed) and all(
        _less(_rows(before[path]), _rows(after[path]), less, online) for path in changed
    )


def _less(before: list[Row], after: list[Row], less: Mapping[str, str], online: str) -> bool:
    """Say whether rows are as they were, or what is left of protected ones without a region."""
    if len(before) != len(after):
        return False
    for old, new in zip(before, after, strict=True):
        if old.text != new.text:
            protected = {"incident_id", "protected", *less} <= old.cells.keys()
            if not (protected and old.cells["protected"] and old.cells["region"] != online):
                return False
            old.write(**less)
            if old.text != new.text:
                return False
    return True


def _same_but_measures(
    before: Mapping[str, bytes], after: Mapping[str, bytes], changed: Collection[str]
) -> bool:
    """Say whether the descriptors are the same, but for size and hash of the changed files."""
    if before.get(NAME) == after.get(NAME):
        return True
    old, new = (_described(files[NAME], changed) for files in (before, after))
    return old == new


def _described(content: bytes, changed: Collection[str]) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(content)
    for resource in described["resources"]:
        if resource.get("path") in changed:
            for name in MEASURED:
                resource.pop(name, None)
    return described


def _anywhere(files: Mapping[str, bytes]) -> tuple[str, str]:
    """Give the codes of a release that name no region: place not given, and online."""
    rows = csv.DictReader(
        io.StringIO(files.get(LIST.format("regions"), b"").decode("utf-8-sig"), newline="")
    )
    kinds = {row.get("kind"): row.get("code", "") for row in rows}
    return kinds.get("unplaced", UNPLACED), kinds.get("online", ONLINE)


def _rows(content: bytes) -> list[Row]:
    """Cut a file into rows; what is no text stays apart from what is."""
    return rows_of(content.decode("utf-8", "surrogateescape"))
