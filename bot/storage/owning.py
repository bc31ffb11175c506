"""What is on record of one person in one guild: everything, for that person alone."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, select

from bot.content.formats import Format
from bot.discussion.ids import GuildId, RoundId, SessionId, UserId
from bot.discussion.own_data import (
    Membership,
    OwnData,
    OwnFile,
    OwnNote,
    OwnPlace,
    OwnResponse,
    OwnVote,
    OwnWording,
    Where,
)
from bot.discussion.phase_names import phase_name
from bot.discussion.values import Response, Round
from bot.storage import altering, keeping, responses, rounds, sessions, statements
from bot.storage.schema import (
    askings,
    audits,
    citations,
    endorsements,
    mutes,
    participants,
    places,
    pseudonyms,
    reminders,
    removals,
    reports,
    votes,
)
from bot.storage.schema import responses as said
from bot.storage.schema import rounds as posed
from bot.storage.schema import sessions as held
from bot.storage.transaction import Transaction
from bot.values import frozen


@frozen
class _Reader:
    """Who asks, and the rounds and sessions that their data stand in, each read once."""

    tx: Transaction
    guild: GuildId
    user: UserId
    rounds: dict[RoundId, tuple[Round, Where] | None]

    def round(self, round_id: RoundId) -> tuple[Round, Where] | None:
        if round_id not in self.rounds:
            found = rounds.get(self.tx, self.guild, round_id)
            self.rounds[round_id] = None if found is None else (found, self._where(found))
        return self.rounds[round_id]

    def where(self, round_id: int, phase: int | None = None) -> Where:
        found = self.round(RoundId(round_id))
        if found is None:
            return Where(0, "")
        its_round, here = found
        if phase is None or not its_round.has_phases:
            return here
        return Where(here.debate, here.title, here.question_number, here.question, _phase(its_round.format, phase))

    def of_session(self, session_id: int) -> Where:
        session = sessions.get(self.tx, self.guild, SessionId(session_id))
        return Where(session_id, session.prompt_set.title if session is not None else "")

    def _where(self, found: Round) -> Where:
        of = self.of_session(found.session_id)
        return Where(of.debate, of.title, found.number, found.prompt.question)

    def stance(self, round_id: int, stance: str | None) -> str | None:
        found = self.round(RoundId(round_id))
        known = found[0].prompt.stance(stance) if found is not None and stance is not None else None
        return known.label if known is not None else stance


def own_data(tx: Transaction, guild_id: GuildId, user_id: UserId) -> OwnData:
    """Everything that is on record of somebody in the guild, their own secret votes too."""
    reader = _Reader(tx, guild_id, user_id, {})
    theirs = select(said.c.id).where(said.c.guild_id == guild_id, statements.written_by(guild_id, user_id))
    ids = tx.execute(theirs.order_by(said.c.created_at, said.c.id)).scalars().all()
    found = [response for id_ in ids if (response := responses.get(tx, guild_id, id_)) is not None]
    return OwnData(
        _membership(reader),
        tuple(_response(reader, response) for response in found),
        tuple(
            OwnVote(
                reader.where(row.round_id, row.phase), reader.stance(row.round_id, row.stance) or "", row.at, row.secret
            )
            for row in _in_rounds(reader, votes)
        ),
        tuple(
            OwnPlace(
                reader.where(row.round_id),
                reader.stance(row.round_id, row.side) or "",
                row.group_number,
                row.at,
                row.reason,
            )
            for row in _in_rounds(reader, places)
        ),
        tuple(_notes(reader)),
    )


def oldest_close(tx: Transaction, guild_id: GuildId, user_id: UserId) -> datetime | None:
    """When the debate was closed that goes first of those with anything of theirs; None where none is closed."""
    spoken = select(said.c.round_id).where(said.c.guild_id == guild_id, statements.written_by(guild_id, user_id))
    of_guild = select(posed.c.id).where(posed.c.guild_id == guild_id)
    taken = [
        select(table.c.round_id).where(
            table.c.guild_id == guild_id, table.c.round_id.in_(of_guild), table.c.user_id == user_id
        )
        for table in (votes, places)
    ]
    its_session = (posed.c.guild_id == held.c.guild_id) & (posed.c.session_id == held.c.id)
    query = (
        select(func.min(held.c.closed_at))
        .join(posed, its_session)
        .where(held.c.guild_id == guild_id, posed.c.id.in_(spoken.union(*taken)))
    )
    return tx.execute(query).scalar_one_or_none()


def _membership(reader: _Reader) -> Membership | None:
    mine = participants.c.guild_id == reader.guild, participants.c.user_id == reader.user
    row = reader.tx.execute(select(participants).where(*mine)).one_or_none()
    if row is None:
        return None
    since = select(reminders.c.since).where(reminders.c.guild_id == reader.guild, reminders.c.user_id == reader.user)
    return Membership(
        user_id=str(row.user_id),
        guild_id=str(row.guild_id),
        name=row.display_name,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        agreed_at=row.agreed_at,
        informed_at=row.informed_at,
        declined_at=row.declined_at,
        uncoached_at=row.uncoached_at,
        reminded_since=reader.tx.execute(since).scalar_one_or_none(),
    )


def _response(reader: _Reader, response: Response) -> OwnResponse:
    tx, guild = reader.tx, reader.guild
    removal = select(removals.c.reason).where(removals.c.guild_id == guild, removals.c.response_id == response.id)
    cited = select(citations.c.exact).where(citations.c.guild_id == guild, citations.c.response_id == response.id)
    wordings = altering.revisions(tx, guild, response.id)
    return OwnResponse(
        id=response.id,
        where=reader.where(response.round_id, response.phase),
        source=response.source.value,
        role=response.role.value,
        created_at=response.created_at,
        stance=reader.stance(response.round_id, response.stance),
        body=dict(response.body),
        answers=response.parent_id,
        edited_at=response.edited_at,
        withdrawn_at=response.withdrawn_at,
        hidden_at=response.hidden_at,
        hidden_because=tx.execute(removal).scalar_one_or_none() if response.hidden_at is not None else None,
        review=None if response.review is None else response.review.value,
        group=response.group,
        link=_link(reader, response),
        files=tuple(OwnFile(each.name, each.type, each.size) for each in response.attachments),
        citations=tuple(tx.execute(cited.order_by(citations.c.id)).scalars()),
        earlier=tuple(
            OwnWording(dict(old.body), reader.stance(response.round_id, old.stance), old.replaced_at)
            for old in wordings
            if (old.user_id or response.user_id) == reader.user
        ),
        kept=tuple(dict(body) for body in keeping.of_response(tx, guild, response.id)),
    )


def _link(reader: _Reader, response: Response) -> str | None:
    found = reader.round(response.round_id)
    if found is None or found[0].thread_id is None or response.message_id is None:
        return None
    return f"https://discord.com/channels/{reader.guild}/{found[0].thread_id}/{response.message_id}"


def _in_rounds(reader: _Reader, table: Table) -> list[Row[Any]]:
    """Their rows of a table that is found round by round."""
    of_guild = select(posed.c.id).where(posed.c.guild_id == reader.guild)
    mine = table.c.guild_id == reader.guild, table.c.round_id.in_(of_guild), table.c.user_id == reader.user
    return list(reader.tx.execute(select(table).where(*mine).order_by(table.c.at, table.c.id)).all())


def _notes(reader: _Reader) -> Iterator[OwnNote]:
    tx, guild, user = reader.tx, reader.guild, reader.user
    for kind, table in (("moved", endorsements), ("report", reports)):
        its_response = (said.c.guild_id == table.c.guild_id) & (said.c.id == table.c.response_id)
        query = select(table, said.c.round_id).join(said, its_response)
        for row in tx.execute(query.where(table.c.guild_id == guild, table.c.user_id == user).order_by(table.c.at)):
            words = row.reason if table is reports else "A response has moved you."
            yield OwnNote(kind, row.at, words, reader.where(row.round_id), row.response_id)
    for row in _in_rounds(reader, askings):
        yield OwnNote("asked", row.at, row.question, reader.where(row.round_id), row.response_id)
    for row in tx.execute(select(mutes).where(mutes.c.guild_id == guild, mutes.c.user_id == user)):
        yield OwnNote("mute", row.at, row.reason, reader.of_session(row.session_id))
    for row in tx.execute(select(pseudonyms).where(pseudonyms.c.guild_id == guild, pseudonyms.c.user_id == user)):
        yield OwnNote("pseudonym", None, row.pseudonym, reader.of_session(row.session_id))
    for row in tx.execute(
        select(audits).where(audits.c.guild_id == guild, audits.c.user_id == user).order_by(audits.c.id)
    ):
        # Its particulars may be of somebody else.
        yield OwnNote("act", row.at, row.action, None if row.session_id is None else reader.of_session(row.session_id))


def _phase(format: Format, number: int) -> str:  # noqa: A002 - what a debate's format is called
    return phase_name(format.plan[number])
