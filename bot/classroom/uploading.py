"""A guild's own prompt sets: a teacher uploads one, gets its text back, removes it. No file is ever written."""

import asyncio
from collections.abc import Iterator, Sequence

from bot.classroom.library import guild_library, read_guild_library
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.shelves import GuildLibrary
from bot.content.layout import YAML_ENDINGS
from bot.content.library import Problem
from bot.content.models import Article, PromptSet
from bot.content.slugs import slug_of
from bot.discussion.uploads import Upload
from bot.storage import Transaction, audits, guilds, schedules, uploads
from bot.values import frozen

UPLOADED, REMOVED = "prompts.upload", "prompts.remove"
"""The actions under which uploads and removals stand on the audit."""

MOST_SETS = 50
"""How many sets of its own a guild may have."""

MOST_VERSIONS = 20
"""How many versions of one set are kept, the latest among them."""

MOST_TEXT = 2 * 1024 * 1024
"""Characters of all that is kept of a guild's sets. Earlier versions make way, the oldest first."""

LONGEST_SLUG = 64


@frozen
class Added:
    """A version that can be debated from now on, with the article that it is about."""

    upload: Upload
    prompt_set: PromptSet
    article: Article


@frozen
class Removed:
    """What has been removed, in its latest version, and how many scheduled debates were to begin with it."""

    upload: Upload
    scheduled: int


async def expect(room: Classroom, person: Person, name: str, size: int) -> None:
    """Refuse a file that is not to be fetched at all: by who sends it, by its name, by its size in bytes."""
    from bot.content.uploaded import UPLOAD_LIMIT  # noqa: PLC0415 - it takes YAML, which a start can do without

    await room.store.read(lambda tx: require_teacher(person, guilds.settings(tx, person.guild_id)))
    if size > UPLOAD_LIMIT:
        raise Refusal(f"That file is too large for a prompt set: {UPLOAD_LIMIT // 1024} KiB is the most.")
    _slug(name)


async def upload(room: Classroom, person: Person, name: str, data: bytes) -> Added | tuple[Problem, ...]:
    """Keep a prompt set for the person's guild alone, or tell what is wrong with it; then nothing has changed.

    `name` is the file's, and says what the set is called; `data` are its bytes. One that is called as an earlier one is
    its next version.
    """
    await expect(room, person, name, len(data))
    slug, now = _slug(name), room.now()
    async with room.shelves.lock(person.guild_id):
        known = await read_guild_library(room, person.guild_id)
        if slug in known.shipped.prompt_sets:
            raise Refusal(f"Parley itself has a prompt set called “{slug}”. Give your file another name.")
        read = await asyncio.to_thread(_read, name, slug, data, known)
        if not isinstance(read, PromptSet):
            return tuple(read)
        text = data.decode("utf-8-sig")

        def work(tx: Transaction) -> Upload:
            require_teacher(person, guilds.settings(tx, person.guild_id))
            _require_room(tx, person, slug, len(text))
            added = uploads.add(
                tx, person.guild_id, slug=slug, source=text, uploaded_by=person.user_id, uploaded_at=now
            )
            for old, version in _too_many(uploads.versions(tx, person.guild_id)):
                uploads.forget(tx, person.guild_id, old, version)
            details = {"set": slug, "version": str(added.version)}
            audits.add(
                tx, person.guild_id, user_id=person.user_id, at=now, action=UPLOADED, session_id=None, details=details
            )
            return added

        try:
            added = await room.store.write(work)
        finally:
            room.shelves.forget(person.guild_id)
    return Added(added, read, known.shipped.articles[read.article])


async def remove(room: Classroom, person: Person, named: str) -> Removed:
    """Remove a set of the guild's own with all its versions. What was started from it keeps what it had."""
    slug, now = await _slug_of_own(room, person, named), room.now()

    def work(tx: Transaction) -> Removed:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        latest = uploads.get(tx, person.guild_id, slug)
        if latest is None or not uploads.remove(tx, person.guild_id, slug, now):
            raise Refusal(_no_such(named))
        waiting = sum(each.set_slug == slug for each in schedules.waiting_in(tx, person.guild_id))
        details = {"set": slug, "version": str(latest.version)}
        audits.add(
            tx, person.guild_id, user_id=person.user_id, at=now, action=REMOVED, session_id=None, details=details
        )
        return Removed(latest, waiting)

    async with room.shelves.lock(person.guild_id):
        try:
            return await room.store.write(work)
        finally:
            room.shelves.forget(person.guild_id)


