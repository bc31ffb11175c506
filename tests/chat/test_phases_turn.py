"""Whose turn it is: whoever is told that others speak now has been told their own side by that, and keeps it."""

from pathlib import Path

import pytest

from tests.chat.doing import posts_in, press, rows
from tests.chat.phases import argue, debating, do, go_on
from tests.chat.seeing import answer, text_of, thread_in

FISHBOWL = """
sides: {assign: circles}
phases:
  - read: {}
  - argue: {who: inner}
  - reply: {who: outer}
"""
PLACES = "select user_id, side from places order by id"


@pytest.mark.parametrize("first", [0, 1])
async def test_the_outer_circle_that_listens_first_speaks_afterwards(
    first: int, tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, FISHBOWL) as klass:
        await go_on(klass)
        order = [klass.students[first], klass.students[1 - first]]
        tried = [await do(klass, student, "Respond") for student in order]
        outer = next(student for student, result in zip(order, tried, strict=True) if result.modal is None)
        inner = next(student for student in order if student is not outer)
        refused = next(result for result in tried if result.modal is None)
        assert answer(refused) == "Now the inner circle speaks; you listen."
        assert dict(rows(database, PLACES)) == {outer.id: "outer", inner.id: "inner"}

        await argue(klass, inner)
        await go_on(klass)
        response = next(post for post in posts_in(thread_in(klass)) if "Talk now" in text_of(post))
        assert (await press(outer, response, "Reply")).modal is not None
        assert answer(await press(inner, response, "Reply")) == "That is your own response: choose a classmate's."
        assert dict(rows(database, PLACES)) == {outer.id: "outer", inner.id: "inner"}
