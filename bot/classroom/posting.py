"""What is on record but not yet to be seen: the bot's own list of things to post, and what has been posted.

The record itself says what is missing (an open round without a card, a closed one without a tally, a response without
a message) and what is out of date (see `outdated`), so a crash between the commit and the post loses nothing: the next
start finds it here.
"""

from collections.abc import Mapping
from enum import Enum, auto

from bot.classroom import citing
from bot.classroom.citing import cited_paragraphs
from bot.classroom.naming import SOMEBODY, names_in
from bot.classroom.results import Results, results_in
from bot.classroom.room import Classroom
from bot.classroom.voting import Standing, standing_in
from bot.discussion.ids import ChannelId, GuildId, MessageId, ResponseId, UserId
from bot.discussion.values import Outdated, Response, Round
from bot.storage import Transaction, altering, notes, outdated, responses, rounds
from bot.values import frozen


@frozen
class Unposted:
    """Open rounds (their card may be missing or out of date), closed rounds without a tally, responses unseen."""

    open: tuple[Round, ...]
    untold: tuple[Round, ...]
    responses: tuple[Response, ...]


@frozen
class Shown:
    """A response with all that its message says: its round, its author's name or group, whom it answers, what it cites.

    `mark` is its newest change that its message may not show yet; None where it shows them all.
    """

    response: Response
    round: Round
    author: str
    parent: Response | None
    parent_author: str | None
    mark: int | None = None
    cites: tuple[int, ...] = ()

    @property
    def waits(self) -> bool:
        """Is it on record without being for the class to see, or not yet?"""
        return self.response.held_back

    @property
    def stands(self) -> bool:
        """Is it to be seen? Not once its author has taken it back or a moderator has taken it away."""
        return self.response.withdrawn_at is None and self.response.hidden_at is None

    @property
    def is_hidden(self) -> bool:
        """Has a moderator taken it away, and its author not?"""
        return self.response.hidden_at is not None and self.response.withdrawn_at is None

    @property
    def post(self) -> Outdated:
        """The name of its post among those that are out of date."""
        return Outdated(self.response.guild_id, self.response.round_id, self.response.id)


@frozen
class Count:
    """A round as it stands, its results once it is closed, and the newest change that they may not show yet."""

    standing: Standing
    results: Results | None
    mark: int | None


class Posted(Enum):
    """Where the post of a response is: in the thread, there as soon as Discord takes it, or nowhere and for good.

    Of what the class is not to see yet there is none yet. Of what a moderator has hidden there is one that says so.
    """

    STANDS = auto()
    LATER = auto()
    NOWHERE = auto()
    WAITS = auto()
    HIDDEN = auto()


class TakenDown(Enum):
    """What became of the post of words taken back or away: gone, gone as soon as Discord takes it, or it must stay."""

    GONE = auto()
    LATER = auto()
    STAYS = auto()


async def unposted(room: Classroom) -> Unposted:
    """Everything that waits to be posted, of every guild."""

    def work(tx: Transaction) -> Unposted:
        return Unposted(tuple(rounds.all_open(tx)), tuple(rounds.untold(tx)), tuple(responses.unposted(tx)))

    return await room.store.read(work)


async def released(room: Classroom, found: Round) -> list[Response]:
    """A round's responses that wait to be posted, such as those that were held back until now."""
    return [entry for entry in await room.store.read(responses.unposted) if entry.round_id == found.id]


async def out_of_date(room: Classroom) -> list[Outdated]:
    """Every post that shows something else than the record, of every guild, longest first."""
    return await room.store.read(outdated.waiting)


async def shown(room: Classroom, guild_id: GuildId, response_id: ResponseId) -> Shown | None:
    """A response as it is now with what its message needs; None where there is no such response."""

    def work(tx: Transaction) -> Shown | None:
        now = responses.get(tx, guild_id, response_id)
        found = rounds.get(tx, guild_id, now.round_id) if now is not None else None
        if now is None or found is None:
            return None
        names = names_in(tx, found)
        parent = responses.get(tx, guild_id, now.parent_id) if now.parent_id else None
        mark = outdated.newest_mark(tx, Outdated(guild_id, found.id, now.id))
        cites = cited_paragraphs(tx, guild_id, [now.id]).get(now.id, ())
        return Shown(now, found, _author(names, now), parent, _author(names, parent) if parent else None, mark, cites)

    return await room.store.read(work)


async def count_of(room: Classroom, found: Round) -> Count:
    """A round as it stands now, with what its own posts do not show yet.

    What was typed since is looked into first: all of it where it is counted for good.
    """
    time = room.now()
    await (citing.catch_up(room) if found.is_open else citing.catch_up_with_all(room))

    def work(tx: Transaction) -> Count:
        now = rounds.get(tx, found.guild_id, found.id) or found
        mark = outdated.newest_mark(tx, Outdated(found.guild_id, found.id, None))
        results = None if now.is_open else results_in(tx, now, room.zone, time)
        standing = standing_in(tx, found.guild_id, now) if results is None else results.standing
        return Count(standing, results, mark)

    return await room.store.read(work)


async def round_of(room: Classroom, post: Outdated) -> Round | None:
    """The round of a post that is out of date."""
    return await room.store.read(lambda tx: rounds.get(tx, post.guild_id, post.round_id))


async def brought_up_to_date(room: Classroom, post: Outdated, mark: int) -> None:
    """A post shows all that was on record up to that mark, or is gone as it should be."""
    await room.store.write(lambda tx: outdated.settle(tx, post, mark))


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


async def tally_posted(room: Classroom, found: Round, message_id: MessageId, mark: int | None) -> None:
    """Keep the id of a closed round's tally; `mark`, where given, says up to where it and the card are true."""

    def work(tx: Transaction) -> None:
        rounds.set_tally(tx, found.guild_id, found.id, message_id)
        if mark is not None:
            outdated.settle(tx, Outdated(found.guild_id, found.id, None), mark)

    await room.store.write(work)


async def response_posted(room: Classroom, found: Shown, message_id: MessageId, mark: int | None) -> None:
    """Keep the id of the message that shows a response; `mark`, where given, says up to where it is true."""

    def work(tx: Transaction) -> None:
        altering.set_message(tx, found.response.guild_id, found.response.id, message_id)
        if mark is not None:
            outdated.settle(tx, found.post, mark)

    await room.store.write(work)


async def stands_in(room: Classroom, found: Shown, message_id: MessageId) -> None:
    """Keep the id of the bot's own message that stands in for a typed one."""
    await room.store.write(lambda tx: altering.set_stand_in(tx, found.response.guild_id, found.response.id, message_id))


async def noted(room: Classroom, key: str) -> str | None:
    """A small fact of this installation, such as the hash of the commands that Discord knows."""
    return await room.store.read(lambda tx: notes.get(tx, key))


async def note(room: Classroom, key: str, value: str) -> None:
    """Keep a small fact of this installation."""
    await room.store.write(lambda tx: notes.put(tx, key, value))


def _author(names: Mapping[UserId, str], response: Response) -> str:
    """Under whose name a response stands. What a group wrote is in nobody's."""
    if response.group is not None:
        return f"Group {response.group}"
    return names.get(response.user_id, SOMEBODY)
