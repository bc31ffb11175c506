"""Using the bot with what Discord would send, and with what it never would: a forged click is one like any other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from simcord import InteractionResult, ResponseMessage
from simcord.backend import serializers
from simcord.interactions import base_payload, nest_options, store_interaction_attachment, walk_to_subcommand

from bot.chat.client import Parley
from bot.chat.pacing import Pacing
from bot.chat.watching import Outcome
from bot.rehearsal.simulation.environment import SETTLE_IDLE, SteppedEnv

COMMAND, COMPONENT, COMPLETION, SUBMITTED = 2, 3, 4, 5
CHAT, MENU = 1, 3
BUTTON, SELECT, LABEL, TEXT = 2, 3, 18, 4
A_MEMBER, A_FILE = 6, 11
V2 = 1 << 15
PAGE = [{"type": 10, "id": 1, "content": "A page with something to press."}]

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it: how the bot counted it, and all that it showed, of every kind, as one text."""

    outcome: Outcome
    shown: str
    choices: Sequence[Mapping[str, Any]] = field(default_factory=tuple[Mapping[str, Any], ...])
    modal: Mapping[str, Any] | None = None

    @property
    def is_refused(self) -> bool:
        """A sentence says why not."""
        return self.outcome is Outcome.REFUSED


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person where they are: in a channel of a guild, or in a direct message with no guild at all."""

    env: SteppedEnv
    user_id: int
    guild_id: int | None
    channel_id: int

    def at(self, channel_id: int) -> "Somebody":
        """The same person in another channel."""
        return replace(self, channel_id=channel_id)

    async def command(self, name: str, **options: Any) -> Answered:
        """Type a slash command, whether or not Discord would show it."""
        return await self._use(COMMAND, self._command(name, options))

    async def complete(self, name: str, option: str, typed: str, **options: Any) -> Answered:
        """Begin to type an option."""
        return await self._use(COMPLETION, self._command(name, options | {option: typed}, focused=option))

    async def menu(self, name: str, message_id: int, message_channel_id: int) -> Answered:
        """Choose a command from the menu of a message."""
        message = self.env.backend.get_message(message_channel_id, message_id)
        data = {
            "id": self._registered(name, MENU)["id"],
            "name": name,
            "type": MENU,
            "target_id": str(message_id),
            "resolved": {"messages": {str(message_id): dict(serializers.message_payload(self.env.backend, message))}},
        }
        return await self._use(COMMAND, data)

    async def press(self, custom_id: str) -> Answered:
        """Press a button that has this custom_id."""
        return await self._use(COMPONENT, {"custom_id": custom_id, "component_type": BUTTON})

    async def choose(self, custom_id: str, *values: str) -> Answered:
        """Choose from a list that has this custom_id."""
        return await self._use(COMPONENT, {"custom_id": custom_id, "component_type": SELECT, "values": list(values)})

    async def submit(self, custom_id: str, fields: Fields) -> Answered:
        """Submit a form that has this custom_id."""
        inputs = [
            {"type": LABEL, "component": {"type": TEXT, "custom_id": name, "value": value}}
            for name, value in fields.items()
        ]
        return await self._use(SUBMITTED, {"custom_id": custom_id, "components": inputs})

    def _registered(self, name: str, kind: int) -> dict[str, Any]:
        root = self.env.backend.find_command(name, None, type=kind)
        assert root is not None, f"Discord was not told of {name}"
        return root

    def _command(self, name: str, options: Mapping[str, Any], focused: str | None = None) -> dict[str, Any]:
        first, *path = name.split()
        root = self._registered(first, CHAT)
        leaf, nesting = walk_to_subcommand(root, path)
        declared: Sequence[Mapping[str, Any]] = leaf.get("options") or ()
        kinds: Mapping[str, int] = {option["name"]: option["type"] for option in declared}
        assert options.keys() <= kinds.keys(), f"/{name} has no {options.keys() - kinds.keys()}"
        resolved = self._resolved([str(v) for o, v in options.items() if kinds[o] == A_MEMBER])
        built: list[dict[str, Any]] = [
            {
                "name": option,
                "type": kinds[option],
                "value": self._sent(value, resolved) if kinds[option] == A_FILE else value,
                **({"focused": True} if option == focused else {}),
            }
            for option, value in options.items()
        ]
        return {
            "id": root["id"],
            "name": first,
            "type": CHAT,
            "options": nest_options(root, nesting, built),
            "resolved": resolved,
        }

    def _sent(self, file: tuple[str, bytes], resolved: dict[str, Any]) -> str:
        return store_interaction_attachment(self.env.backend, self.channel_id, *file, resolved)

    def _resolved(self, users: Sequence[str]) -> dict[str, Any]:
        backend = self.env.backend
        if not users or self.guild_id is None:
            return {}
        guild = backend.get_guild(self.guild_id)
        return {
            "users": {each: dict(serializers.user_payload(backend.get_user(int(each)))) for each in users},
            "members": {
                each: dict(serializers.member_payload(backend, guild, guild.members[int(each)], with_user=False))
                for each in users
            },
        }

    async def _use(self, kind: int, data: dict[str, Any]) -> Answered:
        env = self.env
        assert isinstance(env.bot, Parley)
        env.bot.pacing = Pacing()  # how often somebody may is tried elsewhere
        counted = env.bot.watch.outcomes
        before = counted.copy()
        record, payload = base_payload(
            env.backend,
            type=kind,
            channel_id=self.channel_id,
            guild_id=self.guild_id,
            user_id=self.user_id,
            data=data,
        )
        pages: list[ResponseMessage] = []
        if kind in (COMPONENT, SUBMITTED):
            page = env.backend.create_message(self.channel_id, env.backend.bot_user.id, "", flags=V2, components=PAGE)
            payload["message"] = dict(serializers.message_payload(env.backend, page))
            record.source_message_id = page.id
            pages.append(ResponseMessage(env, page))
        env.backend.emit("INTERACTION_CREATE", payload)
        await env.settle(idle=SETTLE_IDLE)
        result = InteractionResult(env, record)
        choices = result.autocomplete_choices or ()
        outcome = next(iter(counted - before), Outcome.OK if choices else Outcome.REFUSED)
        return Answered(outcome, _all_of(result, pages), choices, result.modal)


def _all_of(result: InteractionResult, pages: Sequence[ResponseMessage]) -> str:
    shown = [message for message in (result.response, *result.followups, *pages) if message is not None]
    return "\n".join(
        [
            *(message.content for message in shown),
            *(json.dumps(message.components, ensure_ascii=False, default=str) for message in shown),
            *(file.filename for message in shown for file in message.attachments),
            json.dumps([result.modal, result.autocomplete_choices], ensure_ascii=False, default=str),
        ]
    )
