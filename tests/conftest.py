import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from keeper.withdrawal import without_idle_words
from loaders import Package, load
from tests import postgres
from tests.browser.serving import CHROMIUM, FLAGS

settings.register_profile("patient", deadline=None)  # speed is measured in benchmarks, not here
settings.load_profile("patient")
expect.set_options(timeout=20_000)

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


def forget_words(directory: Path) -> None:
    """Take out the translations and names of texts that a test has changed or taken out."""
    for path, text in without_idle_words(directory, {}).items():
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A real PostgreSQL with the accounts of docs/database.md."""
    if postgres.INITDB is None:
        pytest.skip("there is no PostgreSQL (tests/install-tools.sh)")
    with postgres.running() as found:
        yield found


@pytest.fixture
def database(server: postgres.Server) -> postgres.Server:
    """The same, without any table."""
    postgres.emptied(server)
    return server


@pytest.fixture(params=["sqlite", "postgresql"])
def team_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of a keeper's own."""
    if request.param == "sqlite":
        (tmp_path / "team").mkdir(mode=0o700)
        return f"sqlite:///{tmp_path}/team/team.db"
    server: postgres.Server = request.getfixturevalue("server")
    postgres.emptied(server, "team")
    return server.url("team", "team")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, as its keeper has it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/releases.db"
    return request.getfixturevalue("database").url("keeper")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the bundled package, to be broken."""
    return copied(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, one for all tests of a process: no second Playwright starts there."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab that the tests of a file share; every visit is a session of its own all the same."""
    opened = browser.new_page(
        viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    yield opened
    opened.close()
