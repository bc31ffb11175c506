"""What `/setup` keeps for each guild."""

from sqlalchemy import bindparam, delete, insert, select

from bot.discussion.ids import ChannelId, GuildId, RoleId
from bot.discussion.values import Consent, GuildSettings
from bot.storage.schema import guild_settings as table
from bot.storage.transaction import Transaction

_SETTINGS = select(table).where(table.c.guild_id == bindparam("guild"))
"""Of the hot path, and so built once: building it takes longer than running it."""


def settings(tx: Transaction, guild_id: GuildId) -> GuildSettings:
    """The guild's settings; all defaults where it has saved none."""
    row = tx.execute(_SETTINGS, {"guild": guild_id}).one_or_none()
    if row is None:
        return GuildSettings(guild_id)
    return GuildSettings(
        guild_id=GuildId(row.guild_id),
        teacher_role_id=None if row.teacher_role_id is None else RoleId(row.teacher_role_id),
        moderator_role_id=None if row.moderator_role_id is None else RoleId(row.moderator_role_id),
        default_channel_id=None if row.default_channel_id is None else ChannelId(row.default_channel_id),
        consent=Consent(row.consent),
        retention_days=row.retention_days,
    )


def with_default_channel(tx: Transaction) -> list[GuildSettings]:
    """The settings of every guild that has named a channel for debates: for the operator, never for a person."""
    found = tx.execute(select(table.c.guild_id).where(table.c.default_channel_id.is_not(None))).scalars()
    return [settings(tx, GuildId(guild_id)) for guild_id in found]


def save(tx: Transaction, settings: GuildSettings) -> None:
    """Keep these settings instead of the guild's earlier ones."""
    tx.execute(delete(table).where(table.c.guild_id == settings.guild_id))
    tx.execute(
        insert(table).values(
            guild_id=settings.guild_id,
            teacher_role_id=settings.teacher_role_id,
            moderator_role_id=settings.moderator_role_id,
            default_channel_id=settings.default_channel_id,
            consent=settings.consent.value,
            retention_days=settings.retention_days,
        )
    )
