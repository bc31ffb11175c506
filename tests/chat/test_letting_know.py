"""Authors are told what a moderator has hidden of theirs: privately, with the reason, once, after what they do next."""

from pathlib import Path

import discord
import pytest
from simcord import InteractionResult

from tests.chat.doing import change, newest_in, press, reply, respond, restarting, rows, side, watch
from tests.chat.order import WORDS, debate, hide, menu, restore, told
from tests.chat.phases import seen_by
from tests.chat.seeing import card_in, text_of
from tests.conftest import SchoolClass

NOTE = "A moderator has hidden"


def noted(result: InteractionResult) -> list[str]:
    """Of what somebody is told, what is about something hidden."""
    return [text_of(message) for message in seen_by(result) if NOTE in text_of(message)]


async def test_the_author_is_told_once_after_the_next_click(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post, "It insults **Ben**. @everyone")
    assert rows(database, "select told_at from removals") == [(None,)]
    result = await side(klass, klass.ann, "To defend")
    assert NOTE not in text_of(seen_by(result)[0])
    [note] = noted(result)
    assert WORDS in note
    assert "The reason: It insults \\*\\*Ben\\*\\*. @everyone" in note
    assert rows(database, "select told_at is not null from removals") == [(1,)]
    assert noted(await side(klass, klass.ann, "To defend")) == []


async def test_three_long_reasons_fit_into_one_message(klass: SchoolClass, database: Path) -> None:
    await debate(klass)
    posts: list[discord.Message] = []
    for _ in range(3):
        await respond(klass, klass.ann, "defend", claim="*_" * 350)
        posts.append(newest_in(klass))
    for post in posts:
        await hide(klass, klass.teacher, post, "_*" * 250)
    change(database, "update rounds set prompt = json_set(prompt, '$.question', printf('%.*c', 300, 'q'))")
    [note] = noted(await side(klass, klass.ann, "To defend"))
    assert note.count(NOTE) == 3
    assert len(note) <= 2000
    assert rows(database, "select count(*) from removals where told_at is null") == [(0,)]


async def test_nobody_else_is_told(klass: SchoolClass) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post)
    assert noted(await side(klass, klass.ben, "To defend")) == []
    assert noted(await klass.teacher.slash(klass.channel, "discuss status")) == []


@pytest.mark.parametrize("by", ["command", "refused command", "menu", "form"])
async def test_the_author_is_told_whatever_they_do_next(klass: SchoolClass, by: str) -> None:
    post = await debate(klass)
    await reply(klass.ben, post, "Why?")
    shown = await press(klass.ann, card_in(klass), "Respond")
    await hide(klass, klass.teacher, post)
    match by:
        case "command":
            result = await klass.ann.slash(klass.channel, "my responses")
        case "refused command":
            result = await klass.ann.slash(klass.channel, "discuss close")
        case "menu":
            result = await menu(klass, klass.ann, "Withdraw my response", newest_in(klass))
        case _:
            result = await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "Another."})
    assert len(noted(result)) == 1
    assert noted(await klass.ann.slash(klass.channel, "my responses")) == []


async def test_a_form_is_answered_before_its_author_is_told(klass: SchoolClass) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post)
    opened = await press(klass.ann, card_in(klass), "Respond")
    assert opened.modal is not None
    assert not opened.followups
    assert len(noted(await klass.ann.submit_modal(opened, {"stance": "defend", "claim": "Another."}))) == 1


async def test_what_is_restored_before_is_never_told(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post)
    await restore(klass, klass.teacher, post)
    assert noted(await side(klass, klass.ann, "To defend")) == []
    await hide(klass, klass.teacher, post, "On second thoughts.")
    assert len(noted(await side(klass, klass.ann, "To defend"))) == 1
    assert rows(database, "select reason from removals") == [("On second thoughts.",)]


async def test_several_are_told_together_and_what_is_too_much_next_time(klass: SchoolClass) -> None:
    posts = [await debate(klass)]
    for number in range(4):
        await reply(klass.ann, posts[0], f"Number {number}.")
        posts.append(newest_in(klass))
    for post in posts:
        await hide(klass, klass.teacher, post)
    first = noted(await klass.ann.slash(klass.channel, "my responses"))
    assert [note.count(NOTE) for note in first] == [3]
    assert [note.count(NOTE) for note in noted(await klass.ann.slash(klass.channel, "my responses"))] == [2]
    assert noted(await klass.ann.slash(klass.channel, "my responses")) == []


async def test_it_is_told_after_a_restart_too_and_not_again(database: Path) -> None:
    async with restarting(database) as running:
        post = await debate(running.klass)
        await hide(running.klass, running.klass.teacher, post)
        async with running.restart() as klass:
            assert len(noted(await side(klass, klass.ann, "To defend"))) == 1
            assert noted(await side(klass, klass.ann, "To defend")) == []
            assert rows(running.database, "select told_at is not null from removals") == [(1,)]


async def test_what_was_told_is_not_told_again_after_a_restart(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await hide(klass, klass.teacher, await debate(klass))
        assert len(noted(await side(klass, klass.ann, "To defend"))) == 1
        async with running.restart() as klass:
            assert noted(await side(klass, klass.ann, "To defend")) == []


async def test_what_could_not_be_told_is_told_next_time(klass: SchoolClass, database: Path) -> None:
    await hide(klass, klass.teacher, await debate(klass))
    klass.env.inject_error("POST", "/webhooks/*", status=500)
    assert noted(await side(klass, klass.ann, "To defend")) == []
    assert rows(database, "select told_at from removals") == [(None,)]
    assert len(noted(await side(klass, klass.ann, "To defend"))) == 1


async def test_what_its_author_has_withdrawn_meanwhile_is_told_without_words(klass: SchoolClass) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post)
    page = await menu(klass, klass.ann, "Withdraw my response", post)
    assert "Withdrawn" in told(page)
    [note] = noted(page)
    assert "a response of yours" in note
    assert WORDS not in note


async def test_another_servers_member_of_the_same_name_is_not_told(klass: SchoolClass) -> None:
    """Ann is in two servers: what is hidden in one is told there alone."""
    await hide(klass, klass.teacher, await debate(klass))
    other = klass.env.create_guild("Class 8C")
    place = other.create_text_channel("debate")
    there = other.add_member(klass.ann.user)
    assert noted(await there.slash(place, "my responses")) == []
    assert len(noted(await klass.ann.slash(klass.channel, "my responses"))) == 1


async def test_nothing_pings(klass: SchoolClass) -> None:
    await hide(klass, klass.teacher, await debate(klass), "@everyone @here <@1>")
    seen = watch(klass)
    await side(klass, klass.ann, "To defend")
    sent = [entry.json for entry in seen if entry.json and NOTE in str(entry.json)]
    assert sent
    assert all(each.get("allowed_mentions") == {"parse": []} for each in sent)
