"""The floor of a round: who stands where at this moment, and what the present phase allows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.classroom.admitting import UNREAD
from bot.classroom.naming import give_pseudonyms, seen
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.content.formats import AnyPhase, ArguePhase, Assign, ReflectPhase, RevealPhase, StatementPhase, Visible
from bot.discussion import allowing
from bot.discussion.ids import SideId, StanceId, UserId
from bot.discussion.sides import Place, Reason, place_latecomer, regrouped, swapped
from bot.discussion.values import Response, Round, Source
from bot.storage import Transaction, phases, places, recording, responses

GRACE = timedelta(minutes=3)
"""So long after a phase has ended a form that was opened in it is still taken."""

NO_SIDE = SideId("-")
"""Of whoever has none: they count as of another side than everybody else."""


@dataclass(slots=True)
class Floor:
    """A round's assigned places at one time, read once. Good within one transaction that may write."""

    tx: Transaction
    round: Round
    now: datetime
    places: dict[UserId, Place] = field(default_factory=dict[UserId, Place])
    phase_number: int = 0
    """The phase that counts: the present one, or one that has just ended, for words written in it."""

    @property
    def phase(self) -> AnyPhase:
        """The phase that counts."""
        return self.round.format.plan[self.phase_number]

    @classmethod
    def of(cls, tx: Transaction, found: Round, now: datetime) -> "Floor":
        """The floor of this round. Where nobody is assigned a side there are no places to look up."""
        known = places.of_round(tx, found.guild_id, found.id) if found.format.sides is not None else {}
        return cls(tx, found, now, known, found.phase_number)

    def when_written_in(self, number: int | None) -> "Floor":
        """The same floor for a form that was opened in this phase, if the phase has ended only a moment ago.

        Nobody's long answer is refused because the phase ended under their pen. It stands on the side that its author
        had then, also if the sides have changed since.
        """
        if number is None or number == self.round.phase_number:
            return self
        here = self.tx, self.round.guild_id, self.round.id
        ended_at = next((each.ended_at for each in phases.of_round(*here) if each.number == number), None)
        if ended_at is None or self.now - ended_at > GRACE:
            return self
        return replace(self, phase_number=number, places=self.places | self._places_until(ended_at))

    def _places_until(self, end: datetime) -> dict[UserId, Place]:
        """Where everybody was when a phase ended, without what the next one changed."""
        if not self.places:
            return {}
        changes = places.history(self.tx, self.round.guild_id, self.round.id)
        of_next = {Reason.SWAP, Reason.GROUP}
        return {
            place.user_id: place for at, place, reason in changes if at < end or (at == end and reason not in of_next)
        }

    @property
    def holds_back(self) -> bool:
        """Does the class not see yet what is written now? What comes in late is shown with the rest of its phase."""
        phase, plan, now_in = self.phase, self.round.format.plan, self.round.phase_number
        if isinstance(phase, ReflectPhase):
            return True
        if isinstance(phase, ArguePhase) and phase.visible is Visible.AT_REVEAL:
            return not any(isinstance(since, RevealPhase) for since in plan[self.phase_number + 1 : now_in + 1])
        is_for_later = isinstance(phase, StatementPhase) or not allowing.shows_at_once(phase)
        return is_for_later and self.phase_number == now_in

    def meet(self, person: Person) -> None:
        """Somebody does something: whoever is given a place is known to their group by name."""
        if self.round.format.sides is not None:
            seen(self.tx, self.round, person, self.now)

    def place_of(self, user_id: UserId) -> Place | None:
        """Somebody's assigned place. Who has none yet gets one now; None where the format assigns none."""
        if self.round.format.sides is None:
            return None
        if user_id not in self.places:
            found = self.round
            place = place_latecomer(
                user_id, self.places.values(), sides_of(found), found.seed, group_size=group_size(found)
            )
            self.places[user_id] = place
            first = found.phase_number == 0
            self._put([place], Reason.LOT if first else Reason.LATE)
        return self.places[user_id]

    def assigned_stance(self, user_id: UserId) -> StanceId | None:
        """The stance that somebody was assigned to argue for; None where they choose."""
        place = self.place_of(user_id)
        return StanceId(place.side) if place is not None and assigns_stances(self.round) else None

    def side_of(self, user_id: UserId) -> SideId:
        """The side that somebody is on for all to see: assigned, or taken openly, or argued for in this round."""
        place = self.place_of(user_id)
        if place is not None:
            return place.side
        return SideId(self.open_stance_of(user_id) or NO_SIDE)

    def open_stance_of(self, user_id: UserId) -> StanceId | None:
        """The stance that somebody has taken or argued for in this round, for all to see."""
        here = self.tx, self.round.guild_id, self.round.id, user_id
        return recording.held(*here, self.now) or responses.last_stance(*here)

    def stance_of(self, user_id: UserId) -> StanceId | None:
        """The stance that somebody's words are written from now; None before they have taken one for all to see."""
        side = self.assigned_stance(user_id) or self.open_stance_of(user_id)
        return None if side is None else StanceId(side)

    def require_response(self, user_id: UserId) -> None:
        """Let those pass who may write a response of their own now."""
        place = self.place_of(user_id)
        refuse(allowing.allows_response(self.phase, place.side if place else None))

    def require_reply(self, user_id: UserId, parent: Response) -> None:
        """Let those pass who may read this response and answer it now."""
        refuse(self._unreadable(user_id, parent) or self._unanswerable(user_id, parent))

    def may_reply(self, user_id: UserId, parent: Response) -> bool:
        """Would they pass?"""
        return self._unreadable(user_id, parent) is None and self._unanswerable(user_id, parent) is None

    def _unanswerable(self, user_id: UserId, parent: Response) -> str | None:
        return allowing.allows_reply(
            self.phase,
            own_side=self.side_of(user_id),
            other_side=self._side_told_in(parent),
            same_author=self._is_by(user_id, parent),
            is_answered=responses.is_answered(self.tx, self.round.guild_id, parent.id),
        )

    def _side_told_in(self, said: Response) -> SideId:
        """The side that words stand for; a group has both in it."""
        if said.source is Source.STATEMENT:
            return NO_SIDE
        return SideId(said.stance) if said.stance and not self.places else self.side_of(said.user_id)

    def _is_by(self, user_id: UserId, said: Response) -> bool:
        if said.source is not Source.STATEMENT:
            return said.user_id == user_id
        place = self.places.get(user_id)
        return place is not None and place.group == said.group

    def may_read(self, user_id: UserId, said: Response) -> bool:
        """May this person read this response now? Their own in any case, but nobody else's reflection."""
        if said.user_id == user_id:
            return True
        if said.review in UNREAD:
            return said.source is Source.STATEMENT and self._is_by(user_id, said)
        if not said.held_back:
            return True
        if said.source is Source.STATEMENT:
            return self._is_by(user_id, said)
        has_responded = responses.has_responded(self.tx, said.guild_id, said.round_id, said.phase, user_id)
        phase = self.round.format.plan[said.phase]
        return allowing.may_read(phase, has_responded=has_responded, is_revealed=False)

    def _unreadable(self, user_id: UserId, said: Response) -> str | None:
        """An answer would show a reflection to the class, and its form what somebody may not read yet."""
        if said.source is Source.REFLECTION:
            return "That is not a recorded response."
        return None if self.may_read(user_id, said) else "You cannot read that response yet, and so not answer it."

    def require_words(self, body: Mapping[str, str]) -> None:
        """Let pass what has as many words as the phase asks for."""
        refuse(allowing.allows_words(self.phase, body))

    def swap(self) -> None:
        """Everybody changes to the next side."""
        self._replace(swapped(tuple(self.places.values()), sides_of(self.round)), Reason.SWAP)

    def mend_groups(self) -> None:
        """Divide groups that have grown too large, and join those that are too small."""
        size = group_size(self.round)
        if size is not None and self.places:
            self._replace(regrouped(tuple(self.places.values()), self.round.seed, group_size=size), Reason.GROUP)

    def _replace(self, after: tuple[Place, ...], reason: Reason) -> None:
        changed = [place for place in after if self.places[place.user_id] != place]
        self.places |= {place.user_id: place for place in changed}
        self._put(changed, reason)

    def _put(self, changed: list[Place], reason: Reason) -> None:
        places.put(self.tx, self.round.guild_id, self.round.id, changed, self.now, reason)
        give_pseudonyms(self.tx, self.round, [place.user_id for place in changed])


def assigns_stances(found: Round) -> bool:
    """Are students told which stance to argue for?"""
    return found.format.sides is not None and found.format.sides.assign is Assign.STANCES


def sides_of(found: Round) -> tuple[SideId, ...]:
    """The sides assigned in a round: the circles, or the prompt's stances; where there are groups its first two."""
    if not assigns_stances(found):
        return SideId("inner"), SideId("outer")
    stances = [SideId(stance.id) for stance in found.prompt.stances]
    return tuple(stances[:2] if found.format.groups is not None else stances)


def group_size(found: Round) -> int | None:
    """How large the round's groups are; None where the class is one."""
    return found.format.groups.size if found.format.groups is not None else None


def refuse(why: str | None) -> None:
    """Refuse with the sentence, if there is one."""
    if why is not None:
        raise Refusal(why)
