"""What a student is asked back, privately, on the receipt of a response; and how that is switched off."""

from pathlib import Path

import discord
import pytest

from tests.chat.asked import REASONED, asked_back, asked_of, receipt, told_last
from tests.chat.doing import newest_in, press, reply, respond, rows, start
from tests.chat.panels import act, open_panel
from tests.chat.seeing import answer, buttons_of, text_of
from tests.conftest import SchoolClass

EACH = """\
- {ask: Which passage shows that?, when: no-evidence}
- {ask: Can you say more?, when: too-short}
- {ask: How do you know?, when: no-reason}
- {ask: What is yours alone?, when: repeats-classmate}
- {ask: And what would waiting cost?, stance: wait}
- {ask: Who says so in ¶2?, cites: 2}
- Who else should be heard?
- {ask: What do both sides share?, quiet-for: 3m}
"""
UNREASONED = "In paragraph 3 the author says that it is possible to resolve the nuclear problem by talks."
LONG = "I say talk with them at once and for a long time, because otherwise nobody will ever listen."


@pytest.mark.parametrize(
    ("claim", "stance", "asked"),
    [
        (LONG, "talk", ["Your answer names no passage of the article yet.", "Which passage shows that?"]),
        ("Talk, because ¶3 says so.", "talk", ["Your answer is short so far.", "Can you say more?"]),
        (UNREASONED, "talk", ["Your answer gives no reason yet.", "How do you know?"]),
        (REASONED, "wait", ["You argue for “No, wait”.", "And what would waiting cost?"]),
        (REASONED.replace("3", "2"), "talk", ["You lean on ¶2.", "Who says so in ¶2?"]),
        (REASONED, "talk", ["Who else should be heard?"]),
    ],
)
async def test_each_condition_asks_its_question_and_says_why(
    database: Path, tmp_path: Path, claim: str, stance: str, asked: list[str]
) -> None:
    claim = claim.replace("it is possible to resolve the nuclear problem", "they should") if "¶2" in asked[0] else claim
    async with asked_back(database, tmp_path, EACH) as klass:
        assert asked_of(await receipt(klass, klass.ann, claim, stance)) == asked
        record = "select question, user_id, response_id is null from askings"
        assert rows(database, record) == [(asked[-1], klass.ann.id, 0)]


async def test_who_says_what_a_classmate_has_said_is_asked_for_what_is_theirs(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH) as klass:
        await receipt(klass, klass.ann, REASONED)
        assert asked_of(await receipt(klass, klass.ann, REASONED)) == []  # their own words, and no plain one is left
        told = asked_of(await receipt(klass, klass.ben, REASONED))
        assert told == ["A classmate has said nearly the same.", "What is yours alone?"]
        assert rows(database, "select reason from askings") == [("plain",), ("repeats-classmate",)]


async def test_what_the_class_cannot_read_yet_is_not_given_away(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH, debate="think-first") as klass:
        await act(klass, await open_panel(klass), "Next phase")
        await klass.env.advance_time(6)
        await receipt(klass, klass.ann, REASONED)
        assert asked_of(await receipt(klass, klass.ben, REASONED)) == ["Who else should be heard?"]


async def test_nobody_is_asked_more_than_three_times_in_a_round_nor_the_same_twice(
    database: Path, tmp_path: Path
) -> None:
    async with asked_back(database, tmp_path, EACH) as klass:
        told = [asked_of(await receipt(klass, klass.ann, "Talk.")) for _ in range(5)]
        assert [each[-1] for each in told[:3]] == [
            "Which passage shows that?",
            "Can you say more?",
            "How do you know?",
        ]
        assert told[3:] == [[], []]
        assert asked_of(await receipt(klass, klass.ben, "Talk."))[-1] == "Which passage shows that?"


async def test_a_reply_is_asked_back_too(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH) as klass:
        await receipt(klass, klass.ann, REASONED)
        told = told_last(await reply(klass.ben, newest_in(klass), "I do not think so."))
        assert asked_of(told) == ["Your answer names no passage of the article yet.", "Which passage shows that?"]


