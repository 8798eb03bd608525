"""Writing into a package: nothing is replaced that would not load, and everything in one go."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.cached import forget
from loaders.package import Faults, load
from loaders.releases import kept


def replace(directory: Path, texts: Mapping[Path, str]) -> None:
    """Give files of a package and its kept releases new texts, if everything loads with them.

    Raises `Faults`, and `OSError`; then no file has changed.
    """
    _check(directory, texts)
    fresh = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, new in fresh.items():  # all of them first, so that a full disk changes nothing
            write(new, texts[path])
            shutil.copymode(path, new)
        for path, new in fresh.items():
            new.replace(path)
        for folder in {path.parent for path in texts}:
            forget(folder)
    finally:
        for new in fresh.values():
            new.unlink(missing_ok=True)


def read(path: Path) -> str:
    """Read a text with its line ends and its mark at the beginning as they are."""
    return path.read_bytes().decode("utf-8")


def write(path: Path, text: str) -> None:
    """Write a text with its line ends as they are."""
    path.write_bytes(text.encode("utf-8"))


def _check(directory: Path, texts: Mapping[Path, str]) -> None:
    """Load a copy with the new texts: the package, and each kept release that loads now."""
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "data"
        shutil.copytree(directory, copy, ignore=shutil.ignore_patterns(".*"))
        changed = {copy / path.relative_to(directory): text for path, text in texts.items()}
        releases = [path for path in kept(copy).values() if _holds(path, changed) and _loads(path)]
        for path, text in changed.items():
            write(path, text)
        for release in (copy, *releases):
            load(release)


def _holds(release: Path, paths: Mapping[Path, str]) -> bool:
    return any(release in path.parents for path in paths)


def _loads(directory: Path) -> bool:
    try:
        load(directory)
    except Faults:
        return False
    return True
