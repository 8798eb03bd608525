import shutil

import pytest

from benchmarks.load.faults import FAKETIME, LATER, NEXT, scene
from benchmarks.load.releases import after, copied
from benchmarks.load.truth import labels, learned
from tests.deploy.serving import NGINX
from tests.postgres import INITDB

LANGUAGES = ("en",)
THERE = {
    "": NGINX,
    "clock": NGINX and FAKETIME,
    "disk": NGINX and shutil.which("bwrap"),
    "postgresql": NGINX and INITDB,
}
"""What each fault needs of this machine; `tests/install-tools.sh` brings it."""


@pytest.fixture(scope="session")
def truths(tmp_path_factory):
    """What a lone reader is told of the bundled release and of the two after it."""
    folder = tmp_path_factory.mktemp("releases")
    packages = [copied(folder / "bundled"), *(after(folder / each, each) for each in (NEXT, LATER))]
    found = [learned(package, LANGUAGES) for package in packages]
    return {each.release: each for each in found}


@pytest.fixture(scope="session")
def options(package):
    """How the options of filters begin."""
    return labels(package)


@pytest.fixture
def scenes(tmp_path):
    """Give a site that has what a fault needs."""
    return lambda needs: scene(tmp_path, needs)
