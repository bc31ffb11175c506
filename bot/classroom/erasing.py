"""Erasing somebody: on their own wish in one guild, or by the operator, who does it for those who have left Discord."""

from dataclasses import field

from bot.classroom.nudging import forget
from bot.classroom.people import Person
from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId, RoundId, UserId
from bot.discussion.leaving import NOBODY
from bot.discussion.values import Response, Round, Source
from bot.storage import Transaction, audits, leaving, rounds, unnaming
from bot.values import frozen

ERASED = "person.erase"
"""The action under which it stands on the audit that somebody was erased: not who, for that is erased."""

THEMSELVES, OPERATOR = "themselves", "operator"
"""By whom."""


@frozen
class Erased:
    """What was erased in one guild: the responses as they were that could still be seen, each with its round.

    `together` is how many texts of groups stay without a name, `reworded` how many responses of others do not mention
    them any more. Their posts, and those that quote them, follow as after a withdrawal. `rounds` are those that change.
    """

    guild_id: GuildId
    responses: tuple[tuple[Response, Round], ...] = ()
    votes: int = 0
    together: int = 0
    reworded: int = 0
    rounds: tuple[Round, ...] = field(default=())

    @property
    def typed(self) -> tuple[tuple[Response, Round], ...]:
        """Those that they typed in a thread: the message there is their own."""
        return tuple((said, found) for said, found in self.responses if said.source is Source.MESSAGE)


async def erase(room: Classroom, person: Person) -> Erased | None:
    """Erase whoever asks from this guild, at once and for good; None where nothing of theirs is on record.

    They may come back as anybody who comes for the first time, and are asked anew whether they may be recorded.
    """
    return await _erase(room, person.guild_id, person.user_id, THEMSELVES)


async def erase_for_the_operator(room: Classroom, user_id: UserId, guild_id: GuildId | None) -> list[Erased]:
    """Erase somebody from a guild, or from all; what was erased, guild by guild."""
    found = [guild_id] if guild_id is not None else await room.store.read(leaving.guilds)
    done = [await _erase(room, each, user_id, OPERATOR) for each in found]
    return [each for each in done if each is not None]


async def _erase(room: Classroom, guild_id: GuildId, user_id: UserId, by: str) -> Erased | None:
    """What others have said of them is looked for beside the writer, which nobody is to wait for; and once more after.

    What is written of them between the two is found the second time.
    """
    now = room.now()

    def look(tx: Transaction) -> tuple[unnaming.Named, unnaming.Mentions]:
        named = unnaming.of(tx, guild_id, user_id)
        return named, unnaming.mentions(tx, named)

    named, mentioned = await room.store.read(look)

    def work(tx: Transaction) -> Erased | None:
        was_reminded = forget(tx, guild_id, user_id)
        left = leaving.erase(tx, guild_id, user_id, now, mentioned)
        if left is None and not was_reminded:
            return None
        # None stands for the operator's own shell.
        who = None if by == OPERATOR else NOBODY
        audits.add(tx, guild_id, user_id=who, at=now, action=ERASED, session_id=None, details={"by": by})
        return _told(tx, guild_id, left or leaving.Left())

    erased = await room.store.write(work)
    if erased is None:
        return None
    since = await room.store.read(lambda tx: unnaming.mentions(tx, named))
    if since:
        await room.store.write(lambda tx: leaving.forget_mentions(tx, named, since))
    return erased


def _told(tx: Transaction, guild_id: GuildId, left: leaving.Left) -> Erased:
    found: dict[RoundId, Round] = {}
    for round_id in sorted(left.rounds | {response.round_id for response in left.responses}):
        posed = rounds.get(tx, guild_id, round_id)
        if posed is not None:
            found[round_id] = posed
    told = tuple((response, found[response.round_id]) for response in left.responses)
    return Erased(guild_id, told, left.votes, left.together, left.reworded, tuple(found.values()))
