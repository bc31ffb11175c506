"""All settings in one typed object, read once from the environment and .env, and passed in."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr

FILE = Path(".env")


def variable_of(field: str) -> str:
    """The variable that sets a field."""
    return "DISCORD_TOKEN" if field == "discord_token" else f"PARLEY_{field.upper()}"


class Settings(BaseModel):
    """What an operator may set. Every field is a variable of the environment or of the file .env."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=variable_of)

    discord_token: SecretStr | None = Field(
        default=None, description="The bot's token. Without one, the rehearsal room opens instead."
    )
    database: Path = Field(
        default=Path("data/parley.sqlite3"), description="The SQLite file that keeps everything: the one to back up."
    )
    articles: Path = Field(default=Path("article"), description="The folder of articles (Markdown).")
    prompts: Path = Field(default=Path("prompts"), description="The folder of prompt sets (YAML).")
    time_zone: ZoneInfo = Field(
        default=ZoneInfo("UTC"), description="The school's time zone, for example `Europe/Berlin`."
    )
    keep_withdrawn: bool = Field(
        default=False,
        description="Keep withdrawn words for moderators, out of every view, instead of erasing them at once.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged. Never students' words, never the token."
    )
    log_file: Literal["none"] | Path = Field(
        default=Path("data/parley.log"),
        description="Where `run` logs as JSON lines, beside the console: 25 MiB at most. `none` for no file.",
    )
    health_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="`/health` and `/metrics` on this port of 127.0.0.1; 0 takes any free one. Unset: off.",
    )
    rehearsal_database: Path = Field(
        default=Path("data/rehearsal.sqlite3"),
        description="The rehearsal room's own record; the room itself is kept beside it.",
    )
    rehearsal_port: int = Field(
        default=8765, ge=0, le=65535, description="The rehearsal room's port on 127.0.0.1; 0 takes any free one."
    )

    @classmethod
    def read(cls) -> Self:
        """The settings as they stand; the environment goes before .env, and what is empty counts as not set.

        Raises a ValidationError where a value is wrong and an OSError where .env cannot be read.
        """
        told = {**_in_the_file(), **os.environ}
        return cls.model_validate({name.upper(): value for name, value in told.items() if value})


def _in_the_file() -> Mapping[str, str | None]:
    if not FILE.is_file():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - a service has no such file

    return dotenv_values(FILE, encoding="utf-8")
