"""Kept releases: whole packages in `releases/`, each in a folder that is called like its version.

They are folders of text, not archives: the audit reads them, a withdrawal takes a row out of them,
and git stores a file that did not change between two releases only once.
"""

import re
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
