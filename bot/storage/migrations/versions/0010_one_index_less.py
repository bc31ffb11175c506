"""Somebody's responses are found round by round, as their votes are: one index less to keep for each response."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables for the coach."""
    op.drop_index("ix_responses_guild_id_user_id_created_at_id", table_name="responses")
