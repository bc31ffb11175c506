"""Everything that can be used: read from the bot itself, not from the table."""

from collections.abc import Iterator
from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.chat.clicks import handlers
from bot.chat.permission_table import Thing

VERBS = (Thing.BUTTON, Thing.FORM, Thing.CHOICE)
"""What a custom_id leads to. Which of them it is, the verb alone does not say."""


def commands_of(bot: commands.Bot) -> set[str]:
    """Each slash command with its groups."""
    return {command.qualified_name for command in _leaves(bot)}


def menus_of(bot: commands.Bot) -> set[str]:
    """Each command on a message or on a member."""
    return {entry.name for entry in bot.tree.get_commands() if isinstance(entry, app_commands.ContextMenu)}


def completions_of(bot: commands.Bot) -> set[str]:
    """Each option that is completed while somebody types."""
    return {
        f"{command.qualified_name}: {option.name}"
        for command in _leaves(bot)
        for option in command.parameters
        if option.autocomplete
    }


def verbs() -> set[str]:
    """Each verb that a custom_id can name."""
    return set(handlers())


def typed_words(bot: commands.Bot) -> set[str]:
    """Commands of the old kind, typed after a mention. There are none."""
    return {command.name for command in bot.commands}


def _leaves(bot: commands.Bot) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for entry in bot.tree.walk_commands():
        if isinstance(entry, app_commands.Command):
            yield entry
