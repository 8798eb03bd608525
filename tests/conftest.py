import json
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from loaders import Package, load

settings.register_profile("patient", deadline=None)  # speed is measured in benchmarks, not here
settings.load_profile("patient")

HOME = Path(__file__).parent.parent
DATA = HOME / "data"


@pytest.fixture(scope="session")
def package() -> Package:
    """The bundled release."""
    return load(DATA)


def copied(folder: Path) -> Path:
    """Copy the bundled package, without kept releases and tombstones, into a folder."""
    kept = shutil.ignore_patterns("releases")
    copy = Path(shutil.copytree(DATA, folder / "data", ignore=kept))
    withdrawn = copy / "withdrawn.csv"
    withdrawn.write_text(withdrawn.read_text(encoding="utf-8").splitlines(keepends=True)[0])
    return copy


def keep_as(directory: Path, version: str) -> Path:
    """Keep a plain copy of a package beside it, under another version number; give its folder."""
    kept = directory / "releases" / version
    shutil.copytree(directory, kept, ignore=shutil.ignore_patterns("releases"))
    path = kept / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**described, "version": version}), encoding="utf-8")
    return kept


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the bundled package, to be broken."""
    return copied(tmp_path)
