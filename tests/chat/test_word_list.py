"""The word list: who keeps it, and what becomes of words with a listed one in them."""

from pathlib import Path

import discord
import pytest
from simcord import MemberActor

from tests.chat.doing import fail_on, newest_in, press, reply, respond, restarting, rows, start
from tests.chat.order import in_thread, moderator, told, typed
from tests.chat.seeing import answer
from tests.chat.test_reading_first import REVIEWED, approve, reject
from tests.chat.weathering import find_connection, lose_connection
from tests.conftest import SchoolClass

LISTED = "It waits for a moderator: the class reads it once it is approved."


async def listed(klass: SchoolClass, word: str = "blockhead") -> str:
    """The teacher lists a word."""
    return answer(await klass.teacher.slash(klass.channel, "words add", word=word))


async def test_what_has_a_listed_word_waits_and_is_not_told_which(klass: SchoolClass, database: Path) -> None:
    assert "1 word is listed." in await listed(klass)
    await start(klass)
    sent = answer(await respond(klass, klass.ann, "defend", claim="Fair.", reasoning="You B\u200bLOCKHEA\u0301D!"))
    assert LISTED in sent
    assert "blockhead" not in sent
    assert in_thread(klass) == []
    assert "It stands in" in answer(await respond(klass, klass.ben, "attack", claim="A wooden block, a head."))
    assert LISTED in told(await reply(klass.ann, newest_in(klass), "Blockhead."))
    assert "It stands in" in answer(await respond(klass, klass.teacher, "attack", claim="Say not “blockhead”."))
    assert rows(database, "select review from responses") == [("waiting",), (None,), ("waiting",), (None,)]
    await approve(klass, klass.teacher)
    assert "LOCKHEA" in in_thread(klass)[-1]


async def test_a_change_to_a_listed_word_waits_too(klass: SchoolClass, database: Path) -> None:
    await listed(klass)
    await start(klass)
    recorded = await respond(klass, klass.ann, "defend", claim="Fair.")
    assert recorded.response is not None
    changing = await press(klass.ann, recorded.response, "Change")
    sent = await klass.ann.submit_modal(changing, {"stance": "defend", "claim": "Blockhead."})
    assert LISTED in answer(sent)
    assert in_thread(klass) == ["*This response waits for a moderator.*"]
    assert rows(database, REVIEWED) == [("waiting", 0)]
    changing = await press(klass.ann, recorded.response, "Change")
    assert LISTED in answer(await klass.ann.submit_modal(changing, {"stance": "defend", "claim": "Fair again."}))
    assert rows(database, REVIEWED) == [("waiting", 0)]
    await reject(klass, klass.teacher)
    changing = await press(klass.ann, recorded.response, "Change")
    assert LISTED in told(await klass.ann.submit_modal(changing, {"stance": "defend", "claim": "Fairer still."}))
    assert rows(database, REVIEWED) == [("waiting", 0)]


async def test_a_word_counts_from_the_moment_that_it_is_listed(klass: SchoolClass) -> None:
    await start(klass)
    assert "It stands in" in answer(await respond(klass, klass.ann, "defend", claim="Blockhead."))
    await listed(klass)
    assert LISTED in answer(await respond(klass, klass.ann, "defend", claim="Blockhead."))
    await klass.teacher.slash(klass.channel, "words remove", word="blockhead")
    assert "It stands in" in answer(await respond(klass, klass.ann, "defend", claim="Blockhead."))


async def test_typed_it_is_taken_out_of_the_thread_and_kept(klass: SchoolClass, database: Path) -> None:
    await listed(klass)
    await start(klass)
    fair = await typed(klass, klass.ann, "Fair words.")
    await typed(klass, klass.ben, "You blockhead.")
    assert in_thread(klass) == ["Fair words."]
    await klass.ann.edit(fair, "No, you blockhead!")
    assert in_thread(klass) == []
    assert rows(database, "select review, json_extract(body, '$.text') from responses") == [
        ("waiting", "No, you blockhead!"),
        ("waiting", "You blockhead."),
    ]
    own = answer(await klass.ann.slash(klass.channel, "my responses"))
    assert "waits for a moderator" in own
    await approve(klass, klass.teacher)
    assert "No, you blockhead!" in in_thread(klass)[0]
    assert rows(database, "select count(*) from outdated") == [(0,)]


async def test_typed_while_nobody_listened_it_waits_as_well(klass: SchoolClass, database: Path) -> None:
    await listed(klass)
    await start(klass)
    await lose_connection(klass)
    await typed(klass, klass.ben, "You blockhead.")
    await find_connection(klass)
    await klass.env.advance_time(70)
    assert rows(database, REVIEWED) == [("waiting", 0)]
    assert in_thread(klass) == []


async def test_words_are_kept_by_moderators_and_stand_on_the_audit(klass: SchoolClass, database: Path) -> None:
    mo = moderator(klass)
    assert "Listed" in answer(await mo.slash(klass.channel, "words add", word="  Dumm\u00adkopf  "))
    assert "listed already" in answer(await mo.slash(klass.channel, "words add", word="DUMMKOPF"))
    assert "nothing to be seen" in answer(await mo.slash(klass.channel, "words add", word="\u200b"))
    assert "mmkopf" not in answer(await klass.ann.slash(klass.channel, "words list"))
    for command, options in (("words add", {"word": "x"}), ("words remove", {"word": "x"}), ("words list", {})):
        assert "moderators and teachers" in answer(await klass.ann.slash(klass.channel, command, **options))
    assert "1 word is listed." in answer(await mo.slash(klass.channel, "words list"))
    assert await offered(klass, mo) == ["Dummkopf"]
    assert await offered(klass, klass.ann) == []
    assert "No longer listed" in answer(await mo.slash(klass.channel, "words remove", word="dummkopf"))
    assert "not listed" in answer(await mo.slash(klass.channel, "words remove", word="dummkopf"))
    assert rows(database, "select action, user_id from audits order by id") == [
        ("words.add", mo.id),
        ("words.remove", mo.id),
    ]
    await start(klass)
    assert "It stands in" in answer(await respond(klass, klass.ann, "defend", claim="Dummkopf."))


async def offered(klass: SchoolClass, actor: MemberActor) -> list[str]:
    """What is offered while one types the word to be removed."""
    return [str(choice["value"]) for choice in await actor.autocomplete(klass.channel, "words remove", "word", "mk")]


async def test_words_are_still_listed_after_a_restart(database: Path) -> None:
    async with restarting(database) as before:
        await listed(before.klass)
        await start(before.klass)
        async with before.restart() as klass:
            assert LISTED in answer(await respond(klass, klass.ann, "defend", claim="Blockhead."))


@pytest.mark.logs_errors
async def test_a_word_that_could_not_be_recorded_is_not_listed(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    fail_on(database, "broken", "INSERT ON listed_words")
    assert "not recorded" in await listed(klass)
    assert "It stands in" in answer(await respond(klass, klass.ann, "defend", claim="Blockhead."))


async def test_another_server_has_words_of_its_own(klass: SchoolClass) -> None:
    await listed(klass)
    assert "blockhead" in answer(await klass.teacher.slash(klass.channel, "words list"))
    elsewhere = klass.env.create_guild("Class 8C")
    channel = elsewhere.create_text_channel("debate")
    manager = elsewhere.create_role("Head", permissions=discord.Permissions(manage_guild=True))
    head = elsewhere.add_member(klass.env.create_user("Head"), roles=[manager])
    assert "No word is listed" in answer(await head.slash(channel, "words list"))
    assert "not listed" in answer(await head.slash(channel, "words remove", word="blockhead"))
