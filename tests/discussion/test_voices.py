"""How evenly a class spoke, and how many words that were."""

import re
import unicodedata
from datetime import UTC, datetime
from itertools import product

import emoji
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.counting import words_in
from bot.discussion.ids import GuildId, ResponseId, RoundId, UserId
from bot.discussion.values import Response, Role, Source
from bot.discussion.voices import Voice, evenness_in_words, gini, voices

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def words(text: str) -> int:
    return words_in({"claim": text})


def response(user: int, text: str, *, parent: int | None = None, withdrawn: bool = False) -> Response:
    return Response(
        id=ResponseId(1),
        guild_id=GuildId(1),
        round_id=RoundId(1),
        user_id=UserId(user),
        role=Role.STUDENT,
        source=Source.MODAL,
        parent_id=None if parent is None else ResponseId(parent),
        stance=None,
        body={} if withdrawn else {"claim": text, "evidence": text},
        created_at=NOW,
        edited_at=None,
        withdrawn_at=NOW if withdrawn else None,
        message_id=None,
    )


@given(st.lists(st.integers(0, 5000), max_size=40))
@settings(deadline=None)
def test_gini_is_half_the_mean_difference_of_two_people(counts: list[int]) -> None:
    apart = sum(abs(one - other) for one, other in product(counts, counts))
    expected = apart / (2 * len(counts) * sum(counts)) if sum(counts) else 0
    assert gini(counts) == pytest.approx(expected, abs=1e-12)


@given(st.integers(1, 40), st.integers(0, 9000))
def test_gini_is_zero_for_equals_and_near_one_for_one_speaker(people: int, count: int) -> None:
    assert gini([count] * people) == pytest.approx(0, abs=1e-12)
    assert gini([0] * (people - 1) + [count + 1]) == pytest.approx((people - 1) / people)


def test_evenness_is_told_in_other_words_the_more_uneven_it_is() -> None:
    told = [evenness_in_words(hundredth / 100) for hundredth in range(100)]
    assert all(f"{hundredth / 100:.2f}" in sentence for hundredth, sentence in enumerate(told))
    meanings = [sentence.rsplit(":", 1)[1] for sentence in told]
    assert len(set(meanings)) == 5
    assert meanings == [meaning for meaning in dict.fromkeys(meanings) for _ in range(meanings.count(meaning))]
    assert "very evenly" in meanings[0]
    assert "very few" in meanings[-1]


def test_a_voice_counts_what_is_not_withdrawn_and_silence_too() -> None:
    said = [
        response(2, "one two"),
        response(2, "three", parent=7),
        response(2, "", withdrawn=True),
        response(5, "guest here"),
    ]
    assert voices([UserId(1), UserId(2)], said) == (
        Voice(UserId(1), 0, 0, 0),
        Voice(UserId(2), 1, 1, 6),
        Voice(UserId(5), 1, 0, 4),
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("Europe should build its own rockets.", 6),
        ("Don't re-use it — they said “no” …", 6),
        ("— … !!! * / & 🚀", 0),
        ("42 rockets, 1.5 tonnes", 4),
        ("Привет, мир!", 2),
        ("أوروبا تحتاج صواريخ", 3),
        ("यूरोप को रॉकेट चाहिए", 4),
        ("유럽은 로켓이 필요하다", 3),
        ("欧洲需要火箭", 6),
        ("欧洲需要火箭。我同意!", 9),
        ("我用iPhone拍照", 5),
        ("ロケットが必要", 4),
        ("นก", 1),
        ("สวัสดี", 2),
        ("ยุโรปควรมีจรวดเป็นของตัวเอง", 8),
        ("ขอ\u200bบคุณ", 2),
        ("cafe\u0301 de\u0301ja\u0300", 2),
        ("🚀🛰️ 👩‍🚀 🇪🇺 1️⃣", 0),
        ("Rockets 🚀 are 1️⃣ fun🎉", 3),
        ("zero\u200bwidth", 1),
        ("non\u00a0breaking", 2),
    ],
)
def test_words_are_counted_in_any_script(text: str, count: int) -> None:
    assert words(text) == count


def test_no_emoji_is_a_word() -> None:
    shown = [sign for sign, data in emoji.EMOJI_DATA.items() if data["status"] == emoji.STATUS["fully_qualified"]]
    assert len(shown) > 3000
    assert [sign for sign in shown if words(sign)] == []


@given(st.text(max_size=60))
@settings(deadline=None)
def test_how_an_accent_is_encoded_changes_nothing(text: str) -> None:
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


@given(st.lists(st.from_regex(re.compile(r"[a-zß-öа-я]{1,8}[.,!?]?"), fullmatch=True)), st.lists(st.text(max_size=20)))
@settings(deadline=None)
def test_spaced_words_add_up_over_all_fields(spaced: list[str], other: list[str]) -> None:
    assert words(" ".join(spaced)) == len(spaced)
    fields = {str(number): text for number, text in enumerate(other)}
    assert words_in(fields) == sum(map(words, other)) == words("\n".join(other))


PLAIN = [chr(code) for reach in ((0, 0x250), (0x2010, 0x2028), (0x1F300, 0x1FA00)) for code in range(*reach)]


@given(st.text(st.sampled_from(PLAIN) | st.sampled_from(" \n.-_'“”’–…aZ9éßŁ🤝"), max_size=60))
@settings(deadline=None)
def test_plain_text_counts_as_among_signs_of_any_script(text: str) -> None:
    """A sign that is no word takes the text out of the short cut for plain text."""
    assert words(text) == words(f"{text} →")


def test_every_plain_sign_counts_as_among_signs_of_any_script() -> None:
    for sign in PLAIN:
        for text in (sign, f"a{sign}b", f"a {sign} b", f"{sign}{sign}1"):
            assert words(text) == words(f"{text} →"), ascii(text)


def test_a_wall_of_signs_is_counted_in_no_time() -> None:
    assert words("!" * 1_000_000) == 0
    assert words("ก" * 999_999) == 333_333
