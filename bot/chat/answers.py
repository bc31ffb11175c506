"""Answering an interaction: in time, privately, once."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import TypeVar

import aiohttp
import discord

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE = 1.2
"""Seconds to wait for the work itself before telling Discord that the answer follows; Discord gives up after 3."""


NOT_TAKEN = (discord.HTTPException, aiohttp.ClientError, OSError)
"""Discord refused something, or could not be reached: a lost connection and a time-out are OSErrors or aiohttp's."""


async def patiently(interaction: discord.Interaction, work: Coroutine[None, None, T]) -> T:
    """The result of work that is usually quick. When it is not, Discord is told in time that the answer will come."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    if not task.done() and not interaction.response.is_done():
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
        except NOT_TAKEN as error:
            # The work goes on, and what follows from it must be done, though its answer may find nobody.
            log.warning("could not tell Discord that an answer follows: %s", error)
    return await task


async def tell(interaction: discord.Interaction, sentence: str, *, file: discord.File | None = None) -> None:
    """Answer privately: as the response while there is none, as a follow-up afterwards. Nobody is pinged."""
    kept = file if file is not None else discord.utils.MISSING
    nobody = discord.AllowedMentions.none()
    if interaction.response.is_done():
        await interaction.followup.send(sentence, file=kept, ephemeral=True, allowed_mentions=nobody)
    else:
        await interaction.response.send_message(sentence, file=kept, ephemeral=True, allowed_mentions=nobody)


async def show(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Answer privately with a page."""
    nobody = discord.AllowedMentions.none()
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=nobody)
    else:
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=nobody)


async def turn_to(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Show another page in the private message whose button was pressed."""
    await interaction.response.edit_message(view=view, allowed_mentions=discord.AllowedMentions.none())
