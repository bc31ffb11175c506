"""Erased words leave the disk, also those that a killed bot had not got to."""

import shutil
from pathlib import Path

from bot.storage import Store, responses
from bot.storage.snapshot import snapshot

from .samples import HERE, a_debate, a_response, at

WORDS = "I take this back before long."


def lies_on_disk(folder: Path) -> bool:
    """In the database, in its write-ahead log, or in anything else beside it."""
    return any(WORDS.encode() in file.read_bytes() for file in folder.iterdir() if file.is_file())


async def test_what_a_killed_bot_had_not_erased_from_its_log_is_erased_by_the_next_start(
    path: Path, tmp_path: Path
) -> None:
    left_behind = tmp_path / "left behind"
    async with Store.open(path) as store:
        posed = await store.write(a_debate)
        said = await store.write(lambda tx: a_response(tx, posed.id, words=WORDS))
        with snapshot(path):
            await store.write(lambda tx: responses.withdraw(tx, HERE, said.id, at(9)))
            shutil.copytree(path.parent, left_behind)
    assert not lies_on_disk(path.parent)
    assert lies_on_disk(left_behind)
    async with Store.open(left_behind / path.name) as store:
        assert not lies_on_disk(left_behind)
        found = await store.read(lambda tx: responses.get(tx, HERE, said.id))
        assert found is not None
        assert found.withdrawn_at is not None
