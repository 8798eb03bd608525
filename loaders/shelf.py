"""The last good release, shared by all readers: read again when a file changes, never taken away.

One reader at a time looks at the files; the others wait for what that one finds, so that nobody
meets an empty shelf while the first release is being read.
"""

import logging
import os
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from threading import RLock

from incidents.schema import Fault
from loaders.mirror import Away, Mirror
from loaders.package import SNAPSHOT, Faults, Package, load
from loaders.releases import release
from loaders.settings import KEEPER_URL, Settings

Signature = tuple[tuple[str, int, int], ...]
"""One state of the files: path, time of the last change and size of each."""

LOG = logging.getLogger(__name__)


class Shelf:
    """The last good package, what is wrong with the files since, and the kept releases in use.

    `package` is None until one could be read; `faults` are empty while the files are good;
    `signature` is the state of the files that was read last, None where that has to be tried again.
    """

    def __init__(
        self,
        directory: Callable[[], Path | None] = lambda: Settings().data,
        away: Callable[[], Away | None] = lambda: None,
    ) -> None:
        """Take the folder of the package, asked for at every look; nothing is read yet.

        Where the folder is a copy of a database's, it is None as long as there is none, and `away`
        says whether the database can be read.
        """
        self.package: Package | None = None
        self.faults: list[Fault] = []
        self.signature: Signature | None = None
        self._directory, self._away = directory, away
        self._kept: dict[str, Package] = {}
        self._lock = RLock()

    @property
    def away(self) -> Away | None:
        """Why the database behind the files cannot be read; None where it can, or there is none."""
        return self._away()

    def look(self) -> "Shelf":
        """Look at the files and read them if they changed; give this shelf.

        Faults, and any other error, leave the last good package where it is. After an error that
        is no fault of the data the next look tries again.
        """
        with self._lock:
            directory = self._directory()
            if directory is None:
                return self
            try:
                signature = _signature(directory)
                if signature != self.signature:
                    self._put(load(directory))
                    self.signature = signature
            except Faults as problem:
                self.faults, self.signature = problem.faults, signature
            except MemoryError:
                raise
            except Exception as error:
                self._cannot_read(error)
        return self

    def pinned(self, version: str, seen: Package | None = None) -> tuple[Package, str]:
        """Give a release by its version; the present one, and why, where that cannot be.

        Who has `seen` a package goes on with it, though another came meanwhile. Why is empty,
        `no_such_release` or `broken_release`. Raises `Faults` while the shelf is empty.
        """
        with self._lock:
            present = seen or self.package or self.look().package
            if present is None:
                raise Faults(self.faults)
            if version in ("", present.release):
                return present, ""
            if version not in self._kept:
                try:
                    found = release(version, present)
                except MemoryError:
                    raise
                except Exception:
                    return present, "broken_release"
                if found is None:
                    return present, "no_such_release"
                if present is not self.package:  # it would not know of the withdrawals since
                    return found, ""
                self._kept[version] = found
            return self._kept[version], ""

    def _put(self, package: Package) -> None:
        """Put a package on the shelf; kept releases know of its withdrawals, so they go."""
        self.package, self.faults = package, []
        self._kept.clear()

    def _cannot_read(self, error: Exception) -> None:
        """Keep an error as a fault. What it says may hold a cell, so only its kind is told."""
        name, value = "datapackage.json", type(error).__name__
        if isinstance(error, OSError):
            name, value = Path(str(error.filename or name)).name, error.strerror or value
        faults = [Fault(name, 0, "", value, "unreadable")]
        if faults != self.faults:
            frames = "".join(traceback.format_tb(error.__traceback__))
            LOG.error("The data cannot be read: %s\n%s", type(error).__name__, frames)
        self.faults, self.signature = faults, None


@dataclass(frozen=True)
class Standing:
    """A shelf as it stood at a moment: what is told in one go is told of one release."""

    shelf: Shelf
    package: Package

    def pinned(self, version: str) -> tuple[Package, str]:
        """Give a release by its version, as the shelf does."""
        return self.shelf.pinned(version, self.package)


@cache
def common() -> Shelf:
    """Give the one shelf of this process, which all doors share: of a folder or of a database.

    The address of the keeper's own database is forgotten here: no door has any use for it.
    """
    os.environ.pop(KEEPER_URL.variable, None)
    address = Settings().database
    if not address:
        return Shelf()
    mirror = Mirror(address).start()
    return Shelf(mirror.directory, mirror.away)


def _signature(directory: Path) -> Signature:
    """Tell one state of the present release's files from another; kept ones change with it."""
    found = []
    for folder in (directory, *(directory / name for name in ("codebook", "checking", "cube"))):
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
            for each in entries:
                shown = not each.name.startswith(".") and not fnmatch(each.name, SNAPSHOT)
                if shown and each.is_file():
                    stat = each.stat()
                    found.append((each.path, stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(found))
