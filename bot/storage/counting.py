"""How much has been put on record since a moment: by the rows' ids, which only grow, so that it costs what is new."""

from collections.abc import Mapping

from sqlalchemy import Column, Table, func, select

from bot.discussion.values import Source
from bot.storage.schema import audits, responses, rounds, votes
from bot.storage.transaction import Transaction
from bot.values import frozen


@frozen
class Mark:
    """The latest response, vote and audit at one moment, of all guilds."""

    response: int
    vote: int
    audit: int


@frozen
class News:
    """What has come on record since a mark, the mark from which to go on, and how many rounds are open."""

    responses: Mapping[Source, int]
    votes: int
    audits: int
    mark: Mark
    open_rounds: int


def mark(tx: Transaction) -> Mark:
    """The moment to count from."""
    return Mark(_last(tx, responses), _last(tx, votes), _last(tx, audits))


def since(tx: Transaction, earlier: Mark, *, action: str) -> News:
    """The news since an earlier mark; of the audits, those of that action."""
    by_source = tx.execute(
        select(responses.c.source, func.count()).where(responses.c.id > earlier.response).group_by(responses.c.source)
    ).all()
    cast = tx.execute(select(func.count()).where(votes.c.id > earlier.vote)).scalar_one()
    entered = select(func.count()).where(audits.c.id > earlier.audit, audits.c.action == action)
    still_open = select(func.count()).select_from(rounds).where(rounds.c.closed_at.is_(None))
    return News(
        {Source(source): count for source, count in by_source},
        cast,
        tx.execute(entered).scalar_one(),
        mark(tx),
        tx.execute(still_open).scalar_one(),
    )


def _last(tx: Transaction, table: Table) -> int:
    identity: Column[int] = table.c.id
    return tx.execute(select(func.max(identity))).scalar_one() or 0
