"""Muting a student in a session: they read on and vote, and speak no more until it is taken back or the session ends.

In a debate under pseudonyms muting must not tell who is who: whom one mutes by the pseudonym and whom by the name are
answered alike, whether or not they were muted before.
"""

from datetime import datetime

from bot.classroom.finding import the_round, the_session
from bot.classroom.moderating import reason_in, response_in_hand
from bot.classroom.people import Person, require_moderator, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, ResponseId, SessionId, UserId
from bot.discussion.values import Conduct, Response, Role, Source
from bot.storage import Transaction, audits, guilds, mutes, sessions
from bot.values import frozen

MUTED, UNMUTED = "student.mute", "student.unmute"
"""The actions under which it stands on the audit."""


@frozen
class _Target:
    """Who is meant, in which session, and how they are told of on the audit."""

    user_id: UserId
    session_id: SessionId
    conduct: Conduct
    named: dict[str, str]


async def mutable(room: Classroom, person: Person, response_id: ResponseId) -> Response:
    """A response whose author can be muted, before the reason is asked for."""

    def work(tx: Transaction) -> Response:
        found = response_in_hand(tx, person, response_id)
        _author(tx, found)
        return found

    return await room.store.read(work)


async def mute_author(room: Classroom, person: Person, response_id: ResponseId, reason: str) -> None:
    """Mute who wrote a response, without being told who that is."""
    now, why = room.now(), _reason(reason)
    await room.store.write(
        lambda tx: _mute(tx, person, _author(tx, response_in_hand(tx, person, response_id)), why, now)
    )


async def unmute_author(room: Classroom, person: Person, response_id: ResponseId) -> None:
    """Let who wrote a response speak again."""
    now = room.now()
    await room.store.write(lambda tx: _unmute(tx, person, _author(tx, response_in_hand(tx, person, response_id)), now))


async def mute(room: Classroom, person: Person, channel_id: ChannelId, student: Person, reason: str) -> None:
    """Mute a member in the debate of a channel."""
    now, why = room.now(), _reason(reason)
    await room.store.write(lambda tx: _mute(tx, person, _member(tx, person, channel_id, student), why, now))


async def unmute(room: Classroom, person: Person, channel_id: ChannelId, student: Person) -> None:
    """Let a member speak again in the debate of a channel."""
    now = room.now()
    await room.store.write(lambda tx: _unmute(tx, person, _member(tx, person, channel_id, student), now))


def _mute(tx: Transaction, person: Person, target: _Target, reason: str, now: datetime) -> None:
    here = tx, person.guild_id, target.session_id, target.user_id
    if not target.conduct.pseudonymous and mutes.get(*here) is not None:
        raise Refusal("They are muted in this debate already.")
    mutes.begin(*here, muted_by=person.user_id, reason=reason, at=now)
    _enter(tx, person, target, MUTED, now, {"reason": reason})


def _unmute(tx: Transaction, person: Person, target: _Target, now: datetime) -> None:
    ended = mutes.end(tx, person.guild_id, target.session_id, target.user_id, now)
    if not target.conduct.pseudonymous and not ended:
        raise Refusal("They are not muted in this debate.")
    _enter(tx, person, target, UNMUTED, now, {})


def _author(tx: Transaction, found: Response) -> _Target:
    if found.source is Source.STATEMENT:
        raise Refusal("Several have written this. `/mute` mutes one of them.")
    posed = the_round(tx, found.guild_id, found.round_id)
    session = sessions.get(tx, found.guild_id, posed.session_id)
    if session is None or session.closed_at is not None:
        raise Refusal("That debate has ended: nobody speaks in it any more.")
    if found.role is not Role.STUDENT and not session.conduct.pseudonymous:  # there it would tell who it is not
        raise Refusal("Only students can be muted.")
    return _Target(found.user_id, session.id, session.conduct, {"response": str(found.id)})


def _member(tx: Transaction, person: Person, channel_id: ChannelId, student: Person) -> _Target:
    settings = guilds.settings(tx, person.guild_id)
    require_moderator(person, settings)
    session = the_session(tx, person.guild_id, channel_id)
    if role_of(student, settings) is not Role.STUDENT:
        raise Refusal("Only students can be muted.")
    return _Target(student.user_id, session.id, session.conduct, {"user": str(student.user_id)})


def _reason(written: str) -> str:
    why = reason_in(written)
    if not why:
        raise Refusal("Say why: they are told the reason.")
    return why


def _enter(tx: Transaction, person: Person, target: _Target, action: str, now: datetime, more: dict[str, str]) -> None:
    audits.add(
        tx,
        person.guild_id,
        user_id=person.user_id,
        at=now,
        action=action,
        session_id=target.session_id,
        details=target.named | more,
    )