async def test_plain_questions_come_in_their_turn_without_a_record(database: Path, tmp_path: Path) -> None:
    plain = "- First?\n- Second?\n- Third?\n- Fourth?\n- {ask: Anybody?, quiet-for: 3m}\n"
    async with asked_back(database, tmp_path, plain) as klass:
        await receipt(klass, klass.ben, REASONED)
        assert asked_of(told_last(await reply(klass.ben, newest_in(klass), "And what of China?"))) == ["Second?"]
        told = [asked_of(told_last(await reply(klass.ann, newest_in(klass), "Nothing.")))]
        told += [asked_of(await receipt(klass, klass.ann, REASONED)) for _ in range(3)]
        assert told == [["First?"], ["Second?"], ["Third?"], []]
        assert rows(database, "select count(*) from askings") == [(0,)]


async def test_the_receipt_opens_the_form_to_change_what_was_said(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH) as klass:
        shown = (await respond(klass, klass.ann, "talk", claim="Talk.")).response
        assert shown is not None
        assert buttons_of(shown) == ["Change my response", "Withdraw", "No more questions"]
        opened = await press(klass.ann, shown, "Change my response")
        assert opened.modal is not None
        changed = await klass.ann.submit_modal(opened, {"stance": "talk", "claim": REASONED})
        assert asked_of(told_last(changed)) == []


async def test_no_more_questions_means_none_until_they_are_wanted_again(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH) as klass:
        shown = (await respond(klass, klass.ann, "talk", claim="Talk.")).response
        assert shown is not None
        off = await press(klass.ann, shown, "No more questions")
        assert "You get no more questions" in answer(off)
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) == []
        assert asked_of(await receipt(klass, klass.ben, "Talk.")) != []
        assert off.response is not None
        assert "you may get a question" in answer(await press(klass.ann, off.response, "Ask me questions again"))
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) != []
        assert "You get no more" in answer(await klass.ann.slash(klass.channel, "my coach", switch="off"))
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) == []
        await klass.ann.slash(klass.channel, "my coach", switch="on")
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) != []


async def test_the_teacher_starts_without_the_coach_or_switches_it_off(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH, coach=False) as klass:
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) == []
        panel = await act(klass, await open_panel(klass), "Coach on")
        assert "The coach is on." in text_of(panel)
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) != []
        panel = await act(klass, panel, "Coach off")
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) == []
        assert rows(database, "select coached from sessions union all select coached from rounds") == [(0,), (0,)]


async def test_nobody_is_asked_in_the_last_minute(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH, minutes=5) as klass:
        await klass.env.advance_time(4 * 60 - 5)
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) != []
        await klass.env.advance_time(10)
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) == []
        await klass.teacher.slash(klass.channel, "discuss extend", minutes=5)
        assert asked_of(await receipt(klass, klass.ann, "Talk.")) != []


async def test_nobody_is_asked_in_a_secret_vote(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, EACH, debate="oxford-debate") as klass:
        await act(klass, await open_panel(klass), "Next phase")
        opened = await press(klass.ann, _notice(klass), "Respond")
        for _ in range(2):
            await act(klass, await open_panel(klass), "Next phase")
        words = "Talk with them now and for long, and do not wait for any sign, for none has come in all these years."
        told = told_last(await klass.ann.submit_modal(opened, {"stance": "talk", "claim": words}))
        assert "**Recorded.**" in told
        assert asked_of(told) == []


def _notice(klass: SchoolClass) -> discord.Message:
    return newest_in(klass)


async def test_the_shipped_set_asks_who_names_no_passage(klass: SchoolClass) -> None:
    await start(klass)
    shown = await respond(klass, klass.ann, "bargain", claim="They want money, because they are poor and alone.")
    assert asked_of(told_last(shown)) == [
        "Your answer names no passage of the article yet.",
        "Paragraphs 1 and 4 each name a purpose. Which one do you lean on, and on which words?",
    ]
