"""A prompt's follow-ups on the page, each with the words for when it is asked."""

from tests.transcripts.samples import a_class
from tests.transcripts.test_html import outline_of, page_of


def test_the_page_says_when_each_follow_up_is_asked() -> None:
    text = "".join(outline_of(page_of(a_class())).text)

    assert "Follow-up questions" in text
    for told in (
        "Which words of paragraph 1 or 2 would you show to somebody who does not believe you? "
        "Asked when a response names no passage of the article.",
        "What would it want in return for closing it? "
        "Asked when a response cites ¶2 and argues for “Engage China first”.",
        "Try its best reason. Asked when nearly all of the latest responses take one side.",
    ):
        assert told in text, told
    assert "What would have to happen for you to call your choice a success? Asked" not in text
