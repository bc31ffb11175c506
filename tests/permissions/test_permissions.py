"""Each thing used as each kind of person: the table says what comes of it, and what is refused changes nothing."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.chat.permission_table import TABLE, Can, Row, Thing, Where, Who
from bot.chat.watching import Outcome
from tests.permissions.recipes import Scene, recipe_of
from tests.permissions.school import SECRET, School, school
from tests.permissions.walking import verbs

AGREEING = {"yes", "yes-form"}
"""What they put on record is that somebody agrees to be, whatever else the address says."""

LEAVING = {"privacy withdraw", "erase"}
"""After these nobody takes part in the next ones who does not agree again."""

MEMBERS = (Who.STUDENT, Who.TEACHER, Who.MODERATOR, Who.ADMIN)


@pytest.fixture
async def made(database: Path) -> AsyncGenerator[School]:
    async with school(database) as found:
        yield found


async def tried(made: School, row: Row, who: Who, can: Can, *, owns: bool = True) -> str | None:
    """Use it, and say what is wrong with what came of it."""
    me = made.somebody(who)
    author = me if owns and who in MEMBERS and row.answer(who) is Can.OWN else made.member(made.classmate)
    go = await recipe_of(row)(Scene(made, row, who, me, author, can))
    before = made.everything()
    answered = await go()
    changed = [table for table, rows in made.everything().items() if rows != before[table]]
    if row.name in LEAVING and me.guild_id is not None:
        await me.press("parley:yes")
    refused, far = can is Can.NO, who is Who.STRANGER
    needs_sentence = refused and row.thing is not Thing.COMPLETION
    wrong = [
        *(["an error"] if answered.outcome is Outcome.ERROR else []),
        *(["not refused"] if refused and not answered.is_refused else []),
        *(["refused"] if answered.is_refused and not refused and not far else []),
        *([f"changed {changed}"] if changed and (refused or far) else []),
        *(["shows a classmate's words"] if SECRET in answered.shown and (refused or far or owns_all(row, can)) else []),
        *(["no sentence"] if needs_sentence and not re.search(r"[a-z`*]\.", answered.shown) else []),
    ]
    told = f"{row.thing.name.lower()} {row.name!r} as {who}{'' if owns else ', of another'}"
    return f"{told}: {', '.join(wrong)}: {answered.shown[:300]}" if wrong else None


def owns_all(row: Row, can: Can) -> bool:
    """Is all that it shows one's own?"""
    return can is Can.OWN and not row.named


@pytest.mark.parametrize("who", list(Who))
async def test_everybody_can_do_what_the_table_says_and_nothing_else(made: School, who: Who) -> None:
    wrong = [await tried(made, row, who, row.answer(who)) for row in TABLE]
    if who in MEMBERS:
        own = [row for row in TABLE if row.named and row.answer(who) is Can.OWN]
        assert own
        wrong += [await tried(made, row, who, Can.NO, owns=False) for row in own]
    assert not any(wrong), "\n".join(filter(None, wrong))


async def test_a_command_works_where_the_table_says(made: School) -> None:
    wrong: list[str] = []
    for row in TABLE:
        if row.thing is not Thing.COMMAND or row.answer(Who.TEACHER) is not Can.YES:
            continue
        for thread in (True, False):
            debate = await made.begin() if row.where is not Where.SERVER else made.debates["drawn"]
            if row.name in ("discuss assign", "discuss chart"):
                debate = made.debates["together" if row.name == "discuss assign" else "drawn"]
            if row.name == "discuss start":  # where one has been, another can be
                debate = await made.begin()
                await made.admin.at(debate.channel.id).command("discuss close")
            place = debate.thread if thread else made.room().id
            me = made.somebody(Who.TEACHER).at(place)
            scene = Scene(made, row, Who.TEACHER, me, me, Can.YES, stays=True)
            answered = await (await recipe_of(row)(scene))()
            if answered.is_refused == (thread or row.where is Where.SERVER):
                wrong.append(f"/{row.name} in {'a thread' if thread else 'another channel'}: {answered.shown[:300]}")
    assert not wrong, "\n".join(wrong)


BAD = ("", "0", "9" * 18, "9" * 60, "\u0663", "~0")


async def test_an_address_that_somebody_made_up_changes_nothing(made: School) -> None:
    student = made.somebody(Who.STUDENT)
    before = made.everything()
    for verb in sorted(verbs() - AGREEING):
        for number, bad in enumerate(BAD):
            custom_id = ":".join(["parley", verb, *[bad] * (1 + number % 3)])
            if number % 2:
                answered = await student.press(custom_id)
            else:
                answered = await student.submit(custom_id, {"text": "Words.", "claim": "Words.", "reason": "Words."})
            assert answered.outcome is not Outcome.ERROR, (custom_id, answered.shown)
            assert SECRET not in answered.shown
    assert made.everything() == before


@pytest.mark.parametrize(
    "custom_id", ["", "parley", "parley:", "parley:nothing", "Parley:vote:1:defend", "vote:1", ":::"]
)
async def test_what_is_no_address_of_ours_is_refused(made: School, custom_id: str) -> None:
    before = made.everything()
    for who in MEMBERS:
        assert (await made.somebody(who).press(custom_id)).is_refused
    assert made.everything() == before
