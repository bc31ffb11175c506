"""The simulated Discord's memory, made to tell of every change, private replies to one person included."""

# simcord's backend is not public API: it is pinned, and used in this folder alone.
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from simcord._clock import Clock
from simcord.backend import Backend
from simcord.backend.models import Interaction, Message

PRIVATE_REPLIES_KEPT = 40
"""How many private replies the room remembers for each person; the oldest are forgotten first."""

NONCES_KEPT = 500

Listener = Callable[[str, Mapping[str, Any]], None]
Whisper = Callable[[str, Message], None]


class RealClock(Clock):
    """The wall clock, where simcord has one that only moves when told to."""

    def now(self) -> datetime:
        """Now, aware UTC."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Real time is not moved by hand."""


class WatchedBackend(Backend):
    """simcord's backend, telling its watchers what the gateway does not: private replies and command changes.

    `whispers` hear ("MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE", message) of ephemeral messages;
    `subscribers` (simcord's own list) hear the gateway events of everything else, and COMMANDS_CHANGED from here.
    """

    def __init__(self, *, clock: Clock | None = None) -> None:
        super().__init__(clock=clock)
        self.whispers: list[Whisper] = []
        self.nonces: dict[str, int] = {}
        # simcord keeps every request and event for a test to look at; a room that stays open must not.
        self.transcript = deque[tuple[str, str, Any]](maxlen=0)  # pyright: ignore[reportAttributeAccessIssue] - only appended to
        self.http_requests = deque[Any](maxlen=0)  # pyright: ignore[reportAttributeAccessIssue] - only appended to

    def _whisper(self, event: str, message: Message) -> None:
        for listener in tuple(self.whispers):
            listener(event, message)

    def commit_message(self, message: Message, *, broadcast: bool = True) -> Message:
        """Store and announce a message; a private reply is told to the whispers instead."""
        stored = super().commit_message(message, broadcast=broadcast)
        if stored.is_ephemeral:
            self._forget_old_private_replies(stored)
            self._whisper("MESSAGE_CREATE", stored)
        return stored

    def edit_message(self, channel_id: int, message_id: int, fields: dict[str, Any]) -> Message:
        """Change a message and tell of it."""
        message = super().edit_message(channel_id, message_id, fields)
        if message.is_ephemeral:
            self._whisper("MESSAGE_UPDATE", message)
        return message

    def delete_message(self, channel_id: int, message_id: int) -> None:
        """Remove a message and tell of it."""
        message = self.get_message(channel_id, message_id)
        super().delete_message(channel_id, message_id)
        if message.is_ephemeral:
            self._whisper("MESSAGE_DELETE", message)

    def register_commands(self, guild_id: int | None, payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Take the bot's commands and tell the pickers that they changed."""
        registered = super().register_commands(guild_id, payloads)
        self.emit("COMMANDS_CHANGED", {})
        return registered

    def remember_nonce(self, key: str, message_id: int) -> None:
        """Keep which message a nonce has posted. Discord forgets within minutes; here the latest few hundred stay."""
        self.nonces[key] = message_id
        while len(self.nonces) > NONCES_KEPT:
            del self.nonces[next(iter(self.nonces))]

    def new_interaction(self, type: int, channel_id: int, user_id: int, guild_id: int | None) -> Interaction:  # noqa: A002 - simcord's name
        """Record an interaction, forgetting those whose token has expired."""
        self.forget_expired_interactions()
        return super().new_interaction(type, channel_id, user_id, guild_id)

    def forget_expired_interactions(self) -> None:
        """Drop what can no longer be answered. Oldest first: the dictionary keeps the order in which they came."""
        now = self.now_iso()
        for interaction_id, record in list(self.interactions.items()):
            if record.expires_at is None or now < record.expires_at:
                return
            del self.interactions[interaction_id]
            self.interaction_tokens.pop(record.token, None)

    def _forget_old_private_replies(self, newest: Message) -> None:
        """Of the person whom the newest is for: what others are told meanwhile takes nothing off their screen."""
        metadata: dict[str, Any] = newest.interaction_metadata or {}
        person = int(metadata["user"]["id"])
        mine = [
            message
            for messages in self.messages.values()
            for message in messages.values()
            if message.is_ephemeral and message.visible_to(person)
        ]
        for message in sorted(mine, key=lambda message: message.id)[:-PRIVATE_REPLIES_KEPT]:
            self.delete_message(message.channel_id, message.id)
