"""A reveal with its picture, and what is told at the close: the count, the swing, passages, voices, points."""

import shutil
from pathlib import Path

import discord
import pytest
from simcord import MemberActor

from tests.chat.deciding import (
    deciding,
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
from tests.chat.doing import newest_in, posts_in, press, reply, respond, rows, start
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.conftest import SchoolClass, school_class


async def test_a_reveal_carries_its_picture_with_words_and_figures(database: Path) -> None:
    async with deciding(database) as running:
        klass = running.klass
        await up_to_the_reveal(klass, "AADDBB", "DDDDBB")
        [reveal] = notices(klass)
        words = await the_picture(reveal)
        assert words.startswith("How 6 people voted before and after.")
        assert "“To defend itself” moved the most minds: +33.3 percentage points." in words
        assert "Moved: 2 from To be able to attack to To defend itself." in words
        told = text_of(reveal)
        assert "🛡️ To defend itself\n`████████░░░░` **4** (67 %)" in told
        assert "2. To defend itself           2  33 %      4  67 %   +33.3" in told
        assert "left out" not in told
        assert rows(database, "select count(*) from phases where notice_id is null") == [(0,)]


async def test_at_the_close_the_summary_tells_how_minds_moved(database: Path) -> None:
    async with deciding(database) as running:
        await up_to_the_reveal(running.klass, "AADDBB", "DDDDBB")
        told = summary(running.klass)
        assert "**The swing**, of 6 people who voted both times" in told
        assert "“To defend itself” moved the most minds: +33.3 percentage points." in told
        assert "🚀 To be able to attack: 2 → 0 (−33.3 points)" in told
        assert "-# 2 people moved from 🚀 To be able to attack to 🛡️ To defend itself" in told
        assert "6 people took a side · 0 responses · the time is over" in told
        posts = posts_in(thread_in(running.klass))
        assert [has(post, "Transcript") for post in posts[-2:]] == [False, True]
        assert pictures(posts[-1]) == []


async def test_less_than_five_points_are_a_dead_heat(database: Path) -> None:
    async with deciding(database) as running:
        await up_to_the_reveal(running.klass, "AADDBB", "AADDBB")
        assert "A dead heat: no side gained 5 percentage points." in summary(running.klass)
        assert "Nobody changed sides." in summary(running.klass)
        assert "A dead heat" in await the_picture(notices(running.klass)[0])


async def test_who_voted_only_once_does_not_count_for_the_swing_and_cannot_be_found_out(database: Path) -> None:
    """One has come late, one has left. How they voted is in no count: not in the tally, whose difference would say."""
    told: list[list[str]] = []
    for late, gone in ("DA", "AB"):
        async with deciding(another(database, f"{late}{gone}"), students=8) as running:
            await up_to_the_reveal(running.klass, f"AADDBB-{gone}", f"DDDDBB{late}-")
            [reveal] = notices(running.klass)
            [(_, described)] = pictures(reveal)
            told.append([text_of(reveal), described, summary(running.klass), text_of(card_in(running.klass))])
            assert "-# 1 vote is left out of this count" in told[-1][0]
            assert "of 6 people who voted both times" in told[-1][2]
            assert "6 people took a side" in told[-1][2]
    assert [_without_times(words) for words in told[0]] == [_without_times(words) for words in told[1]]


async def test_of_few_secret_voters_nobody_is_told_who_moved_where(database: Path) -> None:
    async with deciding(database, students=4) as running:
        await up_to_the_reveal(running.klass, "AADD", "DDDA")
        assert "Who moved where is not told: so few voted in secret." in summary(running.klass)
        assert "Who moved where is not told: the votes were secret." in await the_picture(notices(running.klass)[0])


async def test_before_the_reveal_no_count_of_a_secret_vote_is_told(database: Path) -> None:
    async with deciding(database) as running:
        klass = running.klass
        await votes(klass, "AADDBB")
        for _ in range(3):
            await minutes(klass)
            for kind in ("swing", "stances"):
                told = answer(await klass.teacher.slash(klass.channel, "discuss chart", kind=kind))
                assert told.startswith("There is nothing to draw yet")
            if notices(klass, "### after") and not notices(klass, "### Reflect"):
                await votes(klass, "DDDDBB")
        await minutes(klass)
        assert notices(klass)


async def test_the_summary_tells_who_spoke_and_what_was_cited_and_who_moved_others(database: Path) -> None:
    async with deciding(database, students=4) as running:
        klass = running.klass
        ann, ben, cleo, _dora = klass.students
        await votes(klass, "AADD")
        await minutes(klass)
        point = await claims(klass, ann, "As ¶3 says, ¶ 3 and ¶2: talk.")
        await claims(klass, ben, "See ¶2, ¶99 and ¶0.")
        await reply(ben, point, "But ¶2 *says* more.")
        await klass.teacher.send(thread_in(klass), "Mind ¶1, all of you.")
        await minutes(klass)
        await votes(klass, "DADD")
        await minutes(klass)
        for student in (ben, cleo):
            await is_moved(klass, student, "¶4 was a surprise.")
        await minutes(klass)
        told = summary(klass)
        assert "**Passages**\n¶2 · cited in 3 responses\n¶3 · cited in 1 response\n" in told
        assert "¶1" not in told
        assert "¶4" not in told
        assert "¶99" not in told
        assert "2 of 4 people spoke: 2 responses, 1 reply, " in told
        assert "Here it is 0.58: a few in this class said most." in told
        place = f"{klass.guild.id}/{thread_in(klass).id}/{point.id}"
        assert (
            "**What moved the class**\n"
            f"Ann: As ¶3 says, ¶ 3 and ¶2: talk. · [moved 2 people](https://discord.com/channels/{place})"
        ) in told
        assert "surprise" not in told


@pytest.mark.logs_errors
async def test_words_taken_back_after_the_close_leave_the_summary_once_and_for_all(database: Path) -> None:
    async with deciding(database, students=4) as running:
        klass = running.klass
        await votes(klass, "AADD")
        await minutes(klass)
        point = await claims(klass, klass.ann, "See ¶3, of a secret kind.")
        await minutes(klass, 2)
        await is_moved(klass, klass.ben, "So it was.")
        await minutes(klass)
        assert "a secret kind" in summary(klass)
        assert "¶3 · cited in 1 response" in summary(klass)
        await klass.ann.context_menu(thread_in(klass), "Withdraw my response", point)
        klass.env.inject_error("PATCH", f"*/messages/{posts_in(thread_in(klass))[-1].id}", status=500)
        async with running.restart() as again:
            await again.env.advance_time(65)
            told = summary(again)
            assert "a secret kind" not in told
            assert "¶3" not in told
            assert "What moved the class" not in told
            assert "0 of 4 people spoke: 0 responses" in told
            [(before,)] = rows(running.database, "select tally_id from rounds")
            assert before == posts_in(thread_in(again))[-1].id


async def test_a_question_of_one_phase_has_its_summary_too(klass: SchoolClass) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="¶2 says it.")
    await reply(klass.ben, newest_in(klass), "And ¶2 says the contrary.")
    await klass.teacher.slash(klass.channel, "discuss close")
    told = summary(klass)
    assert "**1** (100 %)" in told
    assert "¶2 · cited in 2 responses" in told
    assert "2 of 2 people spoke: 1 response, 1 reply, 8 words." in told
    assert "this class shared its words very evenly" in told
    assert "swing" not in told
    assert "moved others" not in told


