"""Where a response stands in Discord."""

from bot.discussion.transcript import Entry


def link(entry: Entry) -> str | None:
    """The address of the message that shows a response; None where there is none, or where it would unmask somebody."""
    message = entry.response.message_id
    if message is None or entry.speaker.user_id is None:
        return None
    place = entry.round.thread_id or entry.round.channel_id
    return f"https://discord.com/channels/{entry.round.guild_id}/{place}/{message}"
