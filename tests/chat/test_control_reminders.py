"""The panel's Remind: private, only to who has asked for it, and not often."""

from pathlib import Path

import discord
import pytest
from simcord import MemberActor

from tests.chat.doing import change, forge, press, restarting, rows
from tests.chat.panels import TWENTY, act, acts_on_audit, begin, notices, open_panel, shown
from tests.chat.seeing import buttons_of, text_of, thread_in
from tests.conftest import SchoolClass, school_class


def asks(database: Path, klass: SchoolClass, *students: MemberActor) -> None:
    """These students want to be reminded."""
    for student in students:
        change(database, f"insert into reminders values ({klass.guild.id}, {student.id}, '2026-01-01 00:00:00.000000')")


def letters(student: MemberActor) -> list[discord.Message]:
    """The direct messages that somebody has got."""
    return sorted(student.user.dm_channel.history(), key=lambda message: message.id)


async def test_only_who_has_asked_is_reminded_of_what_is_left(database: Path) -> None:
    async with school_class(database, students=7) as klass:
        await begin(klass)
        asks(database, klass, *klass.students[:4])
        panel = await act(klass, await open_panel(klass), "Next phase")
        assert "**Remind** sends 4 of the 7 who have something left a direct message" in text_of(panel)
        form = await press(klass.ben, notices(klass)[1], "Respond")
        await klass.ben.submit_modal(form, {"stance": "defend", **TWENTY})
        panel = await act(klass, panel, "Remind")
        assert "**Reminded 4 of 7 who have something left; 3 have not asked for reminders.**" in text_of(panel)
        assert [len(letters(student)) for student in klass.students] == [1, 1, 1, 1, 0, 0, 0]
        letter = letters(klass.ann)[0].content
        assert "What are North Korea's missile tests mainly for?" in letter
        assert "You still have to write 1 response and 1 reply. “Opening” lasts until <t:" in letter
        assert f"https://discord.com/channels/{klass.guild.id}/{thread_in(klass).id}" in letter
        assert "`/privacy reminders" in letter
        assert "You still have to write 1 reply." in letters(klass.ben)[0].content
        assert acts_on_audit(database) == ["next", "nudge"]
        assert rows(database, "select details from audits order by id desc limit 1") == [
            ('{"what":"nudge","round":"1","phase":"1","reminded":"4","unfinished":"7"}',)
        ]


async def test_nobody_is_reminded_twice_in_ten_minutes(database: Path) -> None:
    async with restarting(database) as running:
        await begin(running.klass)
        asks(database, running.klass, running.klass.ann)
        panel = await act(running.klass, await open_panel(running.klass), "Next phase")
        panel = await act(running.klass, panel, "Remind")
        panel = await act(running.klass, panel, "Remind")
        told = "Reminded 0 of 2 who have something left; 1 has not asked for reminders; 1 has been reminded less than"
        assert told in text_of(panel)
        async with running.restart() as klass:
            [guild] = klass.env.bot.guilds
            await guild.chunk()  # as Discord's members come after a start
            panel = await act(klass, panel, "Remind")
            assert told in text_of(panel)
            assert len(letters(klass.ann)) == 1
            await klass.env.advance_time(598)
            assert told in text_of(await act(klass, panel, "Remind"))
            await klass.env.advance_time(3)
            assert "Reminded 1 of 2" in text_of(await act(klass, panel, "Remind"))
            assert len(letters(klass.ann)) == 2


async def test_who_has_done_everything_is_left_alone(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    asks(database, klass, klass.ann)
    panel = await act(klass, await open_panel(klass), "Next phase")
    change(
        database,
        "insert into responses (guild_id, round_id, user_id, role, source, body, created_at, phase) values "
        + ", ".join(
            f"({klass.guild.id}, 1, {klass.ann.id}, 'student', '{source}', '{{}}', '2026-01-01 00:00:00.000000', 1)"
            for source in ("modal", "reply")
        ),
    )
    change(database, "update responses set message_id = id")
    told = text_of(shown(await forge(klass, klass.teacher, "parley:control:nudge:1:1")))
    assert "Reminded 0 of 1 who have something left; 1 has not asked for reminders." in told
    assert letters(klass.ann) == []
    panel = await act(klass, panel, "Refresh")
    assert "**1 of 2** have done what is required" in text_of(panel)
    assert "Remind" not in buttons_of(panel)


async def test_closed_direct_messages_are_counted(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    asks(database, klass, klass.ann, klass.ben)
    klass.env.inject_error("POST", f"/channels/{klass.ann.user.dm_channel.id}/messages", status=403)
    panel = await act(klass, await open_panel(klass), "Remind")
    assert "Reminded 1 of 2 who have something left; 1 has closed their direct messages to Parley." in text_of(panel)
    assert (len(letters(klass.ann)), len(letters(klass.ben))) == (0, 1)


async def test_a_format_that_requires_nothing_reminds_nobody(klass: SchoolClass, database: Path) -> None:
    await begin(klass, "open-floor")
    asks(database, klass, klass.ann)
    panel = await open_panel(klass)
    assert "**Remind** has nothing to remind anybody of: nothing is required." in text_of(panel)
    assert "Remind" not in buttons_of(panel)
    result = await forge(klass, klass.teacher, "parley:control:nudge:1:0")
    told = [text_of(message) for message in [*result.followups, shown(result)]]
    assert any("“Open floor” requires nothing, so there is nothing to remind anybody of." in words for words in told)
    assert letters(klass.ann) == []


@pytest.mark.parametrize("gone", ["other guild", "took no part"])
async def test_who_asked_elsewhere_is_not_reminded_here(klass: SchoolClass, database: Path, gone: str) -> None:
    await begin(klass)
    elsewhere = klass.env.create_user("Elsewhere")
    guild_id = klass.guild.id if gone == "took no part" else klass.guild.id + 1
    who = elsewhere.id if gone == "took no part" else klass.ann.id
    change(database, f"insert into reminders values ({guild_id}, {who}, '2026-01-01 00:00:00.000000')")
    told = text_of(shown(await forge(klass, klass.teacher, "parley:control:nudge:1:0")))
    assert "Reminded 0 of 2 who have something left; 2 have not asked for reminders." in told
    assert letters(klass.ann) == []
