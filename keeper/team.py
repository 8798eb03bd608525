"""The keeper's own database (`KEEPER_URL`): the keys, and cases that wait to be published.

What is never published stands here and nowhere else, so that no door but the keeper's loads this
module. One keeper at a time has it open: on PostgreSQL by a lock that the server keeps for the
session, on SQLite by that of the folder of the file. The keys are committed before a release takes
its place, as the file of keys is written before: see `keeper.keys`.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from keeper.gathering import Part
from keeper.keys import Keys, locked, safe
from keeper.withdrawal import Refused
from loaders import database
from loaders.sources import Cases, Decided
from loaders.versions import Schema

META = sa.MetaData()
KEYS = sa.Table(
    "keys",
    META,
    sa.Column("n", sa.Integer),
    *(sa.Column(name, sa.Text) for name in ("case_number", "incident_id")),
)
CASES = sa.Table(
    "cases",
    META,
    *(sa.Column(name, sa.Text) for name in ("number", "file")),
    sa.Column("row", sa.Integer),
    sa.Column("cells", sa.Text),
)
SCHEMA = Schema(frozenset(META.tables), "0001", Path(__file__).parent / "steps")
LOCK = 0x6B656570
"""The number of the lock, among those of one database of PostgreSQL."""
STORED = "KEEPER_URL"
"""What stands for the file of stored cases where one has to be named."""


@dataclass
class Team:
    """The database, open for one keeper. `dropped`: rows were taken out."""

    connection: Connection = field(repr=False)
    dropped: bool = False

    def keys(self) -> Keys:
        """Read the keys. Raises `Refused`, `Unusable`."""
        with self.connection.begin():
            rows = self.connection.execute(sa.select(KEYS).order_by(KEYS.c.n)).all()
        if [row.n for row in rows] != [*range(len(rows))]:
            raise Refused("keys_broken")
        return Keys({row.case_number: row.incident_id for row in rows})

    def write(self, keys: Keys) -> None:
        """Add the keys that are not there yet. Raises `Refused` where those there are others."""
        held = [*self.keys().drawn.items()]
        told = [*keys.drawn.items()]
        if told[: len(held)] != held:
            raise Refused("keys_of_another")
        fresh = [
            {"n": n, "case_number": told[n][0], "incident_id": told[n][1]}
            for n in range(len(held), len(told))
        ]
        if fresh:
            with self.connection.begin():
                self.connection.execute(sa.insert(KEYS), fresh)

    def cases(self) -> list[Part]:
        """Give all cases, those with the same columns together, each told as in its file."""
        with self.connection.begin():
            rows = self.connection.execute(sa.select(CASES).order_by(CASES.c.number)).all()
        alike: dict[tuple[str, ...], list[tuple[str, int, dict[str, str]]]] = {}
        for row in rows:
            cells = json.loads(row.cells)
            alike.setdefault(tuple(cells), []).append((row.file, row.row, cells))
        return [_part(list(columns), told) for columns, told in alike.items()]

    def change(self, parts: Iterable[Part], gone: Collection[str]) -> tuple[int, int]:
        """Take cases out and store others, in one step; give how many are new, and how many not.

        What has the number of a stored one takes its place. Raises `Refused` where none has a
        number that is `gone`.
        """
        fresh = {row["number"]: row for part in parts for row in _rows(part)}
        with self.connection.begin():
            held = {*self.connection.scalars(sa.select(CASES.c.number))}
            if {*gone} - held:
                raise Refused("unknown_case")
            out = (held & fresh.keys()) | {*gone}
            if out:  # one after the other: a list of all of them may be too long for a statement
                its = sa.delete(CASES).where(CASES.c.number == sa.bindparam("its"))
                self.connection.execute(its, [{"its": number} for number in out])
            if fresh:
                self.connection.execute(sa.insert(CASES), [*fresh.values()])
        self.dropped = self.dropped or bool(out)
        return len(fresh.keys() - held), len(fresh.keys() & held)


@contextmanager
def opened(address: str, directory: Path, public: str = "") -> Iterator[Team]:
    """Open the database for one keeper at a time; its tables are made where there are none.

    `directory` is the package and `public` the database of releases, in which none of this may
    stand. Raises `Refused`, `Unusable`.
    """
    if public and database.same(public, address):
        raise Refused("one_database")
    with ExitStack() as stack:
        url = database.parsed(address)
        if url.get_backend_name() == "sqlite":
            path = safe(Path(url.database or ""), directory)
            stack.enter_context(locked(path.parent))
            _make(path)
        writer = database.engine(address, writes=True)
        stack.callback(writer.dispose)
        yield from _opened(writer)


def _opened(writer: Engine) -> Iterator[Team]:
    with database.told(), writer.connect() as connection:
        with connection.begin():
            _lock(connection)
            SCHEMA.migrate(connection)
        team = Team(connection)
        yield team
    if team.dropped:
        database.forget(writer, CASES.name)


def _lock(connection: Connection) -> None:
    """Hold PostgreSQL's lock until the session ends. Raises `Refused` where another has it."""
    if connection.dialect.name == "postgresql" and not connection.scalar(
        sa.select(sa.func.pg_try_advisory_lock(LOCK))
    ):
        raise Refused("in_use")


def _make(path: Path) -> None:
    """Make a file for its owner alone, before SQLite would make one for others, too."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _part(columns: list[str], told: list[tuple[str, int, dict[str, str]]]) -> Part:
    """Make of stored cases what a file is read as; their rows are numbered anew."""
    numbers = range(2, len(told) + 2)
    rows = pd.DataFrame([cells for *_, cells in told], numbers, columns, dtype=object)
    stands = pd.DataFrame([each[:2] for each in told], numbers, ["file", "row"], dtype=object)
    return Part(Cases(STORED, Decided(header=(0,)), rows), stands)


def _rows(part: Part) -> Iterator[Mapping[str, object]]:
    """Give the cases of a file as they are stored."""
    rows, numbers = part.cases.rows, part.numbers
    for at, cells in rows.to_dict("index").items():
        file, row = part.stands.loc[at]
        told = json.dumps(cells, ensure_ascii=False)
        yield {"number": numbers[at], "file": file, "row": int(row), "cells": told}
