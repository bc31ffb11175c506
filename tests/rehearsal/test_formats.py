"""Every shipped format, and some of a teacher's own, played by the classmates to the end: what is on record."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from discord.utils import utcnow

from bot.chat.client import Parley
from bot.classroom.room import open_classroom
from bot.content.formats import (
    AnyPhase,
    ArguePhase,
    Assign,
    Format,
    ReflectPhase,
    ReplyPhase,
    ReplyTo,
    StatementPhase,
    SwapPhase,
    VotePhase,
)
from bot.discussion.counting import words_in
from bot.rehearsal.headless import Audience, play_headless
from bot.rehearsal.lesson import PlayError
from bot.rehearsal.script import read_script
from tests.chat.doing import rows
from tests.conftest import ROOT, all_intents

CLASS = 10
"""The shipped classmates."""

OWN = {
    "at-leisure": """
        title: At leisure
        phases:
          - vote: {secret: true}
          - argue: {at-least-words: 90, visible: at-reveal, fields: [claim, reasoning]}
          - pause: {minutes: 1}
          - reveal: {}
          - reply: {name: Vote, at-least-words: 40, restate: true, change-sides: true, stems: [challenge]}
          - vote: {minutes: 10080}
    """,
    "only-words": """
        title: Only words
        phases: [{argue: {at-least-words: 30, fields: [claim]}}]
    """,
    "only-a-vote": """
        title: Only a vote
        phases: [{vote: {secret: true}}]
    """,
    "only-thoughts": """
        title: Only thoughts
        phases: [{reflect: {ask: What have you learned?}}]
    """,
    "too-much": """
        title: Too much
        phases: [{argue: {fields: [claim], at-least-words: 200}}]
    """,
}


@dataclass(frozen=True, slots=True)
class Said:
    """A row of the responses."""

    id: int
    source: str
    phase: int
    user: int
    parent: int | None
    stance: str | None
    group: int | None
    body: dict[str, str]


@dataclass(frozen=True, slots=True)
class Played:
    """A debate that was played: its format, its record, and the lines that told of it."""

    format: Format
    database: Path
    lines: list[str]

    @property
    def plan(self) -> Sequence[AnyPhase]:
        return self.format.plan

    @property
    def said(self) -> list[Said]:
        query = "select id, source, phase, user_id, parent_id, stance, group_number, body from responses order by id"
        return [Said(*row[:-1], body=json.loads(row[-1])) for row in rows(self.database, query)]

    def in_phase(self, number: int, source: str) -> list[Said]:
        return [said for said in self.said if (said.phase, said.source) == (number, source)]

    @property
    def votes(self) -> dict[int, dict[int, str]]:
        """What everybody chose at last, by phase."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for phase, user, stance in rows(self.database, "select phase, user_id, stance from votes order by id"):
            found[phase][user] = stance
        return found

    def places(self, at: str = "9999-12-31") -> dict[int, tuple[str, int | None]]:
        """Everybody's side and group at a time, as it is written in the record."""
        query = "select user_id, side, group_number from places where at <= ? order by id"
        return {user: (side, group) for user, side, group in rows(self.database, query, at)}


async def play(name: str, tmp_path: Path, prompts: Path = ROOT / "prompts") -> Played:
    lines: list[str] = []
    progress: list[tuple[int, int]] = []
    database = tmp_path / "parley.sqlite3"
    script = read_script(ROOT / "prompts" / "rehearsal" / "classmates.yaml")
    async with open_classroom(database, articles=ROOT / "article", prompts=prompts, now=utcnow) as room:
        audience = Audience(lambda done, total: progress.append((done, total)), lines.append)
        await play_headless(
            lambda: Parley(room, all_intents()), script=script, library=room.library, audience=audience, format=name
        )
        found = room.library.formats[name]
    phases = len(found.plan)
    assert (progress[0], progress[-1]) == ((0, phases), (phases, phases))
    return Played(found, database, lines)


@pytest.fixture
def own_prompts(tmp_path: Path) -> Path:
    """The shipped prompt sets beside a teacher's own formats."""
    folder = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", folder)
    for name, text in OWN.items():
        lines = [line.removeprefix("        ") for line in text.strip("\n").splitlines()]
        (folder / "formats" / f"{name}.yaml").write_text("\n".join(lines), encoding="utf-8")
    return folder