async def test_where_nobody_came_the_summary_says_no_more_than_that(klass: SchoolClass) -> None:
    await start(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    assert "0 people took a side · 0 responses · the debate has ended" in summary(klass)
    assert "**" not in summary(klass).replace("**0**", "")
    assert not has(posts_in(thread_in(klass))[-1], "Chart")


async def test_a_reveal_in_the_middle_shows_the_stances_so_far(database: Path) -> None:
    prompts = prompts_with(database.parent / "prompts")
    async with school_class(database, students=4, prompts=prompts) as klass:
        await start(klass, format="open")
        await votes(klass, "AADB")
        await minutes(klass, 2)
        [reveal] = notices(klass)
        assert "at first: To be able to attack 2 (50 %)" in await the_picture(reveal)
        await votes(klass, "DDDB")
        await minutes(klass)
        assert len(notices(klass)) == 1
        await klass.teacher.slash(klass.channel, "discuss close")
        assert "🛡️ To defend itself: 1 → 3 (+50 points)" in summary(klass)
        assert "1 person moved from" not in summary(klass)
        assert "-# 2 people moved from 🚀 To be able to attack to 🛡️ To defend itself" in summary(klass)


async def claims(klass: SchoolClass, student: MemberActor, claim: str) -> discord.Message:
    """Somebody responds; the post of it."""
    shown = await press(student, newest_notice(klass), "Respond")
    await student.submit_modal(shown, {"stance": "defend", "claim": claim})
    return newest_in(klass)


async def is_moved(klass: SchoolClass, student: MemberActor, words: str) -> None:
    """Somebody reflects, and names the first response as what has moved them."""
    shown = await press(student, newest_notice(klass), "Reflect")
    await student.submit_modal(shown, {"moved": ["1"], "text": words})


def newest_notice(klass: SchoolClass) -> discord.Message:
    """The notice of the present phase."""
    return [post for post in posts_in(thread_in(klass)) if has(post, "My part")][-1]


def another(database: Path, name: str) -> Path:
    """A record for one more class."""
    folder = database.parent / name
    folder.mkdir()
    return Path(shutil.copy(database, folder))


def _without_times(words: str) -> str:
    return " ".join(word for word in words.split() if "<t:" not in word)
