"""One guild never sees another: with another guild's id, every function finds nothing and changes nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select, update

from bot.discussion.evidence import Citation, Kind
from bot.discussion.ids import (
    AskingId,
    ChannelId,
    EventId,
    GuildId,
    MessageId,
    ResponseId,
    RoundId,
    ScheduleId,
    SessionId,
    SideId,
    UserId,
)
from bot.discussion.moderation import Review, Settled
from bot.discussion.schedule import Ending, Schedule
from bot.discussion.sides import Place
from bot.discussion.transcript import Scope
from bot.discussion.values import Closing, GuildSettings, Loss, Outdated, Response, Role, RoleId, Source
from bot.storage import (
    RecordRefused,
    Store,
    Transaction,
    altering,
    askings,
    audits,
    citations,
    endorsements,
    gaps,
    guilds,
    keeping,
    listed_words,
    mutes,
    outdated,
    participants,
    phases,
    places,
    pseudonyms,
    recording,
    reminders,
    removals,
    reports,
    responses,
    reviews,
    rounds,
    schedules,
    sessions,
    statements,
    transcripts,
    uploads,
    votes,
)
from bot.storage.schema import responses as written
from bot.storage.schema import sessions as debates

from .samples import CHANNEL, ELSEWHERE, HERE, JUNO, MINA, YES, a_debate, a_response, a_round, at


class Known(NamedTuple):
    """What somebody elsewhere could have got to know."""

    session: SessionId
    round: RoundId
    response: ResponseId
    schedule: ScheduleId
    hidden: ResponseId
    unread: ResponseId


THREAD, MESSAGE, CARD, STAND_IN = ChannelId(31), MessageId(32), MessageId(33), MessageId(34)
OF_THE_CLASS = AskingId(1)
CITED = Citation(1, 0, "First", "", ", “quoted”.", Kind.QUOTE)
Use = Callable[[Transaction, GuildId, Known], object]


def theirs(tx: Transaction, guild: GuildId, known: Known) -> Response:
    """The response, as if it were that guild's."""
    found = responses.get(tx, HERE, known.response)
    assert found is not None
    return replace(found, guild_id=guild)


def scheduled(tx: Transaction, guild: GuildId) -> Schedule:
    """The debate that waits in a guild."""
    return schedules.add(
        tx,
        guild,
        channel_id=CHANNEL,
        starts_at=at(60),
        title="A set",
        set_slug="a-set",
        prompt_id=None,
        format=None,
        minutes=None,
        scheduled_by=MINA,
        scheduled_at=at(0),
    )


