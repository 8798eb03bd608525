"""The database of releases: all of it or nothing, whatever happens to either side."""

import logging
import random
import traceback
from contextlib import suppress
from multiprocessing import get_context

import psycopg
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from keeper import team
from loaders import database as releases
from loaders.held import Held, Unusable, sound

DESCRIBED = {"datapackage.json": b'{"created": "2026-11-30"}'}
OLD = Held("1.0", {"1.0": {**DESCRIBED, "a.csv": b"made up,1\r\n"}})
NEW = Held("1.1", {"1.1": {**DESCRIBED, "a.csv": bytes(range(256))}, **OLD.releases})
ROUNDS = 50
MADE_UP = "s3cret"
"""A password. In an address it would look like one that got here by mistake."""


def put(address, held):
    with releases.opened(address) as base:
        base.put(held)


def got(address):
    with releases.reading(address) as engine:
        return releases.read(engine)


def spoil(address, *statements):
    """Do to a database what no program of ours would, as somebody with the keeper's rights."""
    writing = releases.engine(address, writes=True)
    with writing.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    writing.dispose()


def test_what_is_put_comes_back_byte_for_byte_and_a_release_that_stays_keeps_its_rows(address):
    put(address, OLD)
    assert got(address) == OLD
    with releases.reading(address) as engine, engine.connect() as connection:
        pushed = sa.select(releases.RELEASES.c.pushed).where(releases.RELEASES.c.version == "1.0")
        before = connection.scalar(pushed)
    put(address, NEW)
    assert got(address) == NEW
    with releases.reading(address) as engine, engine.connect() as connection:
        assert connection.scalar(pushed) == before
    put(address, OLD)
    assert got(address) == OLD


def test_the_program_writes_the_schema_of_its_last_migration():
    for schema in (releases.SCHEMA, team.SCHEMA):
        assert ScriptDirectory.from_config(schema.config()).get_heads() == [schema.head]


SPOILT = {
    "older": ["UPDATE alembic_version SET version_num = '0000'"],
    "newer": ["UPDATE alembic_version SET version_num = '0002'"],
    "foreign": ["DROP TABLE files", "CREATE TABLE visitors (name text)"],
    "damaged": ["UPDATE files SET content = 'x' WHERE path = 'a.csv'"],
}


@pytest.mark.parametrize("why", SPOILT)
def test_a_database_that_is_not_as_it_was_made_is_refused_and_stays_as_it_is(address, why):
    put(address, OLD)
    spoil(address, *SPOILT[why])
    with pytest.raises(Unusable) as refused:
        got(address)
    assert refused.value.why == why
    with pytest.raises(Unusable) as refused:
        put(address, NEW)
    assert refused.value.why == ("foreign" if why == "older" else why)  # no way leads from 0000
    with releases.reading(address) as engine, engine.connect() as connection:
        assert connection.scalars(sa.select(releases.RELEASES.c.version)).all() == ["1.0"]


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE files SET path = '../../a.csv' WHERE path = 'a.csv'", "damaged"),
        ("UPDATE files SET path = '.ssh/config' WHERE path = 'a.csv'", "damaged"),
        ("DELETE FROM files WHERE path = 'a.csv'", "damaged"),
        ("UPDATE state SET mark = 'ab'", "damaged"),
        ("UPDATE state SET present = '2.0'", "damaged"),
        ("UPDATE state SET mark = ''", "empty"),
    ],
)
def test_no_row_that_does_not_fit_its_marks_is_taken_for_a_file(address, statement, why):
    put(address, OLD)
    spoil(address, statement)
    with pytest.raises(Unusable) as refused:
        got(address)
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("codebook/groups.csv", True),
        ("CHANGELOG.ky.md", True),
        ("../a.csv", False),
        ("/etc/passwd", False),
        ("a/../../b", False),
        ("a\\b", False),
        (".hidden", False),
        ("a.csv\n", False),
        ("", False),
    ],
)
def test_a_path_of_a_database_leads_nowhere_else(path, fits):
    assert sound("1.0", path) == fits


