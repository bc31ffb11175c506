"""A student's own part in the phases: looked up, and done by forms of its own."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, show, tell, turn_to
from bot.chat.cards.classmates_page import classmates_page
from bot.chat.cards.own_page import receipt
from bot.chat.cards.part_page import NOT_REMINDED, REMINDED, part_page
from bot.chat.cards.statement_pages import stated_receipt, text_so_far
from bot.chat.clicks.showing import phase_of, post_and_show, sent
from bot.chat.errors import answer_error
from bot.chat.holding import goes_as_it_is
from bot.chat.modals import MOVED, reflect_modal, statement_modal, submitted, words_in
from bot.chat.people import person_of
from bot.chat.routing import UNKNOWN, Address
from bot.classroom import partaking, reflecting, stating
from bot.classroom.classmates import classmates
from bot.classroom.refusals import Refusal
from bot.classroom.stating import Overtaken
from bot.discussion.ids import ResponseId, RoundId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def open_part(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Show somebody their part in a round. Who has no side yet where sides are assigned gets one."""
    work = partaking.part_of(bot.room, person_of(interaction), RoundId(address.number(0)))
    await show(interaction, part_page(await patiently(interaction, work)))


async def open_classmates(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Show what classmates wrote in a phase, to whoever has written too."""
    work = classmates(bot.room, person_of(interaction), RoundId(address.number(0)), address.number(1), 0)
    await show(interaction, classmates_page(await patiently(interaction, work)))


async def turn_classmates(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Turn to another page of it, in the same private message."""
    here = RoundId(address.number(0)), address.number(1), address.number(2)
    await turn_to(interaction, classmates_page(await classmates(bot.room, person_of(interaction), *here)))


async def open_reflect(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Open the form with the question of the phase."""
    asked = await reflecting.question(bot.room, person_of(interaction), RoundId(address.number(0)))
    await interaction.response.send_modal(reflect_modal(asked))


async def reflect(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Record a reflection, and whose point it names. No message shows it."""
    body = submitted(interaction)
    work = reflecting.reflect(
        bot.room,
        person_of(interaction),
        RoundId(address.number(0)),
        body,
        moved_by=_point(body.pop(MOVED, None)),
        phase=phase_of(address),
    )
    recorded = await patiently(interaction, work)
    await post_and_show(bot, interaction, recorded, lambda now, posted: receipt(now, posted=posted))


async def open_statement(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Open the form with the group's text so far."""
    await ask_for_statement(bot, interaction, RoundId(address.number(0)), phase_of(address))


async def ask_for_statement(
    bot: "Parley", interaction: discord.Interaction, round_id: RoundId, phase: int | None
) -> None:
    """The form for a group's text, from its notice, from its receipt or from one's own responses."""
    draft = await stating.statement_so_far(bot.room, person_of(interaction), round_id, phase)
    await interaction.response.send_modal(statement_modal(draft))


async def state(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Record the group's text. Where another was faster, hand the words back beside the newer text."""
    work = stating.state(
        bot.room,
        person_of(interaction),
        RoundId(address.number(0)),
        submitted(interaction),
        mark=address.word(2),
        phase=phase_of(address),
        as_it_is=goes_as_it_is(interaction, address),
    )
    try:
        stated = await patiently(interaction, work)
    except Overtaken as overtaken:
        await answer_error(interaction, overtaken, words=words_in(interaction))
        await show(interaction, text_so_far(overtaken.now))
        return
    sent(bot, interaction, address)
    await post_and_show(bot, interaction, stated.recorded, lambda _, posted: stated_receipt(stated, posted=posted))


async def remind(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Switch reminders by the button."""
    if address.word(0) not in {"on", "off"}:
        raise Refusal(UNKNOWN)
    await switch_reminders(bot, interaction, wanted=address.word(0) == "on")


async def switch_reminders(bot: "Parley", interaction: discord.Interaction, *, wanted: bool) -> None:
    """Switch reminders, from the button or from the command."""
    await patiently(interaction, partaking.remind(bot.room, person_of(interaction), wanted=wanted))
    await tell(interaction, REMINDED if wanted else NOT_REMINDED)


def _point(chosen: str | None) -> ResponseId | None:
    """The response that was chosen. What no form of ours offers is refused, never an error."""
    if chosen is None:
        return None
    return ResponseId(Address("moved", (chosen,)).number(0))
