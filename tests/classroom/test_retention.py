"""What is past its period goes by itself, once a day of the school's, in a time that is moved by hand."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.classroom import closing, purging, responding, starting
from bot.classroom.consenting import agree
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom, open_classroom
from bot.classroom.setting_up import Changes, set_up
from bot.classroom.starting import Wanted
from bot.discussion.ids import ChannelId, GuildId, RoundId, SessionId, StanceId, UserId
from bot.discussion.values import Closing
from bot.storage import Transaction, audits, erasure, notes, rounds, sessions
from tests.conftest import ROOT

CHANNEL, OTHER = ChannelId(7), ChannelId(8)
TEACHER = Person(GuildId(1), UserId(2), "Ms. Rivera", manages_guild=True)
ANN = Person(GuildId(1), UserId(3), "Ann")
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@asynccontextmanager
async def school(database: Path, now: Time) -> AsyncGenerator[Classroom]:
    article, prompts = ROOT / "article", ROOT / "prompts"
    async with open_classroom(database, articles=article, prompts=prompts, now=now, zone=ZONE) as room:
        yield room


async def a_debate(room: Classroom, channel: ChannelId = CHANNEL, *, closed: bool = True) -> tuple[SessionId, RoundId]:
    started = await starting.start(room, TEACHER, channel, Wanted("single-lesson"))
    await agree(room, ANN)
    await responding.respond(room, ANN, started.round.id, StanceId("defend"), {"claim": "I hold that zebracorns talk."})
    if closed:
        await closing.close(room, TEACHER, channel)
    return started.session.id, started.round.id


def _lies_on_disk(database: Path) -> bool:
    return any(b"zebracorns" in file.read_bytes() for file in database.parent.iterdir())


async def on_record(room: Classroom) -> list[SessionId]:
    return [found.id for found in await room.store.read(lambda tx: sessions.recent(tx, TEACHER.guild_id, 9))]


async def test_a_debate_goes_180_days_after_its_close_and_not_before(database: Path) -> None:
    now = Time()
    async with school(database, now) as room:
        await a_debate(room)
        open_one, _ = await a_debate(room, OTHER, closed=False)
        now.goes_on(days=180)
        assert await purging.purge_of_today(room) == []
        assert len(await on_record(room)) == 2
        now.goes_on(days=1)
        [purged] = await purging.purge_of_today(room)
        assert (len(purged.sessions), purged.responses, purged.days) == (1, 1, 180)
        assert await on_record(room) == [open_one], "an open one is never purged"
        now.goes_on(days=5000)
        await purging.purge_of_today(room)
        assert await on_record(room) == [open_one]


async def test_a_debate_that_nobody_ends_goes_180_days_after_its_last_question(database: Path) -> None:
    now = Time()
    async with school(database, now) as room:
        await a_debate(room, closed=False)
        await room.store.write(lambda tx: rounds.close(tx, TEACHER.guild_id, RoundId(1), now(), Closing.TIME))
        now.goes_on(days=180)
        assert await purging.purge_of_today(room) == []
        now.goes_on(days=1)
        [purged] = await purging.purge_of_today(room)
        assert (len(purged.sessions), purged.responses) == (1, 1)
        assert await on_record(room) == []
        started = await starting.start(room, TEACHER, CHANNEL, Wanted("single-lesson"))
        assert await on_record(room) == [started.session.id]


async def test_words_that_are_purged_leave_the_disk(database: Path) -> None:
    now = Time()
    async with school(database, now) as room:
        await a_debate(room)
    assert _lies_on_disk(database)
    async with school(database, now) as room:
        now.goes_on(days=181)
        await purging.purge_of_today(room)
        await room.store.write(lambda tx: notes.put(tx, "later", "work"))
        assert not _lies_on_disk(database)
        assert await room.store.read(lambda tx: notes.get(tx, erasure.UNCLEAN)) is None


async def test_a_guild_sets_a_period_of_its_own(database: Path) -> None:
    now = Time()
    async with school(database, now) as room:
        await set_up(room, TEACHER, Changes(retention_days=1))
        await a_debate(room)
        now.goes_on(hours=23)
        assert await purging.past_its_period(room) == []
        now.goes_on(hours=2)
        [due] = await purging.past_its_period(room)
        assert due.days == 1
        assert len(await on_record(room)) == 1, "it was only looked at"
        assert await purging.purge(room) == [due]
        assert await on_record(room) == []


async def test_it_is_done_once_a_day_of_the_schools_also_over_a_restart(database: Path) -> None:
    now = Time()
    now.now = datetime(2026, 3, 2, 23, 0, tzinfo=ZONE)
    async with school(database, now) as room:
        await set_up(room, TEACHER, Changes(retention_days=1))
        await purging.purge_of_today(room)
        await a_debate(room)
        now.goes_on(minutes=59)
        await room.store.write(_closed_long_ago)
        assert await purging.purge_of_today(room) == []
    async with school(database, now) as room:
        assert await purging.purge_of_today(room) == [], "not again on the same day"
        now.goes_on(minutes=2)  # midnight at school, hours after that of UTC
        assert len(await purging.purge_of_today(room)) == 1


def _closed_long_ago(tx: Transaction) -> None:
    tx.exec_driver_sql("UPDATE sessions SET closed_at = '2020-01-01 00:00:00.000000'")


async def test_a_button_of_a_purged_debate_is_told_so_in_a_sentence(database: Path) -> None:
    now = Time()
    async with school(database, now) as room:
        _, round_id = await a_debate(room)
        now.goes_on(days=181)
        await purging.purge(room)
        await agree(room, ANN)
        with pytest.raises(Refusal, match="This debate is not on record in this server"):
            await responding.invitation(room, ANN, round_id)


async def test_a_purge_stands_on_the_audit(database: Path) -> None:
    now = Time()
    async with school(database, now) as room:
        await a_debate(room)
        now.goes_on(days=181)
        await purging.purge(room)
        [entry] = await room.store.read(lambda tx: audits.recent(tx, TEACHER.guild_id, purging.PURGED, 9))
        assert entry.details == {"debates": "1", "days": "180"}


async def test_a_person_without_anything_left_is_forgotten_and_asked_anew(database: Path) -> None:
    now = Time()
    async with school(database, now) as room:
        await a_debate(room)
        now.goes_on(days=181)
        await purging.purge(room)
        left = await room.store.read(lambda tx: tx.exec_driver_sql("SELECT count(*) FROM participants").scalar_one())
        assert left == 0
