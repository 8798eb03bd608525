"""The keys: which public record a keeper's case became. The one file that could identify everybody.

It has a row for each case, in the order in which identifiers were drawn: the keeper's number, the
identifier. A release says how many were drawn when it was made, and their hash, so that an older
file and one of another project are known. No message and no `repr` holds a number.
"""

import csv
import fcntl
import hashlib
import io
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from keeper.withdrawal import Refused
from loaders.descriptor import NAME

HEAD = ["case_number", "incident_id"]
DRAWN = "drawn"
"""The property of a descriptor that tells of the keys: how many, and the hash of identifiers."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
"""What others may do with a file or a folder."""


@dataclass
class Keys:
    """The identifiers by the keeper's number, in the order in which they were drawn."""

    drawn: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, path: Path) -> "Keys":
        """Read a file of keys; one that is not there has none. Raises `Refused`."""
        if not path.exists():
            return cls()
        try:
            rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
        except (UnicodeDecodeError, csv.Error):
            raise Refused("keys_broken") from None
        drawn = {row[0]: row[1] for row in rows[1:] if len(row) == len(HEAD)}
        ends = path.read_bytes().endswith(b"\n")
        if rows[:1] != [HEAD] or len(drawn) != len(rows) - 1 or not ends:
            raise Refused("keys_broken")
        if len(set(drawn.values())) != len(drawn) or not all(map(all, rows)):
            raise Refused("keys_broken")
        return cls(drawn)

    def more(self, drawn: Mapping[str, str]) -> "Keys":
        """Add cases behind those that are there."""
        return Keys({**self.drawn, **drawn})

    @property
    def mark(self) -> dict[str, Any]:
        """Tell of the keys what a release may: how many there are, and a hash of identifiers."""
        return {"n": len(self.drawn), "hash": _hash(self.drawn.values())}

    def fit(self, described: Mapping[str, Any], known: frozenset[str]) -> None:
        """Refuse keys that are older than the release, or not its own. Raises `Refused`.

        They may hold more: numbers that were drawn for a release which was then not written.
        `known` are the identifiers of its records.
        """
        told = described.get(DRAWN) or {"n": 0, "hash": _hash(())}
        ids = list(self.drawn.values())
        if len(ids) < told["n"]:
            raise Refused("keys_missing" if not ids else "keys_older")
        spare = ids[told["n"] :]
        if _hash(ids[: told["n"]]) != told["hash"] or known & set(spare):
            raise Refused("keys_of_another")

    def write(self, path: Path) -> None:
        """Put the keys in place of those that stand there, readable by their owner alone."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([HEAD, *map(list, self.drawn.items())])
        fresh = path.with_name(f".{path.name}.new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(text.getvalue().encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def _hash(ids: Iterable[str]) -> str:
    return f"sha256:{hashlib.sha256(chr(10).join(ids).encode()).hexdigest()}"


def safe(path: Path, directory: Path) -> Path:
    """Give the real place of a file of keys. Raises `Refused` for one where others find it."""
    path = path.resolve()
    if directory.resolve() in path.parents or any((each / NAME).exists() for each in path.parents):
        raise Refused("keys_in_package")
    if any((each / ".git").exists() for each in path.parents):
        raise Refused("keys_in_git")
    if not path.parent.is_dir():
        raise Refused("keys_nowhere")
    if path.is_dir() or (path.exists() and not stat.S_ISREG(path.stat().st_mode)):
        raise Refused("keys_broken")
    if path.parent.stat().st_mode & OTHERS or (path.exists() and path.stat().st_mode & OTHERS):
        raise Refused("keys_readable")
    return path


@dataclass(frozen=True)
class File:
    """A file of keys, which one keeper at a time has open."""

    path: Path = field(repr=False)

    def keys(self) -> Keys:
        """Read the keys. Raises `Refused`."""
        return Keys.read(self.path)

    def write(self, keys: Keys) -> None:
        """Put the keys in place of those that stand there. Raises `OSError`."""
        keys.write(self.path)


@contextmanager
def opened(path: Path, directory: Path) -> Iterator[File]:
    """Open a file of keys for one keeper at a time. `directory` is the package.

    Raises `Refused`, and `OSError`.
    """
    path = safe(path, directory)
    with locked(path.parent):
        yield File(path)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for one keeper at a time. Raises `Refused` where another one has it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("in_use") from None
        if os.fstat(handle).st_ino != folder.stat().st_ino:  # another release has come meanwhile
            raise Refused("in_use")
        yield
    finally:
        os.close(handle)
