"""Several write one text: whatever they open and send in whatever order, nobody's words are overwritten unseen."""

import asyncio
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.classroom import partaking, rewording, starting, stating
from bot.classroom.people import Person
from bot.classroom.room import Classroom, open_classroom
from bot.classroom.starting import Wanted
from bot.classroom.stating import NOTHING_YET, Overtaken
from bot.content.formats import Assign, Format, Groups, Sides, StatementPhase, Step
from bot.discussion.ids import ChannelId, GuildId, ResponseId, RoundId, UserId
from bot.discussion.values import Round
from bot.storage import altering, responses
from tests.agreeing import school_agrees
from tests.conftest import ROOT

HERE, CHANNEL = GuildId(1), ChannelId(5)
TEACHER = Person(HERE, UserId(2), "Ms. Rivera", manages_guild=True)
STUDENTS = [Person(HERE, UserId(10 + number), name) for number, name in enumerate(("Ann", "Ben", "Cleo"))]
TOGETHER = Format(
    title="Together",
    sides=Sides(assign=Assign.STANCES),
    groups=Groups(size=4),
    phases=(Step.of(StatementPhase(ask="And together?")),),
)

acts = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(("open", "open", "send", "send", "same", "withdraw"))), max_size=20
)


@asynccontextmanager
async def writing(database: Path) -> AsyncGenerator[tuple[Classroom, Round]]:
    """A debate in which three students write one text."""
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    async with open_classroom(
        database, articles=ROOT / "article", prompts=ROOT / "prompts", now=lambda: moment
    ) as room:
        room.library = replace(room.library, formats={"together": TOGETHER})
        await school_agrees(room, TEACHER.guild_id)
        work = starting.start(room, TEACHER, CHANNEL, Wanted("single-lesson", format="together"))
        found = (await work).round
        for student in STUDENTS:
            await partaking.part_of(room, student, found.id)
        yield room, found


@dataclass
class Text:
    """The same in a few lines: the wordings of the text at hand, and how many texts were taken back before it."""

    wordings: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    taken_back: int = 0

    @property
    def now(self) -> tuple[int, int]:
        """What tells the present wording from any other; where there is none, all is as at first."""
        return (self.taken_back, len(self.wordings)) if self.wordings else (0, 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_who_has_not_seen_the_present_wording_replaces_none(empty_record: Path, acts: list[tuple[int, str]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_play(Path(shutil.copy(empty_record, folder)), acts))


async def _play(database: Path, acts: list[tuple[int, str]]) -> None:
    async with writing(database) as (room, found):
        text, current = Text(), ResponseId(0)
        opened = dict.fromkeys(range(3), (str(NOTHING_YET), (0, 0)))
        for number, (who, act) in enumerate(acts):
            student = STUDENTS[who]
            if act == "open":
                draft = await stating.statement_so_far(room, student, found.id)
                assert draft.text == (text.wordings[-1][1] if text.wordings else "")
                assert draft.written_by == (text.wordings[-1][0] if text.wordings else None)
                opened[who] = draft.mark, text.now
            elif act == "withdraw":
                if student.name in {name for name, _ in text.wordings}:
                    await rewording.withdraw(room, student, current)
                    text = Text(taken_back=text.taken_back + 1)
            else:
                words = text.wordings[-1][1] if act == "same" and text.wordings else f"Wording {number}."
                current = await _send(room, found.id, student, words, opened[who], text) or current
        await _is_kept(room, text, current)


async def _send(
    room: Classroom, round_id: RoundId, student: Person, words: str, opened: tuple[str, tuple[int, int]], text: Text
) -> ResponseId | None:
    """Send a form; the response on record, None where it is refused. The text has what is to be on record then."""
    mark, seen = opened
    is_same = bool(text.wordings) and text.wordings[-1][1] == words
    sending = stating.state(room, student, round_id, {"text": words}, mark=mark)
    if seen != text.now and not is_same:
        with pytest.raises(Overtaken) as refused:
            await sending
        assert refused.value.now.text == (text.wordings[-1][1] if text.wordings else "")
        return None
    stated = await sending
    if not is_same:
        before = text.wordings[-1][0] if text.wordings else None
        assert stated.replaces == (before if before != student.name else None)
        text.wordings.append((student.name, words))
    return stated.recorded.response.id


async def _is_kept(room: Classroom, text: Text, current: ResponseId) -> None:
    if not text.wordings:
        return
    now = await room.store.read(lambda tx: responses.get(tx, HERE, current))
    earlier = await room.store.read(lambda tx: altering.revisions(tx, HERE, current))
    assert now is not None
    names = {student.user_id: student.name for student in STUDENTS}
    kept = [*((each.user_id or now.user_id, each.body) for each in earlier), (now.written_by, now.body)]
    assert [(names[user], body["text"]) for user, body in kept] == text.wordings


async def test_of_many_at_the_same_moment_one_is_recorded_and_the_others_are_told(database: Path) -> None:
    async with writing(database) as (room, found):
        for turn in range(3):
            drafts = [await stating.statement_so_far(room, student, found.id) for student in STUDENTS]
            sent = await asyncio.gather(
                *(
                    stating.state(room, student, found.id, {"text": f"{student.name} {turn}."}, mark=draft.mark)
                    for student, draft in zip(STUDENTS, drafts, strict=True)
                ),
                return_exceptions=True,
            )
            refused = [each for each in sent if isinstance(each, Overtaken)]
            assert len(refused) == 2
            assert len(sent) - len(refused) == 1
            assert {each.now.text for each in refused} == {f"{refused[0].now.written_by} {turn}."}
