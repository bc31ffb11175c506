"""What a page is told of the world: channels, people and messages as JSON values."""

from collections.abc import Iterator
from typing import Any

from simcord.backend import serializers
from simcord.backend.models import Channel, Message
from simcord.components import walk_components

from bot.rehearsal.people import Person
from bot.rehearsal.world import World


def welcome(world: World, person: Person) -> dict[str, Any]:
    """Everything that a page needs to begin: who it is, the people, the roles and the channels."""
    guild = world.guild
    return {
        "me": {"id": str(person.user_id), "name": person.name, "part": person.part.value},
        "guild": {"id": str(guild.id), "name": guild.name},
        "bot": str(world.env.backend.bot_user.id),
        "people": [person_view(world, number) for number in guild.members],
        "roles": [
            {"id": str(role.id), "name": role.name, "color": role.color}
            for role in guild.roles.values()
            if role.id != guild.id and not role.managed
        ],
        "channels": [channel_view(world, person, channel) for channel in world.channels(person)],
    }


def person_view(world: World, user_id: int) -> dict[str, Any]:
    """One member: their name and the colour of their highest coloured role."""
    guild, user = world.guild, world.env.backend.get_user(user_id)
    roles = [guild.roles[number] for number in guild.members[user_id].role_ids if number in guild.roles]
    coloured = [role.color for role in sorted(roles, key=lambda role: role.position) if role.color]
    return {
        "id": str(user_id),
        "name": guild.members[user_id].nick or user.global_name or user.name,
        "bot": user.bot,
        "color": coloured[-1] if coloured else 0,
        "listed": user_id in world.people or user.bot,
    }


def channel_view(world: World, person: Person, channel: Channel) -> dict[str, Any]:
    """A channel or thread as this person has it: whether it is locked, archived, and open to their words."""
    meta = channel.thread_metadata
    return {
        "id": str(channel.id),
        "name": channel.name,
        "topic": channel.topic,
        "type": int(channel.type),
        "parent": None if channel.parent_id is None else str(channel.parent_id),
        "archived": meta is not None and meta.archived,
        "locked": meta is not None and meta.locked,
        "writable": world.may_write(person, channel),
        "last": None if channel.last_message_id is None else str(channel.last_message_id),
    }


def message_view(world: World, message: Message) -> dict[str, Any]:
    """A message as Discord's own clients get it, with the files' addresses made into paths of this room.

    Files that a component shows are not listed once more; `paths` has the paths of all by their address on Discord.
    """
    payload = dict(serializers.message_payload(world.env.backend, message))
    paths = {
        attachment["url"]: f"files/{message.channel_id}/{message.id}/{attachment['id']}"
        for attachment in message.attachments
    }
    shown = set(_shown_files(message))
    payload["paths"] = paths
    payload["attachments"] = [
        {
            "name": attachment["filename"],
            "size": attachment["size"],
            "type": attachment["content_type"],
            "description": attachment["description"],
            "path": paths[attachment["url"]],
        }
        for attachment in message.attachments
        if attachment["url"] not in shown
    ]
    return payload


def _shown_files(message: Message) -> Iterator[str]:
    """The addresses of the files that components of a message show: thumbnails, galleries, files."""
    for part in walk_components(message.components):
        items: list[dict[str, Any]] = part.get("items") or []
        held: list[dict[str, Any] | None] = [part.get("media"), part.get("file"), *[item["media"] for item in items]]
        yield from (str(media["url"]) for media in held if media is not None)
