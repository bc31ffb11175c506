"""A server's own list of events, kept true to what is scheduled there: as far as the bot is permitted."""

import asyncio
import logging
from enum import Enum, auto
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

from bot.chat.texts import fitted, plain
from bot.classroom import timetable
from bot.discussion.ids import EventId, ScheduleId
from bot.discussion.schedule import Schedule

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

_NAME, _LOCATION = 100, 100


class Kept(Enum):
    """Does the list of events show it as it is?"""

    DONE = auto()
    NOT_PERMITTED = auto()
    LATER = auto()


class Calendar:
    """The lists of events of the servers that one bot is in."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._locks = WeakValueDictionary[ScheduleId, asyncio.Lock]()

    async def keep(self, schedule: Schedule) -> Kept:
        """Make, move or delete the event of a debate, whatever is on record of it now. HTTPException may come."""
        async with self._locks.setdefault(schedule.id, asyncio.Lock()):
            now = await timetable.fresh(self._bot.room, schedule)
            guild = self._bot.get_guild(now.guild_id)
            if not now.event_is_out_of_date:
                return Kept.DONE
            if guild is None or guild.unavailable:
                return Kept.LATER
            if not _may_make_events(guild):
                return Kept.NOT_PERMITTED
            try:
                event_id = await self._follow(guild, now) if now.is_waiting else await _deleted(guild, now)
            except discord.Forbidden as error:
                log.info("the event of schedule %s is left as it is: %s", now.id, error)
                return Kept.NOT_PERMITTED
            await timetable.event_kept(self._bot.room, now, event_id)
            return Kept.DONE

    async def _follow(self, guild: discord.Guild, found: Schedule) -> EventId | None:
        """The event of a debate that waits, with its time. One that somebody has deleted is made anew with a new time.

        Discord takes no event that begins before now.
        """
        if found.starts_at <= self._bot.room.now():
            return found.event_id
        ends_at = found.starts_at + await timetable.length_of(self._bot.room, found)
        event = await self._event_of(guild, found)
        if event is not None:
            await event.edit(start_time=found.starts_at, end_time=ends_at)
            return EventId(event.id)
        channel = guild.get_channel(found.channel_id)
        made = await guild.create_scheduled_event(
            name=fitted(found.title, _NAME),
            description=_description(found),
            start_time=found.starts_at,
            end_time=ends_at,
            entity_type=discord.EntityType.external,
            privacy_level=discord.PrivacyLevel.guild_only,
            location=fitted(f"#{channel.name}", _LOCATION) if channel else guild.name,
        )
        return EventId(made.id)

    async def _event_of(self, guild: discord.Guild, found: Schedule) -> discord.ScheduledEvent | None:
        """Its event, also one that was made but not noted, because the bot died in between."""
        if found.event_id is not None:
            try:
                return await guild.fetch_scheduled_event(found.event_id, with_counts=False)
            except discord.NotFound:
                return None
        me = self._bot.user
        mine = [event for event in await guild.fetch_scheduled_events() if me and event.creator_id == me.id]
        return next((event for event in mine if event.description == _description(found)), None)


async def _deleted(guild: discord.Guild, found: Schedule) -> None:
    if found.event_id is None:
        return
    try:
        await (await guild.fetch_scheduled_event(found.event_id, with_counts=False)).delete()
    except discord.NotFound:
        log.info("the event of schedule %s was deleted already", found.id)


def _may_make_events(guild: discord.Guild) -> bool:
    mine = guild.me.guild_permissions
    return mine.create_events or mine.manage_events


def _description(found: Schedule) -> str:
    """It names the schedule by its number: by this text the event is known again."""
    title = plain(fitted(found.title, 200))
    return f"{title}: a debate in <#{found.channel_id}>. Scheduled with Parley, no. {found.id}."