async def source(room: Classroom, person: Person, named: str, version: int | None) -> Upload:
    """A set of the guild's own as it was sent: its latest version, or an earlier one."""
    slug = await _slug_of_own(room, person, named)

    def work(tx: Transaction) -> Upload:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        found = uploads.get(tx, person.guild_id, slug, version)
        if found is None:
            kept = [number for each, number, _ in uploads.versions(tx, person.guild_id) if each == slug]
            if not kept:
                raise Refusal(_no_such(named))
            raise Refusal(f"Version {version} of “{slug}” is not kept. There are {', '.join(map(str, kept))}.")
        return found

    return await room.store.read(work)


async def choices_of_own(room: Classroom, person: Person, typed: str) -> list[tuple[str, str]]:
    """What a teacher can choose among the guild's own sets, for autocomplete: the title, and the slug."""
    try:
        await room.store.read(lambda tx: require_teacher(person, guilds.settings(tx, person.guild_id)))
    except Refusal:
        return []
    wanted = typed.casefold()
    own = (await guild_library(room, person.guild_id)).own
    rows = [(each.prompt_set.title if each.prompt_set else f"{each.slug} does not load", each.slug) for each in own]
    return sorted(row for row in rows if wanted in row[0].casefold() or wanted in row[1].casefold())


async def _slug_of_own(room: Classroom, person: Person, named: str) -> str:
    """The slug of the guild's set of that slug or title. For teachers alone, before anything is told."""
    await room.store.read(lambda tx: require_teacher(person, guilds.settings(tx, person.guild_id)))
    wanted = named.strip().casefold()
    for each in (await guild_library(room, person.guild_id)).own:
        if wanted in (each.slug, each.prompt_set.title.casefold() if each.prompt_set else None):
            return each.slug
    raise Refusal(_no_such(named))


def _read(name: str, slug: str, data: bytes, known: GuildLibrary) -> PromptSet | list[Problem]:
    from bot.content.uploaded import read_upload  # noqa: PLC0415 - as above

    others = [prompt_set.title for other, prompt_set in known.library.prompt_sets.items() if other != slug]
    return read_upload(name, data, known.shipped.articles, titles=others)


def _slug(name: str) -> str:
    """What a set is called whose file has that name."""
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if dot + ending.lower() not in YAML_ENDINGS:
        raise Refusal("That is no YAML file by its name. A prompt set is a file whose name ends in `.yaml`.")
    slug = slug_of(stem)
    if not slug or len(slug) > LONGEST_SLUG:
        what = f"has more than {LONGEST_SLUG} letters" if slug else "has no letter or digit"
        raise Refusal(f"The file's name, by which the set is known, {what}. Rename the file.")
    return slug


def _require_room(tx: Transaction, person: Person, slug: str, size: int) -> None:
    others = [each for each in uploads.current(tx, person.guild_id) if each.slug != slug]
    if len(others) >= MOST_SETS:
        raise Refusal(
            f"This server has {MOST_SETS} prompt sets of its own, and more Parley does not keep. "
            "`/prompts remove` takes one away that is not needed any more."
        )
    if sum(len(each.source) for each in others) + size > MOST_TEXT:
        raise Refusal(
            "This server's own prompt sets are very long, and there is no room for another. "
            "`/prompts remove` takes one away that is not needed any more."
        )


def _too_many(kept: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, int]]:
    """Slug and version of what makes way, of all that a guild keeps (with sizes, the oldest first). Never a latest."""
    latest = {slug: version for slug, version, _ in kept}
    counts = {slug: sum(each == slug for each, _, _ in kept) for slug in latest}
    size = sum(size for _, _, size in kept)
    for slug, version, length in kept:
        if version != latest[slug] and (counts[slug] > MOST_VERSIONS or size > MOST_TEXT):
            counts[slug] -= 1
            size -= length
            yield slug, version


def _no_such(named: str) -> str:
    return f"This server has no prompt set of its own called “{named[:100]}”. `/prompts list` shows those it has."
