"""`/setup`, and who may do what before and after it."""

from pathlib import Path
from typing import Any

import discord

from tests.chat.doing import rows, start
from tests.chat.seeing import answer, thread_in
from tests.conftest import SchoolClass

TEACHERS_ONLY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("discuss start", {"prompts": "single-lesson"}),
    ("discuss next", {}),
    ("discuss status", {}),
    ("discuss extend", {}),
    ("discuss close", {}),
    ("discuss list", {}),
    ("discuss schedule", {"when": "in 1 hour", "prompts": "single-lesson"}),
    ("discuss scheduled", {}),
    ("prompts list", {}),
    ("prompts reload", {}),
)


async def test_a_student_is_refused_what_is_for_teachers(klass: SchoolClass) -> None:
    for command, options in TEACHERS_ONLY:
        assert answer(await klass.ann.slash(klass.channel, command, **options)) == (
            "This is for teachers: members with the permission Manage Server. "
            "Who runs the server can change that: `/setup`."
        )
    assert not klass.channel.history()


async def test_a_student_is_refused_in_the_middle_of_a_debate_too(klass: SchoolClass) -> None:
    await start(klass)
    for command in ("discuss next", "discuss extend", "discuss close", "discuss status"):
        assert "This is for teachers" in answer(await klass.ann.slash(klass.channel, command))
    assert len(klass.channel.threads) == 1


async def test_the_teacher_role_makes_teachers_and_nobody_can_lock_themselves_out(klass: SchoolClass) -> None:
    helpers = klass.guild.create_role("Helpers")
    helper = klass.guild.add_member(klass.env.create_user("Cleo"), roles=[helpers])
    assert "for teachers" in answer(await helper.slash(klass.channel, "discuss list"))

    told = answer(await klass.teacher.slash(klass.channel, "setup", teacher_role=helpers))

    assert f"Teachers: <@&{helpers.id}>, and members with Manage Server." in told
    assert "No debate has been held here yet" in answer(await helper.slash(klass.channel, "discuss list"))
    assert "No debate has been held here yet" in answer(await klass.teacher.slash(klass.channel, "discuss list"))
    assert "members with the teacher role" in answer(await klass.ann.slash(klass.channel, "discuss list"))


async def test_only_who_manages_the_server_may_set_up_even_when_the_command_is_shown_to_others(
    klass: SchoolClass,
) -> None:
    everyone = klass.guild.create_role("Class")
    pupil = klass.guild.add_member(klass.env.create_user("Dora"), roles=[everyone])
    _show_to_all(klass)

    told = answer(await pupil.slash(klass.channel, "setup", teacher_role=everyone))

    assert told == "`/setup` is for members with the permission Manage Server."
    assert "for teachers" in answer(await pupil.slash(klass.channel, "discuss list"))


async def test_setup_keeps_what_is_not_named_and_reset_forgets_all(klass: SchoolClass) -> None:
    helpers, aides = klass.guild.create_role("Helpers"), klass.guild.create_role("Aides")
    hall = klass.guild.create_text_channel("hall")
    await klass.teacher.slash(klass.channel, "setup", teacher_role=helpers)
    await klass.teacher.slash(klass.channel, "setup", moderator_role=aides)
    told = answer(await klass.teacher.slash(klass.channel, "setup", default_channel=hall))
    assert f"<@&{helpers.id}>" in told
    assert f"Moderators: <@&{aides.id}>." in told
    assert f"Debates are posted in <#{hall.id}>." in told

    told = answer(await klass.teacher.slash(klass.channel, "setup", reset=True))

    assert "Teachers: members with Manage Server." in told
    assert "Moderators: members with Manage Messages." in told
    assert "Debates are posted in the channel they are started in." in told
    assert told.split("Teachers")[1] == answer(await klass.teacher.slash(klass.channel, "setup")).split("Teachers")[1]


