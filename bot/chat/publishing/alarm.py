"""Scheduled debates, started at their time: posted as any other, and what did not go as planned told to the class."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.schedule_pages import notice_card, notice_mark
from bot.chat.errors import log_error
from bot.chat.permissions import require_room_for_debate
from bot.chat.publishing.adopting import OwnPosts, frame_address
from bot.chat.publishing.calendar import Calendar, Kept
from bot.chat.publishing.once import Once, Post
from bot.chat.publishing.places import Places
from bot.chat.publishing.under_way import UnderWay
from bot.classroom import timetable
from bot.classroom.refusals import Refusal
from bot.discussion.ids import ScheduleId
from bot.discussion.schedule import Schedule
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

Guarded = Callable[[str, Coroutine[None, None, object]], Awaitable[object]]
"""How the clockwork does work that nobody waits for: what goes wrong is logged, and the next work goes on."""

Pose = Callable[[Round], Coroutine[None, None, Round]]


class Alarm:
    """Starts for one bot what is scheduled. Keeps in memory only what waits; `sweep` reads it again from the record.

    What waits in a guild that is out of reach rests until it is back; whether it is too late then, the classroom says.
    """

    def __init__(self, bot: "Parley", places: Places, once: Once, under_way: UnderWay, guarded: Guarded) -> None:
        self.calendar = Calendar(bot)
        self._bot = bot
        self._places = places
        self._once = once
        self._under_way = under_way
        self._guarded = guarded
        self._waiting: dict[ScheduleId, Schedule] = {}
        self._changes = 0
        self._telling = asyncio.Lock()
        self._at_the_calendar: asyncio.Task[None] | None = None

    def changed(self, schedule: Schedule) -> None:
        """Say that a debate was moved or cancelled. Its event follows by itself."""
        self._heard(schedule)
        self._look_at_the_calendar()

    async def added(self, schedule: Schedule, *, within: float) -> Kept:
        """Say that a debate was scheduled, and have its event made. Nobody waits for that longer than so many seconds.

        What is scheduled stays so, whatever becomes of the event: that is tried again.
        """
        self._heard(schedule)
        task = self._under_way.begin(f"making the event of schedule {schedule.id}", self._kept(schedule))
        await asyncio.wait({task}, timeout=within)
        return task.result() if task.done() else Kept.LATER

    async def tick(self, now: datetime, pose: Pose) -> None:
        """Start what is due. Called once a second."""
        for due in [each for each in self._waiting.values() if each.is_due(now)]:
            if not self._places.is_out_of_reach(due.guild_id):
                await self._guarded(f"starting schedule {due.id} on time", self._begin(due, pose))

    async def sweep(self, own: OwnPosts) -> None:
        """Read again what waits; tell the class what it has not been told; keep the lists of events true."""
        await self._read()
        for ended in await timetable.untold(self._bot.room):
            if not self._places.is_out_of_reach(ended.guild_id):
                await self._guarded(f"telling of schedule {ended.id}", self._tell(ended, own))
        self._look_at_the_calendar()

    async def _read(self) -> None:
        """What waits, as the record has it: read again where something is scheduled meanwhile."""
        while True:
            changes, waiting = self._changes, await timetable.waiting(self._bot.room)
            if changes == self._changes:
                break
        self._waiting = {each.id: each for each in waiting}

    async def _begin(self, due: Schedule, pose: Pose) -> None:
        begun = await timetable.begin(self._bot.room, due, self._obstacle(due))
        if begun is None:
            # It was moved, cancelled or started meanwhile, or it waits for a question that is as good as over.
            self._heard(await timetable.fresh(self._bot.room, due))
            return
        ended = begun.schedule
        log.info("schedule %s: %s", ended.id, ended.ending)
        self.changed(ended)
        if begun.started is not None:
            await self._guarded(f"posing round {begun.started.round.id}", pose(begun.started.round))
        if ended.to_tell:
            await self._tell(ended, None)

    def _heard(self, schedule: Schedule) -> None:
        self._changes += 1
        if schedule.is_waiting:
            self._waiting[schedule.id] = schedule
        else:
            self._waiting.pop(schedule.id, None)

    def _obstacle(self, due: Schedule) -> str | None:
        channel = self._bot.get_channel(due.channel_id)
        if channel is None:
            return "Its channel is gone, or hidden from Parley."
        try:
            require_room_for_debate(channel)
        except Refusal as refusal:
            return str(refusal)
        return None

    async def _tell(self, ended: Schedule, own: OwnPosts | None) -> None:
        """Post what became of it in its channel, once. Where nothing may be posted, the teachers' list alone tells."""
        async with self._telling:
            channel = self._bot.get_channel(ended.channel_id)
            if not (await timetable.fresh(self._bot.room, ended)).to_tell:
                return
            if not isinstance(channel, discord.TextChannel) or not _may_post(channel):
                log.info("schedule %s: its channel cannot be told", ended.id)
                await timetable.told(self._bot.room, ended)
                return
            since = ended.ended_at or ended.starts_at
            post = Post(channel, f"schedule-{ended.id}", frame_address(notice_mark(ended.id)), since)
            view = notice_card(ended)
            await self._once.send(post, lambda: channel.send(view=view, nonce=post.nonce, silent=True), own)
            await timetable.told(self._bot.room, ended)
            self._once.noted(post)

    async def _kept(self, schedule: Schedule) -> Kept:
        try:
            return await self.calendar.keep(schedule)
        except Exception as error:  # noqa: BLE001 - perhaps nobody waits for it any more
            log_error(f"making the event of schedule {schedule.id}", error)
            return Kept.LATER

    def _look_at_the_calendar(self) -> None:
        """Discord lets changes of events wait for long: nothing else waits for them."""
        if self._at_the_calendar is None or self._at_the_calendar.done():
            self._at_the_calendar = self._under_way.begin("keeping the lists of events", self._keep_calendar())

    async def _keep_calendar(self) -> None:
        try:
            for schedule in await timetable.with_event_out_of_date(self._bot.room):
                if not self._places.is_out_of_reach(schedule.guild_id):
                    await self._guarded(f"keeping the event of schedule {schedule.id}", self.calendar.keep(schedule))
        except Exception as error:  # noqa: BLE001 - a task's end of the funnel: nobody waits for it
            log_error("keeping the lists of events", error)


def _may_post(channel: discord.TextChannel) -> bool:
    granted = channel.permissions_for(channel.guild.me)
    return granted.view_channel and granted.send_messages
