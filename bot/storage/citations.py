"""Citations: which passages of the article a response leans on, as its present wording was looked into.

Words that come by a form are looked into before they are recorded. What is typed in a thread is looked into soon
after: until then it has no citations, and is among those whose citations are unknown.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, Update, delete, insert, select, update

from bot.discussion.evidence import Citation, Kind
from bot.discussion.ids import GuildId, ResponseId, RoundId
from bot.storage.schema import citations as table
from bot.storage.schema import responses
from bot.storage.transaction import Transaction

_AT_ONCE = 500
"""So many ids are asked for by one statement."""


def put(tx: Transaction, guild_id: GuildId, response_id: ResponseId, found: Sequence[Citation]) -> bool:
    """These are a response's citations now, and no others; False if there is no such response."""
    known = _response(guild_id, response_id).values(cites_known=True)
    if tx.execute(known).rowcount == 0:
        return False
    _clear(tx, guild_id, response_id)
    if found:
        tx.execute(insert(table), [{"guild_id": guild_id, "response_id": response_id, **_kept(each)} for each in found])
    return True


def forget(tx: Transaction, guild_id: GuildId, response_id: ResponseId, *, look_again: bool) -> bool:
    """A response's wording is another, to be looked into again, or gone; False if there is no such response."""
    changed = tx.execute(_response(guild_id, response_id).values(cites_known=not look_again)).rowcount > 0
    return changed and _clear(tx, guild_id, response_id)


def of_responses(
    tx: Transaction, guild_id: GuildId, ids: Collection[ResponseId]
) -> dict[ResponseId, tuple[Citation, ...]]:
    """The citations of each of these responses that has any, in the order of the article."""
    asked = list(ids)
    found: dict[ResponseId, tuple[Citation, ...]] = {}
    for first in range(0, len(asked), _AT_ONCE):
        found |= _all(tx, _of(guild_id).where(table.c.response_id.in_(asked[first : first + _AT_ONCE])))
    return found


def of_response(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> tuple[Citation, ...]:
    """The citations of one response."""
    return of_responses(tx, guild_id, [response_id]).get(response_id, ())


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> dict[ResponseId, tuple[Citation, ...]]:
    """The citations of each response of a round that has any, hidden ones and reflections too."""
    here = select(responses.c.id).where(responses.c.guild_id == guild_id, responses.c.round_id == round_id)
    return _all(tx, _of(guild_id).where(table.c.response_id.in_(here)))


def unknown(tx: Transaction, limit: int) -> list[tuple[GuildId, ResponseId]]:
    """Responses of every guild that nobody has looked into yet, the oldest first: for the bot's own clockwork."""
    query = select(responses.c.guild_id, responses.c.id).where(responses.c.cites_known.is_(False))
    rows = tx.execute(query.order_by(responses.c.id).limit(limit))
    return [(GuildId(row.guild_id), ResponseId(row.id)) for row in rows]


def _response(guild_id: GuildId, response_id: ResponseId) -> Update:
    return update(responses).where(responses.c.guild_id == guild_id, responses.c.id == response_id)


def _clear(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> bool:
    here = table.c.guild_id == guild_id, table.c.response_id == response_id
    return tx.execute(delete(table).where(*here)).rowcount > 0


def _of(guild_id: GuildId) -> Select[Any]:
    return select(table).where(table.c.guild_id == guild_id).order_by(table.c.response_id, table.c.id)


def _all(tx: Transaction, query: Select[Any]) -> dict[ResponseId, tuple[Citation, ...]]:
    found: dict[ResponseId, list[Citation]] = {}
    for row in tx.execute(query):
        found.setdefault(ResponseId(row.response_id), []).append(_citation(row))
    return {response_id: tuple(cited) for response_id, cited in found.items()}


def _citation(row: Row[Any]) -> Citation:
    return Citation(row.paragraph, row.start, row.exact, row.prefix, row.suffix, Kind(row.kind))


def _kept(citation: Citation) -> Mapping[str, str | int]:
    return {
        "paragraph": citation.paragraph,
        "start": citation.start,
        "exact": citation.exact,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "kind": citation.kind.value,
    }
