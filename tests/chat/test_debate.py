"""A debate from its start to its close, as its people see it."""

from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import SchoolClass


async def test_a_start_posts_the_card_and_opens_the_thread(klass: SchoolClass) -> None:
    result = await klass.teacher.slash(klass.channel, "discuss start", prompts="single-lesson")

    assert "The debate is on" in answer(result)
    assert "North Korea Continues Ballistic Missile Tests · by Kaia Patterson" in text_of(card_in(klass))
    assert buttons_of(card_in(klass))[-2:] == ["Respond", "Read the article"]
    assert str(thread_in(klass).name).startswith("1. ")
