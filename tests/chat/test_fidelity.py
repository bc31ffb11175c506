"""The record follows what people and moderators do to a debate on Discord: files, edits, deletions of all kinds."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.classroom import hearing, posting
from bot.classroom.people import Person
from bot.discussion.ids import ChannelId, GuildId, MessageId, UserId
from tests.chat.doing import forge, newest_in, posts_in, press, reply, respond, rows, side, start, watch
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.conftest import SchoolClass


def bodies(database: Path) -> list[Any]:
    return [json.loads(body) for (body,) in rows(database, "select body from responses order by id")]


async def status_of(klass: SchoolClass) -> str:
    return answer(await klass.teacher.slash(klass.channel, "discuss status"))


async def delete(klass: SchoolClass, *message_ids: int) -> None:
    """A moderator deletes messages of the thread, one or many at once."""
    klass.env.backend.bulk_delete_messages(thread_in(klass).id, message_ids)
    await klass.env.settle()


async def remove(klass: SchoolClass, channel_id: int) -> None:
    """A moderator deletes a thread or a channel."""
    klass.env.backend.delete_channel(channel_id)
    await klass.env.settle()


async def test_files_are_recorded_by_name_type_and_size(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.ann.send(thread_in(klass), "Look.", attachments=[("map.png", b"12345"), ("notes.txt", b"1")])
    alone = await klass.ann.send(thread_in(klass), "", attachments=[("photo.png", b"123")])
    assert bodies(database) == [{"text": "Look."}, {}]
    kept = [json.loads(files) for (files,) in rows(database, "select attachments from responses order by id")]
    assert [[file["name"] for file in files] for files in kept] == [["map.png", "notes.txt"], ["photo.png"]]
    assert [file["size"] for file in kept[0]] == [5, 1]
    assert kept[1][0]["type"] == "image/png"
    mine = answer(await klass.ann.slash(klass.channel, "my responses"))
    assert "📎 photo.png" in mine
    assert "Look.\n-# 📎 map.png, notes.txt" in mine
    await klass.ben.send(thread_in(klass), "What is that?", reply_to=alone)

    await klass.ann.delete(alone)

    assert rows(database, "select attachments, withdrawn_at is null from responses where id = 2") == [(None, 0)]
    await klass.env.advance_time(6)
    assert "2 responses" in text_of(card_in(klass))


async def test_words_added_to_a_message_without_any_are_recorded(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await side(klass, klass.ann, "To defend itself")
    message = await klass.ann.send(thread_in(klass), "\u200b")
    assert bodies(database) == []
    await klass.ann.edit(message, "Now in words.")
    assert bodies(database) == [{"text": "Now in words."}]
    assert rows(database, "select stance, source, user_id, message_id from responses") == [
        ("defend", "message", klass.ann.id, message.id)
    ]
    assert rows(database, "select count(*) from revisions") == [(0,)]


async def test_a_side_taken_before_typing_counts_though_discords_clock_is_behind(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    await side(klass, klass.ann, "To defend itself")
    ann = Person(GuildId(klass.guild.id), UserId(klass.ann.id), "Ann")
    sent_at = klass.env.now() - timedelta(seconds=5)
    message = hearing.Message(MessageId(7), ChannelId(thread_in(klass).id), "Typed after the click.", sent_at)
    with klass.env.time_context():
        await hearing.hear_all(klass.room, [(ann, message)])
    assert rows(database, "select stance from responses") == [("defend",)]


async def test_edits_after_the_round_change_nothing_and_deletions_still_take_back(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    first = await klass.ann.send(thread_in(klass), "As it was counted.")
    second = await klass.ben.send(thread_in(klass), "Mine.")
    nothing = await klass.ben.send(thread_in(klass), "\u200b")
    klass.env.inject_error("PATCH", f"/channels/{thread_in(klass).id}", status=403, times=None)  # it stays open
    await klass.teacher.slash(klass.channel, "discuss close")
    await klass.ann.edit(first, "Rewritten afterwards.")
    await klass.ben.edit(nothing, "Added afterwards.")
    assert bodies(database) == [{"text": "As it was counted."}, {"text": "Mine."}]
    assert rows(database, "select count(*) from revisions") == [(0,)]
    await klass.ben.delete(second)
    assert bodies(database) == [{"text": "As it was counted."}, {}]


async def test_a_deletion_in_bulk_hides_and_takes_nothing_back(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    messages = [await klass.ann.send(thread_in(klass), words) for words in ("One.", "Two.", "Three.")]
    await respond(klass, klass.ben, "defend")
    posted = newest_in(klass)
    await delete(klass, messages[0].id, messages[1].id, posted.id)

    found = rows(database, "select body, withdrawn_at is null, hidden_at is null from responses order by id")
    assert [row[1:] for row in found] == [(1, 0), (1, 0), (1, 1), (1, 1)]
    assert json.loads(found[0][0]) == {"text": "One."}
    assert "2 messages were deleted at once: on record, hidden" in await status_of(klass)


async def test_a_removed_response_is_not_quoted_any_more(klass: SchoolClass) -> None:
    await start(klass)
    first = await klass.ann.send(thread_in(klass), "Something rude.")
    shown = await klass.ben.context_menu(thread_in(klass), "Reply to this response", first)
    await delete(klass, first.id, first.id + 1)
    await klass.ben.submit_modal(shown, {"text": "Why?"})
    assert "a response that was removed" in text_of(newest_in(klass))
    assert "rude" not in text_of(newest_in(klass))
    assert answer(await forge(klass, klass.ben, "parley:reply:1")) == "That response was removed."


@pytest.mark.parametrize("how", ["withdraw", "delete"])
async def test_withdrawn_words_can_be_kept_apart_for_moderators(klass: SchoolClass, database: Path, how: str) -> None:
    klass.room.keeps_withdrawn = True
    await start(klass)
    message = await klass.ann.send(thread_in(klass), "First.")
    await klass.ann.edit(message, "Second.")
    if how == "delete":
        await klass.ann.delete(message)
    else:
        told = answer(await klass.ann.context_menu(thread_in(klass), "Withdraw my response", message))
        assert told == (
            "Withdrawn: your words are out of the record, kept for moderators alone and gone from the thread."
        )
    assert bodies(database) == [{}]
    assert rows(database, "select body from revisions") == [("{}",)]
    kept = rows(database, "select body from kept_words order by id")
    assert [json.loads(body)["text"] for (body,) in kept] == ["First.", "Second."]
    assert "Nothing of yours" in answer(await klass.ann.slash(klass.channel, "my responses"))


async def test_withdrawn_words_are_erased_where_nothing_else_is_set(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.ann.delete(await klass.ann.send(thread_in(klass), "Gone."))
    assert rows(database, "select count(*) from kept_words") == [(0,)]


async def test_a_deleted_card_is_posted_anew_beside_its_thread(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await side(klass, klass.ann, "To defend itself")
    old, thread = card_in(klass), thread_in(klass)
    klass.env.backend.delete_message(klass.channel.id, old.id)
    await klass.env.settle()
    assert "the card was deleted. Parley posts it anew" in await status_of(klass)
    await klass.env.advance_time(61)

    (card,) = [message for message in klass.channel.history() if message.components]
    assert card.id != old.id
    assert f"The debate goes on in <#{thread.id}>." in text_of(card)
    assert [each.id for each in klass.channel.threads] == [thread.id]
    assert rows(database, "select card_id, thread_id from rounds") == [(card.id, thread.id)]
    assert "**Recorded.**" in answer(await respond(klass, klass.ben, "attack"))
    klass.env.backend.delete_message(klass.channel.id, card.id)
    await klass.env.advance_time(61)
    assert len([message for message in klass.channel.history() if message.components]) == 1


async def test_a_card_that_vanished_unnoticed_is_found_to_be_gone(klass: SchoolClass) -> None:
    await start(klass)
    del klass.env.backend.messages[klass.channel.id][card_in(klass).id]
    assert not [message for message in klass.channel.history() if message.components]
    await klass.ann.send(thread_in(klass), "Something for the card to count.")
    await klass.env.advance_time(70)
    assert "1 response" in text_of(card_in(klass))


async def test_a_deleted_thread_takes_nothing_with_it(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    await klass.ann.send(thread_in(klass), "Typed.")
    thread_id = thread_in(klass).id
    await remove(klass, thread_id)
    await klass.env.advance_time(6)

    assert "The thread was deleted. What was said in it is on record" in text_of(card_in(klass))
    told = await status_of(klass)
    assert "the thread was deleted. What was said is on record" in told
    assert "`/discuss next` opens a thread with the next question" in told
    assert rows(database, "select count(*) from responses where withdrawn_at is null and hidden_at is null") == [(2,)]

    told = answer(await respond(klass, klass.ben, "attack"))
    assert "**Recorded.** The thread was deleted, so it is shown nowhere" in told
    seen = watch(klass)
    await klass.env.advance_time(300)
    assert [entry.path for entry in seen if entry.method == "POST"] == []
    assert klass.channel.threads == []
    assert (await posting.unposted(klass.room)).responses == (), "there is nowhere to post it: it is given up"

    await klass.teacher.slash(klass.channel, "discuss close")
    assert "The count" in text_of(klass.channel.history()[-1])
    assert rows(database, "select tally_id is null from rounds") == [(0,)]


async def test_after_a_deleted_thread_the_next_question_has_one(klass: SchoolClass) -> None:
    await start(klass)
    await remove(klass, thread_in(klass).id)
    assert "Question 2 is on" in answer(await klass.teacher.slash(klass.channel, "discuss next"))
    await klass.ann.send(thread_in(klass), "On with it.")
    assert text_of(newest_in(klass)) == "On with it."
    assert [message for message in klass.channel.history() if "The count" in text_of(message)]


async def test_a_deleted_channel_ends_its_debate_on_record(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=5)
    await respond(klass, klass.ann, "defend")
    for channel_id in (thread_in(klass).id, klass.channel.id):
        await remove(klass, channel_id)
    assert rows(database, "select closed_at is null, closing, lost from rounds") == [(0, "close", "channel")]
    assert rows(database, "select closed_at is null from sessions") == [(0,)]
    assert rows(database, "select count(*) from responses where withdrawn_at is null") == [(1,)]

    seen = watch(klass)
    await klass.env.advance_time(400)
    assert seen == []
    elsewhere = klass.guild.create_text_channel("elsewhere")
    assert "its channel was deleted" in answer(await klass.teacher.slash(elsewhere, "discuss list"))
    assert "The debate is on" in answer(await start(klass, channel=elsewhere))


async def test_what_is_no_persons_words_is_none_after_an_edit_either(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    backend, other = klass.env.backend, klass.env.create_user("Other bot", bot=True)
    klass.guild.add_member(other)
    thread = thread_in(klass)
    beep = backend.create_message(thread.id, other.id, "Beep.")
    hook = backend.create_message(thread.id, klass.ann.id, "Beep.", webhook_id=other.id, author_name="Hook")
    for message in (beep, hook):
        backend.edit_message(thread.id, message.id, {"content": "Boop."})
    await klass.env.settle()
    assert bodies(database) == []


async def test_a_reply_to_a_file_says_so(klass: SchoolClass) -> None:
    await start(klass)
    photo = await klass.ann.send(thread_in(klass), "", attachments=[("photo.png", b"123")])
    shown = await klass.ben.context_menu(thread_in(klass), "Reply to this response", photo)
    await klass.ben.submit_modal(shown, {"text": "Where is that?"})
    assert "answers Ann: a file" in text_of(newest_in(klass))
    assert len(posts_in(thread_in(klass))) == 2
    await reply(klass.ann, newest_in(klass), "Here.")
    assert "answers Ben: Where is that?" in text_of(newest_in(klass))
    assert "not recorded" not in answer(await press(klass.ann, card_in(klass), "Read the article"))
