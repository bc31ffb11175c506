"""Each target takes anything at all: what nobody would type, and what somebody would who wants to break it."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.targets import TARGETS

PIECES: Mapping[str, str] = {
    "loader": "prompts:¦phases:¦article: ¦- ¦\n¦  ¦{¦}¦[¦]¦: ¦&a ¦*a¦<<¦!!x ¦%TAG¦'¦\"¦1:1¦…¦id: ¦quote: ",
    "article": "---\n¦# ¦> ¦- ¦1. ¦```\n¦![¦](¦[a]: b '¦<div>¦<!--¦\n¦    ¦===\n¦a¦|¦title: ",
    "quotes": "a ¦b ¦…¦...¦[…]¦“¦’¦\"¦'¦\u00a0¦\n¦\t¦North Korea ",
    "words": "[¦](http://a.b)¦https://a.b/¦<@1>¦<:a:1>¦*¦_¦`¦\\¦||¦# ¦-# ¦\n¦1. ¦>>> ¦a¦👩¦🏴¦\0¦\u200b¦\u202e¦\u0301"
    "¦\u0e47¦\u05d0¦\u200d¦\U000e0067¦\u3164¦\ufe0f¦\u0647¦\u200c¦\u115f",
    "addresses": "parley¦:¦vote¦12¦999999999¦~¦-¦١¦\n¦control¦end",
    "times": "tomorrow ¦monday ¦in ¦at ¦10¦:¦30¦pm¦ h¦2026-¦11-¦T¦+02:00¦٣¦ﷺ¦9999¦next ",
}
"""What is put together, parted by ¦."""


@pytest.mark.parametrize("target", TARGETS)
def test_anything_is_taken(target: str) -> None:
    pieces = st.lists(st.sampled_from(PIECES[target].split("¦")), max_size=60).map("".join).map(str.encode)

    @settings(deadline=None, max_examples=80)
    @given(st.one_of(pieces, pieces, st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
    def take(data: bytes) -> None:
        TARGETS[target](data)

    take()
