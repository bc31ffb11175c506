"""Pseudonyms: one for each participant of a session, the same for as long as the session is kept.

In a session under pseudonyms everybody has one from the first thing that they do; in others from the first transcript.
"""

import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, Table, func, insert, select, union

from bot.discussion.ids import GuildId, SessionId, UserId
from bot.discussion.pseudonyms import draw
from bot.storage.schema import places, responses, rounds, sessions, votes
from bot.storage.schema import pseudonyms as table
from bot.storage.transaction import Transaction


def assign(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> None:
    """Give everybody who voted, responded or has a side in the session, and has none yet, a pseudonym by lot."""
    give(tx, guild_id, session_id, _participants(tx, guild_id, session_id))


def give(tx: Transaction, guild_id: GuildId, session_id: SessionId, users: Collection[UserId]) -> None:
    """Give those of these people who have none yet a pseudonym by lot: who came first tells nothing."""
    here = table.c.guild_id == guild_id, table.c.session_id == session_id
    known = set(tx.execute(select(table.c.user_id).where(*here, table.c.user_id.in_(users))).scalars())
    missing = [user for user in dict.fromkeys(users) if user not in known]
    if missing:
        taken = set(tx.execute(select(table.c.pseudonym).where(*here)).scalars())
        drawn = draw(len(missing), taken, secrets.randbelow)
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


def of(tx: Transaction, guild_id: GuildId, session_id: SessionId, user_id: UserId) -> str | None:
    """Somebody's pseudonym in a session, if they have been given one."""
    mine = table.c.guild_id == guild_id, table.c.session_id == session_id, table.c.user_id == user_id
    return tx.execute(select(table.c.pseudonym).where(*mine)).scalar_one_or_none()


def behind(tx: Transaction, guild_id: GuildId, session_id: SessionId, pseudonym: str) -> UserId | None:
    """Who goes by that pseudonym in a session: for `unmasking` alone. Letters count alike in both cases."""
    here = table.c.guild_id == guild_id, table.c.session_id == session_id
    found = select(table.c.user_id).where(*here, func.lower(table.c.pseudonym) == pseudonym.casefold())
    user = tx.execute(found).scalar_one_or_none()
    return None if user is None else UserId(user)


def matching(tx: Transaction, guild_id: GuildId, typed: str, limit: int) -> list[tuple[SessionId, str]]:
    """The pseudonyms of a guild's sessions under pseudonyms that have what was typed in them.

    Those of the newest session first, each session's in the order of the alphabet.
    """
    of_session = (sessions.c.guild_id == table.c.guild_id) & (sessions.c.id == table.c.session_id)
    query = (
        select(table.c.session_id, table.c.pseudonym)
        .join(sessions, of_session)
        .where(
            table.c.guild_id == guild_id,
            sessions.c.pseudonymous.is_(True),
            func.lower(table.c.pseudonym).contains(typed.strip().casefold(), autoescape=True),
        )
        .order_by(table.c.session_id.desc(), table.c.pseudonym)
        .limit(limit)
    )
    return [(SessionId(row.session_id), row.pseudonym) for row in tx.execute(query)]


def _participants(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> list[UserId]:
    in_session = select(rounds.c.id).where(rounds.c.guild_id == guild_id, rounds.c.session_id == session_id)

    def users(of: Table) -> Select[Any]:
        return select(of.c.user_id).where(of.c.guild_id == guild_id, of.c.round_id.in_(in_session))

    return [UserId(user) for user in tx.execute(union(users(responses), users(votes), users(places))).scalars()]
