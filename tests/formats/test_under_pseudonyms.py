"""A class debates under pseudonyms, by each shipped format: nothing that the bot says leads to anybody."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from simcord import InteractionResult, MemberActor
from simcord.types import HttpLogEntry

from bot.content.formats import Format, ReflectPhase
from tests.chat.doing import posts_in, rows, watch
from tests.chat.seeing import answer, components_of, text_of, thread_in
from tests.chat.test_transcript import export, files_of
from tests.conftest import SchoolClass
from tests.formats.class_at_work import Debate, debate
from tests.formats.test_every_format import FORMATS

STUDENTS = 8
KINDS = ("swing", "stances", "timeline", "voices", "evidence")
CHARTED = ("open-floor", "oxford-debate")
"""In these alone, since drawing takes a second: the values of a chart are found in one way."""


def leads(klass: SchoolClass, told: str) -> list[str]:
    """What in this text leads to a student: a name, an id, a mention."""
    marks = [mark for student in klass.students for mark in (re.escape(student.user.name), str(student.id))]
    in_lines = told.replace("\\n", "\n")  # what is JSON says so of the end of a line
    return re.findall(rf"\b(?:{'|'.join(marks)})\b|<@!?\d+>", in_lines)


def assert_leads_to_nobody(klass: SchoolClass, seen: list[HttpLogEntry]) -> None:
    """Nothing that the bot has sent does: messages, edits, private answers, forms, completions, descriptions."""
    assert len(seen) > STUDENTS
    for sent in seen:
        told = json.dumps(sent.json, ensure_ascii=False)
        assert not leads(klass, told), (sent.method, sent.path, told)
        assert "avatar" not in told, (sent.method, sent.path, told)
        assert not re.search(r'"parse": \["|"users": \["|"replied_user": true', told), (sent.method, sent.path, told)


async def looked_around(running: Debate) -> None:
    """The teacher looks at everything that tells of students, and so do the students."""
    klass = running.klass
    for command in ("discuss status", "discuss control"):
        assert answer(await klass.teacher.slash(klass.channel, command))
    await klass.teacher.slash(klass.channel, "discuss assign", member=klass.students[2])
    for student in klass.students[:2]:
        await _pressed(student, running, "parley:part:")
        await _pressed(student, running, "parley:classmates:")
        await student.slash(klass.channel, "my responses")
    for somebody in (klass.teacher, *klass.students[:1]):
        assert await somebody.autocomplete(klass.channel, "unmask", "pseudonym", "") == []


async def name_a_point(running: Debate) -> None:
    """A student says whose point has moved them: it stands in the summary."""
    student = running.klass.students[3]
    form = await _pressed(student, running, "parley:reflect:")
    assert form is not None
    [offered] = re.findall(r'"options": (\[.*?\])', json.dumps(form.modal))
    await student.submit_modal(form, {"text": "That one.", "moved": [json.loads(offered)[0]["value"]]})


async def _pressed(student: MemberActor, running: Debate, beginning: str) -> InteractionResult | None:
    for message in (running.notice(), *posts_in(thread_in(running.klass))):
        for part in components_of(message):
            if str(part.get("custom_id", "")).startswith(beginning) and not part.get("disabled"):
                return await student.click(message, custom_id=str(part["custom_id"]))
    return None


@pytest.mark.parametrize("name", FORMATS)
async def test_nothing_that_the_bot_says_leads_to_a_student(database: Path, name: str) -> None:
    async with debate(database, STUDENTS, name, pseudonyms=True) as (running, played):
        seen = watch(running.klass)
        await _played(running, played, restarts=name == "structured-academic-controversy")
        await looked_around(running)
        for kind in KINDS if name in CHARTED else ():
            await running.klass.teacher.slash(running.klass.channel, "discuss chart", kind=kind)

        assert_leads_to_nobody(running.klass, seen)
        assert_they_stand_in_the_thread(running)
        named = any(isinstance(phase, ReflectPhase) and phase.names_a_point for phase in played.plan)
        assert ("What moved the class" in text_of(posts_in(thread_in(running.klass))[-1])) == named
        await assert_transcripts_keep_them(running)


async def _played(running: Debate, played: Format, *, restarts: bool) -> None:
    for number, phase in enumerate(played.plan):
        if phase.is_instant:
            continue
        await running.work(phase)
        if isinstance(phase, ReflectPhase) and phase.names_a_point:
            await name_a_point(running)
        await looked_around(running)
        if restarts and number % 2:
            before = pseudonyms(running)
            await running.restart()
            assert pseudonyms(running) == before
        await running.until_it_ends()


def pseudonyms(running: Debate) -> set[tuple[int, str]]:
    return set(rows(running.database, "select user_id, pseudonym from pseudonyms"))


def assert_they_stand_in_the_thread(running: Debate) -> None:
    """Every response is told under its author's own pseudonym, by the bot alone."""
    mine = dict(pseudonyms(running))
    assert mine.keys() >= {student.id for student in running.klass.students}
    assert len(set(mine.values())) == len(mine)
    posts = {message.id: message for message in posts_in(thread_in(running.klass))}
    told = rows(
        running.database,
        "select message_id, user_id from responses where message_id is not null and source != 'statement'",
    )
    assert told
    for message_id, user_id in told:
        assert mine[user_id] in text_of(posts[message_id])
    assert all(message.author.bot and not message.mentions for message in posts.values())


async def assert_transcripts_keep_them(running: Debate) -> None:
    """In every format; and there is none that does not."""
    klass = running.klass
    [(name, packed)] = (await files_of(await export(klass, klass.teacher, format="all"))).items()
    with zipfile.ZipFile(io.BytesIO(packed)) as whole:
        parts = {part: whole.read(part).decode("utf-8") for part in whole.namelist()}
    assert {Path(part).suffix for part in parts} >= {".html", ".csv", ".jsonl", ".md", ".txt"}
    for part, told in parts.items():
        assert not leads(klass, told + part + name), part
    # Whoever has only voted in secret is told of nowhere, and so has no pseudonym there either.
    spoke = {pseudonym for user, pseudonym in pseudonyms(running) if user in _spoke(running)}
    assert all(pseudonym in parts[next(part for part in parts if part.endswith(".html"))] for pseudonym in spoke)


def _spoke(running: Debate) -> set[int]:
    return {user for (user,) in rows(running.database, "select user_id from responses")}
