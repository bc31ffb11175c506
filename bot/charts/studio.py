"""Where charts are drawn without anybody noticing: in processes of their own, a few at a time.

Each chart has a process that ends with it. Charts are drawn seldom, at a reveal or a close, and to start costs most of
a second; a process kept for the next one would hold eighty megabytes of Matplotlib all day.
"""

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot import processes
from bot.charts.job import Drawn, Failed, Job, answer_of
from bot.charts.values import Chart, Picture, Theme

log = logging.getLogger(__name__)

_HANDED_ON = (
    *("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
    *("SYSTEMROOT", "WINDIR", "TMPDIR", "TEMP", "TMP"),
)
"""What an interpreter may need to start. The rest, the token above all, is no business of a drawing."""

_LONGEST_LOGGED = 2000


class ChartFailed(Exception):  # noqa: N818 - the message is the sentence for whoever asked
    """The chart could not be drawn; its words and figures can be told all the same (`bot.charts.telling`)."""


class Studio:
    """Draws charts. One for the whole bot: many debates end on the hour, and memory holds only so many drawings."""

    def __init__(self, at_once: int = 2, patience: timedelta = timedelta(seconds=30)) -> None:
        self._turn = asyncio.Semaphore(at_once)
        self._patience = patience

    async def draw_apart(self, chart: Chart, theme: Theme) -> Picture:
        """Draw in another process, while the event loop goes on. Raises ChartFailed.

        When the caller is cancelled or the patience is at its end, the process is ended.
        """
        async with self._turn:
            try:
                job = Job(chart=chart, theme=theme).model_dump_json().encode()
                with tempfile.TemporaryDirectory(prefix="parley-chart-", ignore_cleanup_errors=True) as folder:
                    async with asyncio.timeout(self._patience.total_seconds()):
                        return await _drawn(job, Path(folder))
            except TimeoutError:
                seconds = f"{self._patience.total_seconds():g}"
                raise ChartFailed(f"The chart could not be drawn within {seconds} seconds.") from None
            except (OSError, ValueError) as error:
                log.error("No chart was drawn: %s", type(error).__name__)
                raise ChartFailed("The chart could not be drawn: its process did not start.") from error


async def _drawn(job: bytes, folder: Path) -> Picture:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.charts.drawing_process"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env=_environment(folder),
    )
    try:
        out, errors = await process.communicate(job)
    finally:
        await processes.end(process)
    return _picture(out, errors, process.returncode)


def _picture(out: bytes, errors: bytes, returncode: int | None) -> Picture:
    try:
        answer = answer_of(out)
    except ValueError:
        log.error("A chart's process ended with %s: %s", returncode, errors.decode(errors="replace")[-_LONGEST_LOGGED:])
        raise ChartFailed("The chart could not be drawn: its process ended too soon. The log may tell why.") from None
    match answer:
        case Drawn(png=png, alt=alt, table=table):
            return Picture(png, alt, table)
        case Failed(error=error, place=place):
            log.error("A chart could not be drawn: %s at %s", error, place)
            raise ChartFailed("The chart could not be drawn. The log tells why.")


def _environment(folder: Path) -> Mapping[str, str]:
    """Nothing of the bot's own, nothing of the user's home: whatever Matplotlib keeps, it keeps in that folder."""
    handed_on = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    return {
        **handed_on,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "MPLCONFIGDIR": str(folder),
        "MPLBACKEND": "agg",
        "MPL_IGNORE_SYSTEM_FONTS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
