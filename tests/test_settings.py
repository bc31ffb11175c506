"""The settings, from the environment and from .env."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.settings import Settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", *(f"PARLEY_{field.upper()}" for field in Settings.model_fields)):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_what_is_not_set_has_its_default() -> None:
    settings = Settings.read()

    assert settings.discord_token is None
    assert (settings.database, settings.time_zone) == (Path("data/parley.sqlite3"), ZoneInfo("UTC"))


def test_the_environment_goes_before_the_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        "# Ours",
        "DISCORD_TOKEN='a b#c'  # quoted",
        "export PARLEY_TIME_ZONE=Europe/Berlin",
        "parley_keep_withdrawn=yes",
        "PARLEY_DATABASE=file.sqlite3",
        "SOMETHING_ELSE=1",
    )
    (here / ".env").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("PARLEY_DATABASE", "environment.sqlite3")

    settings = Settings.read()

    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "a b#c"
    assert settings.time_zone == ZoneInfo("Europe/Berlin")
    assert settings.keep_withdrawn
    assert settings.database == Path("environment.sqlite3")


def test_what_is_empty_is_not_set(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / ".env").write_text("DISCORD_TOKEN=\nPARLEY_LOG_LEVEL", encoding="utf-8")
    monkeypatch.setenv("PARLEY_HEALTH_PORT", "")

    settings = Settings.read()

    assert (settings.discord_token, settings.log_level, settings.health_port) == (None, "INFO", None)


def test_the_words_none_for_no_log_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_LOG_FILE", "none")

    assert Settings.read().log_file == "none"


def test_a_wrong_value_is_told_by_its_variable_and_without_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "canary")
    monkeypatch.setenv("PARLEY_HEALTH_PORT", "70000")

    with pytest.raises(ValidationError) as wrong:
        Settings.read()

    assert [error["loc"] for error in wrong.value.errors()] == [("PARLEY_HEALTH_PORT",)]
    assert "canary" not in str(wrong.value)
