"""What the dashboard keeps of a database: the last good release, whatever becomes of that."""

import logging
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from loaders import mirror as mirrors
from loaders import shelf as shelves
from loaders.held import Held, of_folder
from loaders.mirror import Mirror
from loaders.shelf import Shelf
from tests.bundled import RELEASE
from tests.conftest import HOME, keep_as
from tests.loaders.test_database import MADE_UP, put, spoil
from tests.loaders.test_shelf import renamed

NEXT = "2099.1.0"


@pytest.fixture
def held(copy):
    """A release and the one after it, which keeps it."""
    first = of_folder(copy)
    keep_as(copy, RELEASE)
    renamed(copy, RELEASE, NEXT)
    (copy / "releases" / RELEASE / "datapackage.json").write_bytes(
        first.releases[RELEASE]["datapackage.json"]
    )
    return first, of_folder(copy)


@pytest.fixture
def readers(address, request):
    """The address as the dashboard has it."""
    if address.startswith("sqlite"):
        return address
    return request.getfixturevalue("database").url("reader")


@pytest.fixture
def opened():
    """Make mirrors, and stop them at the end."""
    made = []

    def opened(address):
        made.append(Mirror(address))
        return made[-1]

    yield opened
    for each in made:
        each.stop()


@pytest.fixture
def mirror(readers, opened):
    """A mirror that asks when it is told to."""
    return opened(readers)


@pytest.fixture
def shelf(mirror):
    return Shelf(mirror.directory, mirror.away)


def files_below(mirror):
    return {path: path.read_bytes() for path in mirror._home.rglob("*") if path.is_file()}


def test_a_new_release_is_on_show_once_it_is_pushed_and_the_old_one_is_kept(
    address, mirror, shelf, held
):
    first, second = held
    put(address, first)
    mirror.ask()
    assert (shelf.look().package.release, shelf.away, shelf.faults) == (RELEASE, None, [])
    shown = shelf.package
    mirror.ask()
    assert shelf.look().package is shown  # nothing new, nothing read
    put(address, second)
    mirror.ask()
    assert shelf.look().package.release == NEXT
    assert shelf.pinned(RELEASE)[0].release == RELEASE
    assert shelf.package.files == second.releases[NEXT]


def test_what_the_database_holds_no_more_is_nowhere_below_the_copy(address, mirror, held):
    first, second = held
    put(address, second)
    mirror.ask()
    secret = b"a line that was withdrawn, made up"
    marked = {**second.releases[NEXT], "CHECKING.md": secret}
    put(address, Held(NEXT, {**second.releases, NEXT: marked}))
    mirror.ask()
    assert [path for path, held in files_below(mirror).items() if secret in held]
    put(address, first)
    mirror.ask()
    assert not [path for path, held in files_below(mirror).items() if secret in held]
    assert len(files_below(mirror)) == len(first.releases[RELEASE])


def test_readers_keep_the_last_release_while_the_database_is_away_and_it_comes_back(
    database, held, opened, caplog
):
    caplog.set_level(logging.DEBUG)
    first, second = held
    put(database.url("keeper"), first)
    mirror = opened(database.url("reader"))
    shelf = Shelf(mirror.directory, mirror.away)
    mirror.ask()
    assert shelf.look().package.release == RELEASE
    database.stop()
    mirror.ask()
    mirror.ask()
    assert shelf.look().package.release == RELEASE
    assert (shelf.away.why, shelf.faults) == ("away", [])
    assert shelf.away.heard is not None
    database.start()
    put(database.url("keeper"), second)
    mirror.ask()
    mirror.ask()  # the first question may find the old line dead
    assert (shelf.look().package.release, shelf.away) == (NEXT, None)
    assert [each.message.strip() for each in caplog.records if each.name == mirrors.__name__] == [
        "The database cannot be read: away"
    ]
    assert "made-up" not in caplog.text
    assert "made%2Dup" not in caplog.text


