"""`/discuss start`: what it takes, what it posts, what it refuses."""

from pathlib import Path
from typing import Any

import discord
import pytest

from tests.chat.doing import press, respond, rows, side, start
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import ROOT, SchoolClass, school_class

TITLE = "One lesson: threat, talks or pressure?"


@pytest.mark.parametrize("named", ["single-lesson", TITLE, f"  {TITLE.upper()} "])
async def test_a_set_is_named_by_slug_or_title(klass: SchoolClass, named: str) -> None:
    assert "The debate is on" in answer(await start(klass, named))
    assert f"Question 1 of “{TITLE}”" in text_of(card_in(klass))


async def test_autocomplete_offers_titles_and_their_choice_starts_the_set(klass: SchoolClass) -> None:
    choices = await klass.teacher.autocomplete(klass.channel, "discuss start", "prompts", "one less")
    assert choices == [{"name": TITLE, "value": "single-lesson"}]
    assert len(await klass.teacher.autocomplete(klass.channel, "discuss start", "prompts", "")) == 2
    assert await klass.teacher.autocomplete(klass.channel, "discuss start", "prompts", "nothing like it") == []

    questions = await klass.teacher.autocomplete(
        klass.channel, "discuss start", "question", "first", prompts=choices[0]["value"]
    )
    assert [choice["value"] for choice in questions] == ["first-step"]
    assert "The debate is on" in answer(await start(klass, choices[0]["value"], question=questions[0]["value"]))
    assert "Which step should the United States take first?" in text_of(card_in(klass))


async def test_autocomplete_of_questions_needs_a_set_and_breaks_on_none(klass: SchoolClass) -> None:
    assert await klass.teacher.autocomplete(klass.channel, "discuss start", "question", "") == []
    assert await klass.teacher.autocomplete(klass.channel, "discuss start", "question", "", prompts="no such") == []


@pytest.mark.parametrize("named", ["worth-talking", "2", "is it worth trying to talk with North Korea now?"])
async def test_a_question_is_named_by_id_number_or_words(klass: SchoolClass, named: str) -> None:
    await start(klass, question=named)
    assert "Is it worth trying to talk with North Korea now?" in text_of(card_in(klass))


async def test_what_is_not_there_is_refused_with_what_is(klass: SchoolClass) -> None:
    assert f"“{TITLE}”" in answer(await start(klass, "no such set"))
    assert "has no question “no such”" in answer(await start(klass, question="no such"))
    assert not klass.channel.history()


