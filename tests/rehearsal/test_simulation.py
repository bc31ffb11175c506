"""Where the simulated Discord is made more like Discord than simcord is, and what of simcord that relies on."""

from collections.abc import AsyncGenerator

import discord
import pytest
import simcord

from bot.rehearsal.simulation.environment import SteppedEnv
from tests.rehearsal.gallery import GalleryBot


def test_simcord_is_the_version_whose_private_parts_are_used() -> None:
    assert simcord.__version__ == "3.2.1"


@pytest.fixture
async def env() -> AsyncGenerator[SteppedEnv]:
    found = SteppedEnv(GalleryBot())
    await found.start()
    yield found
    await found.shutdown()


@pytest.fixture
async def channel(env: SteppedEnv) -> discord.TextChannel:
    """The bot's side of a channel."""
    made = env.create_guild("Class").create_text_channel("debate")
    await env.settle()
    found = env.bot.get_channel(made.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_history_after_a_message_begins_with_the_oldest(channel: discord.TextChannel) -> None:
    sent = [await channel.send(f"n{number}") for number in range(130)]
    after = [m.content async for m in channel.history(after=sent[4], limit=None, oldest_first=True)]
    assert after == [f"n{number}" for number in range(5, 130)]
    assert [m.content async for m in channel.history(limit=2)] == ["n129", "n128"]


async def test_one_nonce_is_one_message_while_it_stands(channel: discord.TextChannel) -> None:
    first = await channel.send("Once", nonce="card-1")
    assert (await channel.send("Once", nonce="card-1")).id == first.id
    assert (await channel.send("Once", nonce="card-2")).id != first.id
    assert (await channel.send("Once")).id != (await channel.send("Once")).id
    await first.delete()
    assert (await channel.send("Once", nonce="card-1")).id != first.id


async def test_a_message_has_one_thread_with_a_name_that_fits(channel: discord.TextChannel) -> None:
    message = await channel.send("Card")
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="x" * 101)
    assert refused.value.code == 50035
    await message.create_thread(name="x" * 100)
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="Two")
    assert refused.value.code == 160004


async def test_an_archived_thread_takes_no_edits_and_wakes_up_for_a_post(channel: discord.TextChannel) -> None:
    thread = await (await channel.send("Card")).create_thread(name="One")
    said = await thread.send("Said")
    await thread.edit(archived=True, locked=True)
    with pytest.raises(discord.HTTPException) as refused:
        await said.edit(content="Changed")
    assert refused.value.code == 50083
    await thread.send("More")
    await said.edit(content="Changed")