def test_without_database_and_copy_nothing_is_shown_until_it_is_there(address, mirror, shelf, held):
    mirror.ask()
    assert (shelf.look().package, shelf.faults) == (None, [])
    assert shelf.away.why in ("away", "empty")
    assert shelf.away.heard is None
    put(address, held[0])
    mirror.ask()
    assert shelf.look().package.release == RELEASE


@pytest.mark.parametrize("spoilt", ["older", "newer", "damaged"])
def test_a_database_that_went_wrong_takes_nothing_from_readers(
    address, mirror, shelf, held, spoilt
):
    put(address, held[0])
    mirror.ask()
    statement = {
        "older": "UPDATE alembic_version SET version_num = '0000'",
        "newer": "UPDATE alembic_version SET version_num = '0002'",
        "damaged": "UPDATE state SET mark = 'x'",
    }[spoilt]
    spoil(address, statement)
    mirror.ask()
    assert (shelf.look().package.release, shelf.away.why) == (RELEASE, spoilt)


def test_a_package_that_does_not_load_leaves_the_last_release_on_show(address, mirror, shelf, held):
    put(address, held[0])
    mirror.ask()
    shown = shelf.look().package
    broken = {**held[0].releases[RELEASE], "places.csv": b"broken"}
    put(address, Held(NEXT, {NEXT: broken}))
    mirror.ask()
    assert shelf.look().package is shown
    assert {fault.file for fault in shelf.faults} >= {"places.csv"}


def test_a_database_that_hangs_hangs_no_reader(database, held, opened, monkeypatch):
    put(database.url("keeper"), held[0])
    mirror = opened(database.url("reader")).start()
    shelf = Shelf(mirror.directory, mirror.away)
    assert shelf.look().package.release == RELEASE
    database.hang()
    try:
        monkeypatch.setattr(mirrors, "SILENT", timedelta(0))
        monkeypatch.setattr(mirrors, "FIRST", 0.1)
        assert shelf.look().package.release == RELEASE
        assert shelf.away.why == "away"
        late = opened(database.url("reader")).start()  # begins while it hangs
        assert Shelf(late.directory, late.away).look().package is None
    finally:
        database.go_on()


def test_a_disk_without_room_leaves_the_copy_as_it_is(address, mirror, shelf, held, monkeypatch):
    put(address, held[0])
    mirror.ask()
    put(address, held[1])
    before = files_below(mirror)
    (mirror._home / "link").mkdir()  # nothing can be put in its place
    mirror.ask()
    assert (shelf.look().package.release, shelf.away.why) == (RELEASE, "no_room")
    assert files_below(mirror) == before
    (mirror._home / "link").rmdir()
    mirror.ask()
    assert (shelf.look().package.release, shelf.away) == (NEXT, None)


def test_the_copy_of_a_process_that_was_killed_is_deleted_by_the_next_one(
    tmp_path, opened, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    living = opened("sqlite:///made-up.db")
    dead = tmp_path / f"{mirrors.NAMED}made-up"
    (dead / "data").mkdir(parents=True)
    opened("sqlite:///made-up.db")
    assert not dead.exists()
    assert living._home.exists()


def test_the_first_page_loads_no_database_where_none_is_asked_for():
    script = "import sys, web.app, loaders.shelf; loaders.shelf.common().look()\n"
    script += "print({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "set()"


def test_the_dashboard_does_not_start_with_the_address_of_the_keepers_database():
    made_up = f"postgresql://k:{MADE_UP}@localhost/cases"
    ran = subprocess.run(
        [sys.executable, "-m", "web", "--port", "1"],
        cwd=HOME,
        capture_output=True,
        text=True,
        env={**os.environ, "KEEPER_URL": made_up},
    )
    assert ran.returncode == 2
    assert "KEEPER_URL" in ran.stderr
    assert MADE_UP not in ran.stderr + ran.stdout


def test_no_door_keeps_the_address_of_the_keepers_database(monkeypatch):
    monkeypatch.setenv("KEEPER_URL", f"postgresql://k:{MADE_UP}@localhost/cases")
    shelves.common.__wrapped__()
    assert "KEEPER_URL" not in os.environ
