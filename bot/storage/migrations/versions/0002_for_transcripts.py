"""For transcripts: threads of answers, what is hidden, gaps, audits, pseudonyms, and room for longer slugs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the first tables."""
    counted = _last_ids()
    _make_anew()
    _restore_last_ids(counted)
    _fill_in_roots()
    op.create_index("ix_responses_told", "responses", ["guild_id", "round_id", sa.text("coalesce(root_id, id)"), "id"])
    op.create_index(
        "ix_responses_guild_id_round_id_user_id_role_created_at_id",
        "responses",
        ["guild_id", "round_id", "user_id", "role", "created_at", "id"],
    )
    _gaps()
    _audits()
    _pseudonyms()


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _make_anew() -> None:
    """SQLite alters a column by copying its table."""
    short, long, counting = sa.String(length=32), sa.String(length=64), {"sqlite_autoincrement": True}
    with op.batch_alter_table("sessions", table_kwargs=counting) as batch:
        batch.alter_column("set_slug", existing_type=short, type_=long, existing_nullable=False)
    with op.batch_alter_table("votes", table_kwargs=counting) as batch:
        batch.alter_column("stance", existing_type=short, type_=long, existing_nullable=False)
    with op.batch_alter_table("revisions", table_kwargs=counting) as batch:
        batch.alter_column("stance", existing_type=short, type_=long, existing_nullable=True)
    with op.batch_alter_table("responses", table_kwargs=counting) as batch:
        batch.alter_column("stance", existing_type=short, type_=long, existing_nullable=True)
        batch.add_column(sa.Column("root_id", _row_id()))
        batch.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True)))


def _last_ids() -> list[tuple[str, int]]:
    """The last id that each table gave: a copied table would count on from the last row that is left."""
    if op.get_bind().dialect.name != "sqlite":
        return []
    return [(row.name, row.seq) for row in op.get_bind().execute(sa.text("SELECT name, seq FROM sqlite_sequence"))]


def _restore_last_ids(counted: list[tuple[str, int]]) -> None:
    for name, last in counted:
        known = {"name": name, "last": last}
        op.get_bind().execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), known)
        op.get_bind().execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), known)


def _fill_in_roots() -> None:
    """Walk the answers in the order of their ids: a response is always recorded before what answers it."""
    roots: dict[int, int] = {}
    answers = op.get_bind().execute(
        sa.text("SELECT id, parent_id FROM responses WHERE parent_id IS NOT NULL ORDER BY id")
    )
    for row in answers:
        answer, parent = int(row.id), int(row.parent_id)
        roots[answer] = roots.get(parent, parent)
    if roots:
        op.get_bind().execute(
            sa.text("UPDATE responses SET root_id = :root WHERE id = :id"),
            [{"id": answer, "root": root} for answer, root in roots.items()],
        )


def _gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", _row_id(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], name="fk_gaps_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_gaps_guild_id_round_id_began_at_id", "gaps", ["guild_id", "round_id", "began_at", "id"])


def _audits() -> None:
    op.create_table(
        "audits",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("session_id", _row_id()),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"], name="fk_audits_sessions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audits"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audits_guild_id_action_id", "audits", ["guild_id", "action", "id"])


def _pseudonyms() -> None:
    op.create_table(
        "pseudonyms",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", _row_id(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pseudonym", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"], name="fk_pseudonyms_sessions"
        ),
        sa.PrimaryKeyConstraint("guild_id", "session_id", "user_id", name="pk_pseudonyms"),
        sa.UniqueConstraint("guild_id", "session_id", "pseudonym", name="uq_pseudonyms_guild_id_session_id_pseudonym"),
    )