async def test_the_card_shows_all_that_a_class_needs(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    shown = text_of(card_in(klass))

    assert "North Korea Continues Ballistic Missile Tests · by Kaia Patterson" in shown
    assert "> North Korean representatives claim these missile tests are solely for defensive purposes.\n-# ¶1" in shown
    assert "-# ¶4" in shown
    assert "### What are North Korea's missile tests mainly for?" in shown
    assert "Closes <t:" in shown
    assert "0 people have taken a side · 0 responses" in shown
    assert "what you write in the thread are recorded under your name" in shown
    assert buttons_of(card_in(klass)) == [
        "To be able to attack · 0",
        "To defend itself · 0",
        "To get concessions · 0",
        "Respond",
        "Read the article",
    ]
    assert rows(database, "select card_id, thread_id from rounds") == [(card_in(klass).id, thread_in(klass).id)]


async def test_minutes_go_before_the_prompts_own(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=3)
    await klass.env.advance_time(179)
    assert "Closes" in text_of(card_in(klass))
    await klass.env.advance_time(3)
    assert "**Closed**" in text_of(card_in(klass))


async def test_a_start_in_a_thread_means_its_channel(klass: SchoolClass) -> None:
    await start(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    await klass.teacher.slash(thread_in(klass), "discuss start", prompts="single-lesson")
    assert len(klass.channel.threads) == 2


async def test_an_open_debate_does_not_make_way(klass: SchoolClass) -> None:
    await start(klass)
    told = answer(await start(klass, "china-or-sanctions"))
    assert f"A debate is open in <#{klass.channel.id}>: “{TITLE}”." in told
    assert len(klass.channel.threads) == 1


async def test_a_debate_whose_question_is_over_makes_way(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=1)
    await klass.env.advance_time(65)
    told = answer(await start(klass, "china-or-sanctions"))
    assert f"“{TITLE}” has ended to make way." in told
    assert rows(database, "select count(*) from sessions where closed_at is null") == [(1,)]


async def test_two_channels_debate_at_once(klass: SchoolClass, database: Path) -> None:
    den = klass.guild.create_text_channel("den")
    await start(klass)
    await start(klass, channel=den)
    await press(klass.ann, next(m for m in den.history() if m.components), "To defend itself")
    await klass.env.advance_time(6)

    assert "0 people" in text_of(card_in(klass))
    assert "1 person has taken a side" in text_of(next(m for m in den.history() if m.components))
    hall = klass.guild.create_text_channel("hall")
    told = answer(await klass.teacher.slash(hall, "discuss status"))
    assert f"<#{klass.channel.id}>, <#{den.id}>" in told
    assert "has ended" in answer(await klass.teacher.slash(den, "discuss close"))
    assert "has ended" in answer(await klass.teacher.slash(hall, "discuss close"))
    assert "No debate is open" in answer(await klass.teacher.slash(den, "discuss close"))


@pytest.mark.parametrize(
    ("permission", "named"),
    [
        ("send_messages", "Send Messages"),
        ("create_public_threads", "Create Public Threads"),
        ("send_messages_in_threads", "Send Messages in Threads"),
        ("read_message_history", "Read Message History"),
    ],
)
async def test_a_missing_permission_of_the_bot_is_named(klass: SchoolClass, permission: str, named: str) -> None:
    denied: Any = discord.PermissionOverwrite(**{permission: False})
    attic = klass.guild.create_text_channel("attic", overwrites={klass.guild.default_role: denied})
    told = answer(await start(klass, channel=attic))

    assert f"Parley may not do all it must in <#{attic.id}>. Missing:" in told
    assert named in told
    assert not attic.history()


async def test_a_channel_without_threads_is_refused(klass: SchoolClass) -> None:
    talk = klass.guild.create_voice_channel("talk")
    assert "ordinary text channel" in answer(await start(klass, channel=talk))


async def test_a_broken_file_is_left_out_told_and_taken_in_when_mended(tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    good = (ROOT / "prompts" / "single-lesson.yaml").read_text(encoding="utf-8")
    (prompts / "good.yaml").write_text(good, encoding="utf-8")
    broken = good.replace("title: ", "titel: ").replace("One lesson", "Another lesson")
    (prompts / "bad.yaml").write_text(broken, encoding="utf-8")
    async with school_class(tmp_path / "record.sqlite3", prompts=prompts) as klass:
        listed = answer(await klass.teacher.slash(klass.channel, "prompts list"))
        assert "bad.yaml:3:1:" in listed
        assert TITLE in listed
        assert "see `/prompts list`" in answer(await start(klass, "bad"))
        assert "problem in other content files: `/prompts list` tells" in answer(await start(klass, "good"))
        await klass.teacher.slash(klass.channel, "discuss close")

        (prompts / "bad.yaml").write_text(broken.replace("titel: ", "title: "), encoding="utf-8")
        listed = answer(await klass.teacher.slash(klass.channel, "prompts reload"))

        assert "problem" not in listed
        assert "The debate is on" in answer(await start(klass, "bad"))


async def test_a_running_debate_keeps_its_prompts_when_the_file_is_gone(tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    words = (ROOT / "prompts" / "single-lesson.yaml").read_text(encoding="utf-8")
    (prompts / "lesson.yaml").write_text(words, encoding="utf-8")
    async with school_class(tmp_path / "record.sqlite3", prompts=prompts) as klass:
        await start(klass, "lesson")
        (prompts / "lesson.yaml").write_text(words.replace("defend", "other"), encoding="utf-8")
        await klass.teacher.slash(klass.channel, "prompts reload")
        assert "Recorded" in answer(await side(klass, klass.ann, "To defend itself"))

        (prompts / "lesson.yaml").unlink()
        assert "None can be used" in answer(await klass.teacher.slash(klass.channel, "prompts reload"))
        assert "There is none" in answer(await start(klass, "lesson"))
        assert "Recorded" in answer(await respond(klass, klass.ben, "defend"))
        assert "Question 2 is on" in answer(await klass.teacher.slash(klass.channel, "discuss next"))
        assert "Is it worth trying" in text_of(card_in(klass))
