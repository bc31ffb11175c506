"""The token is in nothing that Parley says or writes, whatever goes wrong; nor is what answers an interaction."""

import logging
import re
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import discord as library
import pytest

from bot.chat.connecting import plain_intents
from bot.cli.exits import Exit
from bot.cli.logs import JsonLines, WithoutToken
from bot.cli.secrets import REMOVED, Secrets
from bot.settings import Settings
from tests.chat.deciding import drawing_by
from tests.chat.doing import respond, start
from tests.chat.seeing import answer
from tests.conftest import ROOT, SchoolClass
from tests.operating.fake_discord import SECRET, TOKEN, FakeDiscord, fake_discord
from tests.operating.processes import Place, done, parley

WHOSE = "aW50ZXJhY3Rpb246MTMxMDAwMDAwMDAwMDAwMDAwOTpjYW5hcnk"
"""As Discord names the token of an interaction."""


@pytest.fixture
async def discord() -> AsyncGenerator[FakeDiscord]:
    async with fake_discord(FakeDiscord()) as listening:
        yield listening


@pytest.fixture
def place(tmp_path: Path, discord: FakeDiscord) -> Place:
    place = Place(tmp_path, discord.port)
    place.more["PARLEY_LOG_LEVEL"] = "DEBUG"
    return place


def everywhere(place: Place) -> str:
    """All that was said, and every byte of every file."""
    files = [path for path in place.folder.rglob("*") if path.is_file()]
    return "\n".join([*place.said, *(path.read_bytes().decode("latin-1") for path in files)])


async def test_a_day_in_which_all_is_logged(place: Place) -> None:
    place.more["PARLEY_HEALTH_PORT"] = "0"
    async with parley(place, "run") as running:
        health = (await running.says(r"(http://127\.0\.0\.1:\d+)/health"))[1]
        await running.says("connected as Parley")
        async with aiohttp.ClientSession() as monitoring:
            for path in ("health", "metrics"):
                async with monitoring.get(f"{health}/{path}") as told:
                    place.said.append(f"{told.headers} {await told.text()}")
        doctor = await done(place, "doctor")
        if sys.platform != "win32":
            await running.told_to_stop(signal.SIGTERM)
    assert "ok   token: Discord takes it" in doctor.said
    assert SECRET not in everywhere(place)


async def test_a_proxy_that_repeats_what_it_was_asked(place: Place, discord: FakeDiscord) -> None:
    discord.echoes = True
    ended, doctor = await done(place, "run"), await done(place, "doctor")
    for told in (ended.said, doctor.said):
        assert f"Bot {REMOVED}" in told
    assert ended.status == Exit.NETWORK
    assert SECRET not in everywhere(place)


async def test_a_start_that_fails_with_a_traceback(place: Place, discord: FakeDiscord) -> None:
    discord.takes_commands = False
    ended = await done(place, "run")
    assert ended.status == Exit.BUG
    assert "Traceback" in ended.said
    assert "Traceback" in place.log.read_text("utf-8")
    assert SECRET not in everywhere(place)


@pytest.mark.parametrize(
    "words",
    [
        f"DISCORD_TOKEN={TOKEN}\nPARLEY_HEALTH_PORT=many\n".encode(),
        f"DISCORD_TOKEN={TOKEN}\nPARLEY_TIME_ZONE=Nowhere/Else\n".encode(),
        f"DISCORD_TOKEN '{TOKEN}\n=\nPARLEY_LOG_LEVEL=LOUD\n".encode(),
        f"DISCORD_TOKEN={TOKEN}\n".encode("utf-16"),
        f"DISCORD_TOKEN={TOKEN}\nPARLEY_LOG_FILE=\xff\n".encode("latin-1"),
    ],
    ids=["no-number", "no-zone", "no-syntax", "utf-16", "latin-1"],
)
def test_settings_that_cannot_be_read(tmp_path: Path, place: Place, words: bytes) -> None:
    (tmp_path / ".env").write_bytes(words)
    clean = {name: value for name, value in place.environment.items() if not name.startswith(("PARLEY_", "DISCORD_"))}
    for command in ("run", "doctor") if b"many" in words else ("run",):
        ended = subprocess.run(
            [sys.executable, str(ROOT / "bot.py"), command],
            cwd=tmp_path,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode in (Exit.USAGE, Exit.DOCTOR), ended.stderr
        assert "Traceback" not in ended.stderr
        assert SECRET not in ended.stdout + ended.stderr


async def test_what_is_made_of_the_token_hides_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = Settings.read()
    async with library.Client(intents=plain_intents()) as client:
        shown = [settings, settings.model_dump(), settings.model_dump_json(), vars(settings), client, client.http]
    assert SECRET not in "".join(f"{each!r}{each!s}" for each in shown)


def test_no_token_of_an_interaction_is_logged() -> None:
    settings = Settings.model_validate({})
    formatter, without = JsonLines(), WithoutToken(settings)
    at = f"https://discord.com/api/v10/webhooks/1310000000000000009/{WHOSE}/messages/@original"
    late = aiohttp.ConnectionTimeoutError(f"Connection timeout to host {at}")
    also = f"POST https://discord.com/api/v10/interactions/1310000000000000010/{WHOSE}/callback?with_response=1"
    for message, error in ((f"could not answer: {late}", None), (also, None), ("failed", late)):
        told = (type(error), error, None) if error else None
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, message, (), told)
        assert without.filter(record)
        line = formatter.format(record)
        assert WHOSE not in line
        assert REMOVED in line
    assert (
        Secrets(settings).cleaned("/channels/1/messages/2, /webhooks, 3/4") == "/channels/1/messages/2, /webhooks, 3/4"
    )


async def test_the_process_that_writes_a_transcript_is_not_told_the_token(
    klass: SchoolClass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack")
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    folder = drawing_by('env > "$here/env"\npython "$@"', tmp_path / "process", monkeypatch)
    told = await klass.teacher.slash(klass.channel, "transcript export", session=1, format="text", names="real")
    assert "1 response" in answer(told)
    environment = (folder / "env").read_text("utf-8")
    assert "PYTHONPATH" in environment
    assert SECRET not in environment


def test_no_file_of_the_project_carries_a_token() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    looks_like_one = re.compile(r"[MNO][A-Za-z\d_-]{23,}\.[\w-]{6}\.[\w-]{27,}")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".sqlite3"}:
            found = {token for token in looks_like_one.findall(path.read_text("utf-8", "replace")) if token != TOKEN}
            assert not found, name


def test_git_leaves_out_what_is_secret() -> None:
    secret = [".env", "data/parley.sqlite3", "data/parley.log"]
    ignored = subprocess.run(["git", "check-ignore", *secret], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ignored.stdout.split() == secret
    tracked = subprocess.run(["git", "ls-files", ".env", "data"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not tracked.stdout
