"""Random debates: after every step the record equals a simple model in memory."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.discussion.ids import MessageId, ResponseId, StanceId, UserId
from bot.discussion.values import Closing, Response, Revision, Role, Round, Source, Vote
from bot.storage import AlreadyOpen, Store, Transaction, altering, responses, rounds, sessions, votes

from .samples import CHANNEL, HERE, NO, YES, a_round, a_session, at

T = TypeVar("T")

users = st.integers(1, 3).map(UserId)
stances = st.sampled_from([YES, NO])
bodies = st.dictionaries(st.sampled_from(["claim", "evidence", "text"]), st.text(max_size=20), max_size=3)
messages = st.none() | st.integers(1, 9).map(MessageId)
any_index = st.integers(0, 99)


@dataclass
class Debate:
    """What should be on record."""

    rounds: list[Round] = field(default_factory=list[Round])
    votes: list[Vote] = field(default_factory=list[Vote])
    responses: dict[ResponseId, Response] = field(default_factory=dict[ResponseId, Response])
    revisions: list[Revision] = field(default_factory=list[Revision])

    @property
    def open(self) -> Round | None:
        return next((posed for posed in self.rounds if posed.is_open), None)

    def held(self, posed: Round, user: UserId) -> StanceId | None:
        taken = [vote.stance for vote in self.votes if (vote.round_id, vote.user_id) == (posed.id, user)]
        return taken[-1] if taken else None


class Recording(RuleBasedStateMachine):
    """The rules are what the classroom does with the record."""

    empty: Path  # a database that is up to date: migrating one for each example would take most of the time

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "parley.sqlite3"
        shutil.copy(self.empty, self.path)
        self.runner = asyncio.Runner()
        self.model = Debate()
        self.clock = 0
        self.store, self.leave = self.runner.run(self.enter())
        self.session = self.write(a_session)
        self.pose()

    async def enter(self) -> tuple[Store, AsyncExitStack]:
        stack = AsyncExitStack()
        return await stack.enter_async_context(Store.open(self.path)), stack

    def write(self, work: Callable[[Transaction], T]) -> T:
        return self.runner.run(self.store.write(work))

    def read(self, work: Callable[[Transaction], T]) -> T:
        return self.runner.run(self.store.read(work))

    def now(self) -> datetime:
        self.clock += 1
        return at(self.clock)

    def teardown(self) -> None:
        self.runner.run(self.leave.aclose())
        self.runner.close()
        self.folder.cleanup()

    @rule()
    def restart(self) -> None:
        self.runner.run(self.leave.aclose())
        self.store, self.leave = self.runner.run(self.enter())

    @rule()
    def pose(self) -> None:
        number = len(self.model.rounds) + 1
        if self.model.open is None:
            posed = self.write(lambda tx: a_round(tx, self.session.id, number=number))
            self.model.rounds.append(posed)
        else:
            with pytest.raises(AlreadyOpen):
                self.write(lambda tx: a_round(tx, self.session.id, number=number))

    @rule(pick=any_index, closing=st.sampled_from(Closing))
    def close(self, pick: int, closing: Closing) -> None:
        index, now = pick % len(self.model.rounds), self.now()
        posed = self.model.rounds[index]
        assert self.write(lambda tx: rounds.close(tx, HERE, posed.id, now, closing)) is posed.is_open
        if posed.is_open:
            self.model.rounds[index] = replace(posed, closed_at=now, closing=closing)

    @rule(pick=any_index, user=users, stance=stances)
    def vote(self, pick: int, user: UserId, stance: StanceId) -> None:
        posed, now = self.model.rounds[pick % len(self.model.rounds)], self.now()
        held = self.model.held(posed, user)
        assert self.write(lambda tx: votes.cast(tx, HERE, posed.id, user, stance, now)) == held
        if held != stance:
            self.model.votes.append(Vote(posed.id, user, stance, now))

    @rule(pick=any_index, user=users, stance=st.none() | stances, body=bodies, message=messages, reply=st.booleans())
    def respond(
        self,
        pick: int,
        user: UserId,
        stance: StanceId | None,
        body: dict[str, str],
        message: MessageId | None,
        reply: bool,
    ) -> None:
        posed, now = self.model.rounds[pick % len(self.model.rounds)], self.now()
        siblings = [one.id for one in self.model.responses.values() if one.round_id == posed.id]
        parent = siblings[pick % len(siblings)] if reply and siblings else None
        known = next((one for one in self.model.responses.values() if message and one.message_id == message), None)
        recorded, is_new = self.write(
            lambda tx: responses.add(
                tx,
                HERE,
                round_id=posed.id,
                user_id=user,
                role=Role.STUDENT,
                source=Source.MESSAGE if message else Source.MODAL,
                parent_id=parent,
                stance=stance,
                body=body,
                created_at=now,
                message_id=message,
            )
        )
        assert is_new is (known is None)
        if known is not None:
            assert recorded == known
            return
        assert recorded.id not in self.model.responses
        assert (recorded.body, recorded.stance, recorded.parent_id, recorded.created_at) == (body, stance, parent, now)
        self.model.responses[recorded.id] = recorded

    @precondition(lambda self: self.model.responses)
    @rule(pick=any_index, body=bodies, stance=st.none() | stances)
    def revise(self, pick: int, body: dict[str, str], stance: StanceId | None) -> None:
        response, now = self.picked(pick), self.now()
        revised = self.write(lambda tx: altering.revise(tx, HERE, response.id, body=body, stance=stance, at=now))
        if response.withdrawn_at is not None:
            assert revised is None
        elif (body, stance) == (response.body, response.stance):
            assert revised == response
        else:
            self.model.revisions.append(Revision(response.id, response.body, response.stance, now))
            expected = replace(response, body=body, stance=stance, edited_at=now)
            assert revised == expected
            self.model.responses[response.id] = expected

    @precondition(lambda self: self.model.responses)
    @rule(pick=any_index)
    def withdraw(self, pick: int) -> None:
        response, now = self.picked(pick), self.now()
        taken = self.write(lambda tx: altering.withdraw(tx, HERE, response.id, now))
        assert taken is (response.withdrawn_at is None)
        if taken:
            self.model.responses[response.id] = replace(response, body={}, withdrawn_at=now)
            self.model.revisions = [
                replace(one, body={}) if one.response_id == response.id else one for one in self.model.revisions
            ]

    def picked(self, pick: int) -> Response:
        return list(self.model.responses.values())[pick % len(self.model.responses)]

    @invariant()
    def the_record_equals_the_model(self) -> None:
        self.read(self.compare)

    def compare(self, tx: Transaction) -> None:
        model, standing = self.model, [one for one in self.model.responses.values() if one.withdrawn_at is None]
        assert rounds.of_session(tx, HERE, self.session.id) == model.rounds
        for posed in model.rounds:
            cast = [vote for vote in model.votes if vote.round_id == posed.id]
            assert votes.history(tx, HERE, posed.id) == cast
            assert votes.current(tx, HERE, posed.id) == {vote.user_id: vote.stance for vote in cast}
            said = [one for one in model.responses.values() if one.round_id == posed.id]
            assert responses.of_round(tx, HERE, posed.id) == said
            assert responses.counts(tx, HERE, posed.id) == len([one for one in said if one in standing])
        for response_id in model.responses:
            earlier = [one for one in model.revisions if one.response_id == response_id]
            assert altering.revisions(tx, HERE, response_id) == earlier
        assert responses.unposted(tx) == [one for one in standing if one.message_id is None]
        assert rounds.untold(tx) == [posed for posed in model.rounds if not posed.is_open]
        assert rounds.open_in_session(tx, HERE, self.session.id) == model.open
        assert sessions.open_in(tx, HERE, CHANNEL) == self.session


def test_the_record_equals_a_model(tmp_path: Path) -> None:
    async def make() -> None:
        async with Store.open(tmp_path / "empty.sqlite3"):
            pass

    asyncio.run(make())

    class Here(Recording):
        empty = tmp_path / "empty.sqlite3"

    run_state_machine_as_test(Here, settings=settings(max_examples=12, stateful_step_count=20, deadline=None))
