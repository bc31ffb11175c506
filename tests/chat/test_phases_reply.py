"""Answers with an opening, and with the classmate's point said again before them."""

import json
from pathlib import Path

from tests.chat.doing import press, rows
from tests.chat.phases import argue, cards_in, debating, form, go_on, handed_back, on_record, post_of, words_of
from tests.chat.seeing import answer, components_of, text_of
from tests.conftest import SchoolClass

RESTATED = """
requires: {replies: 1}
phases:
  - argue: {}
  - reply: {stems: [challenge, ask-evidence], restate: true, at-least-words: 3, minutes: 5}
  - reply: {}
"""


async def to_reply(klass: SchoolClass) -> None:
    """Ann has responded, and now classmates answer."""
    await argue(klass, klass.ann)
    await go_on(klass)


async def test_an_answer_begins_with_the_point_said_again_and_its_opening(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, RESTATED) as klass:
        await to_reply(klass)
        shown = await press(klass.ben, post_of(klass, "Talk now"), "Reply")
        fields = form(shown)
        assert list(fields) == ["restated", "stem", "text"]
        assert "At least 3 words." in words_of(shown)
        assert [(option["label"], option["value"]) for option in fields["stem"]["options"]] == [
            ("Challenge it", "challenge"),
            ("Ask for evidence", "ask-evidence"),
            ("In my own way", "own"),
        ]
        words = {"restated": "You hold that\ntalks work.", "stem": "challenge", "text": "They never did."}
        told = answer(await klass.ben.submit_modal(shown, words))
        assert "**Recorded.** It stands in" in told

        body = {"restated": "You hold that\ntalks work.", "text": "I see it differently: They never did."}
        assert json.loads(on_record(database, "body")[1][0]) == body
        post = post_of(klass, "They never did")
        assert text_of(post).splitlines()[1:] == [
            "**Ben** · no stance yet",
            "-# answers Ann: Talk now, since it worked before. ¶3 says so.",
            "> **You say:** You hold that",
            "> talks work.",
            "I see it differently: They never did.",
        ]
        assert [part["type"] for part in components_of(post)].count(10) == 3

        own = answer(await klass.ben.slash(klass.channel, "my responses"))
        assert "-# You say: You hold that talks work.\nI see it differently: They never did." in own


async def test_without_a_stem_the_answer_stays_as_it_is(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, RESTATED) as klass:
        await to_reply(klass)
        for stem in ({}, {"stem": "own"}):
            shown = await press(klass.ben, post_of(klass, "Talk now"), "Reply")
            await klass.ben.submit_modal(shown, {"restated": "Talks work.", "text": "They never did.", **stem})
        assert [json.loads(body)["text"] for (body,) in on_record(database, "body")[1:]] == ["They never did."] * 2


async def test_a_point_not_said_again_and_too_few_words_are_refused_with_the_words(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, RESTATED) as klass:
        await to_reply(klass)
        shown = await press(klass.ben, post_of(klass, "Talk now"), "Reply")
        told = await klass.ben.submit_modal(
            shown, {"restated": "  ", "stem": "challenge", "text": "My answer is long enough."}
        )
        assert "Their point, in your own words is empty" in answer(told)
        assert await handed_back(told) == "My answer is long enough."
        shown = await press(klass.ben, post_of(klass, "Talk now"), "Reply")
        told = await klass.ben.submit_modal(
            shown, {"restated": "Many words to say their point again.", "stem": "challenge", "text": "No way."}
        )
        assert "This phase asks for at least 3 words; yours has 2." in answer(told)
        assert await handed_back(told) == "Many words to say their point again.\n\nNo way."
        assert len(on_record(database)) == 1


async def test_the_longest_answer_fits_with_its_opening_and_can_be_changed(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, RESTATED) as klass:
        await to_reply(klass)
        shown = await press(klass.ben, post_of(klass, "Talk now"), "Reply")
        most = form(shown)["text"]["max_length"]
        longest = ("a b " * most)[:most].rstrip()
        receipt = await klass.ben.submit_modal(shown, {"restated": "x" * 500, "stem": "ask-evidence", "text": longest})
        assert "**Recorded.**" in answer(receipt)
        kept = json.loads(on_record(database, "body")[1][0])["text"]
        assert kept == f"What in the article shows that? {longest}"
        assert receipt.response is not None
        fields = form(await press(klass.ben, receipt.response, "Change"))
        assert list(fields) == ["restated", "text"]
        assert fields["text"]["value"] == kept
        assert len(kept) <= fields["text"]["max_length"]


async def test_a_change_keeps_the_point_said_again_and_the_post_follows(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, RESTATED) as klass:
        await to_reply(klass)
        shown = await press(klass.ben, post_of(klass, "Talk now"), "Reply")
        receipt = await klass.ben.submit_modal(shown, {"restated": "Talks work.", "text": "They never did."})
        await go_on(klass)
        assert receipt.response is not None
        shown = await press(klass.ben, receipt.response, "Change")
        told = await klass.ben.submit_modal(shown, {"restated": "Talks may work.", "text": "They did, but once."})
        assert "**Recorded.**" in answer(told)
        assert json.loads(on_record(database, "body")[1][0]) == {
            "restated": "Talks may work.",
            "text": "They did, but once.",
        }
        [_, card] = cards_in(klass)
        assert "> **You say:** Talks may work.\nThey did, but once." in card
        assert "edited" in card
        assert receipt.response is not None
        shown = await press(klass.ben, receipt.response, "Change")
        told = await klass.ben.submit_modal(shown, {"restated": "Talks may work.", "text": "They did."})
        assert "at least 3 words" in answer(told)


async def test_an_answer_to_an_answer_quotes_its_own_words(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, RESTATED) as klass:
        await to_reply(klass)
        shown = await press(klass.ben, post_of(klass, "Talk now"), "Reply")
        await klass.ben.submit_modal(shown, {"restated": "Talks work.", "text": "They never did."})
        await go_on(klass)
        shown = await press(klass.ann, post_of(klass, "They never did"), "Reply")
        assert list(form(shown)) == ["text"]
        assert "To: They never did." in str(shown.modal)
        await klass.ann.submit_modal(shown, {"text": "Once they did."})
        assert "-# answers Ben: They never did.\n" in text_of(post_of(klass, "Once they did."))
        assert rows(database, "select body from responses where id = 3") == [('{"text":"Once they did."}',)]
