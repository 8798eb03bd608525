"""The keys in the order in which they were drawn, and cases by the keeper's number."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "keys",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("case_number", sa.Text, nullable=False, unique=True),
        sa.Column("incident_id", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "cases",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("cells", sa.Text, nullable=False),
    )
