"""For reminders, and for texts that several write: whose wording each is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables for formats."""
    op.add_column("responses", sa.Column("edited_by", sa.BigInteger()))
    op.add_column("revisions", sa.Column("user_id", sa.BigInteger()))
    for table, column in (("responses", "edited_by"), ("revisions", "user_id")):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, ["guild_id", column], sqlite_where=known, postgresql_where=known)
    op.create_table(
        "reminders",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name="pk_reminders"),
    )
