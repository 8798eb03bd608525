"""Publishing new cases into a large package: `python -m benchmarks.publishing`.

Against doing it by hand with what there was before: load the package, load a package of the new
rows, write both into one file, and let `keeper.writing.replace` hold it to every rule. Each runs
once, in a process of its own: seconds, their ratio, and the most memory that each held.
"""

import argparse
import gc
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from benchmarks.checking import cases, ran
from benchmarks.generate import directory
from keeper.checking import MADE
from keeper.describing import describe, with_descriptors
from keeper.publishing import Asked, publish
from keeper.withdrawal import rows_of
from keeper.writing import read, replace
from loaders import load

RECORDS, CASES = 100_000, 1_000


class _Any(int):
    """As many questions as are asked: nobody looks at what is generated."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


ANY = _Any()


def prepared(folder: Path) -> None:
    """Write a package, one of the new rows alone, and the same rows as a keeper's cases."""
    package = load()
    for name, n in (("package", RECORDS), ("rows", CASES)):
        made = directory(package, n, folder / name)
        (made / "CHANGELOG.md").write_text("# Generated\n", encoding="utf-8")
        describe(made)
    told = pd.read_csv(cases(package, CASES, folder / "cases.csv"), dtype=str)
    starts = told["dataset"].map({k: f"{v[0]:%F}" for k, v in package.incidents.collection.items()})
    told["incident_id"] = "C" + told["incident_id"]  # numbers of a keeper, not of records
    told[told["date"] >= starts].to_csv(folder / "cases.csv", index=False)
    (folder / "keys").mkdir(mode=0o700)


def by_hand(folder: Path) -> None:
    """Load both, write both, and let the outcome be checked."""
    package, fresh = load(folder / "package"), load(folder / "rows")
    texts = {}
    for table in package.descriptor.files.values():
        path = package.directory / table.path
        added = rows_of(read(fresh.directory / table.path))[1:]
        texts[path] = read(path) + "".join(row.text.replace("G-", "H-", 1) for row in added)
    replace(package.directory, with_descriptors(texts))


def published(folder: Path) -> None:
    """Publish the cases, as the command does."""
    gc.set_threshold(MADE)
    asked = Asked([folder / "cases.csv"], folder / "keys" / "keys.csv", looked=ANY)
    publish(folder / "package", asked, datetime.now(UTC).date())


def main() -> None:
    """Print both times, their ratio, and the memory of both."""
    found = {}
    for name in ("by_hand", "published"):
        with tempfile.TemporaryDirectory() as scratch:
            prepared(Path(scratch))
            found[name] = ran(sys.executable, "-m", "benchmarks.publishing", name, scratch)
    (theirs, taken), (ours, held) = found.values()
    print(f"{CASES:,} generated cases into {RECORDS:,}, published against written by hand:")
    print(f"  ×{ours / theirs:5.2f} the time    {ours:.1f} against {theirs:.1f} s")
    print(f"  ×{held / taken:5.2f} the memory  {held:.0f} against {taken:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publishing")
    parser.add_argument("what", nargs="?", choices=("by_hand", "published"))
    parser.add_argument("folder", nargs="?", type=Path)
    asked = parser.parse_args()
    if asked.what:
        {"by_hand": by_hand, "published": published}[asked.what](asked.folder)
    else:
        main()
