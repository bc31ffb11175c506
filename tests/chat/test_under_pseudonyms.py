"""A debate under pseudonyms: what its people are told, what is not recorded, and how a moderator unmasks one."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import MemberActor

from bot.chat.cogs.listening import NOT_RECORDED
from bot.chat.connecting import plain_intents
from bot.cli.exits import Exit
from tests.chat.doing import newest_in, posts_in, press, reply, respond, restarting, rows, side, start
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.chat.test_transcript import export
from tests.chat.weathering import go_deaf
from tests.conftest import SchoolClass, school_class
from tests.test_cli import parley

WHY = "They wrote what we must talk about."


def pseudonym_of(database: Path, actor: MemberActor) -> str:
    [(found,)] = rows(database, "select pseudonym from pseudonyms where user_id = ?", actor.id)
    return found


def audited(database: Path, action: str) -> list[tuple[int | None, dict[str, Any]]]:
    found = rows(database, "select user_id, details from audits where action = ? order by id", action)
    return [(user, json.loads(details)) for user, details in found]


def moderator_of(klass: SchoolClass) -> MemberActor:
    tidy = klass.guild.create_role("Tidy", permissions=discord.Permissions(manage_messages=True))
    return klass.guild.add_member(klass.env.create_user("Mo"), roles=[tidy])


async def test_each_is_told_their_own_and_all_read_it(klass: SchoolClass, database: Path) -> None:
    await start(klass, pseudonyms=True)
    assert "Everybody speaks under a pseudonym" in text_of(card_in(klass))
    assert "A moderator can unmask one with a reason; each time is on the audit." in text_of(card_in(klass))
    assert "under your name" not in text_of(card_in(klass))

    told = answer(await press(klass.ann, card_in(klass), "My part"))
    ann = pseudonym_of(database, klass.ann)
    assert f"In this debate you are **{ann}**" in told
    await respond(klass, klass.ann, "attack")
    assert f"**{ann}**" in text_of(newest_in(klass))
    await reply(klass.ben, newest_in(klass), "Really?")
    assert f"answers {ann}" in text_of(newest_in(klass))
    assert pseudonym_of(database, klass.ben) in text_of(newest_in(klass))


async def test_it_is_theirs_in_every_question_and_after_a_restart(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass, pseudonyms=True)
        await side(running.klass, running.klass.ann, "To be able")
        ann = pseudonym_of(database, running.klass.ann)
        async with running.restart() as klass:
            await klass.teacher.slash(klass.channel, "discuss next")
            told = answer(await press(klass.ann, card_in(klass), "My part"))
            assert f"In this debate you are **{ann}**" in told
            await klass.teacher.slash(klass.channel, "discuss close")
            await start(klass, pseudonyms=True)
            assert ann not in answer(await press(klass.ann, card_in(klass), "My part"))


async def test_another_debate_gives_no_pseudonyms(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack")
    assert "**Ann**" in text_of(newest_in(klass))
    assert rows(database, "select * from pseudonyms") == []


@pytest.mark.parametrize("hears", [True, False])
async def test_what_is_typed_is_not_recorded_which_is_said_once(database: Path, hears: bool) -> None:
    intents = plain_intents()
    intents.message_content = hears
    async with school_class(database, intents=intents) as klass:
        await start(klass, pseudonyms=True)
        thread = thread_in(klass)
        found = klass.env.bot.get_channel(thread.id)
        assert isinstance(found, discord.Thread)
        assert found.locked
        for words in ("This is me.", "Me again."):
            message = await klass.ann.send(thread, words)
            await klass.ann.edit(message, f"{words} Ann.")
        await klass.env.advance_time(10)

        assert rows(database, "select * from responses") == []
        assert [text_of(post) for post in posts_in(thread) if post.author.bot] == [NOT_RECORDED]
        await respond(klass, klass.ann, "attack")
        assert pseudonym_of(database, klass.ann) in text_of(newest_in(klass))


async def test_what_was_typed_meanwhile_is_not_read_back(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass, pseudonyms=True)
        go_deaf(running.klass)
        await running.klass.ann.send(thread_in(running.klass), "Typed in between.")
        async with running.restart() as klass:
            await klass.env.advance_time(70)
            assert rows(running.database, "select * from responses") == []
            assert rows(running.database, "select * from gaps") == []


async def test_a_thread_that_may_not_be_locked_is_debated_in_all_the_same(klass: SchoolClass, database: Path) -> None:
    klass.env.inject_error("PATCH", "/channels/*", status=403)
    await start(klass, pseudonyms=True)
    found = klass.env.bot.get_channel(thread_in(klass).id)
    assert isinstance(found, discord.Thread)
    assert not found.locked
    await klass.ann.send(thread_in(klass), "This is me.")
    assert text_of(newest_in(klass)) == NOT_RECORDED
    assert rows(database, "select * from responses") == []


async def test_a_list_tells_neither_who_is_silent_nor_who_has_voted_in_secret(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, format="oxford-debate", pseudonyms=True)
    await side(klass, klass.ann, "To be able")
    ann = pseudonym_of(database, klass.ann)

    for command in ("discuss status", "discuss control"):
        told = answer(await klass.teacher.slash(klass.channel, command))
        assert "(2): 2 without a name here" in told
        assert ann not in told


async def test_lists_are_in_the_order_of_the_alphabet(database: Path) -> None:
    async with school_class(database, students=9) as klass:
        await start(klass, pseudonyms=True)
        for student in klass.students:
            await respond(klass, student, "attack")

        told = answer(await klass.teacher.slash(klass.channel, "discuss status"))

        [listed] = re.findall(r"\*\*Answered\*\* \(9\): (.*)", told)
        assert listed.split(", ") == sorted(pseudonym_of(database, student) for student in klass.students)


async def test_no_teacher_chooses_a_side_by_which_a_pseudonym_could_be_told(klass: SchoolClass, database: Path) -> None:
    await start(klass, format="structured-academic-controversy", pseudonyms=True)
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann))
    assert "drawn by lot alone" in told
    assert rows(database, "select count(*) from places") == [(0,)]
    assert audited(database, "discuss.control") == []


async def test_a_moderator_unmasks_one_with_a_reason_that_stands_on_the_audit(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, pseudonyms=True)
    for student in (klass.ann, klass.ben):
        await respond(klass, student, "attack")
    moderator, ann = moderator_of(klass), pseudonym_of(database, klass.ann)

    offered = await moderator.autocomplete(klass.channel, "unmask", "pseudonym", ann[:4].lower())
    assert f"{ann} #1" in {choice["value"] for choice in offered}
    assert await moderator.autocomplete(klass.channel, "unmask", "pseudonym", "%") == []
    told = answer(await moderator.slash(klass.channel, "unmask", pseudonym=f"{ann} #1", reason=WHY))
    assert f"**{ann}** in debate 1" in told
    assert f"is **Ann** (<@{klass.ann.id}>)" in told
    again = answer(await moderator.slash(klass.channel, "unmask", pseudonym=ann.lower(), reason=f"  {WHY}\n"))
    assert again == told

    details = {"session": "1", "pseudonym": ann, "reason": WHY}
    assert audited(database, "pseudonym.unmask") == [(moderator.id, details)] * 2


async def test_nobody_else_unmasks_anybody(klass: SchoolClass, database: Path) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "attack")
    moderator, ann = moderator_of(klass), pseudonym_of(database, klass.ann)

    for somebody in (klass.teacher, klass.ben):
        told = answer(await somebody.slash(klass.channel, "unmask", pseudonym=f"{ann} #1", reason=WHY))
        assert "Only a moderator" in told
        assert "Ann" not in told
        assert await somebody.autocomplete(klass.channel, "unmask", "pseudonym", "") == []
    for named in (f"{ann} #2", "Nobody Here #1", "Nobody Here", f"{ann} #999999999999999999"):
        told = answer(await moderator.slash(klass.channel, "unmask", pseudonym=named, reason=WHY))
        assert "Nobody goes by that pseudonym here" in told
    told = answer(await moderator.slash(klass.channel, "unmask", pseudonym=f"{ann} #1", reason=" " * 20 + "why"))
    assert "10 to 300 letters" in told

    there = klass.env.create_guild("Class 8C")
    far = there.create_text_channel("far")
    every = there.create_role("Every", permissions=discord.Permissions(manage_messages=True, manage_guild=True))
    stranger = there.add_member(klass.env.create_user("Zoe"), roles=[every])
    told = answer(await stranger.slash(far, "unmask", pseudonym=f"{ann} #1", reason=WHY))
    assert "Nobody goes by that pseudonym here" in told
    assert await stranger.autocomplete(far, "unmask", "pseudonym", "") == []
    assert audited(database, "pseudonym.unmask") == []


async def test_the_moderator_role_alone_decides_once_it_is_set(klass: SchoolClass, database: Path) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "attack")
    tidy, aides = moderator_of(klass), klass.guild.create_role("Aides")
    aide = klass.guild.add_member(klass.env.create_user("Ed"), roles=[aides])
    await klass.teacher.slash(klass.channel, "setup", moderator_role=aides)
    named = f"{pseudonym_of(database, klass.ann)} #1"

    assert "Only a moderator" in answer(await tidy.slash(klass.channel, "unmask", pseudonym=named, reason=WHY))
    assert "is **Ann**" in answer(await aide.slash(klass.channel, "unmask", pseudonym=named, reason=WHY))


async def test_no_transcript_names_anybody(klass: SchoolClass, database: Path) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "attack")
    moderator = moderator_of(klass)

    for somebody in (klass.teacher, moderator):
        asked: list[dict[str, Any]] = [
            {"names": "real"},
            {"student": klass.ann},
            {"format": "canvas"},
            {"format": "moodle"},
        ]
        for options in asked:
            told = answer(await export(klass, somebody, **options))
            assert "That debate is under pseudonyms" in told
            assert "`/unmask`" in told
    assert audited(database, "transcript.export") == []


async def test_the_form_for_a_transcript_asks_for_no_names(klass: SchoolClass, database: Path) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "attack")
    await klass.teacher.slash(klass.channel, "discuss close")
    form = await press(klass.teacher, newest_in(klass), "Transcript")
    assert '"custom_id": "names"' not in json.dumps(form.modal)

    told = await klass.teacher.submit_modal(form, {"format": "text"})

    assert told.followups or told.response
    [(_, details)] = audited(database, "transcript.export")
    assert details["names"] == "pseudonym"


async def test_the_operator_too_says_why(klass: SchoolClass, database: Path, tmp_path: Path) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "attack")
    out, here = tmp_path / "out", {"PARLEY_DATABASE": str(database)}
    asked = ("export", "--session", "1", "--out", str(out), "--format", "text", "--names", "real")

    for more, said in (
        ((), "--unmask and --reason"),
        (("--unmask",), "go together"),
        (("--reason", WHY), "go together"),
        (("--unmask", "--reason", "why"), "10 to 300 letters"),
    ):
        refused = await asyncio.to_thread(parley, *asked, *more, **here)
        assert refused.returncode == Exit.USAGE
        assert said in re.sub(r"\s+", " ", refused.stderr)
        assert not out.exists()
    done = await asyncio.to_thread(parley, *asked, "--unmask", "--reason", WHY, **here)

    assert done.returncode == Exit.OK, done.stderr
    [written] = out.iterdir()
    assert "Ann" in written.read_text(encoding="utf-8")
    details = {"session": "1", "pseudonym": "everybody", "reason": WHY}
    assert audited(database, "pseudonym.unmask") == [(None, details)]
