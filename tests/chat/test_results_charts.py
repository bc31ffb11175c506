"""The buttons under the results and `/discuss chart`: charts for anybody without names, the transcript for few."""

from pathlib import Path

import discord
import pytest
from simcord import InteractionResult, ResponseMessage

from bot.chat.routing import UNKNOWN
from tests.chat.deciding import (
    chosen,
    deciding,
    drawing_by,
    has,
    minutes,
    notices,
    pictures,
    the_picture,
    up_to_the_reveal,
    votes,
)
from tests.chat.doing import button, forge, newest_in, posts_in, press, reply, respond, rows, start
from tests.chat.seeing import answer, text_of, thread_in
from tests.chat.test_errors import until
from tests.chat.test_transcript import files_of
from tests.chat.waiting import in_real_time
from tests.conftest import SchoolClass


def pages(result: InteractionResult) -> list[ResponseMessage]:
    """All private messages that somebody sees in answer, while they stand."""
    return [*([result.response] if result.response is not None else []), *result.followups]


async def talked(klass: SchoolClass) -> None:
    """A question of one phase, with a response and two answers to it, closed."""
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="One.")
    said = newest_in(klass)
    await reply(klass.ben, said, "Two.")
    await reply(klass.ben, said, "Three.")
    await klass.teacher.slash(klass.channel, "discuss close")


async def test_anybody_sees_the_charts_and_chooses_among_them(klass: SchoolClass) -> None:
    await talked(klass)
    shown = await press(klass.ben, newest_in(klass), "Chart")
    assert shown.response is not None
    assert shown.response.ephemeral
    assert chosen(shown) == ["stances", "timeline", "voices"]
    assert (await the_picture(shown.response)).startswith("Stances in 1 vote.")
    for kind, words, figures in (
        ("timeline", "Responses over time.", "In all "),
        ("voices", "How evenly the class spoke.", "1 person, each"),
        ("stances", "Stances in 1 vote.", "In the end"),
    ):
        await klass.ben.select(shown.response, [kind], custom_id="parley:charted:1")
        assert (await the_picture(shown.response)).startswith(words)
        assert figures in text_of(shown.response)
        assert not any(name in text_of(shown.response) for name in ("Ann", "Ben"))
    assert shown.followups == []


async def test_the_evidence_map_tells_which_sentences_of_the_article_each_side_leaned_on(klass: SchoolClass) -> None:
    await start(klass)
    told = answer(await klass.teacher.slash(klass.channel, "discuss chart", kind="evidence"))
    assert told.startswith("There is nothing to draw yet")
    await respond(klass, klass.ann, "attack", claim="It says “North Korea has effectively isolated itself”.")
    told = answer(await klass.teacher.slash(klass.channel, "discuss chart", kind="swing"))
    assert told.startswith("There is no swing")
    await respond(klass, klass.ben, "defend", claim="Yes, “effectively isolated itself from the global community”.")
    await klass.teacher.slash(klass.channel, "discuss close")
    shown = await press(klass.ann, newest_in(klass), "Chart")
    assert shown.response is not None
    assert chosen(shown)[-1] == "evidence"
    await klass.ann.select(shown.response, ["evidence"], custom_id="parley:charted:1")
    words = await the_picture(shown.response)
    assert "1 of 32 sentences of the article was used." in words
    assert "To be able to attack 1, To defend itself 1." in words
    assert "Paragraphs of which no sentence was used: ¶2, ¶3, ¶4, ¶5." in words
    assert "¶2: nobody used any of its 8 sentences." in text_of(shown.response)
    await klass.ann.context_menu(thread_in(klass), "Withdraw my response", posts_in(thread_in(klass))[0])
    told = await klass.teacher.slash(klass.channel, "discuss chart", kind="evidence")
    assert told.response is not None
    assert "To defend itself 1." in await the_picture(told.response)


async def test_the_reveal_leads_to_all_charts(database: Path) -> None:
    async with deciding(database) as running:
        await up_to_the_reveal(running.klass)
        [reveal] = notices(running.klass)
        shown = await press(running.klass.ann, reveal, "Chart")
        assert chosen(shown) == ["swing", "stances"]
        assert shown.response is not None
        assert "before and after" in await the_picture(shown.response)
        await running.klass.ann.select(shown.response, ["stances"], custom_id="parley:charted:1")
        words = await the_picture(shown.response)
        assert "before: To be able to attack 2 (33 %)" in words
        assert "after: To be able to attack 0 (0 %)" in words


