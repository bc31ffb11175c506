"""What is recorded is read back, as it was, in order."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.discussion.ids import ChannelId, MessageId, ResponseId, RoleId, SessionId, StanceId
from bot.discussion.transcript import Gap
from bot.discussion.values import Audit, Closing, GuildSettings, Revision, Source, Vote
from bot.storage import (
    AlreadyOpen,
    RecordRefused,
    Store,
    Transaction,
    altering,
    audits,
    gaps,
    guilds,
    notes,
    participants,
    responses,
    rounds,
    sessions,
    votes,
)

from .samples import (
    ARTICLE,
    CHANNEL,
    HERE,
    JUNO,
    MINA,
    NO,
    PROMPT,
    PROMPT_SET,
    YES,
    a_debate,
    a_response,
    a_round,
    a_session,
    at,
    seen_from_outside,
)


async def test_a_guild_has_defaults_until_it_saves_settings_and_then_the_last_saved(store: Store) -> None:
    assert await store.read(lambda tx: guilds.settings(tx, HERE)) == GuildSettings(HERE)
    for settings in (
        GuildSettings(HERE, RoleId(11), RoleId(12), ChannelId(13)),
        GuildSettings(HERE, None, RoleId(2**63 - 1), None),
    ):
        await store.write(lambda tx, settings=settings: guilds.save(tx, settings))
        assert await store.read(lambda tx: guilds.settings(tx, HERE)) == settings


async def test_a_note_is_replaced(store: Store) -> None:
    assert await store.read(lambda tx: notes.get(tx, "tree")) is None
    await store.write(lambda tx: notes.put(tx, "tree", "a"))
    await store.write(lambda tx: notes.put(tx, "tree", "b"))
    assert await store.read(lambda tx: notes.get(tx, "tree")) == "b"


async def test_a_session_keeps_what_was_asked(store: Store) -> None:
    session = await store.write(a_session)
    assert (session.prompt_set, session.article) == (PROMPT_SET, ARTICLE)
    assert await store.read(lambda tx: sessions.get(tx, HERE, session.id)) == session
    assert await store.read(lambda tx: sessions.open_in(tx, HERE, CHANNEL)) == session


async def test_a_channel_has_one_open_session(store: Store) -> None:
    first = await store.write(a_session)
    with pytest.raises(AlreadyOpen):
        await store.write(a_session)
    other = await store.write(lambda tx: a_session(tx, channel=ChannelId(5), seconds=1))
    assert await store.read(lambda tx: sessions.all_open(tx, HERE)) == [first, other]
    assert await store.write(lambda tx: sessions.close(tx, HERE, first.id, at(9))) is True
    assert await store.write(lambda tx: sessions.close(tx, HERE, first.id, at(10))) is False
    closed = await store.read(lambda tx: sessions.get(tx, HERE, first.id))
    assert closed == replace(first, closed_at=at(9))
    again = await store.write(lambda tx: a_session(tx, seconds=2))
    assert await store.read(lambda tx: sessions.recent(tx, HERE, 2)) == [again, other]


async def test_the_database_itself_refuses_a_second_open_session(store: Store) -> None:
    session = await store.write(a_session)

    def reopen_another(tx: Transaction) -> None:
        tx.exec_driver_sql("UPDATE sessions SET closed_at = '2026-01-01 00:00:00.000000'")
        a_session(tx)
        tx.exec_driver_sql("UPDATE sessions SET closed_at = NULL WHERE id = ?", (session.id,))

    with pytest.raises(RecordRefused):
        await store.write(reopen_another)


async def test_a_round_lives_from_opening_to_tally(store: Store) -> None:
    posed = await store.write(a_debate)
    assert posed.prompt == PROMPT
    with pytest.raises(AlreadyOpen):
        await store.write(lambda tx: a_round(tx, posed.session_id, number=2))
    assert await store.read(rounds.all_open) == [posed]
    assert await store.read(lambda tx: rounds.open_in_session(tx, HERE, posed.session_id)) == posed

    def post(tx: Transaction) -> list[bool]:
        return [
            rounds.set_card(tx, HERE, posed.id, MessageId(21)),
            rounds.set_thread(tx, HERE, posed.id, ChannelId(22)),
            rounds.set_clock(tx, HERE, posed.id, None, None),
        ]

    assert await store.write(post) == [True, True, True]
    shown = replace(posed, card_id=MessageId(21), thread_id=ChannelId(22), deadline=None)
    assert await store.read(lambda tx: rounds.by_thread(tx, HERE, ChannelId(22))) == shown
    assert await store.write(lambda tx: rounds.close(tx, HERE, posed.id, at(5), Closing.NEXT)) is True
    assert await store.write(lambda tx: rounds.close(tx, HERE, posed.id, at(6), Closing.TIME)) is False
    assert await store.write(lambda tx: rounds.set_clock(tx, HERE, posed.id, at(9), None)) is False
    ended = replace(shown, closed_at=at(5), closing=Closing.NEXT)
    assert await store.read(rounds.untold) == [ended]
    assert await store.read(rounds.all_open) == []
    await store.write(lambda tx: rounds.set_tally(tx, HERE, posed.id, MessageId(23)))
    assert await store.read(rounds.untold) == []
    second = await store.write(lambda tx: a_round(tx, posed.session_id, number=2))
    told = replace(ended, tally_id=MessageId(23))
    assert await store.read(lambda tx: rounds.of_session(tx, HERE, posed.session_id)) == [told, second]
    assert await store.read(lambda tx: rounds.get(tx, HERE, posed.id)) == told


async def test_people_are_known_by_their_last_name(store: Store) -> None:
    await store.write(lambda tx: participants.seen(tx, HERE, MINA, "Mina", at(0)))
    await store.write(lambda tx: participants.seen(tx, HERE, MINA, "Mina 🦊", at(1)))
    await store.write(lambda tx: participants.seen(tx, HERE, JUNO, "Juno", at(1)))
    assert await store.read(lambda tx: participants.names(tx, HERE)) == {MINA: "Mina 🦊", JUNO: "Juno"}
    first = "SELECT first_seen_at FROM participants WHERE user_id = ?"
    kept = await store.read(lambda tx: tx.exec_driver_sql(first, (MINA,)).scalar_one())
    assert kept == "2026-03-02 09:00:00.123456"


async def test_every_change_of_a_stance_is_kept_and_no_repetition(store: Store) -> None:
    posed = await store.write(a_debate)
    held: list[StanceId | None] = [
        await store.write(
            lambda tx, number=number, stance=stance: votes.cast(tx, HERE, posed.id, MINA, stance, at(number))
        )
        for number, stance in enumerate((YES, YES, NO, YES))
    ]
    assert held == [None, YES, YES, NO]
    await store.write(lambda tx: votes.cast(tx, HERE, posed.id, JUNO, NO, at(9)))
    assert await store.read(lambda tx: votes.current(tx, HERE, posed.id)) == {MINA: YES, JUNO: NO}
    assert await store.read(lambda tx: votes.history(tx, HERE, posed.id)) == [
        Vote(posed.id, MINA, YES, at(0)),
        Vote(posed.id, MINA, NO, at(2)),
        Vote(posed.id, MINA, YES, at(3)),
        Vote(posed.id, JUNO, NO, at(9)),
    ]


async def test_a_message_is_recorded_once(store: Store) -> None:
    posed = await store.write(a_debate)
    first = await store.write(lambda tx: a_response(tx, posed.id, source=Source.MESSAGE, message=MessageId(7)))
    again = await store.write(
        lambda tx: a_response(tx, posed.id, words="anew", source=Source.MESSAGE, message=MessageId(7))
    )
    assert again == first
    assert await store.read(lambda tx: responses.by_message(tx, HERE, MessageId(7))) == first
    assert await store.read(lambda tx: responses.counts(tx, HERE, posed.id)) == 1


async def test_responses_stand_in_the_order_of_their_times(store: Store) -> None:
    posed = await store.write(a_debate)
    late = await store.write(lambda tx: a_response(tx, posed.id, seconds=9))
    early = await store.write(lambda tx: a_response(tx, posed.id, seconds=1, source=Source.MESSAGE))
    reply = await store.write(
        lambda tx: a_response(tx, posed.id, user=JUNO, seconds=9, source=Source.REPLY, parent=late.id)
    )
    assert await store.read(lambda tx: responses.of_round(tx, HERE, posed.id)) == [early, late, reply]
    assert await store.read(lambda tx: responses.of_user(tx, HERE, MINA, 10, 0)) == [late, early]
    assert await store.read(lambda tx: responses.of_user(tx, HERE, MINA, 1, 1)) == [early]
    assert await store.read(lambda tx: responses.count_of_user(tx, HERE, MINA)) == 2
    assert await store.read(responses.unposted) == [late, reply]
    assert await store.write(lambda tx: altering.set_message(tx, HERE, late.id, MessageId(3))) is True
    assert await store.read(responses.unposted) == [reply]


async def test_a_revision_keeps_the_old_wording_and_a_withdrawal_none(store: Store) -> None:
    posed = await store.write(a_debate)
    response = await store.write(lambda tx: a_response(tx, posed.id))

    def revise(tx: Transaction, words: str, seconds: float) -> object:
        return altering.revise(tx, HERE, response.id, body={"claim": words}, stance=NO, at=at(seconds))

    revised = replace(response, body={"claim": "anew"}, stance=NO, edited_at=at(3))
    assert await store.write(lambda tx: revise(tx, "anew", 3)) == revised
    assert await store.write(lambda tx: revise(tx, "anew", 4)) == revised
    assert await store.read(lambda tx: altering.revisions(tx, HERE, response.id)) == [
        Revision(response.id, response.body, YES, at(3))
    ]
    assert await store.write(lambda tx: altering.withdraw(tx, HERE, response.id, at(5))) is True
    assert await store.write(lambda tx: altering.withdraw(tx, HERE, response.id, at(6))) is False
    assert await store.write(lambda tx: revise(tx, "again", 7)) is None
    assert await store.write(lambda tx: responses.get(tx, HERE, response.id)) == replace(
        revised, body={}, withdrawn_at=at(5)
    )
    assert await store.read(lambda tx: altering.revisions(tx, HERE, response.id)) == [
        Revision(response.id, {}, YES, at(3))
    ]
    assert await store.read(lambda tx: responses.of_user(tx, HERE, MINA, 10, 0)) == []
    assert await store.read(responses.unposted) == []
    assert await store.read(lambda tx: responses.counts(tx, HERE, posed.id)) == 0


async def test_times_come_back_in_utc_to_the_microsecond_and_none_is_without_a_zone(store: Store) -> None:
    seoul = datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=timezone(timedelta(hours=9)))
    posed = await store.write(a_debate)
    await store.write(lambda tx: votes.cast(tx, HERE, posed.id, MINA, YES, seoul))
    [vote] = await store.read(lambda tx: votes.history(tx, HERE, posed.id))
    assert (vote.at.isoformat(), vote.at) == ("2026-03-01T16:02:03.456789+00:00", seoul)
    with pytest.raises(Exception, match="without a zone"):
        await store.write(lambda tx: votes.cast(tx, HERE, posed.id, MINA, NO, seoul.replace(tzinfo=None)))


async def test_a_reply_stays_in_its_round(store: Store) -> None:
    first = await store.write(a_debate)
    response = await store.write(lambda tx: a_response(tx, first.id))
    await store.write(lambda tx: rounds.close(tx, HERE, first.id, at(5), Closing.NEXT))
    second = await store.write(lambda tx: a_round(tx, first.session_id, number=2))
    for parent in (response.id, ResponseId(99)):
        with pytest.raises(RecordRefused):
            await store.write(lambda tx, parent=parent: a_response(tx, second.id, parent=parent))


async def test_gaps_are_told_as_they_began(store: Store) -> None:
    posed = await store.write(a_debate)
    await store.write(lambda tx: gaps.add(tx, HERE, posed.id, at(5), at(9), "The bot was restarted."))
    await store.write(lambda tx: gaps.add(tx, HERE, posed.id, at(1), at(2), "Discord was away."))
    assert await store.read(lambda tx: gaps.of_round(tx, HERE, posed.id)) == [
        Gap(posed.id, at(1), at(2), "Discord was away."),
        Gap(posed.id, at(5), at(9), "The bot was restarted."),
    ]


async def test_audits_are_told_newest_first_and_by_their_action(store: Store) -> None:
    session = await store.write(a_session)
    told = [
        Audit(HERE, MINA, at(1), "export", session.id, {"format": "html", "names": "real"}),
        Audit(HERE, None, at(0), "export", None, {}),
        Audit(HERE, JUNO, at(2), "unmask", session.id, {"why": "한"}),
    ]
    for one in told:
        await store.write(
            lambda tx, one=one: audits.add(
                tx, HERE, user_id=one.user_id, at=one.at, action=one.action, session_id=one.session_id,
                details=one.details,
            )
        )  # fmt: skip
    assert await store.read(lambda tx: audits.recent(tx, HERE, "export", 9)) == [told[1], told[0]]
    assert await store.read(lambda tx: audits.recent(tx, HERE, "export", 1)) == [told[1]]
    assert await store.read(lambda tx: audits.recent(tx, HERE, "unmask", 9)) == [told[2]]


async def test_sessions_are_found_by_what_was_typed(store: Store) -> None:
    made = [
        await store.write(lambda tx, number=number: a_session(tx, channel=ChannelId(number), seconds=-number))
        for number in range(1, 13)
    ]

    async def found(typed: str, limit: int = 25) -> list[int]:
        return [one.id for one in await store.read(lambda tx: sessions.matching(tx, HERE, typed, limit))]

    newest = [one.id for one in made]
    assert await found("") == await found(" a SET ") == await found("A-s") == newest
    assert await found("", 2) == newest[:2]
    assert await found("1") == await found("#1") == [1, 10, 11, 12]
    assert await found("12") == [12]
    assert await found("1", 1) == [1]
    assert await found("%") == await found("_") == await found("nothing") == []
    await store.write(lambda tx: tx.exec_driver_sql("UPDATE sessions SET set_slug = 'part-1' WHERE id = 5"))
    assert await found("1") == [1, 5, 10, 11, 12]
    assert await found("PART") == [5]
    assert await store.read(lambda tx: sessions.guild_of(tx, made[0].id)) == HERE
    assert await store.read(lambda tx: sessions.guild_of(tx, SessionId(99))) is None


async def test_slugs_may_have_64_letters(store: Store) -> None:
    slug = StanceId("a" * 64)
    posed = await store.write(a_debate)
    await store.write(lambda tx: votes.cast(tx, HERE, posed.id, MINA, slug, at(1)))
    assert await store.read(lambda tx: votes.current(tx, HERE, posed.id)) == {MINA: slug}


async def test_half_characters_and_nul_are_replaced(store: Store, path: Path) -> None:
    broken, kept = "a\ud800b\udfff\0c", "a\ufffdb\ufffd\0c"
    posed = await store.write(a_debate)
    response = await store.write(lambda tx: a_response(tx, posed.id, words=broken))
    assert response.body["claim"] == kept
    assert await store.read(lambda tx: responses.get(tx, HERE, response.id)) == response

    def revise(tx: Transaction) -> object:
        return altering.revise(tx, HERE, response.id, body={"claim": "\udc00"}, stance=YES, at=at(2))

    assert await store.write(revise) == await store.write(revise)
    assert len(await store.read(lambda tx: altering.revisions(tx, HERE, response.id))) == 1
    for time in (1, 2):
        await store.write(lambda tx, time=time: participants.seen(tx, HERE, MINA, broken, at(time)))
        assert await store.read(lambda tx: participants.names(tx, HERE)) == {MINA: kept.replace("\0", "\ufffd")}
    assert seen_from_outside(path, "SELECT length(display_name) FROM participants") == [6]


async def test_whole_characters_stay(store: Store) -> None:
    words = "naïve 한국 👩‍🏫 \U0010ffff\n\t\x1b\u202e"
    posed = await store.write(a_debate)
    response = await store.write(lambda tx: a_response(tx, posed.id, words=words))
    assert response.body["claim"] == words
    await store.write(lambda tx: participants.seen(tx, HERE, MINA, words, at(1)))
    assert await store.read(lambda tx: participants.names(tx, HERE)) == {MINA: words}
