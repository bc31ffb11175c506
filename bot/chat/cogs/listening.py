"""What is typed, edited and deleted in the threads of debates."""

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.chat.errors import log_error
from bot.chat.people import person_of_member
from bot.classroom import hearing
from bot.discussion.ids import ChannelId, GuildId, MessageId
from bot.discussion.values import Response

if TYPE_CHECKING:
    from bot.chat.client import Parley


class Listening(commands.Cog):
    """Hears the threads that the bot has opened, and nothing else."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Record what a member typed in a debate's thread, not what Discord tells there, such as a new name for it.

        Without the Message Content intent nothing is: the card says so, though Discord shows the bot the words of
        messages that mention it.
        """
        thread = message.channel
        if not self._bot.hears_threads or message.is_system() or not self._is_ours(thread):
            return
        if message.author.bot or not isinstance(message.author, discord.Member):
            return
        answers = message.reference.message_id if message.reference else None
        heard = hearing.Message(
            id=MessageId(message.id),
            thread_id=ChannelId(thread.id),
            text=message.content,
            sent_at=message.created_at,
            answers=MessageId(answers) if answers else None,
        )
        try:
            self._count(await hearing.hear(self._bot.room, person_of_member(message.author), heard))
        except Exception as error:  # noqa: BLE001 - an event's end of the funnel: nobody waits for an answer here
            log_error(f"recording message {message.id}", error)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Follow an edit, also of a message that is no longer in memory."""
        if payload.guild_id is None or payload.message.author.bot:
            return
        guild_id, message_id = GuildId(payload.guild_id), MessageId(payload.message_id)
        try:
            await hearing.hear_edit(self._bot.room, guild_id, message_id, payload.message.content)
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the edit of message {message_id}", error)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Follow a deletion: who deletes their message takes their words back."""
        if payload.guild_id is None:
            return
        guild_id, message_id = GuildId(payload.guild_id), MessageId(payload.message_id)
        try:
            self._count(await hearing.hear_deletion(self._bot.room, guild_id, message_id))
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the deletion of message {message_id}", error)

    def _is_ours(self, channel: object) -> bool:
        me = self._bot.user
        return isinstance(channel, discord.Thread) and me is not None and channel.owner_id == me.id

    def _count(self, response: Response | None) -> None:
        if response is not None:
            self._bot.publisher.outdated_by(response)
