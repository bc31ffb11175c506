"""`/discuss assign`: the teacher's word goes before the lot."""

from pathlib import Path

import pytest

from tests.chat.doing import CLAIM, press, rows
from tests.chat.panels import acts_on_audit, begin
from tests.chat.seeing import answer, card_in, text_of
from tests.conftest import SchoolClass, school_class

GROUPS = "structured-academic-controversy"


def places(database: Path) -> list[tuple[int, str, int | None, str]]:
    """Everybody's places so far: who, which side, which group, why."""
    return rows(database, "select user_id, side, group_number, reason from places order by id")


async def test_a_student_is_put_on_a_side(klass: SchoolClass, database: Path) -> None:
    await begin(klass, GROUPS)
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann, side="attack"))
    assert told in (
        "Ann argues for **🚀 To be able to attack**, in group 1 now. **My part** tells them.",
        "Ann argues for **🚀 To be able to attack**, in group 1 already: nothing has changed.",
    )
    assert places(database)[-1][:3] == (klass.ann.id, "attack", 1)
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann))
    assert told == (
        "Ann argues for **🛡️ To defend itself**, in group 1 now, no longer 🚀 To be able to attack. **My part** tells "
        "them."
    )
    assert places(database)[-1] == (klass.ann.id, "defend", 1, "teacher")
    before = places(database), acts_on_audit(database)
    assert before[1][-1] == "assign"
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann, side="defend"))
    assert told == "Ann argues for **🛡️ To defend itself**, in group 1 already: nothing has changed."
    assert (places(database), acts_on_audit(database)) == before
    assert rows(database, "select json_extract(details, '$.side') from audits order by id desc limit 1") == [
        ("defend",)
    ]


async def test_a_side_is_named_as_it_is_shown(klass: SchoolClass, database: Path) -> None:
    await begin(klass, GROUPS)
    choices = await klass.teacher.autocomplete(klass.channel, "discuss assign", "side", "", member=klass.ann)
    assert choices == [
        {"name": "To be able to attack", "value": "attack"},
        {"name": "To defend itself", "value": "defend"},
    ]
    choices = await klass.teacher.autocomplete(klass.channel, "discuss assign", "side", "DEF", member=klass.ann)
    assert [choice["value"] for choice in choices] == ["defend"]
    await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann, side=" to DEFEND itself ")
    assert places(database)[-1][1] == "defend"


async def test_circles_are_sides_too(klass: SchoolClass, database: Path) -> None:
    await begin(klass, "fishbowl")
    choices = await klass.teacher.autocomplete(klass.channel, "discuss assign", "side", "", member=klass.ann)
    assert [choice["name"] for choice in choices] == ["inner circle", "outer circle"]
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann, side="outer"))
    assert told.startswith("Ann is in **the outer circle** ")
    assert places(database)[-1][1] == "outer"


async def test_it_holds_for_what_the_student_writes(database: Path) -> None:
    async with school_class(database, students=4) as klass:
        await begin(klass, GROUPS)
        await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann, side="defend")
        await klass.env.advance_time(306)
        assert "First side" in text_of(card_in(klass))
        form = await press(klass.ann, card_in(klass), "Respond")
        await klass.ann.submit_modal(form, CLAIM)
        assert rows(database, "select stance from responses") == [("defend",)]


async def test_what_cannot_be_assigned_is_refused(klass: SchoolClass, database: Path) -> None:
    await begin(klass, GROUPS)
    for options, why in (
        ({"side": "bargain"}, "There is no such side"),
        ({"side": "nonsense"}, "There is no such side"),
    ):
        told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann, **options))
        assert why in told
    helper = klass.guild.add_member(klass.env.create_user("Helper", bot=True))
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=helper))
    assert told == "A bot takes no side."
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.teacher))
    assert told == "Sides are for students, and whom you have named teaches here."
    assert places(database) == []
    await klass.teacher.slash(klass.channel, "discuss close")
    await begin(klass, "oxford-debate")
    told = answer(await klass.teacher.slash(klass.channel, "discuss assign", member=klass.ann))
    assert told == "In “Oxford debate” nobody is assigned a side: students choose their own."
    assert await klass.teacher.autocomplete(klass.channel, "discuss assign", "side", "", member=klass.ann) == []


@pytest.mark.parametrize("debating", [True, False])
async def test_only_teachers_assign(klass: SchoolClass, database: Path, debating: bool) -> None:
    if debating:
        await begin(klass, GROUPS)
    told = answer(await klass.ann.slash(klass.channel, "discuss assign", member=klass.ben))
    assert "This is for teachers" in told
    assert await klass.ann.autocomplete(klass.channel, "discuss assign", "side", "", member=klass.ben) == []
    assert places(database) == []
