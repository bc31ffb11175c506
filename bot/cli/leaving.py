"""`erase` and `purge`: somebody's data out of the record, and what is past its period. Stop the bot first."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from discord.utils import utcnow

from bot.chat.texts import counted
from bot.classroom.erasing import Erased, erase_for_the_operator
from bot.classroom.purging import Purged, past_its_period
from bot.classroom.purging import purge as purge_now
from bot.classroom.room import WAITS_FOR_OTHERS, Classroom
from bot.cli.beginning import settings_or_stop
from bot.cli.exits import Exit, Stop
from bot.discussion.ids import GuildId, UserId
from bot.settings import Settings
from bot.storage import StorageError, Store, erasure

T = TypeVar("T")


def erase(
    user: Annotated[int, typer.Option(min=1, help="The Discord id of whoever is to be erased.")],
    guild: Annotated[int | None, typer.Option(min=1, help="Only from this server, by its Discord id.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a person from the record: words, name and id, for good. Stop the bot first."""
    settings = settings_or_stop()
    where = f"server {guild}" if guild is not None else "every server"
    if not yes and not typer.confirm(f"Erase everything of member {user} in {where}, for good?"):
        raise Stop("Nothing was erased.", Exit.USAGE)
    of = GuildId(guild) if guild is not None else None
    erased = _in_the_record(settings, lambda room: erase_for_the_operator(room, UserId(user), of))
    if not erased:
        typer.echo(f"Nothing of member {user} is on record in {where}.")
        return
    for each in erased:
        typer.echo(_erased(each))
    typer.echo(
        "Their posts go from Discord, as far as Parley may, when the bot runs again. "
        "Backups and exports that were made before still have them: delete those too."
    )


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be deleted.")] = False,
) -> None:
    """Delete debates that are past their server's period, as a running bot does each day. Stop the bot first."""
    settings = settings_or_stop()
    purged = _in_the_record(settings, past_its_period if dry_run else purge_now)
    if not purged:
        typer.echo("Nothing is past its period.")
    for each in purged:
        typer.echo(_purged(each, "would be deleted" if dry_run else "deleted"))


def _in_the_record(settings: Settings, work: Callable[[Classroom], Awaitable[T]]) -> T:
    """Do it in a record that nobody else uses. DatabaseInUse says that a bot runs on it; no database is made."""
    if not settings.database.is_file():
        message = f"There is no database at {settings.database}."
        raise StorageError(message)

    async def alone() -> T:
        async with Store.open(settings.database, busy_timeout=WAITS_FOR_OTHERS) as store:
            room = Classroom(store, settings.articles, settings.prompts, utcnow, settings.time_zone)
            done = await work(room)
            await store.write(erasure.write_anew)
            return done

    return asyncio.run(alone())


def _erased(each: Erased) -> str:
    parts = [counted(len(each.responses), "response"), counted(each.votes, "vote")]
    if each.together:
        parts.append(f"{counted(each.together, 'common text')} left without the name")
    if each.reworded:
        parts.append(f"{counted(each.reworded, 'mention')} by others taken out")
    return f"Server {each.guild_id}: erased {', '.join(parts)}."


def _purged(each: Purged, what: str) -> str:
    debates, words = counted(len(each.sessions), "debate"), counted(each.responses, "response")
    period = f"older than {counted(each.days, 'day')}"
    return f"Server {each.guild_id}: {debates} with {words}, and {each.others} other entries {period} {what}."
