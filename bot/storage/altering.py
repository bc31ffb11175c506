"""What becomes of a response: new wordings, its withdrawal, what moderators do with it, and where it is shown."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Update, case, insert, select, update

from bot.discussion.evidence import Citation
from bot.discussion.ids import GuildId, MessageId, ResponseId, RoundId, StanceId, UserId
from bot.discussion.moderation import Review
from bot.discussion.values import Attachment, Response, Revision, Source
from bot.storage import citations, erasure, keeping, outdated
from bot.storage.columns import storable_body
from bot.storage.responses import get
from bot.storage.rows import response_of, revision_of
from bot.storage.schema import responses as table
from bot.storage.schema import revisions as earlier
from bot.storage.transaction import Transaction


def revise(  # noqa: PLR0913 - a wording is what it is; each is named by the caller
    tx: Transaction,
    guild_id: GuildId,
    response_id: ResponseId,
    *,
    body: Mapping[str, str],
    stance: StanceId | None,
    at: datetime,
    attachments: tuple[Attachment, ...] | None = None,
    by: UserId | None = None,
    waits: bool = False,
    cites: tuple[Citation, ...] | None = None,
) -> Response | None:
    """Give a response a new wording and keep the old one as a revision. `attachments` are those left; None: as before.

    `by` is whose the new wording is, where it may be another's than the author's. With `waits` the class does not see
    it until a moderator has approved it. `cites` is what the new wording leans on; None: that is to be looked for. None
    if there is no such response or it is withdrawn. Where nothing changes, nothing is recorded.
    """
    body = storable_body(body)
    response = get(tx, guild_id, response_id)
    if response is None or response.withdrawn_at is not None:
        return None
    attachments = response.attachments if attachments is None else attachments
    if (response.body, response.stance, response.attachments) == (body, stance, attachments):
        if cites is not None and cites != citations.of_response(tx, guild_id, response_id):
            citations.put(tx, guild_id, response_id, cites)
            outdated.mark(tx, response)
        return response
    if cites is not None:
        citations.put(tx, guild_id, response_id, cites)
    else:
        citations.forget(tx, guild_id, response_id, look_again=True)
    tx.execute(
        insert(earlier).values(
            guild_id=guild_id,
            response_id=response_id,
            body=response.body,
            stance=response.stance,
            replaced_at=at,
            user_id=response.edited_by,
        )
    )
    wording = {"body": body, "stance": stance, "edited_at": at, "attachments": attachments, "edited_by": by}
    if waits:
        wording |= {"review": Review.WAITING.value, "hidden_at": response.hidden_at or at}
    outdated.mark(tx, response)
    return response_of(tx.execute(_change(guild_id, response_id).values(wording).returning(table)).one())


def revisions(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> list[Revision]:
    """A response's earlier wordings, the oldest first; without words once it is withdrawn."""
    query = (
        select(earlier)
        .where(earlier.c.guild_id == guild_id, earlier.c.response_id == response_id)
        .order_by(earlier.c.id)
    )
    return [revision_of(row) for row in tx.execute(query)]


def withdraw(tx: Transaction, guild_id: GuildId, response_id: ResponseId, at: datetime, *, keep: bool = False) -> bool:
    """Take a response back: its words and those of its revisions leave it, its row stays.

    They are erased, or with `keep` put aside (see `keeping`). False if there is no such response or it was withdrawn
    already.
    """
    response = get(tx, guild_id, response_id)
    if response is None or response.withdrawn_at is not None:
        return False
    if keep:
        wordings = [*(old.body for old in revisions(tx, guild_id, response_id)), response.body]
        keeping.put_aside(tx, guild_id, response_id, wordings, at)
    tx.execute(_change(guild_id, response_id).values(body={}, withdrawn_at=at, attachments=()))
    tx.execute(
        update(earlier).where(earlier.c.guild_id == guild_id, earlier.c.response_id == response_id).values(body={})
    )
    citations.forget(tx, guild_id, response_id, look_again=False)
    erasure.mark(tx)
    outdated.mark(tx, response)
    return True


def hide(tx: Transaction, guild_id: GuildId, response_id: ResponseId, at: datetime) -> bool:
    """A moderator has taken a response away: its words stay, marked. False if it is hidden, withdrawn or not there."""
    hiding = _change(guild_id, response_id).where(table.c.hidden_at.is_(None), table.c.withdrawn_at.is_(None))
    hidden = tx.execute(hiding.values(hidden_at=at).returning(table)).one_or_none()
    if hidden is not None:
        outdated.mark(tx, response_of(hidden))
    return hidden is not None


def restore(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> bool:
    """A moderator lets a hidden response be seen, again or after having read it first.

    False if it is not hidden, or withdrawn, or not there.
    """
    showing = _change(guild_id, response_id).where(table.c.hidden_at.is_not(None), table.c.withdrawn_at.is_(None))
    read = case((table.c.review.is_not(None), Review.APPROVED.value))
    restored = tx.execute(showing.values(hidden_at=None, review=read).returning(table)).one_or_none()
    if restored is not None:
        outdated.mark(tx, response_of(restored))
    return restored is not None


def release(tx: Transaction, guild_id: GuildId, round_id: RoundId, phase: int | None = None) -> int:
    """Let the class see what was held back, in one phase or in all, but reflections; how many responses that are."""
    held = update(table).where(
        table.c.guild_id == guild_id,
        table.c.round_id == round_id,
        table.c.held_back.is_(True),
        table.c.source != Source.REFLECTION.value,
    )
    chosen = held if phase is None else held.where(table.c.phase == phase)
    return tx.execute(chosen.values(held_back=False)).rowcount


def set_message(tx: Transaction, guild_id: GuildId, response_id: ResponseId, message_id: MessageId) -> bool:
    """The response is shown by this message; False if there is no such response."""
    return tx.execute(_change(guild_id, response_id).values(message_id=message_id)).rowcount > 0


def set_stand_in(tx: Transaction, guild_id: GuildId, response_id: ResponseId, message_id: MessageId) -> bool:
    """Where the response was typed stands this message of the bot's own; False if there is no such response."""
    return tx.execute(_change(guild_id, response_id).values(stand_in_id=message_id)).rowcount > 0


def _change(guild_id: GuildId, response_id: ResponseId) -> Update:
    return update(table).where(table.c.guild_id == guild_id, table.c.id == response_id)
