"""Running the bot on Discord: with the intents that it has been granted, until it is told to stop."""

import base64
import binascii
import logging
from collections.abc import Awaitable
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.chat.logging_in import log_in
from bot.chat.permissions import needed_permissions
from bot.chat.watching import Watch

if TYPE_CHECKING:
    from bot.chat.client import Parley
    from bot.classroom.room import Classroom

log = logging.getLogger(__name__)

_TOKEN_REFUSED = 4004
"""The gateway's word for it, where a token was changed between the login and the connection."""


class CannotConnect(Exception):  # noqa: N818 - the message is the sentence for the operator
    """Discord cannot be used; `is_token` tells a refused token from an unreachable Discord."""

    def __init__(self, sentence: str, *, is_token: bool) -> None:
        super().__init__(sentence)
        self.is_token = is_token


async def run_on_discord(room: "Classroom", token: str, watch: Watch, granted: Awaitable[discord.Intents]) -> None:
    """Run until cancelled, with the privileged intents that are granted; without them the bot says so and works.

    `granted` comes from `granted_intents`, which may have been asked for while the room was still being opened.
    """
    from bot.chat.client import Parley  # noqa: PLC0415 - who asks for `granted_intents` need not wait for the whole bot

    try:
        try:
            await _run(Parley(room, await granted, watch), token)
        except discord.PrivilegedIntentsRequired:
            # Taken away between the look and the connection: the bot works without them.
            log.warning("Discord refused the privileged intents; running on without them")
            await _run(Parley(room, plain_intents(), watch), token)
    except discord.LoginFailure:
        raise _wrong_token() from None
    except discord.ConnectionClosed as closed:
        if closed.code == _TOKEN_REFUSED:
            raise _wrong_token() from None
        raise CannotConnect(f"Discord ended the connection (code {closed.code}).", is_token=False) from closed
    except (aiohttp.ClientConnectionError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
        raise CannotConnect(f"Discord cannot be reached: {error}", is_token=False) from error


async def granted_intents(token: str) -> discord.Intents:
    """The intents to ask for: the plain ones, and of the privileged ones those that the application was granted."""
    async with discord.Client(intents=plain_intents()) as probe:
        await log_in(probe, token)
        flags = probe.application_flags
    intents = plain_intents()
    intents.message_content = flags.gateway_message_content or flags.gateway_message_content_limited
    intents.members = flags.gateway_guild_members or flags.gateway_guild_members_limited
    if not intents.message_content:
        log.warning("without the Message Content intent, only what comes by button, modal and command is recorded")
    if not intents.members:
        log.warning("without the Server Members intent, the status cannot list members who never took part")
    return intents


def plain_intents() -> discord.Intents:
    """What needs nobody's grant: servers, and the messages in them (without their words)."""
    return discord.Intents(guilds=True, guild_messages=True)


def all_intents() -> discord.Intents:
    """The plain ones and both privileged ones, where all are granted."""
    intents = plain_intents()
    intents.message_content = intents.members = True
    return intents


def invitation(token_or_id: str) -> str:
    """The link that invites the bot, from its application id or from its token, whose first part is that id."""
    application = token_or_id if token_or_id.isdecimal() else _id_in(token_or_id)
    return discord.utils.oauth_url(
        application, permissions=needed_permissions(), scopes=("bot", "applications.commands")
    )


def _id_in(token: str) -> str:
    part = token.split(".", maxsplit=1)[0]
    try:
        found = base64.b64decode(part + "=" * (-len(part) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        found = ""
    if not found.isdecimal():
        raise ValueError("this is neither an application id nor a bot token")
    return found


def _wrong_token() -> CannotConnect:
    return CannotConnect(
        "Discord does not take this token. Copy it again from the bot's page and set DISCORD_TOKEN.", is_token=True
    )


async def _run(bot: "Parley", token: str) -> None:
    async with bot:
        await bot.start(token)
