"""What students type, edit and delete in a debate's thread. Discord's message is the words; the record follows it.

It follows while the round is open. What is edited after that, or after the deadline, changes no record: the round was
counted and read as it stood. Whoever deletes a message takes their words back at any time, as by `/my responses`. In a
debate under pseudonyms it never follows: what is typed shows its author's name.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.classroom.losing import CLEARED, note_change
from bot.classroom.overhearing import Asked, Held, Message, Outcome, Said, Silenced, follow, question
from bot.classroom.people import Person
from bot.classroom.room import Classroom
from bot.classroom.word_lists import has_listed_word, word_list_of
from bot.discussion.ids import ChannelId, GuildId, MessageId
from bot.discussion.values import Attachment, Response, Round, Source
from bot.storage import Transaction, altering, notes, outdated, removals, responses, rounds
from bot.values import frozen

_SAID = "typed-under-a-name:{}"
"""The note that those who type in a round's thread have been told that it shows their name."""


@frozen
class Heard:
    """What of a round's thread is on record: each typed message with its words, and the last of them."""

    messages: Mapping[MessageId, tuple[Mapping[str, str], tuple[Attachment, ...]]]
    last: MessageId | None


async def hear_all(room: Classroom, heard: Sequence[tuple[Person, Message]]) -> list[Outcome]:
    """Record messages typed in the threads of open rounds, in the order given and in one transaction.

    What became of each: None where it is in no such thread, or has nothing to record. Idempotent by a message's id: one
    that is on record is brought up to date, the earlier wording becoming a revision. The stance is the author's at this
    moment, None before they have taken one.
    """
    return await _follow(room, heard, live=True)


async def hear_question(room: Classroom, person: Person, message: Message) -> Asked | Silenced | None:
    """What becomes of a message to the bot where it hears no others. Nothing is recorded."""
    body = message.body
    if body is None:
        return None
    said = Said(person, message, body, room.now(), listed=await has_listed_word(room, person.guild_id, body))
    return await room.store.read(lambda tx: question(tx, said))


async def typed_under_a_name(room: Classroom, guild_id: GuildId, thread_id: ChannelId) -> Round | None:
    """The open round under pseudonyms in whose thread somebody has typed; at the first time alone, and else None."""

    def unsaid(tx: Transaction) -> Round | None:
        found = rounds.by_thread(tx, guild_id, thread_id)
        if found is None or not found.is_open or not found.conduct.pseudonymous:
            return None
        return found if notes.get(tx, _SAID.format(found.id)) is None else None

    def say(tx: Transaction) -> Round | None:
        found = unsaid(tx)
        if found is not None:
            notes.put(tx, _SAID.format(found.id), "")
        return found

    return await room.store.write(say) if await room.store.read(unsaid) is not None else None


async def hear_afterwards(room: Classroom, heard: Sequence[tuple[Person, Message]]) -> int:
    """Record what was typed and edited while nobody listened, with the times and stances of then; how much of it was.

    In one transaction, in the order given.
    """
    return sum(isinstance(found, Round | Held) for found in await _follow(room, heard, live=False))


async def _follow(room: Classroom, heard: Sequence[tuple[Person, Message]], *, live: bool) -> list[Outcome]:
    now = room.now()
    lists = {guild_id: await word_list_of(room, guild_id) for guild_id in {person.guild_id for person, _ in heard}}
    searched = {guild_id: words for guild_id, words in lists.items() if words}
    said: list[Said] = []
    for person, message in heard:
        body, words = message.body, searched.get(person.guild_id)
        if body is not None:
            listed = words is not None and words.finds_any(body.values())
            said.append(Said(person, message, body, now, live, listed))
    outcomes = await room.store.write(lambda tx: follow(tx, said)) if said else []
    if len(said) == len(heard):
        return outcomes
    recorded = iter(outcomes)
    return [None if message.body is None else next(recorded) for _, message in heard]


async def heard_of(room: Classroom, found: Round) -> Heard:
    """What is on record of a round's typed messages."""

    def work(tx: Transaction) -> Heard:
        typed_ones = [
            entry
            for entry in responses.of_round(tx, found.guild_id, found.id)
            if entry.source is Source.MESSAGE and entry.message_id is not None
        ]
        last = max((entry.message_id for entry in typed_ones if entry.message_id), default=None)
        changing = outdated.of_round(tx, found.guild_id, found.id)
        standing = [entry for entry in typed_ones if _is_in_its_message(entry) and entry.id not in changing]
        return Heard(
            {entry.message_id: (entry.body, entry.attachments) for entry in standing if entry.message_id}, last
        )

    return await room.store.read(work)


async def hear_deletions(room: Classroom, guild_id: GuildId, message_ids: Collection[MessageId]) -> list[Response]:
    """Follow the deletion of messages typed in threads: the responses count as withdrawn.

    Discord does not tell who deleted a message; nearly always it is its author. Only what a moderator has hidden is
    meant to be deleted by others: its words stay, and something is to stand in for it. Returns the responses as they
    were.
    """
    now = room.now()

    def work(tx: Transaction) -> list[Response]:
        found = _typed(tx, guild_id, message_ids)
        return [entry for entry in found if _follow_deletion(tx, entry, now, keep=room.keeps_withdrawn)]

    return await room.store.write(work)


async def hear_clearing(room: Classroom, guild_id: GuildId, message_ids: Collection[MessageId]) -> list[Response]:
    """Follow a deletion in bulk, which only moderators and their tools can do: no author took anything back.

    The responses are hidden: they stay on record for moderators, marked. Returns those that were hidden.
    """
    now = room.now()

    def work(tx: Transaction) -> list[Response]:
        hidden = [entry for entry in _typed(tx, guild_id, message_ids) if altering.hide(tx, guild_id, entry.id, now)]
        for round_id in {entry.round_id for entry in hidden}:
            found = rounds.get(tx, guild_id, round_id)
            if found is not None:
                count = sum(entry.round_id == round_id for entry in hidden)
                note_change(tx, found, CLEARED, now, count=count)
        return hidden

    return await room.store.write(work)


def _follow_deletion(tx: Transaction, entry: Response, now: datetime, *, keep: bool) -> bool:
    """Take its words back, or have something stand in for what was hidden; False where there is nothing to do."""
    if entry.stand_in_id is not None:
        return False
    if entry.hidden_at is None:
        return altering.withdraw(tx, entry.guild_id, entry.id, now, keep=keep)
    by_hand = removals.get(tx, entry.guild_id, entry.id) is not None  # and not in bulk
    if not by_hand or entry.id in outdated.of_round(tx, entry.guild_id, entry.round_id):
        return False
    outdated.mark_message(tx, entry)
    return True


def _is_in_its_message(entry: Response) -> bool:
    """Do its words stand in the message in which they were typed?"""
    return entry.withdrawn_at is None and entry.hidden_at is None and entry.stand_in_id is None


def _typed(tx: Transaction, guild_id: GuildId, message_ids: Collection[MessageId]) -> list[Response]:
    found = [responses.by_message(tx, guild_id, message_id) for message_id in sorted(message_ids)]
    return [entry for entry in found if entry is not None and entry.source is Source.MESSAGE]
