"""Keeping: the present release is stored beside the kept ones, before the next one is made."""

from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.package import Package, load
from loaders.releases import FOLDER


def keep(directory: Path) -> str:
    """Store the present release of a package within it; give its version.

    Raises `Faults` if the package does not load, and what `store` raises.
    """
    package = load(directory)
    store(package, directory)
    return package.release


def store(package: Package, directory: Path) -> None:
    """Store the files that make a release, as they were checked, among the kept ones of a folder.

    Nothing else that lies beside them comes along. They are written into a folder of their own
    and moved in one step, so that a failure leaves nothing behind. Raises `FileExistsError` if the
    release is kept already.
    """
    target = directory / FOLDER / package.release
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=target.parent) as scratch:
        fresh = Path(scratch) / package.release
        for name, content in package.files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        fresh.rename(target)
