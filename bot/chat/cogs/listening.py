"""What is typed, edited and deleted in the threads of debates, and what is deleted under them."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

import discord
from discord.ext import commands

from bot.chat.answering import answer_in_thread
from bot.chat.answers import NOT_TAKEN
from bot.chat.errors import log_error
from bot.chat.hearing import heard, is_words_of_a_person
from bot.chat.people import person_of_member
from bot.classroom import hearing
from bot.classroom.overhearing import Asked, Held, NotAgreed, Outcome, Silenced
from bot.classroom.people import Person
from bot.discussion.ids import ChannelId, GuildId, MessageId, RoundId, UserId
from bot.discussion.values import Round
from bot.storage import RecordRefused, StorageError

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

NOT_RECORDED = "Typed words show your name and are not recorded in a debate under pseudonyms: use **Respond**."


PAGE = 2048
"""At most so many messages go on record at once."""
LONGEST = 0.1
"""At most so many seconds the first of them waits for the last."""


class _Typed(NamedTuple):
    """A message with its words as they stand at this moment, where it was typed, and by whom."""

    thread: discord.Thread
    author: discord.Member
    heard: hearing.Message

    @property
    def message(self) -> discord.PartialMessage:
        """The message, to be answered or deleted."""
        return self.thread.get_partial_message(self.heard.id)


class Listening(commands.Cog):
    """Hears the threads that the bot has opened, and nothing else."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._unheard: deque[_Typed] = deque()
        """What is to go on record when that before it has."""
        self._hearing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def hear(self, message: discord.Message) -> None:
        """Record what a member typed in a debate's thread, in the order in which it was typed.

        Without the Message Content intent nothing is: the card says so, though Discord shows the bot the words of
        messages that mention it. Those that ask it something are answered all the same, and recorded in no case.
        """
        try:
            thread, author = message.channel, message.author
            if not is_words_of_a_person(message) or not self._is_ours(thread):
                return
            if isinstance(author, discord.Member):
                self._take(_Typed(thread, author, heard(message)))
        except Exception as error:  # noqa: BLE001 - as below; what is raised here would end the connection
            self._missed(ChannelId(message.channel.id), f"recording message {message.id}", error)

    def _take(self, typed: _Typed) -> None:
        if not self._bot.hears_threads:
            self._begin(self._hear_question(typed))
            return
        self._unheard.append(typed)
        if self._hearing is None or self._hearing.done():
            self._hearing = self._begin(self._hear_all())

    async def _hear_question(self, typed: _Typed) -> None:
        found, person = None, person_of_member(typed.author)
        try:
            if typed.heard.question is not None:
                found = await hearing.hear_question(self._bot.room, person, typed.heard)
        except Exception as error:  # noqa: BLE001 - as below
            log_error(f"hearing the question {typed.heard.id}", error)
        await self._react(typed, person, found)

    async def _hear_all(self) -> None:
        """Page by page: what is typed while one goes on record is the next. For one at a time a flood is too fast."""
        while self._unheard:
            await self._all_that_comes()
            page = [self._unheard.popleft() for _ in range(min(PAGE, len(self._unheard)))]
            await self._hear_page(page)

    async def until_heard(self) -> None:
        """Until what was typed so far is on record: only then can it be taken back, or the question be closed."""
        if self._hearing is not None:
            await asyncio.wait([self._hearing])

    def _all_that_comes(self) -> asyncio.Future[None]:
        """Until a turn of the loop brings no other message: to record some while others arrive slows both down."""
        loop = asyncio.get_running_loop()
        quiet, end = loop.create_future(), loop.time() + LONGEST

        def look(before: int) -> None:
            if before < len(self._unheard) < PAGE and loop.time() < end:
                loop.call_soon(look, len(self._unheard))
            elif not quiet.done():
                quiet.set_result(None)

        look(0)
        return quiet

    async def _hear_page(self, page: Sequence[_Typed]) -> None:
        now = self._bot.room.now()
        try:
            told = _told(page)
            outcomes = await hearing.hear_all(self._bot.room, told)
        except Exception as error:  # noqa: BLE001 - as below
            if len(page) == 1:
                self._missed(page[0].heard.thread_id, f"recording message {page[0].heard.id}", error)
            elif isinstance(error, StorageError) and not isinstance(error, RecordRefused):
                # Nothing can be recorded now: to try each would take as long as many times the patience with a lock.
                for thread_id in {typed.heard.thread_id for typed in page}:
                    self._missed(thread_id, f"recording {len(page)} messages", error)
            else:  # only the guilty fail
                for typed in page:
                    await self._hear_page([typed])
            return
        changed, spoken = dict[RoundId, Round](), Counter[tuple[GuildId, UserId, ChannelId]]()
        for typed, (person, _), found in zip(page, told, outcomes, strict=True):
            if isinstance(found, Round):
                spoken[person.guild_id, person.user_id, typed.heard.thread_id] += 1
                changed[found.id] = found
            else:  # what may take longer keeps no other message waiting
                self._begin(self._react(typed, person, found))
        for somebody_in_a_thread, times in spoken.items():
            self._bot.pacing.typed(*somebody_in_a_thread, times, now)
        for found in changed.values():
            self._bot.publisher.outdated(found)

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _react(self, typed: _Typed, person: Person, found: Outcome) -> None:
        words, thread_id = typed.heard, typed.heard.thread_id
        try:
            if isinstance(found, NotAgreed):
                await self._bot.asking.hint(typed.thread, thread_id)
            elif isinstance(found, Asked) and words.question is not None and words.edited_at is None:
                await answer_in_thread(self._bot, typed.message, words.question, person, found.round)
            elif found is None:
                await self._warn(person.guild_id, thread_id)
        except Exception as error:  # noqa: BLE001 - as below
            self._missed(thread_id, f"recording message {words.id}", error)
        else:
            if isinstance(found, Silenced):
                await _delete(typed.message)
            elif isinstance(found, Held):
                self._bot.pacing.typed(person.guild_id, person.user_id, thread_id, 1, self._bot.room.now())
                self._bot.publisher.outdated(found.round)
                await self._hide(found)

    def _missed(self, thread_id: ChannelId, what: str, error: Exception) -> None:
        self._bot.attending.missed_in(thread_id)
        log_error(what, error)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Follow an edit, also of a message that is no longer in memory, or that had no words until now."""
        self.hear(payload.message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Follow a deletion: who deletes their message takes their words back, and a round's card is posted anew."""
        if payload.guild_id is None:
            return
        guild_id, message_id = GuildId(payload.guild_id), MessageId(payload.message_id)
        await self.until_heard()
        try:
            for response in await hearing.hear_deletions(self._bot.room, guild_id, [message_id]):
                self._bot.publisher.outdated_by(response)
            await self._bot.publisher.message_is_gone(guild_id, message_id)
        except Exception as error:  # noqa: BLE001 - an event's end of the funnel: nobody waits for an answer here
            self._bot.attending.missed_in(ChannelId(payload.channel_id))
            log_error(f"recording the deletion of message {message_id}", error)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Follow a deletion in bulk: a moderator's doing, by which nobody takes words back."""
        if payload.guild_id is None:
            return
        guild_id, gone = GuildId(payload.guild_id), [MessageId(message_id) for message_id in payload.message_ids]
        await self.until_heard()
        try:
            for response in await hearing.hear_clearing(self._bot.room, guild_id, gone):
                self._bot.publisher.outdated_by(response)
            for message_id in gone:
                await self._bot.publisher.message_is_gone(guild_id, message_id)
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the deletion of {len(gone)} messages", error)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone: what was said in it stays, for nobody took it back."""
        try:
            await self._bot.publisher.thread_is_gone(GuildId(payload.guild_id), ChannelId(payload.thread_id))
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the deletion of thread {payload.thread_id}", error)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone, and the debate in it with it."""
        try:
            await self._bot.publisher.channel_is_gone(GuildId(channel.guild.id), ChannelId(channel.id))
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"recording the deletion of channel {channel.id}", error)

    async def _hide(self, held: Held) -> None:
        """What waits for a moderator goes from the thread; what Discord does not take now is on record to be done."""
        try:
            await self._bot.publisher.hide(held.response)
        except NOT_TAKEN as error:
            log_error(f"deleting the message of response {held.response.id}", error)

    async def _warn(self, guild_id: GuildId, thread_id: ChannelId) -> None:
        """Where a debate is under pseudonyms: whoever types shows their name, which the class is told once."""
        found = await hearing.typed_under_a_name(self._bot.room, guild_id, thread_id)
        if found is not None:
            await self._bot.publisher.say(found, NOT_RECORDED)

    def _is_ours(self, channel: object) -> TypeGuard[discord.Thread]:
        me = self._bot.user
        return isinstance(channel, discord.Thread) and me is not None and channel.owner_id == me.id


def _told(page: Sequence[_Typed]) -> list[tuple[Person, hearing.Message]]:
    """The messages with their authors as they are now."""
    people: dict[tuple[int, int], Person] = {}
    told: list[tuple[Person, hearing.Message]] = []
    for _, author, words in page:
        key = author.guild.id, author.id
        person = people.get(key) or people.setdefault(key, person_of_member(author))
        told.append((person, words))
    return told


async def _delete(message: discord.PartialMessage) -> None:
    """Whoever is muted says nothing in the thread either, where the bot may see to that."""
    try:
        await message.delete()
    except NOT_TAKEN as error:
        log.warning("message %s of somebody who is muted stays: %s", message.id, error)
