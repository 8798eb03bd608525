"""The typed records of a large package, kept beside its files: the next start takes a second.

What is kept is named by every file it came from and by the code that read it: whatever changes, it
is void, and goes before anything else is kept. It holds what the files hold, so where they are made
to say less it goes with them (`forget`). Where nothing can be written, nothing is kept.
"""

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import get_ident

import pandas as pd

from loaders.reading import Files, marked
from loaders.settings import HOME
from loaders.tables import LARGE

FOLDER = ".cache"
"""Where it is kept in the folder of a package. What begins with a dot is no part of one."""


class Cached:
    """What is kept of the records in one folder, for its files as they are now.

    `path` is None where the records are too few to be worth it.
    """

    def __init__(self, directory: Path, files: Files) -> None:
        """Name it by the files and by the code; what has another name is void, and removed."""
        records = (each.path for each in files.descriptor.files.values())
        large = sum(len(files.contents.get(path, b"")) for path in records) >= LARGE
        name = f"{marked(files.contents)[:32]}-{code()[:16]}.arrow" if large else ""
        self.path = directory / FOLDER / name if large else None
        forget(directory, but=name)

    def read(self) -> pd.DataFrame | None:
        """Give the records; None where none are kept, or what is kept is broken."""
        if self.path is None or not self.path.exists():
            return None
        try:
            found = pd.read_feather(self.path)
        except Exception:  # whatever a file that was cut off makes Arrow say
            return None
        for name in found.columns[found.dtypes == "category"]:
            if found[name].cat.categories.empty:  # of no categories Arrow does not know the type
                found[name] = found[name].astype(pd.CategoricalDtype(pd.Index([], dtype="str")))
        return found

    def write(self, records: pd.DataFrame) -> None:
        """Keep records that were checked: whole, or not at all."""
        if self.path is None:
            return
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}.{get_ident()}")
        with suppress(OSError):
            try:
                self.path.parent.mkdir(exist_ok=True)
                records.to_feather(fresh, compression="lz4")
                fresh.replace(self.path)
            finally:
                fresh.unlink(missing_ok=True)


def forget(directory: Path, but: str = "") -> None:
    """Remove what is kept in the folder of a package, but for one."""
    for path in (directory / FOLDER).glob("*.arrow"):
        if path.name != but:
            with suppress(OSError):
                path.unlink()


@cache
def code() -> str:
    """Mark the code that reads and types records, and what it does so with."""
    mark = hashlib.sha256("".join(map(version, ("pandas", "pyarrow"))).encode())
    for path in sorted(p for name in ("incidents", "loaders") for p in (HOME / name).rglob("*.py")):
        mark.update(path.read_bytes())
    return mark.hexdigest()
