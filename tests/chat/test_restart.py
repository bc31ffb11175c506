"""A bot that stops in the middle of a round and starts again: nothing is lost, nothing is posted twice."""

from pathlib import Path

import pytest

from tests.chat.doing import (
    bodies_of,
    fail_on,
    mend,
    newest_in,
    posts_in,
    press,
    respond,
    restarting,
    rows,
    side,
    start,
    watch,
)
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import SchoolClass, school_class


async def test_buttons_modals_timer_and_card_go_on(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass)
        await side(running.klass, running.klass.ann, "To be able")
        receipt = await respond(running.klass, running.klass.ann, "attack")
        responding = await press(running.klass.ben, card_in(running.klass), "Respond")
        replying = await press(running.klass.ben, newest_in(running.klass), "Reply")
        assert receipt.response is not None
        changing = await press(running.klass.ann, receipt.response, "Change")
        await running.klass.env.advance_time(100)
        async with running.restart() as klass:
            assert "you have moved from" in answer(await side(klass, klass.ann, "To defend itself"))
            for actor, opened, words in (
                (klass.ben, responding, {"stance": "attack", "claim": "Ships."}),
                (klass.ben, replying, {"text": "Really?"}),
                (klass.ann, changing, {"stance": "bargain", "claim": "Better."}),
            ):
                assert "**Recorded.**" in answer(await actor.submit_modal(opened, words))
            assert "Withdrawn" in answer(await press(klass.ann, receipt.response, "Withdraw"))
            await klass.ben.send(thread_in(klass), "Typed after the restart.")
            assert rows(running.database, "select source, withdrawn_at is null from responses order by id") == [
                ("modal", 0),
                ("modal", 1),
                ("reply", 1),
                ("message", 1),
            ]
            await klass.env.advance_time(6)
            assert buttons_of(card_in(klass))[:3] == [
                "To be able to attack · 1",
                "To defend itself · 0",
                "To get concessions · 1",
            ]
            await klass.env.advance_time(600 - 106 - 2)
            assert rows(running.database, "select closing from rounds") == [(None,)]
            await klass.env.advance_time(3)
            assert rows(running.database, "select closing from rounds") == [("time",)]
            assert "the time is over" in text_of(card_in(klass))


async def test_a_round_whose_time_ran_out_meanwhile_is_closed_at_once(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass, minutes=1)
        await side(running.klass, running.klass.ann, "To be able")
        running.klass.env.backend.advance_clock(3600)
        async with running.restart() as klass:
            await klass.env.advance_time(1)
            assert "the time is over" in text_of(card_in(klass))
            assert sum("The count" in text_of(post) for post in posts_in(thread_in(klass))) == 1
            assert "Question 2 is on" in answer(await klass.teacher.slash(klass.channel, "discuss next"))


async def test_a_vote_that_the_card_never_showed_is_shown(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass)
        await side(running.klass, running.klass.ann, "To be able")
        assert buttons_of(card_in(running.klass))[0] == "To be able to attack · 0"
        async with running.restart() as klass:
            await klass.env.advance_time(6)
            assert buttons_of(card_in(klass))[0] == "To be able to attack · 1"


POSTS = {
    "card": ("/channels/*/messages", "UPDATE OF card_id ON rounds"),
    "thread": ("/channels/*/messages/*/threads", "UPDATE OF thread_id ON rounds"),
    "response": ("/channels/*/messages", "UPDATE OF message_id ON responses"),
    "tally": ("/channels/*/messages", "UPDATE OF tally_id ON rounds"),
}


async def act(klass: SchoolClass, what: str) -> None:
    """Do what leads to a post."""
    if what in ("card", "thread"):
        await start(klass)
    elif what == "response":
        await respond(klass, klass.ann, "defend")
    else:
        await klass.teacher.slash(klass.channel, "discuss close")


def once(klass: SchoolClass, what: str) -> None:
    """One card, one thread; one response, one tally, where it comes to them."""
    assert len([m for m in klass.channel.history() if m.components]) == 1
    assert len(klass.channel.threads) == 1
    assert len(posts_in(thread_in(klass))) == (what in ("response", "tally"))


