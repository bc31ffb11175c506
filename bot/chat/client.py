"""The bot itself: what it listens to, how it starts, where its errors go."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Coroutine
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.chat.asking import Asking
from bot.chat.clicks import handlers
from bot.chat.clicks.quoting import point_out
from bot.chat.cogs.article import Article
from bot.chat.cogs.attending import Attending
from bot.chat.cogs.discuss import Discuss
from bot.chat.cogs.listening import Listening
from bot.chat.cogs.moderating import Moderating, moderation_menus
from bot.chat.cogs.my import My, message_commands
from bot.chat.cogs.order import Muting, Words
from bot.chat.cogs.privacy import Privacy
from bot.chat.cogs.prompts import Prompts
from bot.chat.cogs.setup import Setup
from bot.chat.cogs.transcript import Transcript
from bot.chat.cogs.unmasking import Unmasking
from bot.chat.errors import answer_error, log_error
from bot.chat.gallery import Gallery
from bot.chat.holding import Holding
from bot.chat.letting_know import LettingKnow
from bot.chat.modals import words_in
from bot.chat.pacing import Pacing
from bot.chat.publishing.publisher import Publisher
from bot.chat.routing import route
from bot.chat.watching import Watch
from bot.classroom import posting
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom

log = logging.getLogger(__name__)

SYNCED = "commands-synced"

LAST_ANSWERS = 2.0
"""Seconds that clicks already under way get to be answered when the bot stops."""

_INTERACTION_TASKS = ("discord.py: on_interaction", "CommandTree-invoker")


class Tree(app_commands.CommandTree["Parley"]):
    """The slash commands, with the one funnel for their errors."""

    async def interaction_check(self, interaction: discord.Interaction["Parley"], /) -> bool:
        """Let a command pass that its person has not typed too often. Offer nothing to somebody who is no member.

        Whoever types a command there is told why it is refused.
        """
        is_typing = interaction.type is discord.InteractionType.autocomplete
        try:
            interaction.client.pacing.require_for_command(interaction, interaction.client.room.now())
        except Refusal as refusal:
            if not is_typing:
                await answer_error(interaction, refusal)
                interaction.client.watch.answered(interaction)
                return False
        else:
            if not is_typing or isinstance(interaction.user, discord.Member):
                return True
        await interaction.response.autocomplete([])
        return False

    async def on_error(self, interaction: discord.Interaction["Parley"], error: app_commands.AppCommandError) -> None:
        """Answer whoever typed the command."""
        if not await interaction.client.asking.answer(interaction, error):
            await answer_error(interaction, error)
        interaction.client.watch.answered(interaction)
        await interaction.client.letting_know.answered(interaction)


class Parley(commands.Bot):
    """One bot over one classroom. Discord's events come in here and leave as uses of the classroom."""

    def __init__(self, room: Classroom, intents: discord.Intents, watch: Watch | None = None) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            max_messages=None,  # the record is what is remembered of them
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.room = room
        self.gallery = Gallery()
        self.pacing = Pacing()
        self.publisher = Publisher(self)
        self.attending = Attending(self)
        self.letting_know = LettingKnow(self)
        self.holding = Holding()
        self.asking = Asking(self)
        self.listening = Listening(self)
        self.hears_threads = intents.message_content
        """Does Discord send the bot the words that students type?"""
        self.watch = watch or Watch()
        self.watch.follow(self)
        self.clicks = handlers()

    async def setup_hook(self) -> None:
        """Before the first event: commands, and the clockwork."""
        for cog in (
            Discuss(self),
            Setup(self),
            Privacy(self),
            Prompts(self),
            Article(self),
            My(self),
            Transcript(self),
            Unmasking(self),
            Moderating(self),
            Muting(self),
            Words(self),
            self.listening,
            self.attending,
        ):
            await self.add_cog(cog)
        for menu in (*message_commands(self), *moderation_menus(self)):
            self.tree.add_command(menu)
        await self.letting_know.load()
        await self._sync_commands()
        self._clockwork.start()

    async def close(self) -> None:
        """Stop the clockwork, let running clicks finish, then stop. The classroom is closed by whoever opened it."""
        self._clockwork.cancel()
        unanswered = {task for task in asyncio.all_tasks() if task.get_name() in _INTERACTION_TASKS}
        if unanswered - {asyncio.current_task()}:
            await asyncio.wait(unanswered - {asyncio.current_task()}, timeout=LAST_ANSWERS)
        await self.publisher.stop(LAST_ANSWERS)
        self.gallery.close()
        await super().close()

    async def on_ready(self) -> None:
        """After a start, and whenever Discord begins a new session."""
        log.info("connected as %s, in %d guilds", self.user, len(self.guilds))
        await self._catch_up(self.attending.arrived())

    async def on_resumed(self) -> None:
        """After a short loss of the connection."""
        await self._catch_up(self.attending.resumed())

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Hear what is typed at once. As any other event each message would get a task, which takes longer than that.

        Parley has no commands that are typed as messages. The name of whatever Discord sends is asked for by nobody.
        """
        if event_name == "message":
            self.listening.hear(*args)
        elif event_name != "socket_event_type":
            super().dispatch(event_name, *args, **kwargs)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Route clicks and submitted modals; answer what goes wrong on the way."""
        with self.watch.answering(interaction):
            try:
                await route(self, self.clicks, interaction)
            except Exception as error:  # noqa: BLE001 - the funnel of all clicks
                if not (await self.asking.answer(interaction, error) or await point_out(self, interaction, error)):
                    await answer_error(interaction, error, words=words_in(interaction))
            else:
                if not _is_of_a_command(interaction):
                    await self.asking.tell(interaction)
        if not _is_of_a_command(interaction):
            await self.letting_know.answered(interaction)

    async def on_app_command_completion(self, interaction: discord.Interaction, _command: object) -> None:
        """Count a command that went well; one that did not comes to the tree's `on_error`."""
        self.watch.answered(interaction)
        await self.asking.tell(interaction)
        await self.letting_know.answered(interaction)

    async def _catch_up(self, reading: Coroutine[None, None, None]) -> None:
        """First what was said meanwhile is put on record, then what is on record is shown."""
        for work in (reading, self.publisher.catch_up()):
            try:
                await work
            except Exception as error:  # noqa: BLE001 - an event's end of the funnel
                log_error("catching up", error)

    @tasks.loop(seconds=1)
    async def _clockwork(self) -> None:
        self.watch.ticked()
        try:
            await self.publisher.tick(discord.utils.utcnow())
        except Exception as error:  # noqa: BLE001 - a loop that raises is dead for good
            log_error("the clockwork", error)

    @_clockwork.before_loop
    async def _until_ready(self) -> None:
        await self.wait_until_ready()

    async def _sync_commands(self) -> None:
        """Tell Discord the commands when they have changed: it allows few such calls a day."""
        ours = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = hashlib.sha256(json.dumps(ours, sort_keys=True).encode()).hexdigest()
        known = await self.tree.fetch_commands()
        if await posting.noted(self.room, SYNCED) == digest and len(known) == len(ours):
            return
        await self.tree.sync()
        await posting.note(self.room, SYNCED, digest)
        log.info("told Discord the %d commands", len(ours))


def _is_of_a_command(interaction: discord.Interaction) -> bool:
    """Is it a command, or what is to be offered for one? Those are answered beside `on_interaction`."""
    return interaction.type in (discord.InteractionType.application_command, discord.InteractionType.autocomplete)
