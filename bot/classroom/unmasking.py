"""Unmasking: a moderator learns who goes by a pseudonym. It takes a reason, and each time is on the audit."""

import re
from collections.abc import Mapping
from datetime import datetime

from bot.classroom.people import Person, is_moderator
from bot.classroom.reading import LONGEST_ID
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, GuildId, SessionId, UserId
from bot.discussion.values import Session
from bot.patterns import pattern
from bot.storage import Transaction, audits, guilds, participants, pseudonyms, rounds, sessions
from bot.values import frozen

UNMASKED = "pseudonym.unmask"
"""The action under which it stands on the audit; whose the pseudonym is does not."""

SHORTEST_REASON, LONGEST_REASON = 10, 300
"""Letters of a reason."""

_WITH_SESSION = pattern(rf"(.{{1,64}}?) #([0-9]{{1,{LONGEST_ID}}})", re.ASCII)


@frozen
class Unmasked:
    """Who goes by a pseudonym in a session; no name where none is on record any more."""

    session: Session
    pseudonym: str
    user_id: UserId
    name: str | None


async def unmask(room: Classroom, person: Person, channel_id: ChannelId, named: str, reason: str) -> Unmasked:
    """Tell a moderator who that is, and put on the audit that they were told.

    `named` is a pseudonym with the number of its debate, "Quiet Heron #12"; without one the channel's latest debate is
    meant.
    """
    now, why = room.now(), a_reason(reason)

    def work(tx: Transaction) -> Unmasked:
        _require_moderator(tx, person)
        session, pseudonym = _meant(tx, person.guild_id, channel_id, named)
        user_id = pseudonyms.behind(tx, person.guild_id, session.id, pseudonym) if session is not None else None
        if session is None or user_id is None:
            raise Refusal("Nobody goes by that pseudonym here. Choose one from the list that opens as you type.")
        told = pseudonyms.of(tx, person.guild_id, session.id, user_id) or pseudonym
        note_unmasking(tx, session, person.user_id, {"pseudonym": told, "reason": why}, now)
        return Unmasked(session, told, user_id, participants.names(tx, person.guild_id).get(user_id))

    return await room.store.write(work)


async def pseudonyms_like(room: Classroom, person: Person, typed: str, limit: int) -> list[str]:
    """The pseudonyms of this guild's debates that match, each with its debate's number; none but for moderators."""

    def work(tx: Transaction) -> list[str]:
        if not is_moderator(person, guilds.settings(tx, person.guild_id)):
            return []
        found = pseudonyms.matching(tx, person.guild_id, typed.partition("#")[0], limit)
        return [f"{pseudonym} #{session_id}" for session_id, pseudonym in found]

    return await room.store.read(work)


def a_reason(given: str) -> str:
    """A reason as it is kept, or a refusal."""
    reason = " ".join(given.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Refusal(f"Say why, in {SHORTEST_REASON} to {LONGEST_REASON} letters: the reason stands on the audit.")
    return reason


def note_unmasking(
    tx: Transaction, session: Session, user_id: UserId | None, details: Mapping[str, str], now: datetime
) -> None:
    """Put on the audit that somebody has been told who speaks; no user: the operator."""
    audits.add(
        tx,
        session.guild_id,
        user_id=user_id,
        at=now,
        action=UNMASKED,
        session_id=session.id,
        details={"session": str(session.id), **details},
    )


def _require_moderator(tx: Transaction, person: Person) -> None:
    settings = guilds.settings(tx, person.guild_id)
    if not is_moderator(person, settings):
        who = "the moderator role" if settings.moderator_role_id else "the permission Manage Messages"
        raise Refusal(f"Only a moderator learns who goes by a pseudonym: a member with {who}.")


def _meant(tx: Transaction, guild_id: GuildId, channel_id: ChannelId, named: str) -> tuple[Session | None, str]:
    whole = _WITH_SESSION.fullmatch(named.strip())
    if whole is not None:
        found = sessions.get(tx, guild_id, SessionId(int(whole[2])))
        pseudonym = whole[1]
    else:
        posed = rounds.of_channel(tx, guild_id, channel_id)
        found = sessions.get(tx, guild_id, posed[-1].session_id) if posed else None
        pseudonym = named.strip()
    return found if found is not None and found.conduct.pseudonymous else None, pseudonym
