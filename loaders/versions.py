"""The schema of a database: which version it has, and how Alembic brings it to this program's."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from loaders.held import Unusable

if TYPE_CHECKING:
    from alembic.config import Config

RUN = Path(__file__).parent / "migrations"
"""What Alembic runs, of whichever database."""
VERSIONS = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.Text))


@dataclass(frozen=True)
class Schema:
    """Tables that a program reads and writes: their names, their version, and the steps to it."""

    tables: frozenset[str]
    head: str
    steps: Path

    def check(self, connection: Connection) -> None:
        """Refuse a schema that is not the one of this program. Raises `Unusable`."""
        version = self._version(connection)
        if version != self.head:
            why = "empty" if not version else "older" if version < self.head else "newer"
            raise Unusable(why)

    def migrate(self, connection: Connection) -> None:
        """Bring the schema to the version of this program. Raises `Unusable`."""
        if self._version(connection) < self.head:
            from alembic import command
            from alembic.util import CommandError

            try:
                command.upgrade(self.config(connection), self.head)
            except CommandError:  # an older version that this program has never known
                raise Unusable("foreign") from None
        self.check(connection)

    def config(self, connection: Connection | None = None) -> "Config":
        """Say to Alembic where its steps stand, and what it is to migrate."""
        from alembic.config import Config

        config = Config(attributes={"connection": connection})
        config.set_main_option("path_separator", "newline")  # a folder may hold any other
        config.set_main_option("script_location", str(RUN))
        config.set_main_option("version_locations", str(self.steps))
        return config

    def _version(self, connection: Connection) -> str:
        """Ask for the version; empty where there is none yet. Raises `Unusable`."""
        names = set(sa.inspect(connection).get_table_names())
        if not names:
            return ""
        ours = {VERSIONS.name, *self.tables} <= names
        version = connection.scalar(sa.select(VERSIONS.c.version_num)) if ours else None
        if not version or not version.isdecimal():
            raise Unusable("foreign")
        return str(version)
