"""`/transcript`: the record, handed over to moderators and teachers."""

from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show, tell
from bot.chat.cards.transcript_pages import log_page, session_page
from bot.chat.delivering import deliver
from bot.chat.people import person_of
from bot.chat.texts import fitted
from bot.classroom import exporting
from bot.classroom.exporting import Wanted
from bot.classroom.refusals import Refusal
from bot.discussion.ids import SessionId, UserId
from bot.discussion.moments import moment
from bot.discussion.transcript import Names, Scope
from bot.transcripts import Format

if TYPE_CHECKING:
    from bot.chat.client import Parley

Number = app_commands.Range[int, 1, 2**53 - 1]
"""The largest whole number that Discord takes as an option."""


@app_commands.guild_only()
class Transcript(commands.GroupCog, group_name="transcript", group_description="The record of a debate"):
    """Export, list, log."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Get the record of a debate as a file")
    @app_commands.describe(
        session="Which debate",
        format="As what: HTML to read and print, CSV for a spreadsheet, all for everything in one zip",
        names="Real names, or a pseudonym for everybody",
        round="Only this question, by its number",
        student="Only what this student said",
        since="Only what was said since: 2h, 3 days, 10:30, 2026-11-22",
        students="For gradebooks: a CSV file with the columns discord_user_id, name and the ids of Canvas or Moodle",
    )
    async def export(
        self,
        interaction: discord.Interaction,
        session: Number,
        format: Format,  # noqa: A002 - the option's name, as teachers see it
        names: Names,
        round: app_commands.Range[int, 1, 25] | None = None,  # noqa: A002 - as above
        student: discord.Member | None = None,
        since: str | None = None,
        students: discord.Attachment | None = None,
    ) -> None:
        """Note it on the audit, write it, hand it over privately."""
        scope = Scope(names, round, UserId(student.id) if student else None, self._moment(since))
        wanted = Wanted(SessionId(session), format, scope)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await deliver(self._bot, interaction, person_of(interaction), wanted, students)

    @app_commands.command(name="list", description="The debates on record, and what there is of each")
    @app_commands.describe(session="One debate in detail")
    async def list_sessions(self, interaction: discord.Interaction, session: Number | None = None) -> None:
        """What could be exported."""
        person = person_of(interaction)
        work = exporting.on_record(self._bot.room, person, SessionId(session) if session else None)
        found = await patiently(interaction, work)
        if found:
            await show(interaction, session_page(found))
        else:
            await tell(interaction, "No debate is on record here yet.")

    @app_commands.command(description="Who has exported which record, and when")
    async def log(self, interaction: discord.Interaction) -> None:
        """The audit of exports."""
        made = await patiently(interaction, exporting.exports_so_far(self._bot.room, person_of(interaction)))
        if made:
            await show(interaction, log_page(made))
        else:
            await tell(interaction, "Nothing has been exported here yet.")

    @export.autocomplete("session")
    @list_sessions.autocomplete("session")
    async def _sessions_that_match(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[int]]:
        found = await exporting.sessions_on_record(self._bot.room, person_of(interaction), current, 25)
        return [
            app_commands.Choice(
                name=fitted(f"{entry.id} · {entry.started_at:%Y-%m-%d} · {entry.prompt_set.title}", 100),
                value=entry.id,
            )
            for entry in found
        ]

    def _moment(self, since: str | None) -> datetime | None:
        if since is None:
            return None
        meant = moment(since, self._bot.room.now(), self._bot.room.zone)
        if meant is None:
            raise Refusal("`since` is a time such as `2h`, `3 days`, `10:30` or `2026-11-22`.")
        return meant
