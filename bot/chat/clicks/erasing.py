"""Erasing oneself: the button that says it is meant."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, show
from bot.chat.cards.privacy_pages import erased_page
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import erasing
from bot.classroom.erasing import Erased
from bot.classroom.refusals import Refusal
from bot.discussion.values import Response, Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

NOT_YOURS = "This button is of somebody else. `/privacy erase` shows you what is yours."


async def erase(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Erase whoever pressed it, have their posts follow, and tell what they have to delete themselves."""
    person = person_of(interaction)
    if address.word(0) != str(person.user_id):
        raise Refusal(NOT_YOURS)
    erased = await patiently(interaction, erasing.erase(bot.room, person))
    bot.asking.leave(interaction, person)
    stays: list[tuple[Response, Round]] = []
    if erased is not None:
        follow(bot, erased)
        stays = [(said, found) for said, found in erased.typed if not _may_delete_in(bot, found)]
    await show(interaction, erased_page(erased, stays))


def follow(bot: "Parley", erased: Erased) -> None:
    """Let cards and posts be brought up to date soon."""
    for response, _ in erased.responses:
        bot.publisher.outdated_by(response)
    for found in erased.rounds:
        if found.is_open:
            bot.publisher.outdated(found)


def _may_delete_in(bot: "Parley", found: Round) -> bool:
    """May the bot delete what members typed in a round's thread? Threads take the permissions of their channel."""
    channel = bot.get_channel(found.channel_id)
    if not isinstance(channel, discord.TextChannel) or found.lost is not None:
        return True  # gone, with all that was in it
    granted = channel.permissions_for(channel.guild.me)
    return granted.view_channel and granted.manage_messages
