"""Showing a chart of a round: privately to whoever asks, or in its thread for the class."""

from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN, patiently, show
from bot.chat.cards.chart_page import chart_page
from bot.chat.cards.chart_parts import chart_file
from bot.chat.errors import log_error
from bot.chat.publishing.pictures import send_with_picture
from bot.chat.publishing.places import unfolded
from bot.classroom.refusals import Refusal
from bot.classroom.results import Charted

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def show_chart(
    bot: "Parley", interaction: discord.Interaction, charted: Charted, *, chooses: bool = False
) -> None:
    """Answer privately with a chart; with `chooses` others of the round may be chosen there."""
    picture = await patiently(interaction, bot.gallery.picture(charted.chart))
    file = chart_file(charted.kind, picture) if picture is not None else None
    await show(interaction, chart_page(charted, picture, chooses=chooses), file=file)


async def turn_to_chart(bot: "Parley", interaction: discord.Interaction, charted: Charted) -> None:
    """Show another chart in the private message in which it was chosen. The interaction must have been deferred."""
    picture = await bot.gallery.picture(charted.chart)
    await interaction.edit_original_response(
        view=chart_page(charted, picture, chooses=True),
        attachments=[chart_file(charted.kind, picture)] if picture is not None else [],
        allowed_mentions=discord.AllowedMentions.none(),
    )


async def post_chart(bot: "Parley", interaction: discord.Interaction, charted: Charted) -> str:
    """Post a chart in the round's thread, once; where that is, as a mention."""
    found, places = charted.round, bot.publisher.places
    picture = await patiently(interaction, bot.gallery.picture(charted.chart))
    try:
        place = await places.thread_of(found) or await places.channel_of(found)
        if place is None:
            raise Refusal("The thread and the channel of that debate are gone: there is nowhere to post the chart.")
        async with unfolded(place):
            page = partial(chart_page, charted)
            await send_with_picture(place, page, charted.kind, picture, f"chart-{interaction.id}")
    except NOT_TAKEN as error:
        error_id = log_error(f"posting a chart of round {found.id}", error)
        raise Refusal(f"Discord did not take the chart: it is not posted. ({error_id})") from None
    return place.mention
