"""Turning the pages of the audit."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, turn_or_show
from bot.chat.cards.audit_page import NOTHING, audit_page
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import auditing
from bot.classroom.auditing import Filter
from bot.discussion.ids import SessionId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def turn_page(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Another page of what was chosen."""
    action = None if address.word(1) == NOTHING else address.word(1).replace("~", ".")
    session = None if address.word(2) == NOTHING else SessionId(address.number(2))
    work = auditing.audit(bot.room, person_of(interaction), Filter(action, session), address.number(0))
    await turn_or_show(interaction, audit_page(await patiently(interaction, work)))
