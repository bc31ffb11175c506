"""Processes of our own, beside the bot's."""

import asyncio
import contextlib


async def end(process: asyncio.subprocess.Process) -> None:
    """End a process that has not ended by itself. What it has not read of its input is nobody's concern any more."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.stdin is not None:
        process.stdin.close()
        with contextlib.suppress(OSError):  # some versions of Python log it as an error unless it is asked for
            await process.stdin.wait_closed()
