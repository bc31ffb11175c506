"""A group's text: several write it, nobody's wording is lost on the way, and it stands under the group's name."""

import json
from pathlib import Path

from tests.chat.doing import forge, posts_in, press, reply, rows
from tests.chat.phases import (
    cards_in,
    debating,
    do,
    form,
    go_on,
    handed_back,
    ids_of,
    notice,
    on_record,
    post_of,
    said_anywhere,
    seen_by,
    words_of,
    write,
)
from tests.chat.seeing import answer, buttons_of, text_of, thread_in
from tests.conftest import SchoolClass

TOGETHER = """
sides: {assign: stances}
groups: {size: 4}
phases:
  - statement: {name: Common ground, ask: "What do you *agree* on?", at-least-words: 3, minutes: 5}
  - reply: {to: other-side}
  - argue: {}
"""
STATED = "select user_id, edited_by, group_number, held_back, body from responses order by id"


async def seated(klass: SchoolClass) -> None:
    """Everybody has their place."""
    for student in klass.students:
        await do(klass, student, "My part")


async def test_the_group_goes_on_with_its_own_text(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        await seated(klass)
        shown = await do(klass, klass.ann, "Write together")
        assert "**What do you \\\\*agree\\\\* on?**\\n-# Group 1: Ann, Ben" in words_of(shown)
        field = form(shown)["text"]
        assert (field["label"], field.get("value"), field["max_length"]) == ("Your group's text", None, 3000)
        told = await klass.ann.submit_modal(shown, {"text": "We agree on little."})
        assert "**Recorded** as the text of group 1. The class reads it when the phase is over" in answer(told)
        assert told.response is not None
        assert buttons_of(told.response) == ["Go on writing", "Withdraw"]

        shown = await do(klass, klass.ben, "Write together")
        assert form(shown)["text"]["value"] == "We agree on little."
        told = answer(await klass.ben.submit_modal(shown, {"text": "We agree on quite a lot."}))
        assert "It replaces Ann's wording, which is kept." in told
        assert rows(database, STATED) == [
            (klass.ann.id, klass.ben.id, 1, 1, '{"text":"We agree on quite a lot."}'),
        ]
        assert rows(database, "select user_id, body from revisions") == [(None, '{"text":"We agree on little."}')]
        shown = await do(klass, klass.ben, "Write together")
        told = answer(await klass.ben.submit_modal(shown, {"text": "We agree on all of it."}))
        assert "It replaces" not in told
        assert said_anywhere(klass, "We agree") == []


async def test_of_two_who_write_at_once_the_later_is_told_and_nobodys_words_are_lost(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        await seated(klass)
        first, second = [await do(klass, actor, "Write together") for actor in (klass.ann, klass.ben)]
        await klass.ann.submit_modal(first, {"text": "Ann's very own words."})
        late = await klass.ben.submit_modal(second, {"text": "Ben's very own words."})
        refused, page = seen_by(late)
        assert "Ann has written in your group's text since you opened the form" in text_of(refused)
        assert await handed_back(late) == "Ben's very own words."
        assert text_of(page).splitlines()[1:] == [
            "### The text of group 1, as Ann wrote it last",
            "Ann's very own words.",
        ]
        assert [json.loads(body) for *_, body in rows(database, STATED)] == [{"text": "Ann's very own words."}]

        shown = await press(klass.ben, page, "Go on from here")
        assert form(shown)["text"]["value"] == "Ann's very own words."
        told = answer(await klass.ben.submit_modal(shown, {"text": "Ann's and Ben's own words."}))
        assert "It replaces Ann's wording, which is kept." in told
        assert rows(database, "select body from revisions") == [('{"text":"Ann\'s very own words."}',)]


async def test_a_form_opened_three_wordings_ago_is_refused_too_but_the_same_words_are_not(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        await seated(klass)
        await write(klass, klass.ann, "Write together", "The first of all wordings.")
        old, same = [await do(klass, klass.ben, "Write together") for _ in range(2)]
        for words in ("The second of all wordings.", "The first of all wordings."):
            await write(klass, klass.ann, "Write together", words)
        refused, _ = seen_by(await klass.ben.submit_modal(old, {"text": "Ben's own wording."}))
        assert "since you opened the form" in text_of(refused)
        told = answer(await klass.ben.submit_modal(same, {"text": "The first of all wordings."}))
        assert "**Recorded**" in told
        assert rows(database, "select count(*) from revisions") == [(2,)]


async def test_too_few_words_come_back(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        for words, why in (("Too few.", "at least 3 words; yours has 2"), ("\u200b", "Your group's text is empty")):
            told = await write(klass, klass.ann, "Write together", words)
            assert why in answer(told)
        assert on_record(database) == []


async def test_it_is_posted_under_the_groups_name_and_its_post_follows_each_change(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        await seated(klass)
        receipt = await write(klass, klass.ann, "Write together", "We agree on little.")
        await write(klass, klass.ben, "Write together", "We agree on quite a lot.")
        await go_on(klass)
        await klass.env.advance_time(61)
        [card] = cards_in(klass)
        assert card.splitlines()[1:] == ["**Group 1** · written together · edited", "We agree on quite a lot."]

        # A form opened from the receipt, long after the phase: its group may change its words as anybody their own.
        await klass.env.advance_time(600)
        assert receipt.response is not None
        shown = await press(klass.ann, receipt.response, "Go on writing")
        assert form(shown)["text"]["value"] == "We agree on quite a lot."
        told = answer(await klass.ann.submit_modal(shown, {"text": "We agree on everything."}))
        assert "It stands in https://" in told
        await klass.env.advance_time(6)
        assert [card.splitlines()[2] for card in cards_in(klass)] == ["We agree on everything."]
        assert len(cards_in(klass)) == 1


async def test_a_group_that_wrote_nothing_cannot_begin_when_the_phase_is_over(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        await seated(klass)
        shown, button = await do(klass, klass.ann, "Write together"), notice(klass)
        await go_on(klass)
        await klass.env.advance_time(181)
        told = await klass.ann.submit_modal(shown, {"text": "Much too late now."})
        assert "You cannot write your group's statement in this phase" in answer(told)
        assert await handed_back(told) == "Much too late now."
        assert "in this phase: now classmates' responses are answered" in answer(
            await forge(klass, klass.ben, next(id_ for id_ in ids_of(button) if "statement" in id_))
        )


async def test_everybody_who_wrote_in_it_has_it_on_record_and_may_take_it_back(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER, students=3) as klass:
        ann, ben, cleo = klass.students
        await seated(klass)
        await write(klass, ann, "Write together", "We agree on little.")
        await write(klass, ben, "Write together", "We agree on a lot.")
        for actor in (ann, ben):
            page = await actor.slash(klass.channel, "my responses")
            assert "We agree on a lot.\n-# the text of group 1 · the class cannot read it yet" in answer(page)
            assert page.response is not None
            shown = await press(actor, page.response, "Change")
            assert form(shown)["text"]["value"] == "We agree on a lot."
        assert "Nothing of yours" in answer(await cleo.slash(klass.channel, "my responses"))
        assert "Only who has written in a group's text" in answer(await forge(klass, cleo, "parley:withdraw:1"))

        await go_on(klass)
        await klass.env.advance_time(61)
        page = await ben.slash(klass.channel, "my responses")
        assert page.response is not None
        told = answer(await press(ben, page.response, "Withdraw"))
        assert told == "Withdrawn: your words are erased from the record and gone from the thread."
        assert cards_in(klass) == []
        assert rows(database, "select body from responses union all select body from revisions") == [("{}",), ("{}",)]


async def test_a_text_taken_back_is_not_brought_back_by_an_old_form(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        await seated(klass)
        receipt = await write(klass, klass.ann, "Write together", "Ann's words of doubt.")
        shown = await do(klass, klass.ben, "Write together")
        assert receipt.response is not None
        await press(klass.ann, receipt.response, "Withdraw")
        refused, page = seen_by(await klass.ben.submit_modal(shown, {"text": "Ann's words of doubt, and mine."}))
        assert "was taken back since you opened the form" in text_of(refused)
        assert "Nothing is written yet." in text_of(page)
        assert rows(database, "select body from responses") == [("{}",)]
        told = answer(await write(klass, klass.ben, "Write together", "Ben begins once more."))
        assert "**Recorded**" in told


async def test_classmates_answer_the_group_and_not_its_first_writer(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER, students=8) as klass:
        await seated(klass)
        await write(klass, klass.ann, "Write together", "We agree on little.")
        await go_on(klass)
        await klass.env.advance_time(61)
        groups = dict(rows(database, "select user_id, group_number from places order by id"))
        other = next(each for each in klass.students if groups[each.id] == 2)
        mate = next(each for each in klass.students if groups[each.id] == 1 and each.id != klass.ann.id)
        post = post_of(klass, "We agree on little.")
        assert "That is your own response" in answer(await press(mate, post, "Reply"))
        await reply(other, post, "And on what not?")
        assert "-# answers Group 1: We agree on little." in text_of(post_of(klass, "And on what not?"))


async def test_a_teacher_joins_no_group_by_looking(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        told = answer(await do(klass, klass.teacher, "Write together"))
        assert told == "You are in no group yet, so there is no statement for you to write."
        assert rows(database, "select * from places") == []


async def test_after_the_close_it_stays_as_it_is(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, TOGETHER) as klass:
        await seated(klass)
        receipt = await write(klass, klass.ann, "Write together", "We agree on little.")
        shown = await do(klass, klass.ben, "Write together")
        await klass.teacher.slash(klass.channel, "discuss close")
        said = [text_of(post) for post in posts_in(thread_in(klass))]
        assert "We agree on little." in said[-2]
        assert "### The count" in said[-1]
        late = await klass.ben.submit_modal(shown, {"text": "We agree on more."})
        assert "This round is closed" in answer(late)
        assert await handed_back(late) == "We agree on more."
        assert receipt.response is not None
        assert "This round is closed" in answer(await press(klass.ann, receipt.response, "Go on writing"))
        assert "gone from the thread" in answer(await press(klass.ann, receipt.response, "Withdraw"))
        assert cards_in(klass) == []
