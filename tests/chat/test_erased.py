"""What is taken back leaves the disk, also where something else reads the database at that moment."""

from contextlib import ExitStack
from pathlib import Path

from bot.storage.snapshot import snapshot
from tests.chat.doing import posts_in, respond, rows, start
from tests.chat.seeing import answer, thread_in
from tests.conftest import SchoolClass

WORDS = "I take this back before long."


def lies_on_disk(database: Path) -> bool:
    """In the database, in its write-ahead log, or in anything else beside it."""
    return any(WORDS.encode() in file.read_bytes() for file in database.parent.iterdir() if file.is_file())


async def test_words_taken_back_during_an_export_leave_the_disk_within_a_minute_of_its_end(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    with ExitStack() as exporting:
        tx = exporting.enter_context(snapshot(database))
        assert tx.exec_driver_sql("SELECT count(*) FROM responses").scalar_one() == 1
        told = answer(
            await klass.ann.context_menu(thread_in(klass), "Withdraw my response", posts_in(thread_in(klass))[0])
        )
        assert told.startswith("Withdrawn: your words are erased from the record")
        await klass.env.advance_time(120)
        assert lies_on_disk(database), "the export still reads them"
    assert rows(database, "select body from responses") == [("{}",)]
    assert lies_on_disk(database)
    await klass.env.advance_time(62)  # the clockwork looks once a minute, and ticks once a second
    assert not lies_on_disk(database)