@pytest.mark.parametrize(("version", "path"), [("1.0", "../../a.csv"), ("..", "a.csv")])
def test_a_path_that_leads_elsewhere_is_refused_though_its_marks_fit(address, version, path):
    put(address, Held(version, {version: {**DESCRIBED, path: b"made up"}}))
    with pytest.raises(Unusable, match="damaged"):
        got(address)


def test_a_reader_asks_before_anything_was_pushed(address):
    if address.startswith("sqlite"):
        with pytest.raises(Unusable, match="away"):
            got(address)
    with releases.opened(address):
        pass
    with pytest.raises(Unusable, match="empty"):
        got(address)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "x.db").write_text("made up " * 1000)
    for use in (got, lambda address: put(address, NEW)):
        with pytest.raises(Unusable, match="foreign"):
            use(f"sqlite:///{tmp_path}/x.db")


def test_two_who_write_wait_for_each_other(address, monkeypatch):
    monkeypatch.setattr(releases, "PATIENCE", 1)
    put(address, OLD)
    with releases.opened(address) as base:
        with pytest.raises(Unusable, match="busy"):
            put(address, OLD)
        base.put(NEW)
    assert got(address) == NEW


def test_a_read_only_database_is_refused(database):
    address = database.url("keeper")
    put(address, OLD)
    database.as_superuser("ALTER DATABASE incidents SET default_transaction_read_only = on")
    try:
        with pytest.raises(Unusable, match="read_only"):
            put(address, NEW)
    finally:
        database.as_superuser("ALTER DATABASE incidents RESET default_transaction_read_only")
    with pytest.raises(Unusable, match="read_only"):
        put(database.url("reader"), NEW)
    assert got(address) == OLD


TRIED = {
    "write": "UPDATE state SET mark = 'x'",
    "add": "INSERT INTO releases SELECT * FROM releases",
    "delete": "DELETE FROM files",
    "empty": "TRUNCATE files",
    "drop": "DROP TABLE files",
    "change": "ALTER TABLE files ADD COLUMN x text",
    "lock": "BEGIN; LOCK TABLE files IN ACCESS EXCLUSIVE MODE",
    "create": "CREATE TABLE x (y text)",
    "a schema": "CREATE SCHEMA x",
    "a temporary table": "CREATE TEMP TABLE x (y text)",
    "a function": "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a large object": "SELECT lo_create(0)",
    "another large object": "SELECT lo_from_bytea(0, 'x')",
    "a file of the server": "SELECT pg_read_file('PG_VERSION')",
    "list files of the server": "SELECT pg_ls_dir('.')",
    "copy from the server": "COPY state FROM '/etc/hostname'",
    "copy to a program": "COPY state TO PROGRAM 'cat'",
    "passwords": "SELECT * FROM pg_authid",
    "become the keeper": "SET ROLE incidents_keeper",
    "an extension": "CREATE EXTENSION dblink",
    "an account": "CREATE ROLE x",
    "what others ask": "SELECT 1/count(*) FROM pg_stat_activity "
    "WHERE usename <> current_user AND query NOT LIKE '<insufficient%'",
    "a table of cases": "SELECT * FROM cases",
}


@pytest.mark.parametrize("what", TRIED)
def test_the_account_of_the_dashboard_can_select_and_nothing_else(database, what):
    put(database.url("keeper"), OLD)
    with database.connection("keeper") as keeper:  # the next table that a keeper would make by hand
        keeper.execute("CREATE TABLE cases (name text)")
        keeper.execute("REVOKE ALL ON cases FROM incidents_reader")
        keeper.execute("INSERT INTO cases VALUES ('made up')")
    assert got(database.url("reader")) == OLD
    with database.connection("reader") as reader:
        reader.execute("SET default_transaction_read_only = off")  # it may say so, in vain
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.DivisionByZero)):
            reader.execute(TRIED[what])


