"""The ways of a response: Respond, Reply, Change, Withdraw, and the modals behind them."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN, patiently, tell
from bot.chat.cards.own_page import receipt
from bot.chat.clicks.partaking import ask_for_statement
from bot.chat.clicks.showing import phase_of, post_and_show, sent
from bot.chat.errors import log_error
from bot.chat.holding import goes_as_it_is
from bot.chat.modals import STANCE, STEM, change_modal, paragraph_in, reply_modal, respond_modal, submitted
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import responding, rewording
from bot.classroom.posting import TakenDown
from bot.classroom.responding import Recorded
from bot.discussion.ids import ResponseId, RoundId, StanceId
from bot.discussion.values import Response, Source

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def open_respond(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Open the modal for a response, with the stance that the student holds already chosen."""
    invited = await responding.invitation(bot.room, person_of(interaction), RoundId(address.number(0)))
    await interaction.response.send_modal(respond_modal(invited))


async def respond(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Record a submitted response and post it in the thread."""
    body = submitted(interaction)
    stance, leaned_on = body.pop(STANCE, None), paragraph_in(body)
    work = responding.respond(
        bot.room,
        person_of(interaction),
        RoundId(address.number(0)),
        StanceId(stance) if stance else None,
        body,
        phase=phase_of(address),
        chosen=leaned_on,
        as_it_is=goes_as_it_is(interaction, address),
    )
    await _record_and_post(bot, interaction, address, work)


async def open_reply(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Open the modal for an answer to a classmate."""
    await ask_for_reply(bot, interaction, ResponseId(address.number(0)))


async def ask_for_reply(bot: "Parley", interaction: discord.Interaction, parent_id: ResponseId) -> None:
    """The modal for an answer, from the button or from the command on a message."""
    parent = await responding.answerable(bot.room, person_of(interaction), parent_id)
    await interaction.response.send_modal(reply_modal(parent))


async def reply(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Record a submitted answer and post it in the thread."""
    parent_id, body = ResponseId(address.number(0)), submitted(interaction)
    stem, phase = body.pop(STEM, None), phase_of(address)
    is_told = goes_as_it_is(interaction, address)
    work = responding.reply(bot.room, person_of(interaction), parent_id, body, stem=stem, phase=phase, as_it_is=is_told)
    await _record_and_post(bot, interaction, address, work)


async def open_change(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Open the modal with one's own words to rewrite."""
    await ask_for_change(bot, interaction, ResponseId(address.number(0)))


async def ask_for_change(bot: "Parley", interaction: discord.Interaction, response_id: ResponseId) -> None:
    """The modal to rewrite a response, from the button or from the command on a message."""
    mine = await rewording.own(bot.room, person_of(interaction), response_id)
    if mine.response.source is Source.STATEMENT:
        await ask_for_statement(bot, interaction, mine.round.id, mine.response.phase)
        return
    await interaction.response.send_modal(change_modal(mine))


async def change(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Record the new wording and bring the message in the thread up to date."""
    body = submitted(interaction)
    stance, leaned_on = body.pop(STANCE, None), paragraph_in(body)
    work = rewording.revise(
        bot.room,
        person_of(interaction),
        ResponseId(address.number(0)),
        StanceId(stance) if stance else None,
        body,
        chosen=leaned_on,
        as_it_is=goes_as_it_is(interaction, address),
    )
    await _record_and_post(bot, interaction, address, work)


async def withdraw(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Withdraw one's own response by its button."""
    await take_back(bot, interaction, ResponseId(address.number(0)))


async def take_back(bot: "Parley", interaction: discord.Interaction, response_id: ResponseId) -> None:
    """Withdraw a response and take its message down, from the button or from the command on a message."""
    work = rewording.withdraw(bot.room, person_of(interaction), response_id)
    withdrawn = await patiently(interaction, work)
    bot.publisher.outdated(withdrawn.round)
    if withdrawn.response.held_back:
        await tell(interaction, f"Withdrawn: your words are {_gone(bot)}.")
        return
    match await patiently(interaction, _taken_down(bot, withdrawn.response)):
        case TakenDown.GONE:
            await tell(interaction, f"Withdrawn: your words are {_gone(bot)} and gone from the thread.")
        case TakenDown.LATER:
            soon = "Their message goes from the thread as soon as Discord takes that."
            await tell(interaction, f"Withdrawn: your words are {_gone(bot)}. {soon}")
        case TakenDown.STAYS:
            await tell(interaction, f"Withdrawn: your words are {_gone(bot)}. {_still_there(withdrawn.response)}")


async def _record_and_post(
    bot: "Parley", interaction: discord.Interaction, address: Address, work: Coroutine[None, None, Recorded]
) -> None:
    recorded = await patiently(interaction, work)
    sent(bot, interaction, address)
    await post_and_show(bot, interaction, recorded, lambda now, posted: receipt(now, posted=posted))


async def _taken_down(bot: "Parley", response: Response) -> TakenDown:
    """Delete its message. What is withdrawn stays withdrawn when Discord does not take that; it is tried again."""
    try:
        return await bot.publisher.take_down(response)
    except NOT_TAKEN as error:
        log_error(f"taking down response {response.id}", error)
        return TakenDown.LATER


def _gone(bot: "Parley") -> str:
    return "out of the record, kept for moderators alone" if bot.room.keeps_withdrawn else "erased from the record"


def _still_there(response: Response) -> str:
    where = (
        "Delete your message there yourself" if response.source is Source.MESSAGE else "Ask your teacher to delete it"
    )
    return f"Their message is still in the thread. {where}."
