"""Large hostile files: a pattern each, repeated until the file has its size. None takes long, and none much memory.

`python -m fuzz.large` reads each of 1 MiB in a process of its own, and tells which took the longest and the most.
"""

import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

from fuzz.patterns import PATTERNS, Pattern
from fuzz.targets import TARGETS

MEBIBYTE = 1024 * 1024
MOST_SECONDS = 1.0
MOST_BYTES = 100 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Read:
    """What one large file took: seconds of processor time (None: it was killed), and bytes beyond those before."""

    target: str
    pattern: Pattern
    seconds: float | None
    size: int

    @property
    def is_fine(self) -> bool:
        """Did it stay within both limits?"""
        return self.seconds is not None and self.seconds <= MOST_SECONDS and self.size <= MOST_BYTES

    def __str__(self) -> str:
        begins, repeated, ends = (part if len(part) <= 60 else part[:20] + b"..." + part[-40:] for part in self.pattern)
        took = "was killed" if self.seconds is None else f"{self.seconds:.2f} s, {self.size / MEBIBYTE:.0f} MiB"
        return f"{took}: {self.target} of {begins!r}, many {repeated!r}, {ends!r}"


def made(pattern: Pattern, size: int) -> bytes:
    """A file of just this size."""
    begins, repeated, ends = pattern
    room = size - len(begins) - len(ends)
    if b"%d" in repeated:
        numbered = repeated.count(b"%d")
        count = room // (len(repeated) - 2 * numbered) + 1
        middle = b"".join(repeated % ((number,) * numbered) for number in range(count))
    else:
        middle = repeated * (room // len(repeated) + 1)
    return begins + middle[:room] + ends


def read_each(size: int, most_seconds: int) -> Iterator[Read]:
    """What each large file takes. One that takes more seconds than these, or much too much memory, is killed."""
    TARGETS["loader"](b"prompts: 1\nphases: [{argu: 1}]\n")  # what is imported or made once is no file's fault
    for target, patterns in PATTERNS.items():
        for pattern in patterns:
            seconds, taken = _measured(target, made(pattern, size), most_seconds)
            yield Read(target, pattern, seconds, taken)


def _measured(target: str, data: bytes, most_seconds: int) -> tuple[float | None, int]:
    """Runs a target in a fork of this process."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
            before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
            most_space = _address_space() + 3 * MOST_BYTES
            resource.setrlimit(resource.RLIMIT_AS, (most_space, most_space))
            TARGETS[target](data)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            os.write(writer, f"{process_time() - began} {1024 * grown}".encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        found = told.read().split()
    os.waitpid(child, 0)
    return (float(found[0]), int(found[1])) if found else (None, 0)


def _address_space() -> int:
    with open("/proc/self/statm") as file:  # noqa: PTH123 - in a fork, the less the better
        return int(file.read().split()[0]) * resource.getpagesize()


def main() -> int:
    """Tells the worst of each kind and every one beyond a limit. A size in bytes may be given."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else MEBIBYTE
    found = list(read_each(size, 10))
    for read in found:
        if not read.is_fine:
            print(f"TOO MUCH: {read}")  # noqa: T201 - a tool for the terminal
    done = [read for read in found if read.seconds is not None]
    print(f"{len(found)} files of {size:,} bytes. The longest: {max(done, key=lambda read: read.seconds or 0)}")  # noqa: T201
    print(f"The most memory: {max(done, key=lambda read: read.size)}")  # noqa: T201
    return 0 if all(read.is_fine for read in found) else 1


if __name__ == "__main__":
    sys.exit(main())
