"""`/privacy`: what is recorded of somebody, as they see it, take it away and erase it."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
from discord.utils import utcnow
from simcord import InteractionResult, MemberActor

from tests.chat.doing import (
    change,
    forge,
    newest_in,
    posts_in,
    press,
    reply,
    respond,
    restarting,
    rows,
    side,
    start,
)
from tests.chat.panels import shown
from tests.chat.seeing import answer, buttons_of, text_of, thread_in
from tests.chat.weathering import deny
from tests.conftest import SchoolClass
from tests.storage.test_leaving import integers

WORDS = "Only Ann would say zebracorn."


async def privacy(klass: SchoolClass, actor: MemberActor, what: str) -> InteractionResult:
    return await actor.slash(klass.channel, f"privacy {what}")


async def erase(klass: SchoolClass, actor: MemberActor) -> str:
    """By the command and its button; what is told in the end."""
    page = await privacy(klass, actor, "erase")
    return answer(await press(actor, shown(page), "Erase everything"))


async def a_debate(klass: SchoolClass) -> None:
    """In which Ann responds, Ben answers her and mentions her, and she types."""
    await start(klass)
    await side(klass, klass.ann, "To defend itself")
    await respond(klass, klass.ann, "defend", claim=WORDS)
    await reply(klass.ben, newest_in(klass), f"No, <@{klass.ann.id}>.")
    await klass.ann.send(thread_in(klass), f"And again: {WORDS}")
    await klass.env.advance_time(7)


def lies_on_disk(database: Path, *people: MemberActor) -> list[str]:
    """What of somebody is in the database, its write-ahead log, or anything beside them."""
    data = {file.name: file.read_bytes() for file in database.parent.iterdir() if file.is_file()}
    sought = [b"zebracorn", *(each for person in people for each in (str(person.id).encode(), *integers(person.id)))]
    return [f"{what!r} in {name}" for name, held in data.items() for what in sought if what in held]


async def test_show_tells_how_much_who_sees_it_how_long_and_how_to_erase_it(klass: SchoolClass, database: Path) -> None:
    assert "Nothing of yours is on record in this server." not in answer(await privacy(klass, klass.ann, "show"))
    await a_debate(klass)
    told = answer(await privacy(klass, klass.ann, "show"))
    assert "On record of you: 2 responses, 1 vote" in told
    assert "Kept as **Ann**. You agreed to be recorded <t:" in told
    assert "Reminders are off." in told
    for part in (
        "**Who sees it**",
        "**Under a pseudonym**",
        "until 180 days after a debate has ended",
        "/privacy erase",
    ):
        assert part in told
    assert "The oldest of yours goes" not in told
    assert WORDS not in told

    await klass.teacher.slash(klass.channel, "discuss close")
    [(closed,)] = rows(database, "select cast(strftime('%s', closed_at) as integer) from sessions")
    told = answer(await privacy(klass, klass.ann, "show"))
    assert f"The oldest of yours goes <t:{closed + 180 * 86400}:D>." in told


async def test_somebody_new_is_told_that_there_is_nothing(klass: SchoolClass, database: Path) -> None:
    change(database, f"delete from participants where user_id = {klass.ben.id}")
    assert "Nothing of yours is on record in this server." in answer(await privacy(klass, klass.ben, "show"))
    for what in ("export", "erase"):
        assert "Nothing of yours is on record in this server." in answer(await privacy(klass, klass.ben, what))


async def files_of(result: InteractionResult) -> dict[str, bytes]:
    messages = [*([result.response] if result.response else []), *result.followups]
    assert all(message.ephemeral for message in messages)
    return {file.filename: await file.read() for message in messages for file in message.attachments}


async def test_export_is_everything_of_ones_own_at_once_and_private(klass: SchoolClass) -> None:
    await a_debate(klass)
    await respond(klass, klass.ann, "attack", claim="=1+1", evidence="¶3")
    await privacy(klass, klass.ann, "reminders on")
    files = await files_of(await privacy(klass, klass.ann, "export"))
    assert set(files) == {"my-parley-record.json", "my-parley-record.csv"}

    data: dict[str, Any] = json.loads(files["my-parley-record.json"])
    assert data["member"]["name"] == "Ann"
    assert data["member"]["user_id"] == str(klass.ann.id)
    assert data["member"]["reminded_since"]
    assert [each["body"] for each in data["responses"]][:2] == [{"claim": WORDS}, {"text": f"And again: {WORDS}"}]
    assert data["responses"][0]["where"]["title"]
    assert [each["secret"] for each in data["votes"]] == [False, False]
    assert "No," not in str(data), "a classmate's words are not hers"

    table = list(csv.DictReader(io.StringIO(files["my-parley-record.csv"].decode("utf-8-sig"))))
    kinds = [line["kind"] for line in table]
    assert [kind for kind in kinds if kind != "asked"] == ["modal", "message", "modal", "vote", "vote"]
    assert "'=1+1" not in table[0]["text"]
    assert all(line["debate"] == "1" for line in table)
    assert not any(cell.startswith("=") for line in table for cell in line.values())


async def test_a_classmates_export_has_none_of_it(klass: SchoolClass) -> None:
    await a_debate(klass)
    files = await files_of(await privacy(klass, klass.ben, "export"))
    assert all(b"zebracorn" not in data for data in files.values())


async def test_erase_says_first_what_happens_and_does_it_by_its_button(klass: SchoolClass, database: Path) -> None:
    await a_debate(klass)
    page = await privacy(klass, klass.ann, "erase")
    told = answer(page)
    for part in ("2 responses, 1 vote", "**Replies to you** stay", "“Somebody who left”", "**On Discord**"):
        assert part in told
    assert buttons_of(shown(page)) == ["Erase everything"]
    assert lies_on_disk(database, klass.ann)

    told = answer(await press(klass.ann, shown(page), "Erase everything"))
    assert "**Erased.** 2 responses and 1 vote of yours, your name and your id are out of the record." in told
    await klass.env.advance_time(70)
    assert lies_on_disk(database, klass.ann) == []
    assert "Nothing of yours is on record" in answer(await privacy(klass, klass.ann, "show"))


async def test_posts_go_and_the_thread_stays_readable(klass: SchoolClass) -> None:
    await a_debate(klass)
    assert sum(WORDS in text_of(post) for post in posts_in(thread_in(klass))) == 3, "the answer quotes her"
    await erase(klass, klass.ann)
    await klass.env.advance_time(70)
    posts = [text_of(post) for post in posts_in(thread_in(klass))]
    assert not any("zebracorn" in post for post in posts)
    [answered] = [post for post in posts if "No," in post]
    assert "answers Somebody" in answered
    assert "a withdrawn response" in answered
    assert "@somebody" in answered
    assert "Ann" not in answered


async def test_what_one_typed_and_the_bot_may_not_delete_is_listed(klass: SchoolClass) -> None:
    await a_debate(klass)
    typed = newest_in(klass)
    await deny(klass, klass.channel, manage_messages=True)
    told = await erase(klass, klass.ann)
    assert "**Delete these yourself**" in told
    assert f"https://discord.com/channels/{klass.guild.id}/{thread_in(klass).id}/{typed.id}" in told


async def test_who_comes_back_is_asked_anew_and_counts_once(klass: SchoolClass, database: Path) -> None:
    await a_debate(klass)
    await erase(klass, klass.ann)
    assert rows(database, "select count(*) from votes") == [(0,)]
    asked = await side(klass, klass.ann, "To defend itself")
    assert buttons_of(shown(asked)) == ["I agree", "Not now"]
    await klass.ann.send(thread_in(klass), "Typed before she agrees again.")
    await press(klass.ann, shown(asked), "I agree")
    assert rows(database, "select user_id, stance from votes") == [(klass.ann.id, "defend")]
    assert rows(database, "select count(*) from responses where user_id = ?", klass.ann.id) == [(0,)]


async def test_a_debate_that_is_over_keeps_its_count(klass: SchoolClass, database: Path) -> None:
    await a_debate(klass)
    await side(klass, klass.ben, "To be able to attack")
    await klass.teacher.slash(klass.channel, "discuss close")
    before = rows(database, "select stance from votes order by id")
    await erase(klass, klass.ann)
    assert rows(database, "select stance from votes order by id") == before
    assert rows(database, "select count(*) from votes where user_id < 0") == [(1,)]
    told = answer(await klass.teacher.slash(klass.channel, "transcript list", session=1))
    assert "1 response" in told


async def test_the_audit_says_that_somebody_was_erased_and_not_who(klass: SchoolClass, database: Path) -> None:
    await a_debate(klass)
    await klass.teacher.slash(klass.channel, "transcript export", session=1, format="csv", names="real")
    await erase(klass, klass.ann)
    assert rows(database, "select user_id, details from audits where action = 'person.erase'") == [
        (0, '{"by":"themselves"}')
    ]
    await erase(klass, klass.teacher)
    assert rows(database, "select user_id from audits where action = 'transcript.export'") == [(0,)]
    assert "somebody who left" in answer(await klass.teacher.slash(klass.channel, "transcript log"))


async def test_a_restart_and_what_is_read_back_bring_nothing_of_it_again(database: Path) -> None:
    async with restarting(database) as room:
        klass = room.klass
        await a_debate(klass)
        await klass.ben.send(thread_in(klass), f"<@{klass.ann.id}> is right.")
        await deny(klass, klass.channel, manage_messages=True)
        await erase(klass, klass.ann)
        async with room.restart() as again:
            await again.env.advance_time(70)
            held = room.database.read_bytes()
            assert b"zebracorn" not in held
            assert str(again.ann.id).encode() not in held
            bodies = [body for (body,) in rows(room.database, "select body from responses")]
            assert sum("@somebody is right." in body for body in bodies) == 1
            assert rows(room.database, "select count(*) from revisions") == [(0,)]


async def test_an_edit_by_others_that_mentions_nobody_anew_is_followed_all_the_same(
    klass: SchoolClass, database: Path
) -> None:
    await a_debate(klass)
    said = await klass.ben.send(thread_in(klass), f"<@{klass.ann.id}> is right.")
    await erase(klass, klass.ann)
    await klass.ben.edit(said, "Nobody is right.")
    assert any("Nobody is right." in body for (body,) in rows(database, "select body from responses"))


async def test_a_forged_button_erases_nobody(klass: SchoolClass, database: Path) -> None:
    await a_debate(klass)
    await forge(klass, klass.ben, f"parley:erase:{klass.ann.id}")
    assert rows(database, "select count(*) from participants where user_id = ?", klass.ann.id) == [(1,)]
    assert rows(database, "select count(*) from participants where user_id = ?", klass.ben.id) == [(1,)]


async def test_another_server_keeps_its_own(klass: SchoolClass, database: Path) -> None:
    await a_debate(klass)
    other = klass.env.create_guild("Class 8A")
    there = other.create_text_channel("debate")
    guest = other.add_member(klass.ann.user)
    head = other.add_member(klass.env.create_user("Head"), roles=[_head(other)])
    await head.slash(there, "discuss start", prompts="single-lesson")
    await guest.send(there.threads[-1], "Elsewhere.")
    await erase(klass, klass.ann)
    assert rows(database, "select guild_id, body from responses where user_id = ?", klass.ann.id) == [
        (other.id, '{"text":"Elsewhere."}')
    ]


def _head(guild: Any) -> Any:
    return guild.create_role("Head", permissions=discord.Permissions(manage_guild=True))


async def test_a_running_bot_purges_by_itself_when_a_day_begins(klass: SchoolClass, database: Path) -> None:
    await a_debate(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    await klass.env.advance_time(70)
    assert rows(database, "select count(*) from sessions") == [(1,)]
    klass.room.now = lambda: utcnow() + timedelta(days=600)
    await klass.env.advance_time(3)
    assert rows(database, "select count(*) from sessions") == [(0,)]
    assert rows(database, "select count(*) from responses") == [(0,)]
    assert lies_on_disk(database, klass.ann) == []
    told = answer(await forge(klass, klass.ann, "parley:chart:1"))
    assert "This debate is not on record in this server." in told
