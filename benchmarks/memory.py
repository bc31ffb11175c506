"""How much memory an export takes above an idle process, whatever the length of the debate."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.debate import long_debate
from benchmarks.result import Result, Skipped
from bot.transcripts import Format, write

LENGTHS = (10_000, 100_000, 1_000_000)
TARGET_MIB = 64.0
_STATUS = Path("/proc/self/status")


def measure() -> Iterator[Result]:
    """One process for each length, then how they compare."""
    if sys.platform == "win32":
        raise Skipped("Windows does not tell a process's peak of memory this way")
    above = [_in_a_process(length) for length in LENGTHS]
    for length, mib in zip(LENGTHS, above, strict=True):
        yield Result(f"Peak memory of an HTML of {length:,} responses, above idle", mib, TARGET_MIB, False, "MiB")
    yield Result(
        f"Peak memory above idle at {LENGTHS[-1]:,} against {LENGTHS[0]:,} responses",
        max(above[-1], 1) / max(above[0], 1),
        1.5,
        at_least=False,
    )


def _in_a_process(length: int) -> float:
    done = subprocess.run(  # noqa: S603 - this Python and this module
        [sys.executable, "-m", "benchmarks.memory", str(length)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _mib_above_idle(length: int) -> float:
    """In this process, which has done nothing else: the peak after the export less the peak before."""
    told = long_debate(length)
    idle = _now_mib()
    with TemporaryDirectory() as folder:
        write(told, Format.HTML, Path(folder))
    return _peak_mib() - idle


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
    sys.stdout.write(f"{_mib_above_idle(int(sys.argv[1]))}\n")
