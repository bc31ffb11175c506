"""Small facts of the installation itself, such as the hash of the commands that Discord was last told."""

from sqlalchemy import insert, select, update

from bot.storage.schema import notes as table
from bot.storage.transaction import Transaction


def get(tx: Transaction, key: str) -> str | None:
    """The value noted under that key (at most 64 characters), or None."""
    return tx.execute(select(table.c.value).where(table.c.key == key)).scalar_one_or_none()


def put(tx: Transaction, key: str, value: str) -> None:
    """Note a value under a key, instead of what stood there."""
    if tx.execute(update(table).where(table.c.key == key).values(value=value)).rowcount == 0:
        tx.execute(insert(table).values(key=key, value=value))
