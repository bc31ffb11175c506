"""A look at a debate before it goes live: what the class will see, how long it takes. Then it is started, once.

What was looked at stands on record until it is started, so that its button also works after a restart, and starts just
that: content that was read again since and has changed is not what the teacher has seen.
"""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.classroom.advancing import How, first_deadline
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.starting import Plan, Started, Wanted, open_session, planned
from bot.classroom.voting import Standing
from bot.discussion.ids import ChannelId, GuildId, RoundId, SessionId
from bot.discussion.tally import tally
from bot.discussion.values import Conduct, Round, Session
from bot.storage import AlreadyOpen, Transaction, guilds, notes, rounds
from bot.values import frozen

MOST_KEPT = 20
"""Previews kept for a guild; the oldest is forgotten first."""

FORGOTTEN = "This preview is not known any more. `/discuss start` with `preview` makes a fresh one."


@frozen
class Preview:
    """A debate as it would be if it began now: by its number, and its first round, which is not on record."""

    number: int
    channel_id: ChannelId
    standing: Standing


class _Kept(BaseModel):
    """What a preview was of, and the round that it was started as."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    number: int
    channel_id: int
    prompts: str
    question: str
    minutes: int | None
    format: str
    content: str
    conduct: Conduct = Field(default_factory=Conduct)
    round_id: int | None = None


_ALL_KEPT = TypeAdapter(tuple[_Kept, ...], config=ConfigDict(defer_build=True))


async def preview(
    room: Classroom,
    person: Person,
    channel_id: ChannelId,
    wanted: Wanted,
) -> Preview:
    """Look at what `start` would begin with the same, and keep it to be started by its number."""
    plan = await planned(room, person.guild_id, wanted)
    number, now = secrets.randbelow(10**15), room.now()
    kept = _Kept(
        number=number,
        channel_id=channel_id,
        prompts=plan.slug,
        question=plan.prompt.id,
        minutes=wanted.minutes,
        format=plan.format.title,
        conduct=wanted.conduct,
        content=_content_of(plan),
    )

    def work(tx: Transaction) -> None:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        _keep(tx, person.guild_id, (*_all_kept(tx, person.guild_id), kept))

    await room.store.write(work)
    return Preview(number, channel_id, _if_begun(person, channel_id, plan, now))


async def channel_of_preview(room: Classroom, person: Person, number: int) -> ChannelId:
    """Where a preview's debate is to be posted."""

    def work(tx: Transaction) -> ChannelId:
        return ChannelId(_the_kept(tx, person, number).channel_id)

    return await room.store.read(work)


async def start_previewed(room: Classroom, person: Person, number: int) -> tuple[Round, Started | None]:
    """Start what was looked at: its first round. Nothing is started a second time: then `Started` is None."""
    kept = await room.store.read(lambda tx: _the_kept(tx, person, number))
    plan, now = await _as_seen(room, person.guild_id, kept), room.now()

    def work(tx: Transaction) -> tuple[Round, Started | None]:
        kept = _the_kept(tx, person, number)
        known = rounds.get(tx, person.guild_id, RoundId(kept.round_id)) if kept.round_id is not None else None
        if known is not None:
            return known, None
        if plan is None:
            raise Refusal(
                "The content was read again since this preview, and this debate has changed. Nothing was started: "
                "`/discuss start` with `preview` shows it as it is now."
            )
        how = How(plan.format, secrets.randbelow(2**31))
        channel_id = ChannelId(kept.channel_id)
        started = open_session(tx, person.guild_id, channel_id, person.user_id, plan=plan, how=how, now=now)
        begun = kept.model_copy(update={"round_id": started.round.id})
        others = [each for each in _all_kept(tx, person.guild_id) if each.number != number]
        _keep(tx, person.guild_id, (*others, begun))
        return started.round, started

    try:
        return await room.store.write(work)
    except AlreadyOpen:
        raise Refusal(f"A debate has just been started in <#{kept.channel_id}>.") from None


async def _as_seen(room: Classroom, guild_id: GuildId, kept: _Kept) -> Plan | None:
    """What was looked at; None where the library does not have it, or not any more as it was."""
    try:
        wanted = Wanted(kept.prompts, kept.question, kept.minutes, kept.format, kept.conduct)
        plan = await planned(room, guild_id, wanted)
    except Refusal:
        return None
    return plan if _content_of(plan) == kept.content else None


def _content_of(plan: Plan) -> str:
    """What tells these contents from any others."""
    parts = [part.model_dump_json(by_alias=True) for part in (plan.article, plan.prompt_set, plan.format)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _if_begun(person: Person, channel_id: ChannelId, plan: Plan, now: datetime) -> Standing:
    session = Session(
        id=SessionId(0),
        guild_id=person.guild_id,
        channel_id=channel_id,
        set_slug=plan.slug,
        prompt_set=plan.prompt_set,
        article=plan.article,
        minutes=plan.minutes,
        started_by=person.user_id,
        started_at=now,
        closed_at=None,
        conduct=plan.conduct,
    )
    first = Round(
        id=RoundId(0),
        guild_id=person.guild_id,
        session_id=session.id,
        channel_id=channel_id,
        number=1,
        prompt=plan.prompt,
        opened_at=now,
        deadline=None,
        closed_at=None,
        closing=None,
        card_id=None,
        thread_id=None,
        tally_id=None,
        format=plan.format,
        conduct=plan.conduct,
    )
    posed = replace(first, deadline=first_deadline(first, session))
    return Standing(session, posed, tally(plan.prompt, {}, 0))


def _the_kept(tx: Transaction, person: Person, number: int) -> _Kept:
    require_teacher(person, guilds.settings(tx, person.guild_id))
    for kept in _all_kept(tx, person.guild_id):
        if kept.number == number:
            return kept
    raise Refusal(FORGOTTEN)


def _all_kept(tx: Transaction, guild_id: GuildId) -> tuple[_Kept, ...]:
    kept = notes.get(tx, _key(guild_id))
    return _ALL_KEPT.validate_json(kept) if kept else ()


def _keep(tx: Transaction, guild_id: GuildId, previews: tuple[_Kept, ...]) -> None:
    notes.put(tx, _key(guild_id), _ALL_KEPT.dump_json(previews[-MOST_KEPT:]).decode())


def _key(guild_id: GuildId) -> str:
    return f"previews:{guild_id}"
