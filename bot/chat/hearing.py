"""Discord's messages as the classroom hears them."""

import re

import discord

from bot.classroom import hearing
from bot.discussion.ids import ChannelId, MessageId
from bot.discussion.values import Attachment
from bot.patterns import pattern


def is_words_of_a_person(message: discord.Message) -> bool:
    """Did somebody type it? Not what bots and webhooks post, nor what Discord itself tells, such as a thread's name."""
    return not (message.author.bot or message.webhook_id is not None or message.is_system())


_MENTION = pattern(r"<@(?:!?|&)(?P<id>\d{1,20})>")
_NO_WORDS = pattern(r"[\s?!.,:;]*")


def question_in(message: discord.Message) -> str | None:
    """What a message asks the bot: the words behind its mention, or before it. None where it is not said to the bot.

    One in the midst of other words is said about it. What only answers a post of the bot's has no mention in its words.
    """
    words = message.content
    if "<@" not in words or message.guild is None:
        return None
    for mention in _MENTION.finditer(words):
        before, behind = words[: mention.start()], words[mention.end() :]
        is_outside = _NO_WORDS.fullmatch(before) is not None or _NO_WORDS.fullmatch(behind) is not None
        if is_outside and _is_us(message.guild, mention):
            return f"{before} {behind}".strip()
    return None


def _is_us(guild: discord.Guild, mention: re.Match[str]) -> bool:
    """Is it the bot's mention, or that of the role which Discord gives each bot, and which looks the same?"""
    if "&" in mention[0]:
        return guild.self_role is not None and guild.self_role.id == int(mention["id"])
    return guild.me.id == int(mention["id"])


def heard(message: discord.Message) -> hearing.Message:
    """A message with its words, its time, its files by name, and what it answers."""
    answers = message.reference.message_id if message.reference else None
    return hearing.Message(  # by their places: by their names takes twice as long, for each message there is
        MessageId(message.id),
        ChannelId(message.channel.id),
        message.content,
        message.created_at,
        MessageId(answers) if answers else None,
        message.edited_at,
        _attached(message.attachments) if message.attachments else (),
        question_in(message),
    )


def _attached(files: list[discord.Attachment]) -> tuple[Attachment, ...]:
    return tuple(Attachment(file.filename, file.content_type, file.size) for file in files)
