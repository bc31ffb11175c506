"""The command line, as an operator types it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.settings import Settings, variable_of
from tests.conftest import ROOT


def parley(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run bot.py to its end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "DISCORD_"))}
    return subprocess.run(
        [sys.executable, "bot.py", *arguments],
        cwd=ROOT,
        env={**clean, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_check_of_the_shipped_content_is_one_line_a_file() -> None:
    done = parley("check")

    assert done.returncode == Exit.OK, done.stdout + done.stderr
    files = [
        *ROOT.glob("article/*.md"),
        *ROOT.glob("article/*.yaml"),
        *ROOT.glob("prompts/*.yaml"),
        *ROOT.glob("prompts/formats/*.yaml"),
    ]
    assert len(done.stdout.splitlines()) == len(files)


def test_check_of_a_broken_set_names_the_place_and_ends_with_1(tmp_path: Path) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("title: Mine\nprompst: []\n", encoding="utf-8")

    done = parley("check", str(broken))

    assert done.returncode == Exit.CONTENT
    assert f"{broken}:2:1: " in done.stdout
    assert "prompts" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_invite_asks_for_just_what_the_readme_says() -> None:
    done = parley("invite", "123456789012345678")

    assert done.returncode == Exit.OK
    assert "client_id=123456789012345678" in done.stdout
    assert "scope=bot+applications.commands" in done.stdout


def test_invite_finds_the_application_in_the_token_and_never_prints_it() -> None:
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.canary.canary"

    done = parley("invite", DISCORD_TOKEN=token)

    assert "client_id=123456789012345678" in done.stdout
    assert "canary" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "status", "said"),
    [
        (["run"], {}, Exit.USAGE, "DISCORD_TOKEN"),
        (["invite"], {}, Exit.USAGE, "application id"),
        (["invite", "nonsense"], {}, Exit.USAGE, "neither an application id nor a bot token"),
        (["rehearse", "--headless"], {}, Exit.USAGE, "--out DIR"),
        (["rehearse", "--out", "x"], {}, Exit.USAGE, "--out goes with --headless"),
        (["rehearse", "--format", "fishbowl"], {}, Exit.USAGE, "--format goes with --headless"),
        (["rehearse"], {"PARLEY_REHEARSAL_PORT": "many"}, Exit.USAGE, "PARLEY_REHEARSAL_PORT"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    arguments: list[str], environment: dict[str, str], status: Exit, said: str
) -> None:
    done = parley(*arguments, **environment)

    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rehearsal_never_plays_into_a_record_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "parley.sqlite3").write_text("mine", encoding="utf-8")

    done = parley("rehearse", "--headless", "--out", str(tmp_path))

    assert done.returncode == Exit.USAGE
    assert "holds a record already" in done.stderr
    assert (tmp_path / "parley.sqlite3").read_text(encoding="utf-8") == "mine"


def test_a_rehearsal_in_a_format_tells_what_happened_phase_by_phase(tmp_path: Path) -> None:
    done = parley("rehearse", "--headless", "--out", str(tmp_path), "--format", "Think First")

    assert done.returncode == Exit.OK, done.stderr
    head, *phases, where = done.stdout.splitlines()
    assert head.startswith("Think first: ")
    assert [line.split(" · ")[0] for line in phases] == [
        "1. Read, 3 minutes",
        "2. Think, 8 minutes",
        "3. The count",
        "4. Compare, 8 minutes",
        "5. Reflect, 3 minutes",
    ]
    assert phases[1].endswith(" · 9 responses")
    assert where == f"The record is in {tmp_path / 'parley.sqlite3'}"


def test_a_rehearsal_in_an_unknown_format_names_those_that_there_are_and_leaves_no_record(tmp_path: Path) -> None:
    done = parley("rehearse", "--headless", "--out", str(tmp_path / "new"), "--format", "chess")

    assert done.returncode == Exit.USAGE
    assert "There is no format called chess. There are: open-floor, fishbowl, " in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    database = tmp_path / "not-a-database.sqlite3"
    database.write_text("Dear diary, " * 500, encoding="utf-8")

    done = parley("rehearse", PARLEY_REHEARSAL_DATABASE=str(database), PARLEY_REHEARSAL_PORT="0")

    assert done.returncode == Exit.DATABASE
    assert str(database) in done.stderr
    assert "Traceback" not in done.stderr
    assert database.read_text(encoding="utf-8").startswith("Dear diary")


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert parley("--version").stdout.strip() == f"Parley {project['version']}"


def test_the_readme_tells_every_setting_with_its_default() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", readme, re.MULTILINE))

    expected = {
        variable_of(name): "none" if field.default is None else f"`{field.default}`"
        for name, field in Settings.model_fields.items()
    }

    assert {name: default.replace("\\", "/") for name, default in expected.items()} == rows


def test_the_readme_tells_every_exit_status() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.search(r"## Exit statuses\n\n(.+?)\n\n", readme, re.DOTALL)

    assert told is not None
    assert [int(number) for number in re.findall(r"(?:^|· )(\d+)", told[1])] == [status.value for status in Exit]
