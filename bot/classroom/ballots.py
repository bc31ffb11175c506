"""Stances that many take at the same moment: each round is looked up once, and all go on record together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.classroom.finding import the_open_round
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.content.models import Stance
from bot.discussion.ids import GuildId, RoundId, StanceId, UserId
from bot.discussion.values import Round
from bot.storage import Transaction, recording


@dataclass(slots=True)
class Ballot:
    """Somebody takes a stance in a round at a time."""

    person: Person
    round_id: RoundId
    stance_id: StanceId
    now: datetime


@dataclass(frozen=True, slots=True)
class Voted:
    """A stance taken: `previous` is None for a first vote, and the same stance when nothing changed."""

    round: Round
    stance: Stance
    previous: Stance | None


def cast(tx: Transaction, ballots: Sequence[Ballot]) -> list[Voted]:
    """Record ballots in their order. Refuses all where one cannot be recorded."""
    voted: dict[int, Voted] = {}
    for (guild_id, round_id), numbers in by_round(ballots).items():
        found = the_open_round(tx, guild_id, round_id)
        mine = [ballots[number] for number in numbers]
        held = recording.held(tx, guild_id, round_id, [ballot.person.user_id for ballot in mine])
        taken: list[tuple[UserId, StanceId, datetime]] = []
        for number, ballot in zip(numbers, mine, strict=True):
            stance, user_id = stance_in(found, ballot.stance_id), ballot.person.user_id
            previous = held.get(user_id)
            if previous != ballot.stance_id:
                taken.append((user_id, ballot.stance_id, ballot.now))
                held[user_id] = ballot.stance_id
            voted[number] = Voted(found, stance, found.prompt.stance(previous) if previous else None)
        people = {ballot.person.user_id: ballot.person.name for ballot in mine}
        recording.seen(tx, guild_id, people, mine[-1].now)
        recording.add_votes(tx, guild_id, round_id, taken)
    return [voted[number] for number in range(len(ballots))]


def by_round(ballots: Sequence[Ballot]) -> Mapping[tuple[GuildId, RoundId], list[int]]:
    """Which of the ballots belong to which round, by their numbers."""
    numbers: dict[tuple[GuildId, RoundId], list[int]] = {}
    for number, ballot in enumerate(ballots):
        numbers.setdefault((ballot.person.guild_id, ballot.round_id), []).append(number)
    return numbers


def stance_in(found: Round, stance_id: StanceId) -> Stance:
    """The stance of that id in the round's prompt; a forged or outdated one is refused."""
    stance = found.prompt.stance(stance_id)
    if stance is None:
        raise Refusal("This question has no such stance.")
    return stance
