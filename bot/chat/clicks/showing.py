"""What follows when words are on record: their post, and what their author is told."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.chat.answers import show
from bot.chat.errors import answer_error
from bot.chat.holding import AGAIN, key_of
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import posting
from bot.classroom.posting import Posted
from bot.classroom.responding import Recorded

if TYPE_CHECKING:
    from bot.chat.client import Parley

POSTED_SOON = 1.0
"""Seconds to wait for the post of what is recorded, before its author is told that it follows."""


async def post_and_show(
    bot: "Parley",
    interaction: discord.Interaction,
    recorded: Recorded,
    page: Callable[[Recorded, Posted], ui.LayoutView],
) -> None:
    """Post what is recorded, or bring its post up to date, and show its author where it is then."""
    bot.publisher.outdated(recorded.round)
    try:
        posted = await bot.publisher.show(recorded.response, within=POSTED_SOON)
        now = await posting.shown(bot.room, recorded.response.guild_id, recorded.response.id)
        if now is not None and now.stands:
            recorded = Recorded(now.round, now.response, recorded.follow_up, now.cites)
        await show(interaction, page(recorded, posted))
    except Exception as error:  # noqa: BLE001 - what failed is not the recording, and must not be told as if it were
        await answer_error(interaction, error, recorded=True)


def phase_of(address: Address) -> int | None:
    """The phase that a button or a form is of. Those of before there were phases do not say."""
    return address.number(1) if len(address.arguments) > 1 and address.arguments[1] != AGAIN else None


def sent(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """A form is on record: what was held of an earlier one of it need not wait any more."""
    key = key_of(address)
    if key is not None:
        bot.holding.take(key, person_of(interaction))
