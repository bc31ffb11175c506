"""A bot plugged into the simulated Discord: in real time with many people at once, or in virtual time, step by step."""

# This is the module that drives simcord from inside; simcord is pinned for it.
# pyright: reportPrivateUsage=false
import asyncio
import contextlib
from collections.abc import Generator, Mapping
from typing import Any

from discord.ext import commands
from simcord import _dpy_internals as internals
from simcord.actors import MemberActor, _autocomplete_result
from simcord.backend import serializers
from simcord.backend.models import Interaction
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.gateway import ShardRouter
from simcord.results import InteractionResult

from bot.rehearsal.simulation.backend import RealClock, WatchedBackend
from bot.rehearsal.simulation.transport import RoomHTTP, RoomWebhooks

READY_WITHIN = 20.0
"""Seconds that a bot may take from login to ready."""

LAST_GUILD = 0.05
"""Seconds that discord.py waits for a further guild before it is ready. With none at all it never asks for the members
of the guilds that were there before it.
"""

TIME_TO_ACKNOWLEDGE = 3.0
"""Seconds after which Discord tells the user that the application did not respond."""

SETTLE_IDLE = 0.0005
"""Seconds that virtual time waits for the bot to fall still. simcord's own 50 ms make a class slow to play."""


def record_of(result: InteractionResult) -> Interaction:
    """The backend's own record behind a result: its id, its modal, what answered it."""
    return result._interaction


def result_of(env: Env, record: Interaction) -> InteractionResult:
    """A result to go on from, for an interaction that was opened earlier: a modal that is only submitted now."""
    return InteractionResult(env, record)


async def suggestions(
    actor: MemberActor, channel: ChannelHandle, command: str, option: str, typed: str, filled: dict[str, Any]
) -> list[dict[str, Any]]:
    """What the bot offers to complete an option with. Waits for its answer, which simcord's own verb does not."""
    env = actor._env
    result = await _autocomplete_result(actor, channel, command, option, typed, filled)
    record = record_of(result)
    if isinstance(env, RoomEnv):
        await env.acknowledged(record.id)
    return record.autocomplete_choices or []


class RoomEnv(Env):
    """What both kinds of time have in common: the watched backend and a person's wait for an answer."""

    backend: WatchedBackend

    async def acknowledged(self, interaction_id: int) -> bool:
        """Has the bot answered this interaction in time? Waits as long as Discord would."""
        record = self.backend.interactions.get(interaction_id)
        return record is not None and record.responded


class LiveEnv(RoomEnv):
    """A bot on the simulated Discord in real time: nothing settles, nothing is queued, many act at once."""

    def __init__(self, bot: commands.Bot) -> None:
        super().__init__(bot, check_errors=False)
        self.backend = WatchedBackend(clock=RealClock())
        self._waiting: dict[int, asyncio.Event] = {}

    async def acknowledged(self, interaction_id: int) -> bool:
        """Wait for the bot's answer for up to Discord's three seconds."""
        if await super().acknowledged(interaction_id):
            return True
        event = self._waiting.setdefault(interaction_id, asyncio.Event())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), TIME_TO_ACKNOWLEDGE)
        self._waiting.pop(interaction_id, None)
        return await super().acknowledged(interaction_id)

    def _was_acknowledged(self, interaction_id: int) -> None:
        event = self._waiting.get(interaction_id)
        if event is not None:
            event.set()

    def _begin_operation(self, label: str) -> None:
        """Operations may overlap here."""

    def _end_operation(self) -> None:
        """Operations may overlap here."""

    async def _settle_internal(self, **_how: Any) -> None:
        await asyncio.sleep(0)

    @contextlib.contextmanager
    def _bot_scope(self) -> Generator[None]:
        previous = internals.set_webhook_adapter(self._webhook_adapter)
        try:
            yield
        finally:
            internals.reset_webhook_adapter(previous)

    async def start(self) -> None:
        """Log the bot in and wait until it is ready."""
        bot, loop = self.bot, asyncio.get_running_loop()
        self._loop, self._started = loop, True
        internals.install_http(bot, RoomHTTP(self.backend, loop))
        internals.set_guild_ready_timeout(bot, LAST_GUILD)
        self._webhook_adapter = RoomWebhooks(self.backend, self._was_acknowledged)
        state = internals.get_state(bot)
        self._message_states.add(state)
        state.shard_count, state.shard_ids = 1, [0]
        router = ShardRouter(self.backend, state, bot.dispatch, 1, (0,))

        def feed(event: str, payload: Mapping[str, Any]) -> None:
            with self._bot_scope():
                router.feed(event, payload)

        self._gateway_feed = feed
        self.backend.subscribers.append(feed)
        internals.install_websocket(bot, router.websockets[0])
        with self._bot_scope():
            await bot.login("rehearsal.needs.none")
            router.identify(0)
            for guild in tuple(self.backend.guilds.values()):
                feed("GUILD_CREATE", serializers.guild_create_payload(self.backend, guild))
            await asyncio.wait_for(bot.wait_until_ready(), READY_WITHIN)

    async def shutdown(self) -> None:
        """Unplug the bot and close it."""
        if self._gateway_feed in self.backend.subscribers:
            self.backend.subscribers.remove(self._gateway_feed)
        if self._started and not self.bot.is_closed():
            with self._bot_scope():
                await self.bot.close()
        self._started = False


class SteppedEnv(RoomEnv):
    """A bot in virtual time: after every act everything that the bot does at once is done, and only then time moves."""

    def __init__(self, bot: commands.Bot) -> None:
        super().__init__(bot, check_errors=False, settle_timeout=30.0)
        self.backend = WatchedBackend()

    def _schedule_timer(self, *_args: Any, **_how: Any) -> None:
        """Leave every timer to virtual time. simcord would also arm it on the wall clock, and wait for short ones."""

    async def _settle_internal(
        self,
        *,
        idle: float = SETTLE_IDLE,
        timeout: float | None = None,  # noqa: ASYNC109 - simcord's
        **how: Any,
    ) -> None:
        """Have as much patience at a start as else: simcord has five seconds, and a busy machine draws longer."""
        patience = self.settle_timeout if timeout is None else max(timeout, self.settle_timeout)
        await super()._settle_internal(idle=idle, timeout=patience, **how)

    async def start(self) -> None:
        """Log the bot in and give it the room's REST client."""
        await super().start()
        internals.install_http(self.bot, RoomHTTP(self.backend, asyncio.get_running_loop()))
