"""Discord's messages as the classroom hears them."""

import discord

from bot.classroom import hearing
from bot.discussion.ids import ChannelId, MessageId
from bot.discussion.values import Attachment


def is_words_of_a_person(message: discord.Message) -> bool:
    """Did somebody type it? Not what bots and webhooks post, nor what Discord itself tells, such as a thread's name."""
    return not (message.author.bot or message.webhook_id is not None or message.is_system())


def heard(message: discord.Message) -> hearing.Message:
    """A message with its words, its time, its files by name, and what it answers."""
    answers = message.reference.message_id if message.reference else None
    return hearing.Message(
        id=MessageId(message.id),
        thread_id=ChannelId(message.channel.id),
        text=message.content,
        sent_at=message.created_at,
        answers=MessageId(answers) if answers else None,
        edited_at=message.edited_at,
        attachments=tuple(Attachment(file.filename, file.content_type, file.size) for file in message.attachments),
    )
