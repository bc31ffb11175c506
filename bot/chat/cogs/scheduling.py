"""`/discuss schedule` and `/discuss scheduled`: debates planned ahead."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show, tell
from bot.chat.cards.schedule_pages import moment_in_words, scheduled_page
from bot.chat.cogs import completing
from bot.chat.people import channel_of, person_of
from bot.chat.permissions import require_room_for_debate
from bot.chat.publishing.calendar import Kept
from bot.chat.texts import counted, plain
from bot.classroom import scheduling, starting
from bot.discussion.ids import ChannelId
from bot.discussion.schedule import LATEST
from bot.discussion.timing import LONGEST_MINUTES

if TYPE_CHECKING:
    from bot.chat.client import Parley

_EVENTS = {
    Kept.DONE: "It stands on this server's list of events too.",
    Kept.NOT_PERMITTED: (
        "It is not on this server's list of events, as Parley may not make any: for that it needs the permission "
        "Create Events."
    ),
    Kept.LATER: "It comes on this server's list of events as soon as Discord takes it.",
}

MADE_SOON = 5.0
"""Seconds in which Discord usually makes an event."""


class Scheduling(commands.Cog):
    """The part of `/discuss` that plans ahead."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Schedule a debate: it starts by itself at that time")
    @app_commands.describe(
        when="The school's time: tomorrow 10:00, in 20 minutes, monday 9:15, 30 Nov 10:00",
        prompts="Which prompt set",
        question="Begin with this question instead of the first",
        format="How to debate; left out, the floor is open",
        minutes="Close each question by itself after so many minutes",
        channel="Where to post, if not here or in the default channel",
    )
    @app_commands.autocomplete(
        when=completing.times,
        prompts=completing.prompt_sets,
        question=completing.questions,
        format=completing.formats,
    )
    async def schedule(
        self,
        interaction: discord.Interaction,
        when: str,
        prompts: str,
        question: str | None = None,
        format: str | None = None,  # noqa: A002 - the option's name, as teachers see it
        minutes: app_commands.Range[int, 1, LONGEST_MINUTES] | None = None,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Keep it for its time, and show it on the server's list of events."""
        person, room = person_of(interaction), self._bot.room
        await interaction.response.defer(ephemeral=True, thinking=True)
        here = channel_of(interaction)
        target = ChannelId(channel.id) if channel else await starting.where_to_start(room, person, here)
        require_room_for_debate(self._bot.get_channel(target))
        wanted = starting.Wanted(prompts, question, minutes, format)
        added = await patiently(interaction, scheduling.schedule(room, person, target, when, wanted))
        kept = await self._bot.publisher.alarm.added(added, within=MADE_SOON)
        late = counted(int(LATEST.total_seconds() // 60), "minute")
        await tell(
            interaction,
            f"“{plain(added.title)}” starts in <#{target}>: {moment_in_words(added, room.zone)}.\n"
            "Its questions and its format are read then: what is changed in their files until that time counts. "
            f"Should Parley be away at that time, it starts up to {late} late, or tells you that it did not.\n"
            f"{_EVENTS[kept]} `/discuss scheduled` lists what waits, moves it and cancels it.",
        )

    @app_commands.command(description="The debates that wait for their time: move or cancel them")
    async def scheduled(self, interaction: discord.Interaction) -> None:
        """What waits, for teachers alone."""
        work = scheduling.timetable(self._bot.room, person_of(interaction), 0)
        await show(interaction, scheduled_page(await patiently(interaction, work)))
