"""Which sides, circles and points a class can be invited to."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.content.formats import Assign, Format, Sides, open_floor
from bot.content.models import Excerpt, Prompt, Stance
from bot.discussion.ids import ChannelId, GuildId, MessageId, ResponseId, RoundId, SessionId, SideId, StanceId, UserId
from bot.discussion.inviting import Invitation, Kind, invitations, unanswered
from bot.discussion.values import Response, Role, Round, Source

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROMPT = Prompt(
    id="one",
    question="Which?",
    excerpts=(Excerpt(paragraph=1, quote="A quote."),),
    stances=(Stance(id="a", label="Side A", emoji="🅰️"), Stance(id="b", label="Side B", emoji="🅱️")),
)


def a_round(plan: Format | None = None) -> Round:
    here = RoundId(1), GuildId(7), SessionId(1), ChannelId(70)
    posed = Round(*here, 1, PROMPT, NINE, None, None, None, None, None, None)
    return replace(posed, format=plan) if plan else posed


def said(number: int, user: int, stance: str | None, to: int | None = None, *, held_back: bool = False) -> Response:
    return Response(
        ResponseId(number), GuildId(7), RoundId(1), UserId(user), Role.STUDENT, Source.REPLY if to else Source.MODAL,
        ResponseId(to) if to else None, StanceId(stance) if stance else None, {"text": "So."}, NINE, None, None,
        MessageId(100 + number), held_back=held_back,
    )  # fmt: skip


def about(found: Round, *entries: Response, inner: tuple[int, ...] = ()) -> list[tuple[Kind, str]]:
    told = invitations(found, entries, lambda user: SideId("inner" if user in inner else "outer"))
    return [(each.kind, each.about) for each in told]


def test_nobody_is_missing_where_nobody_has_spoken() -> None:
    assert about(a_round()) == []
    assert about(a_round(), said(1, 1, "a", held_back=True)) == []


def test_a_side_that_nobody_speaks_for_and_one_that_nobody_answers() -> None:
    assert about(a_round(), said(1, 1, "a")) == [(Kind.ANSWER, "a"), (Kind.SPEAK, "b"), (Kind.POINT, "1")]
    told = invitations(a_round(), [said(1, 1, "a")], lambda _: None)
    assert told[0] == Invitation(Kind.ANSWER, "a", "“Side A” has not been answered yet: who replies to it?")
    assert told[1].sentence == "“Side B” has not been heard yet: who speaks for it?"


def test_a_side_is_answered_by_another_side_and_a_point_by_anybody_else() -> None:
    point = said(1, 1, "a")
    assert about(a_round(), point, said(2, 2, "a", to=1)) == [(Kind.ANSWER, "a"), (Kind.SPEAK, "b")]
    assert about(a_round(), point, said(2, 1, "a", to=1)) == [(Kind.ANSWER, "a"), (Kind.SPEAK, "b"), (Kind.POINT, "1")]
    assert about(a_round(), point, said(2, 2, "b", to=1)) == [(Kind.ANSWER, "b")]
    assert about(a_round(), point, said(2, 2, "b", to=1, held_back=True))[0] == (Kind.ANSWER, "a")
    assert unanswered([point, said(2, 2, "b", to=1), said(3, 2, None)]) == [said(3, 2, None)]


def test_a_circle_that_has_not_been_heard() -> None:
    fishbowl = open_floor().model_copy(update={"sides": Sides(assign=Assign.CIRCLES)})
    entries = [said(1, 1, "a"), said(2, 2, "b", to=1), said(3, 1, "a", to=2)]
    assert about(a_round(fishbowl), *entries, inner=(1, 2)) == [(Kind.CIRCLE, "outer")]
    assert about(a_round(fishbowl), *entries, inner=(1,)) == []


def test_only_some_points_are_told_and_only_such_as_stand_somewhere() -> None:
    entries = [said(number, number, "a") for number in range(1, 10)]
    assert [each for each in about(a_round(), *entries) if each[0] is Kind.POINT] == [
        (Kind.POINT, str(number)) for number in range(1, 5)
    ]
    assert (Kind.POINT, "1") not in about(a_round(), replace(entries[0], message_id=None))
