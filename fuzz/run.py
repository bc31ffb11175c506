"""One target under the fuzzer, in a process of its own: `python -m fuzz.run TARGET ARGUMENTS-OF-LIBFUZZER`."""

import importlib
import resource
import sys
from types import ModuleType

_ROOM = 100
"""MiB beyond what the process has before the first input."""


def main() -> None:
    """Fuzzes until its time is over, or something is found."""
    name, *options = sys.argv[1:]
    atheris: ModuleType = importlib.import_module("atheris")  # only `make fuzz` has it
    with atheris.instrument_imports(include=["bot", "yaml", "markdown_it"]):
        targets = importlib.import_module("fuzz.targets")
    target = targets.TARGETS[name]
    target(b"article: x\nprompts: 1\n")  # what is imported or made once is no input's fault
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    atheris.Setup([sys.argv[0], f"-rss_limit_mb={base + _ROOM}", *options], target)
    atheris.Fuzz()


main()
