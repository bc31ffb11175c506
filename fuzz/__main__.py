"""`python -m fuzz [SECONDS]`: large hostile files first, then each target under the fuzzer for so long.

What is found is written into the saved corpus, from which the tests replay it: mend it, and leave the file there.
What the fuzzer itself learns stays under build/.
"""

import importlib.util
import subprocess
import sys

from fuzz.targets import ROOT, TARGETS

CORPUS = ROOT / "fuzz" / "corpus"
BROKEN = ROOT / "tests" / "content" / "broken"
_SECONDS_EACH = 60
_TIMEOUT = 1
"""Seconds for one input."""


def fuzzed(name: str, seconds: int) -> bool:
    """Is there nothing to be found in so many seconds?"""
    learnt = ROOT / "build" / "fuzz" / name
    learnt.mkdir(parents=True, exist_ok=True)
    seeds = [CORPUS / name, *([BROKEN] if name == "loader" else [])]
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={_TIMEOUT}",
        f"-max_len={1024 * 1024}",
        f"-artifact_prefix={CORPUS / name}/",
        "-print_final_stats=1",
        "-close_fd_mask=0",
        "-verbosity=0",
    ]
    command = [sys.executable, "-m", "fuzz.run", name, *options, str(learnt), *map(str, seeds)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - only what stands above


def main() -> int:
    """Tells what each target came to."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS_EACH
    fine = subprocess.run([sys.executable, "-m", "fuzz.large"], cwd=ROOT, check=False).returncode == 0
    if importlib.util.find_spec("atheris") is None:
        print("There is no atheris for this Python or this machine: only the large files were read.")  # noqa: T201 - a tool
        return 0 if fine else 1
    for name in TARGETS:
        print(f"{name}: {seconds} seconds", flush=True)  # noqa: T201 - a tool for the terminal
        fine = fuzzed(name, seconds) and fine
    return 0 if fine else 1


sys.exit(main())
