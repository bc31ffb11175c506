"""What is typed, edited and deleted in the threads of debates, and what is deleted under them."""

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.chat.answering import answer_in_thread
from bot.chat.answers import NOT_TAKEN
from bot.chat.errors import log_error
from bot.chat.hearing import heard, is_words_of_a_person
from bot.chat.people import person_of_member
from bot.classroom import hearing
from bot.classroom.overhearing import Asked, Held, NotAgreed, Outcome, Silenced
from bot.classroom.people import Person
from bot.discussion.ids import ChannelId, GuildId, MessageId
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

NOT_RECORDED = "Typed words show your name and are not recorded in a debate under pseudonyms: use **Respond**."


class Listening(commands.Cog):
    """Hears the threads that the bot has opened, and nothing else."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._handed_in: deque[tuple[discord.Message, Person, asyncio.Future[Outcome]]] = deque()
        """What is on its way to the record, in that order. The task of the first sees to all: to wake one for each
        would take as long as to record it.
        """
        self._reacting: set[asyncio.Task[None]] = set()

    async def hear(self, message: discord.Message) -> None:
        """Record what a member typed in a debate's thread.

        Without the Message Content intent nothing is: the card says so, though Discord shows the bot the words of
        messages that mention it. Those that ask it something are answered all the same, and recorded in no case.
        """
        thread = message.channel
        if not is_words_of_a_person(message) or not self._is_ours(thread):
            return
        if not isinstance(message.author, discord.Member):
            return
        person, outcome = person_of_member(message.author), None
        try:
            if self._bot.hears_threads:
                outcome = await hearing.hear_soon(self._bot.room, person, heard(message))
        except Exception as error:  # noqa: BLE001 - as below
            self._missed(message, error)
            return
        if outcome is None:
            await self._hear_question(message, person)
            return
        self._handed_in.append((message, person, outcome))
        if len(self._handed_in) == 1:
            await self._see_to_all()

    async def _hear_question(self, message: discord.Message, person: Person) -> None:
        told, found = heard(message), None
        try:
            if told.asks:
                found = await hearing.hear_question(self._bot.room, person, told)
        except Exception as error:  # noqa: BLE001 - as below
            log_error(f"hearing the question {message.id}", error)
        await self._react(message, person, found)

    async def _see_to_all(self) -> None:
        try:
            while self._handed_in:
                await self._see_to(*self._handed_in[0])
                self._handed_in.popleft()
        finally:
            self._handed_in.clear()

    async def _see_to(self, message: discord.Message, person: Person, outcome: asyncio.Future[Outcome]) -> None:
        """React when it is on record. What may take longer than that keeps no other message waiting."""
        try:
            found = await outcome
        except Exception as error:  # noqa: BLE001 - as below
            self._missed(message, error)
            return
        if isinstance(found, Round):
            await self._recorded(person, ChannelId(message.channel.id), found)
            return
        reacting = asyncio.create_task(self._react(message, person, found))
        self._reacting.add(reacting)
        reacting.add_done_callback(self._reacting.discard)

    async def _react(self, message: discord.Message, person: Person, found: Outcome) -> None:
        thread = message.channel
        try:
            if isinstance(found, NotAgreed):
                await self._bot.asking.hint(thread, ChannelId(thread.id))
            elif isinstance(found, Asked):
                await answer_in_thread(self._bot, message, person, found.round)
            elif found is None:
                await self._warn(person.guild_id, ChannelId(thread.id))
        except Exception as error:  # noqa: BLE001 - as below
            self._missed(message, error)
        else:
            if isinstance(found, Silenced):
                await _delete(message)
            elif isinstance(found, Round | Held):
                await self._recorded(person, ChannelId(thread.id), found)

    def _missed(self, message: discord.Message, error: Exception) -> None:
        self._bot.attending.missed_in(ChannelId(message.channel.id))
        log_error(f"recording message {message.id}", error)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Follow an edit, also of a message that is no longer in memory, or that had no words until now."""
        await self.hear(payload.message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Follow a deletion: who deletes their message takes their words back, and a round's card is posted anew."""
        if payload.guild_id is None:
            return
        guild_id, message_id = GuildId(payload.guild_id), MessageId(payload.message_id)
        try:
            for response in await hearing.hear_deletions(self._bot.room, guild_id, [message_id]):
                self._bot.publisher.outdated_by(response)
            await self._bot.publisher.message_is_gone(guild_id, message_id)
        except Exception as error:  # noqa: BLE001 - an event's end of the funnel: nobody waits for an answer here
            self._bot.attending.missed_in(ChannelId(payload.channel_id))
            log_error(f"recording the deletion of message {message_id}", error)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Follow a deletion in bulk: a moderator's doing, by which nobody takes words back."""
        if payload.guild_id is None:
            return
        guild_id, gone = GuildId(payload.guild_id), [MessageId(message_id) for message_id in payload.message_ids]
        try:
            for response in await hearing.hear_clearing(self._bot.room, guild_id, gone):
                self._bot.publisher.outdated_by(response)
            for message_id in gone:
                await self._bot.publisher.message_is_gone(guild_id, message_id)
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the deletion of {len(gone)} messages", error)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone: what was said in it stays, for nobody took it back."""
        try:
            await self._bot.publisher.thread_is_gone(GuildId(payload.guild_id), ChannelId(payload.thread_id))
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the deletion of thread {payload.thread_id}", error)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone, and the debate in it with it."""
        try:
            await self._bot.publisher.channel_is_gone(GuildId(channel.guild.id), ChannelId(channel.id))
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the deletion of channel {channel.id}", error)

    async def _recorded(self, person: Person, thread_id: ChannelId, found: Round | Held) -> None:
        """What waits for a moderator goes from the thread; what Discord does not take now is on record to be done."""
        self._bot.pacing.typed(person, thread_id, self._bot.room.now())
        self._bot.publisher.outdated(found.round if isinstance(found, Held) else found)
        if isinstance(found, Held):
            try:
                await self._bot.publisher.hide(found.response)
            except NOT_TAKEN as error:
                log_error(f"deleting the message of response {found.response.id}", error)

    async def _warn(self, guild_id: GuildId, thread_id: ChannelId) -> None:
        """Where a debate is under pseudonyms: whoever types shows their name, which the class is told once."""
        found = await hearing.typed_under_a_name(self._bot.room, guild_id, thread_id)
        if found is not None:
            await self._bot.publisher.say(found, NOT_RECORDED)

    def _is_ours(self, channel: object) -> bool:
        me = self._bot.user
        return isinstance(channel, discord.Thread) and me is not None and channel.owner_id == me.id


async def _delete(message: discord.Message) -> None:
    """Whoever is muted says nothing in the thread either, where the bot may see to that."""
    try:
        await message.delete()
    except NOT_TAKEN as error:
        log.warning("message %s of somebody who is muted stays: %s", message.id, error)
