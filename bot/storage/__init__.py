"""The record, and the only place with SQL. Open a `Store` and hand it work, made of the functions of these modules.

`transcripts` stands apart: other processes write them, and a bot need not import it.
"""

from bot.storage import (
    audits,
    endorsements,
    gaps,
    guilds,
    keeping,
    notes,
    outdated,
    participants,
    phases,
    places,
    pseudonyms,
    recording,
    reminders,
    responses,
    rounds,
    schedules,
    sessions,
    statements,
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
    "endorsements",
    "gaps",
    "guilds",
    "keeping",
    "notes",
    "outdated",
    "participants",
    "phases",
    "places",
    "pseudonyms",
    "recording",
    "reminders",
    "responses",
    "rounds",
    "schedules",
    "sessions",
    "statements",
    "votes",
]
