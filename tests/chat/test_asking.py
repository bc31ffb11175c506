"""Asking the bot something in a debate's thread: answered from the article, and never recorded."""

from pathlib import Path

import discord
import pytest

from bot.chat.cards.answer_page import MOST_SAID
from bot.chat.connecting import plain_intents
from tests.chat.doing import bodies_of, posts_in, press, respond, restarting, rows, start, watch
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.chat.weathering import go_deaf
from tests.conftest import SchoolClass, school_class


def mention(klass: SchoolClass) -> str:
    return f"<@{klass.env.backend.bot_user.id}>"


def answers_in(klass: SchoolClass) -> list[discord.Message]:
    """What the bot said in the newest thread as a reply to a message."""
    return [post for post in posts_in(thread_in(klass)) if post.reference is not None and post.author.bot]


def responses(database: Path) -> int:
    return rows(database, "select count(*) from responses")[0][0]


async def test_a_question_is_answered_with_the_passage_and_is_no_response(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    seen = watch(klass)
    asked = await klass.ann.send(thread_in(klass), f"{mention(klass)} what did Moon say?")

    (found,) = answers_in(klass)
    assert found.reference is not None
    assert found.reference.message_id == asked.id
    assert "> For, as South Korean president Moon Jae-in has continuously argued" in found.content
    assert "-# ¶3" in found.content
    assert responses(database) == 0
    (sent,) = bodies_of(seen, "POST", "*/messages")
    assert sent["allowed_mentions"]["parse"] == []
    assert not sent["allowed_mentions"].get("replied_user")
    await klass.env.advance_time(6)
    assert "0 responses" in text_of(card_in(klass))


@pytest.mark.parametrize("form", ["{} {}", "{}: {}", "  {}{}", "{1} {0}", "{1} {0}?!"])
async def test_the_mention_stands_before_the_question_or_behind_it(
    klass: SchoolClass, database: Path, form: str
) -> None:
    await start(klass)
    await klass.ann.send(thread_in(klass), form.format(mention(klass), "does it mention Japan"))
    assert [post.content.splitlines()[0] for post in answers_in(klass)] == ["Yes, it does:"]
    assert responses(database) == 0


async def test_what_is_said_about_the_bot_or_under_its_posts_is_a_response(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ben, "defend")
    await klass.ann.send(thread_in(klass), f"I think {mention(klass)} is wrong about China.")
    await klass.ann.send(thread_in(klass), "Where does it say that?", reply_to=posts_in(thread_in(klass))[-2])
    await klass.ann.send(thread_in(klass), f"<@{klass.ben.id}> what did Moon say")
    assert answers_in(klass) == []
    assert responses(database) == 4


async def test_the_bot_says_plainly_what_the_article_does_not_say_and_repeats_nothing(klass: SchoolClass) -> None:
    await start(klass)
    await klass.ann.send(thread_in(klass), f"{mention(klass)} does it mention @everyone in Brazil <@{klass.ben.id}>")
    await klass.ann.send(thread_in(klass), f"{mention(klass)}")
    first, second = [post.content for post in answers_in(klass)]
    assert first == "The article does not say that, and nothing in it is near."
    assert second.startswith("Ask the article: “¶2”")


async def test_an_answer_is_of_a_thousand_characters_at_most(klass: SchoolClass) -> None:
    await start(klass)
    for question in ("¶2", "where does it say China", "what does benefactor mean", "north korea"):
        await klass.ann.send(thread_in(klass), f"{mention(klass)} {question}")
    answers = [post.content for post in answers_in(klass)]
    assert len(answers) == 4
    assert all(100 < len(words) <= MOST_SAID for words in answers)


async def test_an_edit_is_not_answered_again_and_a_question_that_becomes_words_is_recorded(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    asked = await klass.ann.send(thread_in(klass), f"{mention(klass)} ¶1")
    await klass.ann.edit(asked, f"{mention(klass)} ¶2")
    assert (len(answers_in(klass)), responses(database)) == (1, 0)
    await klass.ann.edit(asked, "China matters.")
    assert (len(answers_in(klass)), responses(database)) == (1, 1)
    await klass.ann.edit(asked, f"{mention(klass)} China matters.")
    assert len(answers_in(klass)) == 1
    assert "China matters" in answer(await klass.ann.slash(klass.channel, "my responses"))
    assert rows(database, "select count(*) from revisions") == [(1,)]


async def test_other_bots_and_other_channels_are_not_answered(klass: SchoolClass) -> None:
    await start(klass)
    other = klass.env.create_user("Other bot", bot=True)
    klass.guild.add_member(other)
    klass.env.backend.create_message(thread_in(klass).id, other.id, f"{mention(klass)} ¶1")
    seen = watch(klass)
    await klass.ann.send(klass.channel, f"{mention(klass)} ¶1")
    await klass.env.settle()
    assert answers_in(klass) == []
    assert bodies_of(seen, "POST", "*/messages") == []


async def test_whoever_has_not_agreed_may_ask_and_nothing_of_it_is_kept(database: Path) -> None:
    async with school_class(database, agreed=False) as klass:
        await start(klass)
        await klass.ann.send(thread_in(klass), f"{mention(klass)} ¶4")
        assert len(answers_in(klass)) == 1
        assert responses(database) == 0
        assert rows(database, "select count(*) from participants where user_id = ?", klass.ann.id) == [(0,)]
        assert len([post for post in posts_in(thread_in(klass)) if post.author.bot]) == 1


async def test_without_the_intent_a_question_is_answered_all_the_same(database: Path) -> None:
    async with school_class(database, intents=plain_intents()) as klass:
        await start(klass)
        await klass.ann.send(thread_in(klass), f"{mention(klass)} ¶4")
        await klass.ann.send(thread_in(klass), "¶4")
        assert len(answers_in(klass)) == 1
        assert responses(database) == 0


async def test_whoever_asks_without_end_is_answered_a_few_times(klass: SchoolClass) -> None:
    await start(klass)
    for _ in range(20):
        await klass.ann.send(thread_in(klass), f"{mention(klass)} ¶1")
    assert len(answers_in(klass)) == 8
    await klass.ben.send(thread_in(klass), f"{mention(klass)} ¶1")
    assert len(answers_in(klass)) == 9


async def test_a_closed_debate_answers_nothing_in_its_thread_and_still_in_private(klass: SchoolClass) -> None:
    await start(klass)
    thread = thread_in(klass)
    klass.env.inject_error("PATCH", f"/channels/{thread.id}", status=403, times=None)
    await klass.teacher.slash(klass.channel, "discuss close")
    await klass.teacher.send(thread, f"{mention(klass)} ¶1")
    assert [post for post in posts_in(thread) if post.reference is not None] == []
    assert "-# ¶1" in answer(await klass.ann.slash(klass.channel, "article ask", question="¶1"))


async def test_under_pseudonyms_the_thread_says_once_that_typed_words_show_names(klass: SchoolClass) -> None:
    await start(klass, pseudonyms=True)
    await klass.ann.send(thread_in(klass), f"{mention(klass)} ¶1")
    assert answers_in(klass) == []
    assert "-# ¶1" in answer(await klass.ann.slash(klass.channel, "article ask", question="¶1"))


async def test_a_mention_is_no_way_around_a_moderator(klass: SchoolClass, database: Path) -> None:
    await start(klass, approve_first=True)
    await klass.ann.send(thread_in(klass), f"{mention(klass)} what a fool you are")
    assert answers_in(klass) == []
    assert rows(database, "select review is not null from responses") == [(1,)]
    await klass.teacher.send(thread_in(klass), f"{mention(klass)} ¶1")
    assert len(answers_in(klass)) == 1


async def test_a_listed_word_waits_though_it_is_said_to_the_bot(klass: SchoolClass, database: Path) -> None:
    await klass.teacher.slash(klass.channel, "words add", word="fool")
    await start(klass)
    await klass.ann.send(thread_in(klass), f"{mention(klass)} are you a fool")
    assert answers_in(klass) == []
    assert responses(database) == 1


async def test_what_was_asked_while_the_bot_was_away_is_neither_recorded_nor_answered(database: Path) -> None:
    async with restarting(database) as world:
        klass = world.klass
        await start(klass)
        await klass.ann.send(thread_in(klass), f"{mention(klass)} does it mention Japan")
        go_deaf(klass)
        await klass.ann.send(thread_in(klass), f"{mention(klass)} what did Moon say")
        await klass.ben.send(thread_in(klass), "Talk now.")
        async with world.restart() as again:
            await again.env.settle()
            assert rows(world.database, "select body from responses") == [('{"text":"Talk now."}',)]
            assert [post.content.splitlines()[0] for post in answers_in(klass)] == ["Yes, it does:"]


async def test_an_answer_that_discord_does_not_take_is_no_gap_in_the_record(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    klass.env.inject_error("POST", f"/channels/{thread_in(klass).id}/messages", status=403, code=50013)
    await klass.ann.send(thread_in(klass), f"{mention(klass)} ¶1")
    assert answers_in(klass) == []
    assert rows(database, "select count(*) from gaps") == [(0,)]
    await press(klass.ann, card_in(klass), "Read the article")
