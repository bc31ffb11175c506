"""`/review`, `/audit`, and the commands on a message by which order is kept."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show
from bot.chat.cards.audit_page import audit_page, label_of
from bot.chat.cards.review_page import case_page, review_page
from bot.chat.clicks.moderating import ask_for_report
from bot.chat.cogs.completing import choices
from bot.chat.people import person_of
from bot.chat.texts import fitted
from bot.classroom import auditing, exporting, moderating
from bot.classroom.auditing import Filter
from bot.classroom.rewording import of_message
from bot.discussion.ids import MessageId, SessionId

if TYPE_CHECKING:
    from bot.chat.client import Parley

Number = app_commands.Range[int, 1, 2**53 - 1]
"""The largest whole number that Discord takes as an option."""


class Moderating(commands.Cog):
    """What waits for a moderator, and who did what."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="What somebody has reported: hide it, or dismiss the report")
    @app_commands.guild_only()
    async def review(self, interaction: discord.Interaction) -> None:
        """The first page of the queue."""
        queue = await patiently(interaction, moderating.queue(self._bot.room, person_of(interaction), 0))
        await show(interaction, review_page(queue))

    @app_commands.command(description="Who has done what: exported, hidden, closed, scheduled …")
    @app_commands.describe(action="Only what was done of that kind", session="Only in this debate")
    @app_commands.guild_only()
    async def audit(
        self,
        interaction: discord.Interaction,
        action: app_commands.Range[str, 1, 100] | None = None,
        session: Number | None = None,
    ) -> None:
        """The latest page."""
        wanted = Filter(action, SessionId(session) if session is not None else None)
        log = await patiently(interaction, auditing.audit(self._bot.room, person_of(interaction), wanted, 0))
        await show(interaction, audit_page(log))

    @audit.autocomplete("action")
    async def _actions(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await auditing.actions(self._bot.room, person_of(interaction))
        named = [(label_of(action), action) for action in found]
        return choices([(label, action) for label, action in named if typed.casefold() in label.casefold()])

    @audit.autocomplete("session")
    async def _sessions(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[int]]:
        found = await exporting.sessions_on_record(self._bot.room, person_of(interaction), typed, 25)
        return [
            app_commands.Choice(
                name=fitted(f"{entry.id} · {entry.started_at:%Y-%m-%d} · {entry.prompt_set.title}", 100),
                value=entry.id,
            )
            for entry in found
        ]


def moderation_menus(bot: "Parley") -> list[app_commands.ContextMenu]:
    """What can be done to somebody else's response from its message's menu."""

    async def report(interaction: discord.Interaction, message: discord.Message) -> None:
        found = await of_message(bot.room, person_of(interaction), MessageId(message.id))
        await ask_for_report(bot, interaction, found.id)

    async def moderate(interaction: discord.Interaction, message: discord.Message) -> None:
        work = moderating.case_of_message(bot.room, person_of(interaction), MessageId(message.id))
        await show(interaction, case_page(await patiently(interaction, work)))

    menus = [
        app_commands.ContextMenu(name="Report this response", callback=report),
        app_commands.ContextMenu(name="Moderate this response", callback=moderate),
    ]
    return [app_commands.guild_only(menu) for menu in menus]
