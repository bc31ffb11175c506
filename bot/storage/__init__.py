"""The record, and the only place with SQL. Open a `Store` and hand it work, made of the functions of these modules."""

from bot.storage import (
    audits,
    gaps,
    guilds,
    keeping,
    notes,
    outdated,
    participants,
    pseudonyms,
    responses,
    rounds,
    sessions,
    transcripts,
    votes,
)
from bot.storage.errors import (
    AlreadyOpen,
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseTooNew,
    DiskFull,
    RecordRefused,
    StorageError,
    StoreClosed,
)
from bot.storage.store import Store
from bot.storage.transaction import Transaction

__all__ = [
    "AlreadyOpen",
    "DatabaseDamaged",
    "DatabaseInUse",
    "DatabaseLocked",
    "DatabaseReadOnly",
    "DatabaseTooNew",
    "DiskFull",
    "RecordRefused",
    "StorageError",
    "Store",
    "StoreClosed",
    "Transaction",
    "audits",
    "gaps",
    "guilds",
    "keeping",
    "notes",
    "outdated",
    "participants",
    "pseudonyms",
    "responses",
    "rounds",
    "sessions",
    "transcripts",
    "votes",
]
