"""How a process of our own is ended."""

import asyncio
import gc
import sys

import pytest

from bot import processes


async def begun(code: str, words: bytes) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdin=asyncio.subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(words)
    return process


async def test_one_that_reads_nothing_is_ended_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    process = await begun("import time; time.sleep(60)", b"x" * 1_000_000)
    await processes.end(process)
    assert process.returncode is not None
    assert process.returncode != 0
    del process
    gc.collect()
    assert caplog.records == []


async def test_one_that_has_ended_keeps_what_it_ended_with() -> None:
    process = await begun("import sys; sys.stdin.read(2); sys.exit(7)", b"go")
    await process.wait()
    await processes.end(process)
    assert process.returncode == 7
