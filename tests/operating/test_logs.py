"""What is in the log, what never is, and how large it gets."""

import json
import logging
import os
import stat
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.cli.exits import Exit, Stop
from bot.cli.logs import EARLIER, LARGEST, UntilAlone, log_to_a_file, log_to_the_console
from bot.cli.secrets import REMOVED
from bot.settings import Settings
from tests.operating.fake_discord import SECRET, TOKEN

log = logging.getLogger("bot.test")


@pytest.fixture(autouse=True)
def the_log_as_it_was() -> Generator[None]:
    """These tests set up the log of the whole program."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    for handler in handlers:
        root.removeHandler(handler)
    yield
    for handler in list(root.handlers):
        root.removeHandler(handler)
        with suppress(OSError):  # of the disk that is full
            handler.close()
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "parley.log"


def begin(monkeypatch: pytest.MonkeyPatch, file: Path | str) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("PARLEY_LOG_FILE", str(file))
    settings = Settings.read()
    log_to_the_console(settings)
    log_to_a_file(settings)


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


class TellingError(Exception):
    """An error of a library that tells too much."""


def fail() -> None:
    message = f"401 for Bot {TOKEN}"
    raise TellingError(message)


def test_a_log_begins_once_it_is_known_to_be_ours(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("PARLEY_LOG_FILE", str(file))
    settings = Settings.read()
    log_to_the_console(settings)
    kept = UntilAlone(settings)
    log.warning("before, with %s", TOKEN)
    assert not file.exists()

    kept.write()
    log.warning("after")
    kept.write()

    assert [line["message"] for line in lines(file)] == [f"before, with {REMOVED}", "after"]


def test_a_log_that_is_anothers_is_left_alone(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    begin(monkeypatch, file)
    file.write_text("x" * LARGEST, "utf-8")
    for handler in list(logging.getLogger().handlers):
        logging.getLogger().removeHandler(handler)
        handler.close()
    kept = UntilAlone(Settings.read())
    log.warning("the second")
    kept.forget()
    log.warning("and more")
    kept.write()
    assert (file.stat().st_size, [each.name for each in file.parent.iterdir()]) == (LARGEST, [file.name])


@pytest.mark.logs_errors
def test_the_token_is_in_no_record(
    monkeypatch: pytest.MonkeyPatch, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(monkeypatch, file)

    log.warning("Authorization: Bot %s", TOKEN)
    log.warning("and " + SECRET + " alone")
    log.warning("%(header)s", {"header": [TOKEN]})
    log.warning("with the stack", stack_info=True)
    try:
        fail()
    except TellingError as error:
        log.exception("failed", extra={"error_id": "0badcafe", "guild_id": 7})
        log.error("error %s", error, exc_info=error)

    console, written = capsys.readouterr().err, file.read_text("utf-8")
    for text in (console, written):
        assert SECRET not in text
        assert text.count(REMOVED) >= 6
        assert "TellingError: 401 for Bot" in text
    told = lines(file)
    assert told[0]["message"] == f"Authorization: Bot {REMOVED}"
    assert told[4] | {"exception": "", "time": ""} == {
        "time": "",
        "level": "ERROR",
        "logger": "bot.test",
        "message": "failed",
        "error": "0badcafe",
        "guild": 7,
        "exception": "",
    }


def test_the_files_are_private_and_never_grow_without_bound(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    begin(monkeypatch, file)
    logging.getLogger().handlers[0].setLevel(logging.CRITICAL)  # the console need not hear all that

    for number in range(14):
        log.info("%d\n%s", number, "x" * (LARGEST // 2 - 200))

    written = sorted(file.parent.iterdir())
    assert [path.name for path in written] == [file.name, *(f"{file.name}.{n}" for n in range(1, EARLIER + 1))]
    assert all(path.stat().st_size <= LARGEST for path in written)
    assert str(lines(file)[-1]["message"]).startswith("13\n")
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_full_disk_costs_lines_and_says_nothing_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no disk here that is always full")
    begin(monkeypatch, "/dev/full")

    log.info("one")
    log.info("two")

    told = capsys.readouterr().err
    assert [line[-3:] for line in told.splitlines()] == ["one", "two"]


def test_no_file_where_none_is_wanted_and_a_sentence_where_none_can_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begin(monkeypatch, "none")
    assert len(logging.getLogger().handlers) == 1

    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(Stop, match=r"^PARLEY_LOG_FILE: .+ cannot be written") as stopped:
        begin(monkeypatch, tmp_path / "taken" / "parley.log")
    assert stopped.value.status == Exit.USAGE