FINDS: dict[str, Use] = {
    "askings.of_people": lambda tx, guild, known: askings.of_people(tx, guild, known.round, [MINA]),
    "askings.openly": lambda tx, guild, known: askings.openly(tx, guild, known.round),
    "participants.is_uncoached": lambda tx, guild, _: participants.is_uncoached(tx, guild, MINA),
    "responses.latest_words": lambda tx, guild, known: responses.latest_words(tx, guild, known.round, 9),
    "responses.last_said": lambda tx, guild, known: responses.last_said(tx, guild, known.round),
    "responses.latest_stances": lambda tx, guild, known: responses.latest_stances(tx, guild, known.round, 9),
    "guilds.settings": lambda tx, guild, _: guilds.settings(tx, guild).teacher_role_id,
    "citations.of_response": lambda tx, guild, known: citations.of_response(tx, guild, known.response),
    "citations.of_responses": lambda tx, guild, known: citations.of_responses(tx, guild, [known.response]),
    "citations.of_round": lambda tx, guild, known: citations.of_round(tx, guild, known.round),
    "sessions.article_of": lambda tx, guild, known: sessions.article_of(tx, guild, known.session),
    "participants.names": lambda tx, guild, _: participants.names(tx, guild),
    "sessions.get": lambda tx, guild, known: sessions.get(tx, guild, known.session),
    "sessions.open_in": lambda tx, guild, _: sessions.open_in(tx, guild, CHANNEL),
    "sessions.all_open": lambda tx, guild, _: sessions.all_open(tx, guild),
    "sessions.recent": lambda tx, guild, _: sessions.recent(tx, guild, 9),
    "sessions.matching": lambda tx, guild, _: sessions.matching(tx, guild, "a set", 9),
    "sessions.matching by number": lambda tx, guild, known: sessions.matching(tx, guild, f"{known.session}", 9),
    "gaps.of_round": lambda tx, guild, known: gaps.of_round(tx, guild, known.round),
    "audits.recent": lambda tx, guild, _: audits.recent(tx, guild, "export", 9),
    "audits.page": lambda tx, guild, _: audits.page(tx, guild, action=None, session_id=None, limit=9, offset=0),
    "audits.count": lambda tx, guild, known: audits.count(tx, guild, action=None, session_id=known.session),
    "audits.actions": lambda tx, guild, _: audits.actions(tx, guild),
    "reports.has_reported": lambda tx, guild, known: reports.has_reported(tx, guild, known.response, JUNO),
    "reports.waiting": lambda tx, guild, _: reports.waiting(tx, guild),
    "reports.count_waiting": lambda tx, guild, _: reports.count_waiting(tx, guild),
    "reports.of_response": lambda tx, guild, known: reports.of_response(tx, guild, known.response),
    "removals.get": lambda tx, guild, known: removals.get(tx, guild, known.hidden),
    "removals.untold": lambda tx, guild, _: removals.untold(tx, guild, MINA),
    "outdated.of_round": lambda tx, guild, known: outdated.of_round(tx, guild, known.round),
    "responses.by_stand_in": lambda tx, guild, _: responses.by_stand_in(tx, guild, STAND_IN),
    "pseudonyms.of": lambda tx, guild, known: pseudonyms.of(tx, guild, known.session, MINA),
    "pseudonyms.behind": lambda tx, guild, known: pseudonyms.behind(
        tx, guild, known.session, pseudonyms.of_session(tx, HERE, known.session)[MINA]
    ),
    "pseudonyms.matching": lambda tx, guild, _: pseudonyms.matching(tx, guild, "", 9),
    "pseudonyms.of_session": lambda tx, guild, known: pseudonyms.of_session(tx, guild, known.session),
    "transcripts.transcript": lambda tx, guild, known: transcripts.transcript(
        tx, guild, known.session, scope=Scope(), time_zone="UTC", exported_at=at(9), version="1"
    ),
    "schedules.get": lambda tx, guild, known: schedules.get(tx, guild, known.schedule),
    "schedules.waiting_in": lambda tx, guild, _: schedules.waiting_in(tx, guild),
    "schedules.not_started": lambda tx, guild, _: schedules.not_started(tx, guild, at(0), 9),
    "rounds.get": lambda tx, guild, known: rounds.get(tx, guild, known.round),
    "rounds.of_session": lambda tx, guild, known: rounds.of_session(tx, guild, known.session),
    "rounds.open_in_session": lambda tx, guild, known: rounds.open_in_session(tx, guild, known.session),
    "rounds.by_thread": lambda tx, guild, _: rounds.by_thread(tx, guild, THREAD),
    "rounds.open_in_channel": lambda tx, guild, _: rounds.open_in_channel(tx, guild, CHANNEL),
    "rounds.of_channel": lambda tx, guild, _: rounds.of_channel(tx, guild, CHANNEL),
    "rounds.by_card": lambda tx, guild, _: rounds.by_card(tx, guild, CARD),
    "outdated.newest_mark": lambda tx, guild, known: outdated.newest_mark(
        tx, Outdated(guild, known.round, known.response)
    ),
    "keeping.of_response": lambda tx, guild, known: keeping.of_response(tx, guild, known.response),
    "recording.held": lambda tx, guild, known: recording.held(tx, guild, known.round, MINA, at(0)),
    "recording.standing": lambda tx, guild, known: (
        recording.standing(tx, guild, known.round, [MINA], at(0))[MINA].responses
    ),
    "recording.known_messages": lambda tx, guild, _: recording.known_messages(tx, guild, [MESSAGE]),
    "recording.held_in": lambda tx, guild, known: recording.held_in(tx, guild, known.round, 0, [MINA]),
    "phases.of_round": lambda tx, guild, known: phases.of_round(tx, guild, known.round),
    "places.of_round": lambda tx, guild, known: places.of_round(tx, guild, known.round),
    "places.history": lambda tx, guild, known: places.history(tx, guild, known.round),
    "endorsements.of_round": lambda tx, guild, known: endorsements.of_round(tx, guild, known.round),
    "endorsements.each_of_round": lambda tx, guild, known: endorsements.each_of_round(tx, guild, known.round),
    "endorsements.is_reflected": lambda tx, guild, known: endorsements.is_reflected(tx, guild, known.response, JUNO),
    "votes.of_phase": lambda tx, guild, known: votes.of_phase(tx, guild, known.round, 0),
    "votes.held_at": lambda tx, guild, known: votes.held_at(tx, guild, known.round, MINA, at(9)),
    "votes.current": lambda tx, guild, known: votes.current(tx, guild, known.round),
    "votes.history": lambda tx, guild, known: votes.history(tx, guild, known.round),
    "responses.get": lambda tx, guild, known: responses.get(tx, guild, known.response),
    "responses.by_message": lambda tx, guild, _: responses.by_message(tx, guild, MESSAGE),
    "responses.of_round": lambda tx, guild, known: responses.of_round(tx, guild, known.round),
    "responses.of_user": lambda tx, guild, _: responses.of_user(tx, guild, MINA, 9, 0),
    "responses.count_of_user": lambda tx, guild, _: responses.count_of_user(tx, guild, MINA),
    "responses.of_phase": lambda tx, guild, known: responses.of_phase(tx, guild, known.round, 0),
    "responses.last_stance": lambda tx, guild, known: responses.last_stance(tx, guild, known.round, MINA),
    "responses.people": lambda tx, guild, known: responses.people(tx, guild, known.round),
    "responses.counts_by_source": lambda tx, guild, known: responses.counts_by_source(tx, guild, known.round, MINA),
    "responses.is_answered": lambda tx, guild, known: responses.is_answered(tx, guild, known.response),
    "responses.count_held_back": lambda tx, guild, known: responses.count_held_back(tx, guild, known.round),
    "responses.has_responded": lambda tx, guild, known: responses.has_responded(tx, guild, known.round, 0, MINA),
    "reminders.is_wanted": lambda tx, guild, _: reminders.is_wanted(tx, guild, MINA),
    "reminders.wanted_by": lambda tx, guild, _: reminders.wanted_by(tx, guild),
    "statements.of_group": lambda tx, guild, known: statements.of_group(tx, guild, known.round, 0, 2),
    "statements.wording": lambda tx, guild, known: statements.wording(tx, guild, known.response),
    "statements.writers": lambda tx, guild, known: statements.writers(tx, guild, known.response),
    "statements.begun_by": lambda tx, guild, known: tx.execute(
        select(written.c.id).where(*statements.begun_by(guild, MINA), written.c.id == known.response)
    ).all(),
    "statements.written_by": lambda tx, guild, known: tx.execute(
        select(written.c.id).where(statements.written_by(guild, MINA), written.c.id == known.response)
    ).all(),
    "responses.counts": lambda tx, guild, known: responses.counts(tx, guild, known.round),
    "altering.revisions": lambda tx, guild, known: altering.revisions(tx, guild, known.response),
    "mutes.get": lambda tx, guild, known: mutes.get(tx, guild, known.session, JUNO),
    "listed_words.of_guild": lambda tx, guild, _: listed_words.of_guild(tx, guild),
    "reviews.waiting": lambda tx, guild, _: reviews.waiting(tx, guild),
    "reviews.count_waiting": lambda tx, guild, known: reviews.count_waiting(tx, guild, known.session),
    "recording.last_spoke": lambda tx, guild, known: recording.last_spoke(tx, guild, known.round, [MINA]),
    "uploads.current": lambda tx, guild, _: uploads.current(tx, guild),
    "uploads.get": lambda tx, guild, _: uploads.get(tx, guild, "ours"),
    "uploads.get a version": lambda tx, guild, _: uploads.get(tx, guild, "ours", 1),
    "uploads.versions": lambda tx, guild, _: uploads.versions(tx, guild),
}
CHANGES: dict[str, Use] = {
    "askings.set_message": lambda tx, guild, _: askings.set_message(tx, guild, OF_THE_CLASS, MessageId(9)),
    "participants.set_uncoached": lambda tx, guild, _: participants.set_uncoached(tx, guild, MINA, at(9)),
    "sessions.set_coached": lambda tx, guild, known: sessions.set_coached(tx, guild, known.session, coached=False),
    "citations.put": lambda tx, guild, known: citations.put(tx, guild, known.response, [CITED]),
    "citations.forget": lambda tx, guild, known: citations.forget(tx, guild, known.response, look_again=True),
    "phases.end": lambda tx, guild, known: phases.end(tx, guild, known.round, 0, at(9)),
    "phases.set_notice": lambda tx, guild, known: phases.set_notice(tx, guild, known.round, 0, MessageId(9)),
    "endorsements.remove_all": lambda tx, guild, known: endorsements.remove_all(tx, guild, known.round, JUNO),
    "reminders.put": lambda tx, guild, _: reminders.put(tx, guild, MINA, at(9), wanted=False),
    "altering.release": lambda tx, guild, known: altering.release(tx, guild, known.round),
    "sessions.close": lambda tx, guild, known: sessions.close(tx, guild, known.session, at(9)),
    "sessions.set_slow": lambda tx, guild, known: sessions.set_slow(tx, guild, known.session, 30),
    "mutes.end": lambda tx, guild, known: mutes.end(tx, guild, known.session, JUNO, at(9)),
    "listed_words.remove": lambda tx, guild, _: listed_words.remove(tx, guild, "rude"),
    "reviews.reject": lambda tx, guild, known: reviews.reject(tx, guild, known.unread),
    "rounds.close": lambda tx, guild, known: rounds.close(tx, guild, known.round, at(9), Closing.CLOSE),
    "rounds.set_clock": lambda tx, guild, known: rounds.set_clock(tx, guild, known.round, at(9), None),
    "rounds.set_phase": lambda tx, guild, known: rounds.set_phase(tx, guild, known.round, 1, at(9)),
    "schedules.move": lambda tx, guild, known: schedules.move(tx, guild, known.schedule, at(90)),
    "schedules.end": lambda tx, guild, known: schedules.end(tx, guild, known.schedule, Ending.CANCELLED, at(9)),
    "schedules.set_told": lambda tx, guild, known: schedules.set_told(tx, guild, known.schedule),
    "schedules.set_event": lambda tx, guild, known: schedules.set_event(tx, guild, known.schedule, EventId(9), at(60)),
    "rounds.set_card": lambda tx, guild, known: rounds.set_card(tx, guild, known.round, MessageId(9)),
    "rounds.set_thread": lambda tx, guild, known: rounds.set_thread(tx, guild, known.round, ChannelId(9)),
    "rounds.set_tally": lambda tx, guild, known: rounds.set_tally(tx, guild, known.round, MessageId(9)),
    "rounds.forget_card": lambda tx, guild, known: rounds.forget_card(tx, guild, known.round, CARD),
    "rounds.lose": lambda tx, guild, known: rounds.lose(tx, guild, known.round, Loss.THREAD),
    "altering.hide": lambda tx, guild, known: altering.hide(tx, guild, known.response, at(9)),
    "altering.restore": lambda tx, guild, known: altering.restore(tx, guild, known.hidden),
    "altering.set_stand_in": lambda tx, guild, known: altering.set_stand_in(tx, guild, known.response, MessageId(9)),
    "reports.settle": lambda tx, guild, known: reports.settle(
        tx, guild, known.response, by=JUNO, at=at(9), outcome=Settled.HIDDEN
    ),
    "removals.restore": lambda tx, guild, known: removals.restore(tx, guild, known.hidden, at(9)),
    "removals.tell": lambda tx, guild, _: removals.tell(tx, guild, removals.untold(tx, HERE, MINA), at(9)),
    "keeping.erase_before": lambda tx, guild, _: keeping.erase_before(tx, guild, at(9)),
    "outdated.mark": lambda tx, guild, known: outdated.mark(tx, theirs(tx, guild, known)),
    "outdated.settle": lambda tx, guild, known: outdated.settle(tx, Outdated(guild, known.round, known.response), 99),
    "altering.revise": lambda tx, guild, known: altering.revise(
        tx, guild, known.response, body={"claim": "forged"}, stance=None, at=at(9)
    ),
    "altering.set_message": lambda tx, guild, known: altering.set_message(tx, guild, known.response, MessageId(9)),
    "altering.withdraw": lambda tx, guild, known: altering.withdraw(tx, guild, known.response, at(9)),
    "uploads.forget": lambda tx, guild, _: uploads.forget(tx, guild, "ours", 1),
    "uploads.remove": lambda tx, guild, _: uploads.remove(tx, guild, "ours", at(9)),
}
REFUSED: dict[str, Use] = {
    "askings.add": lambda tx, guild, known: askings.add(tx, guild, [asking(known.round)]),
    "askings.add about a response": lambda tx, guild, known: askings.add(
        tx, guild, [asking(a_debate(tx, guild).id, MINA, known.response)]
    ),
    "phases.begin": lambda tx, guild, known: phases.begin(tx, guild, known.round, 1, at(9)),
    "places.put": lambda tx, guild, known: places.put(
        tx, guild, known.round, [Place(MINA, SideId("yes"), 1)], at(9), places.Reason.LOT
    ),
    "endorsements.add": lambda tx, guild, known: endorsements.add(tx, guild, known.response, MINA, at(9)),
    "endorsements.press": lambda tx, guild, known: endorsements.press(tx, guild, known.response, MINA, at(9)),
    "rounds.add": lambda tx, guild, known: a_round(tx, known.session, guild, number=2),
    "votes.cast": lambda tx, guild, known: votes.cast(tx, guild, known.round, MINA, YES, at(9)),
    "recording.add_votes": lambda tx, guild, known: recording.add_votes(
        tx, guild, known.round, [recording.NewVote(MINA, YES, at(9))]
    ),
    "recording.add_responses": lambda tx, guild, known: recording.add_responses(tx, guild, [new(known.round)]),
    "recording.add_responses to a parent": lambda tx, guild, known: recording.add_responses(
        tx, guild, [new(a_debate(tx, guild).id, known.response)]
    ),
    "schedules.end in a session": lambda tx, guild, known: schedules.end(
        tx, guild, scheduled(tx, guild).id, Ending.STARTED, at(9), session_id=known.session
    ),
    "gaps.add": lambda tx, guild, known: gaps.add(tx, guild, known.round, at(1), at(2), "Stopped."),
    "audits.add": lambda tx, guild, known: audits.add(
        tx, guild, user_id=MINA, at=at(9), action="export", session_id=known.session, details={}
    ),
    "mutes.begin": lambda tx, guild, known: mutes.begin(
        tx, guild, known.session, MINA, muted_by=JUNO, reason="Loud.", at=at(9)
    ),
    "outdated.mark_round": lambda tx, guild, known: outdated.mark_round(tx, guild, known.round),
    "outdated.mark_message": lambda tx, guild, known: outdated.mark_message(tx, theirs(tx, guild, known)),
    "reports.add": lambda tx, guild, known: reports.add(tx, guild, known.response, MINA, reason="", at=at(9)),
    "removals.put": lambda tx, guild, known: removals.put(
        tx, guild, known.response, removed_by=JUNO, reason="Rude.", at=at(9)
    ),
    "keeping.put_aside": lambda tx, guild, known: keeping.put_aside(tx, guild, known.response, [{"text": "x"}], at(9)),
    "responses.add": lambda tx, guild, known: a_response(tx, known.round, guild),
    "responses.add to a parent": lambda tx, guild, known: a_response(
        tx, a_debate(tx, guild).id, guild, parent=known.response
    ),
}
ROOM = (
    altering,
    askings,
    audits,
    citations,
    endorsements,
    phases,
    places,
    gaps,
    guilds,
    keeping,
    listed_words,
    mutes,
    outdated,
    participants,
    pseudonyms,
    recording,
    reminders,
    removals,
    reports,
    responses,
    reviews,
    rounds,
    schedules,
    sessions,
    statements,
    transcripts,
    uploads,
    votes,
)
OF_THEIR_OWN = {
    "pseudonyms.assign",
    "pseudonyms.give",
    "guilds.save",
    "listed_words.add",
    "schedules.add",
    "participants.seen",
    "recording.seen",
    "sessions.add",
    "uploads.add",
}  # they make what belongs to the guild they name
OF_NO_GUILD = {
    "askings.NewAsking",
    "askings.unposted",
    "responses.Words",
    "citations.unknown",
    "recording.NewResponse",
    "recording.Standing",
    "recording.NewVote",
    "phases.untold",
    "guilds.with_default_channel",
    "rounds.all_open",
    "rounds.untold",
    "schedules.untold",
    "schedules.waiting",
    "schedules.with_event_out_of_date",
    "outdated.waiting",
    "removals.people_untold",
    "responses.unposted",
    "sessions.guild_of",
}
"""For the bot's own clockwork and the operator."""


