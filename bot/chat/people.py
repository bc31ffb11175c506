"""Discord's members as the classroom's people."""

from typing import TYPE_CHECKING

import discord

from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.discussion.ids import ChannelId, GuildId, RoleId, UserId
from bot.discussion.taming import shows_nothing

if TYPE_CHECKING:
    from bot.chat.client import Parley


def person_of(interaction: discord.Interaction) -> Person:
    """Whoever clicked or typed the command, with the permissions that Discord sent along."""
    if interaction.guild_id is None or not isinstance(interaction.user, discord.Member):
        raise Refusal("Parley works in a server, not in direct messages.")
    return _person(interaction.user, interaction.permissions)


def person_of_member(member: discord.Member) -> Person:
    """A member with the permissions that the cached roles give them in the guild."""
    return _person(member, member.guild_permissions)


def channel_of(interaction: discord.Interaction) -> ChannelId:
    """The channel in which a debate is looked for: a thread stands for the channel it belongs to."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return ChannelId(channel.parent_id)
    if channel is None:
        raise Refusal("Discord did not say which channel this is. Try it in the debate's channel.")
    return ChannelId(channel.id)


def thread_of(interaction: discord.Interaction) -> ChannelId | None:
    """The thread in which somebody is; None in a channel."""
    return ChannelId(interaction.channel.id) if isinstance(interaction.channel, discord.Thread) else None


def members_of(bot: "Parley", channel_id: ChannelId) -> list[Person] | None:
    """Who can see a channel; None where Discord does not tell: without the intent, and for a moment after a start."""
    channel = bot.get_channel(channel_id)
    if not bot.intents.members or not isinstance(channel, discord.TextChannel) or not channel.guild.chunked:
        return None
    return [person_of_member(member) for member in channel.members if not member.bot]


def name_of(user: discord.User | discord.Member) -> str:
    """The name that others see; where that shows nothing, the one by which Discord knows the account."""
    return user.name if shows_nothing(user.display_name) else user.display_name


def _person(member: discord.Member, permissions: discord.Permissions) -> Person:
    return Person(
        guild_id=GuildId(member.guild.id),
        user_id=UserId(member.id),
        name=name_of(member),
        role_ids=frozenset(RoleId(role.id) for role in member.roles),
        manages_guild=permissions.manage_guild,
        manages_messages=permissions.manage_messages,
    )
