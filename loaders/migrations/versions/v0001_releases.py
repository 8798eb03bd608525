"""Releases as files, and one row that tells a state of all of them from every other."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables. The row of the state is there from the beginning: a push locks it."""
    op.create_table(
        "releases",
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("pushed", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("release", sa.Text, sa.ForeignKey("releases.version"), primary_key=True),
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    state = op.create_table(
        "state",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("present", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "present": "", "mark": ""}])
