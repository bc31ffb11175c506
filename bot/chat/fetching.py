"""Fetching a file that somebody sent with a command, from where Discord keeps it."""

import asyncio
import logging

import discord

from bot.chat.answers import NOT_TAKEN
from bot.classroom.refusals import Refusal

log = logging.getLogger(__name__)

LONGEST = 10.0
"""Seconds that a file may take. One of the size that is taken at all comes in a moment."""


async def fetched(file: discord.Attachment) -> bytes:
    """The bytes of a file whose size has been looked at before. What goes wrong on the way is a Refusal."""
    try:
        async with asyncio.timeout(LONGEST):
            return await file.read()
    except NOT_TAKEN as error:  # a time-out among them
        log.warning("could not fetch a file of %d bytes: %s", file.size, type(error).__name__)
        raise Refusal("Discord did not hand the file over just now. Please send it again in a moment.") from None
