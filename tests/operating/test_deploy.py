"""The service and the image name what is there, and hold what the program promises."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.settings import Settings
from tests.conftest import ROOT

SERVICE = ROOT / "deploy" / "parley.service"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
VARIABLES = {str(field.validation_alias or f"PARLEY_{name.upper()}") for name, field in Settings.model_fields.items()}


def service() -> dict[str, list[str]]:
    """The unit's settings; a name may stand there more than once."""
    found: dict[str, list[str]] = {}
    for line in SERVICE.read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's lines, continued ones joined, as instruction and rest."""
    joined = re.sub(r"\\\n\s*", " ", DOCKERFILE.read_text("utf-8"))
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_finds_nothing_wrong_with_the_service(tmp_path: Path) -> None:
    here = tmp_path / SERVICE.name
    text = SERVICE.read_text("utf-8").replace("/opt/parley/.venv/bin/python", "/bin/true")
    here.write_text(text.replace("/opt/parley", str(tmp_path)), encoding="utf-8")

    found = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False)

    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_the_service_ends_in_order_and_is_not_tried_again_where_that_mends_nothing() -> None:
    said = service()

    assert said["Restart"] == ["on-failure"]
    assert {int(status) for status in said["RestartPreventExitStatus"][0].split()} == {Exit.USAGE, Exit.TOKEN}
    assert said["KillSignal"] == ["SIGTERM"]
    assert said["NoNewPrivileges"] == said["DynamicUser"] == ["yes"]
    assert said["StateDirectoryMode"] == ["0700"]
    set_here = {word.partition("=")[0] for line in said["Environment"] for word in shlex.split(line)}
    assert {name for name in set_here if name.startswith("PARLEY_")} <= VARIABLES
    assert "DISCORD_TOKEN" not in set_here


def test_the_image_is_made_of_what_is_there_and_of_nothing_else() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}

    copied = [word for instruction, rest in instructions() if instruction == "COPY" for word in rest.split()[:-1]]

    assert "*" in ignored
    assert set(copied) == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_runs_as_nobody_special_from_pinned_packages() -> None:
    said = dict(instructions())
    whole = DOCKERFILE.read_text("utf-8")

    assert said["USER"] == "parley"
    assert said["STOPSIGNAL"] == "SIGTERM"
    assert said["VOLUME"] == "/data"
    assert "--require-hashes" in said["RUN"] or "--require-hashes" in whole
    assert re.fullmatch(r"python:3\.1[1-4]-slim", said["FROM"])
    names = re.findall(r"\b(PARLEY_[A-Z_]+)=", said["ENV"])
    assert names
    assert set(names) <= VARIABLES
    command = re.search(r'CMD \["python", "-c", "(.+)"\]', said["HEALTHCHECK"])
    assert command is not None
    compile(command[1], "healthcheck", "exec")


def test_no_index_is_named() -> None:
    for path in (SERVICE, DOCKERFILE, ROOT / ".dockerignore", *ROOT.glob("requirements*.txt")):
        assert "index-url" not in path.read_text("utf-8")
        assert "://" not in path.read_text("utf-8").replace("http://127.0.0.1", "")
