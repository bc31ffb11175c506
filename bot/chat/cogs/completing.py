"""What is offered while somebody types an option: the same for every command that has it.

Nobody comes here who is no member of the server: see `Tree.interaction_check`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.chat.cards.side_names import side_label
from bot.chat.cards.timing_lines import how_long
from bot.chat.people import channel_of, person_of
from bot.chat.texts import fitted
from bot.classroom import controlling, scheduling, starting, uploading
from bot.classroom.refusals import Refusal
from bot.content.formats import Format
from bot.discussion.taming import tamed

if TYPE_CHECKING:
    from bot.chat.client import Parley

    Asking = discord.Interaction[Parley]

Choices = list[app_commands.Choice[str]]


async def prompt_sets(interaction: "Asking", typed: str) -> Choices:
    """The sets that match; for teachers."""
    return choices(await starting.choices_of_sets(interaction.client.room, person_of(interaction), typed))


async def questions(interaction: "Asking", typed: str) -> Choices:
    """The questions that match, of the set that the option `prompts` names; for teachers."""
    prompts, person = str(getattr(interaction.namespace, "prompts", "") or ""), person_of(interaction)
    return choices(await starting.choices_of_questions(interaction.client.room, person, prompts, typed))


async def own_sets(interaction: "Asking", typed: str) -> Choices:
    """The server's own sets that match; for its teachers."""
    return choices(await uploading.choices_of_own(interaction.client.room, person_of(interaction), typed))


async def formats(interaction: "Asking", typed: str) -> Choices:
    """The formats that match, each with its length."""
    known = interaction.client.room.library.formats
    rows = starting.choices_of_formats(interaction.client.room, typed)
    return choices([(f"{shown}{_length(known.get(slug))}", slug) for shown, slug in rows])


async def sides(interaction: "Asking", typed: str) -> Choices:
    """The sides that match, of those that are assigned in the debate here; for its teacher."""
    try:
        found, known = await controlling.sides_here(
            interaction.client.room, person_of(interaction), channel_of(interaction)
        )
    except Refusal:
        return []
    labels = [(side_label(found.prompt, side), side) for side in known]
    return choices([(label, str(side)) for label, side in labels if typed.casefold() in label.casefold()])


async def times(interaction: "Asking", typed: str) -> Choices:
    """What the words may come to mean as a time ahead, with its day."""
    return choices(scheduling.choices_of_times(interaction.client.room, typed))


def _length(found: Format | None) -> str:
    return f" · {how_long(found, None)}" if found is not None and len(found.plan) > 1 else ""


def choices(rows: Sequence[tuple[str, str]]) -> Choices:
    """What is shown and what is sent, as many as Discord takes."""
    return [app_commands.Choice(name=fitted(tamed(shown), 100), value=value) for shown, value in rows[:25]]
