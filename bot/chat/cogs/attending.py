"""Knowing since when the bot has not been listening, so that the record tells its gaps."""

from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord.ext import commands, tasks

from bot.chat.errors import log_error
from bot.classroom import missing

if TYPE_CHECKING:
    from bot.chat.client import Parley

STOPPED = "Parley was not running"
CUT_OFF = "the connection to Discord was lost"


class Attending(commands.Cog):
    """Notes once a minute that the bot is here, and what it missed when it comes back.

    Only words typed in threads can be missed: everything else is answered when it is recorded. Without the Message
    Content intent they are never recorded, and a gap would say nothing.
    """

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._cut_off_at: datetime | None = None
        self._was_here = False

    async def cog_unload(self) -> None:
        """Note the last moment of a clean stop."""
        self._note.cancel()
        if self._was_here and self._cut_off_at is None:
            await self._noted()

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """Remember the first moment without a connection. Discord may still replay what happens from here on."""
        self._cut_off_at = self._cut_off_at or discord.utils.utcnow()

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        """Nothing was missed: Discord has replayed it."""
        self._cut_off_at = None

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A new session: whatever was typed since the last one was not heard."""
        since, reason = (self._cut_off_at, CUT_OFF) if self._was_here else (None, STOPPED)
        try:
            if self._bot.hears_threads:
                await missing.was_away(self._bot.room, since, reason)
        except Exception as error:  # noqa: BLE001 - an event's end of the funnel
            log_error("recording a gap", error)
        self._cut_off_at, self._was_here = None, True
        if not self._note.is_running():
            self._note.start()

    @tasks.loop(minutes=1)
    async def _note(self) -> None:
        if self._cut_off_at is None:
            await self._noted()

    async def _noted(self) -> None:
        try:
            await missing.still_here(self._bot.room)
        except Exception as error:  # noqa: BLE001 - a loop that raises is dead for good
            log_error("noting that the bot is here", error)
