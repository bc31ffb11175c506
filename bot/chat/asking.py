"""Asking somebody whether they may be recorded, in the middle of what they were doing; then that goes on."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.chat.answers import NOT_TAKEN, show
from bot.chat.cards.consent_pages import hint, information_page, question_page
from bot.chat.errors import answer_error, log_error
from bot.chat.holding import WORDS, file_of
from bot.chat.modals import words_in
from bot.chat.people import person_of
from bot.chat.routing import Address, to
from bot.chat.watching import Outcome, note_outcome
from bot.classroom import consenting
from bot.classroom.people import Person
from bot.discussion.ids import ChannelId, GuildId, UserId

if TYPE_CHECKING:
    from bot.chat.client import Parley

BETWEEN_HINTS = timedelta(minutes=5)
"""A thread is told at most so often that some of what is typed in it is not recorded."""

ASKS = frozenset({"consent", "yes", "yes-form"})
"""The buttons of the question itself: nothing goes on behind them."""

_LEAVES = "parley.leaves"
_RESUME = "parley.resume"


def resume_at(interaction: discord.Interaction, custom_id: str) -> None:
    """Say where a command goes on that somebody has to be asked for: as if this button had been pressed."""
    interaction.extras[_RESUME] = custom_id


class Asking:
    """Those who are being asked, and who has been told. In memory alone: nothing is kept of whoever has not agreed."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._settled: set[tuple[GuildId, UserId]] = set()
        self._hinted: dict[ChannelId, datetime] = {}

    async def answer(self, interaction: discord.Interaction, error: Exception) -> bool:
        """Ask somebody where that is what their interaction has failed for; False where it is not."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if not isinstance(cause, consenting.ConsentNeeded):
            return False
        note_outcome(interaction, Outcome.REFUSED)
        try:
            await self.ask(interaction)
        except Exception as unasked:  # noqa: BLE001 - the funnel answers, and hands the words back
            await answer_error(interaction, unasked, words=words_in(interaction))
        return True

    async def ask(self, interaction: discord.Interaction) -> None:
        """Show the notice. What they were doing waits behind **I agree**."""
        file = file_of(interaction)
        settings, _ = await consenting.word_of(self._bot.room, person_of(interaction))
        agree = self._way_on(interaction, holds=file is not None)
        page = question_page(
            settings,
            hears_thread=self._bot.hears_threads,
            agree=agree,
            decline=to("no"),
            words=WORDS if file is not None else None,
        )
        await show(interaction, page, file=file)

    def forget(self, guild_id: GuildId) -> None:
        """The guild's settings have changed: look again whom of it to tell what is recorded."""
        self._settled = {known for known in self._settled if known[0] != guild_id}

    def leave(self, interaction: discord.Interaction, person: Person) -> None:
        """Somebody has been erased: they are told anew when they come back, and not by the press that did it."""
        self._settled.discard((person.guild_id, person.user_id))
        interaction.extras[_LEAVES] = True

    async def tell(self, interaction: discord.Interaction) -> None:
        """Tell somebody once what is recorded, where their school has consented for them."""
        if not isinstance(interaction.user, discord.Member) or _LEAVES in interaction.extras:
            return
        person = person_of(interaction)
        who = person.guild_id, person.user_id
        if who in self._settled:
            return
        try:
            if await consenting.must_be_told(self._bot.room, person):
                settings, _ = await consenting.word_of(self._bot.room, person)
                await show(interaction, information_page(settings, hears_thread=self._bot.hears_threads))
                await consenting.told(self._bot.room, person)
            self._settled.add(who)
        except Exception as error:  # noqa: BLE001 - what was asked is answered; this is tried again next time
            log_error("telling somebody what is recorded", error)

    async def hint(self, thread: discord.abc.Messageable, thread_id: ChannelId) -> None:
        """Say in a thread that something typed in it is not recorded, and how one takes part."""
        now = discord.utils.utcnow()
        if now - self._hinted.get(thread_id, now - BETWEEN_HINTS) < BETWEEN_HINTS:
            return
        self._hinted[thread_id] = now
        try:
            await thread.send(view=hint(to("consent")))
        except NOT_TAKEN as error:
            log_error(f"telling thread {thread_id} what is not recorded", error)

    def _way_on(self, interaction: discord.Interaction, *, holds: bool) -> str:
        """The address of **I agree**: it leads to what they were doing."""
        custom_id = str(dict(interaction.data or {}).get("custom_id", interaction.extras.get(_RESUME, "")))
        address = Address.read(custom_id)
        if address is None or address.verb not in self._bot.clicks.keys() - ASKS:
            return to("yes")
        if interaction.type is not discord.InteractionType.modal_submit:
            return to("yes", address.verb, *address.arguments)
        if not holds:
            return to("yes")
        return to("yes-form", self._bot.holding.keep(interaction, address))
