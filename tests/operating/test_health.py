"""What monitoring reads of a bot with a class in it."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.chat.client import Parley
from bot.chat.health import PortTaken, serving_health
from bot.chat.watching import Watch
from tests.chat.doing import respond, side, start
from tests.chat.seeing import thread_in
from tests.conftest import SchoolClass


@dataclass(slots=True)
class Monitoring:
    """Something that asks the addresses of `/health` and `/metrics`."""

    session: aiohttp.ClientSession
    base: str

    async def health(self) -> tuple[int, dict[str, dict[str, float | bool | None]]]:
        async with self.session.get(f"{self.base}/health") as told:
            return told.status, await told.json()

    async def text(self) -> str:
        async with self.session.get(f"{self.base}/metrics") as told:
            assert told.status == 200
            assert told.headers["Content-Type"].startswith("text/plain; version=")
            return await told.text()

    async def metrics(self) -> dict[tuple[str, ...], float]:
        """Each sample by its name and the values of its labels."""
        families = text_string_to_metric_families(await self.text())
        return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def watch_of(klass: SchoolClass) -> Watch:
    assert isinstance(klass.env.bot, Parley)
    return klass.env.bot.watch


@asynccontextmanager
async def monitoring(klass: SchoolClass) -> AsyncGenerator[Monitoring]:
    async with serving_health(klass.room, watch_of(klass), 0) as port, aiohttp.ClientSession() as session:
        yield Monitoring(session, f"http://127.0.0.1:{port}")


async def test_the_numbers_of_a_debate(klass: SchoolClass) -> None:
    async with monitoring(klass) as asked:
        before = await asked.metrics()
        await start(klass)
        await side(klass, klass.ann, "To defend itself")
        await respond(klass, klass.ann, "attack", claim="Ann's own words")
        await klass.ben.send(thread_in(klass), "Ben's own words")
        await klass.ben.slash(klass.channel, "discuss next")
        meanwhile = await asked.metrics()
        await klass.teacher.slash(klass.channel, "discuss close")
        await klass.teacher.slash(klass.channel, "discuss close")
        after, text = await asked.metrics(), await asked.text()

    def grown(*name: str) -> float:
        return after[name] - before[name]

    assert grown("parley_responses_total", "modal") == 1
    assert grown("parley_responses_total", "message") == 1
    assert grown("parley_responses_total", "reply") == 0
    assert grown("parley_votes_total") == 2  # by the button, and in the form
    assert grown("parley_exports_total") == 0
    # start, vote, Respond, its form, close; Ben may not go on, and what is closed cannot be closed.
    assert grown("parley_interactions_total", "ok") == 5
    assert grown("parley_interactions_total", "refused") == 2
    assert grown("parley_interactions_total", "error") == 0
    assert grown("parley_interaction_seconds_count") == grown("parley_interaction_seconds_bucket", "+Inf") == 7
    assert [numbers["parley_open_rounds",] for numbers in (before, meanwhile, after)] == [0, 1, 0]
    assert after["parley_writes_waiting",] == 0
    for hidden in ("words", "Ann", str(klass.ann.id), str(klass.guild.id)):
        assert hidden not in text


@pytest.mark.logs_errors
async def test_an_error_is_counted_as_one(klass: SchoolClass) -> None:
    await start(klass)
    with closing(sqlite3.connect(klass.room.store.path)) as outside:
        outside.execute("CREATE TRIGGER broken BEFORE INSERT ON votes BEGIN SELECT RAISE(ABORT, 'broken'); END")
    async with monitoring(klass) as asked:
        before = await asked.metrics()
        await side(klass, klass.ann, "To defend itself")
        after = await asked.metrics()

    counts = [
        after["parley_interactions_total", how] - before["parley_interactions_total", how]
        for how in ("ok", "refused", "error")
    ]
    assert counts == [0, 0, 1]


async def test_ready_while_connected_with_a_clockwork_and_a_database_that_takes_words(klass: SchoolClass) -> None:
    async with monitoring(klass) as asked:
        watch_of(klass).ticked()  # as the clockwork does, whose time stands still here
        status, told = await asked.health()
        assert (status, told["ready"], told["discord"]["connected"]) == (200, True, True)

        with closing(sqlite3.connect(klass.room.store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            status, told = await asked.health()
        assert (status, told["ready"], told["database"]["writable"]) == (503, False, False)

        status, told = await asked.health()
        assert (status, told["database"]["writable"]) == (200, True)

        klass.env.bot.dispatch("disconnect")
        await klass.env.settle()
        status, told = await asked.health()
        assert (status, told["discord"]["connected"]) == (503, False)

        klass.env.bot.dispatch("resumed")
        await klass.env.settle()
        assert (await asked.health())[0] == 200


async def test_only_this_machine_may_ask_and_only_for_that(klass: SchoolClass) -> None:
    async with monitoring(klass) as asked:
        for path in ("/", "/metrics/", "/health/../data"):
            async with asked.session.get(f"{asked.base}{path}") as told:
                assert told.status == 404
        async with asked.session.post(f"{asked.base}/health") as told:
            assert told.status == 405
        async with asked.session.get(f"{asked.base}/metrics", headers={"Host": "evil.example"}) as told:
            assert (told.status, "parley_" in await told.text()) == (421, False)
        port = int(asked.base.rpartition(":")[2])
        with pytest.raises(PortTaken, match=f"port {port} of 127.0.0.1 cannot be used"):
            async with serving_health(klass.room, watch_of(klass), port):
                pass
