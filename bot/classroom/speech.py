"""Who of a class took part in a round, and what they said for all to hear."""

from dataclasses import dataclass
from functools import cached_property

from bot.content.formats import VotePhase
from bot.discussion.ids import UserId
from bot.discussion.values import Response, Role, Round, Session, Source
from bot.discussion.voices import Voice, voices
from bot.storage import Transaction, places, responses, votes

_OWN_WORDS = frozenset({Source.MODAL, Source.REPLY, Source.MESSAGE})
"""Neither reflections, which are private, nor what a group writes together."""


@dataclass(frozen=True)
class Speech:
    """Everybody who took part, teachers and moderators left out, and what they said that still stands, by time.

    Of `nameless` people only their number may be told: all that is known of them is that they voted in secret.
    """

    people: tuple[UserId, ...]
    nameless: frozenset[UserId]
    said: tuple[Response, ...]

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """How much each of them said."""
        return voices(self.people, self.said)


def speech_of(tx: Transaction, session: Session, found: Round) -> Speech:
    """Who took part in a round: by a side, a vote, a response, a reflection, or a place that they were assigned."""
    written = responses.of_round(tx, found.guild_id, found.id)
    staff = {entry.user_id for entry in written if entry.role is not Role.STUDENT} | {session.started_by}
    in_public = {
        *(entry.user_id for entry in written),
        *votes.current(tx, found.guild_id, found.id),
        *places.of_round(tx, found.guild_id, found.id),
    }
    everybody = in_public.union(
        *(
            votes.of_phase(tx, found.guild_id, found.id, number)
            for number, phase in enumerate(found.format.plan)
            if isinstance(phase, VotePhase) and phase.secret
        )
    )
    return Speech(
        tuple(sorted(everybody - staff)),
        frozenset(everybody - in_public),
        tuple(
            entry for entry in written if entry.source in _OWN_WORDS and _stands(entry) and entry.user_id not in staff
        ),
    )


def _stands(entry: Response) -> bool:
    return entry.withdrawn_at is None and entry.hidden_at is None
