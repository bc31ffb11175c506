"""Whatever a format asks for and a class writes, the pages and forms of its phases are ones that Discord takes."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.cards.classmates_page import classmates_page
from bot.chat.cards.own_page import own_page, receipt
from bot.chat.cards.part_page import part_page
from bot.chat.cards.response_card import response_card
from bot.chat.cards.round_card import round_card
from bot.chat.cards.statement_pages import stated_receipt, text_so_far
from bot.chat.modals import change_modal, reflect_modal, reply_modal, respond_modal, statement_modal
from bot.classroom.classmates import Classmates, Said
from bot.classroom.partaking import Member, Part
from bot.classroom.posting import Posted, Shown
from bot.classroom.reflecting import Question
from bot.classroom.responding import Invitation, Recorded
from bot.classroom.reviewing import OwnResponses
from bot.classroom.rewording import Mine
from bot.classroom.stating import Draft, Stated
from bot.classroom.voting import Standing
from bot.content.formats import (
    AnyPhase,
    ArguePhase,
    Assign,
    FieldName,
    Format,
    Groups,
    PausePhase,
    ReadPhase,
    ReflectPhase,
    ReplyPhase,
    Requirements,
    Sides,
    StatementPhase,
    Stem,
    Step,
    Visible,
    VotePhase,
)
from bot.discussion.ids import ResponseId, SideId, StanceId, UserId
from bot.discussion.requirements import progress
from bot.discussion.sides import Place
from bot.discussion.values import Response, Round, Source
from bot.discussion.wording import REFLECTION_FIELD, REPLY_FIELD, RESTATED_FIELD, STATEMENT_FIELD, TEXT
from tests.chat import values
from tests.chat.test_limits import assert_discord_opens, assert_discord_takes

ID = 10**17
few = settings(max_examples=12, deadline=None)


@st.composite
def phases(draw: st.DrawFn) -> AnyPhase:
    """Any phase that lasts, with the longest words that a format may have."""
    more: dict[str, Any] = {"name": draw(values.words(60)), "say": draw(st.none() | values.words(300))}
    least = draw(st.sampled_from([None, 200]))
    ask = draw(values.words(300))
    fields = draw(st.sampled_from([tuple(FieldName), (FieldName.CLAIM,)]))
    stems = draw(st.sampled_from([(), (Stem.CLARIFY,), tuple(Stem)]))
    visible, flag = draw(st.sampled_from(Visible)), draw(st.booleans())
    return draw(
        st.sampled_from(
            [
                VotePhase(**more, secret=flag),
                ArguePhase(**more, visible=visible, fields=fields, at_least_words=least, change_sides=flag),
                ReplyPhase(**more, stems=stems, restate=flag, at_least_words=least, change_sides=flag),
                ReflectPhase(**more, ask=ask, names_a_point=True),
                StatementPhase(**more, ask=ask, at_least_words=least),
                ReadPhase(**more),
                PausePhase(**more, minutes=10080),
            ]
        )
    )


@st.composite
def rounds(draw: st.DrawFn, kind: type[AnyPhase] | None = None) -> Round:
    """A round in the last of two phases, the second of any kind or of this one."""
    found = draw(values.rounds())
    present = draw(phases() if kind is None else phases().filter(lambda phase: isinstance(phase, kind)))
    sides = draw(st.sampled_from([None, Sides(assign=Assign.STANCES), Sides(assign=Assign.CIRCLES)]))
    groups = Groups(size=4) if sides is not None and sides.assign is Assign.STANCES else None
    required = draw(st.sampled_from([None, Requirements(responses=20, replies=20)]))
    plan = (Step.of(ArguePhase()), Step.of(present))
    debate = Format(title="x", sides=sides, groups=groups, requires=required, phases=plan)
    paused = draw(st.sampled_from([None, values.NOW]))
    return replace(found, format=debate, phase_number=1, paused_at=paused)


@st.composite
def written(draw: st.DrawFn, found: Round) -> Response:
    """A response of any source, in fields of any length."""
    response, source = draw(values.responses(found)), draw(st.sampled_from([*Source]))
    phase = found.format.plan[1]
    if source is Source.REPLY:
        fields = draw(st.sampled_from([(REPLY_FIELD,), (RESTATED_FIELD, REPLY_FIELD)]))
    elif source in {Source.REFLECTION, Source.STATEMENT}:
        fields = (REFLECTION_FIELD if source is Source.REFLECTION else STATEMENT_FIELD,)
    else:
        return replace(response, id=ResponseId(ID), source=Source.MODAL, phase=1, held_back=draw(st.booleans()))
    body = {field.name: draw(values.words(field.most, lines=True)) for field in fields}
    group = 99 if source is Source.STATEMENT else None
    return replace(
        response,
        id=ResponseId(ID),
        source=source,
        body=body,
        phase=1 if isinstance(phase, StatementPhase | ReflectPhase) else 0,
        group=group,
        held_back=source is Source.REFLECTION,
    )


@st.composite
def parts(draw: st.DrawFn) -> Part:
    found = draw(rounds())
    stances = [stance.id for stance in found.prompt.stances]
    circles = found.format.sides is not None and found.format.sides.assign is Assign.CIRCLES
    side = SideId(draw(st.sampled_from(["inner", "outer"] if circles else stances[:2])))
    group = tuple(Member(draw(values.words(32)) or "x", SideId(stances[n % 2]), n == 0) for n in range(12))
    return Part(
        found,
        Place(UserId(1), side, 99) if found.format.sides is not None else None,
        group if found.format.groups is not None else (),
        draw(st.sampled_from([None, StanceId(stances[0])])),
        progress(found.format.requires, 3, 20),
        draw(st.booleans()),
        draw(st.sampled_from([0, 99])),
        draw(st.booleans()),
        draw(st.booleans()),
    )


PARAGRAPHS = dict.fromkeys(range(1, 26), "Words *of* the article. " * 40)
"""As many as a form can offer."""


@given(part=parts())
@few
def test_ones_own_part(part: Part) -> None:
    assert_discord_takes(part_page(part))


@given(data=st.data(), standing=values.standings(), hears=st.booleans())
@few
def test_the_card_of_a_round_in_any_phase(data: st.DataObject, standing: Standing, hears: bool) -> None:
    found = data.draw(rounds())
    shown = replace(standing, round=replace(found, prompt=standing.round.prompt))
    assert_discord_takes(round_card(shown, hears_thread=hears))


@given(data=st.data())
@few
def test_what_classmates_wrote(data: st.DataObject) -> None:
    found = data.draw(rounds(ArguePhase))
    said = [
        Said(
            data.draw(values.words(32)),
            replace(data.draw(written(found)), id=ResponseId(ID + number)),
            data.draw(st.none() | values.words(32)),
            may_be_answered=True,
        )
        for number in range(data.draw(st.integers(1, 3)))
    ]
    assert_discord_takes(classmates_page(Classmates(found, 1, tuple(said), 1, 3, 9)))


@given(data=st.data())
@few
def test_posts_receipts_and_ones_own_responses(data: st.DataObject) -> None:
    found = data.draw(rounds())
    mine = data.draw(written(found))
    recorded = Recorded(found, mine, data.draw(st.none() | values.follow_ups()))
    assert_discord_takes(receipt(recorded, posted=data.draw(st.sampled_from(Posted))))
    parent = data.draw(st.none() | written(found))
    shown = Shown(mine, found, data.draw(values.words(32)), parent, data.draw(values.words(32)))
    assert_discord_takes(response_card(shown))
    several = [(replace(data.draw(written(found)), id=ResponseId(ID + n)), found) for n in range(4)]
    assert_discord_takes(own_page(OwnResponses(tuple(several), 1, 3, 12)))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    found = draw(rounds(StatementPhase))
    phase = found.format.plan[1]
    members = tuple(Member(draw(values.words(32)), SideId("x"), n == 0) for n in range(12))
    text, by = draw(values.words(STATEMENT_FIELD.most, lines=True)), draw(st.none() | values.words(32))
    ask = phase.ask if isinstance(phase, StatementPhase) else ""
    return Draft(found, 1, ask, 99, members, text, by, f"{ID}-{10**6}")


@given(draft=drafts(), replaces=st.none() | values.words(32), posted=st.sampled_from(Posted), data=st.data())
@few
def test_a_groups_text(draft: Draft, replaces: str | None, posted: Posted, data: st.DataObject) -> None:
    assert_discord_opens(statement_modal(draft))
    assert_discord_takes(text_so_far(draft))
    stated = Stated(Recorded(draft.round, data.draw(written(draft.round))), draft, replaces)
    assert_discord_takes(stated_receipt(stated, posted=posted))


@given(data=st.data(), count=st.sampled_from([0, 1, 25, 40]))
@few
def test_the_form_to_reflect(data: st.DataObject, count: int) -> None:
    found = data.draw(rounds(ReflectPhase))
    name, said = data.draw(values.words(100)) or "x", data.draw(written(found))
    points = tuple((name, replace(said, id=ResponseId(ID + number))) for number in range(count))
    phase = found.format.plan[1]
    modal = reflect_modal(Question(found, 1, phase.ask if isinstance(phase, ReflectPhase) else "", points))
    assert_discord_opens(modal)


@given(data=st.data())
@few
def test_the_forms_to_respond_to_reply_and_to_change(data: st.DataObject) -> None:
    found = data.draw(rounds())
    said = data.draw(written(found))
    assert_discord_opens(reply_modal(Recorded(found, said)))
    if said.source is not Source.STATEMENT and (TEXT not in said.body or len(said.body[TEXT]) <= REPLY_FIELD.most):
        assert_discord_opens(change_modal(Mine(found, said, PARAGRAPHS, 1)))
    assert_discord_opens(
        respond_modal(Invitation(found, said.stance, is_assigned=data.draw(st.booleans()), paragraphs=PARAGRAPHS))
    )
