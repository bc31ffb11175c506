"""Whatever was said and reported, a moderator's pages fit into Discord's limits and show it as it was typed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.cards.review_page import case_page, review_page
from bot.classroom.moderating import PAGE, Case, Queue
from bot.discussion.ids import MessageId, ResponseId, UserId
from bot.discussion.moderation import LONGEST_REASON, Removal, Report, Settled
from bot.discussion.values import Attachment, Source
from tests.chat.test_limits import assert_discord_takes
from tests.chat.values import NOW, SNOWFLAKE, responses, rounds, words


@st.composite
def reports(draw: st.DrawFn) -> Report:
    reason = draw(st.sampled_from(["", "x"]) | words(LONGEST_REASON, lines=True))
    return Report(ResponseId(10**17), reason, NOW, draw(st.none() | st.sampled_from(Settled)))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A response with the longest of everything, in each of its states."""
    found = draw(rounds())
    hidden, withdrawn = draw(st.sampled_from([None, NOW])), draw(st.sampled_from([None, NOW]))
    response = replace(
        draw(responses(found)),
        id=ResponseId(draw(st.integers(10**17, 10**17 + 10**6))),
        hidden_at=hidden,
        withdrawn_at=withdrawn,
        held_back=draw(st.booleans()),
        stand_in_id=draw(st.none() | st.just(MessageId(SNOWFLAKE))),
        attachments=(Attachment(draw(words(200)), None, 1),) * draw(st.sampled_from([0, 10])),
        source=draw(st.sampled_from([Source.MODAL, Source.MESSAGE])),
    )
    reason = draw(words(LONGEST_REASON, lines=True))
    removal = Removal(response.id, UserId(SNOWFLAKE), reason, NOW, draw(st.sampled_from([None, NOW])), None)
    kept = draw(st.sampled_from([{}, dict(response.body)]))
    if withdrawn is not None:
        response = replace(response, body={})
    several = tuple(draw(st.lists(reports(), max_size=7)))
    author, wording = draw(words(32)), draw(st.integers(0, 10**6))
    return Case(found, response, author, several, draw(st.none() | st.just(removal)), kept, wording)


@given(cases(), st.none() | st.just("Hidden on record, but its author typed it in the thread. " * 5))
@settings(deadline=None, max_examples=60)
def test_the_page_of_a_response_fits(case: Case, said: str | None) -> None:
    assert_discord_takes(case_page(case, said))


@given(st.lists(cases(), max_size=PAGE), st.integers(0, 2))
@settings(deadline=None, max_examples=40)
def test_the_queue_fits(several: list[Case], page: int) -> None:
    apart = [
        replace(case, response=replace(case.response, id=ResponseId(10**17 + number)))
        for number, case in enumerate(several)
    ]
    assert_discord_takes(
        review_page(Queue(tuple(apart), page, 3, 12), "Hidden: the thread shows that something was hidden.")
    )
