"""Stances that many take at the same moment: each round is looked up once, and all go on record together."""

from collections.abc import Sequence
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
    """A stance taken: `previous` is None for a first vote, and the same stance when nothing changed.

    `responses` is how often the same person had responded in the round by then.
    """

    round: Round
    stance: Stance
    previous: Stance | None
    responses: int


def cast(tx: Transaction, ballots: Sequence[Ballot]) -> list[Voted]:
    """Record ballots in their order. Refuses all where one cannot be recorded."""
    voted: dict[int, Voted] = {}
    for _, numbers in by_round(ballots):
        voted |= zip(numbers, cast_in_round(tx, [ballots[number] for number in numbers]), strict=True)
    return [voted[number] for number in range(len(ballots))]


def by_round(ballots: Sequence[Ballot]) -> list[tuple[GuildId, list[int]]]:
    """The ballots of each round by their numbers, with its guild."""
    numbers: dict[tuple[GuildId, RoundId], list[int]] = {}
    for number, ballot in enumerate(ballots):
        numbers.setdefault((ballot.person.guild_id, ballot.round_id), []).append(number)
    return [(guild_id, mine) for (guild_id, _), mine in numbers.items()]


def cast_in_round(tx: Transaction, ballots: Sequence[Ballot]) -> list[Voted]:
    """Record ballots of one round."""
    guild_id, round_id, now = ballots[0].person.guild_id, ballots[0].round_id, ballots[-1].now
    found = the_open_round(tx, guild_id, round_id)
    standing = recording.standing(tx, guild_id, round_id, [ballot.person.user_id for ballot in ballots], now)
    people: dict[UserId, str] = {}
    taken: list[tuple[UserId, StanceId, datetime]] = []
    voted: list[Voted] = []
    for ballot in ballots:
        person, known = ballot.person, standing[ballot.person.user_id]
        stance, previous = stance_in(found, ballot.stance_id), known.stance
        if previous != ballot.stance_id:
            taken.append((person.user_id, ballot.stance_id, ballot.now))
            known.stance = ballot.stance_id
        if known.recent_name != person.name:
            people[person.user_id] = person.name
        voted.append(Voted(found, stance, found.prompt.stance(previous) if previous else None, known.responses))
    recording.seen(tx, guild_id, people, now)
    recording.add_votes(tx, guild_id, round_id, taken)
    return voted


def stance_in(found: Round, stance_id: StanceId) -> Stance:
    """The stance of that id in the round's prompt; a forged or outdated one is refused."""
    stance = found.prompt.stance(stance_id)
    if stance is None:
        raise Refusal("This question has no such stance.")
    return stance
