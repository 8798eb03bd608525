"""The database of releases (`INCIDENTS_URL`): read whole, replaced in one transaction.

It holds files, since every check, fingerprint and withdrawal works on files. What it says is
checked by its marks, so that a half or a strange one is never taken for a release. SQLAlchemy is
loaded here, and this module only where a database is asked for.

No error of a driver leaves this module: it may hold an address, a password or a row.
"""

import json
import logging
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from loaders.descriptor import NAME
from loaders.held import Held, Unusable, sound
from loaders.versions import RUN, Schema

HEAD = "0001"
"""The version of the schema that this program reads and writes."""
PATIENCE = 5
"""How many seconds a connection or a lock is waited for."""
LONGEST = {False: 10, True: 120}
"""How many seconds a statement may take: of a reader, of a writer."""
META = sa.MetaData()
RELEASES = sa.Table(
    "releases",
    META,
    *(sa.Column(name, sa.Text) for name in ("version", "mark", "created")),
    sa.Column("pushed", sa.DateTime(timezone=True)),
)
FILES = sa.Table(
    "files",
    META,
    *(sa.Column(name, sa.Text) for name in ("release", "path", "sha256")),
    sa.Column("content", sa.LargeBinary),
)
STATE = sa.Table("state", META, *(sa.Column(name, sa.Text) for name in ("present", "mark")))
SCHEMA = Schema(frozenset(META.tables), HEAD, RUN / "versions")
OF_POSTGRESQL = {
    "42501": "refused",
    "25006": "read_only",
    "42P01": "foreign",
    "42703": "foreign",
    "55P03": "busy",
    "42P07": "busy",
    "23505": "busy",
}
OF_SQLITE = {
    "SQLITE_READONLY": "read_only",
    "SQLITE_NOTADB": "foreign",
    "SQLITE_ERROR": "foreign",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_BUSY": "busy",
}
"""What codes of errors mean here; every other, that the database is away."""
LOG = logging.getLogger(__name__)


@dataclass
class Base:
    """The database inside one transaction of a writer, which holds its lock.

    `held` is None where nothing was pushed yet; `dropped`: rows were taken out.
    """

    connection: Connection
    held: Held | None
    dropped: bool = False

    def put(self, new: Held) -> None:
        """Replace what is held; a release that stays as it is keeps its rows."""
        old = self.held.marks if self.held else {}
        run = self.connection.execute
        gone = [version for version in old if new.marks.get(version) != old[version]]
        run(sa.delete(FILES).where(FILES.c.release.in_(gone)))
        run(sa.delete(RELEASES).where(RELEASES.c.version.in_(gone)))
        for version in new.releases:
            if version not in old or version in gone:
                run(sa.insert(RELEASES), [_release(new, version)])
                run(sa.insert(FILES), [*_files(new, version)])
        run(sa.update(STATE).values(present=new.present, mark=new.mark))
        self.dropped = self.dropped or bool(gone)


