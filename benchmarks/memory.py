"""How much memory an export takes above an idle process, whatever the length of the debate."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.result import Result, Skipped
from benchmarks.table_speed import export, fill
from bot.transcripts import Format

LENGTHS = (10_000, 100_000, 1_000_000)
TARGET_MIB = 64.0
SAME = 1.05
"""Two peaks of a process that count as the same: its own measure differs by a few percent from run to run."""
_STATUS = Path("/proc/self/status")


def measure() -> Iterator[Result]:
    """One process for each length, then how they compare."""
    if sys.platform == "win32":
        raise Skipped("Windows does not tell a process's peak of memory this way")
    peaks: list[float] = []
    for length in LENGTHS:
        idle, peak = _in_a_process(length)
        peaks.append(peak)
        what = f"Peak memory of an HTML of {length:,} responses, above idle"
        yield Result(what, peak - idle, TARGET_MIB, False, "MiB", f"the process idle: {idle:.0f} MiB")
    yield Result(
        f"Peak memory of the process at {LENGTHS[-1]:,} against {LENGTHS[0]:,} responses",
        peaks[-1] / peaks[0],
        SAME,
        at_least=False,
    )


def _in_a_process(length: int) -> tuple[float, float]:
    """What a process takes before the export and at its peak, in MiB."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "parley.sqlite3"
        asyncio.run(fill(database, length))
        done = subprocess.run(  # noqa: S603 - this Python and this module
            [sys.executable, "-m", "benchmarks.memory", str(database), str(length)],
            check=True,
            capture_output=True,
            text=True,
        )
    idle, peak = done.stdout.split()
    return float(idle), float(peak)


def _idle_and_peak(database: Path, length: int) -> tuple[float, float]:
    """In this process, which has done nothing else: before the export from the database, and its peak."""
    idle = _now_mib()
    export(database, Format.HTML, length)
    return idle, _peak_mib()


def _now_mib() -> float:
    """What is taken now; on Linux the peak so far is forgotten, which loading the content may have set."""
    if _STATUS.exists():
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        return _status("VmRSS")
    return _peak_mib()


def _peak_mib() -> float:
    if _STATUS.exists():  # getrusage would tell the parent's peak too
        return _status("VmHWM")
    import resource  # noqa: PLC0415 - only there on Unix

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _status(name: str) -> float:
    """A size in Linux's own words on this process, in MiB."""
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    before, most = _idle_and_peak(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(f"{before} {most}\n")
