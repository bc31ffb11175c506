"""A guild's library: what Parley comes with, and the prompt sets that the guild's teachers have uploaded.

Whoever wants to know what can be debated asks here, so that no guild ever sees another's sets.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.classroom.room import Classroom
from bot.classroom.shelves import GuildLibrary, OwnSet
from bot.content.library import Library, Problem
from bot.content.models import PromptSet
from bot.discussion.ids import GuildId
from bot.discussion.uploads import Upload
from bot.storage import uploads


async def library_of(room: Classroom, guild_id: GuildId) -> Library:
    """What can be debated in a guild."""
    return (await guild_library(room, guild_id)).library


async def guild_library(room: Classroom, guild_id: GuildId) -> GuildLibrary:
    """The same, with the guild's own sets told apart."""
    known = room.shelves.get(guild_id, room.library)
    if known is not None:
        return known
    async with room.shelves.lock(guild_id):
        return await read_guild_library(room, guild_id)


async def read_guild_library(room: Classroom, guild_id: GuildId) -> GuildLibrary:
    """The same for who holds the guild's lock. Each own set is read and validated as if it were sent today."""
    shipped = room.library
    known = room.shelves.get(guild_id, shipped)
    if known is not None:
        return known
    kept = await room.store.read(lambda tx: uploads.current(tx, guild_id))
    own = await asyncio.to_thread(_read_all, kept, shipped) if kept else ()
    read = GuildLibrary(shipped, own, _together(shipped, own))
    room.shelves.put(guild_id, read)
    return read


def _read_all(kept: Sequence[Upload], shipped: Library) -> tuple[OwnSet, ...]:
    own: list[OwnSet] = []
    titles = [prompt_set.title for prompt_set in shipped.prompt_sets.values()]
    for upload in kept:
        read = _read(upload, shipped, titles)
        if isinstance(read, PromptSet):
            titles.append(read.title)
            own.append(OwnSet(upload.slug, upload.version, upload.uploaded_at, read))
        else:
            own.append(OwnSet(upload.slug, upload.version, upload.uploaded_at, None, tuple(read)))
    return tuple(own)


def _read(upload: Upload, shipped: Library, titles: Sequence[str]) -> PromptSet | list[Problem]:
    from bot.content.uploaded import read_upload  # noqa: PLC0415 - it takes YAML, which a start can do without

    name = f"{upload.slug}.yaml"
    if upload.slug in shipped.prompt_sets:
        what = f"Parley has come to have a prompt set called “{upload.slug}” itself"
        return [Problem(Path(name), 1, 1, what, "upload this one under another name and remove it here")]
    return read_upload(name, upload.source.encode(), shipped.articles, titles=titles)


def _together(shipped: Library, own: Sequence[OwnSet]) -> Library:
    if not own:
        return shipped
    sets: Mapping[str, PromptSet] = {each.slug: each.prompt_set for each in own if each.prompt_set is not None}
    problems = [problem for each in own for problem in each.problems]
    return replace(shipped, prompt_sets={**shipped.prompt_sets, **sets}, problems=(*shipped.problems, *problems))
