"""A release takes the place of another: made beside the package, checked, exchanged in one step."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from keeper.describing import as_text, with_descriptors
from keeper.keeping import store
from keeper.withdrawal import Refused, without_idle_words, without_lonely_regions
from keeper.writing import write
from loaders import cached
from loaders.descriptor import NAME
from loaders.grown import sound
from loaders.package import SNAPSHOT, Package, load
from loaders.releases import FOLDER

AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""What Linux calls a path from where one stands, and two names that change places."""


def replaced(
    package: Package,
    texts: Mapping[str, str],
    described: Mapping[str, Any],
    first: Callable[[], None],
) -> None:
    """Put the next release in the place of a package, and keep the present one within it.

    `texts` are the new texts of files by their names; copies as files, packed beside the data, go.
    `first` is called once all is checked, right before the exchange. Raises `Refused`, `Faults` and
    `OSError`; then nothing has changed.
    """
    directory = package.directory.resolve()
    begins = f".publishing-{directory.name}-"
    for left in directory.parent.glob(f"{begins}*"):  # by one that was killed
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=begins, dir=directory.parent) as scratch:
        fresh = Path(scratch) / directory.name
        left_out = shutil.ignore_patterns(SNAPSHOT, cached.FOLDER)
        shutil.copytree(directory, fresh, copy_function=os.link, ignore=left_out)
        _keep(package, fresh)
        _put({fresh / name: text for name, text in texts.items()})
        found, _ = without_lonely_regions(fresh, {}, package.codebook)
        _put(found)
        _put(without_idle_words(fresh, {}))
        changed = {fresh / name: text for name, text in texts.items()} | found
        changed[fresh / NAME] = as_text(described)
        _put(with_descriptors(changed))
        if not sound(fresh, package):
            load(fresh)
        for folder in {path.parent for path in found} - {fresh}:
            load(folder)
        first()
        os.sync()  # what is exchanged is on the disk, whenever the power goes
        exchange(fresh, directory)


def _keep(package: Package, fresh: Path) -> None:
    """Store the present release; one that is kept already has to be the same. Raises `Refused`."""
    try:
        store(package, fresh)
    except FileExistsError as error:
        if load(fresh / FOLDER / package.release).mark != package.mark:
            raise Refused("kept_differs", [package.release]) from error


def _put(texts: Mapping[Path, str]) -> None:
    """Write files anew: what stood there may be a file of the present release, too."""
    for path, text in texts.items():
        path.unlink(missing_ok=True)
        write(path, text)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step, where the system can; else in two."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        done = libc.renameat2(
            AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE
        )
        reason = ctypes.get_errno()
    except AttributeError:  # not Linux
        done, reason = -1, errno.ENOSYS
    if done == 0:
        return
    if reason not in (errno.ENOSYS, errno.EINVAL):
        raise OSError(reason, os.strerror(reason), str(other))
    aside = one.with_name(f"{other.name}.old")
    other.rename(aside)
    one.rename(other)
