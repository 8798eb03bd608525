"""Packages to put in the place of one another: the bundled release, and made-up ones after it."""

import csv
import shutil
from pathlib import Path

from loaders.settings import HOME

VERSIONS = ("2099.1.0", "2099.2.0")
"""What the made-up releases after the bundled one are called."""
TABLES = ("media_attacks.csv", "rights_incidents.csv")


def copied(folder: Path) -> Path:
    """Copy the bundled package, without kept releases, into a folder; give its path."""
    return Path(shutil.copytree(HOME / "data", folder, ignore=shutil.ignore_patterns("releases")))


def after(folder: Path, version: str) -> Path:
    """Make a release after the bundled one: some cases are contested, so that counts change."""
    copied(folder)
    for name in TABLES:
        _contest(folder / name, every=7 + VERSIONS.index(version))
    described = folder / "datapackage.json"
    text = described.read_text(encoding="utf-8")
    old, new = (f'"version": "{each}"' for each in (_version(text), version))
    described.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def broken(folder: Path) -> Path:
    """Make a package of which a row says what cannot be: it must not be shown."""
    path = copied(folder) / TABLES[0]
    path.write_text(path.read_text(encoding="utf-8").replace(",day,", ",sometime,"), "utf-8")
    return folder


def _contest(path: Path, every: int) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[::every]:
        row["flag"] = "contested"
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        written.writeheader()
        written.writerows(rows)


def _version(described: str) -> str:
    return described.partition('"version": "')[2].partition('"')[0]
