"""Sides taken, responses written, answered, changed and withdrawn, by button, modal and command."""

import json
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import InteractionResult

from tests.chat.doing import (
    CLAIM,
    bodies_of,
    button,
    newest_in,
    posts_in,
    press,
    reply,
    respond,
    rows,
    side,
    start,
    watch,
)
from tests.chat.seeing import answer, buttons_of, card_in, components_of, text_of, thread_in
from tests.conftest import SchoolClass, school_class

BODIES = "select body from responses order by id"


def fields_of(result: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of the modal that opened, by custom_id."""
    assert result.modal is not None
    return {part["component"]["custom_id"]: part["component"] for part in result.modal["components"]}


def bodies(database: Path) -> list[Any]:
    return [json.loads(body) for (body,) in rows(database, BODIES)]


async def test_every_change_of_side_is_kept_with_its_time(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    first = answer(await side(klass, klass.ann, "To be able to attack"))
    await klass.env.advance_time(10)
    again = answer(await side(klass, klass.ann, "To be able to attack"))
    await klass.env.advance_time(10)
    moved = answer(await side(klass, klass.ann, "To defend itself"))
    await side(klass, klass.ben, "To get concessions")

    assert first.startswith("Recorded: you stand for **🚀 To be able to attack**.")
    assert again == "You already stand for **🚀 To be able to attack**: nothing has changed."
    assert moved == "Recorded: you have moved from 🚀 To be able to attack to **🛡️ To defend itself**."
    votes = rows(database, "select user_id, stance, at from votes order by id")
    assert [(user, stance) for user, stance, _ in votes] == [
        (klass.ann.id, "attack"),
        (klass.ann.id, "defend"),
        (klass.ben.id, "bargain"),
    ]
    times = [str(at) for *_, at in votes]
    assert times == sorted(times)
    assert len(set(times)) == 2


async def test_the_card_counts_people_not_clicks(klass: SchoolClass) -> None:
    await start(klass)
    await side(klass, klass.ann, "To be able to attack")
    await side(klass, klass.ann, "To defend itself")
    await side(klass, klass.ben, "To defend itself")
    await klass.env.advance_time(6)

    assert buttons_of(card_in(klass))[:3] == [
        "To be able to attack · 0",
        "To defend itself · 2",
        "To get concessions · 0",
    ]
    assert "2 people have taken a side · 0 responses" in text_of(card_in(klass))


async def test_respond_opens_a_form_with_the_starters_and_the_side_held(klass: SchoolClass) -> None:
    await start(klass)
    fresh = fields_of(await press(klass.ann, card_in(klass), "Respond"))
    assert [option["default"] for option in fresh["stance"]["options"]] == [False, False, False]
    assert fresh["claim"]["placeholder"] == "The tests are mainly for …"
    assert fresh["evidence"]["placeholder"] == "The article says that …"
    assert (fresh["claim"]["required"], fresh["evidence"]["required"]) == (True, False)

    await side(klass, klass.ann, "To defend itself")
    held = fields_of(await press(klass.ann, card_in(klass), "Respond"))
    assert [option["value"] for option in held["stance"]["options"] if option["default"]] == ["defend"]


async def test_a_response_stands_in_the_thread_under_the_name_in_the_sides_colour(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    result = await respond(klass, klass.ann, "defend")

    post = newest_in(klass)
    assert text_of(post).splitlines()[1:] == [
        "**Ann** · 🛡️ To defend itself",
        "Talk now.",
        "**Evidence** ¶3 says so.",
        "**Reasoning** Silence has not helped.",
        "-# cites ¶3",
    ]
    assert next(components_of(post))["accent_color"] == 0xD55E00
    assert buttons_of(post) == ["Reply", "This moved me"]
    told = answer(result)
    assert "**Recorded.**" in told
    assert f"https://discord.com/channels/{klass.guild.id}/{thread_in(klass).id}/{post.id}" in told
    assert "To think on: *Who gains if the world believes your answer?*" in told
    assert result.response is not None
    assert buttons_of(result.response) == ["Change my response", "Withdraw", "No more questions"]
    assert rows(database, "select user_id, source, stance, message_id from responses") == [
        (klass.ann.id, "modal", "defend", post.id)
    ]
    assert bodies(database) == [CLAIM]
    assert rows(database, "select stance from votes") == [("defend",)]


async def test_what_is_left_empty_is_not_shown(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend", claim="  Only a claim.  ", evidence="   ")
    assert text_of(newest_in(klass)).splitlines()[2:] == ["Only a claim."]
    assert bodies(database) == [{"claim": "Only a claim."}]


async def test_a_claim_of_blanks_is_refused_and_handed_back(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    result = await respond(klass, klass.ann, "defend", claim="   ", evidence="A long piece of evidence.")
    assert "Claim is empty" in answer(result)
    assert result.response is not None
    assert await result.response.attachments[0].read() == b"A long piece of evidence."
    assert bodies(database) == []


async def test_a_reply_by_button_answers_a_classmate(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    parent = newest_in(klass)
    shown = await press(klass.ben, parent, "Reply")
    assert shown.modal is not None
    assert "To: Talk now. ¶3 says so." in str(shown.modal)
    assert "**Recorded.**" in answer(await klass.ben.submit_modal(shown, {"text": "And if not?"}))

    post = newest_in(klass)
    assert "**Ben** · no stance yet" in text_of(post)
    assert "-# answers Ann: Talk now." in text_of(post)
    assert "And if not?" in text_of(post)
    assert post.reference is not None
    assert post.reference.message_id == parent.id
    assert rows(database, "select source, stance, parent_id is not null from responses order by id") == [
        ("modal", "defend", 0),
        ("reply", None, 1),
    ]


async def test_a_reply_by_the_command_on_a_message(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    shown = await klass.ben.context_menu(thread_in(klass), "Reply to this response", newest_in(klass))
    await klass.ben.submit_modal(shown, {"text": "Why?"})
    typed = await klass.ann.send(thread_in(klass), "Because.")
    shown = await klass.ben.context_menu(thread_in(klass), "Reply to this response", typed)
    await klass.ben.submit_modal(shown, {"text": "I see."})

    assert rows(database, "select parent_id from responses order by id") == [(None,), (1,), (None,), (3,)]


@pytest.mark.parametrize("way", ["receipt", "my responses", "command"])
async def test_a_response_is_changed_and_the_earlier_wording_kept(klass: SchoolClass, database: Path, way: str) -> None:
    await start(klass)
    receipt = await respond(klass, klass.ann, "defend")
    await klass.env.advance_time(30)
    shown = await open_own(klass, way, receipt, "Change")
    assert fields_of(shown)["claim"]["value"] == "Talk now."
    told = answer(await klass.ann.submit_modal(shown, {**CLAIM, "stance": "attack", "claim": "Do not talk."}))

    assert "**Recorded.**" in told
    assert len(posts_in(thread_in(klass))) == 1
    shown_now = text_of(newest_in(klass))
    assert "**Ann** · 🚀 To be able to attack · edited" in shown_now
    assert "Do not talk." in shown_now
    assert "Talk now." not in shown_now
    assert bodies(database)[0]["claim"] == "Do not talk."
    ((kept, stance),) = rows(database, "select body, stance from revisions")
    assert (json.loads(kept), stance) == (CLAIM, "defend")
    assert rows(database, "select stance from votes order by id") == [("defend",), ("attack",)]


@pytest.mark.parametrize("way", ["receipt", "my responses", "command"])
async def test_a_response_is_withdrawn_from_the_thread_and_from_the_record(
    klass: SchoolClass, database: Path, way: str
) -> None:
    await start(klass)
    receipt = await respond(klass, klass.ann, "defend")
    told = answer(await open_own(klass, way, receipt, "Withdraw"))

    assert told == "Withdrawn: your words are erased from the record and gone from the thread."
    assert posts_in(thread_in(klass)) == []
    assert bodies(database) == [{}]
    await klass.env.advance_time(6)
    assert "1 person has taken a side · 0 responses" in text_of(card_in(klass))
    assert "Nothing of yours is on record" in answer(await klass.ann.slash(klass.channel, "my responses"))
    assert receipt.response is not None
    assert "has been withdrawn" in answer(await press(klass.ann, receipt.response, "Withdraw"))
    assert "has been withdrawn" in answer(await press(klass.ann, receipt.response, "Change"))


async def test_a_reply_is_changed_in_its_one_field(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    receipt = await reply(klass.ben, newest_in(klass), "And if not?")
    assert receipt.response is not None
    shown = await press(klass.ben, receipt.response, "Change")
    assert list(fields_of(shown)) == ["text"]
    await klass.ben.submit_modal(shown, {"text": "And if so?"})
    assert "And if so?" in text_of(newest_in(klass))
    assert bodies(database)[1] == {"text": "And if so?"}


async def test_only_its_author_may_change_or_withdraw_a_response(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    for actor in (klass.ben, klass.teacher):
        for command in ("Change my response", "Withdraw my response"):
            told = answer(await actor.context_menu(thread_in(klass), command, newest_in(klass)))
            assert told == "Only its author can change or withdraw a response."
    assert bodies(database) == [CLAIM]


async def test_what_is_no_response_is_said_to_be_none(klass: SchoolClass) -> None:
    await start(klass)
    for command in ("Reply to this response", "Change my response", "Withdraw my response"):
        told = answer(await klass.ann.context_menu(klass.channel, command, card_in(klass)))
        assert told == "That message is not a recorded response."


async def test_my_responses_pages_through_everything_newest_first(klass: SchoolClass) -> None:
    await start(klass)
    for number in range(9):
        await respond(klass, klass.ann, "defend", claim=f"Claim number {number}.")
        await klass.env.advance_time(1)
    page = (await klass.ann.slash(klass.channel, "my responses")).response
    assert page is not None
    seen = text_of(page)
    assert "### 9 responses of yours on record" in seen
    assert "Page 1 of 3" in seen
    assert "Newer" not in buttons_of(page)
    for _ in range(2):
        turned = await press(klass.ann, page, "Older")
        assert turned.acknowledged
        page = (await klass.ann.slash(klass.channel, "my responses")).response if turned.response is None else page
        assert page is not None
        seen += text_of(page)
    found = [int(line.split()[2][:-1]) for line in seen.splitlines() if line.startswith("Claim number")]
    assert found == list(range(8, -1, -1))
    assert "Older" not in buttons_of(page)
    assert "Nothing of yours" in answer(await klass.ben.slash(klass.channel, "my responses"))


async def test_after_the_round_one_may_withdraw_but_not_add_or_change(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    card, opened = card_in(klass), await press(klass.ben, card_in(klass), "Respond")
    receipt = await respond(klass, klass.ann, "defend")
    await klass.teacher.slash(klass.channel, "discuss close")
    late = await klass.ben.submit_modal(opened, {"stance": "defend", "claim": "Too late."})

    assert "This round is closed" in answer(late)
    assert late.response is not None
    assert await late.response.attachments[0].read() == b"Too late."
    assert buttons_of(card) == [] or buttons_of(card_in(klass)) == ["Read the article"]
    assert receipt.response is not None
    assert "This round is closed" in answer(await press(klass.ann, receipt.response, "Change"))
    assert "Withdrawn" in answer(await press(klass.ann, receipt.response, "Withdraw"))
    assert bodies(database) == [{}]


async def test_thirty_students_at_once_are_all_on_record(database: Path) -> None:
    async with school_class(database, students=30) as klass:
        await start(klass)
        stances = ["attack", "defend", "bargain"]
        labels = {"attack": "To be able", "defend": "To defend", "bargain": "To get"}
        for number, student in enumerate(klass.students):
            await side(klass, student, labels[stances[number % 3]])
            await respond(klass, student, stances[(number + 1) % 3], claim=f"Claim of {number}.")
        await klass.env.advance_time(6)

        assert buttons_of(card_in(klass))[:3] == [
            "To be able to attack · 10",
            "To defend itself · 10",
            "To get concessions · 10",
        ]
        assert "30 people have taken a side · 30 responses" in text_of(card_in(klass))
        assert rows(database, "select count(*), count(distinct message_id) from responses") == [(30, 30)]
        assert rows(database, "select count(*) from votes") == [(60,)]
        assert len(posts_in(thread_in(klass))) == 30


async def test_no_post_can_ping_anybody(klass: SchoolClass) -> None:
    seen = watch(klass)
    await start(klass)
    receipt = await respond(klass, klass.ann, "defend", claim="@everyone look")
    await reply(klass.ben, newest_in(klass), f"<@{klass.ann.id}> look")
    assert receipt.response is not None
    change = await press(klass.ann, receipt.response, "Change")
    await klass.ann.submit_modal(change, {"stance": "attack", "claim": "@here look"})
    await klass.teacher.slash(klass.channel, "discuss close")

    bodies = [entry.json.get("data", entry.json) for entry in seen if entry.json and "/messages/" not in entry.path]
    posts = [body for body in bodies if "components" in body and "title" not in body]
    assert len(posts) >= 6
    for body in posts:
        assert body["allowed_mentions"]["parse"] == [], body
        assert not body["allowed_mentions"].get("replied_user")
    edits = bodies_of(seen, "PATCH", "*/messages/*")
    assert edits
    assert all(body["allowed_mentions"]["parse"] == [] for body in edits)


async def open_own(klass: SchoolClass, way: str, receipt: InteractionResult, label: str) -> InteractionResult:
    """Change or withdraw Ann's response in one of the three ways."""
    if way == "receipt":
        assert receipt.response is not None
        return await press(klass.ann, receipt.response, label)
    if way == "my responses":
        page = (await klass.ann.slash(klass.channel, "my responses")).response
        assert page is not None
        assert isinstance(button(page, label), str)
        return await press(klass.ann, page, label)
    return await klass.ann.context_menu(thread_in(klass), f"{label} my response", newest_in(klass))


async def test_the_permanent_marks_of_a_response_are_components_not_content(klass: SchoolClass) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    assert newest_in(klass).content == ""
    assert newest_in(klass).flags.components_v2
    assert newest_in(klass).type is discord.MessageType.default
