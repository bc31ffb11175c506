"""What each kind of phase allows, to whom, and what is required."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.formats import (
    ArguePhase,
    PausePhase,
    Phase,
    PhaseKind,
    ReadPhase,
    ReflectPhase,
    ReplyPhase,
    ReplyTo,
    Requirements,
    RevealPhase,
    StatementPhase,
    SwapPhase,
    Visible,
    VotePhase,
    Who,
    open_floor,
)
from bot.discussion import allowing
from bot.discussion.ids import SideId
from bot.discussion.requirements import Item, Task, progress

CHINA, EUROPE = SideId("china"), SideId("europe")
INNER, OUTER = SideId("inner"), SideId("outer")

EVERY_KIND: dict[PhaseKind, Phase] = {
    phase.kind: phase
    for phase in (
        VotePhase(),
        ArguePhase(),
        ReplyPhase(),
        SwapPhase(),
        ReflectPhase(ask="What moved you?"),
        StatementPhase(ask="What do you agree on?"),
        RevealPhase(),
        ReadPhase(),
        PausePhase(minutes=1),
    )
}


def reply(
    phase: Phase,
    own: SideId | None = CHINA,
    other: SideId | None = EUROPE,
    *,
    same_author: bool = False,
    is_answered: bool = False,
) -> str | None:
    return allowing.allows_reply(
        phase, own_side=own, other_side=other, same_author=same_author, is_answered=is_answered
    )


def allowed(phase: Phase) -> set[str]:
    refusals = {
        "vote": allowing.allows_vote(phase),
        "respond": allowing.allows_response(phase, CHINA),
        "reply": reply(phase),
        "reflect": allowing.allows_reflection(phase),
        "state": allowing.allows_statement(phase, 1),
    }
    for refusal in refusals.values():
        assert refusal is None or (refusal.startswith("You cannot ") and refusal.endswith("."))
    return {what for what, refusal in refusals.items() if refusal is None}


def test_each_kind_of_phase_is_for_one_thing() -> None:
    assert set(EVERY_KIND) == set(PhaseKind)
    assert {kind: allowed(phase) for kind, phase in EVERY_KIND.items() if allowed(phase)} == {
        PhaseKind.VOTE: {"vote"},
        PhaseKind.ARGUE: {"respond"},
        PhaseKind.REPLY: {"reply"},
        PhaseKind.REFLECT: {"reflect"},
        PhaseKind.STATEMENT: {"state"},
    }


def test_the_open_floor_allows_what_a_debate_without_phases_does() -> None:
    (phase,) = open_floor().plan
    assert allowed(phase) == {"vote", "respond", "reply"}
    assert allowing.allows_response(phase, None) is None
    assert reply(phase, None, None, same_author=True, is_answered=True) is None
    assert allowing.shows_at_once(phase)
    assert allowing.allows_words(phase, {"claim": "No."}) is None


def test_sides_may_be_changed_where_the_format_says_so() -> None:
    assert allowing.allows_vote(ArguePhase(change_sides=True)) is None
    assert allowing.allows_vote(ReplyPhase(change_sides=True)) is None


def test_only_the_circle_that_speaks_responds_and_answers() -> None:
    for who, speaking, listening in ((Who.INNER, INNER, OUTER), (Who.OUTER, OUTER, INNER)):
        argue, answer = ArguePhase(who=who, replies=True), ReplyPhase(who=who)
        assert allowing.allows_response(argue, speaking) is None
        assert reply(argue, speaking, listening) is None
        assert reply(answer, speaking, listening) is None
        for side in (listening, None):
            refusal = f"Now the {who} circle speaks; you listen."
            assert allowing.allows_response(argue, side) == refusal
            assert reply(argue, side, speaking) == refusal
            assert reply(answer, side, speaking) == refusal


def test_nobody_answers_themselves_in_a_phase_for_answers() -> None:
    for to in ReplyTo:
        assert "your own response" in str(reply(ReplyPhase(to=to), same_author=True))


def test_anybody_may_answer_anyone() -> None:
    assert reply(ReplyPhase(), None, None, is_answered=True) is None
    assert reply(ReplyPhase(), CHINA, CHINA, is_answered=True) is None


def test_the_other_side_is_any_other_side_and_who_has_none_is_on_nobodys() -> None:
    phase = ReplyPhase(to=ReplyTo.OTHER_SIDE)
    assert reply(phase, CHINA, EUROPE, is_answered=True) is None
    assert reply(phase, CHINA, None) is None
    assert "on your side" in str(reply(phase, CHINA, CHINA))
    assert "you have no side yet" in str(reply(phase, None, EUROPE))
    assert "you have no side yet" in str(reply(phase, None, None))


def test_unanswered_means_that_nobody_has_answered() -> None:
    phase = ReplyPhase(to=ReplyTo.UNANSWERED)
    assert reply(phase, CHINA, CHINA) is None
    assert "nobody has answered yet" in str(reply(phase, is_answered=True))


def test_a_statement_is_written_by_those_who_have_a_group() -> None:
    assert "no group yet" in str(allowing.allows_statement(EVERY_KIND[PhaseKind.STATEMENT], None))


@pytest.mark.parametrize(
    "phase", [ArguePhase(at_least_words=3), ReplyPhase(at_least_words=3), StatementPhase(ask="?", at_least_words=3)]
)
def test_too_few_words_are_refused_with_their_number(phase: Phase) -> None:
    assert allowing.allows_words(phase, {"claim": "one two", "evidence": "three"}) is None
    refusal = allowing.allows_words(phase, {"claim": "one two …"})
    assert refusal is not None
    assert "at least 3 words; yours has 2" in refusal


def test_phases_without_a_least_number_take_any_words() -> None:
    assert all(allowing.allows_words(phase, {"text": "no"}) is None for phase in EVERY_KIND.values())


@given(st.sampled_from(Visible), st.booleans(), st.booleans())
def test_words_are_shown_when_the_phase_says(visible: Visible, has_responded: bool, is_revealed: bool) -> None:
    phase = ArguePhase(visible=visible)
    assert allowing.shows_at_once(phase) == (visible is Visible.AT_ONCE)
    expected = {
        Visible.AT_ONCE: True,
        Visible.AFTER_YOURS: has_responded or is_revealed,
        Visible.AT_REVEAL: is_revealed,
    }
    assert allowing.may_read(phase, has_responded=has_responded, is_revealed=is_revealed) == expected[visible]


def test_replies_and_statements_are_open_and_reflections_are_never_read() -> None:
    for kind in (PhaseKind.REPLY, PhaseKind.STATEMENT):
        assert allowing.shows_at_once(EVERY_KIND[kind])
    reflect = EVERY_KIND[PhaseKind.REFLECT]
    assert not allowing.shows_at_once(reflect)
    assert not allowing.may_read(reflect, has_responded=True, is_revealed=True)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 99), st.integers(0, 99))
def test_progress_tells_what_is_needed_and_what_is_done(
    needs_responses: int, needs_replies: int, responses: int, replies: int
) -> None:
    made = progress(Requirements(responses=needs_responses, replies=needs_replies), responses, replies)
    assert made.is_met == (responses >= needs_responses and replies >= needs_replies)
    asked = [Item(Task.RESPONSES, responses, needs_responses), Item(Task.REPLIES, replies, needs_replies)]
    assert list(made.items) == [item for item in asked if item.needed]
    assert all(item.is_met == (item.done >= item.needed) for item in made.items)


def test_where_nothing_is_required_all_is_done() -> None:
    assert progress(None, 0, 0).items == ()
    assert progress(None, 0, 0).is_met
