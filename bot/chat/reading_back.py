"""Reading back what was typed, edited and deleted in a round's thread while nobody listened."""

import logging
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.chat.hearing import heard, is_words_of_a_person
from bot.chat.people import name_of, person_of_member
from bot.classroom import hearing
from bot.classroom.people import Person
from bot.discussion.ids import GuildId, MessageId, UserId
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

PAGE = 100
"""Messages recorded in one transaction: as many as Discord gives in one answer."""

TOLD_EACH = 1000
"""Messages after which a long thread's progress is logged."""


class Unreadable(Exception):  # noqa: N818 - the message is the reason that a gap is recorded with
    """A thread could not be read back."""


class ReadingBack:
    """One time of catching up. Remembers who is who, so that each author is asked for once."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._people: dict[tuple[int, UserId], Person] = {}

    async def read(self, found: Round, *, compare: bool) -> None:
        """Record what is new in a round's thread; with `compare`, follow what was edited and deleted in it too.

        Raises Unreadable with the reason where it cannot be read to its end. What was read until then is recorded.
        """
        if found.conduct.pseudonymous:
            return  # what is typed there shows its author's name, and is never recorded
        try:
            thread = await self._thread(found)
            if thread is None:
                return
            known = await hearing.heard_of(self._bot.room, found)
            new = await self._record_new(thread, known.last)
            changed, deleted = await self._compare(thread, known) if compare and known.last else (0, 0)
        except discord.Forbidden:
            raise Unreadable("Parley may not read the thread") from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("reading back round %s: %s", found.id, error)
            raise Unreadable("Discord did not answer") from error
        log.info("caught up with round %s: %d recorded, %d changed, %d withdrawn", found.id, new, changed, deleted)

    async def _thread(self, found: Round) -> discord.Thread | None:
        """The thread to read; None where there is none yet. An unreadable history would look like an empty one."""
        if found.thread_id is None:
            return None
        thread = await self._bot.publisher.places.thread_of(found)
        if thread is None:
            raise Unreadable("its thread was deleted")
        parent = thread.parent or await self._bot.fetch_channel(thread.parent_id)
        granted = parent.permissions_for(thread.guild.me) if isinstance(parent, discord.TextChannel) else None
        if granted is not None and not (granted.view_channel and granted.read_message_history):
            raise Unreadable("Parley may not read the thread's history")
        return thread

    async def _record_new(self, thread: discord.Thread, last: MessageId | None) -> int:
        recorded, page, count = 0, list[discord.Message](), 0
        after = discord.Object(last) if last else None
        async for message in thread.history(limit=None, after=after, oldest_first=True):
            page.append(message)
            count += 1
            if len(page) == PAGE:
                recorded += await self._record(page)
                page.clear()
            if count % TOLD_EACH == 0:
                log.info("reading back thread %s: %d messages so far", thread.id, count)
        return recorded + await self._record(page)

    async def _compare(self, thread: discord.Thread, known: hearing.Heard) -> tuple[int, int]:
        """Follow what differs from the record, up to the last message that was on it; how much was changed, deleted."""
        there, differing = set[MessageId](), list[discord.Message]()
        async for message in thread.history(limit=None, oldest_first=True):
            if known.last is None or message.id > known.last:
                break
            there.add(MessageId(message.id))
            if _differs(message, known):
                differing.append(message)
        changed = await self._record(differing)
        gone = known.messages.keys() - there
        deleted = await hearing.hear_deletions(self._bot.room, GuildId(thread.guild.id), gone) if gone else []
        return changed, len(deleted)

    async def _record(self, messages: list[discord.Message]) -> int:
        typed = [message for message in messages if is_words_of_a_person(message)]
        told = [(await self._person(message), heard(message)) for message in typed]
        return await hearing.hear_afterwards(self._bot.room, told)

    async def _person(self, message: discord.Message) -> Person:
        """The author as they are now. Somebody who has left since has no roles any more."""
        if isinstance(message.author, discord.Member):
            return person_of_member(message.author)
        guild = message.guild
        if guild is None:
            raise Unreadable("Discord did not say which server it is in")
        key = (guild.id, UserId(message.author.id))
        if key not in self._people:
            try:
                self._people[key] = person_of_member(await guild.fetch_member(message.author.id))
            except discord.NotFound:
                self._people[key] = Person(GuildId(guild.id), key[1], name_of(message.author))
        return self._people[key]


def _differs(message: discord.Message, known: hearing.Heard) -> bool:
    """Is it to be recorded: does it say something else than the record, or does the record not have it?"""
    now, recorded = heard(message), known.messages.get(MessageId(message.id))
    return now.body is not None and recorded != (now.body, now.attachments)