def engine(address: str, *, writes: bool = False) -> Engine:
    """Give what connects to an address, one connection at a time. Raises `Unusable`.

    A reader sees all of a transaction as its first statement did: else a release that is pushed
    meanwhile would fit none of its marks. A writer sees what the one before it wrote.
    """
    url = parsed(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite(Path(url.database or ""), writes=writes)
    return sa.create_engine(
        url,
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
        connect_args=_patient(url, writes=writes),
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
    )


def parsed(address: str) -> URL:
    """Read an address of PostgreSQL or SQLite. Raises `Unusable`, and repeats nothing of it."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise Unusable("address") from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url
    if kind in ("postgres", "postgresql") and url.database:
        return url.set(drivername="postgresql+psycopg")
    raise Unusable("address")


def state(engine: Engine) -> str:
    """Ask for the mark of what is held: another one, another state. Raises `Unusable`."""
    with told(), engine.connect() as connection:
        SCHEMA.check(connection)
        return str(connection.scalar(sa.select(STATE.c.mark)))


def read(engine: Engine) -> Held:
    """Read everything that is held. Raises `Unusable`."""
    with told(), engine.connect() as connection:
        SCHEMA.check(connection)
        found = _held(connection)
    if found is None:
        raise Unusable("empty")
    return found


@contextmanager
def reading(address: str) -> Iterator[Engine]:
    """Give what reads from an address, for a while. Raises `Unusable`."""
    made = engine(address)
    try:
        yield made
    finally:
        made.dispose()


@contextmanager
def opened(address: str) -> Iterator[Base]:
    """Open a transaction that writes: all that is done in it is there at its end, or nothing.

    The schema is made or brought up to date in it first. Two such transactions wait for each
    other. Raises `Unusable`.
    """
    writer = engine(address, writes=True)
    try:
        with told(), writer.begin() as connection:
            SCHEMA.migrate(connection)
            connection.execute(sa.update(STATE).values(mark=STATE.c.mark))  # the lock
            base = Base(connection, _held(connection))
            yield base
        if base.dropped:
            forget(writer, FILES.name)
    finally:
        writer.dispose()


def same(one: str, other: str) -> bool:
    """Say whether two addresses lead to one database, by whatever names. Raises `Unusable`.

    A lock that is held in one cannot be had in the other only where both are the same: PostgreSQL
    keeps such locks by database, and every account may ask for one.
    """
    urls = parsed(one), parsed(other)
    kinds = [url.get_backend_name() for url in urls]
    if kinds[0] != kinds[1]:
        return False
    if kinds[0] == "sqlite":
        first, second = (Path(url.database or "").resolve() for url in urls)
        return first == second or (first.exists() and second.exists() and first.samefile(second))
    key = secrets.randbits(62)
    with _connected(one) as holding, _connected(other) as asking:
        holding.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))
        return not asking.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(key)))


def _held(connection: Connection) -> Held | None:
    """Read all rows; None where nothing was pushed yet. What does not fit its marks is damaged."""
    present, mark = connection.execute(sa.select(STATE.c.present, STATE.c.mark)).one()
    if not mark:
        return None
    found: dict[str, dict[str, bytes]] = {}
    for row in connection.execute(sa.select(FILES)):
        if not (sound(row.release, row.path) and _whole(row.content, row.sha256)):
            raise Unusable("damaged")
        found.setdefault(row.release, {})[row.path] = row.content
    held = Held(present, found)
    if present not in found or held.mark != mark:
        raise Unusable("damaged")
    return held


def _whole(content: object, mark: str) -> bool:
    """Say whether a row holds what its mark says; in SQLite a column may hold anything."""
    return isinstance(content, bytes) and sha256(content).hexdigest() == mark


def _release(held: Held, version: str) -> dict[str, Any]:
    created = json.loads(held.releases[version][NAME])["created"]
    now = datetime.now(UTC)
    return {"version": version, "mark": held.marks[version], "created": created, "pushed": now}


def _files(held: Held, version: str) -> Iterable[dict[str, Any]]:
    for path, content in held.releases[version].items():
        mark = sha256(content).hexdigest()
        yield {"release": version, "path": path, "sha256": mark, "content": content}


def _patient(url: URL, *, writes: bool) -> dict[str, Any]:
    """Give the settings of a connection that waits for nobody long; the address may name its own.

    A server that is gone without a word is noticed after some ten seconds.
    """
    waits = {
        "connect_timeout": PATIENCE,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        "application_name": "incidents",
    }
    options = [f"statement_timeout={LONGEST[writes]}s", f"lock_timeout={PATIENCE}s"]
    options += [] if writes else ["default_transaction_read_only=on"]
    told = " ".join([str(url.query.get("options", "")), *(f"-c {option}" for option in options)])
    own = {name: value for name, value in waits.items() if name not in url.query}
    return {**own, "options": told.strip()}


def _sqlite(path: Path, *, writes: bool) -> Engine:
    """Give what opens a file. A reader may have to undo what a killed writer began: that writes."""

    def connect() -> sqlite3.Connection:
        at = f"file:{quote(str(path.absolute()))}?mode={'rwc' if writes else 'rw'}"
        opened = sqlite3.connect(
            at, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        opened.execute(f"PRAGMA {'secure_delete' if writes else 'query_only'} = ON")
        return opened

    made = sa.create_engine(
        "sqlite://",
        creator=connect,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    @sa.event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:  # else Python's driver begins when it likes
        connection.exec_driver_sql(f"BEGIN {'IMMEDIATE' if writes else ''}")

    return made


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    with reading(address) as made, told(), made.connect() as connection:
        yield connection


@contextmanager
def told() -> Iterator[None]:
    """Tell an error of the driver as ours, without what it says."""
    try:
        yield
    except SQLAlchemyError as error:
        raise Unusable(_why(error)) from None


def _why(error: SQLAlchemyError) -> str:
    """Say what an error means, by its code."""
    said = getattr(error, "orig", None)
    if isinstance(said, sqlite3.Error):
        name = getattr(said, "sqlite_errorname", "")
        return next((why for code, why in OF_SQLITE.items() if name.startswith(code)), "away")
    return OF_POSTGRESQL.get(getattr(said, "sqlstate", None) or "", "away")


def forget(writer: Engine, table: str) -> None:
    """Write a table anew without the rows that were taken out, as far as that can be done now.

    SQLite has overwritten them already. What stays in logs and backups: see docs/database.md.
    """
    if writer.dialect.name != "postgresql":
        return
    try:
        with writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM FULL {table}")
    except SQLAlchemyError as error:
        LOG.warning("rows that were taken out wait for the next vacuum: %s", _why(error))
