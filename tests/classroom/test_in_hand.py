"""Two teachers at the same moment: what both have seen is done once."""

import asyncio
from pathlib import Path

import pytest
from discord.utils import utcnow

from bot.classroom import closing, controlling, previewing, starting
from bot.classroom.in_hand import MovedOn, Seen
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom, open_classroom
from bot.classroom.starting import Wanted
from bot.discussion.ids import ChannelId, GuildId, UserId
from bot.discussion.values import Round
from bot.storage import rounds, sessions
from tests.conftest import ROOT

CHANNEL = ChannelId(5)
FIRST = Person(GuildId(1), UserId(2), "Ms. Rivera", manages_guild=True)
SECOND = Person(GuildId(1), UserId(3), "Mr. Head", manages_guild=True)


def opened(database: Path):  # noqa: ANN201 - what open_classroom gives
    """The classroom over that file."""
    return open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow)


async def begun(room: Classroom) -> tuple[Round, Seen]:
    """A debate by a format, and what both teachers see of it."""
    started = await starting.start(room, FIRST, CHANNEL, Wanted("single-lesson", format="oxford-debate"))
    return started.round, Seen(started.round.id, 0)


async def now(room: Classroom, found: Round) -> Round:
    """The round as it is on record."""
    known = await room.store.read(lambda tx: rounds.get(tx, found.guild_id, found.id))
    assert known is not None
    return known


async def test_both_go_on_and_one_phase_passes(database: Path) -> None:
    async with opened(database) as room:
        found, seen = await begun(room)
        acts = [controlling.next_phase(room, teacher, CHANNEL, seen=seen) for teacher in (FIRST, SECOND, FIRST)]
        done = await asyncio.gather(*acts, return_exceptions=True)
        assert [isinstance(outcome, MovedOn) for outcome in done].count(True) == 2
        assert (await now(room, found)).phase_number == 1


@pytest.mark.parametrize("act", ["next", "pause", "resume", "extend", "reveal", "close"])
async def test_no_act_reaches_a_phase_that_was_not_seen(database: Path, act: str) -> None:
    async with opened(database) as room:
        found, seen = await begun(room)
        await controlling.next_phase(room, FIRST, CHANNEL, seen=seen)
        before = await now(room, found)
        acts = {
            "next": controlling.next_phase(room, SECOND, CHANNEL, seen=seen),
            "pause": controlling.pause(room, SECOND, CHANNEL, seen=seen),
            "resume": controlling.resume(room, SECOND, CHANNEL, seen=seen),
            "extend": closing.extend(room, SECOND, CHANNEL, 5, seen=seen),
            "reveal": controlling.reveal(room, SECOND, CHANNEL, seen=seen),
            "close": closing.close(room, SECOND, CHANNEL, seen=seen),
        }
        chosen = acts.pop(act)
        for other in acts.values():
            other.close()
        with pytest.raises(MovedOn):
            await chosen
        assert await now(room, found) == before


async def test_both_start_a_preview_and_it_is_started_once(database: Path) -> None:
    async with opened(database) as room:
        look = await previewing.preview(room, FIRST, CHANNEL, Wanted("single-lesson", format="fishbowl"))
        done = await asyncio.gather(
            *[previewing.start_previewed(room, teacher, look.number) for teacher in (FIRST, SECOND, FIRST)]
        )
        assert len({found.id for found, _ in done}) == 1
        assert sum(started is not None for _, started in done) == 1
        assert len(await room.store.read(lambda tx: sessions.recent(tx, GuildId(1), 9))) == 1
        stranger = Person(GuildId(9), UserId(2), "Elsewhere", manages_guild=True)
        with pytest.raises(Refusal, match="not known any more"):
            await previewing.start_previewed(room, stranger, look.number)
