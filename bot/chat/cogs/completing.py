"""What is offered while somebody types an option: the same for every command that has it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.chat.texts import fitted
from bot.classroom import starting

if TYPE_CHECKING:
    from bot.chat.client import Parley

    Asking = discord.Interaction[Parley]

Choices = list[app_commands.Choice[str]]


async def prompt_sets(interaction: "Asking", typed: str) -> Choices:
    """The sets that match."""
    return choices(starting.choices_of_sets(interaction.client.room, typed))


async def questions(interaction: "Asking", typed: str) -> Choices:
    """The questions that match, of the set that the option `prompts` names."""
    prompts = str(getattr(interaction.namespace, "prompts", "") or "")
    return choices(starting.choices_of_questions(interaction.client.room, prompts, typed))


async def formats(interaction: "Asking", typed: str) -> Choices:
    """The formats that match."""
    return choices(starting.choices_of_formats(interaction.client.room, typed))


def choices(rows: Sequence[tuple[str, str]]) -> Choices:
    """What is shown and what is sent, as many as Discord takes."""
    return [app_commands.Choice(name=fitted(shown, 100), value=value) for shown, value in rows[:25]]
