"""What stands in for Discord's REST interface, a little closer to Discord than simcord's own."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, cast

import discord
from discord.http import Route
from simcord.http import FakeHTTPClient, FakeWebhookAdapter

from bot.rehearsal.simulation.backend import WatchedBackend

NONCES_KEPT = 500
EVERYTHING = 1_000_000


class _Refusal:
    """As much of an HTTP answer as discord.py's exceptions look at."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.reason = "Bad Request"


class RoomHTTP(FakeHTTPClient):
    """simcord's REST client with three behaviours of Discord that it lacks.

    `history(after=…)` answers the oldest page instead of the newest; a second thread on one message is refused
    (160004); a message sent twice with one enforced nonce is posted once.
    """

    def __init__(self, backend: WatchedBackend, loop: Any) -> None:
        super().__init__(backend, loop)
        self._posted = OrderedDict[tuple[str, str], Any]()

    async def request(self, route: Route, *, files: Any | None = None, form: Any | None = None, **kwargs: Any) -> Any:
        """Answer one request of the bot."""
        params = cast("dict[str, Any]", kwargs.get("params") or {})
        is_history = route.method == "GET" and route.path == "/channels/{channel_id}/messages"
        if is_history and "after" in params and not {"before", "around"} & params.keys():
            kwargs["params"] = {**params, "limit": EVERYTHING}
            newest_first = cast("list[Any]", await super().request(route, files=files, form=form, **kwargs))
            limit = int(params.get("limit", 50))
            return newest_first[-limit:] if limit else []
        if route.method == "POST" and route.path == "/channels/{channel_id}/messages/{message_id}/threads":
            self._refuse_second_thread(route)
        if route.method == "POST" and route.path == "/channels/{channel_id}/messages":
            return await self._post_once(route, files, form, kwargs)
        return await super().request(route, files=files, form=form, **kwargs)

    def _refuse_second_thread(self, route: Route) -> None:
        message_id = int(route.url.rstrip("/").split("/")[-2])
        if message_id in self.backend.channels:
            error = {"code": 160004, "message": "A thread has already been created for this message"}
            raise discord.HTTPException(_Refusal(400), error)  # pyright: ignore[reportArgumentType] - see _Refusal

    async def _post_once(self, route: Route, files: Any, form: Any, kwargs: dict[str, Any]) -> Any:
        body = cast("dict[str, Any]", kwargs.get("json") or {})
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        if nonce is None:
            return await super().request(route, files=files, form=form, **kwargs)
        key = (str(route.channel_id), str(nonce))
        if key not in self._posted:
            self._posted[key] = await super().request(route, files=files, form=form, **kwargs)
            while len(self._posted) > NONCES_KEPT:
                self._posted.popitem(last=False)
        return self._posted[key]


class RoomWebhooks(FakeWebhookAdapter):
    """The way of interaction responses. It tells when one has been acknowledged, so that nobody needs to poll."""

    def __init__(self, backend: WatchedBackend, acknowledged: Callable[[int], None]) -> None:
        super().__init__(backend)
        self._acknowledged = acknowledged

    async def request(self, route: Any, session: Any, **kwargs: Any) -> Any:
        """Answer one interaction response or follow-up of the bot."""
        answer = await super().request(route, session, **kwargs)
        parts = str(route.url).split("?", maxsplit=1)[0].rstrip("/").split("/")
        if parts[-1] == "callback":
            self._acknowledged(int(parts[-3]))
        return answer
