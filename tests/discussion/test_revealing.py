from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.formats import Format
from bot.content.models import Excerpt, Prompt, Stance
from bot.discussion.ids import ChannelId, GuildId, RoundId, SessionId
from bot.discussion.revealing import revealed_vote, told_votes
from bot.discussion.values import Closing, Round

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROMPT = Prompt(
    id="one",
    question="Is it so?",
    excerpts=(Excerpt(paragraph=1, quote="So"),),
    stances=(Stance(id="yes", label="Yes", emoji="✅"), Stance(id="no", label="No", emoji="❌")),
)


def in_phase(number: int, *kinds: str, closed: bool = False) -> Round:
    """A round in that phase; "secret" and "open" are votes."""
    votes = {"secret": {"vote": {"secret": True}}, "open": {"vote": {"secret": False}}}
    steps = [votes.get(kind, {kind: {}}) for kind in kinds]
    posed = Round(
        RoundId(1), GuildId(1), SessionId(1), ChannelId(1), 1, PROMPT, NOW, None, None, None, None, None, None,
        format=Format.model_validate({"title": "A format", "phases": steps}), phase_number=number,
    )  # fmt: skip
    return replace(posed, closed_at=NOW, closing=Closing.CLOSE) if closed else posed


@pytest.mark.parametrize(
    ("found", "told", "last"),
    [
        (in_phase(0, "argue"), (), None),
        (in_phase(0, "argue", closed=True), (), None),
        (in_phase(0, "secret", "argue", "secret", "reveal", "read"), (), None),
        (in_phase(2, "secret", "argue", "secret", "reveal", "read"), (), None),
        (in_phase(4, "secret", "argue", "secret", "reveal", "read"), (0, 2), 2),
        (in_phase(3, "secret", "reveal", "argue", "secret"), (0,), 0),
        (in_phase(3, "secret", "reveal", "argue", "secret", closed=True), (0, 3), 3),
        (in_phase(1, "secret", "argue", "secret", closed=True), (0,), 0),
        (in_phase(2, "open", "argue", "open", "reveal"), (0, 2), None),
        (in_phase(3, "open", "argue", "secret", "argue"), (0,), None),
        (in_phase(5, "secret", "open", "secret", "reveal", "argue", "secret"), (0, 1, 2), 2),
    ],
)
def test_a_secret_vote_is_told_once_it_is_revealed_or_over(
    found: Round, told: tuple[int, ...], last: int | None
) -> None:
    assert (told_votes(found), revealed_vote(found)) == (told, last)
