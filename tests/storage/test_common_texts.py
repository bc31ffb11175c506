"""What several write together: whose wording each is. And who wants to be reminded, and what has moved somebody."""

from bot.discussion.ids import ResponseId, UserId
from bot.discussion.swaying import Endorsement
from bot.discussion.values import Closing, Revision, Role, Round, Source
from bot.storage import Store, Transaction, altering, endorsements, reminders, responses, rounds, statements

from .samples import HERE, JUNO, MINA, a_debate, a_response, a_round, at

CHO = UserId(1_310_000_000_000_000_005)


def begun(tx: Transaction, posed: Round, group: int = 2) -> ResponseId:
    """Mina begins the statement of a group."""
    response, _ = responses.add(
        tx,
        HERE,
        round_id=posed.id,
        user_id=MINA,
        role=Role.STUDENT,
        source=Source.STATEMENT,
        parent_id=None,
        stance=None,
        body={"text": "One."},
        created_at=at(1),
        phase=3,
        group=group,
        held_back=True,
    )
    return response.id


async def test_each_wording_says_whose_it_is(store: Store) -> None:
    posed = await store.write(a_debate)
    text = await store.write(lambda tx: begun(tx, posed))
    assert await store.read(lambda tx: statements.wording(tx, HERE, text)) == 1

    def work(tx: Transaction) -> None:
        altering.revise(tx, HERE, text, body={"text": "Two."}, stance=None, at=at(2), by=JUNO)
        altering.revise(tx, HERE, text, body={"text": "Three."}, stance=None, at=at(3), by=MINA)
        altering.revise(tx, HERE, text, body={"text": "Four."}, stance=None, at=at(4), by=CHO)

    await store.write(work)
    now = await store.read(lambda tx: responses.get(tx, HERE, text))
    assert now is not None
    assert (now.body, now.user_id, now.edited_by, now.written_by) == ({"text": "Four."}, MINA, CHO, CHO)
    assert await store.read(lambda tx: altering.revisions(tx, HERE, text)) == [
        Revision(text, {"text": "One."}, None, at(2)),
        Revision(text, {"text": "Two."}, None, at(3), JUNO),
        Revision(text, {"text": "Three."}, None, at(4), MINA),
    ]
    assert await store.read(lambda tx: statements.wording(tx, HERE, text)) == 4
    assert await store.read(lambda tx: statements.writers(tx, HERE, text)) == {MINA, JUNO, CHO}


async def test_everybody_has_on_record_what_they_wrote_with_others(store: Store) -> None:
    posed = await store.write(a_debate)
    text = await store.write(lambda tx: begun(tx, posed))
    await store.write(lambda tx: a_response(tx, posed.id, user=JUNO))
    for seconds, who in enumerate((JUNO, CHO), 2):
        await store.write(
            lambda tx, who=who, seconds=seconds: altering.revise(
                tx, HERE, text, body={"text": f"{who}"}, stance=None, at=at(seconds), by=who
            )
        )
    for who, count in ((MINA, 1), (JUNO, 2), (CHO, 1), (UserId(1), 0)):
        found = await store.read(lambda tx, who=who: responses.of_user(tx, HERE, who, 9, 0))
        assert len(found) == count == await store.read(lambda tx, who=who: responses.count_of_user(tx, HERE, who))
        assert (text in [entry.id for entry in found]) == (who != UserId(1))
    await store.write(lambda tx: altering.withdraw(tx, HERE, text, at(9)))
    assert await store.read(lambda tx: responses.count_of_user(tx, HERE, CHO)) == 0


async def test_a_group_has_one_statement_in_a_phase_and_another_once_it_is_taken_back(store: Store) -> None:
    posed = await store.write(a_debate)
    text = await store.write(lambda tx: begun(tx, posed))
    assert await store.read(lambda tx: statements.of_group(tx, HERE, posed.id, 3, 2)) == text
    assert await store.read(lambda tx: statements.of_group(tx, HERE, posed.id, 3, 1)) is None
    assert await store.read(lambda tx: statements.of_group(tx, HERE, posed.id, 2, 2)) is None
    await store.write(lambda tx: altering.withdraw(tx, HERE, text, at(2)))
    assert await store.read(lambda tx: statements.of_group(tx, HERE, posed.id, 3, 2)) is None
    anew = await store.write(lambda tx: begun(tx, posed))
    assert await store.read(lambda tx: statements.of_group(tx, HERE, posed.id, 3, 2)) == anew


