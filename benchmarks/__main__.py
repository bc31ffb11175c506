"""Run every benchmark, tell each result, and say at the end whether all targets are met. Asserts nothing."""

from collections.abc import Callable, Iterator

from rich.console import Console

from benchmarks import (
    clicks,
    coaching,
    memory,
    page_speed,
    resident,
    responding_speed,
    stall,
    starting,
    table_speed,
    typing_speed,
)
from benchmarks.result import Result, Skipped

BENCHMARKS: tuple[Callable[[], Result | Iterator[Result]], ...] = (
    page_speed.measure,
    memory.measure,
    table_speed.measure,
    stall.measure,
    responding_speed.measure,
    typing_speed.measure,
    clicks.measure,
    coaching.measure,
    starting.measure,
    resident.measure,
)


def main() -> None:
    """Tell each result as it comes."""
    console = Console(soft_wrap=True, highlight=False)
    for benchmark in BENCHMARKS:
        try:
            found = benchmark()
            for result in [found] if isinstance(found, Result) else found:
                console.print(str(result), style="" if result.is_met else "bold", markup=False)
        except Skipped as reason:
            console.print(f"Skipped: {reason}", markup=False)


main()
