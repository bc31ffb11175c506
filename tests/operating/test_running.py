"""`bot.py run` as an operator's service manager runs it: connected, stopped, refused, cut off."""

import asyncio
import json
import signal
import stat
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.cli.exits import Exit
from bot.discussion.ids import ChannelId, GuildId
from bot.discussion.values import GuildSettings
from bot.storage import Store, guilds
from tests.operating.fake_discord import CHANNEL, GUILD, PRIVILEGED, SECRET, FakeDiscord, fake_discord
from tests.operating.processes import Place, assert_clean, closed_port, done, parley

STOPS = [
    pytest.param(number, marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"))
    for number in (signal.SIGTERM, signal.SIGINT)
]


@pytest.fixture
async def discord() -> AsyncGenerator[FakeDiscord]:
    async with fake_discord(FakeDiscord()) as listening:
        yield listening


@pytest.fixture
def place(tmp_path: Path, discord: FakeDiscord) -> Place:
    return Place(tmp_path, discord.port)


async def test_refused_intents_then_a_day_with_health_doctor_and_backup_until_sigterm(
    place: Place, discord: FakeDiscord
) -> None:
    discord.grants_intents = False
    place.more["PARLEY_HEALTH_PORT"] = "0"
    copy = place.folder / "copy.sqlite3"

    async with parley(place, "run") as running:
        health = (await running.says(r"(http://127\.0\.0\.1:\d+)/health"))[1]
        await running.says("refused the privileged intents")
        await running.says("connected as Parley")
        async with aiohttp.ClientSession() as monitoring:
            await _until_ready(monitoring, health)
            async with monitoring.get(f"{health}/metrics") as told:
                numbers = {
                    (sample.name, *sample.labels.values()): sample.value
                    for family in text_string_to_metric_families(await told.text())
                    for sample in family.samples
                }
            async with monitoring.get(f"{health}/health", headers={"Host": "parley.example"}) as told:
                assert told.status == 421
        second = await done(place, "run")
        doctor = await done(place, "doctor")
        backup = await done(place, "backup", str(copy))
        ended = await running.told_to_stop(signal.SIGTERM)

    assert [bool(intents & PRIVILEGED) for intents in discord.identified] == [True, False]
    assert numbers["parley_ready",] == 1
    assert numbers["parley_responses_total", "message"] == 0
    assert second.status == Exit.DATABASE
    assert "Another Parley is running" in second.said
    assert doctor.status == Exit.OK, doctor.said
    assert "a Parley runs on" in doctor.said
    assert (backup.status, backup.said.count("\n")) == (Exit.OK, 1)
    assert "0 debates, 0 responses, 0 votes" in backup.said
    assert ended.status == Exit.OK, ended.said
    assert_clean(place.database)
    assert_clean(copy)
    lines = [json.loads(line) for line in place.log.read_text("utf-8").splitlines()]
    assert any(line["level"] == "WARNING" and "privileged intents" in line["message"] for line in lines)
    assert all(line["time"].endswith("+00:00") for line in lines)
    assert stat.S_IMODE(place.log.stat().st_mode) == 0o600
    assert SECRET not in place.everything_said()


async def _until_ready(monitoring: aiohttp.ClientSession, health: str) -> None:
    """The clockwork begins a moment after the connection."""
    async with asyncio.timeout(10):
        while True:
            async with monitoring.get(f"{health}/health") as told:
                found = await told.json()
                assert told.status == (200 if found["ready"] else 503)
                if found["ready"]:
                    return


@pytest.mark.parametrize("number", STOPS)
async def test_the_rehearsal_room_stops_in_order(place: Place, number: signal.Signals) -> None:
    async with parley(place, "rehearse") as running:
        await running.says("Ctrl-C closes the room")
        ended = await running.told_to_stop(number)

    assert ended.status == Exit.OK, ended.said
    assert "Traceback" not in ended.said
    assert_clean(place.database)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send")
async def test_ctrl_c_ends_a_connected_bot_in_order(place: Place) -> None:
    async with parley(place, "run") as running:
        await running.says("connected as Parley")
        ended = await running.told_to_stop(signal.SIGINT)

    assert ended.status == Exit.OK, ended.said
    assert_clean(place.database)


async def test_a_token_that_discord_refuses(place: Place, discord: FakeDiscord) -> None:
    discord.takes_token = False
    at_login, doctor = await done(place, "run"), await done(place, "doctor")
    discord.takes_token, discord.close_code = True, 4004
    at_gateway = await done(place, "run")

    for ended in (at_login, at_gateway):
        assert ended.status == Exit.TOKEN, ended.said
        assert "Discord does not take this token" in ended.said
        assert "Traceback" not in ended.said
    assert doctor.status == Exit.DOCTOR
    assert "DO   token: Discord does not take it; copy it again" in doctor.said
    assert_clean(place.database)
    assert SECRET not in place.everything_said()


async def test_nothing_but_a_closed_port(tmp_path: Path) -> None:
    place = Place(tmp_path, closed_port())

    ended, doctor = await done(place, "run"), await done(place, "doctor")

    assert ended.status == Exit.NETWORK, ended.said
    assert "Discord cannot be reached: " in ended.said
    assert "Traceback" not in ended.said
    assert doctor.status == Exit.DOCTOR
    assert "DO   Discord: it cannot be reached" in doctor.said
    assert_clean(place.database)
    assert SECRET not in place.everything_said()


async def test_a_page_that_answers_in_discords_place(place: Place, discord: FakeDiscord) -> None:
    discord.page = b"<html><body>Log in to SCHOOL-GUEST</body></html>"

    ended, doctor = await done(place, "run"), await done(place, "doctor")

    assert ended.status == Exit.NETWORK, ended.said
    assert "Discord cannot be reached: something else answers in its place" in ended.said
    assert "Traceback" not in ended.said
    assert doctor.status == Exit.DOCTOR
    assert "DO   Discord: it cannot be reached: something else answers in its place" in doctor.said
    assert_clean(place.database)


async def test_what_went_wrong_before_the_database_was_open_is_in_the_log(place: Place) -> None:
    place.database.parent.mkdir()
    place.database.write_bytes(b"not a database, but a letter " * 99)
    place.more["PARLEY_LOG_LEVEL"] = "DEBUG"

    ended = await done(place, "run")

    assert ended.status == Exit.DATABASE
    assert place.log.read_text("utf-8")


async def test_a_gateway_that_ends_the_connection_for_good(place: Place, discord: FakeDiscord) -> None:
    discord.close_code = 4013

    ended = await done(place, "run")

    assert ended.status == Exit.NETWORK
    assert "Discord ended the connection (code 4013)" in ended.said


async def test_a_taken_health_port(place: Place) -> None:
    place.more["PARLEY_HEALTH_PORT"] = str(place.port)

    ended = await done(place, "run")

    assert ended.status == Exit.PORT
    assert "PARLEY_HEALTH_PORT" in ended.said


async def test_the_doctor_names_what_the_bot_may_not_do_in_the_channel_for_debates(
    place: Place, discord: FakeDiscord
) -> None:
    discord.denied, discord.flags = 1 << 38 | 1 << 34, 0
    place.more["PARLEY_LOG_LEVLE"] = "INFO"
    async with Store.open(place.database) as store:
        for guild in (GUILD, GUILD + 7):
            settings = GuildSettings(GuildId(guild), default_channel_id=ChannelId(CHANNEL))
            await store.write(lambda tx, settings=settings: guilds.save(tx, settings))
    place.database.chmod(0o644)

    doctor = await done(place, "doctor")

    assert doctor.status == Exit.DOCTOR
    to_do = [line.removeprefix("DO   ") for line in doctor.said.splitlines() if line.startswith("DO   ")]
    assert to_do == [
        "settings: PARLEY_LOG_LEVLE is none of Parley's; is PARLEY_LOG_LEVEL meant?",
        f"files: others may get at {place.database} (mode 0644); chmod 600 {place.database}",
        "channel: the channel for debates in Class 7B (#debate) denies Send Messages in Threads, Manage Threads; "
        "allow it to the bot's role",
        f"channel: a channel for debates is set in server {GUILD + 7}, which the bot has left; "
        "invite the bot again, or leave it at that",
    ]
    assert "ok   intents: Message Content is not granted; Parley works without it" in doctor.said
    assert SECRET not in doctor.said
