"""What `doctor` asks Discord: is the token taken, which intents are granted, and may the bot do what a debate needs."""

import asyncio
from collections.abc import Sequence

import aiohttp
import discord

from bot.chat.logging_in import log_in
from bot.chat.permissions import NEEDED
from bot.discussion.values import GuildSettings
from bot.values import frozen

PATIENCE = 30.0
"""Seconds for all of Discord's answers together."""


@frozen
class Answer:
    """One thing that Discord told: `mend` says what to do about it, and is None where all is well."""

    about: str
    told: str
    mend: str | None = None


async def examine(token: str, guilds: Sequence[GuildSettings]) -> list[Answer]:
    """Ask Discord, over its web address alone, so that a running bot is not disturbed. Raises nothing of the network.

    `guilds` are those that have named a channel for debates.
    """
    answers: list[Answer] = []
    try:
        async with asyncio.timeout(PATIENCE), discord.Client(intents=discord.Intents.none()) as client:
            await log_in(client, token)
            answers.append(Answer("token", f"Discord takes it: the bot is {client.user}"))
            answers += _intents(client.application_flags)
            joined = {guild.id: guild async for guild in client.fetch_guilds(limit=None)}
            answers.append(_servers(list(joined.values())))
            for settings in guilds:
                answers.append(await _channel(client, joined.get(settings.guild_id), settings))
    except discord.LoginFailure:
        mend = "copy it again from the bot's page in the Developer Portal and set DISCORD_TOKEN"
        answers.append(Answer("token", "Discord does not take it", mend))
    except TimeoutError:
        answers.append(Answer("Discord", f"no answer within {PATIENCE:.0f} s", "check the network and try again"))
    except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
        answers.append(Answer("Discord", f"it cannot be reached: {error}", "check the network and try again"))
    return answers


def _intents(flags: discord.ApplicationFlags) -> list[Answer]:
    granted = [
        ("Message Content", flags.gateway_message_content or flags.gateway_message_content_limited),
        ("Server Members", flags.gateway_guild_members or flags.gateway_guild_members_limited),
    ]
    return [
        Answer("intents", f"{name} is granted" if is_granted else f"{name} is not granted; Parley works without it")
        for name, is_granted in granted
    ]


def _servers(joined: Sequence[discord.Guild]) -> Answer:
    if not joined:
        return Answer("servers", "the bot is in none", "invite it: python bot.py invite")
    return Answer("servers", f"the bot is in {len(joined)}: {', '.join(guild.name for guild in joined)}")


async def _channel(client: discord.Client, joined: discord.Guild | None, settings: GuildSettings) -> Answer:
    if joined is None:
        told = f"a channel for debates is set in server {settings.guild_id}, which the bot has left"
        return Answer("channel", told, "invite the bot again, or leave it at that")
    place = f"the channel for debates in {joined.name}"
    try:
        guild = await client.fetch_guild(joined.id)
        channels = {channel.id: channel for channel in await guild.fetch_channels()}
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.Forbidden, discord.NotFound) as error:
        return Answer("channel", f"{place} cannot be looked at: {error}", "check the bot's role in that server")
    channel = channels.get(settings.default_channel_id or 0)
    if channel is None:
        return Answer("channel", f"{place} is gone, or hidden from the bot", "choose another with /setup")
    allowed = channel.permissions_for(me)
    missing = [shown for name, shown in NEEDED.items() if not getattr(allowed, name)]
    if missing:
        return Answer("channel", f"{place} (#{channel.name}) denies {', '.join(missing)}", "allow it to the bot's role")
    return Answer("channel", f"{place} (#{channel.name}) allows all that is needed")
