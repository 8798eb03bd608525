import shutil
from pathlib import Path

import pytest

from loaders import Package, load

HOME = Path(__file__).parent.parent
DATA = HOME / "data"


@pytest.fixture(scope="session")
def package() -> Package:
    """The bundled release."""
    return load(DATA)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the bundled package, to be broken."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
