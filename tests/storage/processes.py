"""What tests let another process do: `python -m tests.storage.processes WHAT …`."""

import asyncio
import os
import sys
from pathlib import Path

from bot.discussion.ids import MessageId
from bot.discussion.values import Round, Source
from bot.storage import Store, Transaction, notes, rounds
from bot.storage.versions import Steps

from .samples import a_response

SIDES = 8


async def write(path: Path, first: int) -> None:
    """Write from several sides at once, until killed, and print each key once it is acknowledged.

    Keys begin at `first`, so that every run has its own.
    """
    async with Store.open(path) as store:
        [posed] = await store.read(rounds.all_open)
        await asyncio.gather(*(write_on(store, posed, first + side) for side in range(SIDES)))


async def write_on(store: Store, posed: Round, key: int) -> None:
    """A response and a note in one transaction, again and again."""
    while True:
        key += SIDES

        def work(tx: Transaction, key: int = key) -> None:
            a_response(tx, posed.id, words=f"words {key}", source=Source.MESSAGE, message=MessageId(key))
            notes.put(tx, f"{key}", "said")

        await store.write(work)
        os.write(1, b"%d\n" % key)


async def open_and_abort(path: Path) -> None:
    """End without any cleaning up while the database is open."""
    async with Store.open(path):
        os._exit(9)


async def open_and_tell(path: Path) -> None:
    """Open, close, and tell which modules that took."""
    async with Store.open(path):
        pass
    sys.stdout.write(" ".join(name for name in ("sqlalchemy", "alembic", "mako") if name in sys.modules))


async def migrate(path: Path, folder: Path, head: str) -> None:
    """Open with these migrations."""
    async with Store.open(path, steps=Steps(folder, head)):
        pass


async def main(what: str, path: Path, *more: str) -> None:
    """Do what is named."""
    match what:
        case "write":
            await write(path, int(more[0]))
        case "open_and_abort":
            await open_and_abort(path)
        case "open_and_tell":
            await open_and_tell(path)
        case _:
            await migrate(path, Path(more[0]), more[1])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]))