def asking(round_id: RoundId, user: UserId | None = None, response: ResponseId | None = None) -> askings.NewAsking:
    return askings.NewAsking(round_id, "plain", "And why?", at(3), user, response)


def new(round_id: RoundId, parent: ResponseId | None = None) -> recording.NewResponse:
    return recording.NewResponse(round_id, MINA, Role.STUDENT, Source.MODAL, parent, YES, {"claim": "new"}, at(9))


def everything(tx: Transaction) -> Known:
    posed = a_debate(tx)
    guilds.save(tx, GuildSettings(HERE, RoleId(1)))
    rounds.set_thread(tx, HERE, posed.id, THREAD)
    rounds.set_card(tx, HERE, posed.id, CARD)
    participants.seen(tx, HERE, MINA, "Mina", at(0))
    votes.cast(tx, HERE, posed.id, MINA, YES, at(0))
    response = a_response(tx, posed.id, message=MESSAGE)
    a_response(tx, posed.id, parent=response.id)
    answer = a_response(tx, posed.id, parent=response.id)
    responses.add(
        tx,
        HERE,
        round_id=posed.id,
        user_id=MINA,
        role=Role.STUDENT,
        source=Source.STATEMENT,
        parent_id=None,
        stance=None,
        body={"text": "Together."},
        created_at=at(1),
        group=2,
        held_back=True,
    )
    phases.begin(tx, HERE, posed.id, 0, at(0))
    places.put(tx, HERE, posed.id, [Place(MINA, SideId("yes"), 2)], at(0), places.Reason.LOT)
    endorsements.add(tx, HERE, response.id, JUNO, at(1))
    reminders.put(tx, HERE, MINA, at(0), wanted=True)
    altering.revise(tx, HERE, response.id, body={"claim": "anew"}, stance=YES, at=at(2))
    citations.put(tx, HERE, response.id, [CITED])
    participants.set_uncoached(tx, HERE, MINA, at(3))
    keeping.put_aside(tx, HERE, response.id, [{"claim": "withdrawn"}], at(3))
    gaps.add(tx, HERE, posed.id, at(1), at(2), "Stopped.")
    audits.add(tx, HERE, user_id=MINA, at=at(3), action="export", session_id=posed.session_id, details={})
    pseudonyms.assign(tx, HERE, posed.session_id)
    tx.execute(update(debates).values(pseudonymous=True))
    reports.add(tx, HERE, response.id, JUNO, reason="Rude.", at=at(4))
    altering.hide(tx, HERE, answer.id, at(5))
    altering.set_stand_in(tx, HERE, answer.id, STAND_IN)
    removals.put(tx, HERE, answer.id, removed_by=JUNO, reason="Rude.", at=at(5))
    unread = responses.add(
        tx,
        HERE,
        round_id=posed.id,
        user_id=JUNO,
        role=Role.STUDENT,
        source=Source.MODAL,
        parent_id=None,
        stance=YES,
        body={"claim": "Unread."},
        created_at=at(6),
        review=Review.WAITING,
    )[0]
    askings.add(tx, HERE, [asking(posed.id), asking(posed.id, MINA, response.id)])
    mutes.begin(tx, HERE, posed.session_id, JUNO, muted_by=MINA, reason="Loud.", at=at(7))
    listed_words.add(tx, HERE, "rude", added_by=MINA, at=at(1))
    uploads.add(tx, HERE, slug="ours", source="title: Ours", uploaded_by=MINA, uploaded_at=at(2))
    missed = scheduled(tx, HERE)
    schedules.end(tx, HERE, missed.id, Ending.MISSED, at(9), to_tell=True)
    return Known(posed.session_id, posed.id, response.id, scheduled(tx, HERE).id, answer.id, unread.id)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as outside:
        return list(outside.iterdump())


