"""A class does whatever it likes; the record and the card say at every end what a simple model says."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import discord
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.chat.doing import press, rows, start
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import SchoolClass, school_class

STANCES = ("attack", "defend", "bargain")
PUPILS = 3

Kind = Literal["vote", "respond", "reply", "change", "withdraw", "type", "edit", "delete", "wait"]


@dataclass(frozen=True)
class Act:
    """What one pupil does. `at` says to which response, counted from the latest."""

    kind: Kind
    who: int
    stance: int
    at: int
    words: str


@dataclass
class Said:
    """A response as the model remembers it."""

    who: int
    stance: str | None
    body: dict[str, str]
    parent: int | None
    typed: discord.Message | None
    earlier: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    withdrawn: bool = False


class Model:
    """What should be on record."""

    def __init__(self) -> None:
        self.votes: list[tuple[int, str]] = []
        self.said: list[Said] = []

    def held(self, who: int) -> str | None:
        return next((stance for voter, stance in reversed(self.votes) if voter == who), None)

    def take(self, who: int, stance: str) -> None:
        if self.held(who) != stance:
            self.votes.append((who, stance))

    def pick(self, act: Act, *, mine: bool, typed: bool | None) -> int | None:
        fitting = [
            number
            for number, said in enumerate(self.said)
            if not said.withdrawn
            and (not mine or said.who == act.who)
            and (typed is None or (said.typed is not None) == typed)
        ]
        return fitting[-1 - act.at % len(fitting)] if fitting else None


acts = st.builds(
    Act,
    st.sampled_from(["vote", "respond", "reply", "change", "withdraw", "type", "edit", "delete", "wait"]),
    st.integers(0, PUPILS - 1),
    st.integers(0, 2),
    st.integers(0, 4),
    st.sampled_from(["One.", "Two **bold**.", "# Three", "@everyone four", "5. five\nand six"]),
)


async def play(klass: SchoolClass, model: Model, act: Act, database: Path) -> None:
    """Do it in Discord and in the model."""
    pupil, stance = klass.students[act.who], STANCES[act.stance]
    if act.kind == "vote":
        await pupil.click(card_in(klass), custom_id=f"parley:vote:1:{stance}")
        model.take(act.who, stance)
    elif act.kind == "respond":
        shown = await press(pupil, card_in(klass), "Respond")
        await pupil.submit_modal(shown, {"stance": stance, "claim": act.words})
        model.take(act.who, stance)
        model.said.append(Said(act.who, stance, {"claim": act.words}, None, None))
    elif act.kind == "type":
        message = await pupil.send(thread_in(klass), act.words)
        model.said.append(Said(act.who, model.held(act.who), {"text": act.words}, None, message))
    elif act.kind == "wait":
        await klass.env.advance_time(act.at * 2)
    else:
        await play_on_a_response(klass, model, act, database)


async def play_on_a_response(klass: SchoolClass, model: Model, act: Act, database: Path) -> None:
    """Reply to, change, edit, delete or withdraw one of those that stand; nothing where there is none."""
    pupil, stance = klass.students[act.who], STANCES[act.stance]
    own_typed = {"reply": None, "withdraw": None, "change": False, "edit": True, "delete": True}[act.kind]
    number = model.pick(act, mine=act.kind != "reply", typed=own_typed)
    if number is None:
        return
    said, message = model.said[number], message_of(klass, number, database)
    if act.kind == "reply":
        shown = await pupil.context_menu(thread_in(klass), "Reply to this response", message)
        await pupil.submit_modal(shown, {"text": act.words})
        model.said.append(Said(act.who, model.held(act.who), {"text": act.words}, number, None))
    elif act.kind == "change":
        shown = await pupil.context_menu(thread_in(klass), "Change my response", message)
        is_reply = "text" in said.body
        after = {"text" if is_reply else "claim": act.words}
        await pupil.submit_modal(shown, after if is_reply else {"stance": stance, **after})
        if not is_reply:
            model.take(act.who, stance)
        reword(said, after, said.stance if is_reply else stance)
    elif act.kind == "edit":
        await pupil.edit(message, act.words)
        reword(said, {"text": act.words}, said.stance)
    else:
        if act.kind == "delete":
            await pupil.delete(message)
        else:
            told = answer(await pupil.context_menu(thread_in(klass), "Withdraw my response", message))
            assert told.startswith("Withdrawn")
        said.body, said.earlier, said.withdrawn = {}, [{} for _ in said.earlier], True


def reword(said: Said, after: dict[str, str], stance: str | None) -> None:
    if (said.body, said.stance) != (after, stance):
        said.earlier.append(said.body)
        said.body, said.stance = after, stance


def message_of(klass: SchoolClass, number: int, database: Path) -> discord.Message:
    (message_id,) = rows(database, "select message_id from responses where id = ?", number + 1)[0]
    return next(message for message in thread_in(klass).history() if message.id == message_id)


@given(several=st.lists(acts, min_size=8, max_size=25))
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a debate is slow to play: a failure is told, not made small
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_the_record_is_what_the_class_did(tmp_path_factory: pytest.TempPathFactory, several: list[Act]) -> None:
    database: Path = tmp_path_factory.mktemp("debate") / "record.sqlite3"
    async with school_class(database, students=PUPILS) as klass:
        await start(klass, minutes=60)
        model = Model()
        for act in several:
            await play(klass, model, act, database)
        await klass.env.advance_time(6)

        ids = [pupil.id for pupil in klass.students]
        assert rows(database, "select user_id, stance from votes order by id") == [
            (ids[who], stance) for who, stance in model.votes
        ]
        query = "select user_id, stance, body, parent_id, withdrawn_at is not null from responses order by id"
        found = rows(database, query)
        assert [(who, stance, json.loads(body), parent, gone) for who, stance, body, parent, gone in found] == [
            (ids[s.who], s.stance, s.body, None if s.parent is None else s.parent + 1, s.withdrawn) for s in model.said
        ]
        earlier = rows(database, "select response_id, body from revisions order by response_id, id")
        assert [(number, json.loads(body)) for number, body in earlier] == [
            (number, body) for number, said in enumerate(model.said, 1) for body in said.earlier
        ]
        current = {who: model.held(who) for who in range(PUPILS)}
        assert [int(label.rsplit(" ", 1)[1]) for label in buttons_of(card_in(klass))[:3]] == [
            list(current.values()).count(stance) for stance in STANCES
        ]
        standing = sum(not said.withdrawn for said in model.said)
        assert f" · {standing} response{'' if standing == 1 else 's'}\n" in text_of(card_in(klass))
        assert len(thread_in(klass).history()) == standing
