"""Where a response stands in Discord."""

from bot.discussion.transcript import Entry
from bot.discussion.values import Round


def channel_of(posed: Round) -> str:
    """The address of the thread in which a round is held, or of its channel."""
    return f"https://discord.com/channels/{posed.guild_id}/{posed.thread_id or posed.channel_id}"


def link(entry: Entry, channel: str) -> str | None:
    """The address of the message that shows a response; None where there is none, or where it would unmask somebody.

    `channel` is the `channel_of` its round, made once for all its responses.
    """
    message = entry.response.message_id
    return None if message is None or entry.speaker.user_id is None else f"{channel}/{message}"
