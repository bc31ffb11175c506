"""When a picture cannot be drawn, or posted, or the bot dies meanwhile: nothing is lost, nothing is told twice."""

import asyncio
from pathlib import Path

import pytest

from bot.chat import gallery
from bot.chat.cards.chart_parts import NOT_ATTACHED, NOT_DRAWN
from tests.chat.deciding import (
    deciding,
    drawing_by,
    has,
    minutes,
    notices,
    pictures,
    prompts_with,
    summary,
    the_picture,
    up_to_the_reveal,
    votes,
)
from tests.chat.doing import fail_on, newest_in, posts_in, press, rows, start, watch
from tests.chat.seeing import text_of, thread_in
from tests.chat.test_errors import until
from tests.chat.weathering import deny
from tests.conftest import SchoolClass, school_class


def told_once(klass: SchoolClass) -> None:
    """One reveal, and after it one summary."""
    assert len(notices(klass)) == 1
    assert summary(klass)
    assert has(posts_in(thread_in(klass))[-1], "Transcript")


@pytest.mark.logs_errors
async def test_a_drawing_that_fails_is_told_and_its_figures_stand_without_it(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with deciding(database) as running:
        klass = running.klass
        drawing_by("kill -9 $$", tmp_path / "broken", monkeypatch)
        await up_to_the_reveal(klass, "AADDBB", "DDDDBB")
        told_once(klass)
        [reveal] = notices(klass)
        assert NOT_DRAWN in text_of(reveal)
        assert "2. To defend itself           2  33 %      4  67 %   +33.3" in text_of(reveal)
        assert (reveal.attachments, pictures(reveal)) == ([], [])
        await klass.env.advance_time(130)
        told_once(klass)
        monkeypatch.undo()
        shown = await press(klass.ann, reveal, "Chart")
        assert shown.response is not None
        assert "+33.3" in await the_picture(shown.response)


async def test_a_drawing_that_takes_too_long_is_gone_on_without(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with deciding(database) as running:
        monkeypatch.setattr(gallery, "PATIENCE", 0)
        await up_to_the_reveal(running.klass, "AADDBB", "DDDDBB")
        told_once(running.klass)
        [reveal] = notices(running.klass)
        assert NOT_DRAWN in text_of(reveal)
        assert "+33.3" in text_of(reveal)
        assert reveal.attachments == []


async def test_where_files_may_not_be_attached_the_figures_are_told(database: Path) -> None:
    async with deciding(database) as running:
        klass = running.klass
        await deny(klass, klass.channel, attach_files=True)
        await up_to_the_reveal(klass, "AADDBB", "DDDDBB")
        told_once(klass)
        [reveal] = notices(klass)
        assert NOT_ATTACHED in text_of(reveal)
        assert "+33.3" in text_of(reveal)
        assert reveal.attachments == []


@pytest.mark.logs_errors
@pytest.mark.parametrize("nonces", ["known", "forgotten"])
async def test_a_reveal_that_was_posted_but_not_noted_is_found_again_with_its_picture(
    database: Path, nonces: str
) -> None:
    async with deciding(database) as running:
        klass = running.klass
        await up_to_the_reveal_less_its_end(klass)
        fail_on(database, "crash", "UPDATE OF notice_id ON phases")
        await klass.env.advance_time(30)
        if nonces == "forgotten":
            klass.env.backend.advance_clock(300)
            klass.env.backend.nonces.clear()
        async with running.restart(mending="crash") as again:
            await again.env.advance_time(65)
            told_once(again)
            await the_picture(notices(again)[0])
            [(noted,)] = rows(running.database, "select notice_id from phases where number = 4")
            assert noted == notices(again)[0].id


@pytest.mark.logs_errors
async def test_what_discord_does_not_take_at_the_end_is_told_after_a_restart(database: Path) -> None:
    """The bot stops between the close on record and what tells of it."""
    async with deciding(database) as running:
        klass = running.klass
        await up_to_the_reveal_less_its_end(klass)
        klass.env.inject_error("*", f"/channels/{thread_in(klass).id}*", status=500, times=None)
        await klass.env.advance_time(30)
        assert rows(database, "select closed_at is null, tally_id is null from rounds") == [(0, 1)]
        assert notices(klass) == []
        klass.env.backend.faults.clear()
        async with running.restart() as again:
            await again.env.advance_time(65)
            told_once(again)
            await the_picture(notices(again)[0])


async def test_a_bot_that_stops_while_it_draws_tells_it_after_its_next_start(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with deciding(database) as running:
        klass = running.klass
        drawing_by("while :; do sleep 0.1; done", tmp_path / "endless", monkeypatch)
        await up_to_the_reveal_less_its_end(klass)
        advancing = asyncio.create_task(klass.env.advance_time(30))
        await until(lambda: rows(database, "select closed_at is null from rounds") == [(0,)])
        await klass.env.bot.close()
        advancing.cancel()
        await asyncio.gather(advancing, return_exceptions=True)
        assert notices(klass) == []
        monkeypatch.undo()
        async with running.restart() as again:
            await again.env.advance_time(65)
            told_once(again)
            await the_picture(notices(again)[0])


async def test_the_clock_of_other_classes_does_not_wait_for_a_drawing(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two debates end a phase in the same second. The one without a picture is told first, though it comes second."""
    async with school_class(database, students=6, prompts=prompts_with(tmp_path / "prompts")) as klass:
        other = klass.guild.create_text_channel("other")
        await start(klass, format="short")
        await start(klass, format="plain", channel=other)
        first, second = thread_in(klass), other.threads[0]
        await up_to_the_reveal_less_its_end(klass)
        drawing_by('sleep 1; python "$@"', tmp_path / "slow", monkeypatch)
        seen = watch(klass)
        await minutes(klass)
        posts = [entry.path for entry in seen if entry.method == "POST" and entry.path.endswith("/messages")]
        assert posts.index(f"/channels/{second.id}/messages") < posts.index(f"/channels/{first.id}/messages")
        assert await the_picture(next(post for post in posts_in(first) if has(post, "Chart")))


async def test_a_class_that_asks_at_once_has_its_chart_drawn_once(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with deciding(database, students=6) as running:
        klass = running.klass
        folder = drawing_by('echo drawn >> "$here/log"; python "$@"', tmp_path / "counted", monkeypatch)
        await up_to_the_reveal(klass, "AADDBB", "DDDDBB")
        shown = [await press(student, newest_in(klass), "Chart") for student in klass.students]
        words = {await the_picture(result.response) for result in shown if result.response is not None}
        assert len(words) == 1
        assert (folder / "log").read_text().splitlines() == ["drawn"]


async def up_to_the_reveal_less_its_end(klass: SchoolClass) -> None:
    """All but the last seconds of the last phase."""
    await votes(klass, "AADDBB")
    await minutes(klass, 2)
    await votes(klass, "DDDDBB")
    await minutes(klass, 1)
    await klass.env.advance_time(40)
