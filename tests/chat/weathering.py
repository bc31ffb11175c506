"""What happens to a class from outside: Discord's weather, and moderators who delete things."""

# simcord's gateway feed and scope have no public names; simcord is pinned for it.
# pyright: reportPrivateUsage=false
from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

import discord
from discord.http import Route
from simcord import ChannelHandle
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from tests.chat.waiting import Debate
from tests.conftest import SchoolClass


def go_deaf(klass: SchoolClass | Debate) -> None:
    """From here on the gateway tells the bot nothing: it is about to stop, or the connection is lost."""
    klass.env.backend.subscribers.remove(klass.env._gateway_feed)


def hear_again(klass: SchoolClass | Debate) -> None:
    """From here on the gateway tells the bot what happens, though nothing of what has happened."""
    klass.env.backend.subscribers.append(klass.env._gateway_feed)


async def lose_connection(klass: SchoolClass) -> None:
    """The same, and the bot notices it."""
    go_deaf(klass)
    await tell_bot(klass, "disconnect")


async def find_connection(klass: SchoolClass, event: str = "ready") -> None:
    """The connection is there again: with a new session (`ready`), or with the old one (`resumed`)."""
    hear_again(klass)
    await tell_bot(klass, event)


async def tell_bot(klass: SchoolClass, event: str) -> None:
    """Let discord.py tell the bot of a connection's event, which the simulated gateway does not have."""
    with klass.env._bot_scope():
        klass.env.bot.dispatch(event)
    await klass.env.settle()


async def guild_is_away(klass: SchoolClass, *, unavailable: bool) -> None:
    """The guild has an outage, or has removed the bot."""
    gone: dict[str, Any] = {"id": str(klass.guild.id)}
    klass.env.backend.emit("GUILD_DELETE", gone | ({"unavailable": True} if unavailable else {}))
    await klass.env.settle()


async def guild_is_back(klass: SchoolClass, *, unavailable: bool) -> None:
    """The outage is over, or the bot has been invited again."""
    backend = klass.env.backend
    payload = dict(serializers.guild_create_payload(backend, backend.guilds[klass.guild.id]))
    payload.pop("unavailable", None)
    backend.emit("GUILD_CREATE", payload | ({"unavailable": False} if unavailable else {}))
    await klass.env.settle()


async def deny(klass: SchoolClass, channel: ChannelHandle, **permissions: bool) -> None:
    """Take permissions from the bot in a channel and its threads; none named: give all back."""
    denied = discord.Permissions(**permissions).value
    klass.env.backend.set_overwrite(
        channel.id, Overwrite(target_id=klass.env.backend.bot_user.id, type=OverwriteType.MEMBER, deny=denied)
    )
    await klass.env.settle()


def break_transport(
    klass: SchoolClass, method: str, path: str, error: Callable[[], BaseException], *, after: bool, times: int = 1
) -> list[str]:
    """Lose the connection in calls that fit, before Discord has done what was asked, or `after`: the answer is lost.

    Returns the paths of the calls that were broken, as they come.
    """
    rest: Any = klass.env.bot.http
    as_before, broken = rest.request, list[str]()

    async def request(route: Route, **kwargs: Any) -> Any:
        asked = route.url.partition("/api/v")[2].partition("/")[2].partition("?")[0]
        hit = len(broken) < times and route.method == method and fnmatch(f"/{asked}", path)
        if not hit:
            return await as_before(route, **kwargs)
        broken.append(f"/{asked}")
        if after:
            await as_before(route, **kwargs)
        raise error()

    rest.request = request
    return broken
