"""Files and the database of releases: push, pull, and what has to be changed in both.

Whatever replaces a release by another content says which state it replaces, so that nobody's work
is written over unseen, and nothing that was withdrawn comes back.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from keeper.coarsening import only_coarser
from keeper.release import exchange
from keeper.withdrawal import Refused
from loaders import database
from loaders.held import Held, Unusable, in_order, of_folder
from loaders.package import SNAPSHOT

T = TypeVar("T")
SHORT = 12
"""How many letters of a mark name a state."""


@dataclass(frozen=True)
class Sent:
    """What was sent one way or the other: the releases, and whether that changed anything."""

    held: Held
    changed: bool


def push(directory: Path, address: str, keepers: str = "", replaces: str = "") -> Sent:
    """Replace what the database holds by a package and its kept releases, in one transaction.

    `keepers` is the address of what is never published, `replaces` the state whose releases may
    change. Raises `Faults` where a release does not load or says more than it may, `Refused`,
    `Unusable`.
    """
    held = of_folder(directory)
    _separate(address, keepers)
    with database.opened(address) as base:
        refuse(base.held, held, replaces)
        changed = base.held is None or base.held.mark != held.mark
        if changed:
            base.put(held)
    return Sent(held, changed)


def pull(directory: Path, address: str, replaces: str = "") -> Sent:
    """Put what the database holds in the place of a folder, in one step.

    What else lies in the folder stays, but for copies as files, which are of other data. Raises as
    `push` does, and `OSError`.
    """
    if not address:
        raise Refused("no_database")
    with database.reading(address) as engine:
        held = database.read(engine)
    directory.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=directory.parent) as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir(mode=0o755)
        if directory.exists() and any(directory.iterdir()):
            before = of_folder(directory)
            refuse(before, held, replaces)
            if before.mark == held.mark:
                return Sent(held, changed=False)
            _copy_the_rest(directory, fresh, before)
        held.write(fresh)
        of_folder(fresh)  # what a database says is checked as files are
        os.sync()
        directory.mkdir(exist_ok=True)
        exchange(fresh, directory)
    return Sent(held, changed=True)


def everywhere(directory: Path, address: str, keepers: str, change: Callable[[Path], T]) -> T:
    """Change the files of a package, and what the database holds, which may be another release.

    The database commits last: what fails before leaves both as they were. Where the commit fails
    the files are changed already, which is refused as half_done: the same again ends it, since
    either of them may have been changed before. Raises as `push` does.
    """
    _separate(address, keepers)
    changed = False
    try:
        with database.opened(address) as base, TemporaryDirectory() as scratch:
            there = _changed_there(base, Path(scratch), change)
            done = _tried(change, directory)
            changed = True
    except Unusable:
        if changed:
            raise Refused("half_done") from None
        raise
    if not isinstance(done, Refused):
        return done
    if there is not None and not isinstance(there, Refused):
        return there
    raise done


def refuse(old: Held | None, new: Held, replaces: str = "") -> None:
    """Refuse to put releases in the place of others where that would lose something or tell more.

    Raises `Refused`: brings_back, older_release, opens_again, or taken, where releases would change
    or go and that is not the state that `replaces` names. A kept release from which nothing but
    regions of protected records was taken, as publishing does, only tells less: it may change.
    """
    gone = new.withdrawn() | (old.withdrawn() if old else set())
    again = {name for version in new.releases for name in new.identifiers(version)} & gone
    if again or (old and old.withdrawn() - new.withdrawn()):
        raise Refused("brings_back")
    if old is None or old.mark == new.mark:
        return
    if in_order(new.present) < in_order(old.present):
        raise Refused("older_release", [new.present, old.present])
    both = [version for version in old.releases if version in new.releases]
    if opened := [version for version in both if old.closed(version) > new.closed(version)]:
        raise Refused("opens_again", opened)
    changed = [version for version in old.releases if not _holds(new, old, version)]
    if changed and replaces != old.mark[:SHORT]:
        raise Refused("taken", [", ".join(changed), old.mark[:SHORT]])


def _holds(new: Held, old: Held, version: str) -> bool:
    """Say whether a release stands as it did, or is kept and only tells less."""
    if version not in new.releases or new.marks[version] == old.marks[version]:
        return version in new.releases
    coarser = only_coarser(old.releases[version], new.releases[version])
    return version != new.present and coarser


def _separate(address: str, keepers: str) -> None:
    """Refuse a database that is also the keeper's own. Raises `Refused`, `Unusable`."""
    if not address:
        raise Refused("no_database")
    if keepers and database.same(address, keepers):
        raise Refused("one_database")


def _changed_there(
    base: database.Base, scratch: Path, change: Callable[[Path], T]
) -> T | Refused | None:
    """Change what the database holds; None where it holds nothing."""
    if base.held is None:
        return None
    base.held.write(scratch / "data")
    found = _tried(change, scratch / "data")
    if not isinstance(found, Refused):
        base.put(of_folder(scratch / "data"))
    return found


def _tried(change: Callable[[Path], T], directory: Path) -> T | Refused:
    try:
        return change(directory)
    except Refused as problem:
        return problem


def _copy_the_rest(directory: Path, fresh: Path, held: Held) -> None:
    """Copy what is no part of the package."""
    shutil.copytree(
        directory,
        fresh,
        symlinks=True,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(SNAPSHOT),
    )
    for path, _ in held.paths():
        (fresh / path).unlink()
