"""Answering an interaction: in time, privately, once."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import TypeVar

import aiohttp
import discord

log = logging.getLogger(__name__)

T = TypeVar("T")

_THINKING = discord.InteractionResponseType.deferred_channel_message

PATIENCE = 1.2
"""Seconds to wait for the work itself before telling Discord that the answer follows; Discord gives up after 3."""

LONG = 5.0
"""Seconds after which somebody who waits is told so, in more words than Discord's own “is thinking …”."""

STILL_AT_IT = "This takes longer than usual. Parley is still at it: you need not send it again."
_NOTE = "parley.note"

NOT_TAKEN = (discord.HTTPException, aiohttp.ClientError, OSError)
"""Discord refused something, or could not be reached: a lost connection and a time-out are OSErrors or aiohttp's."""


async def patiently(interaction: discord.Interaction, work: Coroutine[None, None, T]) -> T:
    """The result of work that is usually quick. When it is not, Discord is told in time that the answer will come.

    When it takes really long, such as while another program holds the database, so is who waits for it.
    """
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    if task.done():
        return task.result()
    try:
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        await asyncio.wait({task}, timeout=LONG - PATIENCE)
        if not task.done() and interaction.response.type is _THINKING:
            await note(interaction, STILL_AT_IT)
    except NOT_TAKEN as error:
        # The work goes on, and what follows from it must be done, though its answer may find nobody.
        log.warning("could not tell Discord that an answer follows: %s", error)
    return await task


async def note(interaction: discord.Interaction, sentence: str) -> None:
    """Say how it stands, instead of “is thinking …”. The note goes when the answer comes."""
    interaction.extras[_NOTE] = True
    await interaction.edit_original_response(content=sentence)


async def tell(interaction: discord.Interaction, sentence: str, *, file: discord.File | None = None) -> None:
    """Answer privately: as the response while there is none, as a follow-up afterwards. Nobody is pinged."""
    kept = file if file is not None else discord.utils.MISSING
    nobody = discord.AllowedMentions.none()
    if interaction.response.is_done():
        await interaction.followup.send(sentence, file=kept, ephemeral=True, allowed_mentions=nobody)
        await take_note_away(interaction)
    else:
        await interaction.response.send_message(sentence, file=kept, ephemeral=True, allowed_mentions=nobody)


async def show(
    interaction: discord.Interaction, view: discord.ui.LayoutView, *, file: discord.File | None = None
) -> None:
    """Answer privately with a page, and with the picture that stands on it, if one does."""
    kept = file if file is not None else discord.utils.MISSING
    nobody = discord.AllowedMentions.none()
    if interaction.response.is_done():
        await interaction.followup.send(view=view, file=kept, ephemeral=True, allowed_mentions=nobody)
        await take_note_away(interaction)
    else:
        await interaction.response.send_message(view=view, file=kept, ephemeral=True, allowed_mentions=nobody)


async def take_note_away(interaction: discord.Interaction) -> None:
    """The answer is there: what was said while it was awaited goes, if anything was."""
    if interaction.extras.pop(_NOTE, False):
        try:
            await interaction.delete_original_response()
        except NOT_TAKEN as error:
            log.warning("a note about waiting stays above its answer: %s", error)


async def turn_later(interaction: discord.Interaction) -> None:
    """Say that another page follows in the private message whose button was pressed: with `turn`.

    Where the button's message is not private, which none of ours is, the page comes in one that is.
    """
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def turn(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Show the page that was to follow."""
    await interaction.edit_original_response(view=view, allowed_mentions=discord.AllowedMentions.none())


async def turn_to(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Show another page in the private message whose button was pressed."""
    await interaction.response.edit_message(view=view, allowed_mentions=discord.AllowedMentions.none())


async def turn_or_show(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Show another page where the button was pressed, if that is a private message and nothing was answered yet.

    Else privately below it: it took long, or the button is a forged one on a message that everybody sees.
    """
    is_private = interaction.message is not None and interaction.message.flags.ephemeral
    await (turn_to if is_private and not interaction.response.is_done() else show)(interaction, view)
