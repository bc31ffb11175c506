"""Run Alembic over a database. The only module that imports Alembic, itself imported only when there is need."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.storage.errors import DatabaseTooNew
from bot.storage.transaction import Transaction
from bot.storage.versions import Steps


def upgrade(tx: Transaction, path: Path, steps: Steps, found: str | None) -> None:
    """Lead a database from the version found to ours, in the transaction of `tx`. DatabaseTooNew if it is unknown."""
    config = settings(steps)
    if found is not None and not _knows(config, found):
        sentence = f"The database {path} was written by a later version of Parley ({found}); upgrade Parley to open it."
        raise DatabaseTooNew(sentence)
    config.attributes["connection"] = tx
    command.upgrade(config, steps.head)


def settings(steps: Steps) -> Config:
    """What an alembic.ini would say."""
    config = Config()
    config.set_main_option("script_location", str(steps.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _knows(config: Config, version: str) -> bool:
    try:
        ScriptDirectory.from_config(config).get_revision(version)
    except CommandError:
        return False
    return True
