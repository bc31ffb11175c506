"""What a person can do on Discord, and nothing more: write, edit, press, choose, fill in, command."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from simcord import BackendError, InteractionResult, MemberActor, SetupError
from simcord.backend.models import Channel, Interaction, Message
from simcord.components import walk_components
from simcord.interactions import command_leaves, parse_option_input

from bot.discussion.ids import ChannelId, MessageId, UserId
from bot.rehearsal.people import Person
from bot.rehearsal.refusals import (
    CONTROL_GONE,
    NO_ANSWER,
    NOT_ALLOWED,
    NOT_POSSIBLE,
    THREAD_LOCKED,
    RefusedError,
    explain,
)
from bot.rehearsal.sight import YES, way_to
from bot.rehearsal.simulation.environment import record_of, result_of, suggestions
from bot.rehearsal.world import World

CHAT_INPUT, MESSAGE_MENU = 1, 3
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = 3, 4, 5, 6, 7, 8, 9, 10
STRING_SELECT, TEXT_INPUT = 3, 4
ENTITY_SELECTS = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}
MESSAGE_LIMIT = 2000
AGREE = "privacy agree"
UNKNOWN_MESSAGE = 10008

Raw = str | int | float | bool | None | Sequence[str]
"""A value as a page sends it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the bot answered an act: at most a modal to fill in. What it posted arrives as messages."""

    interaction_id: int
    modal: Mapping[str, Any] | None = None
    message: Message | None = None


@contextmanager
def _refusing() -> Generator[None]:
    try:
        yield
    except (BackendError, SetupError) as error:
        raise explain(error) from error


class Acts:
    """The hands of everybody in one world. Every refusal is a RefusedError with a sentence."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._env = world.env

    # -- words

    async def send(
        self, person: Person, channel_id: ChannelId, content: str, *, reply_to: MessageId | None = None
    ) -> Message:
        """Write a message. An archived thread wakes up; a locked one refuses."""
        world = self._world
        channel = world.channel(person, channel_id)
        self._check_text(content)
        self._wake(person, self._env.backend.channels[channel_id])
        with _refusing():
            target = None if reply_to is None else world.held(world.message(person, channel_id, reply_to))
            sent = await world.actor(person).send(channel, content, reply_to=target)
        return self._env.backend.get_message(channel_id, sent.id)

    async def edit(self, person: Person, channel_id: ChannelId, message_id: MessageId, content: str) -> None:
        """Reword an own message. Not in a thread that is locked or archived."""
        message = self._world.message(person, channel_id, message_id)
        self._check_text(content)
        meta = self._env.backend.channels[channel_id].thread_metadata
        if meta is not None and (meta.archived or meta.locked):
            raise RefusedError(THREAD_LOCKED if meta.locked else "This thread is archived.")
        if message.author_id != person.user_id:
            raise RefusedError(NOT_ALLOWED)
        with _refusing():
            await self._world.actor(person).edit(self._world.held(message), content)

    async def delete(self, person: Person, channel_id: ChannelId, message_id: MessageId) -> None:
        """Remove an own message, or anybody's with Manage Messages."""
        message = self._world.message(person, channel_id, message_id)
        with _refusing():
            await self._world.actor(person).delete(self._world.held(message))

    def dismiss(self, person: Person, channel_id: ChannelId, message_id: MessageId) -> None:
        """Put a private reply away for good."""
        message = self._world.message(person, channel_id, message_id)
        if not message.is_ephemeral:
            raise RefusedError(NOT_POSSIBLE)
        self._env.backend.delete_message(channel_id, message_id)

    def _check_text(self, content: str) -> None:
        if not content.strip():
            raise RefusedError("An empty message cannot be sent.")
        if len(content) > MESSAGE_LIMIT:
            raise RefusedError(f"A message has at most {MESSAGE_LIMIT} characters; this one has {len(content)}.")

    def _wake(self, person: Person, channel: Channel) -> None:
        if not self._world.may_write(person, channel):
            meta = channel.thread_metadata
            raise RefusedError(THREAD_LOCKED if meta is not None and meta.locked else NOT_ALLOWED)
        if channel.thread_metadata is not None:
            if channel.thread_metadata.archived:
                self._env.backend.edit_channel(channel.id, {}, thread_metadata={"archived": False})
            self._env.backend.add_thread_member(channel.id, person.user_id)

    # -- components

    async def click(self, person: Person, channel_id: ChannelId, message_id: MessageId, custom_id: str) -> Outcome:
        """Press a button."""
        held = self._world.held(self._world.message(person, channel_id, message_id))
        with _refusing():
            return await self._answer(await self._world.actor(person).click(held, custom_id=custom_id))

    async def choose(
        self, person: Person, channel_id: ChannelId, message_id: MessageId, custom_id: str, values: Sequence[str]
    ) -> Outcome:
        """Choose in a select menu."""
        message = self._world.message(person, channel_id, message_id)
        menu = next((c for c in walk_components(message.components) if c.get("custom_id") == custom_id), None)
        if menu is None:
            raise RefusedError(CONTROL_GONE)
        kind = ENTITY_SELECTS.get(int(menu["type"]))
        with _refusing():
            chosen = list(values) if kind is None else [self._entity(person, kind, value) for value in values]
            held = self._world.held(message)
            return await self._answer(await self._world.actor(person).select(held, chosen, custom_id=custom_id))

    async def submit(self, person: Person, interaction_id: int, values: Mapping[str, Raw]) -> Outcome:
        """Submit a modal that is open on the person's screen. Unanswered, it stays open and can be sent again."""
        record = self._env.backend.interactions.get(interaction_id)
        if record is None or record.user_id != person.user_id or record.modal is None:
            raise RefusedError("This form has expired. Copy your text and open it again.")
        self._forget_lost_source(record)
        filled = self._filled(person, record.modal, values)
        with _refusing():
            result = await self._world.actor(person).submit_modal(result_of(self._env, record), filled)
        try:
            return await self._answer(result)
        except RefusedError:
            record.modal_consumed = False
            raise

    def _forget_lost_source(self, record: Interaction) -> None:
        """A modal outlives the message it was opened from, which a restart or its author may have removed."""
        stored = self._env.backend.messages.get(record.channel_id, {})
        if record.source_message_id is not None and record.source_message_id not in stored:
            record.source_message_id = None

    def _filled(self, person: Person, modal: Mapping[str, Any], values: Mapping[str, Raw]) -> dict[str, Any]:
        controls = {
            str(c["custom_id"]): int(c["type"]) for c in walk_components(modal["components"]) if c.get("custom_id")
        }
        filled: dict[str, Any] = {}
        for custom_id, raw in values.items():
            kind = ENTITY_SELECTS.get(controls.get(custom_id, 0))
            if kind is not None and isinstance(raw, Sequence):
                filled[custom_id] = [self._entity(person, kind, value) for value in raw]
            elif raw is not None:
                filled[custom_id] = raw
        return filled

    # -- commands

    def commands(self, person: Person, channel_id: ChannelId) -> dict[str, list[dict[str, Any]]]:
        """What the person's picker offers here: slash commands with their options, and menus on messages."""
        self._world.channel(person, channel_id)
        backend = self._env.backend
        slash = backend.visible_commands(user_id=person.user_id, channel_id=channel_id)
        menus = backend.visible_commands(user_id=person.user_id, channel_id=channel_id, type=MESSAGE_MENU)
        leaves = [(" ".join(path), leaf) for command in slash for path, leaf in command_leaves(command)]
        return {
            "slash": [
                {"name": name, "description": leaf.get("description", ""), "options": leaf.get("options") or []}
                for name, leaf in leaves
            ],
            "menus": [{"name": command["name"]} for command in menus],
        }

    async def slash(self, person: Person, channel_id: ChannelId, name: str, options: Mapping[str, Raw]) -> Outcome:
        """Run a slash command with options as a page sends them: typed text, ids, yes or no."""
        channel = self._world.channel(person, channel_id)
        typed = self._typed(person, channel_id, name, options)
        with _refusing():
            return await self._answer(await self._world.actor(person).slash(channel, name, **typed))

    async def agree(self, person: Person, channel_id: ChannelId) -> None:
        """Read what Parley records, and agree to it, as everybody does before their first word."""
        asked = (await self.slash(person, channel_id, AGREE, {})).message
        if asked is not None and (custom_id := way_to(YES, asked)) is not None:
            await self.click(person, channel_id, MessageId(asked.id), custom_id)

    async def complete(
        self, person: Person, channel_id: ChannelId, name: str, option: str, text: str, options: Mapping[str, Raw]
    ) -> list[dict[str, Any]]:
        """The rows that the bot suggests for an option."""
        channel = self._world.channel(person, channel_id)
        filled = self._typed(person, channel_id, name, options, partly=True)
        filled.pop(option, None)
        with _refusing():
            return await suggestions(self._world.actor(person), channel, name, option, text, filled)

    async def menu(self, person: Person, channel_id: ChannelId, message_id: MessageId, name: str) -> Outcome:
        """Use a message's context menu."""
        channel = self._world.channel(person, channel_id)
        message = self._world.message(person, channel_id, message_id)
        with _refusing():
            actor = self._world.actor(person)
            return await self._answer(await actor.context_menu(channel, name, self._world.held(message)))

    def _typed(
        self, person: Person, channel_id: ChannelId, name: str, options: Mapping[str, Raw], *, partly: bool = False
    ) -> dict[str, Any]:
        known = {command["name"]: command for command in self.commands(person, channel_id)["slash"]}
        if name not in known:
            raise RefusedError(f"There is no command /{name} for you here.")
        declared = {option["name"]: option for option in known[name]["options"]}
        typed: dict[str, Any] = {}
        for key, raw in options.items():
            if key not in declared or raw is None or raw == "":
                continue
            try:
                with _refusing():
                    typed[key] = self._option(person, name, declared[key], raw)
            except RefusedError:
                if not partly:
                    raise
        return typed

    def _option(self, person: Person, command: str, option: Mapping[str, Any], raw: Raw) -> Any:
        kind = int(option["type"])
        if kind in {USER, CHANNEL, ROLE, MENTIONABLE}:
            return self._entity(person, kind, str(raw))
        if kind in {INTEGER, NUMBER}:
            raw = str(raw).strip()
        return parse_option_input(command, dict(option), raw)

    def _entity(self, person: Person, kind: int, raw: str) -> Any:
        actor = self._world.actor(person)
        if not raw.isdecimal():
            raise RefusedError(NOT_POSSIBLE)
        if kind in {USER, MENTIONABLE}:
            member = self._member(actor, UserId(int(raw)))
            if member is not None:
                return member
        if kind in {ROLE, MENTIONABLE}:
            role = next((role for role in actor.guild.roles.values() if role.id == int(raw)), None)
            if role is not None:
                return role
        if kind == CHANNEL:
            return self._world.channel(person, ChannelId(int(raw)))
        raise RefusedError(NOT_POSSIBLE)

    def _member(self, actor: MemberActor, user_id: UserId) -> MemberActor | None:
        found = self._world.people.get(user_id)
        return None if found is None else MemberActor(self._env, actor.guild, self._world.actor(found).user)

    # -- answers

    async def _answer(self, result: InteractionResult) -> Outcome:
        record = record_of(result)
        if not await self._env.acknowledged(record.id):
            raise RefusedError(NO_ANSWER)
        stored = self._env.backend.messages.get(record.channel_id, {})
        shown = None if record.message_id is None else stored.get(record.message_id)
        return Outcome(record.id, modal=record.modal, message=shown)