SHIPPED = sorted(path.stem for path in (ROOT / "prompts" / "formats").glob("*.yaml") if path.stem != "open-floor")


def test_each_shipped_format_is_played() -> None:
    assert len(SHIPPED) >= 5


@pytest.mark.parametrize("name", SHIPPED)
async def test_classmates_play_a_shipped_format(name: str, tmp_path: Path) -> None:
    played = await play(name, tmp_path)
    the_phases_are_gone_through(played)
    everybody_votes_when_it_is_time(played)
    everybody_speaks_when_and_as_it_is_asked(played)
    who_answers_whom_is_allowed(played)
    the_places_are_balanced(played)
    assert rows(played.database, "select count(*) from rounds where closing = 'time'") == [(1,)]
    assert rows(played.database, "select count(*) from sessions where closed_at is null") == [(0,)]


def the_phases_are_gone_through(played: Played) -> None:
    """Each begins when the one before it ends, lasts as long as it should, and is told to the class and the console."""
    log = rows(played.database, "select number, began_at, ended_at, notice_id from phases order by number")
    assert [number for number, *_ in log] == list(range(len(played.plan)))
    for (_, began, ended, notice), phase in zip(log, played.plan, strict=True):
        minutes = 0 if phase.is_instant else phase.minutes or 0
        length = (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()
        assert length == minutes * 60
        assert notice is not None
    assert [ended for _, _, ended, _ in log][:-1] == [began for _, began, _, _ in log][1:]
    head, *told = played.lines
    assert head.startswith(f"{played.format.title}: ")
    assert [line.partition(". ")[0] for line in told] == [str(number + 1) for number in range(len(played.plan))]


def everybody_votes_when_it_is_time(played: Played) -> None:
    """Everybody votes in each phase that is a vote, in secret where it is secret; some change their minds."""
    numbers = [number for number, phase in enumerate(played.plan) if isinstance(phase, VotePhase)]
    for number, phase in enumerate(played.plan):
        if isinstance(phase, VotePhase):
            assert len(played.votes[number]) == CLASS
            secret = rows(played.database, "select distinct secret from votes where phase = ?", number)
            assert secret == [(phase.secret,)]
        elif number in played.votes:
            assert isinstance(phase, ArguePhase | ReplyPhase)
            assert phase.change_sides
    if len(numbers) > 1:
        first, last = played.votes[numbers[0]], played.votes[numbers[-1]]
        changed = [user for user in first if first[user] != last[user]]
        assert 1 <= len(changed) < CLASS


SOURCES = {"argue": "modal", "reply": "reply", "reflect": "reflection", "statement": "statement"}


def everybody_speaks_when_and_as_it_is_asked(played: Played) -> None:
    """Most have their say in each phase that is for it, in the fields and with the words that it asks for."""
    allowed = {(number, SOURCES.get(phase.kind, "")) for number, phase in enumerate(played.plan)}
    allowed |= {(n, "reply") for n, phase in enumerate(played.plan) if isinstance(phase, ArguePhase) and phase.replies}
    assert {(said.phase, said.source) for said in played.said if said.source != "message"} <= allowed
    circles = played.format.sides is not None and played.format.sides.assign is Assign.CIRCLES
    for number, phase in enumerate(played.plan):
        said = played.in_phase(number, SOURCES.get(phase.kind, ""))
        if isinstance(phase, ArguePhase | ReplyPhase):
            assert len({one.user for one in said}) >= (CLASS // 2 - 1 if circles else CLASS - 2)
            for one in said:
                own = {field: words for field, words in one.body.items() if field != "restated"}
                assert words_in(own) >= (phase.at_least_words or 0)
        if isinstance(phase, ArguePhase):
            assert {field for one in said for field in one.body} == set(phase.fields)
        elif isinstance(phase, ReplyPhase):
            assert all(("restated" in one.body) is phase.restate for one in said)
        elif isinstance(phase, ReflectPhase):
            assert len(said) == CLASS - 1
            named = rows(played.database, "select count(*) from endorsements")[0][0]
            assert (named > 0) is phase.names_a_point
        elif isinstance(phase, StatementPhase):
            groups = {group for _, group in played.places().values()}
            assert {one.group for one in said} == groups
            assert len(said) == len(groups)
            assert all(words_in(one.body) >= (phase.at_least_words or 0) for one in said)
            assert len(rows(played.database, "select id from revisions")) >= len(groups)


def who_answers_whom_is_allowed(played: Played) -> None:
    """Nobody answers themselves; the other side and the unanswered are answered where the phase says so."""
    by_id = {said.id: said for said in played.said}
    for number, phase in enumerate(played.plan):
        if not isinstance(phase, ReplyPhase):
            continue
        ((ended,),) = rows(played.database, "select ended_at from phases where number = ?", number)
        sides = {user: side for user, (side, _) in played.places(ended).items()}
        answered = {said.parent for said in played.said if said.phase < number}
        for said in played.in_phase(number, "reply"):
            parent = by_id[said.parent or 0]
            assert parent.user != said.user
            if phase.to is ReplyTo.OTHER_SIDE and sides:
                assert sides[parent.user] != sides[said.user]
            elif phase.to is ReplyTo.OTHER_SIDE and said.stance is not None:
                assert parent.stance != said.stance
            elif phase.to is ReplyTo.UNANSWERED:
                assert parent.id not in answered
            answered.add(parent.id)


def the_places_are_balanced(played: Played) -> None:
    """Where sides are assigned, they are as many on each, in each group; a swap changes everybody's."""
    if played.format.sides is None:
        assert played.places() == {}
        return
    assert len(played.places()) == CLASS
    sides = Counter(side for side, _ in played.places().values())
    assert max(sides.values()) - min(sides.values()) <= 1
    swap = next(number for number, phase in enumerate(played.plan) if isinstance(phase, SwapPhase))
    ((at,),) = rows(played.database, "select began_at from phases where number = ?", swap)
    swapped = rows(played.database, "select distinct user_id from places where reason = 'swap' and at = ?", at)
    there = rows(played.database, "select distinct user_id from places where at < ?", at)
    assert sorted(swapped) == sorted(there)
    if played.format.groups is not None:
        groups = Counter(group for _, group in played.places().values())
        assert all(3 <= size <= 5 for size in groups.values())
        assert all(len({side for side, own in played.places().values() if own == group}) == 2 for group in groups)


async def test_a_teacher_goes_on_by_hand_where_a_phase_has_no_end_or_one_far_off(
    own_prompts: Path, tmp_path: Path
) -> None:
    played = await play("at-leisure", tmp_path, own_prompts)
    assert {number: len(votes) for number, votes in played.votes.items() if number != 4} == {0: CLASS, 5: CLASS}
    assert all(words_in(said.body) >= 90 for said in played.in_phase(1, "modal"))
    assert all(set(said.body) == {"claim", "reasoning"} for said in played.in_phase(1, "modal"))
    assert all(words_in({"": said.body["text"]}) >= 40 for said in played.in_phase(4, "reply"))
    assert any(said.body["text"].startswith("I see it differently:") for said in played.in_phase(4, "reply"))
    assert {said.phase for said in played.said} == {1, 4}
    assert played.lines[3] == "3. Break, 1 minute"
    assert played.lines[-1].startswith("6. Vote, until the teacher went on · ")
    assert rows(played.database, "select closing from rounds") == [("close",)]


@pytest.mark.parametrize(
    ("name", "told", "sources", "voters"),
    [("only-words", "1. Argue · 9 responses", {"modal": 9}, 0), ("only-a-vote", "1. Vote · 10 votes", {}, CLASS)],
)
async def test_a_format_of_one_phase_needs_no_notices(
    name: str, told: str, sources: dict[str, int], voters: int, own_prompts: Path, tmp_path: Path
) -> None:
    played = await play(name, tmp_path, own_prompts)
    assert played.lines[-1] == told
    assert Counter(said.source for said in played.said) == sources
    assert len(played.votes[0]) == voters


async def test_a_phase_in_which_nobody_can_do_what_it_is_for_stops_the_play(own_prompts: Path, tmp_path: Path) -> None:
    told = "In “Argue” there was not a single response. This phase asks for at least 200 words; yours has "
    with pytest.raises(PlayError, match=told):
        await play("too-much", tmp_path, own_prompts)
