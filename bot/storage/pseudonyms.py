"""Pseudonyms: one for each participant of a session, the same in every transcript of it."""

import secrets
from typing import Any

from sqlalchemy import Select, Table, insert, select, union

from bot.discussion.ids import GuildId, SessionId, UserId
from bot.discussion.pseudonyms import draw
from bot.storage.schema import places, responses, rounds, votes
from bot.storage.schema import pseudonyms as table
from bot.storage.transaction import Transaction


def assign(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> None:
    """Give everybody who voted, responded or has a side in the session, and has none yet, a pseudonym by lot."""
    assigned = of_session(tx, guild_id, session_id)
    missing = [user for user in _participants(tx, guild_id, session_id) if user not in assigned]
    if missing:
        drawn = draw(len(missing), set(assigned.values()), secrets.randbelow)
        tx.execute(
            insert(table),
            [
                {"guild_id": guild_id, "session_id": session_id, "user_id": user, "pseudonym": pseudonym}
                for user, pseudonym in zip(missing, drawn, strict=True)
            ],
        )


def of_session(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> dict[UserId, str]:
    """The pseudonyms given in a session so far."""
    rows = tx.execute(
        select(table.c.user_id, table.c.pseudonym).where(table.c.guild_id == guild_id, table.c.session_id == session_id)
    )
    return {UserId(row.user_id): row.pseudonym for row in rows}


def _participants(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> list[UserId]:
    in_session = select(rounds.c.id).where(rounds.c.guild_id == guild_id, rounds.c.session_id == session_id)

    def users(of: Table) -> Select[Any]:
        return select(of.c.user_id).where(of.c.guild_id == guild_id, of.c.round_id.in_(in_session))

    return [UserId(user) for user in tx.execute(union(users(responses), users(votes), users(places))).scalars()]
