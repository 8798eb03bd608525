"""Keeping: the present release is stored beside the kept ones, before the next one is made."""

from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.package import load
from loaders.releases import FOLDER


def keep(directory: Path) -> str:
    """Store the files that make the present release, as they were checked; give its version.

    Nothing else that lies in the folder comes along. They are written into a folder of their own
    and moved in one step, so that a failure leaves nothing behind. Raises `Faults` if the package
    does not load, and `FileExistsError` if it is kept already.
    """
    package = load(directory)
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
    return package.release
