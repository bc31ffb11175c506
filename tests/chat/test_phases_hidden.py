"""What waits to be seen: words held back until one has written, until the reveal, or for good."""

from pathlib import Path

from tests.chat.doing import forge, newest_in, press, rows
from tests.chat.phases import (
    argue,
    cards_in,
    debating,
    do,
    go_on,
    handed_back,
    notice,
    on_record,
    post_of,
    said_anywhere,
    seen_by,
    turned,
    words_of,
    write,
)
from tests.chat.seeing import answer, buttons_of, card_in, text_of

THINK = """
phases:
  - argue: {name: Think, visible: after-yours, minutes: 5, replies: true}
  - reply: {minutes: 5}
"""


async def test_classmates_are_read_by_who_has_written_and_by_all_when_the_phase_is_over(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, THINK, students=3) as klass:
        ann, ben, cleo = klass.students
        early = answer(await do(klass, ben, "Read classmates"))
        assert early == "None of your classmates has written here yet."
        receipt = await argue(klass, ann, claim="Annabel's secret thought.", evidence="¶2")
        assert "Classmates read it once they have written themselves" in answer(receipt)
        assert said_anywhere(klass, "secret thought") == []
        assert "press **Respond**" in answer(await do(klass, ben, "Read classmates"))

        mine = await argue(klass, ben, "attack", claim="Benjamin thinks otherwise.")
        assert mine.response is not None
        page = answer(await press(ben, mine.response, "Read classmates"))
        assert "### 1 response of classmates\n-# Think" in page
        assert "**Ann** · 🛡️ To defend itself\nAnnabel's secret thought.\n**Evidence** ¶2" in page
        assert "Benjamin" not in page
        assert "press **Respond**" in answer(await do(klass, cleo, "Read classmates"))
        assert cards_in(klass) == []

        await go_on(klass)
        await klass.env.advance_time(61)
        assert [card.splitlines()[2] for card in cards_in(klass)] == [
            "Annabel's secret thought.",
            "Benjamin thinks otherwise.",
        ]
        late = await forge(klass, cleo, "parley:classmates:1:0")
        assert "### 2 responses of classmates" in answer(late)


async def test_who_withdraws_their_own_does_not_read_on(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, THINK) as klass:
        await argue(klass, klass.ann)
        receipt = await argue(klass, klass.ben)
        assert receipt.response is not None
        told = answer(await press(klass.ben, receipt.response, "Withdraw"))
        assert told == "Withdrawn: your words are erased from the record."
        assert "press **Respond**" in answer(await do(klass, klass.ben, "Read classmates"))


async def test_a_teacher_reads_along(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, THINK) as klass:
        await argue(klass, klass.ann)
        page = await do(klass, klass.teacher, "Read classmates")
        assert "Talk now, since it worked before." in answer(page)
        assert page.response is not None
        assert "Reply" not in buttons_of(page.response)


async def test_who_reads_may_reply_where_the_phase_lets_them_and_the_reply_waits_too(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, THINK) as klass:
        await argue(klass, klass.ann)
        await argue(klass, klass.ben)
        page = await do(klass, klass.ben, "Read classmates")
        assert page.response is not None
        shown = await press(klass.ben, page.response, "Reply")
        await klass.ben.submit_modal(shown, {"text": "A word between us."})
        assert said_anywhere(klass, "A word between us.") == []
        told = answer(await do(klass, klass.ann, "Read classmates"))
        assert "-# answers Ann\nA word between us." in told

        await go_on(klass)
        await klass.env.advance_time(61)
        assert "-# answers Ann: Talk now, since it worked before." in text_of(post_of(klass, "A word between us."))
        assert rows(database, "select held_back, message_id is null from responses") == [(0, 0)] * 3


async def test_without_replies_the_pages_are_for_reading_only(tmp_path: Path, database: Path) -> None:
    plan = "phases: [argue: {visible: after-yours}, reply: {}]"
    async with debating(database, tmp_path, plan) as klass:
        await argue(klass, klass.ann)
        await argue(klass, klass.ben)
        page = await do(klass, klass.ben, "Read classmates")
        assert page.response is not None
        assert buttons_of(page.response) == []
        assert "You cannot answer classmates in this phase" in answer(await forge(klass, klass.ben, "parley:reply:1"))