@pytest.mark.logs_errors
@pytest.mark.parametrize("restart", [True, False], ids=["restart", "a minute later"])
@pytest.mark.parametrize("what", list(POSTS))
async def test_what_discord_did_not_take_is_posted_once_later(database: Path, what: str, restart: bool) -> None:
    async with restarting(database) as running:
        klass = running.klass
        if what in ("response", "tally"):
            await start(klass)
        klass.env.inject_error("POST", POSTS[what][0], status=500)
        await act(klass, what)
        if not restart:
            await klass.env.advance_time(125)
            once(klass, what)
            return
        async with running.restart() as again:
            await again.env.advance_time(125)
            once(again, what)


@pytest.mark.logs_errors
@pytest.mark.parametrize("nonces", ["known", "forgotten"])
@pytest.mark.parametrize("what", list(POSTS))
async def test_what_was_posted_but_not_kept_is_not_posted_again(database: Path, what: str, nonces: str) -> None:
    """The bot dies between the post and the record of it. Discord knows the nonce of the post for minutes only."""
    async with restarting(database) as running:
        if what in ("response", "tally"):
            await start(running.klass)
        fail_on(database, "crash", POSTS[what][1])
        await act(running.klass, what)
        if nonces == "forgotten":
            running.klass.env.backend.advance_clock(300)
            running.klass.env.backend.nonces.clear()
        async with running.restart(mending="crash") as klass:
            await klass.env.advance_time(125)
            once(klass, what)
            assert rows(running.database, "select count(*) from rounds where card_id is null or thread_id is null") == [
                (0,)
            ]
            assert rows(running.database, "select count(*) from responses where message_id is null") == [(0,)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("what", ["card", "response", "tally"])
async def test_what_was_posted_and_could_not_be_kept_for_long_is_found_again(database: Path, what: str) -> None:
    """The same without a crash: the database takes the note of the post only much later."""
    async with school_class(database) as klass:
        if what in ("response", "tally"):
            await start(klass)
        fail_on(database, "crash", POSTS[what][1])
        await act(klass, what)
        klass.env.backend.nonces.clear()
        await klass.env.advance_time(125)
        mend(database, "crash")
        klass.env.backend.nonces.clear()
        await klass.env.advance_time(65)
        once(klass, what)
        assert rows(database, "select count(*) from rounds where card_id is null or thread_id is null") == [(0,)]
        assert rows(database, "select count(*) from responses where message_id is null") == [(0,)]


@pytest.mark.logs_errors
async def test_many_responses_to_post_are_looked_for_in_one_reading(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        klass.env.inject_error("POST", f"/channels/{thread_in(klass).id}/messages", status=403, times=None)
        for number in range(5):
            await respond(klass, klass.ann, "defend", claim=f"Claim {number}")
        klass.env.backend.faults.clear()
        klass.env.backend.advance_clock(300)
        seen = watch(klass)
        async with running.restart() as klass:
            assert [text_of(post).splitlines()[-1] for post in posts_in(thread_in(klass))] == [
                f"Claim {number}" for number in range(5)
            ]
        reads = [entry for entry in seen if entry.method == "GET" and entry.path.endswith("/messages")]
        assert len(reads) <= 4  # to catch up with the thread, and to look for what the bot had posted


@pytest.mark.logs_errors
async def test_a_response_whose_round_closed_before_it_was_posted_is_posted_after_all(database: Path) -> None:
    async with school_class(database) as klass:
        await start(klass)
        klass.env.inject_error("POST", f"/channels/{thread_in(klass).id}/messages", status=500, times=2)
        assert "It will appear in the thread in a moment" in answer(await respond(klass, klass.ann, "defend"))
        await klass.teacher.slash(klass.channel, "discuss close")
        assert "### The count" in text_of(newest_in(klass))
        seen = watch(klass)
        await klass.env.advance_time(65)

        assert "Talk now." in text_of(newest_in(klass))
        folding = bodies_of(seen, "PATCH", f"/channels/{thread_in(klass).id}")
        assert [(body["locked"], body["archived"]) for body in folding] == [(True, False), (True, True)]


async def test_a_clean_stop_answers_what_is_under_way(klass: SchoolClass) -> None:
    await start(klass)
    await klass.env.bot.close()
    assert klass.env.bot.is_closed()
