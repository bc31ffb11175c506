"""Where the simulated Discord is made more like Discord than simcord is, and what of simcord that relies on."""

import discord
import pytest
import simcord

from bot.rehearsal.simulation.environment import SteppedEnv
from bot.rehearsal.simulation.transport import RoomHTTP
from tests.rehearsal.gallery import GalleryBot


def test_simcord_is_the_version_whose_private_parts_are_used() -> None:
    assert simcord.__version__ == "3.2.1"


async def test_history_after_a_message_begins_with_the_oldest() -> None:
    env = SteppedEnv(GalleryBot())
    await env.start()
    try:
        guild = env.create_guild("Class")
        channel = guild.create_text_channel("debate")
        ann = guild.add_member(env.create_user("Ann"))
        sent = [await ann.send(channel, f"n{number}") for number in range(130)]
        assert isinstance(env.bot.http, RoomHTTP)
        seen = env.bot.get_channel(channel.id)
        assert isinstance(seen, discord.TextChannel)
        after = [m.content async for m in seen.history(after=sent[4], limit=None, oldest_first=True)]
        assert after == [f"n{number}" for number in range(5, 130)]
        newest = [m.content async for m in seen.history(limit=2)]
        assert newest == ["n129", "n128"]
    finally:
        await env.shutdown()


async def test_one_nonce_is_one_message_and_one_message_has_one_thread() -> None:
    env = SteppedEnv(GalleryBot())
    await env.start()
    try:
        guild = env.create_guild("Class")
        made = guild.create_text_channel("debate")
        await env.settle()
        channel = env.bot.get_channel(made.id)
        assert isinstance(channel, discord.TextChannel)
        first = await channel.send("Once", nonce="card-1")
        assert (await channel.send("Once", nonce="card-1")).id == first.id
        assert (await channel.send("Once", nonce="card-2")).id != first.id
        await first.create_thread(name="One")
        with pytest.raises(discord.HTTPException) as refused:
            await first.create_thread(name="Two")
        assert refused.value.code == 160004
    finally:
        await env.shutdown()
