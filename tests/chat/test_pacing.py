"""How fast one person may act: who floods is told to wait, loses nothing, and slows nobody else."""

from pathlib import Path

from bot.chat.clicks import handlers
from bot.chat.client import Parley
from bot.chat.pacing import OF_COMMANDS, OF_VERBS, PACES, Kind
from tests.chat.doing import button, forge, posts_in, reply, respond, rows, side, start
from tests.chat.seeing import answer, card_in, thread_in
from tests.chat.uploads import elsewhere, file_in, library, offered, upload
from tests.conftest import SchoolClass, school_class
from tests.permissions.walking import commands_of, menus_of

TOO_MUCH = "That is more at once than Parley takes from one person. Go on in "


async def test_one_who_floods_a_class_of_thirty_slows_nobody(database: Path) -> None:
    async with school_class(database, students=30) as klass:
        await start(klass)
        flooder, *others = klass.students
        card, told = card_in(klass), list[str]()
        sides = [button(card, "To be able"), button(card, "To defend")]
        for number in range(1000):
            told.append(answer(await flooder.click(card, custom_id=sides[number % 2])))
            if number % 30 == 0 and others:
                assert "Recorded: you stand" in answer(await side(klass, others.pop(), "To defend"))
        assert not any(TOO_MUCH in each for each in told[:20])
        assert set(told[20:]) == {f"{TOO_MUCH}1 second."}
        assert not others
        assert rows(database, "select count(*), count(distinct user_id) from votes") == [(20 + 29, 30)]
        await klass.env.advance_time(1)
        assert TOO_MUCH not in answer(await flooder.click(card, custom_id=sides[0]))
        assert TOO_MUCH in answer(await flooder.click(card, custom_id=sides[1]))
        assert flooder.id in {user for (user,) in rows(database, "select user_id from votes where id = 50")}


async def test_a_form_too_many_hands_the_words_back_and_can_be_sent_again(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    for number in range(10):
        assert TOO_MUCH not in answer(await respond(klass, klass.ann, "attack", claim=f"Claim {number}"))
    late = await respond(klass, klass.ann, "attack", claim="A long thought.", evidence="In ¶3.")
    assert f"{TOO_MUCH}3 seconds." in answer(late)
    assert await file_in(late) == ("your-words.txt", "A long thought.\n\nIn ¶3.".encode())
    assert rows(database, "select count(*) from responses") == [(10,)]
    assert TOO_MUCH not in answer(await respond(klass, klass.ben, "attack"))
    await klass.env.advance_time(3)
    assert TOO_MUCH not in answer(await respond(klass, klass.ann, "attack", claim="A long thought."))
    assert rows(database, "select count(*) from responses") == [(12,)]


async def test_a_quick_student_and_a_busy_teacher_never_meet_a_limit(klass: SchoolClass) -> None:
    await start(klass)
    for _ in range(4):
        for label in ("To be able", "To defend", "To get"):
            assert TOO_MUCH not in answer(await side(klass, klass.ann, label))
    for _ in range(3):
        assert TOO_MUCH not in answer(await respond(klass, klass.ann, "attack"))
        assert TOO_MUCH not in answer(await reply(klass.ann, posts_in(thread_in(klass))[-1], "I agree."))
        for command in ("discuss status", "discuss control", "discuss extend", "prompts list", "discuss chart"):
            options = {"kind": "stances"} if command == "discuss chart" else {}
            result = await klass.teacher.slash(klass.channel, command, **options)
            assert TOO_MUCH not in answer(result)


async def test_forged_addresses_count_as_well(klass: SchoolClass) -> None:
    await start(klass)
    told = [answer(await forge(klass, klass.ann, f"parley:forged-{number}:1")) for number in range(21)]
    assert all("not known any more" in each for each in told[:20])
    assert told[20] == f"{TOO_MUCH}1 second."
    assert TOO_MUCH in answer(await side(klass, klass.ann, "To defend"))
    assert TOO_MUCH not in answer(await respond(klass, klass.ann, "attack"))


async def test_commands_and_what_is_offered_have_a_pace_too(klass: SchoolClass) -> None:
    told = [await upload(klass, b"title: x") for _ in range(11)]
    assert all("nothing has changed" in each for each in told[:10])
    assert told[10] == f"{TOO_MUCH}60 seconds."
    assert TOO_MUCH in await upload(klass, b"title: x")
    listed = [await library(klass) for _ in range(41)]
    assert all("Prompt sets" in each for each in listed[:40])
    assert listed[40] == f"{TOO_MUCH}1 second."
    suggested = [await offered(klass, "discuss start", "prompts") for _ in range(41)]
    assert all(suggested[:40])
    assert suggested[40] == []
    await klass.env.advance_time(1)
    assert await offered(klass, "discuss start", "prompts") == suggested[0]


async def test_a_teacher_of_two_schools_has_a_pace_in_each(klass: SchoolClass) -> None:
    other = elsewhere(klass)
    both = other.guild.add_member(klass.teacher.user, roles=[other.teacher_role])
    told = [await library(klass) for _ in range(41)]
    assert TOO_MUCH in told[-1]
    assert "Prompt sets" in await library(other, both)


async def test_what_is_typed_is_kept_however_fast_and_the_teacher_is_told(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    thread = thread_in(klass)
    for number in range(100):
        await klass.ann.send(thread, f"spam {number}")
    await klass.ben.send(thread, "A thought.")
    assert rows(database, "select count(*) from responses") == [(101,)]
    told = answer(await klass.teacher.slash(klass.channel, "discuss status"))
    assert "- Ann typed 70 messages faster than a class can read. All of them are on record." in told
    assert "Ben typed" not in told


async def test_the_table_names_what_there_is(klass: SchoolClass) -> None:
    bot = klass.env.bot
    assert isinstance(bot, Parley)
    assert OF_VERBS.keys() <= handlers().keys()
    assert OF_COMMANDS.keys() <= commands_of(bot) | menus_of(bot)
    assert PACES.keys() == set(Kind)
