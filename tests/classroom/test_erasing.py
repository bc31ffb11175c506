"""Somebody is erased by the classroom: what it keeps beside the tables goes too, and no later export has any of it."""

import asyncio
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from discord.utils import utcnow

from bot.classroom.erasing import erase, erase_for_the_operator
from bot.classroom.exporting import Wanted
from bot.classroom.operating import export_for_the_operator
from bot.classroom.people import Person
from bot.classroom.room import Classroom, open_classroom
from bot.discussion.ids import SessionId
from bot.discussion.transcript import Names, Scope
from bot.storage import notes, sessions
from bot.storage.schema import responses as said
from bot.transcripts import GRADEBOOKS, Format
from tests.conftest import ROOT
from tests.storage.samples import ELSEWHERE, HERE, MINA
from tests.storage.test_leaving import LEA, NAME, WORDS, a_guild_with_lea, traces

THERE = Person(HERE, LEA, NAME)
STUDENTS = f"discord_user_id,name,canvas_id,id_number,email\n{MINA},Mina,7,7,mina@school.example\n"


def opened(database: Path):  # noqa: ANN201 - what open_classroom gives
    return open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow)


async def a_guild(room: Classroom) -> list[SessionId]:
    """With Lea in it; she was reminded a moment ago. Its sessions."""
    reminded = f'{{"{LEA}":"{utcnow().isoformat()}","{MINA}":"{utcnow().isoformat()}"}}'
    await room.store.write(a_guild_with_lea)
    await room.store.write(lambda tx: notes.put(tx, f"reminded-lately:{HERE}", reminded))
    return [found.id for found in await room.store.read(lambda tx: sessions.recent(tx, HERE, 9))]


async def at_rest(room: Classroom) -> None:
    """The writer cleans up before it takes the next work."""
    await room.store.write(lambda tx: notes.put(tx, "later", "work"))


async def test_nothing_is_left_of_whoever_erases_themselves(database: Path) -> None:
    async with opened(database) as room:
        await a_guild(room)
        erased = await erase(room, THERE)
        assert erased is not None
        assert {response.user_id for response, _ in erased.responses} == {LEA}
        assert len(erased.typed) == 2
        kept = await room.store.read(lambda tx: notes.get(tx, f"reminded-lately:{HERE}"))
        assert kept is not None
        assert str(MINA) in kept
        await at_rest(room)
        assert traces(database.parent) == []
        assert await erase(room, THERE) is None


async def test_what_is_said_of_them_while_they_are_erased_is_found(database: Path) -> None:
    async with opened(database) as room:
        await a_guild(room)
        mentioning = said.update().where(said.c.user_id == MINA).values(body={"text": f"<@{LEA}>, listen"})
        # She has looked where she is mentioned, or is about to, when a classmate mentions her once more.
        done = asyncio.ensure_future(erase(room, THERE))
        await asyncio.sleep(0)
        await room.store.write(lambda tx: tx.execute(mentioning).rowcount)
        assert await done is not None
        await at_rest(room)
        assert traces(database.parent) == []


async def test_the_operator_erases_from_every_guild_or_from_one(database: Path) -> None:
    async with opened(database) as room:
        await a_guild(room)
        await room.store.write(lambda tx: a_guild_with_lea(tx, ELSEWHERE))
        [one] = await erase_for_the_operator(room, LEA, HERE)
        assert one.guild_id == HERE
        assert traces(database.parent) != []
        [other] = await erase_for_the_operator(room, LEA, None)
        assert other.guild_id == ELSEWHERE
        await at_rest(room)
        assert traces(database.parent) == []


@pytest.mark.parametrize("format", [each for each in Format if each is not Format.ALL])
async def test_no_later_export_has_any_of_it(database: Path, tmp_path: Path, format: Format) -> None:  # noqa: A002
    out = tmp_path / "out"
    mapping = tmp_path / "students.csv"
    mapping.write_text(STUDENTS, encoding="utf-8")
    async with opened(database) as room:
        known = await a_guild(room)
        await erase(room, THERE)
        for session_id in known:
            for names in Names:
                if format in GRADEBOOKS and names is not Names.REAL:
                    continue
                scope = Scope(names)
                await asyncio.to_thread(
                    export_for_the_operator,
                    database,
                    Wanted(session_id, format, scope),
                    zone=ZoneInfo("UTC"),
                    now=utcnow(),
                    out=out / f"{session_id}-{names}",
                    students=mapping if format in GRADEBOOKS else None,
                    on_progress=lambda _done, _all: None,
                )
    _unpack(out)
    files = [file for file in out.rglob("*") if file.is_file()]
    assert files
    assert traces(out) == []
    held = " ".join(_texts(files))
    assert "Mina" in held
    assert ("Somebody who left" in held) or format in GRADEBOOKS
    assert WORDS not in held


def _unpack(folder: Path) -> None:
    for file in list(folder.rglob("*.zip")):
        with zipfile.ZipFile(file) as packed:
            packed.extractall(file.with_suffix(""))


def _texts(files: list[Path]) -> Iterator[str]:
    for file in files:
        if file.suffix != ".zip":
            yield file.read_text(encoding="utf-8", errors="replace")