async def test_a_choice_that_nobody_offers_is_refused(klass: SchoolClass) -> None:
    await start(klass)
    for address in ("parley:chart:99", "parley:chart", "parley:charted:1", "parley:transcript:x", "parley:exported:1"):
        told = answer(await forge(klass, klass.teacher, address))
        assert told in {UNKNOWN, "This debate is not on record in this server."}, address
    assert answer(await forge(klass, klass.ann, "parley:chart:1")).startswith("There is nothing to draw yet")


async def test_another_server_finds_nothing(klass: SchoolClass) -> None:
    await talked(klass)
    elsewhere = klass.env.create_guild("Class 8C")
    channel = elsewhere.create_text_channel("debate")
    boss = elsewhere.add_member(elsewhere.owner)
    await boss.slash(channel, "discuss start", prompts="single-lesson")
    card = next(message for message in channel.history() if message.components)
    kept = [dict(part) for part in klass.env.backend.get_message(channel.id, card.id).components]
    for verb in ("chart", "charted", "transcript", "exported"):
        pressed = {"type": 2, "id": 2, "style": 2, "label": "x", "custom_id": f"parley:{verb}:1"}
        row = {"type": 1, "id": 1, "components": [pressed]}
        klass.env.backend.edit_message(channel.id, card.id, {"components": [row]})
        told = answer(await boss.click(card, custom_id=f"parley:{verb}:1"))
        assert told in {UNKNOWN, "This debate is not on record in this server."}
    klass.env.backend.edit_message(channel.id, card.id, {"components": kept})
    told = answer(await boss.slash(channel, "discuss chart", kind="voices"))
    assert told.startswith("There is nothing to draw yet")


async def test_a_teacher_looks_at_a_chart_with_names_and_posts_it_without(klass: SchoolClass) -> None:
    await talked(klass)
    shown = await klass.teacher.slash(klass.channel, "discuss chart", kind="voices")
    assert shown.response is not None
    assert shown.response.ephemeral
    assert "Ben 2, Ann 1" in await the_picture(shown.response)
    assert chosen(shown) == []

    before = len(posts_in(thread_in(klass)))
    told = answer(await klass.teacher.slash(klass.channel, "discuss chart", kind="voices", post=True))
    assert told == f"Posted in <#{thread_in(klass).id}>."
    posted = newest_in(klass)
    words = await the_picture(posted)
    assert "Each, busiest first: 2, 1." in words
    assert not any(name in words + text_of(posted) for name in ("Ann", "Ben"))
    assert len(posts_in(thread_in(klass))) == before + 1
    state = klass.env.backend.get_channel(thread_in(klass).id).thread_metadata
    assert state is not None
    assert (state.locked, state.archived) == (True, True)


async def test_a_voter_in_secret_is_counted_among_the_voices_without_a_name(database: Path) -> None:
    async with deciding(database) as running:
        klass = running.klass
        await votes(klass, "AAAAAA")
        await minutes(klass)
        await klass.ann.send(thread_in(klass), "I say.")
        shown = await klass.teacher.slash(klass.channel, "discuss chart", kind="voices")
        assert shown.response is not None
        assert "Each, busiest first: Ann 1, 0, 0, 0, 0, 0." in await the_picture(shown.response)


async def test_in_the_thread_of_an_earlier_question_the_chart_is_of_that_question(klass: SchoolClass) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="One.")
    first = thread_in(klass)
    await klass.teacher.slash(klass.channel, "discuss next")
    told = answer(await klass.teacher.slash(first, "discuss chart", kind="timeline"))
    assert "What are North Korea's missile tests mainly for?" in told
    told = answer(await klass.teacher.slash(klass.channel, "discuss chart", kind="timeline"))
    assert told == "There is nothing to show over time: nobody has said anything yet."
    shown = await klass.teacher.slash(klass.channel, "discuss chart", kind="stances")
    assert shown.response is not None
    assert "1. What are North Korea's missile tests mainly for?: To be able to attack 1" in await the_picture(
        shown.response
    )


@pytest.mark.parametrize("kind", ["swing", "voices"])
async def test_what_cannot_be_shown_is_said(klass: SchoolClass, kind: str) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="One.")
    told = answer(await klass.teacher.slash(klass.channel, "discuss chart", kind=kind))
    assert told.startswith("There is no swing to show" if kind == "swing" else "There are no voices to compare yet")


