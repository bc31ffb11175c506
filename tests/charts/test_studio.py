import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.charts.job import Job
from bot.charts.studio import ChartFailed, Studio
from bot.charts.values import ChartStance, FlowChart, Speaker, Theme, TimelineChart, VoicesChart
from tests.charts.conftest import Draw
from tests.charts.samples import ALL, FLOW, HOSTILES, NINE, TIMELINE

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary folders are made in these tests, and nothing must be left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ALL)
def test_every_chart_arrives_as_it_was_sent(name: str) -> None:
    job = Job(chart=ALL[name], theme=Theme.LIGHT)
    assert Job.model_validate_json(job.model_dump_json()) == job


async def test_another_process_draws_the_same_while_the_event_loop_goes_on(draw: Draw) -> None:
    hostile = HOSTILES["flow"]
    drawing = asyncio.create_task(Studio().draw_apart(hostile, Theme.LIGHT))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.002)
        turns += 1
    assert await drawing == draw(hostile, Theme.LIGHT)
    assert turns > 20


def test_the_bots_process_does_not_import_matplotlib() -> None:
    seen = "import sys, bot.charts.studio, bot.charts.telling; print({'matplotlib', 'numpy', 'PIL'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", seen], cwd=ROOT, capture_output=True, check=True, text=True)
    assert told.stdout.strip() == "set()"


async def test_a_bare_container_suffices(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, draw: Draw
) -> None:
    """No home and no path; and what somebody has set for drawings of their own does not reach this one."""
    rough = tmp_path_factory.mktemp("rough") / "matplotlibrc"
    rough.write_text("text.antialiased: False\n")
    for name in list(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("MATPLOTLIBRC", str(rough))
    monkeypatch.setenv("MPLBACKEND", "tkagg")
    assert await Studio().draw_apart(FLOW, Theme.LIGHT) == draw(FLOW, Theme.LIGHT)


@pytest.mark.logs_errors
async def test_an_error_in_drawing_is_told_without_anybodys_words(caplog: pytest.LogCaptureFixture) -> None:
    nowhere = TimelineChart("a secret of Ann's", NINE, NINE, "Nowhere/At-all", ())
    with pytest.raises(ChartFailed, match=r"could not be drawn\. The log tells why"):
        await Studio().draw_apart(nowhere, Theme.DARK)
    assert "ZoneInfoNotFoundError at drawing_process.py:" in caplog.text
    assert "Ann" not in caplog.text
    assert "Nowhere" not in caplog.text


@pytest.mark.logs_errors
async def test_words_that_no_text_may_hold_are_an_error_like_others(caplog: pytest.LogCaptureFixture) -> None:
    broken = FlowChart("Ann's \ud800", (ChartStance("Yes", 0),), (1,), (1,), None)
    with pytest.raises(ChartFailed):
        await Studio().draw_apart(broken, Theme.DARK)
    assert "Ann" not in caplog.text


@pytest.mark.logs_errors
@pytest.mark.skipif(sys.platform == "win32", reason="writes a shell script")
async def test_a_process_that_dies_is_told_and_had_no_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    dying = tmp_path_factory.mktemp("dying") / "python"
    dying.write_text("#!/bin/sh\nenv >&2\nkill -9 $$\n")
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))
    monkeypatch.setenv("DISCORD_TOKEN", "hidden")
    with pytest.raises(ChartFailed, match=r"ended too soon\. The log may tell why"):
        await Studio().draw_apart(FLOW, Theme.DARK)
    assert "ended with -9: " in caplog.text
    assert "MPLCONFIGDIR=" in caplog.text
    assert "hidden" not in caplog.text
    monkeypatch.setattr(sys, "executable", str(dying.parent / "none"))
    with pytest.raises(ChartFailed, match="did not start"):
        await Studio().draw_apart(FLOW, Theme.DARK)


async def test_patience_has_an_end() -> None:
    with pytest.raises(ChartFailed, match=r"within 0\.01 seconds"):
        await Studio(patience=timedelta(seconds=0.01)).draw_apart(FLOW, Theme.DARK)
    assert children() == set()


async def test_who_is_cancelled_leaves_no_process_behind() -> None:
    drawing = asyncio.create_task(Studio().draw_apart(TIMELINE, Theme.DARK))
    while not children() and not drawing.done():  # noqa: ASYNC110 - the process table sets no event
        await asyncio.sleep(0.001)
    assert len(children()) == 1
    drawing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await drawing
    assert drawing.cancelled()
    assert children() == set()


async def test_only_a_few_are_drawn_at_once() -> None:
    studio = Studio(at_once=1)
    small = VoicesChart("", (Speaker(None, 1),), "")
    drawing = asyncio.gather(*(studio.draw_apart(small, Theme.DARK) for _ in range(2)))
    most = 0
    while not drawing.done():
        most = max(most, len(children()))
        await asyncio.sleep(0.005)
    assert len(await drawing) == 2
    assert most == 1


def children() -> set[str]:
    """The processes that this one has started and that still run."""
    if sys.platform != "linux":
        pytest.skip("looks into /proc")
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
