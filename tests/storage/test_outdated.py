"""Which posts a change on record leaves out of date, and what of them is settled."""

from bot.discussion.ids import MessageId
from bot.discussion.values import Closing, Outdated, Response, Source
from bot.storage import Store, Transaction, altering, outdated, rounds

from .samples import HERE, JUNO, YES, a_debate, a_response, at


def answered(tx: Transaction) -> list[Response]:
    """A response, two answers to it, an answer to the first of them, a typed one, and one beside them all."""
    posed = a_debate(tx)
    first = a_response(tx, posed.id)
    one, two = (
        a_response(tx, posed.id, user=JUNO, source=Source.REPLY, parent=first.id, message=MessageId(number))
        for number in (1, 2)
    )
    below = a_response(tx, posed.id, source=Source.REPLY, parent=one.id)
    typed = a_response(tx, posed.id, source=Source.MESSAGE, parent=first.id, message=MessageId(3))
    return [first, one, two, below, typed, a_response(tx, posed.id)]


def post_of(response: Response) -> Outdated:
    return Outdated(HERE, response.round_id, response.id)


def revise(tx: Transaction, response: Response, words: str) -> None:
    altering.revise(tx, HERE, response.id, body={"claim": words}, stance=YES, at=at(9))


async def test_a_change_leaves_its_post_and_those_that_quote_it_out_of_date(store: Store) -> None:
    first, one, two, below, typed, _ = await store.write(answered)
    await store.write(lambda tx: revise(tx, first, "anew"))
    assert await store.read(outdated.waiting) == [post_of(first), post_of(one), post_of(two)]
    await store.write(lambda tx: revise(tx, one, "anew"))
    assert await store.read(outdated.waiting) == [post_of(each) for each in (first, one, two, below)]
    await store.write(lambda tx: altering.withdraw(tx, HERE, typed.id, at(9)))
    assert post_of(typed) not in await store.read(outdated.waiting)


async def test_what_changes_nothing_leaves_nothing_out_of_date(store: Store) -> None:
    first, *_ = await store.write(answered)
    await store.write(lambda tx: altering.revise(tx, HERE, first.id, body=first.body, stance=first.stance, at=at(9)))
    await store.write(lambda tx: altering.set_message(tx, HERE, first.id, MessageId(9)))
    assert await store.read(outdated.waiting) == []


async def test_who_answers_and_has_withdrawn_is_not_shown_again(store: Store) -> None:
    first, one, two, *_ = await store.write(answered)
    await store.write(lambda tx: altering.withdraw(tx, HERE, one.id, at(9)))
    mark = await store.read(lambda tx: outdated.newest_mark(tx, post_of(one)))
    assert mark is not None
    await store.write(lambda tx: outdated.settle(tx, post_of(one), mark))
    await store.write(lambda tx: altering.hide(tx, HERE, first.id, at(9)))
    assert post_of(one) not in await store.read(outdated.waiting)
    assert {post_of(first), post_of(two)} <= set(await store.read(outdated.waiting))


async def test_the_count_is_out_of_date_once_the_round_is_closed(store: Store) -> None:
    first, *_, last = await store.write(answered)
    count = Outdated(HERE, first.round_id, None)
    await store.write(lambda tx: altering.withdraw(tx, HERE, last.id, at(9)))
    assert count not in await store.read(outdated.waiting)
    await store.write(lambda tx: rounds.close(tx, HERE, first.round_id, at(10), Closing.TIME))
    await store.write(lambda tx: altering.withdraw(tx, HERE, first.id, at(11)))
    assert count in await store.read(outdated.waiting)
    mark = await store.read(lambda tx: outdated.newest_mark(tx, count))
    assert mark is not None
    assert await store.write(lambda tx: outdated.settle(tx, count, mark)) is True
    assert await store.write(lambda tx: outdated.settle(tx, count, mark)) is False
    assert post_of(first) in await store.read(outdated.waiting)


async def test_what_changes_while_a_post_is_edited_stays_out_of_date(store: Store) -> None:
    first, *_ = await store.write(answered)
    await store.write(lambda tx: revise(tx, first, "anew"))
    drawn = await store.read(lambda tx: outdated.newest_mark(tx, post_of(first)))
    assert drawn is not None
    await store.write(lambda tx: revise(tx, first, "once more"))
    await store.write(lambda tx: outdated.settle(tx, post_of(first), drawn))
    newer = await store.read(lambda tx: outdated.newest_mark(tx, post_of(first)))
    assert newer is not None
    assert newer > drawn
    await store.write(lambda tx: outdated.settle(tx, post_of(first), newer))
    assert await store.read(lambda tx: outdated.newest_mark(tx, post_of(first))) is None


async def test_a_message_left_standing_is_marked_by_itself(store: Store) -> None:
    *_, typed, _ = await store.write(answered)
    await store.write(lambda tx: outdated.mark_message(tx, typed))
    assert await store.read(outdated.waiting) == [post_of(typed)]
