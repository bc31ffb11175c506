"""Nobody is ever pinged: whatever the bot sends or edits, in whatever is used, allows no mention at all."""

import json
from pathlib import Path
from typing import Any

from simcord.types import HttpLogEntry

from bot.chat.permission_table import TABLE, Thing, Who
from tests.permissions.recipes import Scene, recipe_of
from tests.permissions.school import school

SHOWN = ("content", "components", "embeds", "poll")
TYPES_WITH_A_MESSAGE = {4, 7}
NOBODY: tuple[dict[str, Any], ...] = ({"parse": []}, {"parse": [], "replied_user": False})


def message_in(entry: HttpLogEntry) -> dict[str, Any] | None:
    """The message that a call of the bot's sends or edits; None for a call that shows nothing."""
    body: dict[str, Any] = entry.json or {}
    if entry.path.endswith("/callback"):
        return body.get("data") if body.get("type") in TYPES_WITH_A_MESSAGE else None
    is_message = entry.method in {"POST", "PATCH"} and ("/messages" in entry.path or "/webhooks/" in entry.path)
    return body if is_message and any(name in body for name in SHOWN) else None


async def test_no_message_of_all_that_can_be_used_pings(database: Path) -> None:
    async with school(database) as made:
        seen: list[HttpLogEntry] = []
        made.env.backend.http_requests = seen
        for row in TABLE:
            if row.thing is not Thing.COMPLETION and not row.name.startswith(("privacy", "erase")):
                me = made.somebody(Who.MODERATOR)
                await (await recipe_of(row)(Scene(made, row, Who.MODERATOR, me, me, row.answer(Who.MODERATOR))))()
    sent = [message for message in map(message_in, seen) if message is not None]
    assert len(sent) > 100
    pinging = [message for message in sent if message.get("allowed_mentions") not in NOBODY]
    assert not pinging, json.dumps(pinging[:3])[:2000]
