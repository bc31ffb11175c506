"""The simulated Discord as plain values and back, so that a room can be closed and opened again as it was."""

import base64
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from simcord.backend.models import Channel, Guild, Interaction, Message, User

# simcord's store of files has no public reader of all of them.
# pyright: reportPrivateUsage=false
from bot.rehearsal.simulation.backend import WatchedBackend


class Snapshot(BaseModel):
    """Everything that must outlive a restart. Private replies do not: on Discord too they are gone after a reload."""

    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    application_id: int
    bot_user: User
    users: list[User]
    guilds: list[Guild]
    channels: list[Channel]
    direct_messages: dict[int, int]
    messages: list[Message]
    commands: list[tuple[int | None, list[dict[str, Any]]]]
    open_modals: list[Interaction]
    nonces: dict[str, int]
    files: dict[str, str]


def take(backend: WatchedBackend) -> Snapshot:
    """Copy the backend's state. Modals that are open on somebody's screen are kept: they can still be submitted."""
    backend.forget_expired_interactions()
    messages = [m for found in backend.messages.values() for m in found.values() if not m.is_ephemeral]
    return Snapshot.model_construct(
        application_id=backend.application_id,
        bot_user=backend.bot_user,
        users=[user for user in backend.users.values() if user.id != backend.bot_user.id],
        guilds=list(backend.guilds.values()),
        channels=list(backend.channels.values()),
        direct_messages=dict(backend.dm_channels),
        messages=messages,
        commands=[(scope, list(found.values())) for scope, found in backend.commands.items()],
        open_modals=[r for r in backend.interactions.values() if r.modal is not None and not r.modal_consumed],
        nonces=dict(backend.nonces),
        files=_files(backend, messages),
    )


def restore(snapshot: Snapshot, backend: WatchedBackend) -> None:
    """Fill a fresh backend. Nothing is announced: the bot learns of it all when it logs in."""
    backend.application_id = snapshot.application_id
    backend.bot_user = snapshot.bot_user
    backend.users = {user.id: user for user in [snapshot.bot_user, *snapshot.users]}
    backend.guilds = {guild.id: guild for guild in snapshot.guilds}
    backend.channels = {channel.id: channel for channel in snapshot.channels}
    backend.messages = {channel.id: {} for channel in snapshot.channels}
    backend.dm_channels = dict(snapshot.direct_messages)
    backend.nonces = dict(snapshot.nonces)
    for message in snapshot.messages:
        backend.messages[message.channel_id][message.id] = message
    for scope, found in snapshot.commands:
        backend.commands[scope] = {(command["name"], command["type"]): command for command in found}
    for record in snapshot.open_modals:
        backend.interactions[record.id] = record
        backend.interaction_tokens[record.token] = record.id
    backend.cdn._blobs.update({url: base64.b64decode(text) for url, text in snapshot.files.items()})
    for known in (backend.users, backend.guilds, backend.channels, *backend.messages.values()):
        backend._reserved_ids.update(known)


def _files(backend: WatchedBackend, messages: Iterable[Message]) -> dict[str, str]:
    urls = [str(attachment["url"]) for message in messages for attachment in message.attachments]
    found = {url: backend.cdn.get(url) for url in urls}
    return {url: base64.b64encode(data).decode() for url, data in found.items() if data is not None}