async def test_the_command_is_for_teachers(klass: SchoolClass) -> None:
    await talked(klass)
    for options in ({}, {"post": True}):
        told = answer(await klass.ann.slash(klass.channel, "discuss chart", kind="voices", **options))
        assert told.startswith("This is for teachers")
    empty = klass.guild.create_text_channel("empty")
    told = answer(await klass.teacher.slash(empty, "discuss chart", kind="voices"))
    assert told.startswith("No debate has been held in this channel.")


@pytest.mark.logs_errors
async def test_a_chart_that_discord_does_not_take_is_not_said_to_be_posted(klass: SchoolClass) -> None:
    await talked(klass)
    klass.env.inject_error("POST", f"/channels/{thread_in(klass).id}/messages", status=500)
    told = answer(await klass.teacher.slash(klass.channel, "discuss chart", kind="voices", post=True))
    assert told.startswith("Discord did not take the chart: it is not posted.")


async def test_students_are_told_whom_to_ask_for_the_transcript(klass: SchoolClass) -> None:
    await talked(klass)
    told = answer(await press(klass.ann, newest_in(klass), "Transcript"))
    assert "ask a member with the permission Manage Server. Your own words: `/my responses`." in told
    await klass.teacher.slash(klass.channel, "setup", teacher_role=klass.teacher_role)
    told = answer(await press(klass.ann, newest_in(klass), "Transcript"))
    assert f"Transcripts are for moderators and teachers: ask a member of <@&{klass.teacher_role.id}>." in told
    exports = rows(klass.room.store.path, "select count(*) from audits where action = 'transcript.export'")
    assert exports == [(0,)]


async def test_who_may_have_the_transcript_chooses_and_gets_it_as_by_the_command(klass: SchoolClass) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Ann's first claim")
    first = thread_in(klass)
    await klass.teacher.slash(klass.channel, "discuss next")
    summary = next(post for post in posts_in(first) if has(post, "Transcript"))
    moderators = klass.guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
    moderator = klass.guild.add_member(klass.env.create_user("Mr. Oak"), roles=[moderators])
    for who, scope in ((klass.teacher, "question"), (moderator, "whole")):
        form = await press(who, summary, "Transcript")
        result = await who.submit_modal(form, {"format": "text", "names": "real", "scope": scope})
        ((name, data),) = (await files_of(result)).items()
        assert name.endswith(".txt")
        assert b"Ann's first claim" in data
        assert (b"Is it worth trying" in data) == (scope == "whole")
    exports = rows(klass.room.store.path, "select details from audits where action = 'transcript.export' order by id")
    assert ["round" in str(details) for (details,) in exports] == [True, False]


async def test_the_form_of_a_single_question_asks_only_for_format_and_names(klass: SchoolClass) -> None:
    await talked(klass)
    form = await press(klass.teacher, newest_in(klass), "Transcript")
    assert form.modal is not None
    asked = [part["component"]["custom_id"] for part in form.modal["components"] if "component" in part]
    assert asked == ["format", "names"]
    told = await klass.teacher.submit_modal(form, {"format": "html", "names": "pseudonym"})
    assert "3 responses, 1 vote." in answer(told)
    assert pictures(newest_in(klass)) == []
    assert button(newest_in(klass), "Chart") == "parley:chart:1"


async def test_who_waits_for_a_drawing_is_told_in_time_that_it_follows(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first drawing may take longer than Discord waits for an answer."""
    async with in_real_time(database) as debate:
        opened = await debate.open_form()
        await debate.owner.submit_modal(opened, {"stance": "defend", "claim": "So it is."})
        await until(lambda: rows(database, "select count(*) from responses where message_id is not null") == [(1,)])
        await debate.owner.slash(debate.channel, "discuss close")
        thread = debate.channel.threads[0]
        summary = await until(lambda: next((post for post in posts_in(thread) if has(post, "Chart")), None))
        drawing_by('sleep 2; python "$@"', tmp_path / "slow", monkeypatch)
        result = await debate.owner.click(summary, custom_id=button(summary, "Chart"))
        await until(lambda: result.deferred, within=3)
        shown = await until(lambda: next((page for page in pages(result) if page.attachments), None), within=60)
        assert shown.ephemeral
        assert "Stances in 1 vote." in await the_picture(shown)
