"""What is kept in memory of each guild's own prompt sets, so that they are read once and not at each look."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakValueDictionary

from bot.content.library import Library, Problem
from bot.content.models import PromptSet
from bot.discussion.ids import GuildId
from bot.values import frozen

MOST_GUILDS = 100
"""So many guilds' sets stay in memory; those asked for longest ago are read again when somebody asks."""


@frozen
class OwnSet:
    """A prompt set that a guild has brought along: its latest version, or what is wrong with that by now."""

    slug: str
    version: int
    uploaded_at: datetime
    prompt_set: PromptSet | None
    problems: tuple[Problem, ...] = ()


@frozen
class GuildLibrary:
    """What can be debated in one guild (`library`): what this Parley comes with (`shipped`), and the guild's own."""

    shipped: Library
    own: tuple[OwnSet, ...] = ()
    library: Library = field(default_factory=Library)


def _no_locks() -> WeakValueDictionary[GuildId, asyncio.Lock]:
    return WeakValueDictionary()


@dataclass(slots=True)
class Shelves:
    """Each guild's library as it was read last. What is on it counts only as long as `shipped` is what is shipped."""

    _known: OrderedDict[GuildId, GuildLibrary] = field(default_factory=OrderedDict[GuildId, GuildLibrary])
    _locks: WeakValueDictionary[GuildId, asyncio.Lock] = field(default_factory=_no_locks)

    def get(self, guild_id: GuildId, shipped: Library) -> GuildLibrary | None:
        """What was read last, if nothing has changed since."""
        known = self._known.get(guild_id)
        if known is None or known.shipped is not shipped:
            return None
        self._known.move_to_end(guild_id)
        return known

    def put(self, guild_id: GuildId, read: GuildLibrary) -> None:
        """Keep what was read just now."""
        self._known[guild_id] = read
        self._known.move_to_end(guild_id)
        while len(self._known) > MOST_GUILDS:
            self._known.popitem(last=False)

    def forget(self, guild_id: GuildId) -> None:
        """The guild's own sets have changed."""
        self._known.pop(guild_id, None)

    def lock(self, guild_id: GuildId) -> asyncio.Lock:
        """Held by whoever reads or changes a guild's own sets: so nobody puts an old reading on the shelf."""
        lock = self._locks.get(guild_id)
        if lock is None:
            lock = self._locks[guild_id] = asyncio.Lock()
        return lock
