"""What was ever found or thought of as hostile, replayed against every target; and files grown until it would hurt."""

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.targets import TARGETS
from tests.conftest import ROOT

CORPUS = ROOT / "fuzz" / "corpus"
SAVED = sorted(path for path in CORPUS.rglob("*") if path.is_file())
SIZE = 128 * 1024


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_takes_all_that_is_saved(target: str) -> None:
    assert len(list((CORPUS / target).iterdir())) >= 5
    for path in SAVED:
        TARGETS[target](path.read_bytes())


def test_every_saved_file_belongs_to_a_target() -> None:
    assert {path.parent for path in SAVED} == {CORPUS / target for target in TARGETS}


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits of a process are set as Linux has them")
def test_no_large_file_takes_more_than_a_second_or_100_mib() -> None:
    command = [sys.executable, "-m", "fuzz.large", str(SIZE)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert " files of 131,072 bytes." in done.stdout
