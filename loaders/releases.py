"""Kept releases: whole packages in `releases/`, each in a folder that is called like its version.

They are folders of text, not archives: the audit reads them, a withdrawal takes a row out of them,
and git stores a file that did not change between two releases only once.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from incidents.citation import PUBLISHED
from incidents.history import ADDED, Held, History, Step
from incidents.history import history as compared
from incidents.protection import is_protected
from incidents.schema import COLUMNS, Fault
from loaders.package import RELEASE, Faults, Package, load
from loaders.reading import descriptor_of
from loaders.tables import read_text

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
    return _tells_more(kept.incidents.frame, present.incidents.frame)


def _tells_more(told: pd.DataFrame, today: pd.DataFrame) -> bool:
    protected = today.loc[today["protected"], "incident_id"]
    return bool((told["incident_id"].isin(protected) & ~told["protected"]).any())


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
    return replace(found, withdrawn=present.withdrawn, incidents=incidents, newest=present)


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


def history(package: Package) -> History:
    """Tell the past of the records of a package, from it and the releases kept before it.

    What is protected in any release, a later one too, has none. A release whose records cannot be
    read, or that tells more than may be told today, counts as not kept. It is made once.
    """
    if package.incidents.rows:  # a cube keeps no earlier release
        return History((package.release,), {})
    newest = package.newest or package
    whole = newest.once("history of all", lambda: compared([*_held(newest)]))
    return package.once("history", lambda: whole.until(package.release))


def steps(package: Package, record: str) -> tuple[Step, ...]:
    """Tell the past of one record, the oldest step first; nothing of what was protected."""
    if held := package.incidents.rows:
        found = held.bearing("incident_id", record)
        told = len(found) and not found["protected"].iloc[0]
        return (Step(package.release, ADDED),) if told else ()
    return history(package).steps.get(record, ())


def _held(newest: Package) -> Iterator[Held]:
    """Give the records of every release, the oldest first."""
    folders = dict(reversed(kept(newest.directory).items()))
    today = newest.incidents.frame
    for version, folder in {**folders, newest.release: newest.directory}.items():
        found = Held(version, today) if version == newest.release else _records(folder, version)
        if found and not _tells_more(found.records, today):
            yield found


def _records(folder: Path, version: str) -> Held | None:
    """Read the records of a kept release as text, unchecked, which is quick; None if that fails."""
    faults: list[Fault] = []
    about = descriptor_of(folder, faults)
    files = list(about.files.values())
    absent = frozenset(column for file in files for column in file.absent_columns)
    frames = []
    for file in files:
        frame = read_text(folder, file.path, faults)
        if frame is None or set(COLUMNS) - set(frame) - absent:
            return None
        frames.append(frame.assign(dataset=file.dataset))
    if faults or about.release != version or not frames:
        return None
    records = pd.concat(frames, ignore_index=True).reindex(columns=PUBLISHED).fillna("")
    if records["incident_id"].duplicated().any():
        return None
    return Held(version, records.assign(protected=is_protected(records)), absent)