@pytest.mark.parametrize("other", ["postgres", "template1"])
def test_the_account_of_the_dashboard_reaches_no_other_database(database, other):
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        database.connection("reader", other)


def test_one_database_is_known_by_any_name_of_it(database, tmp_path):
    ours = database.url("keeper")
    for name in ("127.0.0.1", "localhost", "127.1"):
        assert releases.same(ours, database.url("reader", host=name))
    database.as_superuser("CREATE DATABASE cases OWNER incidents_keeper")
    assert not releases.same(ours, database.url("keeper", "cases"))
    file, link = tmp_path / "a.db", tmp_path / "b.db"
    put(f"sqlite:///{file}", OLD)
    link.hardlink_to(file)
    assert releases.same(f"sqlite:///{file}", f"sqlite:///{tmp_path}/x/../a.db")
    assert releases.same(f"sqlite:///{file}", f"sqlite:///{link}")
    assert not releases.same(f"sqlite:///{file}", f"sqlite:///{tmp_path}/c.db")
    assert not releases.same(ours, f"sqlite:///{file}")


def test_a_server_that_is_killed_in_the_middle_of_a_push_holds_what_it_held(database):
    put(database.url("keeper"), OLD)
    with suppress(Unusable), releases.opened(database.url("keeper")) as base:
        base.put(NEW)
        database.kill()
    database.start()
    assert got(database.url("reader")) == OLD
    put(database.url("keeper"), NEW)
    assert got(database.url("reader")) == NEW


def test_a_server_that_is_killed_in_the_middle_of_a_read_gives_no_half(database):
    put(database.url("keeper"), OLD)
    with releases.reading(database.url("reader")) as engine:
        assert releases.state(engine) == OLD.mark
        database.kill()
        with pytest.raises(Unusable, match="away"):
            releases.read(engine)
        database.start()
        assert releases.read(engine) == OLD


def test_a_reader_sees_one_release_though_another_is_pushed_while_it_reads(database):
    address = database.url("keeper")
    put(address, OLD)
    with releases.reading(address) as engine:

        @sa.event.listens_for(engine, "before_cursor_execute")
        def push(connection, cursor, statement, parameters, context, executemany):
            if "FROM files" in statement:  # after the state was read
                put(address, NEW)

        assert releases.read(engine) == OLD
    assert got(address) == NEW


def push_until_killed(address, one, other):
    while True:
        put(address, one)
        put(address, other)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_push_that_is_killed_at_any_moment_leaves_the_old_or_the_new_release(address):
    some = random.Random(19)  # noqa: S311  # nothing is kept secret with it
    big = {f"{n}.csv": some.randbytes(300_000) for n in range(10)}
    one, other = (Held("1.0", {"1.0": {**DESCRIBED, "a.csv": a, **big}}) for a in (b"1", b"2"))
    put(address, one)
    seen = []
    for _ in range(ROUNDS):
        child = get_context("fork").Process(target=push_until_killed, args=(address, one, other))
        child.start()
        child.join(some.uniform(0.02, 0.3))
        child.kill()
        child.join()
        seen.append(got(address))
        child.close()
    assert all(held in (one, other) for held in seen)
    assert one in seen
    assert other in seen


@pytest.mark.parametrize(
    "broken",
    [
        f"postgresql://incidents_keeper:{MADE_UP}@127.0.0.1:1/incidents",
        f"postgresql://incidents_keeper:{MADE_UP}@host:port/incidents",
        f"postgresql://incidents_keeper:{MADE_UP}@/",
        f"mysql://incidents_keeper:{MADE_UP}@localhost/incidents",
        MADE_UP,
        "sqlite://",
    ],
)
def test_no_error_repeats_an_address(broken, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Unusable) as refused:
        got(broken)
    assert refused.value.why == ("away" if ":1/" in broken else "address")
    told = "".join(traceback.format_exception(refused.value)) + caplog.text
    assert MADE_UP not in told
    assert "incidents_keeper" not in told
