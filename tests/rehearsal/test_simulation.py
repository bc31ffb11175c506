"""Where the simulated Discord is made more like Discord than simcord is, and what of simcord that relies on."""

import io
from collections.abc import AsyncGenerator

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

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


async def test_a_nonce_counts_for_a_message_with_a_file_too(channel: discord.TextChannel) -> None:
    first, again = [
        await channel.send(file=discord.File(io.BytesIO(b"x"), filename="x.png"), nonce="chart-1") for _ in range(2)
    ]
    assert again.id == first.id


async def test_a_file_needs_its_permission(env: SteppedEnv, channel: discord.TextChannel) -> None:
    no_files = discord.Permissions(attach_files=True).value
    overwrite = Overwrite(target_id=env.backend.bot_user.id, type=OverwriteType.MEMBER, deny=no_files)
    env.backend.set_overwrite(channel.id, overwrite)
    await env.settle()
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("Words", file=discord.File(io.BytesIO(b"x"), filename="x.png"))
    assert refused.value.code == 50013
    assert (await channel.send("Words")).content == "Words"


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
