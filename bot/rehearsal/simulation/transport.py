"""What stands in for Discord's REST interface, a little closer to Discord than simcord's own."""

from collections.abc import Callable
from typing import Any, cast

import discord
from discord.http import Route
from simcord.backend.errors import BackendError
from simcord.http import FakeHTTPClient, FakeWebhookAdapter
from simcord.http.router import parse_form

from bot.rehearsal.simulation.backend import WatchedBackend

EVERYTHING = 1_000_000
THREAD_NAME_LIMIT = 100
SUGGESTIONS_LIMIT = 25

CHANNEL = "/channels/{channel_id}"
MESSAGES = f"{CHANNEL}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"
THREADS_OF_MESSAGE = f"{MESSAGE}/threads"


class _Refusal:
    """As much of an HTTP answer as discord.py's exceptions look at."""

    status = 400
    reason = "Bad Request"


class _Forbidden(_Refusal):
    status = 403
    reason = "Forbidden"


def _refuse(code: int, message: str) -> None:
    error = {"code": code, "message": message}
    raise discord.HTTPException(_Refusal(), error)  # pyright: ignore[reportArgumentType] - see _Refusal


def _forbid(code: int, message: str) -> None:
    error = {"code": code, "message": message}
    raise discord.Forbidden(_Forbidden(), error)  # pyright: ignore[reportArgumentType] - see _Refusal


class RoomHTTP(FakeHTTPClient):
    """simcord's REST client with behaviours of Discord that it lacks.

    `history(after=…)` answers the oldest page instead of the newest. A message sent twice with one enforced nonce is
    posted once. Refused are a second thread on one message (160004), a thread's name over 100 characters (50035), a
    file where the bot may not attach any (50013), and the edit of a message in an archived thread (50083); a post there
    wakes the thread up.
    """

    backend: WatchedBackend

    async def request(self, route: Route, *, files: Any | None = None, form: Any | None = None, **kwargs: Any) -> Any:
        """Answer one request of the bot."""
        params = cast("dict[str, Any]", kwargs.get("params") or {})
        body = _body(form, kwargs)
        match route.method, route.path:
            case "GET", path if path == MESSAGES and "after" in params and not {"before", "around"} & params.keys():
                kwargs["params"] = {**params, "limit": EVERYTHING}
                newest_first = cast("list[Any]", await super().request(route, files=files, form=form, **kwargs))
                limit = int(params.get("limit", 50))
                return newest_first[-limit:] if limit else []
            case "POST", path if path == MESSAGES:
                return await self._post(route, body, files=files, form=form, **kwargs)
            case "POST", path if path == THREADS_OF_MESSAGE:
                self._check_thread(int(route.url.rstrip("/").split("/")[-2]), str(body.get("name", "")))
            case "PATCH", path if path == MESSAGE and self._is_archived(route):
                _refuse(50083, "Thread is archived")
            case _:
                pass
        return await super().request(route, files=files, form=form, **kwargs)

    def _check_thread(self, message_id: int, name: str) -> None:
        if message_id in self.backend.channels:
            _refuse(160004, "A thread has already been created for this message")
        if not 1 <= len(name) <= THREAD_NAME_LIMIT:
            _refuse(50035, "Invalid Form Body: name: Must be between 1 and 100 in length")

    def _check_file(self, channel_id: int) -> None:
        channel, bot = self.backend.get_channel(channel_id), self.backend.bot_user.id
        try:
            self.backend.require_permissions(channel.guild_id, bot, channel.id, "attach_files")
        except BackendError:
            _forbid(50013, "Missing Permissions")

    def _is_archived(self, route: Route) -> bool:
        channel = self.backend.channels.get(int(route.channel_id or 0))
        return channel is not None and channel.thread_metadata is not None and channel.thread_metadata.archived

    async def _post(self, route: Route, body: dict[str, Any], **kwargs: Any) -> Any:
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        key = f"{route.channel_id}/{nonce}"
        posted = self.backend.nonces.get(key) if nonce is not None else None
        if posted in self.backend.messages.get(int(route.channel_id or 0), {}):
            repeated = Route("GET", MESSAGE, channel_id=route.channel_id, message_id=posted)
            return await super().request(repeated)
        if kwargs.get("files"):
            self._check_file(int(route.channel_id or 0))
        if self._is_archived(route):
            self.backend.edit_channel(int(route.channel_id or 0), {}, thread_metadata={"archived": False})
        message = await super().request(route, **kwargs)
        if nonce is not None:
            self.backend.remember_nonce(key, int(message["id"]))
        return message


def _body(form: Any | None, kwargs: dict[str, Any]) -> dict[str, Any]:
    """What the bot sends: as it is, or as one part of several beside files."""
    body = kwargs.get("json") if form is None else parse_form(list(form), [])[0]
    return cast("dict[str, Any]", body or {})


class RoomWebhooks(FakeWebhookAdapter):
    """The way of interaction responses. It tells when one has been acknowledged, so that nobody needs to poll."""

    def __init__(self, backend: WatchedBackend, acknowledged: Callable[[int], None]) -> None:
        super().__init__(backend)
        self._acknowledged = acknowledged

    async def request(self, route: Any, session: Any, **kwargs: Any) -> Any:
        """Answer one interaction response or follow-up of the bot."""
        payload = cast("dict[str, Any]", kwargs.get("payload") or {})
        data = cast("dict[str, Any]", payload.get("data") or {})
        if len(data.get("choices") or ()) > SUGGESTIONS_LIMIT:
            _refuse(50035, "Invalid Form Body: data.choices: Must be 25 or fewer in length")
        answer = await super().request(route, session, **kwargs)
        parts = str(route.url).split("?", maxsplit=1)[0].rstrip("/").split("/")
        if parts[-1] == "callback":
            self._acknowledged(int(parts[-3]))
        return answer
