"""Rate limits, failures and lost connections as they come over a socket, through discord.py's own HTTP client."""

import asyncio
from pathlib import Path

import discord
import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.chat.clicks import showing
from tests.chat.doing import rows
from tests.chat.real_http import Cut, Trouble, Wired, begin, over_a_socket
from tests.chat.seeing import text_of
from tests.chat.test_errors import told, until

CLAIM = "What I hold."
POST = "/channels/*/messages"


async def respond(who: MemberActor, card: discord.Message, claim: str = CLAIM) -> InteractionResult:
    opened = await who.click(card, custom_id="parley:respond:1")
    await until(lambda: opened.modal)
    return await who.submit_modal(opened, {"stance": "defend", "claim": claim})


def receipt_in(result: InteractionResult) -> ResponseMessage:
    """What somebody was told, at once or after a while."""
    messages = [*([result.response] if result.response else []), *result.followups]
    return next(message for message in messages if "**Recorded.**" in text_of(message))


def shown(wired: Wired) -> list[str]:
    """The last line of each post in the thread."""
    return sorted(text_of(post).splitlines()[-1] for post in wired.channel.threads[0].history())


def is_all_posted(database: Path) -> bool:
    return rows(database, "select count(*) from responses where message_id is null") == [(0,)]


async def test_a_class_that_responds_at_once_is_posted_as_fast_as_discord_takes_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with over_a_socket(database, monkeypatch, students=30) as wired:
        card = await begin(wired, database)
        wired.discord.window = 0.2
        await asyncio.gather(*(respond(who, card, f"Claim {n:02}") for n, who in enumerate(wired.students)))
        await until(lambda: len(rows(database, "select 1 from responses where message_id is not null")) == 30)
        assert shown(wired) == [f"Claim {number:02}" for number in range(30)]
        assert wired.discord.answered["POST", 429] <= 3, "Discord bans who does not heed its limits"


@pytest.mark.parametrize("is_global", [False, True])
async def test_each_call_of_a_debate_that_is_limited_is_done_once_later(
    database: Path, monkeypatch: pytest.MonkeyPatch, is_global: bool
) -> None:
    async with over_a_socket(database, monkeypatch) as wired:
        calls = [("POST", POST), ("POST", f"{POST}/*/threads"), ("PATCH", f"{POST}/*"), ("PATCH", "/channels/*")]
        wired.discord.troubles = [
            Trouble(method, path, 429, times=2, is_global=is_global)
            for method, path in [*calls, ("DELETE", f"{POST}/*")]
        ]
        card = await begin(wired, database)
        result = await respond(wired.students[0], card)
        await until(lambda: "**Recorded.** It stands in" in told(result))
        await respond(wired.students[0], card, "Another.")
        await until(lambda: is_all_posted(database))
        withdrawing = await wired.students[0].click(receipt_in(result), custom_id="parley:withdraw:1")
        await until(lambda: "gone from the thread" in told(withdrawing))
        closing = await wired.owner.slash(wired.channel, "discuss close")
        await until(lambda: "The count is in" in told(closing))
        assert len([message for message in wired.channel.history() if message.components]) == 1
        assert len(wired.channel.threads) == 1
        assert [line for line in shown(wired) if "took a side" not in line] == ["Another."]
        assert len(shown(wired)) == 2
        assert wired.discord.answered["POST", 429] >= 3
        assert [trouble.path for trouble in wired.discord.troubles if trouble.times == 2] == []


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after it was done"])
async def test_a_response_to_whose_post_discord_answers_with_a_failure_is_posted_once(
    database: Path, monkeypatch: pytest.MonkeyPatch, is_done: bool
) -> None:
    """discord.py tries again by itself, with the same nonce."""
    async with over_a_socket(database, monkeypatch) as wired:
        card = await begin(wired, database)
        wired.discord.troubles = [
            Trouble("POST", POST, 502, is_done=is_done),
            Trouble("POST", POST, 429, is_done=is_done),
        ]
        await respond(wired.students[0], card)
        await until(lambda: is_all_posted(database) and rows(database, "select 1 from responses"))
        assert shown(wired) == [CLAIM]
        assert wired.discord.answered["POST", 502] == 1


@pytest.mark.logs_errors
@pytest.mark.parametrize("cut", Cut)
async def test_a_response_whose_post_loses_its_connection_is_posted_once(
    database: Path, monkeypatch: pytest.MonkeyPatch, cut: Cut
) -> None:
    async with over_a_socket(database, monkeypatch) as wired:
        card = await begin(wired, database)
        wired.discord.troubles = [Trouble("POST", POST, cut)]
        result = await respond(wired.students[0], card)
        await until(lambda: "**Recorded.** It will appear in the thread in a moment" in told(result))
        assert rows(database, "select message_id from responses") == [(None,)]
        wired.env.backend.nonces.clear()
        wired.bot.dispatch("resumed")
        await until(lambda: is_all_posted(database))
        assert shown(wired) == [CLAIM]
        assert wired.discord.answered["POST", 0] == 1


async def test_who_responds_is_told_that_it_is_recorded_though_discord_lets_its_post_wait(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "POSTED_SOON", 0.1)
    async with over_a_socket(database, monkeypatch) as wired:
        card = await begin(wired, database)
        wired.discord.troubles = [Trouble("POST", POST, 429, retry_after=2.0)]
        result = await respond(wired.students[0], card)
        await until(lambda: "**Recorded.** It will appear in the thread in a moment" in told(result), within=1)
        assert shown(wired) == []
        await until(lambda: is_all_posted(database))
        assert shown(wired) == [CLAIM]
