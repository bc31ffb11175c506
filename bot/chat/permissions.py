"""What the bot itself must be allowed to do where a debate is posted."""

import discord

from bot.classroom.refusals import Refusal

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
    "manage_threads": "Manage Threads",
    "read_message_history": "Read Message History",
}
"""Each permission by discord.py's name and by the name that Discord's settings show."""

HELPFUL = {
    "attach_files": "Attach Files",
    "create_events": "Create Events",
    "manage_messages": "Manage Messages",
}
"""What a debate runs without: charts are told in figures alone, what is scheduled stands on no list of events, and what
students typed themselves has to be deleted by hand where it is withdrawn or hidden.
"""


def needed_permissions() -> discord.Permissions:
    """The permissions that an invitation asks for."""
    return discord.Permissions(**dict.fromkeys([*NEEDED, *HELPFUL], True))


def require_room_for_debate(channel: object) -> discord.TextChannel:
    """The channel, if it is a text channel in which the bot may do all it must; else what is missing, by name."""
    if channel is None:
        raise Refusal("Parley cannot see the channel for debates. Name another one, or choose another with `/setup`.")
    if not isinstance(channel, discord.TextChannel):
        raise Refusal("A debate needs an ordinary text channel: start it there.")
    granted = channel.permissions_for(channel.guild.me)
    missing = [shown for name, shown in NEEDED.items() if not getattr(granted, name)]
    if missing:
        raise Refusal(f"Parley may not do all it must in {channel.mention}. Missing: {', '.join(missing)}.")
    return channel