async def test_who_has_responded_is_who_has_a_standing_response_of_their_own_in_the_phase(store: Store) -> None:
    posed = await store.write(a_debate)
    own = await store.write(lambda tx: a_response(tx, posed.id))
    await store.write(lambda tx: a_response(tx, posed.id, user=JUNO, source=Source.MESSAGE))

    async def have(phase: int = 0) -> list[bool]:
        return [
            await store.read(lambda tx, who=who: responses.has_responded(tx, HERE, posed.id, phase, who))
            for who in (MINA, JUNO)
        ]

    assert await have() == [True, False]
    assert await have(1) == [False, False]
    await store.write(lambda tx: altering.withdraw(tx, HERE, own.id, at(2)))
    assert await have() == [False, False]


async def test_reminders_are_off_until_somebody_wants_them(store: Store) -> None:
    assert await store.read(lambda tx: reminders.wanted_by(tx, HERE)) == set()
    assert await store.write(lambda tx: reminders.put(tx, HERE, MINA, at(0), wanted=False)) is False
    assert await store.write(lambda tx: reminders.put(tx, HERE, MINA, at(1), wanted=True)) is True
    assert await store.write(lambda tx: reminders.put(tx, HERE, MINA, at(2), wanted=True)) is False
    assert await store.read(lambda tx: reminders.wanted_by(tx, HERE)) == {MINA}
    assert await store.read(lambda tx: reminders.is_wanted(tx, HERE, JUNO)) is False
    assert await store.write(lambda tx: reminders.put(tx, HERE, MINA, at(3), wanted=False)) is True
    assert await store.read(lambda tx: reminders.is_wanted(tx, HERE, MINA)) is False


async def test_what_has_moved_somebody_can_be_taken_back_round_by_round(store: Store) -> None:
    posed = await store.write(a_debate)
    first = await store.write(lambda tx: a_response(tx, posed.id))
    second = await store.write(lambda tx: a_response(tx, posed.id))
    other = await store.write(lambda tx: a_response(tx, another_round(tx, posed).id))
    for each in (first, second, other):
        await store.write(lambda tx, each=each: endorsements.add(tx, HERE, each.id, JUNO, at(1)))
    await store.write(lambda tx: endorsements.add(tx, HERE, first.id, CHO, at(1)))
    assert await store.write(lambda tx: endorsements.remove_all(tx, HERE, posed.id, JUNO)) == 2
    assert await store.read(lambda tx: endorsements.of_round(tx, HERE, posed.id)) == {first.id: 1}
    assert await store.read(lambda tx: endorsements.of_round(tx, HERE, other.round_id)) == {other.id: 1}


async def test_what_was_said_by_a_button_and_in_a_reflection_counts_once_until_both_are_taken_back(
    store: Store,
) -> None:
    posed = await store.write(a_debate)
    one = await store.write(lambda tx: a_response(tx, posed.id))

    async def press(minute: int) -> tuple[bool, dict[ResponseId, int]]:
        holds = await store.write(lambda tx: endorsements.press(tx, HERE, one.id, JUNO, at(minute)))
        return holds, await store.read(lambda tx: endorsements.of_round(tx, HERE, posed.id))

    assert await press(1) == (True, {one.id: 1})
    assert await press(2) == (False, {})
    assert await press(3) == (True, {one.id: 1})
    await store.write(lambda tx: endorsements.add(tx, HERE, one.id, JUNO, at(4)))
    assert await store.read(lambda tx: endorsements.each_of_round(tx, HERE, posed.id)) == [
        Endorsement(one.id, one.created_at, JUNO)
    ]
    assert await store.write(lambda tx: endorsements.remove_all(tx, HERE, posed.id, JUNO)) == 1
    assert await store.read(lambda tx: endorsements.of_round(tx, HERE, posed.id)) == {one.id: 1}
    await store.write(lambda tx: endorsements.add(tx, HERE, one.id, JUNO, at(5)))
    assert await press(6) == (False, {one.id: 1})
    assert await store.read(lambda tx: endorsements.is_reflected(tx, HERE, one.id, JUNO))
    assert await store.write(lambda tx: endorsements.remove_all(tx, HERE, posed.id, JUNO)) == 1
    assert await store.read(lambda tx: endorsements.of_round(tx, HERE, posed.id)) == {}


def another_round(tx: Transaction, posed: Round) -> Round:
    """The next question of the same session."""
    rounds.close(tx, HERE, posed.id, at(9), Closing.NEXT)
    return a_round(tx, posed.session_id, number=2)