async def test_nobody_reads_through_the_form_of_an_answer_what_they_may_not_read(
    tmp_path: Path, database: Path
) -> None:
    plan = """
    phases:
      - argue: {visible: after-yours, replies: true}
      - reflect: {ask: "And you?"}
      - argue: {visible: at-reveal, replies: true}
      - reveal: {}
      - reply: {}
    """
    async with debating(database, tmp_path, plan, students=3) as klass:
        ann, ben, cleo = klass.students
        await argue(klass, ann, claim="Hidden one.")
        refused = await forge(klass, ben, "parley:reply:1")
        assert answer(refused) == "You cannot read that response yet, and so not answer it."
        await argue(klass, ben, claim="Hidden two.")
        assert (await forge(klass, ben, "parley:reply:1")).modal is not None
        await go_on(klass)
        await write(klass, ann, "Reflect", "My private reflection.")
        await go_on(klass)
        await argue(klass, ann, claim="Hidden four.")
        await argue(klass, ben, claim="Hidden five.")
        assert "Nobody reads what classmates wrote before the reveal." in answer(
            await forge(klass, ben, "parley:classmates:1:2")
        )
        assert "cannot read that response yet" in answer(await forge(klass, ben, "parley:reply:4"))
        assert "cannot read that response yet" in answer(await forge(klass, cleo, "parley:reply:5"))
        for response in ("3", "3:2"):
            assert answer(await forge(klass, ben, f"parley:reply:{response}")) == "That is not a recorded response."
        await go_on(klass)
        assert answer(await forge(klass, ann, "parley:reply:3")) == "That is not a recorded response."
        assert (await forge(klass, ben, "parley:reply:4")).modal is not None
        await klass.env.advance_time(61)
        assert said_anywhere(klass, "Hidden four.")
        assert said_anywhere(klass, "My private reflection.") == []


async def test_many_classmates_are_read_page_by_page(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, THINK, students=6) as klass:
        for number, student in enumerate(klass.students):
            await argue(klass, student, claim=f"Claim number {number}.")
        page = seen_by(await do(klass, klass.students[2], "Read classmates"))[0]
        assert "### 5 responses of classmates" in text_of(page)
        assert "Page 1 of 2" in text_of(page)
        assert "Earlier" not in buttons_of(page)
        first = text_of(page)
        await press(klass.students[2], page, "Later")
        page = turned(klass, page)
        assert "Later" not in buttons_of(page)
        both = first + text_of(page)
        assert [number for number in range(6) if f"Claim number {number}." in both] == [0, 1, 3, 4, 5]
        assert "has no such phase" in answer(await forge(klass, klass.ann, "parley:leaf:1:99:0:on"))


async def test_a_change_of_what_waits_waits_too(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, THINK) as klass:
        receipt = await argue(klass, klass.ann)
        assert receipt.response is not None
        shown = await press(klass.ann, receipt.response, "Change")
        told = await klass.ann.submit_modal(shown, {"stance": "attack", "claim": "Changed in time."})
        assert "Classmates read it once they have written themselves" in answer(told)
        await klass.env.advance_time(70)
        assert cards_in(klass) == []
        own = answer(await klass.ann.slash(klass.channel, "my responses"))
        assert "Changed in time.\n-# 🚀 To be able to attack · the class cannot read it yet" in own
        await go_on(klass)
        await klass.env.advance_time(61)
        [card] = cards_in(klass)
        assert "Changed in time." in card


async def test_the_reveal_shows_what_waited_for_it(tmp_path: Path, database: Path) -> None:
    plan = "phases: [argue: {visible: at-reveal, minutes: 2}, reveal: {}, reply: {minutes: 2}]"
    async with debating(database, tmp_path, plan) as klass:
        told = answer(await argue(klass, klass.ann))
        assert "The class reads it from the reveal on." in told
        await klass.env.advance_time(121)
        assert "answer a classmate" in text_of(notice(klass)).lower()
        await klass.env.advance_time(61)
        assert len(cards_in(klass)) == 1
        assert newest_in(klass).id == post_of(klass, "Talk now").id
        assert on_record(database, "held_back") == [(0,)]


async def test_what_comes_in_late_is_shown_with_the_rest(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, THINK) as klass:
        shown = await do(klass, klass.ann, "Respond")
        await go_on(klass)
        told = await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "Just in time."})
        assert "It stands in https://" in answer(told)
        assert on_record(database, "phase, held_back") == [(0, 0)]


async def test_a_refused_response_is_handed_back(tmp_path: Path, database: Path) -> None:
    plan = "phases: [argue: {visible: after-yours, at-least-words: 5}]"
    async with debating(database, tmp_path, plan) as klass:
        shown = await press(klass.ann, card_in(klass), "Respond")
        assert "At least 5 words in all." in words_of(shown)
        told = await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "Too few."})
        assert "This phase asks for at least 5 words; yours has 2." in answer(told)
        assert await handed_back(told) == "Too few."
        assert on_record(database) == []
