"""Others' words that name somebody: found where they stand, and kept without the name."""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, or_, select, update

from bot.discussion.ids import GuildId, ResponseId, UserId
from bot.discussion.leaving import NOBODY, unnamed
from bot.discussion.values import Source
from bot.storage import outdated, responses
from bot.storage.schema import askings, audits, kept_words, mutes, participants, removals, reports, revisions
from bot.storage.schema import responses as said
from bot.storage.transaction import Transaction
from bot.values import frozen


@frozen
class Named:
    """Somebody by what may stand of them in others' words: their id, and the name that they went by last."""

    guild_id: GuildId
    user_id: UserId
    name: str | None

    def without(self, words: str) -> str:
        """The words without them."""
        return unnamed(words, self.user_id, self.name)

    def body_without(self, body: Mapping[str, str]) -> dict[str, str]:
        """The fields without them."""
        return {field: self.without(words) for field, words in body.items()}


@frozen
class Mentions:
    """The responses and the earlier wordings that name somebody."""

    responses: Collection[ResponseId]
    revisions: Collection[int]

    def __bool__(self) -> bool:
        """Are there any?"""
        return bool(self.responses or self.revisions)


NONE = Mentions(frozenset(), frozenset())


def of(tx: Transaction, guild_id: GuildId, user_id: UserId) -> Named:
    """Somebody as they may be named in a guild."""
    known = select(participants.c.display_name)
    mine = participants.c.guild_id == guild_id, participants.c.user_id == user_id
    return Named(guild_id, user_id, tx.execute(known.where(*mine)).scalar_one_or_none())


def mentions(tx: Transaction, named: Named) -> Mentions:
    """Where classmates' words name somebody. It reads all that was said in the guild: for a reader, not for the writer.

    What is theirs alone is found too, and does no harm.
    """
    here = select(said.c.id).where(said.c.guild_id == named.guild_id, _names(said.c.body, named))
    before = select(revisions.c.id).where(revisions.c.guild_id == named.guild_id, _names(revisions.c.body, named))
    return Mentions(
        frozenset(ResponseId(id_) for id_ in _really(tx, said, here, named)),
        frozenset(_really(tx, revisions, before, named)),
    )


def remove(tx: Transaction, named: Named, found: Mentions) -> int:
    """Take somebody out of these words, and have the posts of them follow; how many responses that changes."""
    changed = 0
    for response_id in sorted(found.responses):
        response = responses.get(tx, named.guild_id, response_id)
        if response is None or (body := named.body_without(response.body)) == response.body:
            continue
        tx.execute(update(said).where(said.c.guild_id == named.guild_id, said.c.id == response_id).values(body=body))
        if response.source is not Source.MESSAGE:
            outdated.mark(tx, response)
        changed += 1
    for row in tx.execute(
        select(revisions.c.id, revisions.c.body).where(
            revisions.c.guild_id == named.guild_id, revisions.c.id.in_(sorted(found.revisions))
        )
    ).all():
        tx.execute(update(revisions).where(revisions.c.id == row.id).values(body=named.body_without(row.body)))
    return changed


def remove_from_order(tx: Transaction, named: Named) -> None:
    """The same in what was put aside, in reasons, in what was asked, and in the particulars of the audit."""
    _reword(tx, named, kept_words, kept_words.c.body, named.body_without)
    for table in (reports, removals, mutes):
        _reword(tx, named, table, table.c.reason, named.without)
    _reword(tx, named, askings, askings.c.question, named.without)
    _reword(tx, named, audits, audits.c.details, lambda details: {k: _particular(v, named) for k, v in details.items()})


def _particular(value: str, named: Named) -> str:
    """An id on its own stays one, of nobody; a name on its own is somebody's."""
    if value == str(named.user_id):
        return str(NOBODY)
    return "somebody" if value == named.name else named.without(value)


def _reword(
    tx: Transaction, named: Named, table: Table, words: Column[Any], without: Callable[[Any], Mapping[str, str] | str]
) -> None:
    bare_name = [func.instr(words, _in_json(named.name)) > 0] if table is audits and named.name else []
    query = select(table).where(table.c.guild_id == named.guild_id, or_(_names(words, named), *bare_name))
    for row in tx.execute(query).mappings().all():
        this = [key == row[key] for key in table.primary_key.columns]
        tx.execute(update(table).where(*this).values({words: without(row[words])}))


def _names(words: Column[Any], named: Named) -> ColumnElement[bool]:
    """May these words name them? Words that are kept as JSON are searched as they stand there."""
    found = [func.instr(words, str(named.user_id)) > 0]
    if named.name:
        found.append(func.instr(words, _in_json(f"@{named.name}")) > 0)
    return or_(*found)


def _in_json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _really(tx: Transaction, table: Table, query: Any, named: Named) -> list[int]:
    """Of those that may name them, those that do: a longer name begins like theirs."""
    found = tx.execute(query.add_columns(table.c.body)).all()
    return [row.id for row in found if named.body_without(row.body) != row.body]
