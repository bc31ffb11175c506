"""Acknowledged means durable: a process is killed while it writes, and all that it acknowledged is there, once."""

from pathlib import Path

from bot.storage import Store

from .samples import a_debate, killed_after, seen_from_outside


async def test_what_was_acknowledged_survives_a_kill(path: Path) -> None:
    async with Store.open(path) as store:
        await store.write(a_debate)
    acknowledged: set[int] = set()
    for run, heard in enumerate((1, 40, 173)):
        acknowledged |= killed_after(heard, path, 1_000_000 * run)
        assert seen_from_outside(path, "PRAGMA integrity_check") == ["ok"]
        recorded = seen_from_outside(path, "SELECT message_id FROM responses")
        assert len(recorded) == len(set(recorded))
        assert acknowledged <= set(recorded)
        # Each transaction is there whole: the note and the response that it wrote together.
        assert {int(key) for key in seen_from_outside(path, "SELECT key FROM notes")} == set(recorded)
    assert len(acknowledged) >= 214
