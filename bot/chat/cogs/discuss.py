"""`/discuss`: the teacher's hand on a debate."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import NOT_TAKEN, patiently, show, tell
from bot.chat.cards.teacher_pages import sessions_page, status_page
from bot.chat.cogs import completing
from bot.chat.errors import log_error
from bot.chat.people import channel_of, person_of, person_of_member
from bot.chat.permissions import require_room_for_debate
from bot.chat.texts import counted, plain
from bot.classroom import closing, reviewing, starting
from bot.classroom.people import Person
from bot.discussion.ids import ChannelId
from bot.discussion.timing import LONGEST_MINUTES
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

Minutes = app_commands.Range[int, 1, LONGEST_MINUTES]


@app_commands.guild_only()
class Discuss(commands.GroupCog, group_name="discuss", group_description="Run a debate on an article"):
    """Start, next, status, extend, close, list."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Start a debate: post the excerpts and the question, and open its thread")
    @app_commands.describe(
        prompts="Which prompt set",
        question="Begin with this question instead of the first",
        minutes="Close each question by itself after so many minutes",
        channel="Where to post, if not here or in the default channel",
    )
    @app_commands.autocomplete(prompts=completing.prompt_sets, question=completing.questions)
    async def start(
        self,
        interaction: discord.Interaction,
        prompts: str,
        question: str | None = None,
        minutes: Minutes | None = None,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """One command, and the class can debate."""
        person = person_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        target = ChannelId(channel.id) if channel else await self._where(interaction, person)
        require_room_for_debate(self._bot.get_channel(target))
        work = starting.start(self._bot.room, person, target, prompts=prompts, question=question, minutes=minutes)
        started = await patiently(interaction, work)
        posed, trouble = await self._posed(started.round)
        prompts_in_set = started.session.prompt_set.prompts
        place = f"question {prompts_in_set.index(posed.prompt) + 1} of the {len(prompts_in_set)} in the set"
        ended = f" “{plain(started.ended.prompt_set.title)}” has ended to make way." if started.ended else ""
        broken = len(self._bot.room.library.problems)
        warning = f"\n{counted(broken, 'problem')} in other content files: `/prompts list` tells." if broken else ""
        await tell(
            interaction,
            f"{trouble or f'The debate is on: {_place(posed)}, with {place}.'} "
            f"`/discuss next` poses the next, `/discuss status` shows who has answered.{ended}{warning}",
        )

    @app_commands.command(name="next", description="Close this question and pose the next one, in a thread of its own")
    async def next_question(self, interaction: discord.Interaction) -> None:
        """Go on to the next question."""
        person, channel = person_of(interaction), channel_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._bot.attending.let_read(person.guild_id, channel)
        advanced = await patiently(interaction, starting.next_round(self._bot.room, person, channel))
        posed, trouble = await self._posed(advanced.round)
        if advanced.closed is not None:
            await self._concluded(advanced.closed)
        await tell(interaction, trouble or f"Question {posed.number} is on: {_place(posed)}.")

    @app_commands.command(description="Who has answered, who has only voted, who is silent; counts and time left")
    async def status(self, interaction: discord.Interaction) -> None:
        """The class at a glance, for the teacher alone."""
        person, here = person_of(interaction), channel_of(interaction)
        members = self._members(interaction)
        status = await patiently(interaction, reviewing.status(self._bot.room, person, here, members))
        await show(interaction, status_page(status, knows_members=members is not None))

    @app_commands.command(description="Give the open question more minutes")
    @app_commands.describe(minutes="How many more")
    async def extend(self, interaction: discord.Interaction, minutes: Minutes = 5) -> None:
        """More time."""
        work = closing.extend(self._bot.room, person_of(interaction), channel_of(interaction), minutes)
        found = await patiently(interaction, work)
        self._bot.publisher.running(found)
        until = discord.utils.format_dt(found.deadline, "R") if found.deadline else "when you close it"
        await tell(interaction, f"{counted(minutes, 'minute')} more: the question closes {until}.")

    @app_commands.command(description="End the debate: close the question, post the count, lock the thread")
    async def close(self, interaction: discord.Interaction) -> None:
        """End the session."""
        person, channel = person_of(interaction), channel_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._bot.attending.let_read(person.guild_id, channel)
        closed = await patiently(interaction, closing.close(self._bot.room, person, channel))
        told = closed.last is not None and await self._concluded(closed.last)
        where = f" The count is in {_place(closed.last)}." if closed.last and told else ""
        if closed.last is not None and not told:
            where = " The count is posted as soon as Discord takes it."
        asked = counted(len(closed.rounds), "question")
        await tell(interaction, f"“{plain(closed.session.prompt_set.title)}” has ended after {asked}.{where}")

    @app_commands.command(name="list", description="The debates of this server, open ones first")
    async def list_sessions(self, interaction: discord.Interaction) -> None:
        """What has been debated here."""
        entries = await patiently(interaction, reviewing.listing(self._bot.room, person_of(interaction), 12))
        if entries:
            await show(interaction, sessions_page(entries))
        else:
            await tell(interaction, "No debate has been held here yet. `/discuss start` opens the first.")

    async def _posed(self, found: Round) -> tuple[Round, str | None]:
        """Post a round that is on record. What Discord does not take now is posted later, and that is said."""
        later = "The debate is on record; its card is posted as soon as Discord takes it."
        try:
            posed = await self._bot.publisher.pose(found)
        except NOT_TAKEN as error:
            error_id = log_error(f"posing round {found.id}", error)
            why = " A permission is missing in the channel." if isinstance(error, discord.Forbidden) else ""
            return found, f"{later}{why} ({error_id})"
        return posed, later if posed.card_id is None else None

    async def _concluded(self, found: Round) -> bool:
        try:
            await self._bot.publisher.conclude(found)
        except NOT_TAKEN as error:
            log_error(f"concluding round {found.id}", error)
            return False
        return True

    async def _where(self, interaction: discord.Interaction, person: Person) -> ChannelId:
        return await starting.where_to_start(self._bot.room, person, channel_of(interaction))

    def _members(self, interaction: discord.Interaction) -> list[Person] | None:
        """Who can see this channel; None without the Server Members intent, when Discord does not tell."""
        channel = self._bot.get_channel(channel_of(interaction))
        if not self._bot.intents.members or not isinstance(channel, discord.TextChannel):
            return None
        return [person_of_member(member) for member in channel.members if not member.bot]


def _place(found: Round) -> str:
    return f"<#{found.thread_id or found.channel_id}>"