async def test_debates_are_posted_in_the_default_channel_wherever_they_are_started(klass: SchoolClass) -> None:
    hall = klass.guild.create_text_channel("hall")
    await klass.teacher.slash(klass.channel, "setup", default_channel=hall)

    told = answer(await start(klass))

    assert not klass.channel.history()
    assert f"<#{hall.threads[0].id}>" in told
    assert "has ended after 1 question" in answer(await klass.teacher.slash(klass.channel, "discuss close"))


async def test_a_named_channel_goes_before_the_default_one(klass: SchoolClass) -> None:
    await klass.teacher.slash(klass.channel, "setup", default_channel=klass.guild.create_text_channel("hall"))
    den = klass.guild.create_text_channel("den")

    await klass.teacher.slash(klass.channel, "discuss start", prompts="single-lesson", channel=den)

    assert den.threads


async def test_a_default_channel_in_which_the_bot_may_not_post_is_refused_by_name(klass: SchoolClass) -> None:
    attic = klass.guild.create_text_channel(
        "attic", overwrites={klass.guild.default_role: discord.PermissionOverwrite(create_public_threads=False)}
    )
    told = answer(await klass.teacher.slash(klass.channel, "setup", default_channel=attic))

    assert "Missing: Create Public Threads." in told
    assert "the channel they are started in" in answer(await klass.teacher.slash(klass.channel, "setup"))


async def test_a_default_channel_that_is_gone_is_said_to_be_gone(klass: SchoolClass) -> None:
    hall = klass.guild.create_text_channel("hall")
    await klass.teacher.slash(klass.channel, "setup", default_channel=hall)
    klass.env.backend.delete_channel(hall.id)

    assert "`/setup`" in answer(await start(klass))


async def test_who_speaks_is_recorded_with_the_role_that_setup_gives_them(klass: SchoolClass, database: Any) -> None:
    aides = klass.guild.create_role("Aides")
    aide = klass.guild.add_member(klass.env.create_user("Ed"), roles=[aides])
    await klass.teacher.slash(klass.channel, "setup", moderator_role=aides)
    await start(klass)
    for actor in (klass.teacher, aide, klass.ann):
        await actor.send(thread_in(klass), "Hello.")

    assert rows(database, "select role from responses order by id") == [("teacher",), ("moderator",), ("student",)]


async def test_until_setup_moderators_are_those_with_manage_messages(klass: SchoolClass, database: Any) -> None:
    tidy = klass.guild.create_role("Tidy", permissions=discord.Permissions(manage_messages=True))
    aide = klass.guild.add_member(klass.env.create_user("Ed"), roles=[tidy])
    await start(klass)
    await aide.send(thread_in(klass), "Hello.")

    assert rows(database, "select role from responses") == [("moderator",)]


def _show_to_all(klass: SchoolClass) -> None:
    command = next(c for c in klass.env.backend.commands[None].values() if c["name"] == "setup")
    command["default_member_permissions"] = None


async def test_who_is_asked_and_how_long_all_is_kept_is_the_guilds_to_say(klass: SchoolClass, database: Path) -> None:
    told = answer(await klass.teacher.slash(klass.channel, "setup"))
    assert "Each member is asked before anything of theirs is recorded." in told
    assert "A debate is erased 180 days after its end." in told
    assert rows(database, "select count(*) from audits") == [(0,)]
    told = answer(await klass.teacher.slash(klass.channel, "setup", consent="school", retention_days=30))
    assert "The school has agreed for its students" in told
    assert "A debate is erased 30 days after its end." in told
    [(by, details)] = rows(database, "select user_id, details from audits where action = 'setup.change'")
    assert by == klass.teacher.user.id
    assert details == '{"consent":"school","retention_days":"30"}'
    told = answer(await klass.teacher.slash(klass.channel, "setup", teacher_role=klass.teacher_role))
    assert "30 days" in told
    told = answer(await klass.teacher.slash(klass.channel, "setup", reset=True))
    assert "Each member is asked" in told
    assert "180 days" in told
