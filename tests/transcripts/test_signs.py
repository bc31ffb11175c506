"""The short ways through which nearly every text goes are no other than the long ones."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.taming import tamed
from bot.transcripts.signs import html, visible

WILD = "a1 \n\n\xa0é“—¶🤝👩\u0301\u0302\u034f\u115f\u180b\u200b\u200c\u200d\u2060\u2800\u3164\ufe0f\U000e0101Жλ中א"
ODD = "🤝🤝🤝🤝🤝🤝", "“a🤝b”— c—\u0301", "a\n \n\t\n\nb", "\n\n\n\n", "“ \ufe0f", "\u0301 \ufe0f"
texts = st.one_of(st.sampled_from(ODD), st.text(WILD, max_size=20), st.text(max_size=20))


@settings(deadline=None, max_examples=500)
@given(texts)
def test_what_holds_no_sign_that_steers_is_shown_tamed_and_not_otherwise(text: str) -> None:
    words = "".join(sign for sign in text if sign in " \n\xa0\u034f\u200b\u200c\u200d\u2060" or sign.isprintable())
    assert visible(words) == tamed(words)


@settings(deadline=None)
@given(st.text("a1 <>&\"';x"))
def test_words_as_html_have_no_tag_and_are_undone_by_taking_the_three_names_back(text: str) -> None:
    shown = html(text)
    assert "<" not in shown
    assert ">" not in shown
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
