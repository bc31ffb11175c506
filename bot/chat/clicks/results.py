"""The buttons under a round's results: its charts, and the way to its transcript."""

from typing import TYPE_CHECKING

import discord
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.chat.answers import patiently
from bot.chat.charting import show_chart, turn_to_chart
from bot.chat.delivering import deliver
from bot.chat.modals import submitted
from bot.chat.people import person_of
from bot.chat.routing import UNKNOWN, Address
from bot.chat.transcript_form import transcript_form, wanted_by
from bot.classroom import exporting, results
from bot.classroom.refusals import Refusal
from bot.content.formats import ChartKind
from bot.discussion.ids import RoundId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def open_chart(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Show the round's first chart privately, with a choice of the others."""
    work = results.chart_of(bot.room, person_of(interaction), RoundId(address.number(0)), None)
    await show_chart(bot, interaction, await patiently(interaction, work), chooses=True)


async def choose_chart(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Show the chosen chart in the same private message."""
    kind, round_id = _chosen(interaction), RoundId(address.number(0))
    await interaction.response.defer()
    await turn_to_chart(bot, interaction, await results.chart_of(bot.room, person_of(interaction), round_id, kind))


async def open_transcript(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Ask what a transcript should be; others than moderators and teachers are told whom to ask for it."""
    work = exporting.on_offer(bot.room, person_of(interaction), RoundId(address.number(0)))
    await interaction.response.send_modal(transcript_form(await work))


async def export(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Hand the transcript over, as `/transcript export` does."""
    person, chosen = person_of(interaction), submitted(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    offer = await exporting.on_offer(bot.room, person, RoundId(address.number(0)))
    await deliver(bot, interaction, person, wanted_by(offer, chosen), None)


class _Choice(BaseModel):
    """What Discord sends of a choice of one."""

    model_config = ConfigDict(defer_build=True)

    values: tuple[ChartKind]


def _chosen(interaction: discord.Interaction) -> ChartKind:
    try:
        return _Choice.model_validate(dict(interaction.data or {})).values[0]
    except ValidationError:
        raise Refusal(UNKNOWN) from None
