"""Carries what happens in the world to every open page of everybody who may see it."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from simcord.backend.models import Message

from bot.discussion.ids import UserId
from bot.rehearsal.people import Person
from bot.rehearsal.views import channel_view, message_view, person_view
from bot.rehearsal.world import World

QUEUE_LIMIT = 2000
"""Events that a page may lag behind before it is told to start afresh."""

END = ""
"""Put in a queue to say that nothing more will come."""

_MESSAGE_EVENTS = {"MESSAGE_CREATE": "message", "MESSAGE_UPDATE": "message_edit"}
_CHANNEL_EVENTS = {"CHANNEL_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE", "THREAD_UPDATE"}
_GONE_EVENTS = {"CHANNEL_DELETE", "THREAD_DELETE"}


class Hub:
    """The open pages by person. Every tab has a queue of its own; private replies go to their person's alone."""

    def __init__(self, world: World, changed: Callable[[], None]) -> None:
        self._world = world
        self._changed = changed
        self._pages: dict[UserId, set[asyncio.Queue[str]]] = {}

    def listen(self) -> None:
        """Begin to hear the world."""
        self._world.env.backend.subscribers.append(self._on_event)
        self._world.env.backend.whispers.append(self._on_whisper)

    def join(self, person: Person) -> asyncio.Queue[str]:
        """A queue of JSON texts for a new page of that person."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._pages.setdefault(person.user_id, set()).add(queue)
        return queue

    def leave(self, person: Person, queue: asyncio.Queue[str]) -> None:
        """The page is closed."""
        self._pages.get(person.user_id, set()).discard(queue)

    def close(self) -> None:
        """Tell every page that the room closes."""
        for user_id in list(self._pages):
            self._push(user_id, json.dumps({"ev": "closing"}))
            self._push(user_id, END)

    def _push(self, user_id: UserId, text: str) -> None:
        for queue in tuple(self._pages.get(user_id, ())):
            if queue.qsize() >= QUEUE_LIMIT:
                self._pages[user_id].discard(queue)
                queue.put_nowait(END)
            else:
                queue.put_nowait(text)

    def _present(self) -> list[Person]:
        return [person for person in self._world.people.values() if self._pages.get(person.user_id)]

    def _on_whisper(self, event: str, message: Message) -> None:
        self._changed()
        text = self._message_text(event, message)
        for person in self._present():
            if message.visible_to(person.user_id):
                self._push(person.user_id, text)

    def _message_text(self, event: str, message: Message) -> str:
        if event == "MESSAGE_DELETE":
            return json.dumps({"ev": "message_gone", "channel": str(message.channel_id), "message": str(message.id)})
        return json.dumps({"ev": _MESSAGE_EVENTS[event], "message": message_view(self._world, message)})

    def _on_event(self, event: str, payload: Mapping[str, Any]) -> None:
        self._changed()
        if event in _MESSAGE_EVENTS:
            channel_id = int(payload["channel_id"])
            message = self._world.env.backend.get_message(channel_id, int(payload["id"]))
            self._tell(channel_id, self._message_text(event, message))
        elif event == "MESSAGE_DELETE":
            self._gone(payload, [payload["id"]])
        elif event == "MESSAGE_DELETE_BULK":
            self._gone(payload, payload["ids"])
        elif event in _CHANNEL_EVENTS:
            self._channel(int(payload["id"]))
        elif event in _GONE_EVENTS:
            self._everybody({"ev": "channel_gone", "channel": str(payload["id"])})
        elif event == "COMMANDS_CHANGED":
            self._everybody({"ev": "commands"})
        elif event == "GUILD_MEMBER_ADD":
            self._everybody({"ev": "person", "person": person_view(self._world, int(payload["user"]["id"]))})

    def _gone(self, payload: Mapping[str, Any], ids: list[str]) -> None:
        for message_id in ids:
            event = {"ev": "message_gone", "channel": str(payload["channel_id"]), "message": str(message_id)}
            self._tell(int(payload["channel_id"]), json.dumps(event))

    def _channel(self, channel_id: int) -> None:
        channel = self._world.env.backend.get_channel(channel_id)
        for person in self._present():
            if self._world.sees(person, channel_id):
                view = channel_view(self._world, person, channel)
                self._push(person.user_id, json.dumps({"ev": "channel", "channel": view}))

    def _tell(self, channel_id: int, text: str) -> None:
        for person in self._present():
            if self._world.sees(person, channel_id):
                self._push(person.user_id, text)

    def _everybody(self, event: Mapping[str, Any]) -> None:
        text = json.dumps(event)
        for person in self._present():
            self._push(person.user_id, text)
