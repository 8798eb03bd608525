"""Kept releases: whole packages in `releases/`, each in a folder that is called like its version.

They are folders of text, not archives: the audit reads them, a withdrawal takes a row out of them,
and git stores a file that did not change between two releases only once.
"""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

from incidents.schema import Fault
from loaders.package import RELEASE, Faults, Package, load

FOLDER = "releases"
REASONS = "withdrawal_reasons"


def kept(directory: Path) -> dict[str, Path]:
    """List the kept releases of a package, or of one that it keeps, by version, newest first."""
    if directory.parent.name == FOLDER:
        directory = directory.parent.parent
    folders = [path for path in directory.glob(f"{FOLDER}/*") if path.is_dir()]
    found = [path for path in folders if RELEASE.fullmatch(path.name)]
    found.sort(key=lambda path: [int(n) for n in re.findall(r"\d+", path.name)], reverse=True)
    return {path.name: path for path in found}


def tells_more(kept: Package, present: Package) -> bool:
    """Say whether a record that is protected today stands in a kept release without protection."""
    protected, told = (p.incidents.frame[["incident_id", "protected"]] for p in (present, kept))
    today = protected.loc[protected["protected"], "incident_id"]
    return bool((told["incident_id"].isin(today) & ~told["protected"]).any())


def release(version: str, present: Package) -> Package | None:
    """Give one release: the present package, or a kept one; None if it is not kept.

    One that tells more of a record than may be told today counts as not kept.
    A kept one knows of every record that was withdrawn since, and why: the reasons are the present
    ones, of which its own list may not yet hold all. Raises `Faults`.
    """
    if version == present.release:
        return present
    folder = kept(present.directory).get(version)
    if folder is None:
        return None
    found = load(folder)
    if found.release != version:
        raise Faults([Fault("datapackage.json", 0, "version", found.release, "not_a_release")])
    if tells_more(found, present):
        return None
    lists = {**found.codebook.lists, REASONS: present.codebook.lists[REASONS]}
    incidents = replace(found.incidents, codebook=replace(found.codebook, lists=lists))
    return replace(found, withdrawn=present.withdrawn, incidents=incidents)


def snapshot(package: Package) -> Path:
    """Say where the copy of a release as files is packed, once it is made: beside the data."""
    return package.directory / f"{package.name}_snapshot_{package.release}.zip"


def snapshot_of(package: Package) -> Path | None:
    """Find the packed copy, if it was made of the very data of a package: its comment says so."""
    path = snapshot(package)
    try:
        with zipfile.ZipFile(path) as packed:
            return path if packed.comment.decode("ascii", "replace") == package.mark else None
    except (OSError, zipfile.BadZipFile):
        return None


def added(package: Package) -> dict[str, frozenset[str]]:
    """Give the records that each release was the first to hold, up to a package, oldest first.

    What is protected in any release, a later one too, is left out. A release that cannot be read,
    or tells more than may be told today, counts as not kept.
    """
    present = package
    if package.directory.parent.name == FOLDER:
        present = load(package.directory.parent.parent)
    versions = [*reversed(kept(package.directory)), present.release]
    held = {v: found for v in versions if (found := _readable(v, present)) is not None}
    hidden = {name for each in held.values() for name in _identifiers(each, protected=True)}
    first: dict[str, frozenset[str]] = {}
    known: set[str] = set()
    for version, each in held.items():
        names = set(_identifiers(each, protected=False)) - hidden
        first[version] = frozenset(names - known)
        known |= names
        if version == package.release:
            break
    return first


def _readable(version: str, present: Package) -> Package | None:
    try:
        return release(version, present)
    except Faults:
        return None


def _identifiers(package: Package, *, protected: bool) -> list[str]:
    frame = package.incidents.frame
    return list(frame.loc[frame["protected"] == protected, "incident_id"])
