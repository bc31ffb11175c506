"""Answering those who ask the bot something in a debate's thread: openly, from the article, once for each message."""

import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN
from bot.chat.cards.answer_page import answer_lines
from bot.chat.errors import log_error
from bot.classroom import reading
from bot.classroom.people import Person
from bot.discussion.ids import ChannelId
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)


async def answer_in_thread(
    bot: "Parley", message: discord.PartialMessage, question: str, person: Person, found: Round
) -> None:
    """Answer a message with what the article says. Nothing of either is kept, and nothing of the question repeated.

    Whoever asks faster than anybody reads gets no answer, nor does a thread in which the bot has just answered many:
    `/article ask` answers in private.
    """
    if not bot.pacing.may_ask(person, ChannelId(message.channel.id), bot.room.now()):
        return
    try:
        source = reading.source_of(found)
        told = await reading.ask(bot.room, person.guild_id, source, question)
        nobody = discord.AllowedMentions.none()
        await message.reply(answer_lines(told), allowed_mentions=nobody, mention_author=False, suppress_embeds=True)
    except NOT_TAKEN as error:
        log.warning("the question in message %s stays without an answer: %s", message.id, error)
    except Exception as error:  # noqa: BLE001 - nobody waits for it but whoever asked, and nothing of the record is lost
        log_error(f"answering message {message.id}", error)
