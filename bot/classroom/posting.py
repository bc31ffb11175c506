"""What is on record but not yet to be seen: the bot's own list of things to post, and what has been posted.

The record itself says what is missing (an open round without a card, a closed one without a tally, a response without
a message), so a crash between the commit and the post loses nothing: the next start finds it here.
"""

from dataclasses import dataclass

from bot.classroom.room import Classroom
from bot.classroom.voting import Standing, standing_in
from bot.discussion.ids import ChannelId, MessageId, UserId
from bot.discussion.values import Response, Round
from bot.storage import Transaction, notes, participants, responses, rounds


@dataclass(frozen=True, slots=True)
class Unposted:
    """Open rounds (their card may be missing or out of date), closed rounds without a tally, responses unseen."""

    open: tuple[Round, ...]
    untold: tuple[Round, ...]
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A response with all that its message says: its round, its author's name, and whom it answers."""

    response: Response
    round: Round
    author: str
    parent: Response | None
    parent_author: str | None


async def unposted(room: Classroom) -> Unposted:
    """Everything that waits to be posted, of every guild."""

    def work(tx: Transaction) -> Unposted:
        return Unposted(tuple(rounds.all_open(tx)), tuple(rounds.untold(tx)), tuple(responses.unposted(tx)))

    return await room.store.read(work)


async def shown(room: Classroom, response: Response) -> Shown | None:
    """A response as it stands now with what its message needs; None where it has been withdrawn."""

    def work(tx: Transaction) -> Shown | None:
        now = responses.get(tx, response.guild_id, response.id)
        found = rounds.get(tx, response.guild_id, response.round_id)
        if now is None or now.withdrawn_at is not None or found is None:
            return None
        names = participants.names(tx, response.guild_id)
        parent = responses.get(tx, response.guild_id, now.parent_id) if now.parent_id else None
        return Shown(now, found, _name(names, now.user_id), parent, _name(names, parent.user_id) if parent else None)

    return await room.store.read(work)


async def fresh(room: Classroom, found: Round) -> Standing:
    """A round as it stands now, with its count."""
    return await room.store.read(
        lambda tx: standing_in(tx, found.guild_id, rounds.get(tx, found.guild_id, found.id) or found)
    )


async def card_posted(room: Classroom, found: Round, message_id: MessageId) -> None:
    """Keep the id of a round's card."""
    await room.store.write(lambda tx: rounds.set_card(tx, found.guild_id, found.id, message_id))


async def thread_made(room: Classroom, found: Round, thread_id: ChannelId) -> None:
    """Keep the id of a round's thread."""
    await room.store.write(lambda tx: rounds.set_thread(tx, found.guild_id, found.id, thread_id))


async def tally_posted(room: Classroom, found: Round, message_id: MessageId) -> None:
    """Keep the id of a closed round's tally."""
    await room.store.write(lambda tx: rounds.set_tally(tx, found.guild_id, found.id, message_id))


async def response_posted(room: Classroom, response: Response, message_id: MessageId) -> None:
    """Keep the id of the message that shows a response."""
    await room.store.write(lambda tx: responses.set_message(tx, response.guild_id, response.id, message_id))


async def noted(room: Classroom, key: str) -> str | None:
    """A small fact of this installation, such as the hash of the commands that Discord knows."""
    return await room.store.read(lambda tx: notes.get(tx, key))


async def note(room: Classroom, key: str, value: str) -> None:
    """Keep a small fact of this installation."""
    await room.store.write(lambda tx: notes.put(tx, key, value))


def _name(names: dict[UserId, str], user_id: UserId) -> str:
    return names.get(user_id, "Somebody")
