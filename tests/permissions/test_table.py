"""The table names just what can be used, and the docs print it."""

from collections import Counter

from bot.chat.client import Parley
from bot.chat.permission_table import TABLE, Thing, Where
from bot.cli.permitting import FILE, page
from tests.conftest import SchoolClass
from tests.permissions.walking import VERBS, commands_of, completions_of, menus_of, typed_words, verbs


def rows(*things: Thing) -> set[str]:
    return {row.name for row in TABLE if row.thing in things}


async def test_everything_that_can_be_used_has_a_row_and_every_row_a_thing(klass: SchoolClass) -> None:
    bot = klass.env.bot
    assert isinstance(bot, Parley)
    assert rows(Thing.COMMAND) == commands_of(bot)
    assert rows(Thing.MENU) == menus_of(bot)
    assert rows(Thing.COMPLETION) == completions_of(bot)
    assert rows(*VERBS) == verbs()
    assert not typed_words(bot)


def test_no_row_stands_twice() -> None:
    assert set(Counter(row.name for row in TABLE if row.thing in VERBS).values()) == {1}
    assert set(Counter((row.thing, row.name) for row in TABLE).values()) == {1}


def test_what_stands_on_a_message_is_told_so() -> None:
    for row in TABLE:
        assert (row.where is Where.CARD) == (row.thing in VERBS), row
        assert (row.where is Where.RESPONSE) == (row.thing is Thing.MENU), row


def test_the_docs_print_the_table_as_it_is() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run: make permissions"