@pytest.mark.parametrize("name", FINDS)
async def test_nothing_is_found_from_elsewhere(store: Store, name: str) -> None:
    known = await store.write(everything)
    assert await store.read(lambda tx: FINDS[name](tx, HERE, known))
    assert not await store.read(lambda tx: FINDS[name](tx, ELSEWHERE, known))


@pytest.mark.parametrize("name", CHANGES)
async def test_nothing_is_changed_from_elsewhere(store: Store, path: Path, name: str) -> None:
    known = await store.write(everything)
    before = dump(path)
    assert not await store.write(lambda tx: CHANGES[name](tx, ELSEWHERE, known))
    assert dump(path) == before
    assert await store.write(lambda tx: CHANGES[name](tx, HERE, known))


@pytest.mark.parametrize("name", REFUSED)
async def test_nothing_is_added_from_elsewhere(store: Store, path: Path, name: str) -> None:
    known = await store.write(everything)
    before = dump(path)
    with pytest.raises(RecordRefused):
        await store.write(lambda tx: REFUSED[name](tx, ELSEWHERE, known))
    assert dump(path) == before


async def test_nobody_elsewhere_is_given_a_pseudonym(store: Store, path: Path) -> None:
    known = await store.write(everything)
    before = dump(path)
    await store.write(lambda tx: a_response(tx, known.round, user=JUNO))
    await store.write(lambda tx: pseudonyms.assign(tx, ELSEWHERE, known.session))
    assert len([line for line in dump(path) if 'INTO "pseudonyms"' in line]) == 1
    assert dump(path) != before
    await store.write(lambda tx: pseudonyms.assign(tx, HERE, known.session))
    assert len([line for line in dump(path) if 'INTO "pseudonyms"' in line]) == 2


async def test_guilds_do_not_stand_in_each_others_way(store: Store) -> None:
    await store.write(everything)

    def the_same_elsewhere(tx: Transaction) -> dict[UserId, str]:
        posed = a_debate(tx, ELSEWHERE)
        a_response(tx, posed.id, ELSEWHERE, message=MESSAGE)
        participants.seen(tx, ELSEWHERE, MINA, "M.", at(0))
        participants.seen(tx, ELSEWHERE, JUNO, "J.", at(0))
        return participants.names(tx, HERE)

    assert await store.write(the_same_elsewhere) == {MINA: "Mina"}


def test_every_function_is_tried() -> None:
    written = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in ROOM
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", None) == module.__name__ and not name.startswith("_")
    }
    assert (
        written
        == {name.partition(" ")[0] for name in FINDS}
        | CHANGES.keys()
        | {name.partition(" ")[0] for name in REFUSED}
        | OF_THEIR_OWN
        | OF_NO_GUILD
    )
