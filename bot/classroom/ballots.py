"""Stances that many take at the same moment: each round is looked up once, and all go on record together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.classroom.consenting import ConsentNeeded
from bot.classroom.finding import the_open_round
from bot.classroom.floor import refuse
from bot.classroom.naming import give_pseudonyms
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.content.formats import VotePhase
from bot.content.models import Stance
from bot.discussion.allowing import allows_vote
from bot.discussion.consent import may_record
from bot.discussion.ids import GuildId, RoundId, StanceId, UserId
from bot.discussion.values import GuildSettings, Round
from bot.storage import Transaction, guilds, recording
from bot.values import frozen

NO_STANCE = StanceId("")
"""Where somebody has not chosen, since their stance is assigned or they forgot to."""


@dataclass(slots=True)
class Ballot:
    """Somebody takes a stance in a round at a time."""

    person: Person
    round_id: RoundId
    stance_id: StanceId
    now: datetime


@frozen
class Voted:
    """A stance taken: `previous` is None for a first vote, and the same stance when nothing changed.

    Of a secret vote nobody is told either of them, its voter included: somebody may look over their shoulder.
    """

    round: Round
    stance: Stance
    previous: Stance | None
    is_secret: bool = False


def cast(tx: Transaction, ballots: Sequence[Ballot]) -> list[Voted | ConsentNeeded]:
    """Record ballots in their order, of nobody who has not agreed to it. Refuses all where one cannot be recorded."""
    voted: dict[int, Voted] = {}
    for guild_id, round_id, numbers in by_round(ballots):
        found = the_open_round(tx, guild_id, round_id)
        refuse(allows_vote(found.phase))
        standing = meet(tx, found, [ballots[number] for number in numbers], guilds.settings(tx, guild_id))
        agreed = [number for number in numbers if ballots[number].person.user_id in standing]
        voted |= zip(agreed, cast_in_round(tx, found, [ballots[each] for each in agreed], standing), strict=True)
    return [voted.get(number) or ConsentNeeded() for number in range(len(ballots))]


def by_round(ballots: Sequence[Ballot]) -> list[tuple[GuildId, RoundId, list[int]]]:
    """The ballots of each round by their numbers, with its guild."""
    numbers: dict[tuple[GuildId, RoundId], list[int]] = {}
    for number, ballot in enumerate(ballots):
        numbers.setdefault((ballot.person.guild_id, ballot.round_id), []).append(number)
    return [(*place, mine) for place, mine in numbers.items()]


def meet(
    tx: Transaction, found: Round, ballots: Sequence[Ballot], settings: GuildSettings
) -> Mapping[UserId, recording.Standing]:
    """How everybody who may be recorded stands so far in the round, and their present names on record."""
    people, now = {ballot.person.user_id: ballot.person.name for ballot in ballots}, ballots[-1].now
    standing = {
        user_id: known
        for user_id, known in recording.standing(tx, found.guild_id, found.id, people, now, found.session_id).items()
        if may_record(settings.consent, known.agreed_at, known.declined_at)
    }
    new = {user_id: people[user_id] for user_id, known in standing.items() if known.recent_name != people[user_id]}
    recording.seen(tx, found.guild_id, new, now)
    give_pseudonyms(tx, found, standing)
    return standing


def cast_in_round(
    tx: Transaction, found: Round, ballots: Sequence[Ballot], standing: Mapping[UserId, recording.Standing]
) -> list[Voted]:
    """Record ballots of one round whose phase allows it, in secret where it is a secret vote."""
    if isinstance(found.phase, VotePhase):  # each such phase is a vote of its own
        held = recording.held_in(tx, found.guild_id, found.id, found.phase_number, standing)
    else:
        held = {user_id: known.stance for user_id, known in standing.items() if known.stance is not None}
    taken: list[recording.NewVote] = []
    voted: list[Voted] = []
    for ballot in ballots:
        user_id = ballot.person.user_id
        stance, previous = stance_in(found, ballot.stance_id), held.get(user_id)
        if previous != ballot.stance_id:
            secret = is_secret(found)
            taken.append(recording.NewVote(user_id, ballot.stance_id, ballot.now, found.phase_number, secret))
            held[user_id] = ballot.stance_id
        before = found.prompt.stance(previous) if previous else None
        voted.append(Voted(found, stance, before, is_secret(found)))
    recording.add_votes(tx, found.guild_id, found.id, taken)
    return voted


def is_secret(found: Round) -> bool:
    """Does the class vote in secret now?"""
    return isinstance(found.phase, VotePhase) and found.phase.secret


def stance_in(found: Round, stance_id: StanceId) -> Stance:
    """The stance of that id in the round's prompt; a forged or outdated one is refused."""
    stance = found.prompt.stance(stance_id)
    if stance is None:
        raise Refusal("This question has no such stance.")
    return stance
